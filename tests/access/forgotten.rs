//! A password forgotten: the link that comes by mail.

use chrono::TimeDelta;
use school::access::session::Token;

use super::guesses::browser;
use crate::support::{
    Administrator, Answer, School, Teacher, database,
    post::{BASE, Received},
    school::{PASSWORD, unique},
};

/// A password that is good enough.
const NEW: &str = "quiet otters fold maps";

async fn asks(school: &School, email: &str) -> Answer {
    school.outsider().post("/password-reset", [("email", email)]).await
}

/// Asks for a link and reads the mail that comes.
async fn link(school: &School, email: &str) -> String {
    asks(school, email).await.redirects_to("/password-reset/sent");
    let mut mails = school.post_comes();
    assert_eq!(mails.len(), 1);
    mails.remove(0).path()
}

async fn chooses(school: &School, link: &str, password: &str) -> Answer {
    school.outsider().post(link, [("password", password)]).await
}

#[actix_web::test]
async fn whoever_forgot_their_password_chooses_another_through_the_link_in_a_mail() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    school.outsider().get("/sign-in").await.shows("/password-reset/new");
    asks(&school, &email).await.redirects_to("/password-reset/sent");

    let mails = school.post_comes();

    let [Received { to, subject, text, html }] = &mails[..] else { panic!("{} mails", mails.len()) };
    assert_eq!((&**to, &**subject), (&*email, "A new password for Harbourside Schools"));
    assert!(text.contains("Hello Rosa Lindqvist") && text.contains("within 30 minutes"), "{text}");
    assert!(html.contains(&format!("href=\"{BASE}/password-reset/")), "{html}");
    let link = mails[0].path();
    school.outsider().get(&link).await.is_ok().shows(&email);
    chooses(&school, &link, NEW).await.redirects_to("/sign-in?new-password=1");
    school.outsider().signing_in(&email, NEW).await.get("/today").await.is_ok();
    school.outsider().post("/session", [("email", &*email), ("password", PASSWORD)]).await.has_status(422);
}

#[actix_web::test]
async fn a_new_password_signs_everybody_out_and_nobody_in_t25() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let link = link(&school, &teacher.email).await;

    let answer = chooses(&school, &link, NEW).await;

    answer.redirects_to("/sign-in?new-password=1");
    assert_eq!(answer.cookie(), None);
    teacher.get("/today").await.redirects_to("/sign-in?next=%2Ftoday");
}

#[actix_web::test]
async fn its_owner_is_told_that_a_password_was_changed() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    let link = link(&school, &email).await;
    chooses(&school, &link, NEW).await.redirects_to("/sign-in?new-password=1");

    let mails = school.post_comes();

    assert_eq!(mails[0].subject, "Your password at Harbourside Schools was changed");
    assert_eq!(mails[0].to, email);
}

#[actix_web::test]
async fn nobody_learns_who_has_an_account_t23() {
    let school = School::open().await;
    let [known, left, locked, deleted] = [0; 4].map(|_| school.employ(Teacher));
    for (what, email) in [
        ("disabled_at = now()", &left),
        ("failed_login_attempts = 100, locked_until = now() + interval '1 year'", &locked),
        ("deleted_at = now()", &deleted),
    ] {
        school.run(&format!("update users set {what} where organization_id = $1 and email = $2"), email);
    }
    let invited = format!("select email as line from users where id = '{}'", school.invited());
    let invited = database::lines(&mut database::lobby(), &invited).remove(0);
    school.post_comes();

    let nobody = asks(&school, &format!("{}@belfry.example", unique("nobody"))).await;
    nobody.redirects_to("/password-reset/sent");
    for email in [&known, &left, &locked, &deleted, &invited] {
        let answer = asks(&school, email).await;
        assert_eq!((answer.status, &answer.body), (nobody.status, &nobody.body), "{email}");
        assert_eq!(answer.leads(), nobody.leads(), "{email}");
        assert_eq!(answer.headers.len(), nobody.headers.len(), "{email}");
    }
    let mut told: Vec<String> = school.post_comes().into_iter().map(|mail| mail.to).collect();
    told.sort();
    let mut expected = [known, locked, invited];
    expected.sort();
    assert_eq!(told, expected);
}

#[actix_web::test]
async fn under_a_siege_the_link_in_a_mail_lets_its_owner_in_again_t22() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    let guess = || school.lobby.sign_in((&email, "a wrong guess"), false, &browser(None), None).unwrap();
    for _ in 0..100 {
        guess();
    }
    let link = link(&school, &email).await;
    guess();

    chooses(&school, &link, NEW).await.redirects_to("/sign-in?new-password=1");

    school.outsider().signing_in(&email, NEW).await.get("/today").await.is_ok();
}

