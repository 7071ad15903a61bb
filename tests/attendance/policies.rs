//! The rules of attendance, each from a day on.

use reqwest::Method;

use crate::support::{Administrator, Office, School, Teacher, command::miscounted};

async fn set(
    person: &crate::support::Person,
    school: &School,
    from: &str,
    basis: &str,
) -> crate::support::Answer {
    let campus = school.campus.to_string();
    let fields = [
        ("campus_id", &*campus),
        ("applies_from", from),
        ("basis", basis),
        ("due_time", "08:50"),
        ("late_after", "08:35"),
        ("half_day_minutes", "150"),
        ("full_day_minutes", "300"),
        ("teacher_edit_days", "2"),
    ];
    person.post("/attendance-policies", fields).await
}

#[actix_web::test]
async fn an_administrator_calls_the_roll_twice_a_day_from_tomorrow_on() {
    let school = School::open().await;
    school.enroll("Ada", "Nwosu");
    let (administrator, teacher) = (school.sign_in(Administrator).await, school.sign_in(Teacher).await);

    set(&administrator, &school, "2026-11-24", "am_pm").await.redirects_to("/attendance-policies");

    administrator
        .get("/attendance-policies")
        .await
        .shows("Morning and afternoon")
        .shows("To come")
        .shows("08:50");
    teacher.get(&school.register()).await.is_ok();
    teacher.get(&format!("/registers/{}/2026-11-24/am", school.class)).await.is_ok();
    teacher.get(&format!("/registers/{}/2026-11-24/day", school.class)).await.is_missing();
    teacher.get(&format!("/registers/{}/2026-11-23/am", school.class)).await.is_missing();
}

#[actix_web::test]
async fn a_rule_never_begins_on_a_day_that_has_passed() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;

    set(&administrator, &school, "2026-11-22", "daily")
        .await
        .field_error("applies_from", "today at the earliest");
}

#[actix_web::test]
async fn the_way_of_calling_does_not_change_under_registers_that_have_begun() {
    let school = School::open().await;
    let ada = school.enroll("Ada", "Nwosu");
    let administrator = school.sign_in(Administrator).await;
    school.sign_in(Teacher).await.submits(&school, &[(ada, "present", 0)]).await;

    set(&administrator, &school, "2026-11-23", "am_pm")
        .await
        .field_error("applies_from", "registers have begun");
    set(&administrator, &school, "2026-11-23", "daily").await.redirects_to("/attendance-policies");
}

#[actix_web::test]
async fn a_rule_says_what_is_wrong_by_the_field_and_loses_nothing() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let fields = [
        ("applies_from", "2026-11-24"),
        ("basis", "weekly"),
        ("due_time", "25:00"),
        ("half_day_minutes", "200"),
        ("full_day_minutes", "100"),
        ("attendance_link", "javascript:alert(1)"),
    ];

    let answer = administrator.post("/attendance-policies", fields).await;

    answer
        .field_error("campus_id", "Choose one from the list")
        .field_error("basis", "Choose one from the list");
    answer.field_error("due_time", "Write a time").field_error("full_day_minutes", "at least the minutes");
    answer.field_error("attendance_link", "begins with https://").shows("value=\"200\"");
}

#[actix_web::test]
async fn a_rule_to_come_is_dropped_and_one_that_applies_is_not() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    set(&administrator, &school, "2026-11-23", "daily").await;
    set(&administrator, &school, "2026-12-01", "am_pm").await;
    let id = |from: &str| {
        let query =
            format!("select id::text as line from campus_attendance_config where applies_from = '{from}'");
        let mut conn = crate::support::database::within(school.organization);
        crate::support::database::lines(&mut conn, &query).remove(0)
    };

    let drop = |id: String| format!("/attendance-policies/{id}/removal");
    administrator.post(&drop(id("2026-12-01")), []).await.redirects_to("/attendance-policies");
    administrator.post(&drop(id("2026-11-23")), []).await.has_status(409);
    administrator.get("/attendance-policies").await.hides("Morning and afternoon").shows("Applies now");
}

#[actix_web::test]
async fn the_office_reads_the_rules_and_does_not_set_them() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;

    office.get("/attendance-policies").await.is_ok().hides("New rule");
    set(&office, &school, "2026-11-24", "daily").await.is_forbidden();
    school.sign_in(Teacher).await.get("/attendance-policies").await.is_forbidden();
}

#[actix_web::test]
async fn a_rule_counts_the_day_anew_from_which_it_applies_and_leaves_yesterday_as_it_was() {
    let school = School::open_at("2026-11-24T16:38:00Z".parse().unwrap()).await;
    let ada = school.enroll("Ada", "Nwosu");
    let administrator = school.sign_in(Administrator).await;
    for day in ["2026-11-23", "2026-11-24"] {
        let path = format!("/registers/{}/{day}/day", school.class);
        let late = [("code", "late"), ("arrived", "11:15"), ("version", "0")];
        administrator.send(Method::PUT, &format!("{path}/marks/{ada}"), &late).await.is_ok();
        administrator.post(&format!("{path}/submission"), [("act", "submit")]).await.has_status(303);
    }
    let worth = || {
        school.line("select string_agg(attended::float::text, ' ' order by day) as line from attendance_days")
    };
    assert_eq!(worth(), "1 1", "255 minutes are a day while no rule says otherwise");

    set(&administrator, &school, "2026-11-24", "daily").await.redirects_to("/attendance-policies");

    assert_eq!(worth(), "1 0.5");
    assert_eq!(miscounted(&school), "");
}
