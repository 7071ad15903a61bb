//! The office's view of the day.

use crate::support::{Director, Office, School, Teacher, command::miscounted};

#[actix_web::test]
async fn the_board_shows_a_missing_register_with_how_late_it_is() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    school.clock.set("2026-11-23T09:27:00Z".parse().unwrap());
    let office = school.sign_in(Office).await;

    office.get("/board").await.is_ok().shows("Not taken, 27 min late").shows("Homeroom 4A");
}

#[actix_web::test]
async fn a_submitted_register_stands_on_the_board_with_its_count() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let teacher = school.sign_in(Teacher).await;
    teacher.submits(&school, &[(amal, "present", 0)]).await;

    school
        .sign_in(Director)
        .await
        .get("/board")
        .await
        .is_ok()
        .shows("Submitted 08:38")
        .shows("1 of 1 here · Rosa Lindqvist");
}

#[actix_web::test]
async fn a_teacher_has_no_board() {
    let school = School::open().await;
    school.sign_in(Teacher).await.get("/board").await.is_forbidden();
}

#[actix_web::test]
async fn the_board_of_another_day_is_a_click_away_and_of_tomorrow_is_not() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    let office = school.sign_in(Office).await;

    office.get("/board?day=2026-11-20").await.is_ok().shows("Friday 20 November").shows("Not taken, missing");
    office.get("/board?day=2027-01-01").await.is_ok().shows("Monday 23 November");
    office.get("/board?day=nonsense").await.is_ok().shows("Monday 23 November");
}

#[actix_web::test]
async fn a_holiday_over_a_day_that_was_called_counts_nowhere() {
    let school = School::open().await;
    let (amal, kwame) = (school.enroll("Amal", "Abdullahi"), school.enroll("Kwame", "Acheampong"));
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    teacher.submits(&school, &[(amal, "present", 0), (kwame, "late", 0)]).await.has_status(303);
    let sheet = format!("/classes/{}/register-sheet", school.class);
    teacher
        .get(&sheet)
        .await
        .shows("1 of 21 school days with a register")
        .shows("<b class=\"is-late\">L</b>");

    let campus = school.campus.to_string();
    let holiday =
        [("kind", "holiday"), ("first_day", "2026-11-23"), ("campus[]", &*campus), ("note", "Harbour")];
    office.post("/calendar/days", holiday).await.has_status(303);

    let board = office.get("/board").await;
    board.shows("No school today.</strong> Holiday. Harbour.").hides("Submitted").hides("late</span>");
    board.shows("<dd>0 <small>of 0</small></dd>").shows("<dd>0 <small>of 0 counted</small></dd>");
    teacher.get("/today").await.shows("No school").hides("1 register");
    teacher.get(&sheet).await.shows("0 of 20 school days with a register").hides("<b class=\"is-late\">");
    assert_eq!(miscounted(&school), "");
}
