//! Days on which the clock is put forward or back: a register is of its day, and minutes are those of the wall (T61).

use reqwest::Method;
use school::Uuid;

use crate::support::{Person, School, Teacher, database};

/// A school in Cairo, where the clock goes forward at midnight before Friday 30 April 2027 and back at midnight after
/// Thursday 29 October 2026.
async fn in_cairo(now: &str) -> (School, Uuid, Person) {
    let school = School::open_at(now.parse().unwrap()).await;
    school.run("update campuses set time_zone = $2 where organization_id = $1", "Africa/Cairo");
    let amal = school.enroll("Amal", "Abdullahi");
    let teacher = school.sign_in(Teacher).await;
    (school, amal, teacher)
}

fn register(school: &School, day: &str) -> String {
    format!("/registers/{}/{day}/day", school.class)
}

/// The minutes and times that stand beside the only mark.
fn kept(school: &School) -> String {
    let query = "select concat_ws(' ', status, minutes_late, arrived_at) as line from attendance_records";
    database::lines(&mut database::within(school.organization), query).concat()
}

async fn is_late(teacher: &Person, register: &str, student: Uuid) {
    let form = [("code", "late"), ("version", "0")];
    teacher.send(Method::PUT, &format!("{register}/marks/{student}"), &form).await.is_ok();
}

#[actix_web::test]
async fn on_the_morning_after_the_clock_went_forward_eight_fifty_is_twenty_minutes_late_t61() {
    let (school, amal, teacher) = in_cairo("2027-04-30T05:50:00Z").await;
    let day = register(&school, "2027-04-30");
    teacher.get(&day).await.is_ok();

    is_late(&teacher, &day, amal).await;

    assert_eq!(kept(&school), "late 20 08:50:00");
}

#[actix_web::test]
async fn a_register_due_in_the_hour_that_is_left_out_opens_all_the_same_t61() {
    let (school, amal, teacher) = in_cairo("2027-04-29T22:30:00Z").await;
    school.run(
        "insert into campus_attendance_config (organization_id, id, campus_id, applies_from, basis, due_time, late_after)
         select $1, gen_random_uuid(), id, '2026-09-01', $2::attendance_basis, '00:45', '00:30' from campuses where organization_id = $1",
        "daily",
    );
    let day = register(&school, "2027-04-30");

    teacher.get("/today").await.is_ok().shows("Friday 30 April");
    teacher.get(&day).await.is_ok().shows("due 00:45");
    is_late(&teacher, &day, amal).await;

    assert_eq!(kept(&school), "late 60 01:30:00", "the wall says half past one");
}

#[actix_web::test]
async fn the_hour_that_comes_twice_belongs_to_the_day_that_it_ends_t61() {
    let (school, _, teacher) = in_cairo("2026-10-29T20:30:00Z").await;
    let (day, next) = (register(&school, "2026-10-29"), register(&school, "2026-10-30"));

    for instant in ["2026-10-29T20:30:00Z", "2026-10-29T21:30:00Z"] {
        school.clock.set(instant.parse().unwrap());
        teacher.get("/today").await.shows("Thursday 29 October");
        teacher.get(&day).await.is_ok();
    }

    school.clock.set("2026-10-29T22:30:00Z".parse().unwrap());
    teacher.get("/today").await.shows("Friday 30 October");
    teacher.get(&next).await.is_ok();
}
