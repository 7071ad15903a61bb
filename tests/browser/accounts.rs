//! Accounts and roles as people go through them: a role that is changed under somebody, and every state that
//! an account can be in.

use super::{Browser, driver::Kind};
use crate::support::{Administrator, Office, School};

pub(super) async fn types(browser: &Browser, field: &str, text: &str) {
    let field = browser.find(field).await;
    field.clear().await.unwrap();
    field.send_keys(text).await.unwrap();
}

pub(super) async fn chooses(browser: &Browser, field: &str, label: &str) {
    browser.find(field).await.send_keys(label).await.unwrap();
}

#[actix_web::test]
async fn a_colleagues_open_page_loses_what_an_administrator_takes_out_of_their_role() {
    let school = School::open().await;
    let colleague = school.employ(Office);
    let theirs = Browser::open(&school).await;
    theirs.sign_in(&colleague).await;
    theirs.go("/board").await;
    theirs.find("#areas a[href='/board']").await;
    let browser = Browser::open(&school).await;
    browser.sign_in(&school.employ(Administrator)).await;

    browser.go(&format!("/roles/{}", school.role("Office"))).await;
    browser.is_for_everybody("role-built-in").await;
    browser.click("form[action$='/copies'] button").await;
    types(&browser, "#name", "Front office").await;
    chooses(&browser, "#s-READ_CAMPUS_ATTENDANCE", "Not at all").await;
    // From its head: whatever is scrolled half under the bar is no target of its size.
    browser.run("scrollTo(0, 0)").await;
    browser.is_for_everybody("role-edit").await;
    browser.click("main .card-foot [type=submit]").await;
    browser.shows("Nobody has this role").await;
    browser.is_for_everybody("role-own").await;
    browser.go(&format!("{}/role/edit", school.account(&colleague))).await;
    chooses(&browser, "#role_id", "Front office").await;
    browser.click("main .card-foot [type=submit]").await;
    browser.shows("from the next click on").await;
    browser.is_for_everybody("account-with-a-new-role").await;

    theirs.click("#areas a[href='/board']").await;
    theirs.shows("You may not").await;
    theirs.go("/students").await;
    theirs.find("#areas a[href='/students']").await;
    assert_eq!(
        theirs.run("return document.querySelector(\"#areas a[href='/board']\")").await,
        serde_json::Value::Null
    );
}

#[actix_web::test]
async fn with_scripts_off_an_account_is_disabled_and_enabled() {
    let school = School::open().await;
    let path = school.account(&school.employ(Office));
    let browser = Browser::open_as(&school, Kind { scripts_off: true, ..Kind::default() }).await;
    browser.sign_in(&school.employ(Administrator)).await;
    browser.go(&path).await;

    browser.click("form[action$='/disablement'] button").await;
    browser.shows("The account is disabled").await;
    browser.click("form[action$='/disablement/end'] button").await;

    browser.shows("The account is enabled").await;
}

#[actix_web::test]
async fn an_account_in_each_state_can_be_read_by_everybody() {
    let school = School::open().await;
    let (colleague, guessed) = (school.employ(Office), school.employ(Office));
    school.second_campus("Hill Road");
    school.gives(&colleague, "CREATE_IMPORT_RUNS", "organization");
    school.gives(&colleague, "UPDATE_CALENDAR_DAYS", "campuses");
    let bound = "update users set role_campus_ids = array[(select id from campuses where name = 'Quay Street' and organization_id = $1)], first_name = 'Maximiliana Konstantina', last_name = 'Papadopoulou-Winterbottom', disabled_at = now(), phone_number = '07700 900 132', locale = 'el' where organization_id = $1 and email = $2";
    school.run(bound, &colleague);
    let wrong = "update users set failed_login_attempts = 12, locked_until = '2026-11-23 08:30Z', first_name = 'ליאור', last_name = 'בן־דוד' where organization_id = $1 and email = $2";
    school.run(wrong, &guessed);
    let gone = school.invited();
    let browser = Browser::open(&school).await;
    let administrator = school.employ(Administrator);
    browser.sign_in(&administrator).await;
    browser.go(&format!("/users/{gone}")).await;
    browser.leaves_by("form[action$='/invitation/withdrawal'] button").await;

    let right = format!("{}/permissions/new", school.account(&colleague));
    for (path, name) in [
        (school.account(&colleague), "account-disabled"),
        (school.account(&guessed), "account-guessed"),
        (school.account(&administrator), "account-own"),
        (right.clone(), "account-new-right"),
        (format!("{}/role/edit", school.account(&colleague)), "account-role"),
        ("/users".to_owned(), "accounts"),
        ("/users?state=deleted".to_owned(), "accounts-deleted"),
        ("/users?q=nobody-is-called-that".to_owned(), "accounts-none"),
        ("/roles".to_owned(), "roles"),
        ("/permissions/CREATE_IMPORT_RUNS".to_owned(), "who-may"),
    ] {
        browser.go(&path).await;
        browser.is_for_everybody(name).await;
    }
    browser.go(&school.account(&colleague)).await;
    browser.run("document.querySelector('details').open = true").await;
    browser.is_for_everybody("account-why").await;
    browser.go(&right).await;
    browser.click("main .card-foot [type=submit]").await;
    browser.find("#permission-error").await;
    browser.is_for_everybody("account-right-refused").await;
    browser.go("/users/new").await;
    browser.click("main .card-foot [type=submit]").await;
    browser.find("#email-error").await;
    browser.is_for_everybody("account-invitation-refused").await;
}
