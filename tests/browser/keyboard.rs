//! The register by keyboard alone.

use thirtyfour::Key;

use super::Browser;
use crate::support::{School, Teacher};

#[actix_web::test]
async fn letters_mark_enter_goes_on_and_control_enter_submits() {
    let school = School::open().await;
    let students = [
        school.enroll("Amal", "Abdullahi"),
        school.enroll("Kwame", "Acheampong"),
        school.enroll("Ji-woo", "Bae"),
    ];
    let browser = Browser::open(&school).await;
    browser.sign_in(&school.employ(Teacher)).await;
    browser.go(&school.register()).await;
    browser.run(&format!("document.getElementById('c-{}-present').focus()", students[0])).await;

    browser.press("a").await;
    browser.press(Key::Enter).await;
    browser.press("l").await;
    browser.shows("All changes saved").await;
    browser.pictured("register-by-keyboard").await;
    browser.press_with_control(Key::Enter).await;

    browser.shows("Submitted 08:38").await;
    let of = |status: &str| {
        school.number(&format!(
            "select count(*) as n from attendance_records where organization_id = $1 and status = '{status}'"
        ))
    };
    assert_eq!((of("absent"), of("late"), of("present")), (1, 1, 1));
}

#[actix_web::test]
async fn a_question_mark_lists_the_keys_and_escape_closes_them() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let browser = Browser::open(&school).await;
    browser.sign_in(&school.employ(Teacher)).await;
    browser.go(&school.register()).await;
    browser.run(&format!("document.getElementById('c-{amal}-present').focus()")).await;

    browser.press("?").await;
    browser.shows("Submit the register").await;
    browser.is_accessible().await;
    browser.pictured("keys").await;
    browser.press(Key::Escape).await;

    assert_eq!(browser.run("return document.getElementById('keys').open").await, false);
}
