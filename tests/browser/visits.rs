//! Somebody of the platform in a browser: their own pages, and a visit from the reason to the way out.

use super::Browser;
use crate::support::{Administrator, Platform, School, database, second_factor::App};

impl Browser {
    /// Signs in somebody of the platform, who sets up their second factor.
    async fn enrols(&self, school: &School) {
        self.go("/sign-in").await;
        self.types("#email", &school.employ(Platform)).await;
        self.types("#password", crate::support::school::PASSWORD).await;
        self.click("button[type=submit]").await;
        self.find(".qr").await;
        let app = App::reads(&self.source().await);
        self.types("#code", &app.shows(school, 0)).await;
        self.click("button[type=submit]").await;
        self.click("main a.btn-primary").await;
        self.shows("What is inside opens only on a visit").await;
    }
}

#[actix_web::test]
async fn somebody_of_the_platform_enters_with_a_reason_sees_the_banner_and_leaves() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    let browser = Browser::open(&school).await;
    browser.enrols(&school).await;
    let place = format!("/organizations/{}", school.organization);
    browser.go(&place).await;
    browser.types("#reason", "Short").await;
    browser.click("main [action$='/visits'] [type=submit]").await;
    browser.find("#reason-error").await;
    browser.is_for_everybody("organization-enter-refused").await;

    browser.types("#reason", "er is better: their board shows nothing").await;
    browser.click("main [action$='/visits'] [type=submit]").await;

    browser.shows("of the platform is inside Harbourside Schools until").await;
    browser.is_for_everybody("visit-board").await;
    browser.go("/students").await;
    browser.shows("Amal Abdullahi").await;
    browser.shows("of the platform is inside Harbourside Schools until").await;
    browser.is_for_everybody("visit-students").await;
    browser.click(".is-visit button").await;
    browser.shows("Latest visits").await;
    browser.shows("er is better").await;
    browser.go("/students").await;
    browser.shows("You may not do this").await;
}

#[actix_web::test]
async fn the_platforms_pages_can_be_used_by_everybody() {
    let school = School::open().await;
    let browser = Browser::open(&school).await;
    browser.enrols(&school).await;
    school.visit();
    let place = format!("/organizations/{}", school.organization);
    let awaited = format!("/organizations/{}", school.another_organization());

    for (path, name) in [
        ("/organizations", "organizations"),
        (&*awaited, "organization-awaited"),
        ("/organizations?q=nobody-is-called-that", "no-organization-found"),
        ("/organizations/new", "organizations-new"),
        (&*place, "organization"),
        (&*format!("{place}/edit"), "organization-edit"),
    ] {
        browser.go(path).await;
        browser.is_for_everybody(name).await;
    }
    browser.go("/organizations/new").await;
    browser.click("main .card-foot [type=submit]").await;
    browser.find("#errors").await;
    browser.is_for_everybody("organizations-new-refused").await;
    browser.go(&awaited).await;
    browser.types("#email", " and nobody").await;
    browser.click("main [action$='/invitation'] [type=submit]").await;
    browser.find("#errors").await;
    browser.is_for_everybody("organization-awaited-refused").await;
    browser.go(&place).await;
    browser.types("#suspended_because", "Unpaid since spring").await;
    browser.click("main [action$='/suspension'] [type=submit]").await;
    browser.shows("Lift the suspension").await;
    browser.is_for_everybody("organization-suspended").await;
}

#[actix_web::test]
async fn visits_and_empty_programs_can_be_read_by_everybody() {
    let school = School::open().await;
    let administrator = school.employ(Administrator);
    let browser = Browser::open(&school).await;
    browser.sign_in(&administrator).await;
    for (path, name) in [
        ("/visits", "no-visits"),
        ("/districts", "no-districts"),
        ("/programs", "no-programs"),
        ("/programs?q=nothing", "no-program-found"),
    ] {
        browser.go(path).await;
        browser.is_for_everybody(name).await;
    }
    school.visit();
    let id = school.visit();
    database::run(
        &mut database::lobby(),
        &format!("update organization_visits set ended_at = now() where id = '{id}'"),
    );
    browser.go("/visits").await;
    browser.shows("Inside").await;
    browser.is_for_everybody("visits").await;
    let program = school.program_of_people();
    let student = school.enroll("Amal", "Abdullahi");
    let put = format!(
        "update students set program_id = $2::uuid, program_year = 2, expected_grad = '2030-06-30', next_review_on = '2026-11-02' where organization_id = $1 and id = '{student}'"
    );
    school.run(&put, &program);
    browser.go(&format!("/students/{student}")).await;
    browser.is_for_everybody("student-in-program").await;
}
