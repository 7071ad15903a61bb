//! Groups that meet in the morning and in the afternoon.

use reqwest::Method;
use school::Uuid;

use crate::support::{Office, Person, School, Teacher, database};

pub(super) fn slot(school: &School, slot: &str) -> String {
    format!("/registers/{}/2026-11-23/{slot}", school.class)
}

pub(super) async fn submits(person: &Person, register: &str, marks: &[(Uuid, &str)]) {
    let mut form = vec![("act".to_owned(), "submit".to_owned())];
    for (student, code) in marks {
        form.push((format!("code[{student}]"), (*code).to_owned()));
        form.push((format!("version[{student}]"), "0".to_owned()));
    }
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (&**name, &**value)).collect();
    person.send(Method::POST, &format!("{register}/submission"), &form).await.has_status(303);
}

pub(super) fn is_checked(body: &str, student: Uuid, code: &str) -> bool {
    let input = body.split(&format!("id=\"c-{student}-{code}\"")).nth(1).unwrap();
    input.split('>').next().unwrap().contains(" checked")
}

#[actix_web::test]
async fn every_page_of_the_day_has_a_register_for_the_morning_and_one_for_the_afternoon() {
    let school = School::open().await;
    school.calls_the_roll_twice();
    let amal = school.enroll("Amal", "Abdullahi");
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    let (am, pm) = (slot(&school, "am"), slot(&school, "pm"));

    teacher.get("/today").await.shows(&am).shows(&pm).shows("· morning").shows("· afternoon");
    office.get("/board").await.shows(&am).shows(&pm).shows("4A, morning").shows("4A, afternoon");
    teacher.get(&am).await.is_ok().shows("morning · due 09:00");
    teacher.get(&pm).await.is_ok().shows("afternoon · due 12:30");
    teacher.get(&school.register()).await.is_missing();
    submits(&teacher, &am, &[(amal, "present")]).await;
    school.clock.set("2026-11-23T10:15:00Z".parse().unwrap());
    office.get("/board").await.shows("Submitted").shows("Due 12:30");
    let left = [("collected_by", "Hodan Abdi")];
    office.post(&format!("/students/{amal}/departures"), left).await.has_status(303);
    let marks = "select t.slot || ' ' || r.status as line from attendance_records r join attendance_sessions t on t.id = attendance_session_id order by 1";
    assert_eq!(
        database::lines(&mut database::within(school.organization), marks),
        ["am left_early", "pm left_early"]
    );

    school.clock.set("2026-11-24T08:30:00Z".parse().unwrap());
    office.get("/registers-not-taken").await.is_ok().shows(&pm).hides(&am);
    office.get(&format!("/students/{amal}")).await.is_ok().shows("23 Nov");
}

#[actix_web::test]
async fn who_was_away_in_the_morning_is_suggested_as_away_in_the_afternoon_and_is_not_marked_by_that() {
    let school = School::open().await;
    school.calls_the_roll_twice();
    let (amal, chidi) = (school.enroll("Amal", "Abdullahi"), school.enroll("Chidi", "Okonkwo"));
    let teacher = school.sign_in(Teacher).await;
    submits(&teacher, &slot(&school, "am"), &[(amal, "present"), (chidi, "absent")]).await;
    school.clock.set("2026-11-23T13:05:00Z".parse().unwrap());

    let page = teacher.get(&slot(&school, "pm")).await;

    page.is_ok().shows("Absent in the morning");
    assert!(is_checked(&page.body, chidi, "absent") && is_checked(&page.body, amal, "present"));
    assert_eq!(school.marks_kept(), 2, "a suggestion is no mark");
    submits(&teacher, &slot(&school, "pm"), &[(amal, "present"), (chidi, "present")]).await;
    let page = teacher.get(&slot(&school, "pm")).await;
    page.hides("Absent in the morning");
    assert!(is_checked(&page.body, chidi, "present"));
}

#[actix_web::test]
async fn what_the_office_knew_of_the_morning_is_said_in_the_afternoon() {
    let school = School::open().await;
    school.calls_the_roll_twice();
    let amal = school.enroll("Amal", "Abdullahi");
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    let path = format!("{}/marks/{amal}", slot(&school, "am"));
    office.send(Method::PUT, &path, &[("code", "ill"), ("version", "0")]).await.is_ok();

    let page = teacher.get(&slot(&school, "pm")).await;

    page.shows("in the morning");
    assert!(is_checked(&page.body, amal, "absent"));
}

