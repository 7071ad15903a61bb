//! Who takes a child along before the day ends, and who may not, however they write their name.

use school::Uuid;

use crate::support::{Office, School, person::Person};

/// Ada, a contact of hers and the office.
async fn family(name: &str, may_collect: bool) -> (School, Uuid, Uuid, Person) {
    let school = School::open().await;
    let ada = school.enroll("Ada", "Nwosu");
    let contact = Uuid::new_v4();
    school.run(
        &format!("insert into contacts (organization_id, id, full_name, phone) values ($1, '{contact}', $2, '07700 900 132')"),
        name,
    );
    let tie = format!(
        "insert into guardians (organization_id, id, student_id, contact_id, relationship, may_collect)
         values ($1, gen_random_uuid(), '{ada}', '{contact}', $2::relationship, {may_collect})"
    );
    school.run(&tie, "father");
    let office = school.sign_in(Office).await;
    (school, ada, contact, office)
}

fn bar(school: &School, (student, contact): (Uuid, Uuid), what: &str, from: &str) {
    school.run(
        &format!(
            "insert into restrictions (organization_id, id, student_id, contact_id, {what}, starts_on)
             values ($1, gen_random_uuid(), '{student}', '{contact}', true, $2::date)"
        ),
        from,
    );
}

async fn is_refused(office: &Person, student: Uuid, typed: &str) {
    let answer = office.post(&format!("/students/{student}/departures"), [("collected_by", typed)]).await;
    answer.field_error("collected_by", "may not collect this child");
}

fn stamped(school: &School) -> i64 {
    school.number("select count(*) as n from attendance_movements where organization_id = $1")
}

#[actix_web::test]
async fn whoever_was_barred_as_a_contact_is_barred_when_they_are_a_contact_no_more() {
    let (school, ada, emeka, office) = family("Emeka Nwosu", true).await;
    bar(&school, (ada, emeka), "bars_collection", "2026-11-01");
    let new = format!("/students/{ada}/departures/new");
    office.get(&new).await.shows("<bdi>Emeka Nwosu</bdi>, father: No collection.");

    let untie =
        "update guardians set deleted_at = now() where organization_id = $1 and contact_id = $2::uuid";
    school.run(untie, &emeka.to_string());

    office.get(&new).await.shows("<bdi>Emeka Nwosu</bdi> may not collect this child: No collection.");
    is_refused(&office, ada, "Emeka Nwosu").await;
    office
        .post(&format!("/students/{ada}/departures"), [("collector", &*emeka.to_string())])
        .await
        .field_error("collector", "Choose one from the list");
    let teacher = school.sign_in(crate::support::Teacher).await;
    teacher.submits(&school, &[(ada, "absent", 0)]).await.has_status(303);
    office.get("/board").await.shows("Emeka Nwosu is barred").hides("Somebody is barred");
    assert_eq!(stamped(&school), 0);
}

#[actix_web::test]
async fn a_barred_name_is_refused_however_it_is_written() {
    let (school, ada, contact, office) = family("Seán O’Brien-Łuk", true).await;
    bar(&school, (ada, contact), "bars_collection", "2026-11-01");

    for typed in ["O’Brien-Łuk, Seán", "sean obrien luk", "SEA\u{301}N O'BRIEN", "Mr. O-Brien", "O Brien/Luk"]
    {
        is_refused(&office, ada, typed).await;
    }
    assert_eq!(stamped(&school), 0);
    let departures = format!("/students/{ada}/departures");
    office.post(&departures, [("collected_by", "Ifeoma Nwosu")]).await.has_status(303);
}

#[actix_web::test]
async fn a_contact_who_is_not_entered_as_collecting_does_not_collect_by_being_typed() {
    let (school, ada, contact, office) = family("Emeka Nwosu", false).await;
    let departures = format!("/students/{ada}/departures");

    is_refused(&office, ada, "Nwosu, Emeka").await;
    let chosen = office.post(&departures, [("collector", &*contact.to_string())]).await;
    chosen.field_error("collector", "Emeka Nwosu may not collect this child");
    assert_eq!(stamped(&school), 0);
}

