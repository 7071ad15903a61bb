//! What a day is worth for a student, as every percentage reads it.

use std::process::Command;

use chrono::TimeDelta;
use reqwest::Method;
use school::Uuid;

use crate::support::{
    Office, Person, School, Teacher,
    command::said,
    database::{lines, place, within},
    school::morning,
};

/// Possible, attended and excused part of a student's days, and from which registers.
fn days(school: &School, student: Uuid) -> Vec<String> {
    let query = format!(
        "select concat_ws(' ', possible, attended, excused, derived_from) as line from attendance_days
         where student_id = '{student}' order by day"
    );
    lines(&mut within(school.organization), &query)
}

/// A campus's policy for these tests: minutes of a half and a full day, and how often the roll is called.
fn policy(school: &School, basis: &str) {
    school.run(
        "insert into campus_attendance_config (organization_id, id, campus_id, applies_from, basis, late_after)
         select $1, gen_random_uuid(), id, '2026-09-01', $2::attendance_basis, '08:30' from campuses where organization_id = $1",
        basis,
    );
}

async fn late(teacher: &Person, school: &School, student: Uuid, arrived: &str, version: &str) {
    let fields = [("code", "late"), ("arrived", arrived), ("version", version)];
    teacher.send(Method::PUT, &school.mark(student), &fields).await.is_ok();
}

/// Monday, after school.
async fn afternoon() -> School {
    School::open_at(morning() + TimeDelta::hours(8)).await
}

#[actix_web::test]
async fn a_day_counts_once_its_register_is_in_and_no_more_when_it_is_taken_back() {
    let school = School::open().await;
    let (ada, chidi) = (school.enroll("Ada", "Nwosu"), school.enroll("Chidi", "Okonkwo"));
    let teacher = school.sign_in(Teacher).await;

    teacher.marks(&school, ada, "present", 0).await.is_ok();
    assert!(days(&school, ada).is_empty(), "an open register counts for nothing");
    teacher.submits(&school, &[(ada, "present", 1), (chidi, "absent", 0)]).await;
    assert_eq!(days(&school, ada), ["1.0 1.0 0.0 day"]);
    assert_eq!(days(&school, chidi), ["1.0 0.0 0.0 day"]);
    teacher.post(&format!("{}/withdrawal", school.register()), []).await;
    assert_eq!(days(&school, ada), ["0.0 0.0 0.0 no register"]);
}

#[actix_web::test]
async fn a_mark_after_submission_changes_the_day_with_it() {
    let school = School::open().await;
    let chidi = school.enroll("Chidi", "Okonkwo");
    let (teacher, office) = (school.sign_in(Teacher).await, school.sign_in(Office).await);
    teacher.submits(&school, &[(chidi, "absent", 0)]).await;

    office.marks(&school, chidi, "ill", 1).await.is_ok();
    assert_eq!(days(&school, chidi), ["1.0 0.0 1.0 day"]);
    office.marks(&school, chidi, "present", 2).await.is_ok();
    assert_eq!(days(&school, chidi), ["1.0 1.0 0.0 day"]);
}

#[actix_web::test]
async fn who_comes_late_is_measured_by_the_minutes_of_the_policy() {
    let school = afternoon().await;
    policy(&school, "daily");
    let ada = school.enroll("Ada", "Nwosu");
    let teacher = school.sign_in(Teacher).await;
    teacher.submits(&school, &[(ada, "present", 0)]).await;

    late(&teacher, &school, ada, "09:10", "1").await;
    assert_eq!(days(&school, ada), ["1.0 1.0 0.0 day"], "six hours are a whole day");
    late(&teacher, &school, ada, "12:00", "2").await;
    assert_eq!(days(&school, ada), ["1.0 0.5 0.0 day"], "three and a half hours are half a day");
    late(&teacher, &school, ada, "14:30", "3").await;
    assert_eq!(days(&school, ada), ["1.0 0.0 0.0 day"], "an hour is none");
}

