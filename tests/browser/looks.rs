//! Every page can be used by everybody: axe finds nothing, nothing sticks out, nothing breaks the content policy.

use super::Browser;
use crate::support::{Administrator, Office, School, Teacher};

#[actix_web::test]
async fn the_pages_of_the_day_are_accessible_in_light_and_dark() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let browser = Browser::open(&school).await;
    browser.go("/sign-in").await;
    browser.is_accessible().await;
    let teacher = school.sign_in(Teacher).await;
    teacher.submits(&school, &[(amal, "absent", 0)]).await;
    browser.sign_in(&school.employ(Office)).await;

    for path in ["/board", &school.register(), &school.mark(amal), "/account", "/nothing/here"] {
        browser.go(path).await;
        browser.is_accessible().await;
        browser.fits().await;
    }
}

#[actix_web::test]
async fn the_pages_of_people_are_accessible_in_light_and_dark() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let browser = Browser::open(&school).await;
    browser.sign_in(&school.employ(Administrator)).await;
    let student = format!("/students/{amal}");

    for path in ["/students", &student, "/students/new", "/students?q=nobody"] {
        browser.go(path).await;
        browser.is_accessible().await;
        browser.fits().await;
    }
}
