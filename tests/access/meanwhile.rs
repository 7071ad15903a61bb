//! What somebody does with their own account, and the platform's people with organizations: where the session ended between
//! the click and the write, nothing is written (T05b).

use school::{
    Error, Result,
    access::{email::Email, own_account::Particulars, session::Token, visit::Entering},
    db::SignedIn,
    lobby::{Attempt, Proof},
};

use super::guesses::browser;
use crate::support::{
    Answer, Platform, School, Teacher, database, person::Role, school::PASSWORD, second_factor::App,
};

/// Somebody as the domain sees them between check and write, their address, and the token of their session.
fn someone(school: &School, role: Role) -> (SignedIn, String, Token) {
    let email = school.employ(role);
    let mut attempt = school.lobby.sign_in((&email, PASSWORD), false, &browser(None), None).unwrap();
    if let Attempt::Enrolment(waiting) = &attempt {
        let key = school.lobby.enrolment_at_the_door(waiting).unwrap().key;
        let code = App::reads(&format!("id=\"key\">{key}<")).shows(school, 0);
        attempt = school.lobby.enrol_at_the_door(waiting, &code, &browser(None)).unwrap().1;
    }
    let Attempt::Welcome { opened, .. } = attempt else { panic!("not let in: {attempt:?}") };
    (school.lobby.resume(&opened.session).unwrap(), email, opened.session)
}

#[track_caller]
fn is_refused<T>(done: Result<T>) {
    match done {
        Err(Error::SignedOut) => {}
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("it was done"),
    }
}

fn particulars() -> Particulars {
    Particulars { first_name: "Rosa".into(), last_name: "Raman".into(), phone_number: None, locale: None }
}

#[actix_web::test]
async fn nothing_is_changed_of_an_account_whose_session_ended_between_check_and_write_t05b() {
    let school = School::open().await;
    let (who, email, token) = someone(&school, Teacher);
    let (lobby, here) = (&school.lobby, browser(None));
    let proof = Proof { current: PASSWORD, code: "" };
    lobby.begin_second_factor(&who, proof, &here).unwrap();
    let new = Email::read(&format!("new-{email}")).unwrap();

    lobby.sign_out(Some(&token), &here).unwrap();

    is_refused(lobby.change_particulars(&who, &particulars()));
    is_refused(lobby.ask_to_verify(&who, "127.0.0.1"));
    is_refused(lobby.ask_for_address(&who, PASSWORD, &new, &here));
    is_refused(lobby.begin_second_factor(&who, proof, &here));
    is_refused(lobby.confirm_second_factor(&who, "000000", &here));
    is_refused(lobby.renew_recovery_codes(&who, proof, &here));
    is_refused(lobby.remove_second_factor(&who, proof, &here));
    is_refused(lobby.change_password(&who, (PASSWORD, "quiet otters fold maps"), &here));
    is_refused(lobby.end_sessions(&who, false));
    assert_eq!(school.kept(&email, "last_name"), "Lindqvist");
    assert!(school.post_comes().is_empty());
    school.outsider().signing_in(&email, PASSWORD).await;
}

#[actix_web::test]
async fn nothing_is_changed_of_the_account_of_whoever_left_between_check_and_write_t05b() {
    let school = School::open().await;
    let (who, email, _) = someone(&school, Teacher);

    school.run(
        "update staff set status = 'left' where organization_id = $1 and user_id = (select id from users where email = $2)",
        &email,
    );

    is_refused(school.lobby.change_particulars(&who, &particulars()));
    is_refused(school.lobby.ask_to_verify(&who, "127.0.0.1"));
    assert_eq!(school.kept(&email, "last_name"), "Lindqvist");
}

