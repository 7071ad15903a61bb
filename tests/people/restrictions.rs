//! Whom a court or the school keeps from a student: entered, at work everywhere at once, lifted.

use school::Uuid;

use super::guardians::{contact, mother};
use crate::support::{
    Counselor, Director, Finance, Office, School, Supervisor, Teacher, form::Typed, person::Person,
};

const NUMBER: &str = "07700 900 132";

/// Amina, whose mother Hodan has a number, and the office.
async fn family() -> (School, Uuid, Person, String) {
    let school = School::open().await;
    let student = school.enroll("Amina", "Abdi");
    let office = school.sign_in(Office).await;
    mother(&office, student).await;
    let hodan = contact(&office, "Hodan").await.rsplit('/').next().unwrap().to_owned();
    (school, student, office, hodan)
}

fn page(student: Uuid) -> String {
    format!("/students/{student}")
}

/// The page of the student's first restriction.
async fn first(office: &Person, student: Uuid) -> String {
    let body = office.get(&page(student)).await.body;
    let rest = body.split(&format!("/students/{student}/restrictions/")).nth(2).unwrap();
    format!("/students/{student}/restrictions/{}", rest.split('/').next().unwrap())
}

async fn bar(office: &Person, student: Uuid, fields: &[(&str, &str)]) {
    let path = format!("/students/{student}/restrictions");
    office.send(reqwest::Method::POST, &path, fields).await.redirects_to(&page(student));
}

#[actix_web::test]
async fn whoever_is_barred_is_reached_by_nobody_from_the_moment_it_is_entered() {
    let (school, student, office, hodan) = family().await;
    let teacher = school.sign_in(Teacher).await;
    teacher.submits(&school, &[(student, "absent", 0)]).await.redirects_to(&school.register());
    office.get("/board").await.shows(NUMBER);
    teacher.get(&page(student)).await.shows(NUMBER).shows("is called first").shows("Collects");

    bar(
        &office,
        student,
        &[
            ("contact_id", &hodan),
            ("bars_contact", "yes"),
            ("bars_collection", "yes"),
            ("starts_on", "2026-11-23"),
            ("court_paper", "Order FD26P00114"),
        ],
    )
    .await;

    office.get("/board").await.shows("Hodan Abdi is barred").hides(NUMBER);
    for person in [&office, &teacher] {
        person
            .get(&page(student))
            .await
            .shows("No contact, no collection. From 23 Nov 2026, Order FD26P00114.")
            .shows("Somebody is barred")
            .shows("Number not shown")
            .hides(NUMBER)
            .hides("is called first")
            .hides("Collects");
        person.get("/guardians").await.shows("Barred").hides(NUMBER);
        person.get(&format!("/guardians/{hodan}")).await.shows("No contact").hides(NUMBER).hides("Collects");
        person.get("/guardians?q=900+132").await.hides("Hodan Abdi");
    }
    let sibling = school.enroll("Zahra", "Abdi");
    let found = office.get(&format!("/students/{sibling}/guardians/new?q=Hodan")).await;
    found.shows("Barred, number not shown").hides(NUMBER);
    office.get(&page(student)).await.shows("Hodan Abdi is barred").shows("Rosa Lindqvist");
}

#[actix_web::test]
async fn a_bar_holds_from_its_first_day_to_its_last_and_no_longer() {
    let (school, student, office, hodan) = family().await;
    let fields = [
        ("contact_id", &*hodan),
        ("bars_contact", "yes"),
        ("starts_on", "2026-11-24"),
        ("ends_on", "2026-11-25"),
    ];
    bar(&office, student, &fields).await;

    office.get(&page(student)).await.shows(NUMBER).shows("Barred later").hides("Somebody is barred");
    for (day, is_barred) in [("2026-11-24", true), ("2026-11-25", true), ("2026-11-26", false)] {
        school.clock.set(format!("{day}T09:00:00Z").parse().unwrap());
        let office = school.sign_in(Office).await;
        let page = office.get(&page(student)).await;
        assert_eq!(page.body.contains(NUMBER), !is_barred, "on {day}");
        assert_eq!(page.body.contains("Somebody is barred"), is_barred, "on {day}");
        assert_eq!(page.body.contains("One restriction has ended"), !is_barred, "on {day}");
    }
}

