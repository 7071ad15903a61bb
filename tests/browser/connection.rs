//! Bad Wi-Fi loses nothing.

use super::Browser;
use crate::support::{Office, School, Teacher, served::eventually};

#[actix_web::test]
async fn a_mark_made_without_a_connection_outlives_a_reload_and_is_sent_once() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let browser = Browser::open(&school).await;
    browser.sign_in(&school.employ(Teacher)).await;
    browser.go(&school.register()).await;

    browser.connect(false);
    browser.click(&format!("label:has(#c-{amal}-absent)")).await;
    browser.shows("Not saved").await;
    browser.pictured("register-not-saved").await;
    assert_eq!(school.marks_kept(), 0);
    browser.connect(true);
    browser.reload().await;

    browser.shows("All changes saved").await;
    assert_eq!((school.marks_kept(), school.changes_of_marks()), (1, 1));
    assert_eq!(
        browser.run("return localStorage.length").await,
        0,
        "what was sent is not kept on the machine"
    );
}

#[actix_web::test]
async fn submitting_without_a_connection_says_so_and_keeps_everything() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let browser = Browser::open(&school).await;
    browser.sign_in(&school.employ(Teacher)).await;
    browser.go(&school.register()).await;

    browser.connect(false);
    browser.click(&format!("label:has(#c-{amal}-absent)")).await;
    browser.click("#submit").await;
    browser.shows("Not submitted").await;
    browser.pictured("register-not-submitted").await;
    browser.connect(true);
    browser.click("#submit").await;

    browser.shows("Submitted 08:38").await;
    assert_eq!(school.marks_kept(), 1);
}

#[actix_web::test]
async fn a_tablet_that_died_offline_with_nine_marks_sends_them_once_and_the_offices_mark_is_a_conflict() {
    let school = School::open().await;
    let students: Vec<_> = (0..9).map(|n| school.enroll(&format!("Amal{n}"), "Abdullahi")).collect();
    let (email, office) = (school.employ(Teacher), school.sign_in(Office).await);
    let browser = Browser::open(&school).await;
    browser.sign_in(&email).await;
    browser.go(&school.register()).await;

    browser.connect(false);
    for student in &students {
        browser.click(&format!("label:has(#c-{student}-absent)")).await;
    }
    browser.shows("9 changes not saved").await;
    assert_eq!(school.marks_kept(), 0);
    browser.dies().await;
    office.marks(&school, students[4], "late", 0).await.is_ok();
    browser.connect(true);
    browser.go(&school.register()).await;

    browser.shows("Keep Late").await;
    browser.pictured("register-after-the-tablet-died").await;
    let kept = "return Object.keys(localStorage).filter(key => key.startsWith('belfry:mark:')).length";
    eventually("only the disputed mark waits", || async { browser.run(kept).await == 1 }).await;
    assert_eq!((school.marks_kept(), school.changes_of_marks()), (9, 9));
    let absent =
        "select count(*) as n from attendance_records where organization_id = $1 and status = 'absent'";
    assert_eq!(school.number(absent), 8);
}
