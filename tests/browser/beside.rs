//! The office's board beside a teacher's register: each sees what the other changed, and neither reloads.

use super::Browser;
use crate::support::{Office, School, Teacher};

/// Marks the page, so that a reload would be noticed.
async fn stays(browser: &Browser) {
    browser.run("window.stays = true").await;
}

async fn has_stayed(browser: &Browser) -> bool {
    browser.run("return window.stays === true").await.as_bool().unwrap()
}

#[actix_web::test]
async fn the_board_and_a_register_see_each_others_changes_without_reloading() {
    let school = School::open().await;
    let (amal, chidi) = (school.enroll("Amal", "Abdullahi"), school.enroll("Chidi", "Okonkwo"));
    let (office, teacher) = (Browser::open(&school).await, Browser::open(&school).await);
    office.sign_in(&school.employ(Office)).await;
    office.go("/board").await;
    teacher.sign_in(&school.employ(Teacher)).await;
    teacher.go(&school.register()).await;
    stays(&office).await;
    stays(&teacher).await;

    teacher.click(&format!("label:has(#c-{chidi}-absent)")).await;
    office.shows("Chidi Okonkwo").await;
    office.shows("Awaiting word").await;
    office.click("#absent .act button").await;
    office.shows("Excused, illness").await;

    teacher.shows("set by the office, locked").await;
    assert!(has_stayed(&teacher).await);
    teacher.click(&format!("label:has(#here-{chidi})")).await;
    office.shows("Is here, against the office’s mark").await;
    office.pictured("board-beside-a-register").await;
    school.sign_in(Office).await.marks(&school, amal, "late", 0).await.is_ok();
    teacher.shows("Late").await;
    assert!(has_stayed(&teacher).await);
}

#[actix_web::test]
async fn what_somebody_is_choosing_on_the_board_is_not_taken_away() {
    let school = School::open().await;
    let (amal, chidi) = (school.enroll("Amal", "Abdullahi"), school.enroll("Chidi", "Okonkwo"));
    let teacher = school.sign_in(Teacher).await;
    teacher.marks(&school, amal, "absent", 0).await.is_ok();
    school.contact_of(&amal.to_string());
    let looks = || {
        school.number(
            "select count(*) as n from access_events where organization_id = $1 and kind = 'guardians'",
        )
    };
    let office = Browser::open(&school).await;
    office.sign_in(&school.employ(Office)).await;
    office.go("/board").await;

    office.click("#absent input[name='who[]']").await;
    let opened = looks();
    teacher.marks(&school, chidi, "absent", 0).await.is_ok();
    office.shows("2").await;

    assert_eq!(
        office.run("return document.querySelectorAll('#absent input:checked').length").await.as_i64(),
        Some(1)
    );
    assert_eq!(looks(), opened, "a page that stays open is one look");
    office.click("#excuse button").await;
    office.find("#absent .state.is-excused").await;
    assert_eq!(
        school.number(
            "select count(*) as n from attendance_records where organization_id = $1 and status = 'excused'"
        ),
        1
    );
}

#[actix_web::test]
async fn what_was_left_alone_while_somebody_chose_comes_when_they_are_done() {
    let school = School::open().await;
    let (amal, chidi) = (school.enroll("Amal", "Abdullahi"), school.enroll("Chidi", "Okonkwo"));
    let teacher = school.sign_in(Teacher).await;
    teacher.marks(&school, amal, "absent", 0).await.is_ok();
    let office = Browser::open(&school).await;
    office.sign_in(&school.employ(Office)).await;
    office.go("/board").await;
    stays(&office).await;
    let choice = "#absent input[name='who[]']";
    office.click(choice).await;

    teacher.submits(&school, &[(amal, "absent", 1), (chidi, "absent", 0)]).await.has_status(303);
    office.shows("Submitted 08:38").await;
    office.click(choice).await;
    office.click("h1").await;

    office.shows("Chidi Okonkwo").await;
    assert!(has_stayed(&office).await);
}
