//! Students come, change and leave.

use crate::support::{Answer, Director, Office, Person, School, Teacher, form::Typed};

/// What a page of the office sends for a new student; `with` replaces or adds fields.
async fn enrol(office: &Person, school: &School, with: &[(&str, &str)]) -> Answer {
    let (campus, year, grade) =
        (school.campus.to_string(), school.year.to_string(), school.grade.to_string());
    let usual = [
        ("first_name", "Ada"),
        ("last_name", "Byron"),
        ("student_number", "1815"),
        ("campus_id", &campus),
        ("academic_year_id", &year),
        ("grade_id", &grade),
        ("enters_on", "2026-11-23"),
    ];
    let mut fields: Vec<(&str, &str)> =
        usual.into_iter().filter(|(name, _)| !with.iter().any(|(other, _)| other == name)).collect();
    fields.extend_from_slice(with);
    office.send(reqwest::Method::POST, "/students", &fields).await
}

#[actix_web::test]
async fn the_office_enrols_a_student() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;
    office.get("/students/new").await.is_ok().shows("Quay Street");

    let answer = enrol(&office, &school, &[("date_of_birth", "2015-12-10")]).await;

    office
        .get(&answer.leads())
        .await
        .is_ok()
        .shows("Ada Byron")
        .shows("Quay Street")
        .shows("from Mon 23 Nov 2026")
        .shows("born 10 Dec 2015 (10)")
        .shows("Added to the school")
        .shows("Rosa Lindqvist");
}

#[actix_web::test]
async fn a_teacher_cannot_enrol_change_or_withdraw_anybody() {
    let school = School::open().await;
    let student = school.enroll("Amal", "Abdullahi");
    let teacher = school.sign_in(Teacher).await;

    enrol(&teacher, &school, &[]).await.is_forbidden();
    for path in ["/students/new".to_owned(), format!("/students/{student}/edit")] {
        teacher.get(&path).await.is_forbidden();
    }
    for path in ["", "/withdrawal", "/enrollments"] {
        teacher
            .post(&format!("/students/{student}{path}"), [("last_day", "2026-11-23")])
            .await
            .is_forbidden();
    }
    let director = school.sign_in(Director).await;
    enrol(&director, &school, &[]).await.is_forbidden();
    director.get(&format!("/students/{student}")).await.hides("/edit");
}

#[actix_web::test]
async fn every_wrong_field_has_its_message_and_keeps_what_was_typed() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;
    let long = "x".repeat(101);
    for (field, typed, message) in [
        ("first_name", "", "Fill this in"),
        ("first_name", "   ", "Fill this in"),
        ("first_name", &long, "At most 100 characters"),
        ("last_name", "", "Fill this in"),
        ("last_name", "a\0b", "cannot be kept"),
        ("middle_name", "a\nb", "cannot be kept"),
        ("first_name", "\u{3164}\u{200d}", "Fill this in"),
        ("last_name", "Aba\u{200b}za", "Take out the invisible characters."),
        ("gender", "dragon", "Choose one from the list."),
        ("student_number", "", "Fill this in"),
        ("preferred_name", &long, "At most 100"),
        ("name_language", "not a tag", "language tag"),
        ("date_of_birth", "2023-02-29", "year-month-day"),
        ("date_of_birth", "infinity", "year-month-day"),
        ("date_of_birth", "2051-07-14", "14 Jul 2051 lies in the future"),
        ("email", "nobody at home", "e-mail address"),
        ("campus_id", "", "Choose one"),
        ("campus_id", "17", "Choose one"),
        ("academic_year_id", "", "Choose one"),
        ("grade_id", "nonsense", "Choose one"),
        ("enters_on", "", "Choose a day"),
        ("enters_on", "2030-01-01", "runs from 1 September 2026"),
    ] {
        let answer = enrol(&office, &school, &[(field, typed)]).await;
        answer.field_error(field, message).shows("Nothing was saved yet");
        if field != "last_name" {
            answer.shows("value=\"Byron\"");
        }
    }
    office.get("/students?q=Byron").await.hides("/students/0");
}

