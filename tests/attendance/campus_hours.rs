//! A campus whose day begins or ends otherwise from now on, or whose zone changes: days that are past stay as they were.

use chrono::TimeDelta;
use reqwest::Method;
use school::Uuid;

use crate::support::{
    Administrator, Person, School, Teacher,
    command::miscounted,
    database::{lines, within},
    form::Typed,
    school::morning,
};

/// After school on Tuesday.
fn tuesday() -> chrono::DateTime<chrono::Utc> {
    morning() + TimeDelta::hours(32)
}

/// Changes when the day of the school's campus begins and ends.
async fn sets(person: &Person, school: &School, hours: (&str, &str)) {
    let form = Typed::of(person, &format!("/campuses/{}", school.campus)).await;
    let form = form.with("day_starts_at", hours.0).with("day_ends_at", hours.1);
    form.send(person).await.redirects_to("/campuses");
}

/// Marks a student late on a day, come at a quarter past eleven.
async fn comes_late(person: &Person, school: &School, student: Uuid, day: &str) {
    let path = format!("/registers/{}/{day}/day", school.class);
    let late = [("code", "late"), ("arrived", "11:15"), ("version", "0")];
    person.send(Method::PUT, &format!("{path}/marks/{student}"), &late).await.is_ok();
    person.post(&format!("{path}/submission"), [("act", "submit")]).await.has_status(303);
}

/// What the days of a student are worth and by how many minutes they were late, oldest first.
fn worth(school: &School, student: Uuid) -> Vec<String> {
    let query = format!(
        "select concat_ws(' ', attended::float, minutes_late) as line from attendance_days where student_id = '{student}' order by day"
    );
    lines(&mut within(school.organization), &query)
}

fn past_hours(school: &School) -> Vec<String> {
    let query = "select concat_ws(' ', last_day, day_starts_at, day_ends_at) as line from campus_past_hours order by last_day";
    lines(&mut within(school.organization), query)
}

#[actix_web::test]
async fn other_hours_count_today_anew_and_leave_yesterday_as_it_was() {
    let school = School::open_at(tuesday()).await;
    let ada = school.enroll("Ada", "Nwosu");
    let administrator = school.sign_in(Administrator).await;
    for day in ["2026-11-23", "2026-11-24"] {
        comes_late(&administrator, &school, ada, day).await;
    }
    assert_eq!(worth(&school, ada), ["1 165", "1 165"], "255 minutes until half past three are a day");

    sets(&administrator, &school, ("08:30", "14:00")).await;

    assert_eq!(worth(&school, ada), ["1 165", "0.5 165"]);
    assert_eq!(miscounted(&school), "");
    sets(&administrator, &school, ("08:30", "15:00")).await;
    assert_eq!(worth(&school, ada), ["1 165", "0.5 165"]);
    sets(&administrator, &school, ("08:30", "16:00")).await;
    assert_eq!(worth(&school, ada), ["1 165", "1 165"]);
    assert_eq!(
        past_hours(&school),
        ["2026-11-23 08:30:00 15:30:00"],
        "what was changed within a day held on none"
    );
    assert_eq!(miscounted(&school), "");
}

#[actix_web::test]
async fn an_old_day_is_corrected_by_the_hours_that_it_had() {
    let school = School::open_at(tuesday()).await;
    let (ada, chidi) = (school.enroll("Ada", "Nwosu"), school.enroll("Chidi", "Okonkwo"));
    let administrator = school.sign_in(Administrator).await;
    comes_late(&administrator, &school, ada, "2026-11-23").await;
    sets(&administrator, &school, ("10:00", "14:00")).await;
    school.clock.set(tuesday() + TimeDelta::days(1));
    sets(&administrator, &school, ("11:00", "17:00")).await;

    for day in ["2026-11-23", "2026-11-24", "2026-11-25"] {
        let path = format!("/registers/{}/{day}/day/marks/{chidi}", school.class);
        let late = [("code", "late"), ("arrived", "11:15"), ("version", "0")];
        administrator.send(Method::PUT, &path, &late).await.is_ok();
        let submission = format!("/registers/{}/{day}/day/submission", school.class);
        administrator.post(&submission, [("act", "submit")]).await.has_status(303);
    }

    assert_eq!(worth(&school, chidi), ["1 165", "0.5 75", "1 15"]);
    assert_eq!(past_hours(&school), ["2026-11-23 08:30:00 15:30:00", "2026-11-24 10:00:00 14:00:00"]);
    assert_eq!(miscounted(&school), "");
}

#[actix_web::test]
async fn a_register_that_was_in_time_stays_in_time_when_the_day_begins_earlier() {
    let school = School::open().await;
    let ada = school.enroll("Ada", "Nwosu");
    let administrator = school.sign_in(Administrator).await;
    school.sign_in(Teacher).await.submits(&school, &[(ada, "present", 0)]).await;
    school.clock.set(morning() + TimeDelta::days(1));
    let untaken = |day: &str| format!("/registers-not-taken?from={day}&to={day}");
    administrator.get(&untaken("2026-11-23")).await.is_ok().hides("/2026-11-23/day");

    sets(&administrator, &school, ("07:30", "15:30")).await;

    administrator.get(&untaken("2026-11-23")).await.is_ok().hides("/2026-11-23/day");
    let (code, version) = (format!("code[{ada}]"), format!("version[{ada}]"));
    let submission = format!("/registers/{}/2026-11-24/day/submission", school.class);
    let here = [("act", "submit"), (&*code, "present"), (&*version, "0")];
    administrator.post(&submission, here).await.has_status(303);
    administrator.get(&untaken("2026-11-24")).await.shows("/2026-11-24/day").shows("38 min late");
}

#[actix_web::test]
async fn hours_that_leave_nothing_of_a_half_day_to_come_wait_for_the_calendar() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let half = [
        ("campus[]", &*school.campus.to_string()),
        ("first_day", "2026-12-01"),
        ("kind", "half_day"),
        ("ends_at", "12:00"),
    ];
    administrator.post("/calendar/days", half).await.has_status(303);
    let form = Typed::of(&administrator, &format!("/campuses/{}", school.campus)).await;

    let refused = form.with("day_starts_at", "12:30").with("day_ends_at", "18:00").send(&administrator).await;

    refused.field_error("day_starts_at", "1 December 2026 is a half day outside of these hours");
    assert!(past_hours(&school).is_empty());
}

#[actix_web::test]
async fn a_campus_in_another_zone_keeps_its_days_and_lives_by_the_new_one() {
    let school = School::open_at("2026-11-23T20:30:00Z".parse().unwrap()).await;
    let ada = school.enroll("Ada", "Nwosu");
    let (administrator, teacher) = (school.sign_in(Administrator).await, school.sign_in(Teacher).await);
    comes_late(&administrator, &school, ada, "2026-11-23").await;
    teacher.get("/today").await.shows("Monday 23 November");
    let kept = || {
        let all = "select concat_ws(' ', day, attended, possible, minutes_late) as line from attendance_days
            union all select concat_ws(' ', session_date, slot, submitted_at) from attendance_sessions
            union all select concat_ws(' ', session_date, status, arrived_at, minutes_late) from attendance_records";
        lines(&mut within(school.organization), all)
    };
    let before = kept();

    let form = Typed::of(&administrator, &format!("/campuses/{}", school.campus)).await;
    form.with("time_zone", "Pacific/Auckland").send(&administrator).await.redirects_to("/campuses");

    teacher.get("/today").await.shows("Tuesday 24 November");
    assert_eq!(kept(), before);
    assert_eq!(miscounted(&school), "");
}
