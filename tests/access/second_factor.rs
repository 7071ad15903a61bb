//! A second factor: set up, asked for at sign-in, moved to another phone and taken away.

use chrono::TimeDelta;

use super::guesses::browser;
use crate::support::{
    Answer, Office, Person, School, Teacher, database,
    school::PASSWORD,
    second_factor::{App, recovery_codes},
};

/// The first step: address and password. Answers the browser that waits for a code.
pub(crate) async fn knows_the_password(school: &School, email: &str) -> Person {
    let stranger = school.outsider();
    let answer = stranger.post("/session", [("email", email), ("password", PASSWORD)]).await;
    answer.redirects_to("/sign-in/code");
    stranger.keeps(&answer)
}

pub(crate) async fn shows(waiting: &Person, code: &str) -> Answer {
    waiting.post("/sign-in/code", [("code", code)]).await
}

pub(crate) fn later(school: &School, seconds: i64) {
    school.clock.set(school.clock.now() + TimeDelta::seconds(seconds));
}

async fn is_out(person: &Person) -> bool {
    person.get("/account").await.leads_to("/sign-in")
}

pub(crate) fn kept(query: &str) -> Vec<String> {
    database::lines(&mut database::lobby(), query)
}

#[actix_web::test]
async fn a_teacher_sets_one_up_and_is_asked_for_a_code_from_then_on() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let elsewhere = school.outsider().signing_in(&teacher.email, PASSWORD).await;
    teacher.get("/account").await.shows("/account/second-factor");

    let (here, app, codes) = school.turns_on(&teacher).await;

    assert_eq!(codes.len(), 10);
    here.get("/account").await.is_ok().shows("On since 23 Nov 2026");
    assert!(is_out(&elsewhere).await && is_out(&teacher).await, "whoever came in without a code stays in");
    assert_eq!(school.post_comes()[0].subject, "Your account at Harbourside Schools asks for a code now");
    later(&school, 60);
    let waiting = knows_the_password(&school, &teacher.email).await;
    waiting.get("/sign-in/code").await.is_ok().shows(&teacher.email);
    let answer = shows(&waiting, &app.shows(&school, 0)).await;
    answer.redirects_to("/");
    waiting.keeps(&answer).get("/today").await.is_ok();
}

#[actix_web::test]
async fn the_password_alone_opens_nothing() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    school.turns_on(&teacher).await;

    let waiting = knows_the_password(&school, &teacher.email).await;

    for path in ["/today", "/account", "/account/second-factor", "/students", "/"] {
        assert!(waiting.get(path).await.leads_to("/sign-in"), "{path} opens");
    }
    waiting.get("/sign-in/second-factor").await.has_status(303);
    assert!(
        waiting.post("/account/second-factor/removal", [("current", PASSWORD)]).await.leads_to("/sign-in")
    );
}

#[actix_web::test]
async fn a_known_browser_is_asked_as_well() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let (here, app, _) = school.turns_on(&teacher).await;
    later(&school, 60);
    let waiting = knows_the_password(&school, &teacher.email).await;
    let known = waiting.keeps(&shows(&waiting, &app.shows(&school, 0)).await);
    assert!(known.cookie.as_deref().unwrap().contains("device"));

    let answer = known.post("/session", [("email", &*here.email), ("password", PASSWORD)]).await;

    answer.redirects_to("/sign-in/code");
}

#[actix_web::test]
async fn whoever_lost_their_phone_comes_in_by_paper_once_a_code_and_hears_of_it() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let (_, _, codes) = school.turns_on(&teacher).await;
    school.post_comes();

    let waiting = knows_the_password(&school, &teacher.email).await;
    let answer = shows(&waiting, &codes[3].to_uppercase().replace('-', " ")).await;

    answer.redirects_to("/");
    let here = waiting.keeps(&answer);
    here.get("/account/second-factor").await.shows("9 of 10 recovery codes are left");
    assert_eq!(school.post_comes()[0].subject, "A recovery code was used at Harbourside Schools");
    let waiting = knows_the_password(&school, &teacher.email).await;
    shows(&waiting, &codes[3]).await.field_error("code", "was used already");
    later(&school, 2);
    shows(&waiting, &codes[4]).await.redirects_to("/");
}

#[actix_web::test]
async fn somebody_elses_codes_open_nothing() {
    let school = School::open().await;
    let (teacher, office) = (school.sign_in(Teacher).await, school.sign_in(Office).await);
    school.turns_on(&teacher).await;
    let (_, app, codes) = school.turns_on(&office).await;
    let waiting = knows_the_password(&school, &teacher.email).await;

    for code in [app.shows(&school, 1), codes[0].clone()] {
        later(&school, 2);
        shows(&waiting, &code).await.field_error("code", "not right");
    }
}