#[actix_web::test]
async fn two_students_never_have_one_number() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;
    enrol(&office, &school, &[]).await.has_status(303);

    enrol(&office, &school, &[("first_name", "Augusta")])
        .await
        .field_error("student_number", "Another student has this number");
}

#[actix_web::test]
async fn a_place_of_another_organization_cannot_be_given_t02() {
    let school = School::open().await;
    let elsewhere = School::open().await;
    let office = school.sign_in(Office).await;
    let theirs = [
        ("campus_id", elsewhere.campus.to_string()),
        ("academic_year_id", elsewhere.year.to_string()),
        ("grade_id", elsewhere.grade.to_string()),
    ];

    for (field, id) in &theirs {
        enrol(&office, &school, &[(field, id)]).await.field_error(field, "Choose one from the list");
    }
    office.get("/students").await.hides("Byron");
}

#[actix_web::test]
async fn fields_that_a_form_does_not_have_change_nothing_t07() {
    let school = School::open().await;
    let elsewhere = School::open().await;
    let office = school.sign_in(Office).await;
    let foreign = elsewhere.organization.to_string();

    let answer = enrol(
        &office,
        &school,
        &[
            ("organization_id", &foreign),
            ("id", &foreign),
            ("status", "graduated"),
            ("deleted_at", "2026-01-01"),
        ],
    )
    .await;

    office.get(&answer.leads()).await.is_ok().shows("Active");
}

#[actix_web::test]
async fn the_office_corrects_a_name_and_the_page_says_who_did() {
    let school = School::open().await;
    let student = school.enroll("Amal", "Abdullahi");
    let office = school.sign_in(Office).await;
    let form = Typed::of(&office, &format!("/students/{student}")).await;

    form.with("last_name", "Abdi").send(&office).await.redirects_to(&format!("/students/{student}"));

    office
        .get(&format!("/students/{student}"))
        .await
        .shows("Amal Abdi")
        .shows("Family name: Abdullahi → Abdi")
        .shows("Rosa Lindqvist");
}

#[actix_web::test]
async fn whoever_saves_second_is_shown_the_difference() {
    let school = School::open().await;
    let student = school.enroll("Amal", "Abdullahi");
    let (first, second) = (school.sign_in(Office).await, school.sign_in(Office).await);
    let (mine, theirs) = (
        Typed::of(&first, &format!("/students/{student}")).await.with("last_name", "Abdi"),
        Typed::of(&second, &format!("/students/{student}")).await.with("phone", "0770 090"),
    );
    mine.send(&first).await.has_status(303);

    let answer = theirs.send(&second).await;

    answer
        .has_status(409)
        .shows("Rosa Lindqvist changed this meanwhile")
        .shows("<td>Abdi</td><td>Abdullahi</td>")
        .shows("value=\"0770 090\"");
    first.get(&format!("/students/{student}")).await.shows("Amal Abdi").hides("0770 090");
    theirs.seen_in(&answer).send(&second).await.has_status(303);
}

#[actix_web::test]
async fn a_student_who_leaves_is_gone_from_place_and_class_after_the_last_day() {
    let school = School::open().await;
    let student = school.enroll("Amal", "Abdullahi");
    let office = school.sign_in(Office).await;
    let teacher = school.sign_in(Teacher).await;
    office.get(&format!("/students/{student}/withdrawal/new")).await.is_ok().shows("2026-11-23");

    office
        .post(
            &format!("/students/{student}/withdrawal"),
            [("last_day", "2026-11-20"), ("reason", "Moved to Porto")],
        )
        .await
        .redirects_to(&format!("/students/{student}"));

    office
        .get(&format!("/students/{student}"))
        .await
        .shows("Withdrawn")
        .shows("to Fri 20 Nov 2026")
        .shows("Moved to Porto");
    teacher.get(&format!("/students/{student}")).await.is_missing();
    office.get("/students").await.hides("Abdullahi");
    office.get("/students?status=withdrawn").await.shows("Abdullahi");
}

