//! Members of staff.

use crate::support::{
    Administrator, Director, Office, Person, School, Supervisor, Teacher,
    database::{lines, within},
    form::Typed,
};

const FIELDS: [(&str, &str); 7] = [
    ("first_name", "Gita"),
    ("last_name", "Raman"),
    ("employee_number", "E-17"),
    ("staff_type", "teacher"),
    ("status", "active"),
    ("job_title", "Head of maths"),
    ("hire_date", "2019-09-01"),
];

#[actix_web::test]
async fn the_office_adds_a_colleague_and_finds_them() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;
    office.get("/staff/new").await.is_ok().shows("Quay Street");

    let page = office.post("/staff", FIELDS).await.leads();

    office
        .get(&page)
        .await
        .shows("Gita Raman")
        .shows("Head of maths")
        .shows("Sun 1 Sep 2019")
        .shows("No class now or to come")
        .shows("None yet");
    for question in ["raman+gita", "E-17", "maths"] {
        office.get(&format!("/staff?q={question}")).await.shows("Gita Raman").hides("Rosa Lindqvist</bdi>");
    }
    office.get("/staff?type=finance").await.shows("Nobody matches");
}

#[actix_web::test]
async fn a_persons_page_names_their_classes() {
    let school = School::open().await;
    school.employ(Teacher);
    let office = school.sign_in(Office).await;
    let list = office.get("/staff?type=teacher").await;
    let page = list.body.split("href=\"/staff/").nth(2).unwrap();
    let id = page.split('"').next().unwrap();

    office.get(&format!("/staff/{id}")).await.shows("Homeroom 4A").shows("Teacher · from Tue 1 Sep 2026");
}

#[actix_web::test]
async fn only_whoever_may_sees_and_changes_staff() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;
    let page = office.post("/staff", FIELDS).await.leads();
    for role in [Teacher, Supervisor] {
        let person = school.sign_in(role).await;
        person.get("/staff").await.is_forbidden();
        person.get(&page).await.is_forbidden();
    }
    let director = school.sign_in(Director).await;
    director.get(&page).await.is_ok().hides("/edit");
    director.post(&page, FIELDS).await.is_forbidden();
    director.post("/staff", FIELDS).await.is_forbidden();
    director.get("/staff/new").await.is_forbidden();
}

#[actix_web::test]
async fn every_wrong_field_of_a_colleague_has_its_message() {
    let school = School::open().await;
    let elsewhere = School::open().await;
    let office = school.sign_in(Office).await;
    let foreign = elsewhere.campus.to_string();
    office.post("/staff", FIELDS).await.has_status(303);

    for (field, typed, message) in [
        ("first_name", "", "Fill this in"),
        ("last_name", "a\u{1b}[31m", "cannot be kept"),
        ("employee_number", "", "Fill this in"),
        ("employee_number", "E-17", "Somebody else has this number"),
        ("email", "x@", "e-mail address"),
        ("campus_id", &*foreign, "Choose one"),
        ("staff_type", "astronaut", "Choose one"),
        ("staff_type", "", "Choose one"),
        ("status", "gone", "Choose one"),
        ("status", "", "Choose one"),
        ("hire_date", "10000-01-01", "year-month-day"),
    ] {
        let mut fields: Vec<(&str, &str)> = FIELDS.into_iter().filter(|(name, _)| *name != field).collect();
        if field != "employee_number" {
            fields.retain(|(name, _)| *name != "employee_number");
            fields.push(("employee_number", "E-18"));
        }
        fields.push((field, typed));
        office.send(reqwest::Method::POST, "/staff", &fields).await.field_error(field, message);
    }
}

#[actix_web::test]
async fn whoever_left_does_not_come_back_by_a_form_that_says_no_status() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;
    let path = office.post("/staff", FIELDS).await.leads();
    Typed::of(&office, &path).await.with("status", "left").send(&office).await.redirects_to(&path);

    for status in ["", "LEFT", "retired"] {
        let form = Typed::of(&office, &path).await.with("status", status);
        form.send(&office).await.field_error("status", "Choose one from the list.");
    }

    office.get("/staff?q=Raman").await.shows("Nobody matches");
}

