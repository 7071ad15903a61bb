//! Coming in and staying in, as it happens in the page.

use thirtyfour::By;

use super::Browser;
use crate::support::{
    Administrator, Platform, School, Teacher,
    school::PASSWORD,
    second_factor::{App, recovery_codes},
};

impl Browser {
    async fn knows_the_password(&self, email: &str) {
        self.go("/sign-in").await;
        self.find("#email").await.send_keys(email).await.unwrap();
        self.find("#password").await.send_keys(PASSWORD).await.unwrap();
        self.click("button[type=submit]").await;
    }

    pub(super) async fn types(&self, field: &str, text: &str) {
        self.find(field).await.send_keys(text).await.unwrap();
    }

    pub(super) async fn source(&self) -> String {
        self.driver.source().await.unwrap()
    }
}

#[actix_web::test]
async fn a_teacher_sets_up_a_second_factor_and_signs_in_with_it() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    let browser = Browser::open(&school).await;
    browser.sign_in(&email).await;
    browser.go("/account").await;
    browser.leaves_by("a[href='/account/second-factor']").await;
    browser.is_for_everybody("second-factor-off").await;
    browser.types("#current", PASSWORD).await;
    browser.click("main .card-foot [type=submit]").await;
    browser.find(".qr").await;
    browser.is_for_everybody("second-factor-enrolment").await;
    let app = App::reads(&browser.source().await);
    browser.types("#code", "000000").await;
    browser.click("main .card-foot [type=submit]").await;
    browser.find("#code-error").await;
    browser.is_for_everybody("second-factor-enrolment-refused").await;
    browser.types("#code", &app.shows(&school, 0)).await;
    browser.click("main .card-foot [type=submit]").await;

    browser.find(".recovery").await;
    browser.is_for_everybody("recovery-codes").await;
    let codes = recovery_codes(&browser.source().await);
    browser.click("main .card-foot a").await;
    browser.shows("On since").await;
    browser.is_for_everybody("account-second-factor").await;
    browser.go("/account/second-factor").await;
    browser.is_for_everybody("second-factor-on").await;
    browser.signs_out().await;

    school.clock.set(school.clock.now() + chrono::TimeDelta::seconds(60));
    browser.knows_the_password(&email).await;
    browser.find("#code").await;
    browser.is_for_everybody("sign-in-code").await;
    browser.types("#code", &app.shows(&school, -9)).await;
    browser.click("button[type=submit]").await;
    browser.find("#code-error").await;
    browser.is_for_everybody("sign-in-code-wrong").await;
    school.clock.set(school.clock.now() + chrono::TimeDelta::seconds(2));
    browser.types("#code", &app.shows(&school, 0)).await;
    browser.click("button[type=submit]").await;
    browser.shows("Homeroom 4A").await;
    browser.signs_out().await;
    browser.knows_the_password(&email).await;
    browser.types("#code", &codes[0]).await;
    browser.click("button[type=submit]").await;
    browser.shows("Homeroom 4A").await;
}

#[actix_web::test]
async fn platform_staff_set_theirs_up_at_the_door() {
    let school = School::open().await;
    let email = school.employ(Platform);
    let browser = Browser::open(&school).await;
    browser.knows_the_password(&email).await;
    browser.find(".qr").await;
    browser.is_for_everybody("sign-in-enrolment").await;
    let app = App::reads(&browser.source().await);

    browser.types("#code", &app.shows(&school, 0)).await;
    browser.click("button[type=submit]").await;

    browser.find(".recovery").await;
    browser.is_for_everybody("sign-in-recovery-codes").await;
    browser.click("main a.btn-primary").await;
    browser.shows("What is inside opens only on a visit").await;
}

#[actix_web::test]
async fn two_tabs_across_a_renewal_stay_signed_in() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    school.enroll("Amal", "Abdullahi");
    let browser = Browser::open(&school).await;
    browser.go("/sign-in").await;
    browser.types("#email", &email).await;
    browser.types("#password", PASSWORD).await;
    browser.click("[name=stay]").await;
    browser.click("button[type=submit]").await;
    browser.shows("Homeroom 4A").await;
    let one = browser.driver.window().await.unwrap();
    let other = browser.driver.new_tab().await.unwrap();
    browser.driver.switch_to_window(other.clone()).await.unwrap();
    browser.go("/account").await;
    browser.shows("stays signed in until").await;
    school.lapses(&email);

    // Both tabs ask in the same moment, before either has an answer.
    browser.driver.switch_to_window(one).await.unwrap();
    let both = "const done = arguments[arguments.length - 1];
        Promise.all([1, 2, 3, 4].map(() => fetch('/today', { redirect: 'manual' }))).then(all => done(all.map(one => one.status)));";
    let statuses = browser.driver.execute_async(both, Vec::new()).await.unwrap().json().clone();
    assert_eq!(statuses, serde_json::json!([200, 200, 200, 200]));
    browser.reload().await;
    browser.shows("Homeroom 4A").await;
    browser.driver.switch_to_window(other).await.unwrap();
    browser.reload().await;
    browser.shows("Where you are signed in").await;

    school.clock.set(school.clock.now() + chrono::TimeDelta::seconds(60));
    school.lapses(&email);
    browser.reload().await;
    browser.shows("Where you are signed in").await;
    assert_eq!(
        browser.driver.find_all(By::Css(".devices > li")).await.unwrap().len(),
        1,
        "one sign-in, one line"
    );
    assert_eq!(school.tokens(&email, "true"), 3, "two renewals");
    assert!(school.post_comes().is_empty(), "nobody is warned");
}

#[actix_web::test]
async fn ones_own_account_can_be_used_by_everybody() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    for _ in 0..2 {
        school.outsider().signing_in(&administrator.email, PASSWORD).await;
    }
    let browser = Browser::open(&school).await;
    browser.sign_in(&administrator.email).await;
    browser.go("/account?done=link").await;
    browser.is_for_everybody("account-places").await;
    browser.go("/account/email/edit").await;
    browser.types("#email", "rosa").await;
    browser.click("main .card-foot [type=submit]").await;
    browser.find("#email-error").await;
    browser.is_for_everybody("address-refused").await;
    browser.find("#email").await.clear().await.unwrap();
    browser.types("#email", &format!("moved-{}", administrator.email)).await;
    browser.types("#current", PASSWORD).await;
    browser.click("main .card-foot [type=submit]").await;
    browser.shows("on its way to the new address").await;
    let mails = school.post_comes();
    let link = mails.iter().find(|mail| mail.to.starts_with("moved-")).unwrap().path();
    browser.go(&link).await;
    browser.is_for_everybody("email-confirmation").await;

    browser.click("button[type=submit]").await;

    browser.shows("You sign in with the new address from now on").await;
    browser.is_for_everybody("account-moved").await;
    browser.go(&link).await;
    browser.is_for_everybody("email-confirmation-gone").await;
}
