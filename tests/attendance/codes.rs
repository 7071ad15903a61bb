//! The codes are the school's: named, lettered, coloured and ordered by it, retired and never removed.

use reqwest::Method;

use crate::support::{
    Administrator, Answer, Office, Person, School, Teacher,
    database::{lines, within},
    form::Typed,
};

/// The id of a code by its short name.
fn id(school: &School, code: &str) -> String {
    let query = format!("select id::text as line from attendance_codes where code = '{code}'");
    lines(&mut within(school.organization), &query).remove(0)
}

async fn add(person: &Person, name: &str, key: &str, more: &[(&str, &str)]) -> Answer {
    let mut fields = vec![
        ("name", name),
        ("key", key),
        ("position", "4"),
        ("set_by_office", "yes"),
        ("presence", "present"),
        ("timing", "on_time"),
        ("excuse", "none"),
        ("place", "on_site"),
    ];
    fields.retain(|(field, _)| more.iter().all(|(other, _)| other != field));
    person.send(Method::POST, "/attendance-codes", &[fields, more.to_vec()].concat()).await
}

#[actix_web::test]
async fn a_new_code_stands_on_the_register_and_is_set() {
    let school = School::open().await;
    let ada = school.enroll("Ada", "Nwosu");
    let (administrator, teacher) = (school.sign_in(Administrator).await, school.sign_in(Teacher).await);

    let library =
        [("set_by_teacher", "yes"), ("place", "off_site"), ("has_color", "yes"), ("color", "#336699")];
    add(&administrator, "At the library", "b", &library).await.redirects_to("/attendance-codes");

    administrator.get("/attendance-codes").await.shows("At the library").shows("#336699");
    teacher.get(&school.register()).await.shows("value=\"at_the_library\"");
    teacher.marks(&school, ada, "at_the_library", 0).await.is_ok();
}

#[actix_web::test]
async fn a_retired_code_stays_where_it_was_set_and_is_offered_no_more() {
    let school = School::open().await;
    let (ada, chidi) = (school.enroll("Ada", "Nwosu"), school.enroll("Chidi", "Okonkwo"));
    let (administrator, teacher) = (school.sign_in(Administrator).await, school.sign_in(Teacher).await);
    teacher.submits(&school, &[(ada, "off_site", 0), (chidi, "present", 0)]).await;

    let off_site = id(&school, "off_site");
    administrator
        .post(&format!("/attendance-codes/{off_site}/retirement"), [])
        .await
        .redirects_to("/attendance-codes");

    administrator.get("/attendance-codes").await.shows("Retired");
    teacher
        .submits(&school, &[(ada, "off_site", 1), (chidi, "present", 1)])
        .await
        .redirects_to(&school.register());
    teacher.get(&school.register()).await.shows(&format!("id=\"c-{ada}-off_site\""));
    teacher
        .marks(&school, chidi, "off_site", 1)
        .await
        .field_error(&format!("code-{chidi}"), "Choose one of the marks");

    administrator.post(&format!("/attendance-codes/{off_site}/return"), []).await;
    teacher.marks(&school, chidi, "off_site", 1).await.is_ok();
}

#[actix_web::test]
async fn the_mark_that_registers_start_from_is_renamed_and_not_retired() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let present = id(&school, "present");

    let form =
        Typed::of(&administrator, &format!("/attendance-codes/{present}")).await.with("name", "In class");
    form.send(&administrator).await.redirects_to("/attendance-codes");
    administrator.post(&format!("/attendance-codes/{present}/retirement"), []).await.has_status(409);

    administrator.get("/attendance-codes").await.shows("In class");
}

#[actix_web::test]
async fn two_codes_in_use_never_share_a_letter() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;

    add(&administrator, "Library", "l", &[]).await.field_error("key", "Another code has this letter");
    add(&administrator, "Library", "ll", &[]).await.field_error("key", "One letter");
}

#[actix_web::test]
async fn a_code_that_excuses_is_the_offices() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let doctor = [("presence", "absent"), ("excuse", "excused"), ("set_by_teacher", "yes")];

    add(&administrator, "Doctor", "d", &doctor).await.field_error("set_by_teacher", "only the office");
    add(&administrator, "Nobody", "n", &[("set_by_office", "")])
        .await
        .field_error("set_by_teacher", "who may set it");
    add(&administrator, "Gone", "g", &[("presence", "absent")]).await.field_error("excuse", "awaits word");
}

#[actix_web::test]
async fn of_two_who_change_a_code_the_second_is_told() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let path = format!("/attendance-codes/{}", id(&school, "late"));
    let (first, second) = (Typed::of(&administrator, &path).await, Typed::of(&administrator, &path).await);

    first.with("name", "Tardy").send(&administrator).await.redirects_to("/attendance-codes");
    second
        .with("name", "Came late")
        .send(&administrator)
        .await
        .has_status(409)
        .shows("Tardy")
        .shows("Came late");
}

#[actix_web::test]
async fn the_office_reads_the_codes_and_does_not_change_them() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;

    office.get("/attendance-codes").await.is_ok().hides("New code");
    add(&office, "Library", "b", &[]).await.is_forbidden();
}
