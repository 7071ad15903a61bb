//! Answers at the door that come on the beat, whoever asked.

use std::time::{Duration, Instant};

use crate::support::{
    School, Teacher,
    school::{PASSWORD, unique},
};

/// How far apart answers are.
const BEAT: Duration = Duration::from_millis(100);

/// The fastest of a few answers to the same form.
async fn fastest(school: &School, path: &str, form: &[(&str, &str)]) -> Duration {
    let mut fastest = Duration::MAX;
    for _ in 0..3 {
        let asked = Instant::now();
        school.outsider().send(reqwest::Method::POST, path, form).await;
        fastest = fastest.min(asked.elapsed());
    }
    fastest
}

#[actix_web::test]
async fn a_refusal_at_the_door_is_answered_on_the_beat_whoever_tries_t24() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    let nobody = format!("{}@belfry.example", unique("nobody"));

    for (email, password) in [(&email, "a wrong guess"), (&nobody, "a wrong guess"), (&email, PASSWORD)] {
        let took = fastest(&school, "/session", &[("email", email), ("password", password)]).await;
        assert!(took >= BEAT, "{email} {password}: {took:?}");
    }
}

#[actix_web::test]
async fn whoever_asks_for_a_new_password_is_answered_on_the_beat_t24() {
    let school = School::open().await;
    let nobody = format!("{}@belfry.example", unique("nobody"));

    for email in [school.employ(Teacher), nobody] {
        let took = fastest(&school, "/password-reset", &[("email", &email)]).await;
        assert!(took >= BEAT, "{email}: {took:?}");
    }
}
