//! Whoever is barred as one contact of a child is barred as every other contact of theirs who is called so.

use reqwest::Method;
use school::Uuid;

use super::guardians::{contact, mother};
use crate::support::{Administrator, Office, School, Teacher, form::fields, person::Person};

const NUMBER: &str = "07700 900 132";
const SECOND: &str = "07700 900 555";

/// Another contact of a student, with another number, who may do everything.
fn another(school: &School, student: Uuid, name: &str) -> String {
    let id = Uuid::new_v4().to_string();
    let made = format!(
        "with known as (insert into contacts (organization_id, id, full_name, phone)
           values ($1, '{id}', $2, '{SECOND}'))
         insert into guardians (organization_id, id, student_id, contact_id, relationship, may_collect, receives_mail, position)
           values ($1, gen_random_uuid(), '{student}', '{id}', 'other', true, true, 2)"
    );
    school.run(&made, name);
    id
}

/// Amina, whose mother Hodan is barred from a word, from collecting and from reading of her this week, and the office.
async fn barred() -> (School, Uuid, Person) {
    let school = School::open().await;
    let amina = school.enroll("Amina", "Abdi");
    let office = school.sign_in(Office).await;
    mother(&office, amina).await;
    let hodan = contact(&office, "Hodan").await.rsplit('/').next().unwrap().to_owned();
    let bar = [
        ("contact_id", &*hodan),
        ("bars_contact", "yes"),
        ("bars_collection", "yes"),
        ("bars_records", "yes"),
        ("starts_on", "2026-11-23"),
        ("ends_on", "2026-11-27"),
    ];
    office.send(Method::POST, &format!("/students/{amina}/restrictions"), &bar).await.has_status(303);
    (school, amina, office)
}

#[actix_web::test]
async fn whoever_is_barred_is_reached_by_no_other_number_of_that_name() {
    let (school, amina, office) = barred().await;
    let teacher = school.sign_in(Teacher).await;
    teacher.submits(&school, &[(amina, "absent", 0)]).await.has_status(303);
    let second = another(&school, amina, "ABDI, Hodán");
    let sibling = school.enroll("Zahra", "Abdi");

    office.get("/board").await.shows("Hodan Abdi is barred").hides(SECOND).hides(NUMBER);
    for person in [&office, &teacher] {
        let page = person.get(&format!("/students/{amina}")).await;
        page.shows("It holds for whoever has this name").hides(SECOND).hides("Collects").hides("Gets mail");
        person.get("/guardians").await.hides(SECOND);
        let theirs = person.get(&format!("/guardians/{second}")).await;
        theirs.shows("No contact, no collection, no records").hides(SECOND);
        person.get("/guardians?q=900+555").await.hides("ABDI, Hodán");
    }
    let found = office.get(&format!("/students/{sibling}/guardians/new?q=Hod%C3%A1n")).await;
    found.shows("Barred, number not shown").hides(SECOND);
}

#[actix_web::test]
async fn whoever_is_barred_collects_gets_letters_and_is_called_under_no_other_entry_of_that_name() {
    let (school, amina, office) = barred().await;
    school.has_days(amina, "ppppppppppppppppaaaa");
    let second = another(&school, amina, "Hodan Abdi");

    let leaves = office.get(&format!("/students/{amina}/departures/new")).await;
    leaves.shows("no collection").hides(&format!("value=\"{second}\""));
    let taken = office.post(&format!("/students/{amina}/departures"), [("collector", &*second)]).await;
    taken.field_error("collector", "Hodan Abdi may not collect this child");
    let follow_up = office.get(&format!("/students/{amina}/interventions/new")).await;
    follow_up.hides(&format!("value=\"{second}\"")).hides(SECOND);
    let mut called = fields(&follow_up.body);
    called.retain(|(name, _)| !["kind", "outcome", "contact_id"].contains(&name.as_str()));
    let called = called.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let said = [("kind", "called"), ("outcome", "reached"), ("contact_id", &*second)];
    let called: Vec<_> = called.chain(said).collect();
    let called = office.send(Method::POST, &format!("/students/{amina}/interventions"), &called).await;
    called.field_error("contact_id", "barred from contact");
    let template = school.letter_template("en", "Absence", "Dear {guardian}, {days_absent} days.");
    let letters = office.get(&format!("/letters/new?student[]={amina}&template={template}")).await;
    letters.hides("Dear Hodan").shows("nobody gets mail");
    assert_eq!(letters.body.matches("Hodan Abdi gets no letter").count(), 1);
}

#[actix_web::test]
async fn whoever_may_not_read_of_a_child_is_given_no_file_under_another_entry_or_spelling_of_that_name() {
    let (school, amina, _) = barred().await;
    let second = another(&school, amina, "Hodan Abdi");
    let administrator = school.sign_in(Administrator).await;

    for (field, typed) in [("contact_id", &*second), ("recipient_name", "Abdi, Hodán")] {
        let wanted = [(field, typed), ("ground", "parent"), ("purpose", "Asked")];
        let refused = administrator.post(&format!("/students/{amina}/files"), wanted).await;
        refused.has_status(422).shows("is kept from this student");
    }
}

#[actix_web::test]
async fn a_bar_holds_for_a_name_from_its_first_day_to_its_last() {
    let (school, amina, _) = barred().await;
    another(&school, amina, "Hodan Abdi");

    for (day, is_barred) in [("2026-11-23", true), ("2026-11-27", true), ("2026-11-28", false)] {
        school.clock.set(format!("{day}T09:00:00Z").parse().unwrap());
        let office = school.sign_in(Office).await;
        let page = office.get(&format!("/students/{amina}")).await;
        assert_eq!(page.body.contains(SECOND), !is_barred, "on {day}");
    }
}

#[actix_web::test]
async fn a_bar_holds_for_a_name_with_this_child_and_for_no_other_name() {
    let (school, amina, office) = barred().await;
    let sibling = school.enroll("Zahra", "Abdi");
    another(&school, sibling, "Hodan Abdi");
    office.get(&format!("/students/{sibling}")).await.shows(SECOND).hides("Somebody is barred");

    another(&school, amina, "Ifrah Abdi");

    office.get(&format!("/students/{amina}")).await.shows(SECOND).hides(NUMBER);
}

#[actix_web::test]
async fn the_form_says_that_a_name_is_barred_and_adds_it_when_the_office_says_so() {
    let (school, amina, office) = barred().await;
    let path = format!("/students/{amina}/guardians");
    let new = [("full_name", "Abdi, Hodan"), ("phone", SECOND), ("relationship", "mother")];
    let kept = || school.number("select count(*) as n from guardians where organization_id = $1");

    let asked = office.post(&path, new).await;
    asked
        .field_error("though_barred", "Hodan Abdi is barred for this student: no contact, no collection")
        .shows("name=\"though_barred\"")
        .shows("value=\"Abdi, Hodan\"");
    assert_eq!(kept(), 1);
    let [name, phone, relationship] = new;
    let said = [name, phone, relationship, ("though_barred", "yes")];
    office.post(&path, said).await.redirects_to(&format!("/students/{amina}"));

    assert_eq!(kept(), 2);
    office.get(&format!("/students/{amina}")).await.hides(SECOND);
    let sibling = school.enroll("Zahra", "Abdi");
    let known = another(&school, sibling, "Hodan Abdi");
    let chosen = office.post(&path, [("contact_id", &*known), ("relationship", "mother")]).await;
    chosen.field_error("though_barred", "is barred for this student");
}
