//! Many sign-ins at once: passwords are computed a few at a time, and other pages still answer.

use std::time::Instant;

use crate::support::{Office, School, person::Person, school::morning};

#[actix_web::test]
async fn a_thousand_sign_ins_at_once_hold_up_no_other_page_t32() {
    let school = School::open_with(morning(), |parts| parts.at_once = 256).await;
    let office = school.sign_in(Office).await;
    let flood: Vec<_> = (0..1000)
        .map(|guess| {
            let stranger = Person::outside(&school.address);
            actix_web::rt::spawn(async move {
                let email = format!("nobody-{guess}@belfry.example");
                stranger
                    .post("/session", [("email", &*email), ("password", "a wrong guess")])
                    .await
                    .status
                    .as_u16()
            })
        })
        .collect();

    let mut slowest = 0;
    for _ in 0..40 {
        let asked = Instant::now();
        office.get("/students").await.is_ok();
        slowest = slowest.max(asked.elapsed().as_millis());
    }
    let mut statuses = Vec::new();
    for guess in flood {
        statuses.push(guess.await.unwrap());
    }

    let turned_away = statuses.iter().filter(|status| **status == 429).count();
    assert!(statuses.iter().all(|status| [422, 429].contains(status)), "{statuses:?}");
    assert!(turned_away > 0, "every password was computed: {statuses:?}");
    assert!(slowest < 5000, "a page took {slowest} ms");
}

#[actix_web::test]
async fn whoever_is_turned_away_is_told_when_to_come_back_t32() {
    let school = School::open().await;
    let flood: Vec<_> = (0..200)
        .map(|_| {
            let stranger = school.outsider();
            actix_web::rt::spawn(async move {
                stranger
                    .post("/session", [("email", "nobody@belfry.example"), ("password", "a wrong guess")])
                    .await
            })
        })
        .collect();

    for answer in flood {
        let answer = answer.await.unwrap();
        if answer.status == 429 {
            assert_eq!(answer.header("retry-after"), "5");
            answer.shows("Too many tries");
            return;
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
        let asked = Instant::now();
        let answer = school.outsider().post("/session", [("email", &*email), ("password", &*password)]).await;
        answer.has_status(status);
        assert!(asked.elapsed().as_millis() < 3000, "{length} took {:?}", asked.elapsed());
    }
}
