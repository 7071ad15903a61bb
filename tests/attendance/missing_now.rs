//! A child who was there earlier and is missed now stands first on the board.

use reqwest::Method;
use school::Uuid;

use crate::support::{Office, Person, School, Teacher, samples::absences::gets_mail};

const ALERT: &str = "missing now";

/// A school that calls the roll twice, at 13:05 with the morning's register in, and who was there in it.
async fn afternoon(morning: &str) -> (School, Uuid, Person, Person) {
    let school = School::open().await;
    school.calls_the_roll_twice();
    let amal = school.enroll("Amal", "Abdullahi");
    let contact = gets_mail(&school, amal, "Hodan Abdi", "so");
    school.run(
        "update contacts set phone = '07700 900 132' where organization_id = $1 and id = $2::uuid",
        &contact.to_string(),
    );
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    let sent = [
        ("act".into(), "submit".into()),
        (format!("code[{amal}]"), morning.into()),
        (format!("version[{amal}]"), "0".to_owned()),
    ];
    let sent: Vec<(&str, &str)> =
        sent.iter().map(|(name, value): &(String, String)| (name.as_str(), value.as_str())).collect();
    teacher.send(Method::POST, &format!("{}/submission", slot(&school, "am")), &sent).await.has_status(303);
    school.clock.set("2026-11-23T13:05:00Z".parse().unwrap());
    (school, amal, office, teacher)
}

fn slot(school: &School, slot: &str) -> String {
    format!("/registers/{}/2026-11-23/{slot}", school.class)
}

async fn misses(teacher: &Person, school: &School, student: Uuid) {
    let path = format!("{}/marks/{student}", slot(school, "pm"));
    teacher.send(Method::PUT, &path, &[("code", "absent"), ("version", "0")]).await.is_ok();
}

#[actix_web::test]
async fn a_child_who_was_there_in_the_morning_and_is_missed_in_the_afternoon_comes_first() {
    let (school, amal, office, teacher) = afternoon("present").await;
    office.get("/board").await.hides(ALERT);

    misses(&teacher, &school, amal).await;

    let board = office.get("/board").await;
    board
        .shows("Conflicts")
        .shows("Seen in the morning, missing now")
        .shows("Amal Abdullahi")
        .shows("07700 900 132")
        .shows("Hodan Abdi");
    let (conflicts, registers) =
        (board.body.find("Conflicts").unwrap(), board.body.find("h-registers").unwrap());
    assert!(conflicts < registers);
}

#[actix_web::test]
async fn a_child_who_was_absent_all_day_is_not_missing_now() {
    let (school, amal, office, teacher) = afternoon("absent").await;

    misses(&teacher, &school, amal).await;

    office.get("/board").await.hides(ALERT).shows("Awaiting word");
}

#[actix_web::test]
async fn a_child_who_passed_the_front_desk_is_seen_though_no_register_says_so() {
    let (school, amal, office, teacher) = afternoon("absent").await;
    let came = "insert into attendance_movements (organization_id, id, student_id, campus_id, class_id, day, kind, at)
         select $1, gen_random_uuid(), students.id, classes.campus_id, classes.id, '2026-11-23', $2::movement_kind, '11:40'
         from students, classes where students.organization_id = $1 and classes.organization_id = $1";
    school.run(came, "arrival");
    misses(&teacher, &school, amal).await;
    office.get("/board").await.shows("Seen at the front desk, missing now");

    school.run(came, "departure");

    office.get("/board").await.hides(ALERT);
}

#[actix_web::test]
async fn the_alert_is_settled_by_whatever_the_office_says() {
    let (school, amal, office, teacher) = afternoon("late").await;
    misses(&teacher, &school, amal).await;
    office.get("/board").await.shows(ALERT);

    let path = format!("{}/marks/{amal}", slot(&school, "pm"));
    office
        .post(&path, [("code", "ill"), ("version", "1"), ("back", "board")])
        .await
        .redirects_to("/board?day=2026-11-23");

    office.get("/board").await.hides(ALERT).shows("Excused, illness");
}

#[actix_web::test]
async fn whoever_is_barred_is_not_among_those_to_call() {
    let (school, amal, office, teacher) = afternoon("present").await;
    let bar = "insert into restrictions (organization_id, id, student_id, contact_id, bars_contact, starts_on)
         select $1, gen_random_uuid(), student_id, contact_id, true, date '2026-09-01' from guardians where organization_id = $1 and $2 = ''";
    school.run(bar, "");

    misses(&teacher, &school, amal).await;

    office.get("/board").await.shows(ALERT).shows("Hodan Abdi is barred").hides("07700 900 132");
}
