//! The main job: from the home page to a submitted register.

use super::Browser;
use crate::support::{Office, School, Teacher};

#[actix_web::test]
async fn a_teacher_submits_a_register_of_everyone_present_in_two_actions() {
    let school = School::open().await;
    for name in ["Abdullahi", "Acheampong", "Bae"] {
        school.enroll("Amal", name);
    }
    let browser = Browser::open(&school).await;
    browser.sign_in(&school.employ(Teacher)).await;
    browser.shows("Homeroom 4A").await;

    browser.click(".rows.day a.btn-primary").await;
    browser.click("#submit").await;

    browser.shows("Submitted 08:38 by Rosa Lindqvist").await;
    browser.pictured("register-just-submitted").await;
    assert_eq!(school.marks_kept(), 3);
}

#[actix_web::test]
async fn a_mark_is_saved_at_once_and_said_so() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let browser = Browser::open(&school).await;
    browser.sign_in(&school.employ(Teacher)).await;
    browser.go(&school.register()).await;

    browser.click(&format!("label:has(#c-{amal}-late)")).await;

    browser.shows("All changes saved").await;
    assert_eq!(
        browser.find(&format!("#minutes-{amal}")).await.prop("value").await.unwrap().as_deref(),
        Some("8")
    );
    assert_eq!(school.marks_kept(), 1);
}

#[actix_web::test]
async fn a_submission_is_undone_with_one_press() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    let browser = Browser::open(&school).await;
    browser.sign_in(&school.employ(Teacher)).await;
    browser.go(&school.register()).await;
    browser.click("#submit").await;

    browser.click("#undo-offer button").await;

    browser.shows("nothing counts until you submit").await;
}

#[actix_web::test]
async fn two_teachers_on_one_row_are_shown_the_difference_and_lose_nothing_t76() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let browser = Browser::open(&school).await;
    browser.sign_in(&school.employ(Teacher)).await;
    browser.go(&school.register()).await;
    browser.run("Object.defineProperty(document, 'hidden', { value: true })").await;
    school.sign_in(Teacher).await.marks(&school, amal, "absent", 0).await.is_ok();

    browser.click(&format!("label:has(#c-{amal}-late)")).await;
    browser.shows("Keep Absent").await;
    browser.is_for_everybody("register-clash").await;
    browser.click("[data-act=mine]").await;

    browser.shows("All changes saved").await;
    school.sign_in(Office).await.get("/board").await.shows("1 of 1 here");
}
