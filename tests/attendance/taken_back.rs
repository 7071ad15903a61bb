//! What the front desk stamped by mistake is taken back, and everything is as it was.

use chrono::TimeDelta;
use school::Uuid;

use super::twice_a_day::{slot, submits};
use crate::support::{
    Office, Person, School, Teacher,
    command::miscounted,
    database::{lines, within},
    school::morning,
};

/// Every mark that stands, by slot.
fn marks(school: &School, student: Uuid) -> Vec<String> {
    let query = format!(
        "select concat_ws(' ', t.slot, r.status, r.minutes_late, r.arrived_at, r.left_at, r.office_note) as line
         from attendance_records r join attendance_sessions t on t.id = attendance_session_id
         where student_id = '{student}' and r.deleted_at is null order by t.slot"
    );
    lines(&mut within(school.organization), &query)
}

fn worth(school: &School, student: Uuid) -> String {
    let query = format!(
        "select concat_ws(' ', attended, possible, awaiting, is_late, minutes_late) as line from attendance_days where student_id = '{student}'"
    );
    lines(&mut within(school.organization), &query).concat()
}

/// Stamps an arrival and answers where it is taken back.
async fn arrives(office: &Person, who: &str) -> String {
    let stamped = office.post("/front-desk/arrivals", [("q", who)]).await.leads();
    let id = stamped.strip_prefix("/front-desk?done=").unwrap();
    format!("/front-desk/movements/{id}/removal")
}

async fn leaves(office: &Person, student: Uuid) -> String {
    let departures = format!("/students/{student}/departures");
    let stamped = office.post(&departures, [("collected_by", "Ifeoma Nwosu")]).await.leads();
    format!("/front-desk/movements/{}/removal", stamped.strip_prefix("/front-desk?done=").unwrap())
}

#[actix_web::test]
async fn an_arrival_is_taken_back_and_the_child_is_absent_as_before_on_register_board_and_day() {
    let school = School::open().await;
    let chidi = school.enroll("Chidi", "Okonkwo");
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    teacher.submits(&school, &[(chidi, "absent", 0)]).await;
    let before = (marks(&school, chidi), worth(&school, chidi));
    school.clock.set(morning() + TimeDelta::minutes(25));
    let undo = arrives(&office, "chidi").await;
    assert_eq!(marks(&school, chidi), ["day late 33 09:03:00"]);
    office.get("/front-desk").await.shows(&format!("action=\"{undo}\"")).shows("Undo");

    office.post(&undo, []).await.redirects_to("/front-desk");

    assert_eq!((marks(&school, chidi), worth(&school, chidi)), before);
    assert_eq!(before.1, "0.0 1.0 1.0 f 0");
    office.get("/board").await.shows("Awaiting word").hides("33 min late");
    office.get("/front-desk").await.shows("Nobody yet");
    teacher.get(&school.register()).await.hides("set by the office");
    office.post(&undo, []).await.is_missing();
    let again = arrives(&office, "chidi").await;
    assert_ne!(again, undo);
    assert_eq!(marks(&school, chidi), ["day late 33 09:03:00"]);
}

#[actix_web::test]
async fn where_no_mark_stood_none_stands_and_the_teacher_marks_as_if_nothing_had_been() {
    let school = School::open().await;
    let (ada, chidi) = (school.enroll("Ada", "Nwosu"), school.enroll("Chidi", "Okonkwo"));
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    let undo = arrives(&office, "chidi").await;

    office.post(&undo, []).await.redirects_to("/front-desk");

    assert!(marks(&school, chidi).is_empty());
    let register = teacher.get(&school.register()).await;
    register.hides("set by the office").shows(&format!("data-student=\"{chidi}\" data-version=\"2\""));
    office.get("/board").await.hides("Chidi Okonkwo");
    office.get(&school.mark(chidi)).await.shows("Taken back");
    teacher.submits(&school, &[(ada, "present", 0), (chidi, "absent", 2)]).await.has_status(303);
    assert_eq!(marks(&school, chidi), ["day absent"]);
    assert_eq!(worth(&school, chidi), "0.0 1.0 1.0 f 0");

    let undo = arrives(&office, "chidi").await;
    assert_eq!(marks(&school, chidi), ["day late 8 08:38:00"]);
    office.post(&undo, []).await.redirects_to("/front-desk");
    assert_eq!(marks(&school, chidi), ["day absent"]);
}