#[actix_web::test]
async fn a_sign_in_waits_ten_minutes_for_its_code() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let (_, app, _) = school.turns_on(&teacher).await;
    let waiting = knows_the_password(&school, &teacher.email).await;

    later(&school, 599);
    waiting.get("/sign-in/code").await.is_ok();
    later(&school, 1);

    waiting.get("/sign-in/code").await.redirects_to("/sign-in");
    shows(&waiting, &app.shows(&school, 0)).await.redirects_to("/sign-in");
}

#[actix_web::test]
async fn a_sign_in_that_waits_ends_with_a_new_password_and_with_the_account() {
    let school = School::open().await;
    for change in [
        "update users set epoch = epoch + 1 where organization_id = $1 and email = $2",
        "update users set disabled_at = now() where organization_id = $1 and email = $2",
        "update users set deleted_at = now() where organization_id = $1 and email = $2",
    ] {
        let teacher = school.sign_in(Teacher).await;
        let (_, app, _) = school.turns_on(&teacher).await;
        later(&school, 60);
        let waiting = knows_the_password(&school, &teacher.email).await;

        school.run(change, &teacher.email);

        shows(&waiting, &app.shows(&school, 0)).await.redirects_to("/sign-in");
    }
}

#[actix_web::test]
async fn a_new_password_by_mail_does_not_go_around_the_code() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    school.turns_on(&teacher).await;
    school.post_comes();
    school.outsider().post("/password-reset", [("email", &*teacher.email)]).await.has_status(303);
    let link = school.post_comes().remove(0).path();
    let chosen = "quiet otters fold maps";

    school.outsider().post(&link, [("password", chosen)]).await.redirects_to("/sign-in?new-password=1");

    let answer = school.outsider().post("/session", [("email", &*teacher.email), ("password", chosen)]).await;
    answer.redirects_to("/sign-in/code");
}

#[actix_web::test]
async fn whoever_sets_one_up_says_their_password_and_shows_a_code_first() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;

    let wrong = teacher.post("/account/second-factor/enrolment", [("current", "a wrong guess")]).await;
    wrong.field_error("current", "That is not your password.");
    teacher.get("/account/second-factor/enrolment").await.redirects_to("/account/second-factor");
    later(&school, 2);
    teacher.post("/account/second-factor/enrolment", [("current", PASSWORD)]).await.has_status(303);
    teacher.post("/account/second-factor", [("code", "000000")]).await.field_error("code", "not right");

    school.outsider().signing_in(&teacher.email, PASSWORD).await;
    teacher.get("/account").await.hides("On since");
    later(&school, 600);
    teacher.get("/account/second-factor/enrolment").await.redirects_to("/account/second-factor");
}

#[actix_web::test]
async fn a_secret_and_the_codes_on_paper_are_not_to_be_read_in_the_database() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    teacher.post("/account/second-factor/enrolment", [("current", PASSWORD)]).await.has_status(303);
    let page = teacher.get("/account/second-factor/enrolment").await;
    let key = page.body.split("id=\"key\">").nth(1).unwrap().split('<').next().unwrap().replace(' ', "");
    let secret: Vec<u8> = totp_rs::Secret::try_from_base32(&key).unwrap().as_ref().to_vec();
    let app = App::reads(&page.body);
    let answer = teacher.post("/account/second-factor", [("code", &*app.shows(&school, 0))]).await;
    let codes = recovery_codes(&answer.body);
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();

    let rows = kept(
        "select row_to_json(t)::text as line from second_factors t
         union all select row_to_json(t)::text from recovery_codes t union all select row_to_json(t)::text from pending_sign_ins t",
    );

    assert!(rows.len() > 10);
    for word in [hex(&secret), key]
        .into_iter()
        .chain(codes.iter().map(|code| hex(code.as_bytes())))
        .chain(codes.clone())
    {
        assert!(rows.iter().all(|row| !row.contains(&word)), "{word} stands in the database");
    }
    assert_eq!(page.header("cache-control"), "no-store");
}

#[actix_web::test]
async fn whoever_moves_to_another_phone_shows_a_code_of_the_old_one_which_goes_on_until_the_new_one_is_proved()
 {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let (here, old, codes) = school.turns_on(&teacher).await;
    later(&school, 60);
    here.post("/account/second-factor/enrolment", [("current", PASSWORD), ("code", "000000")])
        .await
        .field_error("code", "not right");
    later(&school, 60);
    let form = [("current", PASSWORD), ("code", &*old.shows(&school, 0))];
    here.post("/account/second-factor/enrolment", form)
        .await
        .redirects_to("/account/second-factor/enrolment");
    let new = App::reads(&here.get("/account/second-factor/enrolment").await.body);
    later(&school, 60);
    let waiting = knows_the_password(&school, &teacher.email).await;
    shows(&waiting, &new.shows(&school, 0)).await.field_error("code", "not right");
    later(&school, 60);
    shows(&waiting, &old.shows(&school, 0)).await.redirects_to("/");

    let answer = here.post("/account/second-factor", [("code", &*new.shows(&school, 0))]).await;

    answer.is_ok();
    assert!(recovery_codes(&answer.body).iter().all(|code| !codes.contains(code)));
    for (code, is_taken) in
        [(old.shows(&school, 2), false), (codes[0].clone(), false), (new.shows(&school, 2), true)]
    {
        later(&school, 30);
        let waiting = knows_the_password(&school, &teacher.email).await;
        assert_eq!(shows(&waiting, &code).await.leads_to("/"), is_taken);
    }
}

