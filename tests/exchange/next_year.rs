//! What comes in before its school year begins: in the holidays nothing is due, on the first morning everything is.

use chrono::{DateTime, Utc};

use super::tables::{CLASSES, STAFF, STUDENTS};
use crate::support::{Administrator, Answer, Office, Person, School, export::Export};

fn at(instant: &str) -> DateTime<Utc> {
    instant.parse().unwrap()
}

/// The front desk's answer to a name.
async fn asks(person: &Person, name: &str) -> Answer {
    person.get(&format!("/front-desk?q={name}")).await
}

#[actix_web::test]
async fn tables_sent_in_august_make_registers_due_on_the_first_morning_and_not_before() {
    let school = School::open_at(at("2026-08-20T09:27:00Z")).await;
    let administrator = school.sign_in(Administrator).await;
    for (kind, content) in [("staff", STAFF), ("classes", CLASSES), ("students", STUDENTS)] {
        school.brings(&administrator, (kind, content.as_bytes()), &[]).await;
    }
    let name = school.text("select name from classes where kind = 'homeroom' and import_hash is not null");
    let office = school.sign_in(Office).await;

    office.get("/classes").await.shows(&name).shows("To come");
    office.get("/board").await.is_ok().hides(&name);
    office.get("/roll-calls/new").await.is_ok().hides(&name);
    asks(&office, "Kovalevskaya").await.is_ok().hides("Sofia");
    let fire = [("kind", "fire"), ("campus_id", &*school.campus.to_string())];
    office.post("/roll-calls", fire).await.field_error("campus_id", "Nobody would be on this list.");

    school.clock.set(at("2026-09-01T09:27:00Z"));
    let office = school.sign_in(Office).await;
    office.get("/board").await.shows(&name).shows("Not taken");
    office.get("/registers-not-taken?from=2026-08-20&to=2026-09-01").await.shows("<dt>Due</dt><dd>1</dd>");
    office.get("/classes").await.shows(&name).hides("To come");
    office.get("/roll-calls/new").await.shows(&name);
    asks(&office, "Kovalevskaya").await.shows("Sofia");
    office.post("/roll-calls", fire).await.has_status(303);
}

#[actix_web::test]
async fn an_export_sent_in_july_makes_registers_due_on_the_first_morning_and_not_before() {
    let school = School::open_at(at("2026-07-20T09:27:00Z")).await;
    school.imports(&Export::of_a_small_school());
    let office = school.sign_in(Office).await;
    office.get("/board").await.is_ok().hides("Room 3");

    // The year begins on a Saturday.
    school.clock.set(at("2026-08-17T09:27:00Z"));
    let office = school.sign_in(Office).await;

    office.get("/board").await.shows("Room 3").shows("Not taken");
}
