//! The platform's own people, looked after at the machine: `belfry user disable`, `enable`, `unlock`, `forget-second-factor`.

use std::process::Command;

use crate::support::{
    Administrator, Platform, School,
    command::said,
    database::{lines, lobby},
    school::PASSWORD,
    second_factor::App,
};

/// Runs `belfry user VERB EMAIL`: whether it did it, and what it printed.
fn does(verb: &str, email: &str) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_belfry"));
    let output = command.args(["user", verb, email]).output().unwrap();
    (output.status.success(), said(&output))
}

#[track_caller]
fn done(verb: &str, email: &str, word: &str) {
    let (is_done, said) = does(verb, email);
    assert!(is_done && said.contains(word), "{verb}: {said}");
    assert!(
        said.contains("an account of the platform was changed at the machine"),
        "no word in the log: {said}"
    );
    assert!(!said.lines().any(|line| line.contains("at the machine") && line.contains(email)), "{said}");
}

#[track_caller]
fn refused(verb: &str, email: &str, sentence: &str) {
    let (is_done, said) = does(verb, email);
    assert!(!is_done && said.contains(sentence), "{verb}: {said}");
}

#[actix_web::test]
async fn somebody_of_the_platform_is_shut_out_at_once_and_let_in_again() {
    let school = School::open().await;
    let person = school.sign_in(Platform).await;
    let email = person.email.to_uppercase();
    person.get("/organizations").await.is_ok();
    let enters = async || {
        school.outsider().post("/session", [("email", &*person.email), ("password", PASSWORD)]).await
    };

    refused("enable", &email, "They are not disabled.");
    done("disable", &email, "Rosa Lindqvist is not let in any more.");
    assert!(person.get("/organizations").await.leads_to("/sign-in"));
    enters().await.has_status(422);
    refused("disable", &email, "They are disabled already.");

    school.clock.set(school.clock.now() + chrono::TimeDelta::minutes(2));
    done("enable", &email, "Rosa Lindqvist is let in again.");
    enters().await.redirects_to("/sign-in/code");
}

#[actix_web::test]
async fn somebody_of_the_platform_whom_strangers_hold_up_is_unlocked() {
    let school = School::open().await;
    let email = school.employ(Platform);
    let enters = async |password: &str| {
        school.outsider().post("/session", [("email", &*email), ("password", password)]).await
    };
    for _ in 0..2 {
        enters("a wrong guess").await.has_status(422);
    }
    enters(PASSWORD).await.has_status(422).shows("Wait");

    done("unlock", &email, "waits for no wrong guesses");

    enters(PASSWORD).await.redirects_to("/sign-in/second-factor");
}

#[actix_web::test]
async fn somebody_of_the_platform_who_has_lost_phone_and_paper_sets_up_another() {
    let school = School::open().await;
    let email = school.employ(Platform);
    refused("forget-second-factor", &email, "They have no second factor");
    let (person, _, _) = school.enrols(&school.outsider(), &email).await;
    person.get("/organizations").await.is_ok();

    done("forget-second-factor", &email, "sets one up at the next sign-in");

    assert!(person.get("/organizations").await.leads_to("/sign-in"), "whoever holds the phone stays in");
    school.clock.set(school.clock.now() + chrono::TimeDelta::minutes(2));
    let answer = school.outsider().post("/session", [("email", &*email), ("password", PASSWORD)]).await;
    answer.redirects_to("/sign-in/second-factor");
    App::reads(&school.outsider().keeps(&answer).get("/sign-in/second-factor").await.is_ok().body);
    let told = format!(
        "select kind::text as line from outgoing_mail join users on users.id = user_id where email = '{email}' and kind = 'second_factor_removed'"
    );
    assert_eq!(lines(&mut lobby(), &told).len(), 1, "nobody tells them");
}

#[actix_web::test]
async fn accounts_of_a_school_and_of_nobody_are_left_alone() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    for verb in ["disable", "enable", "unlock", "forget-second-factor"] {
        refused(verb, &administrator.email, "works at Harbourside Schools, whose own administrators");
        refused(verb, "nobody@belfry.example", "Nobody signs in as nobody@belfry.example.");
        refused(verb, "nobody", "nobody: Write an e-mail address");
    }
    administrator.get("/users").await.is_ok();
}
