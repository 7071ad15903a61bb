//! The school year, its terms and the days that differ, as the office and administrators keep them.

use reqwest::Method;

use crate::support::{Administrator, Office, School, Teacher, form::Typed, person::Person};

const YEAR: [(&str, &str); 4] =
    [("name", "2027/28"), ("start_date", "2027-09-01"), ("end_date", "2028-07-31"), ("weekdays[]", "1")];

/// The same form with another text in a field.
fn with<'a>(form: &[(&'a str, &'a str)], name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut form: Vec<_> = form.iter().copied().filter(|(other, _)| *other != name).collect();
    form.push((name, value));
    form
}

#[actix_web::test]
async fn an_administrator_prepares_the_next_year_with_its_terms() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    administrator.get("/years/new").await.is_ok().shows("Monday");

    let page = administrator.post("/years", YEAR).await.leads();
    let term =
        [("name", "Autumn"), ("kind", "term"), ("start_date", "2027-09-01"), ("end_date", "2027-12-17")];
    administrator.post(&format!("{page}/terms"), term).await.redirects_to(&page);

    administrator.get(&page).await.shows("2027/28").shows("Autumn").shows("school on Monday");
    administrator.get("/years").await.shows("Runs now").shows("To come");
    school.sign_in(Teacher).await.get(&page).await.is_ok().shows("Autumn").hides("/edit");
}

#[actix_web::test]
async fn two_years_cannot_overlap_and_a_wrong_field_has_its_message() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;

    for (field, typed, message) in [
        ("start_date", "2027-07-31", "2026/27 runs from 1 September 2026 to 31 July 2027."),
        ("start_date", "", "Choose a day"),
        ("start_date", "2027-02-30", "year-month-day"),
        ("end_date", "2027-09-01", "comes before the first"),
        ("end_date", "2030-01-01", "at most 800 days"),
        ("name", "", "Fill this in"),
        ("weekdays[]", "8", "at least one day of the week"),
    ] {
        let answer = administrator.send(Method::POST, "/years", &with(&YEAR, field, typed)).await;
        answer.field_error(field.trim_end_matches("[]"), message);
    }

    assert_eq!(school.number("select count(*) as n from academic_years where organization_id = $1"), 1);
}

#[actix_web::test]
async fn a_year_keeps_the_days_on_which_registers_were_taken() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    school.sign_in(Teacher).await.submits(&school, &[(amal, "present", 0)]).await;
    let administrator = school.sign_in(Administrator).await;
    let year = format!("/years/{}", school.year);
    let form = Typed::of(&administrator, &year).await;

    let taken = "A register was taken on Monday 23 November 2026";
    form.with("weekdays[]", "2").send(&administrator).await.field_error("weekdays", taken);
    let form = Typed::of(&administrator, &year).await;
    form.with("weekdays[]", "1")
        .with("end_date", "2026-10-31")
        .send(&administrator)
        .await
        .field_error("end_date", taken);
    let form = Typed::of(&administrator, &year).await;
    form.with("weekdays[]", "1").send(&administrator).await.redirects_to(&year);
}

#[actix_web::test]
async fn a_year_that_somebody_else_changed_is_not_overwritten_unseen() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let year = format!("/years/{}", school.year);
    let typed = || async { Typed::of(&administrator, &year).await.with("weekdays[]", "1") };
    let (mine, theirs) = (typed().await.with("name", "Mine"), typed().await.with("name", "Theirs"));
    mine.send(&administrator).await.redirects_to(&year);

    theirs.send(&administrator).await.has_status(409).shows("<td>Mine</td><td>Theirs</td>");
}

