//! A fire roll on two telephones.

use super::{Browser, driver::Kind};
use crate::support::{Director, Office, School};

const PHONE: Kind = Kind { width: Some(360), scripts_off: false };

async fn figure(browser: &Browser, of: &str) -> String {
    let said = browser.run(&format!("return document.querySelector('[data-count={of}]').textContent")).await;
    said.as_str().unwrap().to_owned()
}

#[actix_web::test]
async fn two_wardens_with_telephones_count_up_together_and_a_bad_connection_loses_nothing() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let (chidi, li) = (school.enroll("Chidi", "Okonkwo"), school.enroll("Li", "Wei"));
    let (one, other) = (Browser::open_as(&school, PHONE).await, Browser::open_as(&school, PHONE).await);
    one.sign_in(&school.employ(Office)).await;
    one.go("/roll-calls").await;
    one.click(".fire button").await;
    one.find("#roll-call").await;
    let list = one.run("return location.pathname").await.as_str().unwrap().to_owned();
    other.sign_in(&school.employ(Director)).await;
    other.go(&list).await;

    one.click(&format!("#t-{amal} .tick-off")).await;
    one.find(&format!("#t-{amal}[data-version='1'][data-there=yes]")).await;
    other.find(&format!("#t-{amal}[data-there=yes]")).await;
    other.connect(false);
    other.click(&format!("#t-{chidi} .tick-off")).await;
    other.shows("1 tick is not sent yet").await;
    one.click(&format!("#t-{li} .tick-off")).await;
    one.find(&format!("#t-{li}[data-version='1']")).await;
    other.pictured("fire-roll-offline").await;
    assert_eq!((figure(&other, "there").await, figure(&other, "missing").await), ("2".into(), "1".into()));
    other.connect(true);
    other.reload().await;

    one.find(&format!("#t-{chidi}[data-version='1'][data-there=yes]")).await;
    assert_eq!((figure(&one, "there").await, figure(&one, "missing").await), ("3".into(), "0".into()));
    one.is_for_everybody("fire-roll").await;
    assert_eq!(
        school.number("select count(*) as n from headcount_ticks where organization_id = $1 and version = 1"),
        3
    );
}

#[actix_web::test]
async fn without_scripts_a_fire_roll_is_ticked_off_all_the_same() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let browser = Browser::open_as(&school, Kind { scripts_off: true, ..Kind::default() }).await;
    browser.sign_in(&school.employ(Office)).await;
    browser.go("/roll-calls").await;
    browser.click(".fire button").await;
    browser.click(&format!("#t-{amal} .tick-off")).await;

    browser.find(&format!("#t-{amal}[data-there=yes]")).await;
}
