//! Nothing that is shown of a child elsewhere is missing from their complete file.

use std::collections::BTreeSet;

use school::Uuid;
use serde_json::Value;

use super::complete_file::{given, text};
use crate::support::{
    Administrator, Office, Person, Platform, School, Teacher,
    database::{lines, lobby, owner, run, within},
};

/// What stands in no row of the particulars, and why.
const ELSEWHERE: [(&str, &str); 8] = [
    ("organization_id", "the cover names the school"),
    ("id", "an id of Belfry's own says nothing to a person; the number does"),
    ("import_hash", "a fingerprint that recognizes a row of an import"),
    ("created_at", "the first of the changes"),
    ("created_by_id", "who made the first of the changes"),
    ("updated_at", "the last of the changes"),
    ("updated_by_id", "who made the last of the changes"),
    ("deleted_at", "nobody is given the file of a student who was deleted"),
];
const WITH_ALL: [(&str, &str); 5] = [
    ("recipient_name", "Hillside School, Porto"),
    ("ground", "transfer"),
    ("purpose", "Moves"),
    ("with_changes", "yes"),
    ("with_looks", "yes"),
];

/// The rows of a part of a student's file.
async fn part(person: &Person, student: Uuid, name: &str, fields: &[(&str, &str)]) -> Vec<Vec<String>> {
    let mut file = given(person, student, fields).await;
    let data: Value = serde_json::from_str(&text(&mut file, "data.json")).unwrap();
    let part = data["parts"].as_array().unwrap().iter().find(|part| part["name"] == name).unwrap().clone();
    let cell = |cell: &Value| cell.as_str().unwrap_or_default().to_owned();
    let row = |row: &Value| row.as_array().unwrap().iter().map(cell).collect();
    part["rows"].as_array().unwrap().iter().map(row).collect()
}

#[test]
fn every_column_of_a_student_stands_in_the_file_or_says_why_not() {
    let query = include_str!("../../crates/school/src/sql/file/particulars.sql");
    let words: BTreeSet<&str> =
        query.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.')).collect();
    let columns = "select column_name::text as line from information_schema.columns
                   where table_schema = 'public' and table_name = 'students' order by 1";
    let columns = lines(&mut owner(), columns);

    assert!(columns.len() > 20, "{columns:?}");
    for column in &columns {
        let is_told = words.contains(&*format!("s.{column}"));
        let why = ELSEWHERE.iter().find(|(name, _)| name == column);
        assert!(
            is_told != why.is_some() || column == "organization_id" || column == "id",
            "{column}: put it in crates/school/src/sql/file/particulars.sql, or say why not"
        );
    }
}

#[actix_web::test]
async fn a_program_stands_in_the_file_by_its_name() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    run(
        &mut within(school.organization),
        &format!(
            "insert into programs (organization_id, id, name) select organization_id, gen_random_uuid(), 'Reading Bridge' from students where id = '{amal}';
             update students set program_id = (select id from programs where name = 'Reading Bridge') where id = '{amal}'"
        ),
    );
    let administrator = school.sign_in(Administrator).await;

    let told = part(&administrator, amal, "particulars", &WITH_ALL).await;

    assert!(told.contains(&vec!["Program".into(), "Reading Bridge".into()]), "{told:?}");
}

/// Two children in one register, and of one of them something in everything that keeps its history elsewhere.
async fn changed(school: &School) -> (Uuid, [String; 2]) {
    let [amal, kwame] =
        [("Amal", "Abdullahi"), ("Kwame", "Acheampong")].map(|(first, last)| school.enroll(first, last));
    let mother = school.contact_of(&amal.to_string());
    let father = school.contact_of(&amal.to_string());
    let teacher = school.sign_in(Teacher).await;
    teacher
        .submits(school, &[(amal, "absent", 0), (kwame, "late", 0)])
        .await
        .redirects_to(&school.register());
    super::held::told_of(school, &amal.to_string(), &mother, "Amala");
    run(
        &mut within(school.organization),
        &format!(
            "insert into roll_call_entries (organization_id, id, roll_call_id, student_id, known)
               select organization_id, gen_random_uuid(), id, '{kwame}', 'present' from roll_calls;
             update roll_call_entries set known = 'absent';
             update contacts set full_name = 'Yusuf Aguiar' where id = '{father}';
             update contacts set phone = case id when '{father}' then '07700 900 555' else '07700 900 133' end"
        ),
    );
    school.changed_it_today();
    (amal, [mother, father])
}

