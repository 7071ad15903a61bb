//! Days that calendars get wrong: 29 February, the turn of the year, and a clock that is set to another zone.

use chrono::{DateTime, Utc};
use reqwest::Method;
use school::Uuid;

use crate::support::{
    Administrator, Office, Person, Platform, School, Teacher,
    database::{lines, within},
    form::Typed,
};

fn at(instant: &str) -> DateTime<Utc> {
    instant.parse().unwrap()
}

/// Sends a class's register of a day with one mark.
async fn submits(person: &Person, school: &School, day: &str, student: Uuid, code: &str) {
    let (field, version) = (format!("code[{student}]"), format!("version[{student}]"));
    let sent = [("act", "submit"), (&*field, code), (&*version, "0")];
    let path = format!("/registers/{}/{day}/day", school.class);
    person.send(Method::POST, &format!("{path}/submission"), &sent).await.redirects_to(&path);
}

/// What a span adds up to for the whole school, as a saved file has it.
async fn sums(person: &Person, span: &str) -> String {
    let file = person.get(&format!("/reports/attendance.csv?{span}")).await;
    file.is_ok().body.lines().last().unwrap().replace(',', " ")
}

#[actix_web::test]
async fn the_29th_of_february_is_a_school_day_and_a_birthday_t64() {
    let school = School::open_at(at("2028-02-29T08:38:00Z")).await;
    school.run("update academic_years set end_date = $2::date where organization_id = $1", "2028-07-31");
    let amal = school.enroll("Amal", "Abdullahi");
    school.run("update students set date_of_birth = $2::date where organization_id = $1", "2016-02-29");
    let (teacher, office) = (school.sign_in(Teacher).await, school.sign_in(Office).await);

    submits(&teacher, &school, "2028-02-29", amal, "absent").await;

    assert_eq!(sums(&office, "from=2028-02-29&to=2028-02-29").await, "All 1 1 0 0 1 0 0 1 0 0");
    assert_eq!(sums(&office, "from=2028-02-01&to=2028-02-28").await, "All 1 0 0  0 0 0 0 0 0");
    let sheet = teacher.get(&format!("/classes/{}/register-sheet?month=2028-02", school.class)).await;
    sheet.shows("February 2028").shows("1 of 21 school days with a register");
    teacher.get(&format!("/students/{amal}")).await.shows("(12)");
    teacher.get(&format!("/registers/{}/2027-02-29/day", school.class)).await.is_missing();
}

#[actix_web::test]
async fn whoever_was_born_on_the_29th_of_february_is_a_year_older_on_the_1st_of_march_t64() {
    for (today, age) in [("2027-02-28", "(10)"), ("2027-03-01", "(11)")] {
        let school = School::open_at(at(&format!("{today}T12:00:00Z"))).await;
        let amal = school.enroll("Amal", "Abdullahi");
        school.run("update students set date_of_birth = $2::date where organization_id = $1", "2016-02-29");

        school.sign_in(Office).await.get(&format!("/students/{amal}")).await.shows(age);
    }
}

#[actix_web::test]
async fn a_term_and_days_missed_in_a_row_run_over_the_new_year_t64() {
    let school = School::open_at(at("2027-01-04T08:38:00Z")).await;
    let amal = school.enroll("Amal", "Abdullahi");
    let administrator = school.sign_in(Administrator).await;
    let term =
        [("name", "Winter"), ("kind", "term"), ("start_date", "2026-11-30"), ("end_date", "2027-01-29")];
    administrator.post(&format!("/years/{}/terms", school.year), term).await.has_status(303);
    let campus = school.campus.to_string();
    let holidays = [
        ("kind", "holiday"),
        ("first_day", "2026-12-21"),
        ("last_day", "2027-01-01"),
        ("campus[]", &*campus),
        ("note", "Winter holidays"),
    ];
    administrator.post("/calendar/days", holidays).await.has_status(303);

    for (day, code) in [
        ("2026-12-16", "present"),
        ("2026-12-17", "absent"),
        ("2026-12-18", "absent"),
        ("2027-01-04", "absent"),
    ] {
        submits(&administrator, &school, day, amal, code).await;
    }

    assert_eq!(sums(&administrator, "from=2026-11-30&to=2027-01-29").await, "All 1 4 1 25 3 0 0 3 0 0");
    assert_eq!(sums(&administrator, "from=2027-01-01&to=2027-01-29").await, "All 1 1 0 0 1 0 0 1 0 0");
    administrator.get("/absence-follow-ups").await.shows("since Thu 17 Dec");
    let untaken = administrator.get("/registers-not-taken?from=2026-12-15&to=2027-01-03").await;
    untaken.shows("/2026-12-15/day").hides("/2026-12-21/day").hides("/2027-01-01/day");
}

#[actix_web::test]
async fn a_school_that_moves_to_another_zone_keeps_its_days_and_lives_by_the_new_one_t64() {
    let school = School::open_at(at("2026-11-23T20:30:00Z")).await;
    let amal = school.enroll("Amal", "Abdullahi");
    let (teacher, office) = (school.sign_in(Teacher).await, school.sign_in(Office).await);
    submits(&teacher, &school, "2026-11-23", amal, "absent").await;
    teacher.get("/today").await.shows("Monday 23 November");
    let kept = || {
        let stands =
            "select concat_ws(' ', day, possible, attended, derived_from) as line from attendance_days
            union all select concat_ws(' ', session_date, slot, submitted_at) from attendance_sessions";
        lines(&mut within(school.organization), stands)
    };
    let (before, sum) = (kept(), sums(&office, "from=2026-11-23&to=2026-11-23").await);

    let platform = school.sign_in(Platform).await;
    let place = format!("/organizations/{}", school.organization);
    let moved = Typed::of(&platform, &place).await.with("time_zone", "Pacific/Auckland");
    moved.send(&platform).await.redirects_to(&place);

    teacher.get("/today").await.shows("Tuesday 24 November").shows("/2026-11-24/day");
    assert_eq!(kept(), before);
    assert_eq!(sums(&office, "from=2026-11-23&to=2026-11-23").await, sum);
    submits(&teacher, &school, "2026-11-24", amal, "present").await;
    assert_eq!(sums(&office, "from=2026-11-23&to=2026-11-24").await, "All 1 2 1 50 1 0 0 1 0 0");
}
