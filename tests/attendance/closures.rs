//! School closes, for a day or from noon on, and opens again.

use reqwest::Method;
use school::Uuid;

use crate::support::{Office, Person, School, Teacher, database};

/// Everything that a submission is: who, when, of what version, and what the day was worth by it.
const STANDS: &str = "select coalesce(submitted_at::text, 'open') || ' ' || coalesce(submitted_by_id::text, '') as line
    from attendance_sessions where class_id in (select id from classes where name = 'Homeroom 4A') order by slot desc limit 1";
const DAYS: &str = "select count(*)::text || ' days worth ' || coalesce(sum(possible), 0)::text as line
    from attendance_days where day = '2026-11-23' and deleted_at is null";

/// The form of a closure as its page holds it: everywhere and all day.
fn closure<'a>(campus: &'a str, reason: &'a str) -> [(&'a str, &'a str); 4] {
    [("day", "2026-11-23"), ("campus[]", campus), ("extent", "day"), ("reason", reason)]
}

async fn undoes(person: &Person) -> String {
    let page = person.get("/calendar").await;
    let path = page.body.split("action=\"/closures/").nth(1).unwrap().split('"').next().unwrap();
    format!("/closures/{path}")
}

#[actix_web::test]
async fn a_closure_takes_the_days_registers_back_in_two_clicks_and_undoing_it_puts_them_back_in_one() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    teacher.submits(&school, &[(amal, "absent", 0)]).await.has_status(303);
    let (stood, counted) = (school.line(STANDS), school.line(DAYS));
    school.clock.set("2026-11-23T09:10:00Z".parse().unwrap());
    office.get("/board").await.shows("href=\"/closures/new\"");

    office
        .get("/closures/new")
        .await
        .shows("1 register submitted")
        .shows("1 submitted register is taken back");
    let campus = school.campus.to_string();
    office.post("/closures", closure(&campus, "Burst pipe")).await.has_status(303);

    assert_eq!(school.line(STANDS), "open ");
    assert!(
        school.line(DAYS).ends_with(" worth 0") || school.line(DAYS).ends_with("worth 0.0"),
        "{}",
        school.line(DAYS)
    );
    office
        .get("/board")
        .await
        .shows("No school today.</strong> Closure. Burst pipe.")
        .hides("Nobody is absent")
        .hides("missing")
        .shows("<dd>0 <small>of 0</small></dd>");
    teacher.get(&school.register()).await.shows("Closure. Burst pipe. No register is due.");
    teacher.marks(&school, amal, "present", 1).await.has_status(409);
    office.get("/calendar").await.shows("Closure: Burst pipe").shows("Undo the closure");

    let undoing = undoes(&office).await;
    office.post(&undoing, []).await.redirects_to(&format!("/calendar?campus={}", school.campus));

    assert_eq!((school.line(STANDS), school.line(DAYS)), (stood, counted));
    office.get("/calendar").await.shows("School today").hides("Burst pipe");
    office.post(&undoing, []).await.has_status(409);
    teacher.marks(&school, amal, "present", 1).await.is_ok();
}

#[actix_web::test]
async fn only_what_the_closure_took_is_submitted_again() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    teacher.marks(&school, amal, "present", 0).await.is_ok();
    office.get("/closures/new").await.shows("1 register begun").shows("No register was submitted yet");
    let campus = school.campus.to_string();
    office.post("/closures", closure(&campus, "")).await.has_status(303);

    office.post(&undoes(&office).await, []).await.has_status(303);

    assert_eq!(school.line(STANDS), "open ");
}

/// Puts the campus on morning and afternoon registers.
fn calls_twice(school: &School) {
    school.run(
        "insert into campus_attendance_config (organization_id, id, campus_id, applies_from, basis, due_time, late_after)
         select organization_id, gen_random_uuid(), id, date '2026-09-01', 'am_pm', '09:00', '08:30' from campuses
         where organization_id = $1 and $2 = ''",
        "",
    );
}

async fn submits_in(school: &School, person: &Person, slot: &str, student: Uuid) {
    let path = format!("/registers/{}/2026-11-23/{slot}/submission", school.class);
    let (code, version) = (format!("code[{student}]"), format!("version[{student}]"));
    person.post(&path, [("act", "submit"), (&code, "present"), (&version, "0")]).await.has_status(303);
}

