//! The front desk: a name, Enter, done; a teacher's register and the office's board that lie open beside it follow.

use chrono::TimeDelta;
use school::Uuid;
use serde_json::json;
use thirtyfour::Key;

use super::Browser;
use crate::support::{Office, School, Teacher, school::morning};

/// A school in which the teacher has submitted Chidi as absent and 25 minutes have gone by; the board and the register are
/// open, and so is the front desk.
async fn late_morning() -> (School, [Uuid; 2], [Browser; 3]) {
    let school = School::open().await;
    let [ada, chidi] =
        [("Ada", "Nwosu"), ("Chidi", "Okonkwo")].map(|(first, last)| school.enroll(first, last));
    let teacher = school.sign_in(Teacher).await;
    teacher.submits(&school, &[(ada, "present", 0), (chidi, "absent", 0)]).await.has_status(303);
    school.clock.set(morning() + TimeDelta::minutes(25));
    let (desk, board, register) =
        (Browser::open(&school).await, Browser::open(&school).await, Browser::open(&school).await);
    let office = school.employ(Office);
    for (browser, email, path) in [
        (&desk, &office, "/front-desk"),
        (&board, &office, "/board"),
        (&register, &teacher.email, &*school.register()),
    ] {
        browser.sign_in(email).await;
        browser.go(path).await;
        browser.run("window.stays = true").await;
    }
    (school, [ada, chidi], [desk, board, register])
}

async fn has_stayed(browser: &Browser) -> bool {
    browser.run("return window.stays === true").await.as_bool().unwrap()
}

/// How many rows of the register say that the office has set them.
async fn locked(register: &Browser) -> u64 {
    let rows = "return [...document.querySelectorAll('.roll > li')].filter(row => row.innerText.includes('set by the office')).length";
    register.run(rows).await.as_u64().unwrap()
}

#[actix_web::test]
async fn a_name_and_enter_stamp_an_arrival_and_register_board_and_percentage_follow_until_it_is_undone() {
    let (school, [_, chidi], [desk, board, register]) = late_morning().await;
    board.shows("1 of 2 counted").await;
    board.shows("Awaiting word").await;
    assert_eq!(locked(&register).await, 0);

    desk.press("chidi").await;
    desk.shows("Homeroom 4A").await;
    desk.press(Key::Enter).await;

    desk.shows("Came at 09:03, 33 min late").await;
    desk.is_for_everybody("front-desk-done").await;
    register.shows("set by the office").await;
    board.shows("33 min late").await;
    board.shows("2 of 2 counted").await;
    board.shows("Nobody is absent").await;
    assert_eq!(locked(&register).await, 1);
    let student = format!("/students/{chidi}");
    school.sign_in(Office).await.get(&student).await.shows("100.0 %");

    desk.click(".card-done form[action$='/removal'] button").await;

    desk.shows("Nobody yet").await;
    board.shows("Awaiting word").await;
    board.shows("1 of 2 counted").await;
    register.find(&format!("#c-{chidi}-absent:checked")).await;
    assert_eq!(locked(&register).await, 0);
    assert!(has_stayed(&board).await && has_stayed(&register).await);
    desk.go(&student).await;
    desk.shows("0.0 %").await;
}

#[actix_web::test]
async fn a_first_mark_that_is_undone_leaves_the_open_register_as_it_was() {
    let school = School::open().await;
    let chidi = school.enroll("Chidi", "Okonkwo");
    let (desk, register) = (Browser::open(&school).await, Browser::open(&school).await);
    desk.sign_in(&school.employ(Office)).await;
    desk.go("/front-desk").await;
    register.sign_in(&school.employ(Teacher)).await;
    register.go(&school.register()).await;
    register.run("window.stays = true").await;

    desk.press("chidi").await;
    desk.shows("Homeroom 4A").await;
    desk.press(Key::Enter).await;
    desk.shows("Came at 08:38").await;
    register.shows("set by the office").await;
    desk.click(".card-done form[action$='/removal'] button").await;
    desk.shows("Nobody yet").await;

    register.find(&format!("[data-student='{chidi}'][data-version='2']")).await;
    assert_eq!(locked(&register).await, 0);
    register.click(&format!("label:has(#c-{chidi}-absent)")).await;
    register.find(&format!("[data-student='{chidi}'][data-version='3']")).await;
    assert!(has_stayed(&register).await);
    school.sign_in(Office).await.get("/board").await.shows("Awaiting word");
}

#[actix_web::test]
async fn the_slip_prints_itself_after_one_key() {
    let school = School::open().await;
    school.enroll("Ada", "Nwosu");
    let desk = Browser::open(&school).await;
    desk.sign_in(&school.employ(Office)).await;
    desk.go("/front-desk").await;
    desk.press("ada").await;
    desk.press(Key::Enter).await;
    desk.shows("Came at 08:38").await;

    let slip = desk.find(".card-done a[accesskey]").await.attr("href").await.unwrap().unwrap();
    assert!(slip.ends_with("/slip?print"), "{slip}");
    // A headless browser prints nothing: the page is asked whether it would.
    let told =
        json!({ "source": "window.print = () => { document.documentElement.dataset.printed = 'yes'; }" });
    desk.driver.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", told).await.unwrap();
    desk.click(".card-done a[accesskey]").await;
    desk.find("html[data-printed=yes] [data-prints='now']:not([hidden])").await;
    desk.is_for_everybody("front-desk-slip").await;
}
