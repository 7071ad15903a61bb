//! Signing in with the school's own account in a browser: set up by an administrator, used by a teacher.

use super::Browser;
use crate::support::{Administrator, School, Teacher, provider::SECRET};

#[actix_web::test]
async fn an_administrator_sets_up_the_schools_accounts_and_a_teacher_comes_in_by_theirs() {
    let school = School::open().await;
    let teacher = school.employ(Teacher);
    let provider = school.provider(&[]);
    let browser = Browser::open(&school).await;
    browser.sign_in(&school.employ(Administrator)).await;
    browser.go("/identity-provider").await;
    browser.find("#kind").await.send_keys("Another").await.unwrap();
    browser.types("#name", "Harbourside ID").await;
    browser.types("#client_secret", SECRET).await;
    browser.types("#issuer", &provider.issuer).await;
    browser.click("main form.card [type=submit]").await;
    browser.find("#client_id-error").await;
    browser.is_for_everybody("identity-provider-refused").await;

    browser.types("#client_id", "belfry").await;
    browser.types("#client_secret", SECRET).await;
    browser.click("main form.card [type=submit]").await;
    browser.shows("The provider answers, and is saved.").await;
    browser.is_for_everybody("identity-provider-kept").await;
    browser.signs_out().await;

    browser.click("a[href='/sign-in/school']").await;
    browser.types("#school", "no-such-school").await;
    browser.click("main [type=submit]").await;
    browser.find("#school-error").await;
    browser.is_for_everybody("sign-on-no-such-school").await;
    browser.go(&format!("/sign-in/school?school={}", school.slug)).await;
    browser.shows("Harbourside Schools").await;
    browser.is_for_everybody("sign-on-at-a-school").await;
    browser.click("main a.btn-primary").await;
    // The provider's own page.
    browser.types("#email", &teacher).await;
    browser.click("#in").await;

    browser.find("[data-signs-out]").await;
    browser.shows("Rosa Lindqvist").await;
    assert_eq!(browser.run("return location.pathname").await, "/today");
}

#[actix_web::test]
async fn while_the_provider_is_away_the_page_says_so_and_offers_the_password() {
    let school = School::open().await;
    let provider = school.signs_on(&[]).await;
    let browser = Browser::open(&school).await;
    browser.go(&format!("/sign-in/at/{}", school.slug)).await;
    drop(provider);

    browser.click("main a.btn-primary").await;

    browser.shows("does not answer just now").await;
    browser.is_for_everybody("sign-on-away").await;
    browser.click("main a[href='/sign-in']").await;
    browser.find("#password").await;
}