#[actix_web::test]
async fn after_a_closure_at_noon_the_morning_counts_half_and_nobody_is_missing_in_the_afternoon() {
    let school = School::open().await;
    calls_twice(&school);
    let amal = school.enroll("Amal", "Abdullahi");
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    submits_in(&school, &teacher, "am", amal).await;
    office.get("/board").await.shows("Homeroom 4A, afternoon");
    school.clock.set("2026-11-23T11:40:00Z".parse().unwrap());

    let campus = school.campus.to_string();
    let noon = [
        ("day", "2026-11-23"),
        ("campus[]", &*campus),
        ("extent", "hours"),
        ("closes_at", "12:00"),
        ("reason", "Snow"),
    ];
    office.post("/closures", noon).await.has_status(303);

    school.clock.set("2026-11-23T14:00:00Z".parse().unwrap());
    office.get("/board").await.shows("1 of 1 in").shows("1 of 1 here").hides("afternoon").hides("missing");
    teacher.get("/today").await.shows("Submitted").hides("afternoon");
    office.get("/calendar").await.shows("Half day until 12:00: Snow");
    let worth = "select possible::text || ' ' || attended::text as line from attendance_days where day = '2026-11-23'";
    assert_eq!(school.line(worth), "0.5 0.5");
    let afternoon = format!("/registers/{}/2026-11-23/pm", school.class);
    teacher.get(&afternoon).await.is_missing();

    office.post(&undoes(&office).await, []).await.has_status(303);
    office.get("/board").await.shows("Homeroom 4A, afternoon");
}

#[actix_web::test]
async fn a_half_day_that_begins_late_calls_the_afternoon_only() {
    let school = School::open().await;
    calls_twice(&school);
    school.enroll("Amal", "Abdullahi");
    let office = school.sign_in(Office).await;
    let campus = school.campus.to_string();
    let late =
        [("campus[]", &*campus), ("kind", "half_day"), ("first_day", "2026-11-23"), ("starts_at", "12:30")];
    office.post("/calendar/days", late).await.has_status(303);

    school.clock.set("2026-11-23T12:10:00Z".parse().unwrap());

    office.get("/board").await.shows("Homeroom 4A, afternoon").hides("morning").shows("due in 50 min");
}

#[actix_web::test]
async fn a_closure_says_what_is_wrong_by_the_field_and_keeps_what_was_typed() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;
    let (campus, elsewhere) = (school.campus.to_string(), School::open().await.campus.to_string());

    for (field, typed, message) in [
        ("campus[]", "", "at least one campus"),
        ("campus[]", &*elsewhere, "at least one campus"),
        ("extent", "", "Choose whether"),
        ("extent", "hours", "Write the hour"),
        ("day", "2026-11-22", "Quay Street: No school on a Sunday"),
        ("day", "2020-11-23", "No school year includes this day"),
        ("reason", "a\nb", "cannot be kept"),
    ] {
        let mut form: Vec<_> = closure(&campus, "Snow").into();
        form.retain(|(name, _)| *name != field);
        form.push((field, typed));
        let answer = office.send(Method::POST, "/closures", &form).await;
        let by = match (field, typed) {
            ("day", _) => "campus",
            ("extent", "hours") => "closes_at",
            (field, _) => field.trim_end_matches("[]"),
        };
        answer.field_error(by, message);
    }
    for hour in ["08:30", "15:30", "midnight"] {
        let form = [("day", "2026-11-23"), ("campus[]", &*campus), ("extent", "hours"), ("closes_at", hour)];
        office.post("/closures", form).await.has_status(422).shows(&format!("value=\"{hour}\""));
    }
    assert_eq!(school.number("select count(*) as n from closures where organization_id = $1"), 0);

    office.post("/closures", closure(&campus, "Snow")).await.has_status(303);
    office
        .post("/closures", closure(&campus, "Snow"))
        .await
        .field_error("campus", "Quay Street: Closed already: Snow");
    office
        .get("/closures/new")
        .await
        .is_ok()
        .shows("There is no school to close")
        .shows("Closed already: Snow");
}

#[actix_web::test]
async fn undoing_a_closure_brings_back_the_half_day_that_it_replaced() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;
    let campus = school.campus.to_string();
    let half = [
        ("campus[]", &*campus),
        ("kind", "half_day"),
        ("first_day", "2026-11-23"),
        ("ends_at", "12:00"),
        ("note", "Conferences"),
    ];
    office.post("/calendar/days", half).await.has_status(303);
    office.post("/closures", closure(&campus, "Snow")).await.has_status(303);
    office.get("/calendar").await.hides("Conferences").shows("Closure: Snow");

    office.post(&undoes(&office).await, []).await.has_status(303);

    office.get("/calendar").await.shows("Half day until 12:00: Conferences").hides("Snow");
}

