//! A teacher takes attendance.

use chrono::{TimeZone, Utc};
use reqwest::Method;

use crate::support::{Counselor, Office, School, Supervisor, Teacher};

#[actix_web::test]
async fn a_register_opens_with_everyone_shown_present_and_nothing_counted() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let teacher = school.sign_in(Teacher).await;

    let page = teacher.get(&school.register()).await;

    page.is_ok().shows("Amal Abdullahi").shows("nothing counts until you submit");
    page.shows(&format!(
        r#"id="c-{amal}-present" name="code[{amal}]" value="present" data-key="p" data-tone="here" checked"#
    ));
    assert_eq!(school.marks_kept(), 0, "looking at a register keeps nothing");
}

#[actix_web::test]
async fn the_roll_is_called_in_the_order_of_the_list_of_students() {
    let school = School::open().await;
    let mut students = Vec::new();
    for family in [
        "Żak",
        "Zak",
        "zak",
        "Álvarez",
        "Alvarez",
        "alvarez",
        "Al-Varez",
        "Al Varez",
        "O'Neill",
        "ONeill",
        "Đặng",
        "Dang",
        "Öztürk",
        "Oz",
        "Σταύρου",
        "Шевчук",
        "김",
        "周",
        "Ёлкина",
        "Елкина",
        "ليلى",
        "כהן",
        "Ndiaye 2",
        "Ndiaye 10",
    ] {
        students.push(school.enroll("Amal", family).to_string());
        students.push(school.enroll("Ámal", family).to_string());
    }
    let office = school.sign_in(Office).await;
    let in_order = |page: &str| {
        let mut found: Vec<_> =
            students.iter().map(|id| (page.find(&format!("/students/{id}\"")), id)).collect();
        found.sort();
        found.into_iter().map(|(_, id)| id.clone()).collect::<Vec<_>>()
    };

    let list = in_order(&office.get("/students").await.is_ok().body);
    let roll = in_order(&office.get(&school.register()).await.is_ok().body);

    assert_eq!(roll, list);
}

#[actix_web::test]
async fn a_teacher_goes_back_to_a_day_that_they_forgot() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    let teacher = school.sign_in(Teacher).await;

    teacher.get("/today").await.shows("1 register today").shows(r#"href="/today?day=2026-11-22""#);
    teacher.get("/today?day=2026-11-22").await.shows("No school").shows("no school on a Sunday");
    let friday = teacher.get("/today?day=2026-11-20").await;
    friday.shows("Friday 20 November").shows("Not taken, missing").shows("/2026-11-20/day");
    for odd in ["tomorrow", "2026-11-24", "0000-00-00", "99999-01-01"] {
        teacher.get(&format!("/today?day={odd}")).await.is_ok().shows("Monday 23 November");
    }
}

#[actix_web::test]
async fn late_without_minutes_takes_them_from_the_clock() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let teacher = school.sign_in(Teacher).await;

    teacher
        .marks(&school, amal, "late", 0)
        .await
        .is_ok()
        .shows(r#"name="minutes[@]" value="8""#.replace('@', &amal.to_string()).as_str());
}

#[actix_web::test]
async fn minutes_that_are_no_minutes_are_refused_by_the_field_and_stay_as_typed() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let teacher = school.sign_in(Teacher).await;

    for typed in ["-1", "1000", "1e3", "0x10", "8.5", "soon", "99999999999999999999"] {
        let answer = teacher
            .send(Method::PUT, &school.mark(amal), &[("code", "late"), ("minutes", typed), ("version", "0")])
            .await;
        answer.field_error(&format!("minutes-{amal}"), "from 1 to 999");
    }
    assert_eq!(school.marks_kept(), 0);
}

#[actix_web::test]
async fn submitting_writes_one_mark_for_every_student() {
    let school = School::open().await;
    let students = [
        school.enroll("Amal", "Abdullahi"),
        school.enroll("Kwame", "Acheampong"),
        school.enroll("Ji-woo", "Bae"),
    ];
    let teacher = school.sign_in(Teacher).await;

    let marks: Vec<_> = students
        .iter()
        .zip(["present", "late", "absent"])
        .map(|(student, code)| (*student, code, 0))
        .collect();
    teacher.submits(&school, &marks).await.redirects_to(&school.register());

    assert_eq!(school.marks_kept(), 3);
    teacher.get(&school.register()).await.shows("Submitted 08:38 by Rosa Lindqvist");
    teacher.get("/today").await.shows("Submitted 08:38").shows("2 of 3 here · 1 absent · 1 late");
}

#[actix_web::test]
async fn a_submitted_register_can_be_taken_back_and_keeps_its_marks() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let teacher = school.sign_in(Teacher).await;
    teacher.submits(&school, &[(amal, "absent", 0)]).await;

    teacher.post(&format!("{}/withdrawal", school.register()), []).await.redirects_to(&school.register());

    teacher
        .get(&school.register())
        .await
        .hides("Submitted")
        .shows(r#"value="absent" data-key="a" data-tone="absent" checked"#);
    teacher
        .post(&format!("{}/withdrawal", school.register()), [])
        .await
        .has_status(409)
        .shows("was not submitted");
}

#[actix_web::test]
async fn the_same_mark_sent_twice_is_kept_once() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let teacher = school.sign_in(Teacher).await;

    teacher.marks(&school, amal, "absent", 0).await.is_ok().shows(r#"data-version="1""#);
    teacher.marks(&school, amal, "absent", 0).await.is_ok().shows(r#"data-version="1""#);

    assert_eq!(school.changes_of_marks(), 1);
}

#[actix_web::test]
async fn who_changed_what_stands_beside_the_mark() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let teacher = school.sign_in(Teacher).await;
    teacher.marks(&school, amal, "absent", 0).await.is_ok();
    teacher.marks(&school, amal, "late", 1).await.is_ok();

    teacher.get(&school.mark(amal)).await.is_ok().shows("Mark: Absent → Late").shows("Rosa Lindqvist");
}

