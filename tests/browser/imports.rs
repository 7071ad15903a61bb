//! A roster comes in from a page: rejected rows are mended and sent again, and whoever waits sees how far it is.

use std::fs;

use school::{Uuid, job::Job};

use super::{Browser, driver::Kind};
use crate::{
    exchange::mending::without_a_name,
    support::{Administrator, School, export::fresh_path},
};

/// Chooses a file in a field and sends its form.
async fn sends(browser: &Browser, field: &str, file: &std::path::Path) {
    browser.find(field).await.send_keys(file.to_str().unwrap()).await.unwrap();
    browser.click(&format!("form:has({field}) [type=submit]")).await;
}

#[actix_web::test]
async fn rejected_rows_are_mended_and_sent_again_and_progress_is_seen() {
    let school = School::open().await;
    let browser = Browser::open(&school).await;
    browser.sign_in(&school.employ(Administrator)).await;
    browser.go("/imports").await;
    browser.is_for_everybody("imports-empty").await;

    sends(&browser, "#file", &without_a_name().zip()).await;
    browser.shows("Begins in a moment").await;
    browser.run("window.stays = true").await;
    school.works();
    browser.shows("Nothing has been changed yet").await;
    assert_eq!(browser.run("return window.stays").await, true, "it came without reloading");
    browser.is_for_everybody("import-with-rejected-rows").await;

    let download =
        "return fetch(document.querySelector('.mending li:last-child a').href).then(answer => answer.text())";
    let csv = browser.run(download).await.as_str().unwrap().to_owned();
    let mended = fresh_path("csv");
    fs::write(&mended, csv.replace("Sofia,,", "Sofia,Kovalevskaya,")).unwrap();
    sends(&browser, "#file-3", &mended).await;
    browser.shows("mends an earlier one").await;
    school.works();
    browser.shows("Nothing has been changed yet").await;
    browser.click(".under-way .btn-primary").await;
    browser.shows("Everything or nothing").await;
    sees_progress(&browser, &school).await;
    school.works();
    browser.shows("Imported on").await;
    browser.is_for_everybody("import-done").await;
    browser.go("/students?q=Kovalevskaya").await;
    browser.shows("Sofia").await;
    browser.go("/imports").await;
    browser.is_for_everybody("imports").await;
}

#[actix_web::test]
async fn rows_of_a_table_are_mended_before_anything_is_in_and_then_all_come_in() {
    let school = School::open().await;
    let browser = Browser::open(&school).await;
    browser.sign_in(&school.employ(Administrator)).await;
    let table = fresh_path("csv");
    fs::write(&table, "student_id,first_name,last_name\n101,Sofia,Kovalevskaya\n102,Ada,\n").unwrap();
    browser.go("/imports").await;
    browser.run("document.querySelector('#kind').value = 'students'").await;
    sends(&browser, "#file", &table).await;
    browser.click("form[action$='/columns'] .btn-primary").await;
    browser.shows("Begins in a moment").await;
    school.works();
    browser.shows("Nothing has been changed yet").await;

    let download = "return fetch(document.querySelector('.mending a').href).then(answer => answer.text())";
    let csv = browser.run(download).await.as_str().unwrap().to_owned();
    let mended = fresh_path("csv");
    fs::write(&mended, csv.replace("Ada,,", "Ada,Lovelace,")).unwrap();
    sends(&browser, "#file", &mended).await;
    browser.shows("mends an earlier one").await;
    school.works();
    browser.shows("Nothing has been changed yet").await;
    browser.click(".under-way .btn-primary").await;
    browser.shows("Everything or nothing").await;
    school.works();
    browser.shows("Imported on").await;
    browser.go("/students").await;
    browser.shows("Kovalevskaya").await;
    browser.shows("Lovelace").await;
}

/// A worker that stops in the middle, so that there is time to look.
async fn sees_progress(browser: &Browser, school: &School) {
    let job = school.seed(Job::take).unwrap();
    for (done, stage) in [(6, "students"), (12, "class_enrollments")] {
        assert!(school.seed(|db| job.progress(stage, done, 14, db)));
        browser.shows(&format!("Step {} of 14: {}", done + 1, stage.replace('_', " "))).await;
    }
    browser.is_for_everybody("import-under-way").await;
    school.seed(|db| job.put_back(chrono::TimeDelta::zero(), false, db));
}

#[actix_web::test]
async fn what_goes_wrong_with_an_import_can_be_read_by_everybody() {
    let school = School::open().await;
    let browser = Browser::open(&school).await;
    browser.sign_in(&school.employ(Administrator)).await;
    browser.go("/imports").await;
    let text = fresh_path("csv");
    fs::write(&text, "sourcedId\n").unwrap();
    sends(&browser, "#file", &text).await;
    browser.shows("This is no zip file.").await;
    browser.is_for_everybody("import-refused").await;

    let id: Uuid = school.rehearsed_import().parse().unwrap();
    let would_empty = "update import_runs set findings = jsonb_set(findings, '{vanishing}', '[{\"table\": \"students\", \"ended\": 50, \"running\": 52}]') where organization_id = $1 and $2 = ''";
    school.run(would_empty, "");
    browser.go(&format!("/imports/{id}")).await;
    browser.click(".under-way .btn-primary").await;
    browser.shows("Tick this to go on").await;
    browser.is_for_everybody("import-that-would-empty").await;
    school.run(
        "update import_runs set status = 'failed', failure = $2 where organization_id = $1",
        "users.csv has no column role. Its first line must name the columns.",
    );
    browser.go(&format!("/imports/{id}")).await;
    browser.is_for_everybody("import-failed").await;
    browser.click(".notice form[action$='/file/removal'] button").await;
    browser.shows("The file is no longer kept.").await;
    browser.is_for_everybody("import-without-its-file").await;
}

#[actix_web::test]
async fn with_scripts_off_an_import_is_followed_by_looking_again() {
    let school = School::open().await;
    let browser = Browser::open_as(&school, Kind { scripts_off: true, ..Kind::default() }).await;
    browser.sign_in(&school.employ(Administrator)).await;
    browser.go("/imports").await;
    sends(&browser, "#file", &without_a_name().zip()).await;
    browser.shows("Look again").await;
    school.works();

    browser.click("a.again").await;
    browser.shows("Nothing has been changed yet").await;
    browser.click(".under-way .btn-primary").await;
    browser.shows("Being applied").await;
    school.works();
    browser.click("a.again").await;
    browser.shows("Imported on").await;
}
