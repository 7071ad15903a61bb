//! The real story: a school comes out of another system, and its teacher takes a register.

use chrono::{DateTime, Datelike, TimeDelta, TimeZone as _, Utc};
use school::clock::Clock;

use super::Browser;
use crate::support::{
    Administrator, Office, School,
    command::{create_user, import, said},
    export::Export,
    school::unique,
};

#[actix_web::test]
async fn an_imported_teacher_submits_a_register_and_the_office_reads_it_on_the_students_page() {
    let monday = monday();
    let school = School::open_at(monday).await;
    let email = format!("{}@hill.example", unique("ada"));
    let export = around(monday, Export::of_a_small_school());
    let file = export.replace("users.csv", "ada@hill.example", &email).zip();
    let imported = import(&file, &school, &school.employ(Administrator)).output().unwrap();
    assert!(imported.status.success(), "{}", said(&imported));
    let created = create_user("900", "teacher", &school).output().unwrap();
    let browser = Browser::open(&school).await;

    browser.sign_in_with(&email, password(&said(&created))).await;
    browser.shows("Room 3").await;
    browser.pictured("imported-today").await;
    browser.click(".rows.day a.btn-primary").await;
    browser.click(".roll > li:first-child label:has([value=absent])").await;
    browser.shows("All changes saved").await;
    browser.click("#submit").await;
    browser.shows("by Ada Byron").await;
    browser.pictured("imported-register").await;

    browser.signs_out().await;
    browser.sign_in(&school.employ(Office)).await;
    browser.go("/students?q=Kovalevskaya").await;
    browser.click("tbody th a").await;
    browser.find("section[aria-labelledby=h-attendance] .state.is-bad").await;
    browser.pictured("imported-student").await;
}

/// What the command printed as the way in.
fn password(said: &str) -> &str {
    said.split("shown this once: ").nth(1).unwrap_or_else(|| panic!("{said}")).trim()
}

/// Nine in the morning of the Monday that comes next. The command goes by the machine's clock, so this school does too.
fn monday() -> DateTime<Utc> {
    let today = Clock::default().now().date_naive();
    let ahead = (7 - today.weekday().num_days_from_monday()) % 7;
    Utc.from_utc_datetime(&(today + TimeDelta::days(ahead.into())).and_hms_opt(9, 0, 0).unwrap())
}

/// The export with its year around a day.
fn around(now: DateTime<Utc>, export: Export) -> Export {
    let day = |away| (now.date_naive() + TimeDelta::days(away)).to_string();
    export.each(|text| {
        text.replace("2026-08-15", &day(-100))
            .replace("2026-09-01", &day(-80))
            .replace("2027-01-09", &day(50))
            .replace("2027-06-11", &day(200))
    })
}