#[actix_web::test]
async fn a_changed_colleague_is_not_overwritten_unseen() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;
    let path = office.post("/staff", FIELDS).await.leads();
    let mine = Typed::of(&office, &path).await.with("job_title", "Head of science");
    let theirs = Typed::of(&office, &path).await.with("phone", "1");
    mine.send(&office).await.redirects_to(&path);

    theirs.send(&office).await.has_status(409).shows("<td>Head of science</td><td>Head of maths</td>");
    office.get(&path).await.shows("Head of science");
}

#[actix_web::test]
async fn whoever_leaves_is_out_at_once_and_stands_in_front_of_no_class() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let office = school.sign_in(Office).await;
    let list = office.get("/staff?type=teacher").await;
    let id = list.body.split("href=\"/staff/").nth(2).unwrap().split('"').next().unwrap().to_owned();
    let class = format!("/classes/{}", school.class);

    Typed::of(&office, &format!("/staff/{id}"))
        .await
        .with("status", "left")
        .send(&office)
        .await
        .has_status(303);

    assert!(teacher.get(&class).await.leads_to("/sign-in"));
    school.clock.set("2026-11-24T08:38:00Z".parse().unwrap());
    let in_front = "select count(*) as n from class_staff where organization_id = $1 and deleted_at is null
        and (ends_on is null or ends_on > '2026-11-23')";
    assert_eq!(school.number(in_front), 0);
    office.get("/staff?type=teacher").await.shows("Nobody matches");
    office.get("/staff?type=teacher&status=all").await.shows("Rosa Lindqvist");
}

#[actix_web::test]
async fn a_colleague_of_another_organization_is_nobody_t01() {
    let school = School::open().await;
    let elsewhere = School::open().await;
    let (office, there) = (school.sign_in(Office).await, elsewhere.sign_in(Office).await);
    let theirs = there.post("/staff", FIELDS).await.leads();

    office.get(&theirs).await.is_missing();
    office.get(&format!("{theirs}/edit")).await.is_missing();
    office.post(&theirs, FIELDS).await.is_missing();
    office.get("/staff?q=Raman").await.hides("Gita");
}

#[actix_web::test]
async fn nobody_moves_an_account_to_where_it_opens_more_than_theirs_t11() {
    let school = School::open().await;
    let campus = school.second_campus("Hill Road");
    let mover = school.sign_in(Office).await;
    let held =
        [("READ_STAFF", "organization"), ("UPDATE_STAFF", "organization"), ("READ_STUDENTS", "campuses")];
    school.holds(&mover.email, "Mover", &held);
    let (bound, plain) = (school.employ(Teacher), school.employ(Teacher));
    school.gives(&bound, "READ_GUARDIANS", "campuses");
    let record = |email: &str| {
        let query = format!(
            "select '/staff/' || staff.id as line from staff join users on users.id = user_id where users.email = '{email}'"
        );
        lines(&mut within(school.organization), &query).remove(0)
    };
    let moves = async |person: &Person, email: &str| {
        Typed::of(person, &record(email)).await.with("campus_id", &campus).send(person).await
    };

    for email in [&mover.email, &bound] {
        moves(&mover, email).await.field_error("campus_id", "would open more than yours does");
    }
    moves(&mover, &plain).await.has_status(303);
    let administrator = school.sign_in(Administrator).await;
    for email in [&mover.email, &bound] {
        moves(&administrator, email).await.has_status(303);
    }
    let left = school.employ(Administrator);
    let path = record(&left);
    Typed::of(&administrator, &path).await.with("status", "left").send(&administrator).await.has_status(303);
    let back = Typed::of(&mover, &path).await.with("status", "active");
    back.send(&mover).await.field_error("status", "would open more than yours does");
    back.send(&administrator).await.has_status(303);
}