#[actix_web::test]
async fn nobody_leaves_before_they_came_or_twice() {
    let school = School::open().await;
    let student = school.enroll("Amal", "Abdullahi");
    let office = school.sign_in(Office).await;
    let path = format!("/students/{student}/withdrawal");

    office
        .post(&path, [("last_day", "2026-08-30")])
        .await
        .field_error("last_day", "no place here on that day");
    office.post(&path, [("last_day", "")]).await.field_error("last_day", "Choose a day");
    office.post(&path, [("last_day", "2026-11-20")]).await.has_status(303);
    office
        .post(&path, [("last_day", "2026-11-23")])
        .await
        .field_error("last_day", "no place here on that day");
}

#[actix_web::test]
async fn a_student_comes_back_and_moves_up() {
    let school = School::open().await;
    let student = school.enroll("Amal", "Abdullahi");
    let office = school.sign_in(Office).await;
    let path = format!("/students/{student}");
    let (campus, year) = (school.campus.to_string(), school.year.to_string());
    let place = |day: &'static str| {
        [("campus_id", campus.clone()), ("academic_year_id", year.clone()), ("enters_on", day.to_owned())]
    };
    office.post(&format!("{path}/withdrawal"), [("last_day", "2026-11-20")]).await.has_status(303);

    let back = place("2026-11-23");
    let back: Vec<(&str, &str)> = back.iter().map(|(name, value)| (*name, value.as_str())).collect();
    office.send(reqwest::Method::POST, &format!("{path}/enrollments"), &back).await.redirects_to(&path);

    office.get(&path).await.shows("Active").shows("from Mon 23 Nov 2026");
    let early = place("2026-11-23");
    let early: Vec<(&str, &str)> = early.iter().map(|(name, value)| (*name, value.as_str())).collect();
    office
        .send(reqwest::Method::POST, &format!("{path}/enrollments"), &early)
        .await
        .field_error("enters_on", "They have a place from 23 November 2026 already");
    let later = place("2027-02-01");
    let later: Vec<(&str, &str)> = later.iter().map(|(name, value)| (*name, value.as_str())).collect();
    office.send(reqwest::Method::POST, &format!("{path}/enrollments"), &later).await.redirects_to(&path);
    office.get(&path).await.shows("to Sun 31 Jan 2027");
}

#[actix_web::test]
async fn nobody_changes_a_student_of_another_organization_t01() {
    let school = School::open().await;
    let elsewhere = School::open().await;
    let theirs = elsewhere.enroll("Canary", "Byelsewhere");
    let office = school.sign_in(Office).await;

    for path in ["/edit", "/withdrawal/new", "/enrollments/new"] {
        office.get(&format!("/students/{theirs}{path}")).await.is_missing();
    }
    let campus = school.campus.to_string();
    let year = school.year.to_string();
    for path in ["", "/withdrawal", "/enrollments"] {
        office
            .post(
                &format!("/students/{theirs}{path}"),
                [
                    ("first_name", "X"),
                    ("last_name", "Y"),
                    ("student_number", "1"),
                    ("last_day", "2026-11-20"),
                    ("campus_id", &campus),
                    ("academic_year_id", &year),
                    ("enters_on", "2026-11-20"),
                ],
            )
            .await
            .is_missing();
    }
    let there = elsewhere.sign_in(Office).await;
    there.get(&format!("/students/{theirs}")).await.shows("Canary Byelsewhere").shows("Active");
}

#[actix_web::test]
async fn a_place_ends_on_its_day_and_not_ahead() {
    let school = School::open().await;
    let student = school.enroll("Amal", "Abdullahi");
    let office = school.sign_in(Office).await;

    office
        .post(&format!("/students/{student}/withdrawal"), [("last_day", "2026-12-18")])
        .await
        .field_error("last_day", "Choose today or a day before");
    office.get("/students").await.shows("Abdullahi");
}