#[actix_web::test]
async fn who_comes_five_minutes_after_noon_is_five_minutes_late_everywhere() {
    let school = School::open_at("2026-11-23T12:05:00Z".parse().unwrap()).await;
    school.calls_the_roll_twice();
    let (amal, chidi) = (school.enroll("Amal", "Abdullahi"), school.enroll("Chidi", "Okonkwo"));
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    let pm = slot(&school, "pm");
    submits(&teacher, &pm, &[(amal, "absent"), (chidi, "late")]).await;

    let stamped = office.post("/front-desk/arrivals", [("student", &*amal.to_string())]).await;

    office.get(&stamped.leads()).await.shows("Came at 12:05, 5 min late");
    office.get("/board").await.shows("5 min late").hides("245 min").hides("215 min");
    teacher.get(&pm).await.shows("data-starts=\"2026-11-23T12:00:00Z\"");
    let marks = "select concat_ws(' ', status, minutes_late, arrived_at) as line from attendance_records";
    let late = "late 5 12:05:00";
    assert_eq!(database::lines(&mut database::within(school.organization), marks), [late, late]);
    let days = "select concat_ws(' ', attended, minutes_late) as line from attendance_days";
    assert_eq!(database::lines(&mut database::within(school.organization), days), ["0.5 5", "0.5 5"]);
}

#[actix_web::test]
async fn minutes_typed_in_the_afternoon_are_counted_from_noon() {
    let school = School::open_at("2026-11-23T15:00:00Z".parse().unwrap()).await;
    school.calls_the_roll_twice();
    let amal = school.enroll("Amal", "Abdullahi");
    let teacher = school.sign_in(Teacher).await;
    let pm = slot(&school, "pm");
    submits(&teacher, &pm, &[(amal, "present")]).await;

    let late = [("code", "late"), ("minutes", "120"), ("version", "1")];
    teacher.send(Method::PUT, &format!("{pm}/marks/{amal}"), &late).await.is_ok();

    let days = "select concat_ws(' ', possible, attended) as line from attendance_days";
    let days = database::lines(&mut database::within(school.organization), days);
    assert_eq!(days, ["0.5 0.0"], "an hour and a half of the afternoon are left");
}

#[actix_web::test]
async fn who_was_late_in_the_morning_and_comes_back_in_the_afternoon_is_not_late_again() {
    let school = School::open_at("2026-11-23T08:45:00Z".parse().unwrap()).await;
    school.calls_the_roll_twice();
    let amal = school.enroll("Amal", "Abdullahi");
    let student = amal.to_string();
    let office = school.sign_in(Office).await;
    office.post("/front-desk/arrivals", [("student", &*student)]).await.has_status(303);
    school.clock.set("2026-11-23T10:00:00Z".parse().unwrap());
    let left = [("collected_by", "Hodan Abdi")];
    office.post(&format!("/students/{amal}/departures"), left).await.has_status(303);
    school.clock.set("2026-11-23T13:10:00Z".parse().unwrap());

    office.post("/front-desk/returns", [("student", &*student)]).await.has_status(303);

    let marks = "select concat_ws(' ', t.slot, r.status, r.minutes_late) as line from attendance_records r
                 join attendance_sessions t on t.id = attendance_session_id order by 1";
    let marks = database::lines(&mut database::within(school.organization), marks);
    assert_eq!(marks, ["am left_early 15", "pm present"]);
}

#[actix_web::test]
async fn who_left_in_the_morning_is_not_here_in_the_afternoon_on_board_and_report() {
    let school = School::open().await;
    school.calls_the_roll_twice();
    let (amal, chidi) = (school.enroll("Amal", "Abdullahi"), school.enroll("Chidi", "Okonkwo"));
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    submits(&teacher, &slot(&school, "am"), &[(amal, "present"), (chidi, "present")]).await;
    school.clock.set("2026-11-23T11:40:00Z".parse().unwrap());
    let left = [("collected_by", "Hodan Abdi")];
    office.post(&format!("/students/{amal}/departures"), left).await.has_status(303);

    submits(&teacher, &slot(&school, "pm"), &[(amal, ""), (chidi, "present")]).await;

    let board = office.get("/board").await;
    board.shows("2 of 2 here").shows("1 of 2 here · 1 left before").shows("3 <small>of 4 counted</small>");
    let report = office.get("/reports/attendance.csv?from=2026-11-23&to=2026-11-23").await;
    assert!(report.body.lines().last().unwrap().starts_with("All,2,2,1.5,75"), "{}", report.body);
}

#[actix_web::test]
async fn who_is_absent_all_day_stands_on_the_board_once_for_the_morning_and_once_for_the_afternoon() {
    let school = School::open().await;
    school.calls_the_roll_twice();
    let (amal, chidi) = (school.enroll("Amal", "Abdullahi"), school.enroll("Chidi", "Okonkwo"));
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    for half in ["am", "pm"] {
        submits(&teacher, &slot(&school, half), &[(amal, "absent"), (chidi, "late")]).await;
    }

    let board = office.get("/board").await;

    for half in ["morning", "afternoon"] {
        let named = format!("<span class=\"sub\">Homeroom 4A, {half}</span>");
        assert_eq!(board.body.matches(&named).count(), 2, "absent and late in the {half}");
    }
}
