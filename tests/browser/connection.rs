//! Bad Wi-Fi loses nothing.

use super::Browser;
use crate::support::{School, Teacher};

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
