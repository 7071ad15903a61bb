//! A student's complete file: everything that is held on one child, for somebody who may have it.

use std::{
    collections::BTreeSet,
    io::{Cursor, Read as _},
};

use reqwest::Method;
use school::{Uuid, keeping};
use zip::ZipArchive;

use crate::support::{
    Administrator, Office, School, Teacher,
    database::{lines, owner, run, within},
    person::Person,
};

const NUMBER: &str = "07700 900 132";

/// Amal with something in every part of the file, as far as people make it.
async fn known(school: &School) -> (Uuid, String) {
    let amal = school.enroll("Amal", "Abdullahi");
    let mother = school.contact_of(&amal.to_string());
    school.run(
        "update students set address = '4 Lantern Row' where organization_id = $1 and id = $2::uuid",
        &amal.to_string(),
    );
    let teacher = school.sign_in(Teacher).await;
    teacher.submits(school, &[(amal, "absent", 0)]).await.redirects_to(&school.register());
    school.sign_in(Office).await.get(&format!("/students/{amal}")).await.is_ok();
    (amal, mother)
}

/// The named part of the file that somebody is given.
pub(super) async fn given(
    person: &Person,
    student: Uuid,
    fields: &[(&str, &str)],
) -> ZipArchive<Cursor<Vec<u8>>> {
    let asked = person.form(Method::POST, &format!("/students/{student}/files"), fields);
    let answer = asked.header("sec-fetch-site", "same-origin").send().await.unwrap();
    assert_eq!(
        (answer.status().as_u16(), answer.headers()["content-type"].to_str().unwrap()),
        (200, "application/zip")
    );
    ZipArchive::new(Cursor::new(answer.bytes().await.unwrap().to_vec())).unwrap()
}

