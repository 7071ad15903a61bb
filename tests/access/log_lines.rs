//! The program's log: which page was asked for and how that went, never what opens an account or whom somebody sought.

use std::process::Command;

use reqwest::Method;
use school::access::{email::Email, user::NewUser};

use crate::support::{
    Person, database, school::PASSWORD, second_factor::App as Authenticator, served::Served,
};

#[actix_web::test]
async fn a_link_that_came_by_mail_or_from_a_provider_stands_in_no_line_of_the_log_t26() {
    let (served, _) = Served::open().await;
    let door = Person::outside(&format!("http://{}", served.address));
    let token = "5f2b".repeat(16);
    let follow = async |link: &str| door.request(Method::GET, link).header("referer", link).send().await;
    let mut owner = diesel::Connection::establish(&served.database("belfry_owner")).unwrap();
    database::run(&mut owner, "alter table password_reset_tokens rename to gone");

    let by_mail = follow(&format!("/password-reset/{token}?q=Abdullahi")).await.unwrap();
    let from_a_provider = format!("/sign-in/callback?code={token}&state={token}&iss=Abdullahi");
    let mut answer = follow(&from_a_provider).await.unwrap().status();
    for _ in 0..1000 {
        if answer == 429 {
            break;
        }
        answer = follow(&from_a_provider).await.unwrap().status();
    }

    assert_eq!((by_mail.status().as_u16(), answer.as_u16()), (500, 429));
    let log = served.log();
    let says = |words: &[&str]| log.lines().any(|line| words.iter().all(|word| line.contains(word)));
    assert!(says(&["a request failed", "/password-reset/{token}"]), "{log}");
    assert!(says(&["too often", "/sign-in/callback"]), "{log}");
    assert!(!log.contains(&token) && !log.contains("Abdullahi"), "{log}");
}

#[actix_web::test]
async fn a_line_for_programs_is_one_object_whatever_stands_in_it() {
    let mut belfry = Command::new(env!("CARGO_BIN_EXE_belfry"));
    belfry.env_clear().args([
        "migrate",
        "--log",
        "json",
        "--data",
        "/proc/no\n{\"level\":\"INFO\"}\u{1b}[2J",
    ]);

    let output = belfry.output().unwrap();

    let said = String::from_utf8(output.stderr).unwrap();
    let lines: Vec<serde_json::Value> =
        said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(!output.status.success());
    assert!(!lines.is_empty() && lines.iter().all(|line| line["level"] == "ERROR"), "{said}");
    assert!(lines.iter().all(|line| line["timestamp"].as_str().unwrap().ends_with('Z')), "{said}");
}

/// Somebody of the platform, signed in with a second factor.
async fn platform(served: &Served) -> Person {
    let email = "grace@platform.example";
    let new = NewUser {
        email: Email::read(email).unwrap(),
        first_name: "Grace".into(),
        last_name: "Hopper".into(),
        password_hash: Some(school::access::password::hash(PASSWORD).unwrap()),
    };
    served.lobby().create_user(&new, "platform", None).unwrap();
    let door = Person::outside(&format!("http://{}", served.address));
    let waiting = door.keeps(&door.post("/session", [("email", email), ("password", PASSWORD)]).await);
    let app = Authenticator::reads(&waiting.get("/sign-in/second-factor").await.body);
    let code = app.shows_at(school::clock::Clock::default().now().timestamp());
    let answer = waiting.post("/sign-in/second-factor", [("code", &*code)]).await;
    answer.is_ok();
    waiting.keeps(&answer)
}

#[actix_web::test]
async fn what_no_school_keeps_stands_in_the_programs_log_without_being_asked_for() {
    let (served, administrator) = Served::open().await;
    let door = Person::outside(&format!("http://{}", served.address));

    let guess = [("email", "nobody@hill.example"), ("password", "a wrong guess")];
    door.post("/session", guess).await.has_status(422);
    let platform = platform(&served).await;
    platform.get("/students").await.is_forbidden();
    platform.post("/account/password", [("current", "a wrong guess"), ("password", PASSWORD)]).await;
    let mut owner = diesel::Connection::establish(&served.database("belfry_owner")).unwrap();
    database::run(&mut owner, "alter table students rename to gone");
    let broken = administrator.get("/students").await;
    broken.has_status(500);

    let number = broken.body.split("say number ").nth(1).unwrap().split('.').next().unwrap();
    let log = served.log();
    let says = |words: &[&str]| log.lines().any(|line| words.iter().all(|word| line.contains(word)));
    assert!(says(&["not let in", "password", "127.0.0.1"]), "a guess at an unknown address: {log}");
    assert!(says(&["at the door", "sign_in", "127.0.0.1"]), "the platform's sign-in: {log}");
    assert!(says(&["of the platform", "denied", "/students"]), "what the platform was refused: {log}");
    assert!(says(&["of the platform", "sign_in_refused", "/account/password"]), "its wrong password: {log}");
    assert!(says(&["ERROR", "a request failed", number]), "the number of an error: {log}");
    assert!(!log.contains('\u{1b}'), "colours in a file: {log}");
    assert!(!log.contains("nobody@hill.example") && !log.contains("a wrong guess"), "{log}");
}
