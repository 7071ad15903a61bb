//! Whom to call for a student.

use school::Uuid;

use crate::support::{Finance, Office, Person, School, Supervisor, Teacher, form::Typed};

/// A mother with a telephone, tied to a student; answers her link's path.
pub(super) async fn mother(office: &Person, student: Uuid) -> String {
    let path = format!("/students/{student}/guardians");
    office
        .post(
            &path,
            [
                ("full_name", "Hodan Abdi"),
                ("phone", "07700 900 132"),
                ("language", "so"),
                ("relationship", "mother"),
                ("position", "1"),
                ("primary_contact", "yes"),
                ("may_collect", "yes"),
            ],
        )
        .await
        .redirects_to(&format!("/students/{student}"));
    link(office, student, "Hodan Abdi").await
}

/// The path of a contact's link on a student's page.
pub(super) async fn link(office: &Person, student: Uuid, name: &str) -> String {
    let page = office.get(&format!("/students/{student}")).await;
    let row = page
        .body
        .split("<li>")
        .find(|row| row.contains(name) && row.contains("/guardians/") && row.contains("/edit"))
        .unwrap_or_else(|| panic!("{name} is not there:\n{}", page.body));
    let path = row.split("href=\"").find(|href| href.starts_with("/students/")).unwrap();
    path.split("/edit\"").next().unwrap().to_owned()
}

/// The path of a contact's own page.
pub(super) async fn contact(office: &Person, name: &str) -> String {
    let page = office.get("/guardians").await;
    let row = page.body.split("<tr>").find(|row| row.contains(name)).unwrap();
    let path = row.split("href=\"").nth(1).unwrap();
    path.split('"').next().unwrap().to_owned()
}

#[actix_web::test]
async fn the_office_adds_a_mother_and_everybody_who_may_sees_her_number() {
    let school = School::open().await;
    let student = school.enroll("Amina", "Abdi");
    let office = school.sign_in(Office).await;
    office.get(&format!("/students/{student}/guardians/new")).await.is_ok().shows("New contact for");
    mother(&office, student).await;

    let path = format!("/students/{student}");
    for role in [Office, Teacher, Finance] {
        school
            .sign_in(role)
            .await
            .get(&path)
            .await
            .shows("Hodan Abdi")
            .shows("07700 900 132")
            .shows("Mother · is called first");
    }
    let supervisor = school.sign_in(Supervisor).await;
    supervisor.get(&path).await.is_ok().hides("Hodan").hides("07700");
    supervisor.get("/guardians").await.is_forbidden();
    office.get(&path).await.shows("Hodan Abdi added as a contact");
}

#[actix_web::test]
async fn a_teacher_changes_no_contact() {
    let school = School::open().await;
    let student = school.enroll("Amina", "Abdi");
    let office = school.sign_in(Office).await;
    let link = mother(&office, student).await;
    let hodan = contact(&office, "Hodan").await;
    let teacher = school.sign_in(Teacher).await;

    teacher.get(&hodan).await.is_ok().hides("/edit");
    teacher.get(&format!("{link}/edit")).await.is_forbidden();
    for path in [&link, &hodan, &format!("{link}/removal"), &format!("/students/{student}/guardians")] {
        teacher.post(path, [("full_name", "X"), ("relationship", "other")]).await.is_forbidden();
    }
}

#[actix_web::test]
async fn every_wrong_field_of_a_contact_has_its_message() {
    let school = School::open().await;
    let elsewhere = School::open().await;
    let student = school.enroll("Amina", "Abdi");
    let theirs = elsewhere.enroll("Canary", "Byelsewhere");
    let there = elsewhere.sign_in(Office).await;
    mother(&there, theirs).await;
    let foreign = contact(&there, "Hodan").await.replace("/guardians/", "");
    let office = school.sign_in(Office).await;
    let path = format!("/students/{student}/guardians");

    for (field, typed, message) in [
        ("full_name", "", "Fill this in"),
        ("full_name", "a\0", "cannot be kept"),
        ("phone", &*"1".repeat(41), "At most 40"),
        ("email", "at home", "e-mail address"),
        ("language", "Somali!", "language tag"),
        ("relationship", "cousin", "Choose one"),
        ("position", "0", "from 1 to 20"),
        ("position", "21", "from 1 to 20"),
        ("contact_id", "nonsense", "Choose one"),
        ("contact_id", &foreign, "Choose one"),
    ] {
        let usual = [("full_name", "Hodan Abdi"), ("relationship", "mother"), ("q", "a")];
        let mut fields: Vec<(&str, &str)> = usual.into_iter().filter(|(name, _)| *name != field).collect();
        fields.push((field, typed));
        office.send(reqwest::Method::POST, &path, &fields).await.field_error(field, message);
    }
    office.get("/guardians").await.shows("No contact yet");
}

