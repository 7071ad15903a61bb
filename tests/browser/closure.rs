//! School closes and opens again, from the board and the calendar, in a year that has been lived in.

use reqwest::Method;

use super::Browser;
use crate::support::{Administrator, Office, School};

/// What a year looks like: a break, a made-up Saturday, half a day; a term with its parts; a second campus.
async fn has_a_year(school: &School) {
    school.run(
        "insert into campuses (organization_id, id, name, code) select $1, gen_random_uuid(), 'Hill Road', 'HR' where $2 = ''",
        "",
    );
    let office = school.sign_in(Office).await;
    let both = school.line("select string_agg(id::text, E'\\n') as line from campuses");
    for (kind, first, last, note) in [
        ("holiday", "2026-12-21", "2027-01-01", "Winter break"),
        ("holiday", "2026-10-05", "", "Republic Day"),
        ("make_up", "2027-01-09", "", "For the storm in November"),
        ("half_day", "2026-12-18", "", "Carol concert, parents collect from the hall"),
    ] {
        let ends = if kind == "half_day" { "12:00" } else { "" };
        let form = [
            ("campus[]", &*both),
            ("kind", kind),
            ("first_day", first),
            ("last_day", last),
            ("note", note),
            ("ends_at", ends),
        ];
        office.send(Method::POST, "/calendar/days", &form).await.has_status(303);
    }
    has_terms(school).await;
}

async fn has_terms(school: &School) {
    let administrator = school.sign_in(Administrator).await;
    let terms = format!("/years/{}/terms", school.year);
    let half = [
        ("name", "First semester"),
        ("kind", "semester"),
        ("start_date", "2026-09-01"),
        ("end_date", "2027-01-29"),
    ];
    administrator.post(&terms, half).await.has_status(303);
    let semester = school.line("select id::text as line from terms");
    let part = [
        ("name", "Quarter 1"),
        ("kind", "quarter"),
        ("start_date", "2026-09-01"),
        ("end_date", "2026-11-06"),
        ("parent_id", &*semester),
    ];
    administrator.post(&terms, part).await.has_status(303);
}

#[actix_web::test]
async fn the_office_closes_school_in_two_clicks_and_opens_it_in_one() {
    let school = School::open().await;
    school.lives().await;
    has_a_year(&school).await;
    let browser = Browser::open(&school).await;
    browser.sign_in(&school.employ(Office)).await;
    browser.go("/board").await;

    browser.click("a[href='/closures/new']").await;
    browser.shows("1 submitted register is taken back").await;
    browser.is_for_everybody("closure-declared").await;
    browser.find("#reason").await.send_keys("Storm: no ferry").await.unwrap();
    browser.click("form[action='/closures'] [type=submit]").await;

    browser.shows("Closure: Storm: no ferry").await;
    browser.is_for_everybody("calendar-closed").await;
    browser.go("/board").await;
    browser.shows("Closure. Storm: no ferry.").await;
    browser.is_for_everybody("board-closed").await;
    browser.go("/calendar").await;
    browser.click(".school-year form[action$='/undoing'] [type=submit]").await;
    browser.shows("School today").await;
    browser.go("/board").await;
    browser.shows("Submitted 08:38").await;
}

#[actix_web::test]
async fn a_year_that_was_lived_in_can_be_read_by_everybody() {
    let school = School::open().await;
    has_a_year(&school).await;
    let browser = Browser::open(&school).await;
    browser.sign_in(&school.employ(Administrator)).await;

    for (path, name) in [
        ("/calendar".to_owned(), "calendar-lived"),
        ("/calendar/days/new".to_owned(), "calendar-days-of-two"),
        ("/closures/new?day=2026-11-22".to_owned(), "closure-of-a-sunday"),
        (format!("/years/{}", school.year), "year-with-terms"),
        ("/years".to_owned(), "years-lived"),
    ] {
        browser.go(&path).await;
        browser.is_for_everybody(name).await;
    }
    school.run("update academic_years set deleted_at = now() where organization_id = $1 and $2 = ''", "");
    browser.go("/calendar").await;
    browser.shows("No school year yet").await;
    browser.is_for_everybody("empty-calendar").await;
}
