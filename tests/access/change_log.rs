//! Who changed what, field by field: what the administrator finds of whom, and that finding it is a look itself.

use crate::support::{
    Administrator, Office, Person, School, Teacher,
    database::{lines, within},
    form::Typed,
    school::unique,
};

/// Two children with a contact and marks, of which one was changed afterwards, and who reads of it.
async fn changed() -> (School, [String; 2], Person) {
    let school = School::open().await;
    let [amal, kwame] =
        [("Amal", "Abdullahi"), ("Kwame", "Acheampong")].map(|(first, last)| school.enroll(first, last));
    school.contact_of(&amal.to_string());
    let (teacher, office) = (school.sign_in(Teacher).await, school.sign_in(Office).await);
    teacher.submits(&school, &[(amal, "absent", 0), (kwame, "present", 0)]).await;
    office.marks(&school, kwame, "late", 1).await.is_ok();
    let form = Typed::of(&office, &format!("/students/{amal}")).await;
    form.with("first_name", "Amala").send(&office).await.has_status(303);
    school.changed_it_today();
    let administrator = school.sign_in(Administrator).await;
    (school, [amal, kwame].map(|child| child.to_string()), administrator)
}

/// The kinds under which a child stands in the record since an event, or under which nobody does.
fn kinds(school: &School, child: &str) -> String {
    let query = format!(
        "select coalesce(string_agg(distinct kind, ' ' order by kind), '') as line from access_events join access_event_subjects on event_id = id
          where student_id = '{child}' and page like '%/change-log%'"
    );
    lines(&mut within(school.organization), &query).remove(0)
}

fn looks_at_the_log(school: &School) -> i64 {
    school.number("select count(*) as n from access_events where organization_id = $1 and kind = 'log' and page like '%/change-log%'")
}

#[actix_web::test]
async fn the_administrator_reads_who_changed_what_field_by_field() {
    let (_school, _, administrator) = changed().await;

    let page = administrator.get("/change-log?student=Abdullahi&entity=students").await;
    page.shows("Given names: Amal → Amala").shows("Rosa Lindqvist").shows("Particulars of students");
    let file = administrator.get("/change-log.csv?entity=students").await;
    file.shows("Given names,Amal,Amala");
    administrator.get("/change-log?q=nobody").await.shows("Nothing was changed");
    let registers = administrator.get("/change-log?entity=attendance_sessions").await;
    registers.shows("Submitted by: empty → Rosa Lindqvist").shows("Submitted at: empty → 23 Nov 2026 08:38");
    registers.hides("T08:38");
}

#[actix_web::test]
async fn what_somebody_changes_of_their_own_account_is_told_field_by_field() {
    let (school, other) = (School::open().await, School::open().await);
    let teacher = school.sign_in(Teacher).await;
    let form = [
        ("first_name", "Rosalind"),
        ("last_name", "Lindqvist"),
        ("phone", "07700 900 132"),
        ("language", ""),
    ];

    for _ in 0..2 {
        teacher.post("/account", form).await.redirects_to("/account?done=particulars");
    }

    let kept = "select user_id = subject_id and jsonb_array_length(changes) = 1 as is_own from change_events where entity = 'users' and operation = 'update'";
    let kept = format!("select string_agg(is_own::text, ' ') as line from ({kept}) own");
    assert_eq!(lines(&mut within(school.organization), &kept), ["true"], "once, and as theirs");
    school.changed_it_today();
    let administrator = school.sign_in(Administrator).await;
    let page = administrator.get("/change-log?entity=users").await;
    page.shows("Rosa → Rosalind").shows("07700 900 132").hides("Lindqvist →");
    administrator.get(&school.account(&teacher.email)).await.shows("Rosa → Rosalind");
    assert_eq!(
        other.number(
            "select count(*) as n from change_events where organization_id = $1 and entity = 'users'"
        ),
        0
    );
}

#[actix_web::test]
async fn a_change_of_many_says_whose_each_line_is() {
    let (_school, _, administrator) = changed().await;

    let page = administrator.get("/change-log?entity=class_enrollments").await;
    page.shows("First day").hides("Student: 0");
    let page = administrator.get("/change-log?entity=attendance_records").await;
    page.shows("Abdullahi").shows("Acheampong").shows("Marks");
    let file = administrator.get("/change-log.csv?entity=attendance_records").await;
    assert!(
        file.body.lines().any(|line| line.contains("Abdullahi") && line.contains("absent")),
        "{}",
        file.body
    );
    assert!(
        !file.body.lines().any(|line| line.contains("Abdullahi") && line.contains("Acheampong")),
        "{}",
        file.body
    );
}