#[actix_web::test]
async fn what_the_log_shows_of_a_childs_changes_stands_in_their_file_line_for_line() {
    let school = School::open().await;
    let (amal, _) = changed(&school).await;
    let administrator = school.sign_in(Administrator).await;
    let day = "2026-11-23";
    let log = administrator.get(&format!("/change-log.csv?student={amal}&from={day}&to={day}")).await;
    let logged = log.is_ok().body.lines().count() - 1;

    // Before the file is given, which is a change of its own.
    let entities = format!(
        "select distinct replace(entity, '_', ' ') as line from change_events
          where is_change_of(organization_id, entity, subject_id, changes, array['{amal}'::uuid])"
    );
    let entities = lines(&mut within(school.organization), &entities);
    let told = part(&administrator, amal, "changes", &WITH_ALL).await;

    let told: Vec<_> = told.into_iter().filter(|row| row[0].starts_with(day)).collect();
    assert_eq!(told.len(), logged, "{told:#?}\n{}", log.body);
    let all: BTreeSet<&str> = told.iter().map(|row| row[2].split(':').next().unwrap()).collect();
    assert_eq!(all, entities.iter().map(String::as_str).collect());
    for entity in [
        "class enrollments",
        "contacts",
        "guardians",
        "attendance records",
        "roll call entries",
        "headcount ticks",
    ] {
        assert!(all.contains(entity), "{entity}: {all:?}");
    }
    let phone = |row: &Vec<String>| row[2] == "contacts: Yusuf Aguiar" && row[5] == "07700 900 555";
    assert!(told.iter().any(phone), "{told:#?}");
    let marks = |row: &&Vec<String>| row[2] == "attendance records" && row[3] == "status";
    let marks: Vec<_> = told.iter().filter(marks).map(|row| row[5].as_str()).collect();
    assert_eq!(marks, ["absent"], "the other child's mark of the same event is not told");
}

#[actix_web::test]
async fn a_member_of_the_family_learns_from_changes_only_how_they_are_reached_themselves() {
    let school = School::open().await;
    let (amal, [mother, _]) = changed(&school).await;
    let administrator = school.sign_in(Administrator).await;
    let asked =
        [("contact_id", &*mother), ("ground", "parent"), ("purpose", "Asked"), ("with_changes", "yes")];

    let told = part(&administrator, amal, "changes", &asked).await;

    let said: BTreeSet<&str> = told.iter().flat_map(|row| [&*row[4], &*row[5]]).collect();
    assert!(said.contains("07700 900 133") && said.contains("left out"), "{said:?}");
    let number = |row: &Vec<String>| row[2] == "contacts: Yusuf Aguiar" && row[3] == "phone";
    assert!(told.iter().filter(|row| number(row)).all(|row| row[5] == "left out"), "{told:#?}");
    assert!(!said.contains("07700 900 555"), "{said:?}");
}

#[actix_web::test]
async fn a_file_says_who_of_the_platform_looked_and_why() {
    const REASON: &str = "Their board shows no registers since Monday";
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    school.sign_in(Office).await.get(&format!("/students/{amal}")).await.is_ok();
    let platform = school.sign_in(Platform).await;
    let path = format!("/organizations/{}/visits", school.organization);
    let answer = platform.post(&path, [("reason", REASON), ("minutes", "30")]).await;
    let visitor = platform.keeps(answer.redirects_to("/"));
    visitor.get(&format!("/students/{amal}")).await.is_ok();
    let named = format!(
        "update organization_visits set visitor = 'Vera Visitor' where organization_id = '{}'",
        school.organization
    );
    run(&mut lobby(), &named);
    run(
        &mut within(school.organization),
        &format!(
            "insert into access_events select (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid(), 'visit_id', null, 'page', 'GET /old'))).*
               from access_events e where visit_id is not null and page = 'GET /students/{{id}}' limit 1;
             insert into access_event_subjects (organization_id, student_id, event_id)
               select organization_id, '{amal}', id from access_events where page = 'GET /old'"
        ),
    );
    let administrator = school.sign_in(Administrator).await;
    administrator.get(&format!("/students/{amal}/access-history")).await.shows("Vera Visitor").shows(REASON);

    let told = part(&administrator, amal, "looks", &WITH_ALL).await;

    let who =
        |name: &str| told.iter().filter(|row| row[1] == name).map(|row| row[5].clone()).collect::<Vec<_>>();
    let why = format!("On a visit of the platform: {REASON}");
    assert!(
        !who("Vera Visitor").is_empty() && who("Vera Visitor").iter().all(|said| *said == why),
        "{told:#?}"
    );
    assert_eq!(who("Somebody of the platform"), [""]);
    assert!(!who("Rosa Lindqvist").is_empty() && told.iter().all(|row| !row[1].is_empty()), "{told:#?}");
}
