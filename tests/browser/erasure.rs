//! A student is taken out for good by two people at two browsers.

use super::Browser;
use crate::support::{Administrator, School};

#[actix_web::test]
async fn one_asks_another_approves_and_only_the_stone_is_left() {
    let school = School::open().await;
    let student = school.long_gone("Ludmila", "Vavrova");
    let (one, another) = (Browser::open(&school).await, Browser::open(&school).await);
    one.sign_in(&school.employ(Administrator)).await;
    another.sign_in(&school.employ(Administrator)).await;

    one.go("/retention").await;
    one.is_for_everybody("retention-past").await;
    one.leaves_by(&format!("a[href='/students/{student}/erasures/new']")).await;
    one.find("#ground").await.send_keys("The periods").await.unwrap();
    one.find("#reason").await.send_keys("Left ten years ago").await.unwrap();
    one.click("main .card-foot [type=submit]").await;
    one.shows("Somebody else with the permission decides").await;
    one.is_for_everybody("erasure-asked").await;

    another.go("/erasures").await;
    another.shows("Waits for a second person").await;
    another.is_for_everybody("erasures").await;
    another.leaves_by("main tbody a").await;
    another.is_for_everybody("erasure-to-decide").await;
    another.click("form[action$='/approval'] button").await;
    another.find("#errors").await;
    another.is_for_everybody("erasure-not-confirmed").await;
    another.click("#file_given").await;
    another.click("form[action$='/approval'] button").await;
    another.shows("Approved").await;
    school.works();

    another.reload().await;
    another.shows("A student who was erased").await;
    another.shows("Carried out").await;
    another.is_for_everybody("erasure-carried-out").await;
    one.go("/students?q=Vavrova").await;
    one.shows("No student").await;
    one.go(&format!("/students/{student}")).await;
    assert_eq!(one.status().await, 404);
}

#[actix_web::test]
async fn what_is_kept_and_given_out_can_be_used_by_everybody_when_empty_and_when_refused() {
    let school = School::open().await;
    let here = school.enroll("Amal", "Abdullahi").to_string();
    school.contact_of(&here);
    let browser = Browser::open(&school).await;
    browser.sign_in(&school.employ(Administrator)).await;
    for (path, name) in [
        ("/retention".into(), "retention-nobody"),
        ("/erasures".into(), "erasures-none"),
        (format!("/students/{here}/erasures/new"), "erasure-of-somebody-here"),
        (format!("/students/{here}/files"), "file-never"),
    ] {
        browser.go(&path).await;
        browser.is_for_everybody(name).await;
    }
    browser.click("main .card-foot [type=submit]").await;
    browser.find("#errors").await;
    browser.is_for_everybody("file-refused").await;

    let gone = school.long_gone("Ludmila", "Vavrova");
    browser.go(&format!("/students/{gone}/erasures/new")).await;
    browser.click("main .card-foot [type=submit]").await;
    browser.find("#errors").await;
    browser.is_for_everybody("erasure-refused").await;
    browser.go("/retention").await;
    browser.find("#family").await.clear().await.unwrap();
    browser.click("main .card-foot [type=submit]").await;
    browser.find("#errors").await;
    browser.is_for_everybody("retention-refused").await;
}