pub(super) fn text(archive: &mut ZipArchive<Cursor<Vec<u8>>>, name: &str) -> String {
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[actix_web::test]
async fn a_school_gets_everything_that_is_held_and_that_it_did_stays_in_the_record() {
    let school = School::open().await;
    let (amal, _) = known(&school).await;
    school.enroll("Kwame", "Acheampong");
    school.run(
        "update students set alert = '=1+1' where organization_id = $1 and id = $2::uuid",
        &amal.to_string(),
    );
    let administrator = school.sign_in(Administrator).await;
    let page = format!("/students/{amal}");
    administrator.get(&page).await.shows("Give out the complete file");
    administrator.get(&format!("{page}/files")).await.shows("was never given out").shows("Ines Aguiar");
    let fields = [
        ("recipient_name", "Hillside School, Porto"),
        ("ground", "transfer"),
        ("purpose", "Moves on 1 December"),
        ("with_changes", "yes"),
        ("with_looks", "yes"),
    ];

    let mut file = given(&administrator, amal, &fields).await;

    let read = text(&mut file, "index.html");
    for words in [
        "Abdullahi",
        "4 Lantern Row",
        "Ines Aguiar",
        NUMBER,
        "Absent",
        "Homeroom 4A",
        "Hillside",
        "Moves on 1 December",
        "GET /students/{id}",
        "2026-11-23",
    ] {
        assert!(read.contains(words), "{words} is not in it:\n{read}");
    }
    assert!(!read.contains("Acheampong") && !read.contains("<script") && !read.contains("style="), "{read}");
    assert!(text(&mut file, "tables/particulars.csv").contains("Alert,'=1+1"));
    let data: serde_json::Value = serde_json::from_str(&text(&mut file, "data.json")).unwrap();
    let parts: Vec<&str> =
        data["parts"].as_array().unwrap().iter().map(|part| part["name"].as_str().unwrap()).collect();
    assert_eq!(parts, keeping::PARTS.iter().map(|part| part.name).collect::<Vec<_>>());
    administrator
        .get(&format!("{page}/files"))
        .await
        .shows("Hillside School, Porto")
        .shows("moves to another school")
        .shows("Rosa Lindqvist");
    let event = "select action || ' ' || kind || ' ' || permission || ' ' || shown as line from access_events where kind = 'file'";
    assert_eq!(lines(&mut within(school.organization), event), ["disclose file CREATE_STUDENT_FILES 1"]);
    administrator.get(&format!("{page}/access-history")).await.shows("Gave out of the school");
    school.sign_in(Office).await.get(&page).await.hides("Give out the complete file");
}

#[actix_web::test]
async fn a_member_of_the_family_learns_their_own_number_and_nobody_elses_address() {
    let school = School::open().await;
    let (amal, mother) = known(&school).await;
    let father = school.contact_of(&amal.to_string());
    let other = format!(
        "update contacts set full_name = 'Yusuf Aguiar', phone = '07700 900 555', address = '9 Gull Lane' where id = '{father}'"
    );
    run(&mut within(school.organization), &other);
    let administrator = school.sign_in(Administrator).await;

    let mut file = given(
        &administrator,
        amal,
        &[("contact_id", &mother), ("ground", "parent"), ("purpose", "Asked on 20 November")],
    )
    .await;

    let read = text(&mut file, "index.html");
    assert!(
        read.contains(NUMBER) && read.contains("4 Lantern Row") && read.contains("Yusuf Aguiar"),
        "{read}"
    );
    assert!(!read.contains("07700 900 555") && !read.contains("9 Gull Lane"), "{read}");
}

#[actix_web::test]
async fn whoever_is_kept_from_the_address_does_not_learn_it_and_from_the_records_gets_none() {
    let school = School::open().await;
    let (amal, mother) = known(&school).await;
    let bar = |what: &str, whom: &str| {
        let entered = format!(
            "insert into restrictions (organization_id, id, student_id, {whom}, {what}, starts_on, court_paper)
             select organization_id, gen_random_uuid(), id, {}, true, date '2026-09-01', 'order 4417' from students where id = '{amal}'",
            if whom == "contact_id" { format!("'{mother}'") } else { "'Farah Yusuf'".into() }
        );
        run(&mut within(school.organization), &entered);
    };
    bar("bars_address", "contact_id");
    bar("bars_records", "person_name");
    let administrator = school.sign_in(Administrator).await;
    let path = format!("/students/{amal}/files");

    let for_mother = [
        ("contact_id", &*mother),
        ("ground", "parent"),
        ("purpose", "Asked"),
        ("with_changes", "yes"),
        ("with_looks", "yes"),
    ];
    let mut file = given(&administrator, amal, &for_mother).await;
    let names: Vec<String> = file.file_names().map(|name| name.unwrap().into_owned()).collect();
    for name in names {
        let read = text(&mut file, &name);
        assert!(!read.contains("4 Lantern Row") && !read.contains("Farah Yusuf"), "{name}: {read}");
    }
    for name in ["Farah Yusuf", " farah  YUSUF ", "YUSUF, Farah", "Ms Farah Yusuf"] {
        let refused = [("recipient_name", name), ("ground", "parent"), ("purpose", "Asked")];
        administrator
            .send(Method::POST, &path, &refused)
            .await
            .has_status(422)
            .shows("is kept from this student");
    }
    administrator
        .send(Method::POST, &path, &[("ground", "gift")])
        .await
        .has_status(422)
        .shows("3 things need a look");
    let kept = lines(&mut within(school.organization), "select recipient_name as line from disclosures");
    assert_eq!(kept, ["Ines Aguiar"]);
}

#[test]
fn every_table_that_names_a_student_stands_in_the_file_or_says_why_not() {
    let named = "select table_name::text as line from information_schema.columns
                 where table_schema = 'public' and column_name = 'student_id' order by 1";
    let named: BTreeSet<String> = lines(&mut owner(), named).into_iter().collect();
    let told: BTreeSet<&str> = keeping::PARTS.iter().flat_map(|part| part.tables).copied().collect();

    assert!(named.len() > 12, "{named:?}");
    for table in &named {
        let why = keeping::held_elsewhere(table);
        assert!(
            told.contains(table.as_str()) != why.is_some(),
            "{table} names a student: put it in crates/school/src/keeping/parts.rs"
        );
    }
}