#[actix_web::test]
async fn the_minutes_of_the_policy_decide_and_an_old_day_is_corrected_by_the_policy_of_its_day() {
    let school = afternoon().await;
    let asks = |from: &str, half: i32, full: i32| {
        let statement = format!(
            "insert into campus_attendance_config (organization_id, id, campus_id, applies_from, basis, half_day_minutes, full_day_minutes)
             select $1, gen_random_uuid(), id, '{from}', $2::attendance_basis, {half}, {full} from campuses where organization_id = $1"
        );
        school.run(&statement, "daily");
    };
    asks("2026-09-01", 150, 300);
    let ada = school.enroll("Ada", "Nwosu");
    let teacher = school.sign_in(Teacher).await;
    teacher.submits(&school, &[(ada, "present", 0)]).await;

    late(&teacher, &school, ada, "10:20", "1").await;
    assert_eq!(days(&school, ada), ["1.0 1.0 0.0 day"], "310 minutes are a whole day");
    late(&teacher, &school, ada, "11:00", "2").await;
    assert_eq!(days(&school, ada), ["1.0 0.5 0.0 day"], "270 are half of one");
    late(&teacher, &school, ada, "13:20", "3").await;
    assert_eq!(days(&school, ada), ["1.0 0.0 0.0 day"], "130 are none");

    asks("2026-11-24", 60, 120);
    school.clock.set(morning() + TimeDelta::days(1));
    late(&school.sign_in(Office).await, &school, ada, "12:30", "4").await;
    assert_eq!(days(&school, ada), ["1.0 0.5 0.0 day"], "180 are half a day by the policy of that day");
}

#[actix_web::test]
async fn minutes_that_were_typed_count_where_a_campus_has_set_no_policy() {
    let school = afternoon().await;
    let ada = school.enroll("Ada", "Nwosu");
    let teacher = school.sign_in(Teacher).await;
    teacher.submits(&school, &[(ada, "present", 0)]).await;
    let types = async |minutes, version| {
        let fields = [("code", "late"), ("minutes", minutes), ("version", version)];
        teacher.send(Method::PUT, &school.mark(ada), &fields).await.is_ok();
    };

    types("40", "1").await;
    assert_eq!(days(&school, ada), ["1.0 1.0 0.0 day"], "over six hours are left");
    types("300", "2").await;
    assert_eq!(days(&school, ada), ["1.0 0.5 0.0 day"], "two hours are left");
    types("301", "3").await;
    assert_eq!(days(&school, ada), ["1.0 0.0 0.0 day"], "not quite two hours are left");
}

#[actix_web::test]
async fn morning_and_afternoon_count_half_a_day_each() {
    let school = afternoon().await;
    policy(&school, "am_pm");
    let ada = school.enroll("Ada", "Nwosu");
    let teacher = school.sign_in(Teacher).await;

    let fields =
        [("act", "submit"), (&*format!("code[{ada}]"), "present"), (&*format!("version[{ada}]"), "0")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let half = |slot: &str| format!("/registers/{}/2026-11-23/{slot}/submission", school.class);
    teacher.send(Method::POST, &half("am"), &fields).await;
    assert_eq!(days(&school, ada), ["0.5 0.5 0.0 am"]);
    let absent = [("act", "submit"), fields[2], (fields[1].0, "absent")];
    teacher.send(Method::POST, &half("pm"), &absent).await;
    assert_eq!(days(&school, ada), ["1.0 0.5 0.0 am, pm"]);
}

#[actix_web::test]
async fn on_a_half_day_being_there_is_half_a_day() {
    let school = School::open().await;
    school.run(
        "insert into calendar_days (organization_id, id, campus_id, day, kind, ends_at, note)
         select $1, gen_random_uuid(), id, '2026-11-23', 'half_day', '12:00', $2 from campuses where organization_id = $1",
        "Snow",
    );
    let (ada, chidi) = (school.enroll("Ada", "Nwosu"), school.enroll("Chidi", "Okonkwo"));
    let teacher = school.sign_in(Teacher).await;

    teacher.submits(&school, &[(ada, "present", 0), (chidi, "absent", 0)]).await;

    assert_eq!(days(&school, ada), ["0.5 0.5 0.0 day"]);
    assert_eq!(days(&school, chidi), ["0.5 0.0 0.0 day"]);
}

#[actix_web::test]
async fn the_doctor_finds_a_day_that_is_not_what_its_marks_say_and_mends_it() {
    let school = School::open().await;
    let ada = school.enroll("Ada", "Nwosu");
    school.sign_in(Teacher).await.submits(&school, &[(ada, "absent", 0)]).await;
    let doctor = |more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_belfry"));
        command.args(["doctor", "attendance", "--organization", &school.slug]).args(more);
        command.env("DATABASE_URL", &place().addresses.app);
        command.env("BELFRY_LOBBY_URL", &place().addresses.lobby).env("BELFRY_OWNER_URL", &place().owner);
        let output = command.output().unwrap();
        (output.status.success(), said(&output))
    };

    assert!(doctor(&[]).0);
    school.run(
        "update attendance_days set attended = 1, awaiting = 0, derived_from = $2 where organization_id = $1",
        "a guess",
    );
    let (well, found) = doctor(&[]);
    assert!(!well && found.contains("on 2026-11-23 is kept as 1.0 of 1.0 attended"), "{found}");
    assert!(doctor(&["--mend"]).0);
    assert!(doctor(&[]).0);
    assert_eq!(days(&school, ada), ["1.0 0.0 0.0 day"]);
}