#[actix_web::test]
async fn a_brothers_mother_is_found_and_chosen_and_stays_one_person() {
    let school = School::open().await;
    let (amina, yusuf) = (school.enroll("Amina", "Abdi"), school.enroll("Yusuf", "Abdi"));
    let office = school.sign_in(Office).await;
    mother(&office, amina).await;
    let hodan = contact(&office, "Hodan").await;
    let id = hodan.replace("/guardians/", "");
    let path = format!("/students/{yusuf}/guardians");
    office.get(&format!("{path}/new?q=900+132")).await.shows("Hodan Abdi").shows(&id);

    office
        .post(&path, [("contact_id", &*id), ("relationship", "mother"), ("position", "1")])
        .await
        .redirects_to(&format!("/students/{yusuf}"));

    office.get(&hodan).await.shows("Amina Abdi").shows("Yusuf Abdi");
    office
        .post(&path, [("contact_id", &*id), ("relationship", "mother"), ("q", "hodan")])
        .await
        .field_error("contact_id", "a contact of this student already");
}

#[actix_web::test]
async fn somebody_with_a_known_number_is_neither_merged_nor_doubled_without_a_click() {
    let school = School::open().await;
    let (amina, yusuf) = (school.enroll("Amina", "Abdi"), school.enroll("Yusuf", "Abdi"));
    let office = school.sign_in(Office).await;
    mother(&office, amina).await;
    let path = format!("/students/{yusuf}/guardians");
    let fields = [("full_name", "H. Abdi"), ("phone", "07700 900 132"), ("relationship", "mother")];

    office
        .post(&path, fields)
        .await
        .field_error("contact_id", "Hodan Abdi has this telephone or e-mail already")
        .shows("name=\"surely_new\"")
        .shows("value=\"H. Abdi\"");

    let [name, phone, relationship] = fields;
    office.post(&path, [name, phone, relationship, ("surely_new", "yes")]).await.has_status(303);
    office.get("/guardians").await.shows("H. Abdi").shows("Hodan Abdi");
}

#[actix_web::test]
async fn only_one_is_called_first() {
    let school = School::open().await;
    let student = school.enroll("Amina", "Abdi");
    let office = school.sign_in(Office).await;
    mother(&office, student).await;

    office
        .post(
            &format!("/students/{student}/guardians"),
            [("full_name", "Sahra Warsame"), ("relationship", "other"), ("primary_contact", "yes")],
        )
        .await
        .has_status(303);

    let page = office.get(&format!("/students/{student}")).await;
    assert_eq!(page.body.matches("is called first").count(), 1);
    page.shows("Brother or sister".replace("Brother or sister", "Other · is called first").as_str());
}

#[actix_web::test]
async fn what_a_contact_may_do_is_changed_and_an_overtaken_form_says_so() {
    let school = School::open().await;
    let student = school.enroll("Amina", "Abdi");
    let office = school.sign_in(Office).await;
    let link = mother(&office, student).await;
    let mine = Typed::of(&office, &link).await.with("emergency", "yes");
    let theirs = Typed::of(&office, &link).await.with("has_custody", "yes");
    mine.send(&office).await.redirects_to(&format!("/students/{student}"));

    let answer = theirs.send(&office).await;

    answer.has_status(409).shows("<th scope=\"row\">Emergency</th><td>Yes</td><td>No</td>");
    office.get(&format!("/students/{student}")).await.shows("Emergency").hides("Custody</li>");
}

#[actix_web::test]
async fn a_contact_removed_from_a_student_stays_a_contact() {
    let school = School::open().await;
    let student = school.enroll("Amina", "Abdi");
    let office = school.sign_in(Office).await;
    let link = mother(&office, student).await;

    office.post(&format!("{link}/removal"), []).await.redirects_to(&format!("/students/{student}"));

    office
        .get(&format!("/students/{student}"))
        .await
        .shows("Nobody to call yet")
        .shows("Hodan Abdi removed from the contacts");
    office.get("/guardians").await.shows("Hodan Abdi");
    office.post(&format!("{link}/removal"), []).await.is_missing();
}