#[actix_web::test]
async fn new_recovery_codes_take_the_place_of_those_before() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let (here, app, before) = school.turns_on(&teacher).await;
    later(&school, 60);

    let form = [("current", PASSWORD), ("code", &*app.shows(&school, 0))];
    let answer = here.post("/account/second-factor/recovery-codes", form).await;

    let after = recovery_codes(&answer.is_ok().body);
    assert_eq!(after.len(), 10);
    let waiting = knows_the_password(&school, &teacher.email).await;
    shows(&waiting, &before[0]).await.field_error("code", "not right");
    later(&school, 2);
    shows(&waiting, &after[0]).await.redirects_to("/");
    assert!(
        school.post_comes().iter().any(|mail| mail.subject == "New recovery codes at Harbourside Schools")
    );
}

#[actix_web::test]
async fn whoever_turns_it_off_says_the_password_and_shows_a_code() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let (here, app, _) = school.turns_on(&teacher).await;
    let off = async |current: &str, code: &str| {
        here.post("/account/second-factor/removal", [("current", current), ("code", code)]).await
    };
    later(&school, 60);
    off("a wrong guess", &app.shows(&school, 0)).await.field_error("current", "not your password");
    later(&school, 2);
    off(PASSWORD, "000000").await.field_error("code", "not right");
    off(PASSWORD, &app.shows(&school, 0)).await.has_status(429);
    later(&school, 2);

    off(PASSWORD, &app.shows(&school, 0)).await.redirects_to("/account?done=second-factor-removed");

    school.outsider().signing_in(&teacher.email, PASSWORD).await;
    here.get("/account").await.is_ok().hides("On since");
    let left = format!(
        "select count(*)::text as line from recovery_codes join users on users.id = user_id where email = '{}'",
        teacher.email
    );
    assert_eq!(kept(&left), ["0"]);
    let mails = school.post_comes();
    assert!(mails.iter().any(|mail| mail.subject.ends_with("asks for no code any more")), "nobody is told");
}

#[actix_web::test]
async fn whoever_stays_signed_in_shows_a_code_once_and_is_renewed_without() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let (_, app, _) = school.turns_on(&teacher).await;
    later(&school, 60);
    let stranger = school.outsider();
    let form = [("email", &*teacher.email), ("password", PASSWORD), ("stay", "yes")];
    let waiting = stranger.keeps(&stranger.post("/session", form).await);
    let here = waiting.keeps(&shows(&waiting, &app.shows(&school, 0)).await);

    school.lapses(&teacher.email);

    here.get("/today").await.is_ok();
}

#[actix_web::test]
async fn after_the_code_one_is_where_one_wanted_to_be_and_nowhere_else_t29() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let (_, _, codes) = school.turns_on(&teacher).await;
    let stranger = school.outsider();
    let form = [("email", &*teacher.email), ("password", PASSWORD), ("next", "/students?q=a")];
    let answer = stranger.post("/session", form).await;
    answer.redirects_to("/sign-in/code?next=%2Fstudents%3Fq%3Da");
    let waiting = stranger.keeps(&answer);

    waiting.get("/sign-in/code?next=//evil.example").await.is_ok().hides("evil.example");
    let evil = waiting.post("/sign-in/code", [("code", &*codes[0]), ("next", "//evil.example")]).await;
    evil.redirects_to("/");
    let waiting = knows_the_password(&school, &teacher.email).await;
    let there = waiting.post("/sign-in/code", [("code", &*codes[1]), ("next", "/students?q=a")]).await;
    there.redirects_to("/students?q=a");
}

#[actix_web::test]
async fn a_second_factor_that_the_server_can_read_no_more_leaves_the_codes_on_paper() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let (_, app, codes) = school.turns_on(&teacher).await;
    let restored = school.lobby.clone().sealing_with(&[7; 64]).unwrap();
    let attempt = restored.sign_in((&teacher.email, PASSWORD), false, &browser(None), None).unwrap();
    let school::lobby::Attempt::Code(pending) = attempt else { panic!("{attempt:?}") };

    later(&school, 60);
    let by_app = restored.sign_in_with_code(&pending, &app.shows(&school, 0), &browser(None));
    assert!(matches!(by_app, Err(school::Error::Invalid { field: "code", .. })), "{by_app:?}");
    later(&school, 2);
    restored.sign_in_with_code(&pending, &codes[0], &browser(None)).unwrap();
}
