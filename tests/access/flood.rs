//! Many sign-ins at once: passwords are computed a few at a time, and other pages and other networks still come in.

use std::sync::atomic::{AtomicUsize, Ordering};

use actix_web::rt::{spawn, task::JoinHandle};
use reqwest::Method;

use crate::support::{
    Office, School, Teacher,
    answer::Answer,
    person::Person,
    school::{PASSWORD, morning},
};

/// A school behind a proxy, and how much of a flood is still to be answered.
struct Flooded {
    school: School,
    unanswered: &'static AtomicUsize,
}

impl Flooded {
    async fn open() -> Self {
        let school = School::open_with(morning(), |parts| {
            parts.trusted_proxy = Some("127.0.0.1".parse().unwrap());
            parts.at_once = 512;
        });
        Self { school: school.await, unanswered: Box::leak(Box::new(AtomicUsize::new(0))) }
    }

    /// Somebody signs in from a network.
    fn tries(&self, network: &str, email: &str, password: &str) -> impl Future<Output = Answer> + use<> {
        let form = [("email", email), ("password", password)];
        let asked = Person::outside(&self.school.address).form(Method::POST, "/session", &form);
        let asked = asked.header("x-forwarded-for", network).header("sec-fetch-site", "same-origin");
        Answer::of(asked)
    }

    /// So many strangers guess at once, all from one network.
    fn begins(&self, strangers: usize) -> Vec<JoinHandle<Answer>> {
        self.unanswered.fetch_add(strangers, Ordering::Relaxed);
        let guess = |n| {
            let email = format!("nobody-{n}@belfry.example");
            let (guess, unanswered) = (self.tries("203.0.113.9", &email, "a wrong guess"), self.unanswered);
            spawn(async move {
                let answer = guess.await;
                unanswered.fetch_sub(1, Ordering::Relaxed);
                answer
            })
        };
        (0..strangers).map(guess).collect()
    }

    fn lasts(&self) -> bool {
        self.unanswered.load(Ordering::Relaxed) > 0
    }
}

#[actix_web::test]
async fn hundreds_of_sign_ins_at_once_hold_up_no_other_page_t32() {
    let flooded = Flooded::open().await;
    let office = flooded.school.sign_in(Office).await;
    let guesses = flooded.begins(300);

    let mut meanwhile = 0;
    for _ in 0..10 {
        office.get("/students").await.is_ok();
        meanwhile += usize::from(flooded.lasts());
    }
    let mut turned_away = 0;
    for guess in guesses {
        let answer = guess.await.unwrap();
        assert!([422, 429].contains(&answer.status.as_u16()), "{}", answer.status);
        turned_away += usize::from(answer.status == 429);
    }

    assert!(meanwhile > 0, "the page waited until the flood was over");
    assert!(turned_away > 0, "every password was computed");
}

#[actix_web::test]
async fn whoever_comes_from_elsewhere_signs_in_while_one_network_floods_the_door() {
    let flooded = Flooded::open().await;
    let email = flooded.school.employ(Teacher);
    let guesses = flooded.begins(300);

    flooded.tries("198.51.100.7", &email, PASSWORD).await.redirects_to("/");

    for guess in guesses {
        guess.await.unwrap();
    }
}

#[actix_web::test]
async fn whoever_is_turned_away_is_told_when_to_come_back_t32() {
    let flooded = Flooded::open().await;
    for _ in 0..10 {
        for guess in flooded.begins(100) {
            let answer = guess.await.unwrap();
            if answer.status == 429 {
                assert_eq!(answer.header("retry-after"), "5");
                answer.shows("Too many tries");
                return;
            }
        }
    }
    panic!("nobody was turned away");
}

#[actix_web::test]
async fn a_password_of_a_megabyte_is_refused_unread_t32() {
    let school = School::open().await;
    let email = school.employ(Office);

    for (length, status) in [(257, 422), (200_000, 422), (1_000_000, 413)] {
        let password = "a".repeat(length);
        let answer = school.outsider().post("/session", [("email", &*email), ("password", &*password)]).await;
        answer.has_status(status);
    }
}