#[actix_web::test]
async fn whatever_somebody_is_barred_from_stands_beside_them_at_the_desk() {
    let (school, ada, contact, office) = family("Emeka Nwosu", true).await;
    bar(&school, (ada, contact), "bars_contact", "2026-11-01");
    bar(&school, (ada, contact), "bars_records", "2026-11-02");
    let stranger = format!(
        "insert into restrictions (organization_id, id, student_id, person_name, bars_address, starts_on)
         values ($1, gen_random_uuid(), '{ada}', $2, true, '2026-11-01')"
    );
    school.run(&stranger, "Obi Eze");

    let page = office.get(&format!("/students/{ada}/departures/new")).await;

    page.shows("<bdi>Emeka Nwosu</bdi>, father: No contact; No records.")
        .shows("<bdi>Obi Eze</bdi>: No address.");
    page.shows(&format!("name=\"collector\" value=\"{contact}\">"));
    let taken = [("collector", &*contact.to_string())];
    office.post(&format!("/students/{ada}/departures"), taken).await.has_status(303);
    assert_eq!(stamped(&school), 1);
}

#[actix_web::test]
async fn a_contact_called_like_somebody_who_is_barred_by_name_does_not_collect() {
    let (school, ada, contact, office) = family("Nwosu Emeka", true).await;
    let by_name = format!(
        "insert into restrictions (organization_id, id, student_id, person_name, bars_collection, starts_on)
         values ($1, gen_random_uuid(), '{ada}', $2, true, '2026-11-01')"
    );
    school.run(&by_name, "Emeka Nwosu");

    let page = office.get(&format!("/students/{ada}/departures/new")).await;
    page.shows("<bdi>Nwosu Emeka</bdi>, father: No collection.").hides(&format!("value=\"{contact}\""));
    let chosen =
        office.post(&format!("/students/{ada}/departures"), [("collector", &*contact.to_string())]).await;
    chosen.field_error("collector", "may not collect this child");
    assert_eq!(stamped(&school), 0);
}

#[actix_web::test]
async fn a_word_for_what_a_barred_contact_is_to_the_child_takes_nobody_past_the_bar() {
    let (school, ada, emeka, office) = family("Emeka Nwosu", true).await;
    let departures = format!("/students/{ada}/departures");
    let stepfather = Uuid::new_v4();
    let other = format!(
        "with known as (insert into contacts (organization_id, id, full_name) values ($1, '{stepfather}', $2))
         insert into guardians (organization_id, id, student_id, contact_id, relationship, may_collect)
           values ($1, gen_random_uuid(), '{ada}', '{stepfather}', 'other', true)"
    );
    school.run(&other, "Obi Eze");
    bar(&school, (ada, emeka), "bars_collection", "2026-11-01");
    bar(&school, (ada, stepfather), "bars_collection", "2026-11-01");

    for typed in ["father", "Dad", "her father", "the child's daddy", "step-father", "Uncle", "mum and dad"] {
        is_refused(&office, ada, typed).await;
    }
    let untie =
        "update guardians set deleted_at = now() where organization_id = $1 and contact_id = $2::uuid";
    school.run(untie, &emeka.to_string());
    is_refused(&office, ada, "father").await;
    assert_eq!(stamped(&school), 0);
    office.post(&departures, [("collected_by", "mother")]).await.has_status(303);
}

#[actix_web::test]
async fn a_word_for_somebody_who_may_collect_is_taken_and_so_is_a_name_that_begins_with_one() {
    let (school, ada, emeka, office) = family("Emeka Nwosu", true).await;
    bar(&school, (ada, emeka), "bars_contact", "2026-11-01");
    let departures = format!("/students/{ada}/departures");
    office.post(&departures, [("collected_by", "father")]).await.has_status(303);

    let (school, ada, emeka, office) = family("Emeka Nwosu", true).await;
    bar(&school, (ada, emeka), "bars_collection", "2026-11-01");
    let departures = format!("/students/{ada}/departures");
    office.post(&departures, [("collected_by", "Father Brown")]).await.has_status(303);
}
