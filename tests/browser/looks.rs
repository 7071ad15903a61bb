//! Every page can be used by everybody: axe finds nothing, nothing sticks out, nothing breaks the content policy.

use super::Browser;
use crate::support::{
    Administrator, Office, School, Teacher,
    form::Typed,
    routes::{self, Route},
    samples,
};

#[actix_web::test]
async fn every_page_can_be_used_by_everybody_in_light_and_dark_and_on_a_phone() {
    looks_at_every_page(|page| page.path.starts_with("/students")).await;
}

#[actix_web::test]
async fn every_other_page_can_be_used_by_everybody_in_light_and_dark_and_on_a_phone() {
    looks_at_every_page(|page| !page.path.starts_with("/students")).await;
}

/// Walks the routes that look, as somebody who may see them all; what is no page is passed by.
async fn looks_at_every_page(these: impl Fn(&Route) -> bool) {
    let school = School::open().await;
    school.lives().await;
    let browser = Browser::open(&school).await;
    browser.sign_in(&school.employ(Administrator)).await;
    let mut seen = 0;

    for route in routes::all().into_iter().filter(|route| route.looks() && these(route)) {
        let path = route.filled(&samples::values(&route, &school));
        school.gets_names();
        browser.go(&path).await;
        if browser.run("return document.contentType").await == "text/html" {
            assert_eq!(browser.status().await, 200, "{path}");
            let name = route.path.replace(['{', '}'], "").replace('/', "-");
            browser.is_for_everybody(&format!("page{name}")).await;
            refuses(&browser, &name).await;
            seen += 1;
        }
    }
    assert!(seen > 5, "only {seen} pages were seen");
}

/// Whether each link of the summary leads to a field, and each to one further down.
const IN_ORDER: &str = "const fields = [...document.querySelectorAll('#errors li a')].map(link => document.querySelector(link.hash));
    return fields.every((field, n) => field && (n === 0 || Boolean(fields[n - 1].compareDocumentPosition(field) & 4)));";

/// Sends the page's form as nobody should: every field empty. Where that is refused, the refusal is looked at too.
async fn refuses(browser: &Browser, name: &str) {
    let emptied = "const form = document.querySelector('main form.card[method=post]:has(:enabled[type=text], [type=date])');
        if (!form) return false;
        for (const field of form.querySelectorAll('input:not([type=hidden]), select')) field.value = '';
        form.noValidate = true; form.submit(); return true;";
    if browser.run(emptied).await == true {
        browser.find("#errors, .errors").await;
        assert_eq!(
            browser.run(IN_ORDER).await,
            true,
            "{name}: the summary does not lead from field to field"
        );
        browser.is_for_everybody(&format!("refused{name}")).await;
    }
}

#[actix_web::test]
async fn the_door_can_be_used_by_everybody() {
    let school = School::open().await;
    let browser = Browser::open(&school).await;
    browser.go("/sign-in").await;
    browser.is_for_everybody("sign-in").await;

    browser.find("#email").await.send_keys("rosa@belfry.example").await.unwrap();
    browser.find("#password").await.send_keys("a wrong guess").await.unwrap();
    browser.click("button[type=submit]").await;
    browser.find("#error").await;

    browser.is_for_everybody("sign-in-wrong").await;
}

#[actix_web::test]
async fn what_is_empty_or_not_there_can_be_read_by_everybody() {
    let school = School::open().await;
    let browser = Browser::open(&school).await;
    let teacher = school.sign_in_elsewhere(Teacher).await.email;
    school.run("update classes set status = 'closed' where organization_id = $1 and $2 = ''", "");

    browser.sign_in(&teacher).await;
    looks(&browser, &[("/staff/new", "forbidden"), ("/nothing/here", "missing"), ("/today", "empty-today")])
        .await;
    browser.signs_out().await;
    browser.sign_in(&school.employ(Office)).await;
    let found = "q=nobody-is-called-that";
    looks(
        &browser,
        &[
            ("/board", "empty-board"),
            ("/students", "empty-students"),
            (&format!("/students?{found}"), "no-students-found"),
            ("/guardians", "empty-guardians"),
            (&format!("/staff?{found}"), "no-staff-found"),
            (&format!("/classes?{found}"), "no-classes-found"),
            (&school.register(), "empty-register"),
        ],
    )
    .await;
}

#[actix_web::test]
async fn a_full_register_can_be_used_by_everybody_before_and_after_it_is_submitted() {
    let school = School::open().await;
    let students = school.fills();
    let browser = Browser::open(&school).await;
    browser.sign_in(&school.employ(Teacher)).await;
    looks(&browser, &[("/today", "today"), (&school.register(), "register-fresh")]).await;

    school.gets_marks(&students).await;

    let student = format!("/students/{}", students[2]);
    looks(
        &browser,
        &[
            (&school.register(), "register-submitted"),
            (&school.mark(students[2]), "mark-changed"),
            (&student, "student-absent"),
            ("/today", "today-submitted"),
        ],
    )
    .await;
}

#[actix_web::test]
async fn a_form_that_somebody_else_was_quicker_with_can_be_read_by_everybody() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let browser = Browser::open(&school).await;
    browser.sign_in(&school.employ(Administrator)).await;
    browser.go(&format!("/students/{amal}/edit")).await;
    let other = Typed::of(&school.sign_in(Office).await, &format!("/students/{amal}")).await;
    other.with("alert", "Nuts").send(&school.sign_in(Office).await).await.has_status(303);

    browser.find("#alert").await.send_keys("Peanuts, walnuts").await.unwrap();
    browser.click("main .card-foot [type=submit]").await;

    browser.shows("changed this meanwhile").await;
    browser.is_for_everybody("overtaken").await;
}

async fn looks(browser: &Browser, pages: &[(&str, &str)]) {
    for (path, name) in pages {
        browser.go(path).await;
        browser.is_for_everybody(name).await;
    }
}