#[actix_web::test]
async fn a_childs_changes_are_those_of_their_marks_places_and_contacts_too() {
    let (_school, [amal, _], administrator) = changed().await;

    for (entity, said) in [
        ("students", "Amala"),
        ("school_enrollments", "Place at"),
        ("class_enrollments", "Places in classes"),
        ("guardians", "added as a contact"),
        ("contacts", "Ines Aguiar"),
        ("attendance_records", "absent"),
    ] {
        for words in ["Abdullahi", &*amal] {
            let page = administrator.get(&format!("/change-log?student={words}&entity={entity}")).await;
            page.shows(said).shows("Abdullahi").hides("Acheampong").hides("late");
        }
    }
    let file = administrator.get("/change-log.csv?student=Acheampong").await;
    file.shows("late").hides("Abdullahi").hides("Ines Aguiar");
}

#[actix_web::test]
async fn the_changes_are_those_of_the_days_and_people_asked_for() {
    let (school, _, administrator) = changed().await;

    for (filter, is_found) in [
        ("from=2026-11-23&to=2026-11-23", true),
        ("from=2026-11-22&to=2026-11-22", false),
        ("to=2026-11-22", false),
        ("q=Lindqvist", true),
        ("q=Abdullahi", false),
        ("student=no-such-child", false),
        ("entity=letters", false),
    ] {
        let page = administrator.get(&format!("/change-log?{filter}")).await;
        let said = if is_found { "Amala" } else { "Nothing was changed" };
        page.shows(said);
    }
    drop(school);
}

#[actix_web::test]
async fn whoever_reads_what_was_changed_stands_in_the_record_by_what_it_told_them_a1() {
    let (school, [amal, kwame], administrator) = changed().await;

    for (entity, told_of_amal) in [
        ("users", ""),
        ("students", "log student"),
        ("contacts", "guardians log student"),
        ("attendance_records", "attendance guardians log student"),
    ] {
        let before = looks_at_the_log(&school);
        administrator.get(&format!("/change-log?entity={entity}")).await.is_ok();
        assert!(looks_at_the_log(&school) > before, "{entity}");
        assert_eq!(kinds(&school, &amal), told_of_amal, "{entity}");
    }
    assert_eq!(kinds(&school, &kwame), "attendance log student");
    let at_families = "select count(*) as n from access_events where organization_id = $1 and kind = 'guardians' and page like '%/change-log%'";
    let before = school.number(at_families);
    administrator.get("/change-log?entity=contacts").await.is_ok();
    assert_eq!(school.number(at_families), before + 1, "whom to call is a look each time");
}

#[actix_web::test]
async fn of_more_children_than_a_line_names_it_says_how_many_and_the_file_names_all() {
    let school = School::open().await;
    let all: Vec<_> = ["Ana", "Ben", "Caz", "Dov"].map(|name| school.enroll(name, &unique("Aguiar"))).into();
    let marks: Vec<_> = all.iter().map(|child| (*child, "present", 0)).collect();
    school.sign_in(Teacher).await.submits(&school, &marks).await;
    school.changed_it_today();
    let administrator = school.sign_in(Administrator).await;

    administrator.get("/change-log?entity=attendance_records").await.shows("4 students").hides("Aguiar");
    assert_eq!(all.iter().map(|child| kinds(&school, &child.to_string())).collect::<String>(), "");
    let file = administrator.get("/change-log.csv?entity=attendance_records").await;
    for (name, child) in ["Ana", "Ben", "Caz", "Dov"].iter().zip(&all) {
        file.shows(name);
        assert_eq!(kinds(&school, &child.to_string()), "attendance log");
    }
}

#[actix_web::test]
async fn a_contacts_number_is_a_look_at_every_child_of_theirs_former_ones_too_a1() {
    let school = School::open().await;
    let children: Vec<_> =
        ["Ana", "Ben", "Caz", "Dov"].map(|name| school.enroll(name, "Aguiar").to_string()).into();
    let contact = school.contact_of(&children[0]);
    for child in &children[1..] {
        let tied = format!(
            "insert into guardians (organization_id, id, student_id, contact_id, relationship) values ($1, gen_random_uuid(), '{child}', $2::uuid, 'mother')"
        );
        school.run(&tied, &contact);
    }
    school.changed_it_today();
    let ended = format!(
        "update guardians set deleted_at = now() where organization_id = $1 and student_id = '{}' and $2 = ''",
        children[0]
    );
    school.run(&ended, "");
    let administrator = school.sign_in(Administrator).await;

    administrator.get("/change-log?entity=contacts").await.shows("07700 900 132").shows("4 students");
    for child in &children {
        assert_eq!(kinds(&school, child), "guardians log");
    }
    let former = administrator.get(&format!("/change-log?entity=contacts&student={}", children[0])).await;
    former.shows("07700 900 132").shows("Ana Aguiar");
}