#[actix_web::test]
async fn a_first_mark_in_a_register_that_is_in_goes_with_its_day() {
    let school = School::open().await;
    let (ada, chidi) = (school.enroll("Ada", "Nwosu"), school.enroll("Chidi", "Okonkwo"));
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    teacher.submits(&school, &[(ada, "present", 0)]).await;
    let undo = arrives(&office, "chidi").await;
    assert_eq!(worth(&school, chidi), "1.0 1.0 0.0 t 8");

    office.post(&undo, []).await.redirects_to("/front-desk");

    assert_eq!(worth(&school, chidi), "0.0 0.0 0.0 f 0");
    school.clock.set(morning() + TimeDelta::days(1));
    teacher.get(&school.register().replace("11-23", "11-24")).await.is_ok().hides("23 Nov: Late");
}

#[actix_web::test]
async fn a_departure_in_the_morning_is_taken_back_in_both_halves_the_last_movement_first() {
    let school = School::open_at(morning() + TimeDelta::hours(1)).await;
    school.calls_the_roll_twice();
    let ada = school.enroll("Ada", "Nwosu");
    let office = school.sign_in(Office).await;
    let arrival = arrives(&office, "ada").await;
    let stood = marks(&school, ada);
    let departure = leaves(&office, ada).await;
    let gone = marks(&school, ada);
    assert_eq!(gone.len(), 2);
    let back = office.post("/front-desk/returns", [("student", &*ada.to_string())]).await.leads();
    let back = format!("/front-desk/movements/{}/removal", back.strip_prefix("/front-desk?done=").unwrap());

    let refused = office.post(&departure, []).await;
    refused.has_status(409).shows("passed the desk again after that").shows("09:38 Came back");
    office.post(&back, []).await.redirects_to("/front-desk");
    assert_eq!(marks(&school, ada), gone);
    office.post(&departure, []).await.redirects_to("/front-desk");
    assert_eq!(marks(&school, ada), stood);
    office.post(&arrival, []).await.redirects_to("/front-desk");
    assert!(marks(&school, ada).is_empty());
}

#[actix_web::test]
async fn what_somebody_has_changed_since_stays_and_so_does_the_movement() {
    let school = School::open().await;
    let ada = school.enroll("Ada", "Nwosu");
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    let undo = arrives(&office, "ada").await;
    office.marks(&school, ada, "ill", 1).await.is_ok();

    let refused = office.post(&undo, []).await;

    refused.has_status(409).shows("has been changed since").shows("08:38 Came");
    assert_eq!(marks(&school, ada), ["day excused"]);
    teacher.post(&undo, []).await.is_forbidden();
    let elsewhere = School::open().await;
    elsewhere.sign_in(Office).await.post(&undo, []).await.is_missing();
}

#[actix_web::test]
async fn who_came_before_the_register_went_in_is_present_in_it_when_that_is_taken_back() {
    let school = School::open().await;
    let (ada, chidi) = (school.enroll("Ada", "Nwosu"), school.enroll("Chidi", "Okonkwo"));
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    let undo = arrives(&office, "chidi").await;
    teacher.submits(&school, &[(ada, "present", 0), (chidi, "", 1)]).await.has_status(303);
    assert_eq!(worth(&school, chidi), "1.0 1.0 0.0 t 8");

    office.post(&undo, []).await.redirects_to("/front-desk");

    assert_eq!(marks(&school, chidi), ["day present"]);
    assert_eq!(worth(&school, chidi), "1.0 1.0 0.0 f 0");
    office.get("/board").await.shows("2 of 2 here");
    office.get("/campus-days.csv").await.shows("Quay Street,2026-11-23,2,2,0,0,100.00");
    teacher.get(&school.register()).await.hides("set by the office");
    assert_eq!(miscounted(&school), "");
}

#[actix_web::test]
async fn an_afternoon_that_went_in_meanwhile_has_whoever_did_not_leave_or_is_back_as_present() {
    for is_back in [false, true] {
        let school = School::open_at(morning() + TimeDelta::hours(1)).await;
        school.calls_the_roll_twice();
        let ada = school.enroll("Ada", "Nwosu");
        let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
        let undo = leaves(&office, ada).await;
        submits(&teacher, &slot(&school, "pm"), &[(ada, "")]).await;
        assert_eq!(worth(&school, ada), "0.0 0.5 0.0 f 0");

        if is_back {
            office.post("/front-desk/returns", [("student", &*ada.to_string())]).await.has_status(303);
        } else {
            office.post(&undo, []).await.redirects_to("/front-desk");
        }

        let stand = marks(&school, ada);
        assert_eq!(stand.last().map(String::as_str), Some("pm present"), "{stand:?}");
        assert_eq!(worth(&school, ada), "0.5 0.5 0.0 f 0");
        assert_eq!(miscounted(&school), "");
    }
}