#[actix_web::test]
async fn a_plain_form_marks_one_student_without_scripts() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let teacher = school.sign_in(Teacher).await;

    let fields = [("code", "late"), ("arrived", "08:37"), ("remark", "Bus"), ("version", "0")];
    teacher.post(&school.mark(amal), fields).await.redirects_to(&school.register());

    teacher.get(&school.register()).await.shows(r#"value="7""#).shows("Bus");
}

#[actix_web::test]
async fn a_child_who_comes_in_the_afternoon_is_late_and_the_register_still_goes_in() {
    let school = School::open_at(Utc.with_ymd_and_hms(2026, 11, 23, 17, 15, 0).unwrap()).await;
    let amal = school.enroll("Amal", "Abdullahi");
    let teacher = school.sign_in(Teacher).await;

    let line = teacher.marks(&school, amal, "late", 0).await;
    line.is_ok().shows(r#"value="525""#);
    let (code, minutes) = (format!("code[{amal}]"), format!("minutes[{amal}]"));
    let version = format!("version[{amal}]");
    let fields = [("act", "submit"), (&*code, "late"), (&*minutes, "525"), (&*version, "1")];
    let submission = format!("{}/submission", school.register());

    teacher.post(&submission, fields).await.redirects_to(&school.register());
}

#[actix_web::test]
async fn nobody_has_arrived_before_they_come() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let teacher = school.sign_in(Teacher).await;

    teacher
        .post(&school.mark(amal), [("code", "late"), ("arrived", "08:39"), ("version", "0")])
        .await
        .field_error("arrived", "still to come");
}

#[actix_web::test]
async fn what_a_form_does_not_send_stays_as_it_was() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let teacher = school.sign_in(Teacher).await;
    let came = [("code", "late"), ("arrived", "08:37"), ("remark", "Bus"), ("version", "0")];
    teacher.post(&school.mark(amal), came).await.redirects_to(&school.register());

    let again = [("code", "late"), ("minutes", "7"), ("version", "1")];
    teacher.send(Method::PUT, &school.mark(amal), &again).await.is_ok();

    assert_eq!(school.changes_of_marks(), 1);
    teacher.get(&school.mark(amal)).await.shows(r#"value="Bus""#);
    let taken_away = [("code", "late"), ("remark", ""), ("version", "1")];
    teacher.send(Method::PUT, &school.mark(amal), &taken_away).await.is_ok();
    teacher.get(&school.mark(amal)).await.hides(r#"value="Bus""#);
}

#[actix_web::test]
async fn nobody_else_opens_a_register_that_is_not_theirs() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let stranger = School::open().await.sign_in_at(&school, Teacher).await;
    let other_teacher = school.sign_in_elsewhere(Teacher).await;
    let supervisor = school.sign_in(Supervisor).await;
    let counselor = school.sign_in(Counselor).await;

    stranger.get(&school.register()).await.is_missing();
    other_teacher.get(&school.register()).await.is_missing();
    other_teacher.marks(&school, amal, "absent", 0).await.is_missing();
    supervisor.get(&school.register()).await.is_ok().hides("Submit register");
    supervisor.marks(&school, amal, "absent", 0).await.is_forbidden();
    counselor.get(&school.register()).await.is_forbidden();
    assert_eq!(school.marks_kept(), 0);
}

#[actix_web::test]
async fn a_teacher_corrects_until_their_window_closes() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let teacher = school.sign_in(Teacher).await;
    teacher.submits(&school, &[(amal, "absent", 0)]).await;

    school.clock.set(Utc.with_ymd_and_hms(2026, 11, 24, 23, 59, 0).unwrap());
    teacher.marks(&school, amal, "late", 1).await.is_ok();
    school.clock.set(Utc.with_ymd_and_hms(2026, 11, 25, 0, 1, 0).unwrap());
    teacher
        .marks(&school, amal, "present", 2)
        .await
        .has_status(409)
        .shows("The office can still change this one");
}

#[actix_web::test]
async fn a_teacher_who_comes_a_day_early_reads_why_and_not_that_somebody_was_faster() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    let teacher = school.sign_in(Teacher).await;

    let early = format!("/registers/{}/2026-11-24/day/submission", school.class);
    let answer = teacher.post(&early, [("act", "submit")]).await;

    answer.has_status(409).shows("That cannot be done now").shows("This register opens on its day.");
    answer.hides("Somebody was faster");
}

#[actix_web::test]
async fn no_register_is_due_on_a_day_without_school_or_before_its_day() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let teacher = school.sign_in(Teacher).await;
    let on = |day: &str| format!("/registers/{}/{day}/day", school.class);
    let fields = [("code", "absent"), ("version", "0")];

    teacher
        .get(&on("2026-11-22"))
        .await
        .is_ok()
        .shows("There is no school on a Sunday.")
        .hides("Submit register");
    teacher.send(Method::PUT, &format!("{}/marks/{amal}", on("2026-11-22")), &fields).await.has_status(409);
    teacher.send(Method::PUT, &format!("{}/marks/{amal}", on("2026-11-24")), &fields).await.has_status(409);
    teacher.get(&on("2026-02-30")).await.is_missing();
    teacher.get(&on("9999-99-99")).await.is_missing();
}

#[actix_web::test]
async fn a_day_follows_the_campus_and_not_the_server_t60() {
    let school = School::open_at(Utc.with_ymd_and_hms(2026, 7, 1, 23, 30, 0).unwrap()).await;
    let teacher = school.sign_in(Teacher).await;

    teacher.get("/today").await.shows("Thursday 2 July");
}
