//! Sessions: new at sign-in, ended by the server at once, over after a while.

use belfry::config::Serving;
use chrono::TimeDelta;
use clap::Parser;
use reqwest::{Method, header::COOKIE};
use school::{clock::Clock, db::Database, lobby::Lobby};

use crate::support::{
    Office, School, Teacher,
    answer::Answer,
    database::{self, lines},
    person::Person,
    school::{PASSWORD, morning},
};

/// What somebody writes on the command line.
#[derive(Parser)]
struct Settings {
    #[command(flatten)]
    serving: Serving,
}

/// Whether somebody is out: a page leads to sign-in.
async fn is_out(person: &Person) -> bool {
    person.get("/account").await.leads_to("/sign-in")
}

/// Changes something as the lobby does, by the address of somebody.
fn changed(what: &str, email: &str) {
    database::run(&mut database::lobby(), &what.replace("EMAIL", &format!("'{email}'")));
}

const THEIR_SESSIONS: &str = "where user_id = (select id from users where email = EMAIL)";

#[actix_web::test]
async fn signing_in_makes_a_new_session_and_ends_the_one_before_t18() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let office = school.employ(Office);

    let answer = teacher.post("/session", [("email", &*office), ("password", PASSWORD)]).await;

    let after = teacher.holding(answer.cookie());
    assert_ne!(after.cookie, teacher.cookie);
    assert!(is_out(&teacher).await, "the session of before lives on");
    after.get("/account").await.is_ok().shows(&office).hides(&teacher.email);
}

#[actix_web::test]
async fn a_cookie_from_before_signing_in_never_becomes_a_session_t18() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    let stranger = school.outsider();
    let given = stranger.post("/session", [("email", &*email), ("password", "a wrong guess")]).await.cookie();
    school.clock.set(school.clock.now() + TimeDelta::seconds(2));
    let planted = stranger.holding(given.or(Some("__Host-belfry=planted".into())));

    let answer = planted.post("/session", [("email", &*email), ("password", PASSWORD)]).await;

    answer.redirects_to("/");
    assert_ne!(answer.cookie(), planted.cookie);
    assert!(is_out(&planted).await);
}

#[actix_web::test]
async fn a_captured_cookie_dies_with_the_session_t19() {
    let school = School::open().await;
    let ends = [
        ("sign-out", String::new()),
        ("an end from elsewhere", format!("update sessions set ended_at = now() {THEIR_SESSIONS}")),
        ("the epoch is raised", "update users set epoch = epoch + 1 where email = EMAIL".into()),
        ("the account is disabled", "update users set disabled_at = now() where email = EMAIL".into()),
        ("the account is deleted", "update users set deleted_at = now() where email = EMAIL".into()),
        (
            "too long without a click",
            format!("update sessions set seen_at = now() - interval '61 minutes' {THEIR_SESSIONS}"),
        ),
        (
            "the absolute end",
            format!(
                "update sessions set created_at = now() - interval '13 hours', expires_at = now() - interval '1 second' {THEIR_SESSIONS}"
            ),
        ),
    ];

    for (what, change) in ends {
        let teacher = school.sign_in(Teacher).await;
        assert!(!is_out(&teacher).await);
        if change.is_empty() {
            teacher.post("/session/end", []).await;
        } else {
            changed(&change, &teacher.email);
        }

        assert!(is_out(&teacher).await, "{what}: the cookie still opens");
        let by_htmx = teacher.request(Method::GET, "/account").header("hx-request", "true");
        Answer::of(by_htmx).await.has_status(401);
    }
}

#[actix_web::test]
async fn a_suspended_school_is_out_at_the_next_click_t19() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let suspend =
        format!("update organizations set suspended_at = now() where id = '{}'", school.organization);

    database::run(&mut database::lobby(), &suspend);

    assert!(is_out(&teacher).await);
    let again =
        school.outsider().post("/session", [("email", &*teacher.email), ("password", PASSWORD)]).await;
    again.has_status(422).shows("do not belong together");
}

#[actix_web::test]
async fn a_session_lasts_as_long_as_it_is_used_and_no_longer() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    changed(
        &format!("update sessions set seen_at = now() - interval '59 minutes' {THEIR_SESSIONS}"),
        &teacher.email,
    );

    assert!(!is_out(&teacher).await);

    let seen = format!(
        "select (now() - seen_at < interval '1 minute')::text as line from sessions {THEIR_SESSIONS}"
    );
    let seen = seen.replace("EMAIL", &format!("'{}'", teacher.email));
    assert_eq!(lines(&mut database::lobby(), &seen), ["true"], "a click does not keep the session");
}

