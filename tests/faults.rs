//! When something breaks: one person's error page, nobody else's trouble, and no word of the database.

use std::{net::TcpListener, panic::AssertUnwindSafe, time::Instant};

use actix_web::{App, HttpResponse, HttpServer, cookie::Key, get, middleware::from_fn, web::Data};
use belfry::{
    config::Serving,
    web::{failure, guard, origin},
};
use school::{
    db::{Addresses, Database, Intent},
    lobby::Lobby,
    permit::ReadStudents,
};

use crate::{
    access::rights,
    support::{
        Office, School, Teacher,
        answer::Answer,
        database,
        person::Person,
        school::{PASSWORD, morning},
    },
};

#[get("/panics")]
async fn panics() -> HttpResponse {
    panic!("a secret in a panic")
}

#[get("/works")]
async fn works() -> HttpResponse {
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body("works")
}

/// A server with a handler that panics, behind what every request of ours passes.
fn serving_panics() -> Person {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let hosts = Data::new(origin::Hosts::of(None));
    let server = HttpServer::new(move || {
        App::new()
            .app_data(hosts.clone())
            .wrap(from_fn(origin::admit))
            .wrap(from_fn(failure::render))
            .wrap(from_fn(guard::keep))
            .wrap(from_fn(failure::catch))
            .wrap(tracing_actix_web::TracingLogger::<belfry::web::log::Pages>::new())
            .service(panics)
            .service(works)
    });
    actix_web::rt::spawn(server.workers(1).listen(listener).unwrap().disable_signals().run());
    Person::outside(&address)
}

#[actix_web::test]
async fn whoever_is_turned_away_reads_what_to_do_and_no_sentence_twice() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;

    let forbidden = teacher.get("/staff").await;
    forbidden.is_forbidden().shows("Ask an administrator if it should.");
    assert_eq!(forbidden.body.matches("You may not do this").count(), 2, "title and heading");
    let missing = teacher.get(&format!("/classes/{}", school::Uuid::nil())).await;
    missing.is_missing().shows("It may have been moved, or it is not yours to see.");
    assert_eq!(missing.body.matches("There is nothing here").count(), 2, "title and heading");
}

#[actix_web::test]
async fn a_handler_that_panics_is_one_page_and_the_next_request_is_fine_t84() {
    let person = serving_panics();

    for _ in 0..20 {
        let answer = person.get("/panics").await;
        answer.has_status(500).shows("Something went wrong").shows("say number").hides("secret");
        assert!(answer.header("content-security-policy").contains("default-src 'none'"));
        assert_eq!(answer.header("cache-control"), "no-store");
        person.get("/works").await.is_ok().shows("works");
    }
    let by_htmx = person.request(reqwest::Method::GET, "/panics").header("hx-request", "true");
    Answer::of(by_htmx).await.has_status(500).shows("class=\"notice").hides("<html");
}

#[actix_web::test]
async fn a_panic_inside_a_transaction_costs_one_connection_and_nothing_else_t84() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    let (email, clerk) = rights::clerk(&school);

    for _ in 0..12 {
        let access = clerk.may::<ReadStudents>(Intent::Write).unwrap();
        let panicked =
            std::panic::catch_unwind(AssertUnwindSafe(|| access.run::<()>(|_| panic!("in the middle"))));
        assert!(panicked.is_err());
    }

    let person = school.outsider().signing_in(&email, PASSWORD).await;
    person.get("/students").await.is_ok().shows("Abdullahi");
}

#[actix_web::test]
async fn a_fault_of_ours_has_a_number_and_no_word_of_the_database() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    let form = school.outsider().form(
        reqwest::Method::POST,
        "/session",
        &[("email", &email), ("password", PASSWORD)],
    );
    let form = form.header("sec-fetch-site", "same-origin").header("user-agent", database::UNLUCKY);
    let answer = Answer::of(form).await;
    answer.has_status(500).shows("Something went wrong").shows("say number");
    for word in ["secret", "sessions", "ERROR", "trigger", "diesel", "PL/pgSQL"] {
        answer.hides(word);
    }
    school.outsider().signing_in(&email, PASSWORD).await.get("/account").await.is_ok();
}

/// A lobby whose database is away.
fn lobby_without_a_database(school: &School) -> Lobby {
    let away = |role| format!("postgresql:///belfry?host=/nowhere-at-all&user={role}");
    let addresses = Addresses { app: away("belfry_app"), lobby: away("belfry_lobby") };
    Lobby::of(&Database::new(&addresses, 2, school.clock.clone()), Serving::usual())
}

#[actix_web::test]
async fn without_its_database_belfry_says_come_back_within_two_seconds_t81() {
    let key = Key::generate();
    let school = School::open_with(morning(), |parts| parts.key = key.clone()).await;
    let office = school.sign_in(Office).await;
    let lobby = lobby_without_a_database(&school);
    let dark = School::open_with(morning(), |parts| {
        parts.key = key.clone();
        parts.lobby = lobby;
    })
    .await;
    let there = Person::outside(&dark.address).holding(office.cookie.clone());

    for path in ["/students", "/ready", "/account"] {
        let mut quickest = u128::MAX;
        for _ in 0..3 {
            let asked = Instant::now();
            let answer = there.get(path).await;
            quickest = quickest.min(asked.elapsed().as_millis());
            answer.has_status(503);
            assert_eq!(answer.header("retry-after"), "5", "{path}");
        }
        assert!(quickest < 2500, "{path} took {quickest} ms");
    }
    there.post("/session", [("email", &*office.email), ("password", PASSWORD)]).await.has_status(503);
    there.get("/live").await.is_ok();
    there.get("/sign-in").await.is_ok();
    there.get("/static/css/belfry.css").await.is_ok();
}

#[actix_web::test]
async fn whoever_finds_every_turn_taken_is_told_to_come_back_t82() {
    let school = School::open_with(morning(), |parts| parts.at_once = 0).await;

    let answer = school.outsider().get("/sign-in").await;

    answer.has_status(503).shows("Back in a moment");
    assert_eq!(answer.header("retry-after"), "5");
    school.outsider().get("/live").await.is_ok();
}

#[actix_web::test]
async fn a_lock_that_does_not_come_free_is_no_fault_but_a_wait_t82() {
    let school = School::open().await;
    let (_, clerk) = rights::clerk(&school);
    let mut other = database::lobby();
    let hold = format!("begin; select id from organizations where id = '{}' for update", school.organization);
    database::run(&mut other, &hold);

    let access = clerk.may::<school::permit::CreateStudents>(Intent::Write).unwrap();
    let answer = access.run(|db| {
        school::people::student::Student::enroll(&crate::support::school::new_student("Ada", "Byron"), db)
    });
    database::run(&mut other, "rollback");

    assert!(matches!(answer, Err(school::Error::Unavailable)), "{answer:?}");
}