/// A second campus, and an office that is bound to the first.
async fn two_campuses(school: &School) -> (Person, String) {
    let office = school.sign_in(Office).await;
    school.run(
        "insert into campuses (organization_id, id, name, code) select $1, gen_random_uuid(), 'Hill Road', 'HR' where $2 = ''",
        "",
    );
    let bound = school.sign_in(Office).await;
    let only_here = format!(
        "insert into user_custom_permissions (user_id, permission, scope)
           select id, name, 'campuses' from users, unnest(array['READ_CALENDAR_DAYS', 'UPDATE_CALENDAR_DAYS']) as name where email = '{0}';
         update users set role_id = null where email = '{0}'",
        bound.email
    );
    database::run(&mut database::lobby(), &only_here);
    let hill = school.line("select id::text as line from campuses where name = 'Hill Road'");
    let both = format!("{}\n{hill}", school.campus);
    office.get("/closures/new").await.shows("Hill Road").shows("Quay Street");
    office.post("/closures", closure(&both, "Storm")).await.has_status(303);
    (bound, hill)
}

#[actix_web::test]
async fn an_office_of_one_campus_sees_closes_and_opens_only_that_one() {
    let school = School::open().await;
    let (bound, hill) = two_campuses(&school).await;
    bound.get("/calendar").await.is_ok().hides("Hill Road");
    bound.get(&format!("/calendar?campus={hill}")).await.is_ok().hides("Hill Road");
    let theirs =
        school.line(&format!("select id::text as line from calendar_days where campus_id = '{hill}'"));
    bound.post(&format!("/calendar/days/{theirs}/removal"), []).await.is_missing();
    let form = [("campus[]", &*hill), ("kind", "holiday"), ("first_day", "2026-12-08")];
    bound.post("/calendar/days", form).await.field_error("campus", "at least one campus");

    bound.post(&undoes(&bound).await, []).await.has_status(303);

    let closed = "select string_agg(name, ' ') as line from calendar_days join campuses on campuses.id = campus_id where calendar_days.deleted_at is null";
    assert_eq!(school.line(closed), "Hill Road");
}

#[actix_web::test]
async fn another_organizations_closure_is_nobodys_t01() {
    let school = School::open().await;
    let elsewhere = School::open().await;
    let (office, there) = (school.sign_in(Office).await, elsewhere.sign_in(Office).await);
    let campus = elsewhere.campus.to_string();
    there.post("/closures", closure(&campus, "Storm")).await.has_status(303);

    office.post(&undoes(&there).await, []).await.is_missing();

    there.get("/calendar").await.shows("Closure: Storm");
}

#[actix_web::test]
async fn a_half_day_closes_within_its_own_hours() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;
    let campus = school.campus.to_string();
    let half =
        [("campus[]", &*campus), ("kind", "half_day"), ("first_day", "2026-11-23"), ("ends_at", "11:30")];
    office.post("/calendar/days", half).await.has_status(303);
    let closing =
        |hour| [("day", "2026-11-23"), ("campus[]", &*campus), ("extent", "hours"), ("closes_at", hour)];

    for late in ["11:30", "13:00"] {
        let refused = office.post("/closures", closing(late)).await;
        refused.field_error("closes_at", "The day at Quay Street runs from 08:30 to 11:30.");
    }
    office.post("/closures", closing("10:00")).await.has_status(303);
    office.get("/calendar").await.shows("until 10:00");
}

/// What the only child's day counts.
fn possible(school: &School) -> String {
    school.line("select possible::float::text as line from attendance_days")
}

#[actix_web::test]
async fn a_closure_at_noon_that_is_undone_gives_the_day_its_worth_back() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    teacher.submits(&school, &[(amal, "absent", 0)]).await.has_status(303);
    let campus = school.campus.to_string();
    let noon = [("day", "2026-11-23"), ("campus[]", &*campus), ("extent", "hours"), ("closes_at", "12:00")];
    office.post("/closures", noon).await.has_status(303);
    assert_eq!(possible(&school), "0.5");

    office.post(&undoes(&office).await, []).await.has_status(303);

    assert_eq!(possible(&school), "1");
}

#[actix_web::test]
async fn a_holiday_or_half_day_declared_on_a_day_whose_register_is_in_counts_it_anew_and_back() {
    for (kind, worth) in [("holiday", "0"), ("half_day", "0.5")] {
        let school = School::open().await;
        let amal = school.enroll("Amal", "Abdullahi");
        let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
        teacher.submits(&school, &[(amal, "absent", 0)]).await.has_status(303);
        let campus = school.campus.to_string();
        let ends = if kind == "half_day" { "12:00" } else { "" };
        let form = [("campus[]", &*campus), ("kind", kind), ("first_day", "2026-11-23"), ("ends_at", ends)];

        office.post("/calendar/days", form).await.has_status(303);

        assert_eq!(possible(&school), worth, "{kind}");
        let day = school.line("select id::text as line from calendar_days");
        office.post(&format!("/calendar/days/{day}/removal"), []).await.has_status(303);
        assert_eq!(possible(&school), "1", "{kind} taken out");
    }
}