#[actix_web::test]
async fn terms_lie_in_their_year_and_beside_each_other() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let year = format!("/years/{}", school.year);
    let terms = format!("{year}/terms");
    let first =
        [("name", "First"), ("kind", "semester"), ("start_date", "2026-09-01"), ("end_date", "2027-01-29")];
    administrator.post(&terms, first).await.redirects_to(&year);
    let semester = school.line("select id::text as line from terms");
    let second = with(&first, "start_date", "2027-02-01");
    let second = with(&second, "end_date", "2027-07-30");

    for (field, typed, message) in [
        ("start_date", "2027-01-29", "First runs from 1 September 2026 to 29 January 2027."),
        ("start_date", "2026-08-31", "2026/27 runs from"),
        ("end_date", "2027-08-01", "2026/27 runs from"),
        ("end_date", "2027-01-31", "comes before the first"),
        ("kind", "aeon", "Choose one"),
        ("campus_id", &*school.class.to_string(), "Choose one"),
        ("parent_id", &*school.class.to_string(), "Choose one"),
        ("parent_id", &*semester, ""),
    ] {
        let answer = administrator.send(Method::POST, &terms, &with(&second, field, typed)).await;
        answer.field_error(if message.is_empty() { "start_date" } else { field }, message);
    }
    let part = [
        ("name", "Q1"),
        ("kind", "quarter"),
        ("start_date", "2026-09-01"),
        ("end_date", "2026-11-06"),
        ("parent_id", &*semester),
    ];
    administrator.post(&terms, part).await.redirects_to(&year);

    administrator
        .post(&format!("{terms}/{semester}/removal"), [])
        .await
        .has_status(409)
        .shows("Q1 is part of First");
    let form = Typed::of(&administrator, &format!("{terms}/{semester}")).await;
    form.with("end_date", "2026-10-01")
        .send(&administrator)
        .await
        .field_error("end_date", "It has a part: Q1");
}

fn days<'a>(school: &'a str, rest: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    [&[("campus[]", school)], rest].concat()
}

async fn declares(school: &School, person: &Person, rest: &[(&str, &str)]) {
    let campus = school.campus.to_string();
    person.send(Method::POST, "/calendar/days", &days(&campus, rest)).await.has_status(303);
}

#[actix_web::test]
async fn a_holiday_of_two_weeks_is_one_form_and_takes_the_days_of_school() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;
    office.get("/calendar").await.is_ok().shows("No day differs yet").shows("Monday to Friday");

    let break_ = [
        ("kind", "holiday"),
        ("first_day", "2026-12-21"),
        ("last_day", "2027-01-03"),
        ("note", "Winter break"),
    ];
    declares(&school, &office, &break_).await;

    assert_eq!(school.number("select count(*) as n from calendar_days where organization_id = $1"), 10);
    office
        .get("/calendar")
        .await
        .shows("Mon 21 Dec – Fri 1 Jan")
        .shows("10 school days")
        .shows("Winter break");
    let campus = school.campus.to_string();
    let again = days(&campus, &[("kind", "half_day"), ("first_day", "2026-12-23"), ("ends_at", "12:00")]);
    let taken = "Wednesday 23 December is a holiday at Quay Street already";
    office
        .send(Method::POST, "/calendar/days", &again)
        .await
        .field_error("first_day", taken)
        .shows("value=\"12:00\"");

    let first = school.line("select id::text as line from calendar_days order by day limit 1");
    let out = [("last_day", "2027-01-01")];
    office.post(&format!("/calendar/days/{first}/removal"), out).await.has_status(303);
    office.get("/calendar").await.shows("No day differs yet");
}

#[actix_web::test]
async fn every_wrong_field_of_a_day_has_its_message() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;
    let (campus, elsewhere) = (school.campus.to_string(), School::open().await.campus.to_string());
    let good = days(&campus, &[("kind", "holiday"), ("first_day", "2026-12-21"), ("last_day", "2026-12-22")]);

    for (field, typed, message) in [
        ("campus[]", "", "at least one campus"),
        ("campus[]", "everywhere", "at least one campus"),
        ("campus[]", &*elsewhere, "at least one campus"),
        ("kind", "party", "Choose one"),
        ("first_day", "", "Choose a day"),
        ("first_day", "2025-12-22", "No school year includes"),
        ("first_day", "2026-12-23", "comes before the first"),
        ("last_day", "2027-12-22", "2026/27 runs from"),
        ("last_day", "soon", "year-month-day"),
        ("starts_at", "11:00", "Only a half day has hours"),
        ("ends_at", "25:00", "hours and minutes"),
        ("note", "a\nb", "cannot be kept"),
    ] {
        let answer = office.send(Method::POST, "/calendar/days", &with(&good, field, typed)).await;
        let by = if typed == "2026-12-23" { "last_day" } else { field.trim_end_matches("[]") };
        answer.field_error(by, message);
    }
    for (kind, day, message) in [
        ("holiday", "2026-12-26", "no school then anyway"),
        ("make_up", "2026-12-22", "There is school then anyway"),
    ] {
        let form = days(&campus, &[("kind", kind), ("first_day", day)]);
        office.send(Method::POST, "/calendar/days", &form).await.field_error("first_day", message);
    }

    declares(&school, &office, &[("kind", "holiday"), ("first_day", "2026-12-21")]).await;
    let over_it = days(&campus, &[("kind", "make_up"), ("first_day", "2026-12-21")]);
    let taken = office.send(Method::POST, "/calendar/days", &over_it).await;
    taken.field_error("first_day", "Monday 21 December is a holiday at Quay Street already");
    for (field, hour) in [
        ("ends_at", "01:00"),
        ("ends_at", "08:30"),
        ("ends_at", "16:00"),
        ("starts_at", "15:30"),
        ("starts_at", "07:00"),
    ] {
        let form = days(&campus, &[("kind", "half_day"), ("first_day", "2026-12-22"), (field, hour)]);
        let outside = office.send(Method::POST, "/calendar/days", &form).await;
        outside.field_error(field, "The day at Quay Street runs from 08:30 to 15:30.");
    }

    assert_eq!(school.number("select count(*) as n from calendar_days where organization_id = $1"), 1);
}