#[actix_web::test]
async fn a_lifted_bar_ends_with_the_day_and_stays_in_the_students_history() {
    let (school, student, office, hodan) = family().await;
    bar(&office, student, &[("contact_id", &hodan), ("bars_contact", "yes"), ("starts_on", "2026-02-03")])
        .await;
    let path = first(&office, student).await;

    office.post(&format!("{path}/lifting"), []).await.redirects_to(&page(student));

    office.get(&page(student)).await.hides(NUMBER).shows("until 23 Nov 2026");
    school.clock.set("2026-11-24T09:00:00Z".parse().unwrap());
    let office = school.sign_in(Office).await;
    office
        .get(&page(student))
        .await
        .shows(NUMBER)
        .shows("One restriction has ended")
        .shows("Restriction. Last day: empty → 23 Nov 2026");
    office.post(&format!("{path}/lifting"), []).await.has_status(409);
    office.get(&format!("{path}/edit")).await.shows("It has ended").hides("Lift");
}

#[actix_web::test]
async fn a_bar_that_never_held_is_taken_back() {
    let (_school, student, office, hodan) = family().await;
    bar(&office, student, &[("contact_id", &hodan), ("bars_contact", "yes"), ("starts_on", "2026-12-01")])
        .await;
    let path = first(&office, student).await;

    office.get(&format!("{path}/edit")).await.shows("Take back");
    office.post(&format!("{path}/lifting"), []).await.redirects_to(&page(student));

    office.get(&page(student)).await.hides("Barred later").shows("A restriction taken back before it began");
    office.get(&format!("{path}/edit")).await.is_missing();
}

#[actix_web::test]
async fn two_bars_on_one_person_add_up() {
    let (_school, student, office, hodan) = family().await;
    for what in ["bars_collection", "bars_contact"] {
        bar(&office, student, &[("contact_id", &hodan), (what, "yes"), ("starts_on", "2026-11-01")]).await;
    }

    office
        .get(&page(student))
        .await
        .shows("No collection. From")
        .shows("No contact. From")
        .hides("Collects")
        .hides(NUMBER);
}

#[actix_web::test]
async fn what_else_is_barred_leaves_the_number_and_takes_the_right() {
    let (_school, student, office, hodan) = family().await;
    bar(&office, student, &[("contact_id", &hodan), ("bars_collection", "yes"), ("starts_on", "2026-11-01")])
        .await;

    office.get(&page(student)).await.shows(NUMBER).shows("is called first").hides("Collects");
}

#[actix_web::test]
async fn somebody_who_is_no_contact_is_barred_by_name_and_may_become_one() {
    let (_school, student, office, hodan) = family().await;
    let fields = [("person_name", "Bashir Abdi"), ("bars_address", "yes"), ("starts_on", "2026-11-23")];
    bar(&office, student, &fields).await;
    office
        .get(&page(student))
        .await
        .shows("<bdi class=\"fw-semibold\">Bashir Abdi</bdi>")
        .shows("No contact of this student")
        .shows(NUMBER);
    let path = first(&office, student).await;

    let form = Typed::of(&office, &path).await.with("person_name", "").with("contact_id", &hodan);
    let form = form.with("bars_contact", "yes");
    form.send(&office).await.redirects_to(&page(student));

    office
        .get(&page(student))
        .await
        .shows("No contact, no address")
        .hides(NUMBER)
        .hides("No contact of this");
    form.send(&office).await.has_status(409).shows("changed this meanwhile");
}

#[actix_web::test]
async fn whoever_is_barred_by_name_is_not_reached_as_a_contact_of_that_name() {
    let (school, student, office, hodan) = family().await;
    let sibling = school.enroll("Zahra", "Abdi");
    let teacher = school.sign_in(Teacher).await;
    teacher.submits(&school, &[(student, "absent", 0)]).await.redirects_to(&school.register());
    let fields = [("person_name", "ABDI, Hodán"), ("bars_contact", "yes"), ("starts_on", "2026-11-23")];
    bar(&office, student, &fields).await;

    office.get("/board").await.shows("Hodan Abdi is barred").hides(NUMBER);
    for person in [&office, &teacher] {
        let shown = person.get(&page(student)).await;
        shown.shows("Number not shown").hides(NUMBER).hides("is called first").hides("No contact of this");
        person.get("/guardians").await.shows("Barred").hides(NUMBER);
        person.get(&format!("/guardians/{hodan}")).await.shows("No contact").hides(NUMBER);
        person.get("/guardians?q=900+132").await.hides("Hodan Abdi");
    }
    let found = office.get(&format!("/students/{sibling}/guardians/new?q=Hodan")).await;
    found.shows("Barred, number not shown").hides(NUMBER);
    Typed::of(&office, &first(&office, student).await)
        .await
        .with("person_name", "Bashir Abdi")
        .send(&office)
        .await
        .redirects_to(&page(student));
    office.get(&page(student)).await.shows(NUMBER).shows("No contact of this student");
}

