//! A class is given away in two clicks.

use super::Browser;
use crate::support::{Office, School, Teacher};

#[actix_web::test]
async fn from_the_board_a_class_is_covered_in_two_clicks() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    school.employ(Teacher);
    let substitute = school.sign_in_elsewhere(Teacher).await;
    school.run("update staff set first_name = $2 where organization_id = $1", "Sana");
    let browser = Browser::open(&school).await;
    browser.sign_in(&school.employ(Office)).await;
    browser.go("/board").await;
    substitute.get(&school.register()).await.is_missing();

    browser.click("a[href*='/covers/new']").await;
    browser.find(".cover").await;
    browser.is_for_everybody("cover-new").await;
    let whom = format!(
        "select staff.id::text as line from staff join users on users.id = user_id where users.email = '{}'",
        substitute.email
    );
    browser.click(&format!(".cover button[value='{}']", school.line(&whom))).await;

    browser.shows("Covered by").await;
    browser.is_for_everybody("board-covered").await;
    substitute.get(&school.register()).await.is_ok();
    substitute.get("/today").await.shows("Homeroom 4A").shows("Substitute");
}