#[actix_web::test]
async fn a_make_up_saturday_opens_the_registers() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    school.clock.set("2026-11-28T08:38:00Z".parse().unwrap());
    let register = format!("/registers/{}/2026-11-28/day", school.class);
    teacher.get(&register).await.shows("There is no school on a Saturday");

    declares(
        &school,
        &office,
        &[("kind", "make_up"), ("first_day", "2026-11-28"), ("note", "For the storm")],
    )
    .await;

    teacher.get(&register).await.is_ok().hides("There is no school");
    let mark = format!("{register}/marks/{amal}");
    teacher.send(Method::PUT, &mark, &[("code", "present"), ("version", "0")]).await.is_ok();
    office.get("/board").await.shows("1 of 1 here");
}

#[actix_web::test]
async fn a_teacher_sees_the_calendar_and_changes_nothing_in_it() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;
    declares(&school, &office, &[("kind", "holiday"), ("first_day", "2026-12-08")]).await;
    let day = school.line("select id::text as line from calendar_days");
    let teacher = school.sign_in(Teacher).await;

    teacher
        .get("/calendar")
        .await
        .is_ok()
        .shows("Tuesday 8 December")
        .hides("Take out")
        .hides("Close school");
    teacher.get("/calendar/days/new").await.is_forbidden();
    teacher.get("/closures/new").await.is_forbidden();
    teacher.post("/closures", [("day", "2026-11-23")]).await.is_forbidden();
    teacher.post(&format!("/calendar/days/{day}/removal"), []).await.is_forbidden();
    office.post("/years", YEAR).await.is_forbidden();
}

#[actix_web::test]
async fn another_organizations_days_are_nobodys_t01() {
    let school = School::open().await;
    let elsewhere = School::open().await;
    let (office, there) = (school.sign_in(Office).await, elsewhere.sign_in(Office).await);
    declares(&elsewhere, &there, &[("kind", "holiday"), ("first_day", "2026-12-08")]).await;
    let theirs = elsewhere.line("select id::text as line from calendar_days");

    office.post(&format!("/calendar/days/{theirs}/removal"), []).await.is_missing();
    office.get(&format!("/years/{}", elsewhere.year)).await.is_missing();
    office.get(&format!("/calendar?campus={}", elsewhere.campus)).await.is_ok().hides("Take out");
    assert_eq!(
        elsewhere.number(
            "select count(*) as n from calendar_days where organization_id = $1 and deleted_at is null"
        ),
        1
    );
}

#[actix_web::test]
async fn a_make_up_day_on_which_a_register_was_taken_stays_a_day_of_school() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    school.clock.set("2026-11-28T08:38:00Z".parse().unwrap());
    let office = school.sign_in(Office).await;
    for day in ["2026-11-28", "2026-12-05"] {
        declares(&school, &office, &[("kind", "make_up"), ("first_day", day)]).await;
    }
    let path = format!("/registers/{}/2026-11-28/day", school.class);
    let (code, version) = (format!("code[{amal}]"), format!("version[{amal}]"));
    let sent = [("act", "submit"), (&*code, "present"), (&*version, "0")];
    office.send(Method::POST, &format!("{path}/submission"), &sent).await.has_status(303);
    let removal = |day: &str| {
        let id = school.line(&format!("select id::text as line from calendar_days where day = '{day}'"));
        format!("/calendar/days/{id}/removal")
    };

    let refused = office.post(&removal("2026-11-28"), []).await;

    refused.has_status(409).shows("A register was taken on Saturday 28 November 2026.");
    office.post(&removal("2026-11-28"), [("last_day", "2026-12-05")]).await.has_status(409);
    office.post(&removal("2026-12-05"), []).await.has_status(303);
    office.post(&format!("{path}/withdrawal"), []).await.has_status(303);
    office.post(&removal("2026-11-28"), []).await.has_status(303);
}
