//! Codes of a second factor: each opens once, and wrong ones wait.

use super::{
    guesses::browser,
    second_factor::{kept, knows_the_password, later, shows},
};
use crate::support::{School, Teacher, school::PASSWORD};

#[actix_web::test]
async fn a_code_opens_once_even_for_whoever_is_quick() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let (_, app, _) = school.turns_on(&teacher).await;
    later(&school, 60);
    let code = app.shows(&school, 0);
    let (one, other) = (
        knows_the_password(&school, &teacher.email).await,
        knows_the_password(&school, &teacher.email).await,
    );

    shows(&one, &code).await.redirects_to("/");

    shows(&other, &code).await.field_error("code", "not right, or was used already");
    later(&school, 5);
    shows(&other, &app.shows(&school, -1)).await.field_error("code", "used already");
    later(&school, 35);
    shows(&other, &app.shows(&school, 0)).await.redirects_to("/");
}

#[actix_web::test]
async fn of_many_who_show_one_code_at_once_one_comes_in() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let (_, app, _) = school.turns_on(&teacher).await;
    later(&school, 60);
    let code = app.shows(&school, 0);
    let waiting = knows_the_password(&school, &teacher.email).await;

    let answers = futures::future::join_all((0..8).map(|_| shows(&waiting, &code))).await;

    let statuses: Vec<_> = answers.iter().map(|answer| answer.status.as_u16()).collect();
    let let_in = answers.iter().filter(|answer| answer.leads_to("/")).count();
    assert_eq!(let_in, 1, "{statuses:?}");
}

#[actix_web::test]
async fn a_phone_whose_clock_is_half_a_minute_off_is_understood_and_one_that_is_further_off_is_not() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let (_, app, _) = school.turns_on(&teacher).await;
    for (steps, is_taken) in [(-1, true), (1, true), (-2, false), (2, false)] {
        later(&school, 300);
        let waiting = knows_the_password(&school, &teacher.email).await;

        let answer = shows(&waiting, &app.shows(&school, steps)).await;

        assert_eq!(answer.leads_to("/"), is_taken, "{steps} steps off");
    }
}

#[actix_web::test]
async fn what_is_no_code_is_refused_by_the_field() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    school.turns_on(&teacher).await;
    let waiting = knows_the_password(&school, &teacher.email).await;

    for code in ["", "12345", "000000", "abcdef", "a\u{0}b", &*"9".repeat(5000), "١٢٣٤٥٦"] {
        later(&school, 30);
        shows(&waiting, code).await.field_error("code", "not right");
    }
}

#[actix_web::test]
async fn fifty_wrong_codes_at_once_are_one_guess_and_the_next_waits_t21() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let (_, app, _) = school.turns_on(&teacher).await;
    later(&school, 60);
    let waiting = knows_the_password(&school, &teacher.email).await;

    let guesses = (0..50).map(|n| {
        let waiting = waiting.clone();
        async move { shows(&waiting, &format!("{n:06}")).await }
    });
    let answers = futures::future::join_all(guesses).await;
    let with = |status| answers.iter().filter(|answer| answer.status == status).count();
    assert_eq!((with(422), with(429)), (1, 49));

    assert_eq!(failures(&teacher.email), "1");
    let soon = shows(&waiting, &app.shows(&school, 0)).await;
    soon.has_status(429).shows("id=\"code-error\"").shows("Wait 1 s");
    assert_eq!(soon.header("retry-after"), "1");
    later(&school, 1);
    shows(&waiting, &app.shows(&school, 0)).await.redirects_to("/");
    assert_eq!(failures(&teacher.email), "0");
}

#[actix_web::test]
async fn whoever_changes_their_second_factor_too_soon_reads_how_long_to_wait_above_the_form() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let (teacher, app, _) = school.turns_on(&teacher).await;
    later(&school, 60);
    for page in ["enrolment", "recovery-codes", "removal"] {
        let path = format!("/account/second-factor/{page}");
        let wrong = teacher.post(&path, [("current", PASSWORD), ("code", "000000")]).await;
        wrong.field_error("code", "not right");

        let code = app.shows(&school, 0);
        let soon = teacher.post(&path, [("current", PASSWORD), ("code", &*code)]).await;

        let wait: i64 = soon.has_status(429).header("retry-after").parse().unwrap();
        soon.shows(&format!("Wait {wait} s")).shows("id=\"current\"").shows("id=\"code\"");
        later(&school, wait);
    }
}

fn failures(email: &str) -> String {
    let query = format!(
        "select failures::text as line from second_factors join users on users.id = user_id where email = '{email}'"
    );
    kept(&query).remove(0)
}

#[actix_web::test]
async fn the_wait_between_wrong_codes_grows_and_ends_t22() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let (_, app, _) = school.turns_on(&teacher).await;
    let user = school.lobby.sign_in((&teacher.email, PASSWORD), false, &browser(None), None).unwrap();
    let school::lobby::Attempt::Code(pending) = user else { panic!("{user:?}") };
    let tries = |code: &str| school.lobby.sign_in_with_code(&pending, code, &browser(None));

    for (guesses, seconds) in [(2, 1), (6, 3), (16, 5)] {
        for _ in 0..guesses {
            assert!(matches!(tries("000000"), Err(school::Error::Invalid { field: "code", .. })));
            let told = tries(&app.shows(&school, 0));
            assert!(matches!(told, Err(school::Error::TooMany(_))), "{told:?}");
            later(&school, seconds);
        }
    }
    later(&school, 5);
    assert!(tries(&app.shows(&school, 0)).is_ok(), "the owner is shut out");
}
