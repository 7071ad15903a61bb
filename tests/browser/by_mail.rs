//! What comes by mail, from the page on which somebody asks for it to the first page that it opens.

use std::path::PathBuf;

use belfry::mail::{Outbox, PostOffice, send_one};
use chrono::TimeDelta;
use tempfile::TempDir;

use super::{
    Browser,
    accounts::{chooses, types},
};
use crate::support::{
    Administrator, School, Teacher,
    school::{morning, unique},
    second_factor::App,
};

/// A password that is good enough.
const NEW: &str = "quiet otters fold maps";

/// A school whose mail stands on a page.
struct Posted {
    school: School,
    folder: TempDir,
}

impl Posted {
    async fn open() -> Self {
        let folder = TempDir::new().unwrap();
        let mailbox = folder.path().to_owned();
        let school = School::open_with(morning(), |parts| parts.mailbox = Some(mailbox)).await;
        Self { school, folder }
    }

    /// The post comes, and somebody reads it.
    async fn comes_to(&self, browser: &Browser, subject: &str) {
        let outbox = Outbox::Folder(PathBuf::from(self.folder.path()));
        let office = PostOffice { base_url: self.school.address.clone(), ..self.school.post_office(outbox) };
        while send_one(&office).unwrap() {}
        browser.go("/mail").await;
        browser.shows(subject).await;
    }

    /// They follow the link of the mail that came last.
    async fn opens_the_link(&self, browser: &Browser, subject: &str) {
        self.comes_to(browser, subject).await;
        browser.leaves_by("main article a.btn-primary").await;
    }
}

async fn comes_in(browser: &Browser, email: &str) {
    types(browser, "#email", email).await;
    types(browser, "#password", NEW).await;
    browser.click("button[type=submit]").await;
}

#[actix_web::test]
async fn whoever_is_invited_chooses_a_password_sets_up_a_second_factor_and_is_in() {
    let posted = Posted::open().await;
    let school = &posted.school;
    let browser = Browser::open(school).await;
    browser.sign_in(&school.employ(Administrator)).await;
    let email = format!("{}@belfry.example", unique("gita"));

    browser.go("/second-factor-rules").await;
    browser.click(&format!("input[value='{}']", school.role("Supervisor"))).await;
    browser.click("main .card-foot [type=submit]").await;
    browser.shows("Saved. It is asked for").await;
    browser.go("/users").await;
    browser.leaves_by("a[href='/users/new']").await;
    types(&browser, "#first_name", "Gita").await;
    types(&browser, "#last_name", "Raman").await;
    types(&browser, "#email", &email).await;
    chooses(&browser, "#role_id", "Supervisor").await;
    browser.click("main .card-foot [type=submit]").await;
    browser.shows("An invitation is on its way").await;
    browser.is_for_everybody("account-invited").await;
    browser.signs_out().await;

    posted.opens_the_link(&browser, "Your account at Harbourside Schools").await;
    browser.shows("Welcome, Gita").await;
    types(&browser, "#password", NEW).await;
    browser.click("button[type=submit]").await;
    browser.shows("Your new password is kept").await;
    comes_in(&browser, &email).await;
    browser.find(".qr").await;
    let app = App::reads(&browser.source().await);
    browser.types("#code", &app.shows(school, 0)).await;
    browser.click("main [type=submit]").await;
    browser.find(".recovery").await;
    browser.is_for_everybody("invited-recovery-codes").await;
    browser.click("main .card-body a.btn-primary, main .card-foot a").await;
    browser.shows("Gita Raman").await;
    browser.signs_out().await;

    school.clock.set(school.clock.now() + TimeDelta::seconds(60));
    comes_in(&browser, &email).await;
    browser.types("#code", &app.shows(school, 0)).await;
    browser.click("button[type=submit]").await;
    browser.shows("Gita Raman").await;
}

#[actix_web::test]
async fn whoever_forgot_their_password_finds_the_mail_chooses_another_and_is_in() {
    let posted = Posted::open().await;
    let email = posted.school.employ(Teacher);
    let browser = Browser::open(&posted.school).await;

    browser.go("/sign-in").await;
    browser.leaves_by("a[href='/password-reset/new']").await;
    types(&browser, "#email", &email).await;
    browser.click("button[type=submit]").await;
    browser.shows("Look into your mail").await;
    browser.is_for_everybody("password-reset-sent").await;
    browser.find("main a[href='/mail']").await;
    posted.opens_the_link(&browser, "A new password for").await;
    browser.is_for_everybody("password-reset-link").await;
    types(&browser, "#password", "too short").await;
    browser.click("button[type=submit]").await;
    browser.find("#password-error").await;
    browser.is_for_everybody("password-reset-refused").await;
    types(&browser, "#password", NEW).await;
    browser.click("button[type=submit]").await;
    browser.shows("Your new password is kept").await;
    comes_in(&browser, &email).await;

    browser.shows("Homeroom 4A").await;
    browser.signs_out().await;
    posted.comes_to(&browser, "was changed").await;
}
