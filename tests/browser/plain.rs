//! With scripts off, and on a phone.

use super::{Browser, driver::Kind};
use crate::support::{School, Teacher};

#[actix_web::test]
async fn with_scripts_off_a_teacher_submits_the_plain_form() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    school.enroll("Kwame", "Acheampong");
    let browser = Browser::open_as(&school, Kind { scripts_off: true, ..Kind::default() }).await;
    browser.sign_in(&school.employ(Teacher)).await;
    browser.click(".rows.day a.btn-primary").await;

    browser.click(&format!("label:has(#c-{amal}-absent)")).await;
    browser.shot("register-without-scripts").await;
    browser.click("#submit").await;

    browser.shows("Submitted 08:38 by Rosa Lindqvist").await;
    assert_eq!(school.marks_kept(), 2);
}

#[actix_web::test]
async fn on_a_phone_a_teacher_marks_and_submits_without_scrolling_sideways() {
    let school = School::open().await;
    let amal = school.enroll("Maximiliana", "Papadopoulou-Winterbottom");
    let browser = Browser::open_as(&school, Kind { width: Some(360), ..Kind::default() }).await;
    browser.sign_in(&school.employ(Teacher)).await;
    browser.fits().await;
    browser.leaves_by(".rows.day a.btn-primary").await;
    browser.fits().await;

    browser.click(&format!("label:has(#c-{amal}-late)")).await;
    browser.shows("saved").await;
    browser.is_accessible().await;
    browser.pictured("register-on-a-phone").await;
    browser.click("#submit").await;

    browser.shows("Submitted 08:38").await;
}
