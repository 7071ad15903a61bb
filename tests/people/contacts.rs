//! A contact's own page, and who sees which.

use super::guardians::{contact, mother};
use crate::support::{Office, School, Teacher, database, form::Typed};

#[actix_web::test]
async fn a_number_is_changed_once_for_every_child() {
    let school = School::open().await;
    let student = school.enroll("Amina", "Abdi");
    let office = school.sign_in(Office).await;
    mother(&office, student).await;
    let hodan = contact(&office, "Hodan").await;
    let overtaken = Typed::of(&office, &hodan).await.with("phone", "1");

    Typed::of(&office, &hodan).await.with("phone", "07700 900 999").send(&office).await.redirects_to(&hodan);

    office.get(&format!("/students/{student}")).await.shows("07700 900 999");
    overtaken.send(&office).await.has_status(409).shows("<td>07700 900 999</td><td>1</td>");
    Typed::of(&office, &hodan)
        .await
        .with("full_name", " ")
        .send(&office)
        .await
        .field_error("full_name", "Fill this in");
}

#[actix_web::test]
async fn a_barred_persons_number_is_on_no_page() {
    let school = School::open().await;
    let student = school.enroll("Amina", "Abdi");
    let office = school.sign_in(Office).await;
    let link = mother(&office, student).await;
    let hodan = contact(&office, "Hodan").await;
    school.run(
        "insert into restrictions (organization_id, id, student_id, contact_id, bars_contact, bars_collection, starts_on, court_paper)
         select $1, gen_random_uuid(), student_id, contact_id, true, true, '2026-02-03', 'Court order ' || $2 from guardians where organization_id = $1",
        "FD26P00114",
    );

    office.get("/guardians?q=900132").await.hides("Hodan Abdi");
    office.get("/guardians?q=900+132").await.hides("Hodan Abdi");
    let teacher = school.sign_in(crate::support::Teacher).await;
    teacher.submits(&school, &[(student, "absent", 0)]).await.redirects_to(&school.register());
    office.get("/board").await.shows("Hodan Abdi is barred").hides("07700 900 132");

    for path in [
        "/guardians",
        &hodan,
        &format!("{hodan}/edit"),
        &format!("{link}/edit"),
        &format!("/students/{student}"),
        "/guardians?q=Hodan",
    ] {
        office.get(path).await.is_ok().shows("Hodan Abdi").hides("07700 900 132");
    }
    office
        .get(&format!("/students/{student}"))
        .await
        .shows("Somebody is barred")
        .shows("No contact, no collection. From 3 Feb 2026, Court order FD26P00114.");
    Typed::of(&office, &hodan).await.with("full_name", "Hodan A.").send(&office).await.has_status(303);
    let query =
        format!("select phone as line from contacts where organization_id = '{}'", school.organization);
    assert_eq!(
        database::lines(&mut database::within(school.organization), &query),
        ["07700 900 132"],
        "a number that was not shown must stay as it was"
    );
}

#[actix_web::test]
async fn a_teacher_finds_only_the_contacts_of_their_own_students() {
    let school = School::open().await;
    let student = school.enroll("Amina", "Abdi");
    let other = school.seed(|db| {
        school::people::student::Student::enroll(&crate::support::school::new_student("Ota", "Elsewhere"), db)
    });
    let office = school.sign_in(Office).await;
    mother(&office, student).await;
    office
        .post(
            &format!("/students/{}/guardians", other.id),
            [("full_name", "Sahra Warsame"), ("relationship", "mother")],
        )
        .await
        .has_status(303);
    let sahra = contact(&office, "Sahra").await;
    let teacher = school.sign_in(Teacher).await;

    teacher.get("/guardians").await.shows("Hodan Abdi").hides("Sahra");
    teacher.get(&sahra).await.is_missing();
    teacher.get("/guardians?q=zzz").await.shows("Nobody matches “zzz”");
}

#[actix_web::test]
async fn contacts_of_another_organization_are_not_there_t01_t02() {
    let school = School::open().await;
    let elsewhere = School::open().await;
    let (own, theirs) = (school.enroll("Amina", "Abdi"), elsewhere.enroll("Canary", "Byelsewhere"));
    let (office, there) = (school.sign_in(Office).await, elsewhere.sign_in(Office).await);
    mother(&office, own).await;
    let their_link = mother(&there, theirs).await;
    let their_contact = contact(&there, "Hodan").await;
    let mixed = format!("/students/{own}/guardians/{}", their_link.rsplit('/').next().unwrap());
    let fields = [("full_name", "X"), ("relationship", "other")];

    for path in [
        &their_contact,
        &format!("{their_contact}/edit"),
        &format!("{their_link}/edit"),
        &format!("{mixed}/edit"),
    ] {
        office.get(path).await.is_missing();
    }
    for path in [
        &their_contact,
        &their_link,
        &mixed,
        &format!("{mixed}/removal"),
        &format!("/students/{theirs}/guardians"),
    ] {
        office.post(path, fields).await.is_missing();
    }
    there.get(&format!("/students/{theirs}")).await.shows("Hodan Abdi");
}