#[actix_web::test]
async fn the_browser_that_followed_the_link_is_let_in_whatever_strangers_guess_meanwhile_t22() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    let guess = || school.lobby.sign_in((&email, "a wrong guess"), false, &browser(None), None).unwrap();
    let besieged = || {
        for _ in 0..100 {
            guess();
        }
    };
    besieged();
    let (link, browser) = (link(&school, &email).await, school.outsider());
    besieged();
    let answer = browser.post(&link, [("password", NEW)]).await;
    answer.redirects_to("/sign-in?new-password=1");
    besieged();

    let elsewhere = school.outsider().post("/session", [("email", &*email), ("password", NEW)]).await;
    elsewhere.has_status(422);
    browser.keeps(&answer).signing_in(&email, NEW).await.get("/today").await.is_ok();
}

#[actix_web::test]
async fn a_link_says_from_where_it_was_asked_for() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    link(&school, &email).await;

    let query = format!(
        "select t.request_ip as line from password_reset_tokens t join users u on u.id = user_id where u.email = '{email}'"
    );
    assert_eq!(database::lines(&mut database::lobby(), &query), ["127.0.0.1"]);
}

#[actix_web::test]
async fn one_of_the_last_five_is_not_taken_through_a_link_either_t30() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    let first = link(&school, &email).await;
    chooses(&school, &first, NEW).await.redirects_to("/sign-in?new-password=1");
    school.post_comes();
    let second = link(&school, &email).await;

    for before in [NEW, PASSWORD] {
        chooses(&school, &second, before).await.has_status(422).shows("had this one before");
    }
}

#[actix_web::test]
async fn a_link_opens_once_t25() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    let link = link(&school, &email).await;
    chooses(&school, &link, NEW).await.redirects_to("/sign-in?new-password=1");

    chooses(&school, &link, "another pair of grey socks")
        .await
        .has_status(410)
        .shows("opens nothing any more");
    school.outsider().get(&link).await.has_status(410);
}

#[actix_web::test]
async fn of_many_who_use_a_link_at_once_one_succeeds_t25() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    let link = link(&school, &email).await;
    let outsider = school.outsider();
    let tries = (0..8).map(|n| {
        let (outsider, link) = (outsider.clone(), link.clone());
        async move { outsider.fill(&link, &[("password", format!("{NEW} number {n}"))]).await.status.as_u16() }
    });

    let statuses = futures::future::join_all(tries).await;

    assert_eq!(statuses.iter().filter(|status| **status == 303).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| [303, 410].contains(status)), "{statuses:?}");
}

#[actix_web::test]
async fn of_a_hundred_uses_of_a_link_at_once_one_counts_t25() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    let link = link(&school, &email).await;
    let token = Token::read(link.rsplit('/').next().unwrap()).unwrap();
    let uses = |n: usize| school.lobby.choose_password(&token, &format!("{NEW} number {n}"), &browser(None));

    let used: Vec<bool> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..20)
            .map(|n| {
                scope.spawn(move || {
                    [0; 5].map(|_| n).map(uses).map(|done| match done {
                        Ok(_) => true,
                        Err(school::Error::NotFound) => false,
                        Err(other) => panic!("{other:?}"),
                    })
                })
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });

    assert_eq!((used.len(), used.iter().filter(|done| **done).count()), (100, 1));
}

#[actix_web::test]
async fn a_link_is_worth_nothing_half_an_hour_later_t25() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    let link = link(&school, &email).await;
    let asked = school.clock.now();

    school.clock.set(asked + TimeDelta::minutes(30) - TimeDelta::seconds(1));
    school.outsider().get(&link).await.is_ok();
    school.clock.set(asked + TimeDelta::minutes(30));

    school.outsider().get(&link).await.has_status(410);
    chooses(&school, &link, NEW).await.has_status(410);
}

#[actix_web::test]
async fn an_older_link_is_worth_nothing_once_a_newer_one_came_t25() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    let older = link(&school, &email).await;
    let newer = link(&school, &email).await;

    school.outsider().get(&older).await.has_status(410);
    school.outsider().get(&newer).await.is_ok();
}

