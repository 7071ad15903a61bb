//! The list of classes, a class's page, adding and changing one.

use crate::support::{Director, Finance, Office, School, Supervisor, Teacher, form::Typed};

fn fields(school: &School) -> Vec<(&'static str, String)> {
    vec![
        ("name", "Homeroom 4B".into()),
        ("section", "Morning".into()),
        ("room", "Room 7".into()),
        ("kind", "homeroom".into()),
        ("status", "active".into()),
        ("capacity", "25".into()),
        ("campus_id", school.campus.to_string()),
        ("academic_year_id", school.year.to_string()),
        ("grade_id", school.grade.to_string()),
    ]
}

#[actix_web::test]
async fn the_office_adds_a_class_and_finds_it_in_the_list() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;
    office.get("/classes/new").await.is_ok().shows("Quay Street");

    let answer = office.fill("/classes", &fields(&school)).await;

    let page = office.get(&answer.leads()).await;
    page.is_ok()
        .shows("Homeroom 4B")
        .shows("Morning")
        .shows("Room 7")
        .shows("Grade 4")
        .shows("2026/27")
        .shows("Nobody is on the roll");
    let list = office.get("/classes").await;
    list.shows("Homeroom 4A").shows("Homeroom 4B");
    office.get("/classes?q=room+7").await.shows("Homeroom 4B").hides("Homeroom 4A");
    office.get("/classes?kind=scheduled").await.shows("No class matches");
}

#[actix_web::test]
async fn the_list_counts_students_and_names_who_stands_in_front() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    school.employ(Teacher);
    let office = school.sign_in(Office).await;

    office.get("/classes").await.shows("Rosa Lindqvist").shows("1 <span class=\"sub\">of 30</span>");
}

#[actix_web::test]
async fn a_teacher_sees_only_the_classes_they_stand_in_front_of() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;
    let other = office.fill("/classes", &fields(&school)).await.leads();
    let teacher = school.sign_in(Teacher).await;

    teacher.get("/classes").await.shows("Homeroom 4A").hides("Homeroom 4B").hides("/classes/new");
    teacher.get(&other).await.is_missing();
    teacher.get(&format!("/classes/{}", school.class)).await.is_ok();
}

#[actix_web::test]
async fn only_whoever_may_changes_classes() {
    let school = School::open().await;
    for role in [Teacher, Director, Supervisor] {
        let person = school.sign_in(role).await;
        person.fill("/classes", &fields(&school)).await.is_forbidden();
        person.get("/classes/new").await.is_forbidden();
        person.fill(&format!("/classes/{}", school.class), &fields(&school)).await.is_forbidden();
    }
    let finance = school.sign_in(Finance).await;
    finance.get("/classes").await.is_forbidden();
}

#[actix_web::test]
async fn every_wrong_field_of_a_class_has_its_message() {
    let school = School::open().await;
    let elsewhere = School::open().await;
    let office = school.sign_in(Office).await;
    let foreign = elsewhere.campus.to_string();
    for (field, typed, message) in [
        ("name", "", "Fill this in"),
        ("name", "a\0", "cannot be kept"),
        ("room", &*"x".repeat(61), "At most 60"),
        ("capacity", "0", "from 1 to 2000"),
        ("capacity", "2001", "from 1 to 2000"),
        ("capacity", "2147483648", "from 1 to 2000"),
        ("capacity", "1e3", "from 1 to 2000"),
        ("capacity", "+5", "from 1 to 2000"),
        ("kind", "club", "Choose one"),
        ("kind", "", "Choose one"),
        ("status", "cancelled", "Choose one"),
        ("status", "", "Choose one"),
        ("campus_id", "", "Choose one"),
        ("campus_id", &foreign, "Choose one"),
        ("academic_year_id", &foreign, "Choose one"),
        ("grade_id", &foreign, "Choose one"),
        ("homeroom_teacher_id", &foreign, "Choose one"),
    ] {
        let mut typed_fields = fields(&school);
        typed_fields.retain(|(name, _)| *name != field);
        typed_fields.push((field, typed.to_owned()));
        office.fill("/classes", &typed_fields).await.field_error(field, message);
    }
    office.get("/classes").await.hides("Homeroom 4B");
}

#[actix_web::test]
async fn a_class_that_somebody_else_changed_is_not_overwritten_unseen() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;
    let path = format!("/classes/{}", school.class);
    let mine = Typed::of(&office, &path).await.with("room", "Room 99");
    let theirs = Typed::of(&office, &path).await.with("room", "Room 7");
    mine.send(&office).await.redirects_to(&path);

    let answer = theirs.send(&office).await;

    answer.has_status(409).shows("<td>Room 99</td><td>Room 7</td>");
    office.get(&path).await.shows("Room 99");
    theirs.seen_in(&answer).send(&office).await.redirects_to(&path);
    office.get(&path).await.shows("Room 7");
}

#[actix_web::test]
async fn a_class_of_another_organization_is_no_class_at_all_t01() {
    let school = School::open().await;
    let elsewhere = School::open().await;
    let office = school.sign_in(Office).await;
    let path = format!("/classes/{}", elsewhere.class);

    for page in ["", "/edit", "/enrollments/new", "/staff/new"] {
        office.get(&format!("{path}{page}")).await.is_missing();
    }
    office.fill(&path, &fields(&school)).await.is_missing();
    let there = elsewhere.sign_in(Office).await;
    there.get(&path).await.shows("Homeroom 4A");
}