#[actix_web::test]
async fn a_session_lasts_as_long_as_the_settings_say() {
    let school = School::open_with(morning(), |parts| {
        let settings = Settings::parse_from(["belfry", "--idle-minutes", "5", "--session-hours", "2"]);
        let database = Database::new(&database::place().addresses, 2, Clock::default());
        parts.lobby =
            Lobby::of(&database, settings.serving.limits()).sealing_with(parts.key.master()).unwrap();
    })
    .await;

    for (column, ago, ends) in [
        ("seen_at", "4 minutes", false),
        ("seen_at", "6 minutes", true),
        ("created_at = now() - interval '119 minutes', expires_at", "-1 minute", false),
        ("created_at = now() - interval '121 minutes', expires_at", "1 minute", true),
    ] {
        let teacher = school.sign_in(Teacher).await;
        let lasts = format!("select (expires_at - created_at)::text as line from sessions {THEIR_SESSIONS}");
        let lasts = lasts.replace("EMAIL", &format!("'{}'", teacher.email));
        assert_eq!(lines(&mut database::lobby(), &lasts), ["02:00:00"]);
        changed(
            &format!("update sessions set {column} = now() - interval '{ago}' {THEIR_SESSIONS}"),
            &teacher.email,
        );
        assert_eq!(is_out(&teacher).await, ends, "{column} {ago} ago");
    }
}

#[actix_web::test]
async fn every_cookie_is_closed_t20() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    let answer = school.outsider().post("/session", [("email", &*email), ("password", PASSWORD)]).await;
    let cookies: Vec<_> =
        answer.headers.get_all("set-cookie").iter().map(|set| set.to_str().unwrap().to_owned()).collect();

    assert_eq!(cookies.len(), 2, "{cookies:?}");
    for cookie in &cookies {
        for part in ["__Host-belfry", "; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"] {
            assert!(cookie.contains(part), "{cookie} lacks {part}");
        }
        assert!(!cookie.to_lowercase().contains("domain="), "{cookie}");
        assert!(cookie.len() < 1000, "{cookie}");
    }
    assert!(cookies.iter().any(|cookie| !cookie.contains("Max-Age")), "the session outlives the browser");
}

#[actix_web::test]
async fn a_cookie_says_nothing_and_the_database_keeps_no_token_t20() {
    let school = School::open().await;
    let (one, other) = (school.sign_in(Teacher).await, school.sign_in(Teacher).await);
    let value = one.cookie.clone().unwrap();

    assert_ne!(one.cookie, other.cookie);
    for word in [&*one.email, "token", "user", &school.organization.to_string()] {
        assert!(!value.contains(word), "{value} shows {word}");
    }
    let page = one.get("/account").await;
    assert!(!page.body.contains(value.split_once('=').unwrap().1), "the page shows the cookie");
    let kept = "select count(*)::text as line from sessions where length(token_hash) <> 32 or token_hash = convert_to('', 'UTF8')";
    assert_eq!(lines(&mut database::lobby(), kept), ["0"]);
}

#[actix_web::test]
async fn a_cookie_that_was_tampered_with_is_nobodys_t20() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let good = teacher.cookie.clone().unwrap();
    let mut flipped = good.clone().into_bytes();
    let last = flipped.len() - 9;
    flipped[last] = if flipped[last] == b'A' { b'B' } else { b'A' };
    let tampered = [
        String::from_utf8(flipped).unwrap(),
        good[..good.len() / 2].to_owned(),
        "__Host-belfry=".to_owned(),
        format!("__Host-belfry={}", "A".repeat(6000)),
        "__Host-belfry=%ff%fe%00".to_owned(),
        "__Host-belfry=\"; ; =;;;".to_owned(),
        "nothing at all".to_owned(),
        good.replace("__Host-belfry", "belfry"),
        "__Host-belfry-device=zzz; __Host-belfry=zzz".to_owned(),
    ];

    for cookie in tampered {
        let request = school.outsider().request(Method::GET, "/account").header(COOKIE, &cookie);
        let answer = Answer::of(request).await;
        assert!(answer.leads_to("/sign-in"), "{cookie}: {}", answer.status);
    }
}

#[actix_web::test]
async fn two_cookies_of_one_name_are_no_fault_of_ours_t20() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let good = teacher.cookie.clone().unwrap();

    for cookies in [format!("{good}; __Host-belfry=bad"), format!("__Host-belfry=bad; {good}")] {
        let answer =
            Answer::of(school.outsider().request(Method::GET, "/account").header(COOKIE, &cookies)).await;
        assert!([200, 303].contains(&answer.status.as_u16()), "{}", answer.status);
    }
}

#[actix_web::test]
async fn signing_out_leaves_nothing_in_the_browser() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;

    let answer = teacher.post("/session/end", []).await;

    assert!(answer.header("clear-site-data").contains("\"cache\""));
    let removed = answer.headers.get("set-cookie").unwrap().to_str().unwrap();
    assert!(removed.starts_with("__Host-belfry=;") && removed.contains("Max-Age=0"), "{removed}");
}