#[actix_web::test]
async fn every_wrong_field_of_a_restriction_has_its_message_and_nothing_is_lost() {
    let (school, student, office, hodan) = family().await;
    let stranger = school.enroll("Zahra", "Ali");
    let not_theirs = school.contact_of(&stranger.to_string());
    let path = format!("/students/{student}/restrictions");
    let good = [
        ("contact_id", &*hodan),
        ("person_name", ""),
        ("bars_contact", "yes"),
        ("starts_on", "2026-11-23"),
        ("ends_on", "2026-11-30"),
        ("court_paper", "Order FD26P00114"),
    ];

    for (field, typed, at, message) in [
        ("contact_id", "", "contact_id", "Choose a contact"),
        ("contact_id", &*not_theirs, "contact_id", "Choose one from the list"),
        ("person_name", "Bashir", "person_name", "not both"),
        ("bars_contact", "", "barred", "Tick what is barred"),
        ("starts_on", "", "starts_on", "Choose a day"),
        ("starts_on", "10000-01-01", "starts_on", "year-month-day"),
        ("ends_on", "2026-11-22", "ends_on", "lies before the first"),
    ] {
        let fields = good.map(|(name, value)| (name, if name == field { typed } else { value }));
        let answer = office.send(reqwest::Method::POST, &path, &fields).await;
        answer.field_error(at, message).shows("value=\"Order FD26P00114\"");
    }
    office.get(&page(student)).await.shows(NUMBER);
}

#[actix_web::test]
async fn only_the_office_enters_changes_and_lifts() {
    let (school, student, office, hodan) = family().await;
    let fields = [("contact_id", &*hodan), ("bars_contact", "yes"), ("starts_on", "2026-11-23")];
    bar(&office, student, &fields).await;
    let path = first(&office, student).await;

    for role in [Teacher, Director, Finance, Counselor, Supervisor] {
        let person = school.sign_in(role).await;
        person.get(&format!("/students/{student}/restrictions/new")).await.is_forbidden();
        person.post(&format!("/students/{student}/restrictions"), fields).await.is_forbidden();
        person.get(&format!("{path}/edit")).await.is_forbidden();
        person.post(&path, fields).await.is_forbidden();
        person.post(&format!("{path}/lifting"), []).await.is_forbidden();
        let page = person.get(&page(student)).await;
        assert!(!page.body.contains("/restrictions/"), "{role:?}");
    }
    office.get(&page(student)).await.hides(NUMBER);
}

#[actix_web::test]
async fn a_restriction_of_another_student_or_school_is_not_there_t01() {
    let (school, student, office, _) = family().await;
    let (_elsewhere, theirs, there, other) = family().await;
    let fields = [("contact_id", &*other), ("bars_contact", "yes"), ("starts_on", "2026-11-23")];
    bar(&there, theirs, &fields).await;
    let foreign = first(&there, theirs).await;
    let id = foreign.rsplit('/').next().unwrap();
    let sibling = school.enroll("Zahra", "Abdi");

    for path in [foreign.clone(), format!("/students/{student}/restrictions/{id}")] {
        office.get(&format!("{path}/edit")).await.is_missing();
        office.post(&path, fields).await.is_missing();
        office.post(&format!("{path}/lifting"), []).await.is_missing();
    }
    office.post(&format!("/students/{theirs}/restrictions"), fields).await.is_missing();
    let own = [("person_name", "Bashir"), ("bars_contact", "yes"), ("starts_on", "2026-11-23")];
    bar(&office, student, &own).await;
    let path = first(&office, student).await.replace(&student.to_string(), &sibling.to_string());
    office.post(&format!("{path}/lifting"), []).await.is_missing();
    there.get(&page(theirs)).await.hides(NUMBER);
}