#[actix_web::test]
async fn nobody_enters_or_suspends_an_organization_whose_session_ended_between_check_and_write_t05b() {
    let school = School::open().await;
    let (who, email, token) = someone(&school, Platform);
    let platform = who.of_platform().unwrap();
    let entering = Entering { reason: "Their board shows no registers".into(), minutes: 30 };
    school.lobby.organization_of(&platform, school.organization).unwrap();

    school.lobby.sign_out(Some(&token), &browser(None)).unwrap();

    is_refused(school.lobby.enter(&platform, school.organization, &entering));
    is_refused(school.lobby.suspend(&platform, school.organization, "Unpaid"));
    is_refused(school.lobby.change_particulars(&who, &particulars()));
    assert_eq!(school.kept(&email, "last_name"), "Lindqvist");
    let visits = "select count(*) as n from organization_visits where organization_id = $1";
    assert_eq!(school.number(visits), 0);
}

#[actix_web::test]
async fn two_changes_of_ones_own_account_at_once_are_both_kept() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let changes = (0..8).map(|number| {
        let (teacher, last) = (teacher.clone(), format!("Raman {number}"));
        async move { teacher.post("/account", [("first_name", "Rosa"), ("last_name", &*last)]).await }
    });

    for answer in futures::future::join_all(changes).await {
        answer.redirects_to("/account?done=particulars");
    }

    assert!(school.kept(&teacher.email, "last_name").starts_with("Raman "));
}

/// Sends a form of somebody whose password is replaced elsewhere before it is kept; answers what became of it.
async fn while_the_password_is_replaced(email: &str, form: impl Future<Output = Answer>) -> Answer {
    let mut elsewhere = database::lobby();
    let replaced = format!("begin; update users set epoch = epoch + 1 where email = '{email}'");
    database::run(&mut elsewhere, &replaced);
    let (answer, ()) = futures::join!(form, async {
        database::waits_for(&mut elsewhere).await;
        database::run(&mut elsewhere, "commit");
    });
    answer
}

/// Counts what hangs on somebody's account.
fn theirs(email: &str, table: &str, which: &str) -> String {
    let query = format!(
        "select count(*)::text as line from {table} join users on users.id = user_id where email = '{email}' and {which}"
    );
    database::lines(&mut database::lobby(), &query).remove(0)
}

#[actix_web::test]
async fn nobody_sets_up_a_second_factor_through_a_sign_in_that_became_void_meanwhile_t05b() {
    let school = School::open().await;
    let email = school.employ(Platform);
    let door = school.outsider();
    let waiting = door.keeps(&door.post("/session", [("email", &*email), ("password", PASSWORD)]).await);
    let code = App::reads(&waiting.get("/sign-in/second-factor").await.body).shows(&school, 0);

    let form = waiting.post("/sign-in/second-factor", [("code", &*code)]);
    let answer = while_the_password_is_replaced(&email, form).await;

    assert!(answer.leads_to("/sign-in"), "{}", answer.status);
    assert_eq!(theirs(&email, "second_factors", "(second_factor_at is not null or secret is not null)"), "0");
    assert_eq!(theirs(&email, "recovery_codes", "true"), "0");
}

#[actix_web::test]
async fn no_code_is_used_up_by_a_sign_in_that_became_void_meanwhile_t05b() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let (_, _, codes) = school.turns_on(&teacher).await;
    let door = school.outsider();
    let answer = door.post("/session", [("email", &*teacher.email), ("password", PASSWORD)]).await;
    answer.redirects_to("/sign-in/code");
    let waiting = door.keeps(&answer);

    let form = waiting.post("/sign-in/code", [("code", &*codes[0])]);
    let answer = while_the_password_is_replaced(&teacher.email, form).await;

    assert!(answer.leads_to("/sign-in"), "{}", answer.status);
    assert_eq!(theirs(&teacher.email, "recovery_codes", "used_at is not null"), "0");
    assert_eq!(theirs(&teacher.email, "sessions", "sessions.epoch = users.epoch"), "0");
}

#[actix_web::test]
async fn no_browser_is_known_by_a_password_that_was_replaced_meanwhile_t05b() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    let door = school.outsider();

    let form = door.post("/session", [("email", &*email), ("password", PASSWORD)]);
    let answer = while_the_password_is_replaced(&email, form).await;

    assert!(answer.leads_to("/sign-in"), "{}", answer.status);
    assert_eq!(theirs(&email, "known_devices", "true"), "0");
}
