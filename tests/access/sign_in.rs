//! Coming in at the front door.

use crate::support::{School, Teacher, school::PASSWORD};

#[actix_web::test]
async fn a_teacher_signs_in_and_finds_their_day() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;

    teacher.get("/").await.redirects_to("/today");
}

#[actix_web::test]
async fn nobody_comes_in_with_a_wrong_password() {
    let school = School::open().await;
    let email = school.employ(Teacher);

    let answer = school
        .outsider()
        .post("/session", [("email", email.as_str()), ("password", "not the password")])
        .await;

    answer.has_status(422).shows("do not belong together");
}

#[actix_web::test]
async fn whoever_signs_out_is_out_at_once_t19() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;

    teacher.post("/session/end", []).await.redirects_to("/sign-in");

    teacher.get("/students").await.redirects_to("/sign-in?next=%2Fstudents");
}

#[actix_web::test]
async fn after_signing_in_one_is_where_one_wanted_to_be() {
    let school = School::open().await;
    let email = school.employ(Teacher);

    let answer = school
        .outsider()
        .post("/session", [("email", &*email), ("password", PASSWORD), ("next", "/students?q=a")])
        .await;

    answer.redirects_to("/students?q=a");
}