#[actix_web::test]
async fn a_link_is_worth_nothing_once_the_address_or_the_account_is_another_t25() {
    let school = School::open().await;
    for change in [
        "update users set email_canonical = 'moved-' || email_canonical where organization_id = $1 and email = $2",
        "update users set disabled_at = now() where organization_id = $1 and email = $2",
        "update users set deleted_at = now() where organization_id = $1 and email = $2",
    ] {
        let email = school.employ(Teacher);
        let link = link(&school, &email).await;

        school.run(change, &email);

        chooses(&school, &link, NEW).await.has_status(410);
    }
}

#[actix_web::test]
async fn a_link_is_worth_nothing_once_the_password_is_another_even_if_its_mail_comes_later_t25() {
    let school = School::open().await;
    for comes_before in [true, false] {
        let teacher = school.sign_in(Teacher).await;
        asks(&school, &teacher.email).await.redirects_to("/password-reset/sent");
        let link = comes_before.then(|| school.post_comes().remove(0).path());

        let form = [("current", PASSWORD), ("password", NEW)];
        teacher.post("/account/password", form).await.redirects_to("/account?done=password");

        let came: Vec<String> = school.post_comes().into_iter().map(|mail| mail.subject).collect();
        assert_eq!(came, ["Your password at Harbourside Schools was changed"]);
        if let Some(link) = link {
            school.outsider().get(&link).await.has_status(410);
            chooses(&school, &link, "another pair of grey socks").await.has_status(410);
        }
    }
}

#[actix_web::test]
async fn a_mail_in_somebodys_hand_when_the_password_changes_holds_no_link_t25() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    asks(&school, &teacher.email).await.redirects_to("/password-reset/sent");
    let in_hand = school.lobby.next_mail(Some(school.organization)).unwrap().unwrap();

    let form = [("current", PASSWORD), ("password", NEW)];
    teacher.post("/account/password", form).await.redirects_to("/account?done=password");

    assert!(school.lobby.write_mail(&in_hand).unwrap().is_none(), "it is written after all");
}

#[actix_web::test]
async fn no_link_stands_in_the_database_t26() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    let link = link(&school, &email).await;
    let token = link.rsplit('/').next().unwrap();

    let kept = database::lines(
        &mut database::lobby(),
        &format!(
            "select row_to_json(t)::text as line from password_reset_tokens t join users on users.id = user_id where email = '{email}'
             union all select row_to_json(m)::text from outgoing_mail m where address = '{email}'"
        ),
    );

    assert_eq!(kept.len(), 2);
    assert!(kept.iter().all(|row| !row.contains(token)), "{kept:?}");
}

#[actix_web::test]
async fn a_mail_scanner_that_looks_first_uses_nothing_up_t26() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    let link = link(&school, &email).await;

    for _ in 0..3 {
        school.outsider().get(&link).await.is_ok();
    }

    chooses(&school, &link, NEW).await.redirects_to("/sign-in?new-password=1");
}

#[actix_web::test]
async fn a_link_begins_with_the_configured_address_whatever_the_request_says_t28() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    let asked = school
        .outsider()
        .form(reqwest::Method::POST, "/password-reset", &[("email", &*email)])
        .header("sec-fetch-site", "same-origin")
        .header("x-forwarded-host", "evil.example")
        .header("forwarded", "host=evil.example");
    Answer::of(asked).await.redirects_to("/password-reset/sent");

    let mails = school.post_comes();

    assert!(mails[0].path().starts_with("/password-reset/"));
    assert!(!mails[0].text.contains("evil") && !mails[0].html.contains("evil"));
}

#[actix_web::test]
async fn a_mail_goes_to_the_address_on_record_t33() {
    let school = School::open().await;
    let email = school.employ(Administrator);

    asks(&school, &email.to_uppercase()).await.redirects_to("/password-reset/sent");

    assert_eq!(school.post_comes()[0].to, email);
}

#[actix_web::test]
async fn one_address_is_not_flooded_with_mail() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    for _ in 0..3 {
        asks(&school, &email).await.redirects_to("/password-reset/sent");
    }

    let answer = asks(&school, &email).await;

    answer.has_status(429);
    assert!(answer.header("retry-after").parse::<u64>().unwrap() > 0);
    let unknown = format!("{}@belfry.example", unique("nobody"));
    for _ in 0..3 {
        asks(&school, &unknown).await.redirects_to("/password-reset/sent");
    }
    asks(&school, &unknown).await.has_status(429);
}

#[actix_web::test]
async fn what_is_no_address_is_refused_by_the_field() {
    let school = School::open().await;

    for typed in ["", "rosa", "rosa@", "a\u{0}b@belfry.example"] {
        asks(&school, typed).await.has_status(422).shows("id=\"email-error\"");
    }
}
