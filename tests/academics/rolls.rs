//! Coming onto a roll, going off it, and moving between two.

use school::Uuid;

use crate::support::{Office, Person, School, Teacher, school::new_student};

/// A student with a place at the campus and in no class.
pub(crate) fn newcomer(school: &School, first_name: &str, last_name: &str) -> Uuid {
    school.seed(|db| {
        let student = school::people::student::Student::enroll(&new_student(first_name, last_name), db)?;
        Ok(student.id)
    })
}

/// Another homeroom of the same campus, with so many places.
pub(crate) async fn other_class(office: &Person, school: &School, places: &str) -> String {
    let fields = [
        ("name", "Homeroom 4B".to_owned()),
        ("kind", "homeroom".into()),
        ("status", "active".into()),
        ("capacity", places.into()),
        ("campus_id", school.campus.to_string()),
        ("academic_year_id", school.year.to_string()),
    ];
    office.fill("/classes", &fields).await.leads()
}

/// The path of somebody's place on a roll.
pub(crate) async fn seat(office: &Person, class: &str, name: &str) -> String {
    let page = office.get(class).await;
    let row = page
        .body
        .split("<tr>")
        .find(|row| row.contains(name) && row.contains("/enrollments/"))
        .unwrap_or_else(|| panic!("{name} is not on the roll:\n{}", page.body));
    let path = row.split("href=\"").find(|href| href.contains("/enrollments/")).unwrap();
    path.split("/edit\"").next().unwrap().to_owned()
}

#[actix_web::test]
async fn the_office_finds_a_student_and_puts_them_on_the_roll() {
    let school = School::open().await;
    let student = newcomer(&school, "Ada", "Byron").to_string();
    let office = school.sign_in(Office).await;
    let teacher = school.sign_in(Teacher).await;
    let class = format!("/classes/{}", school.class);
    teacher.get(&class).await.hides("Byron");

    office.get(&format!("{class}/enrollments/new?q=byr")).await.shows("Ada Byron").shows(&student);
    office
        .post(&format!("{class}/enrollments"), [("student_id", &*student), ("enrolled_on", "2026-11-23")])
        .await
        .redirects_to(&class);

    teacher.get(&class).await.shows("Byron");
    office.get(&format!("{class}?day=2026-11-22")).await.hides("Byron");
    office.get(&format!("/students/{student}")).await.shows("Homeroom 4A");
}

#[actix_web::test]
async fn what_keeps_a_student_off_a_roll_is_said_by_the_field() {
    let school = School::open().await;
    let elsewhere = School::open().await;
    let (there, foreign) = (school.enroll("Amal", "Abdullahi"), elsewhere.enroll("Canary", "Byelsewhere"));
    let newcomer = newcomer(&school, "Ada", "Byron").to_string();
    let office = school.sign_in(Office).await;
    let path = format!("/classes/{}/enrollments", school.class);

    for (student, day, field, message) in [
        ("", "2026-11-23", "student_id", "Choose one"),
        (&*foreign.to_string(), "2026-11-23", "student_id", "Choose a student"),
        (&there.to_string(), "2026-11-23", "student_id", "on this roll on that day"),
        (&newcomer, "", "enrolled_on", "Choose a day"),
        (&newcomer, "2026-02-30", "enrolled_on", "year-month-day"),
        (&newcomer, "2025-11-23", "enrolled_on", "2026/27 runs from"),
    ] {
        office
            .post(&path, [("student_id", student), ("enrolled_on", day), ("q", "a")])
            .await
            .field_error(field, message);
    }
}

#[actix_web::test]
async fn one_more_than_there_are_places_is_said_twice() {
    let school = School::open().await;
    let (first, second) =
        (newcomer(&school, "Ada", "Byron").to_string(), newcomer(&school, "Mary", "Somerville").to_string());
    let office = school.sign_in(Office).await;
    let class = other_class(&office, &school, "1").await;
    let path = format!("{class}/enrollments");
    let day = ("enrolled_on", "2026-11-23");
    office.post(&path, [("student_id", &*first), day]).await.has_status(303);

    office
        .post(&path, [("student_id", &*second), day, ("q", "somer")])
        .await
        .field_error("beyond_capacity", "Homeroom 4B is full: 1 of 1 places are taken")
        .shows("name=\"beyond_capacity\"");
    office.get(&class).await.hides("Somerville");

    office
        .post(&path, [("student_id", &*second), day, ("beyond_capacity", "yes")])
        .await
        .redirects_to(&class);
    office.get(&class).await.shows("Somerville");
}

#[actix_web::test]
async fn nobody_is_in_two_homerooms_on_one_day() {
    let school = School::open().await;
    let student = school.enroll("Amal", "Abdullahi").to_string();
    let office = school.sign_in(Office).await;
    let class = other_class(&office, &school, "25").await;

    office
        .post(
            &format!("{class}/enrollments"),
            [("student_id", &*student), ("enrolled_on", "2026-11-23"), ("q", "amal")],
        )
        .await
        .field_error("student_id", "They are in Homeroom 4A");
}

#[actix_web::test]
async fn a_child_moved_today_is_on_one_roll_today_and_last_week_still_says_the_old_class() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    let office = school.sign_in(Office).await;
    let old = format!("/classes/{}", school.class);
    let new = other_class(&office, &school, "25").await;
    let seat = seat(&office, &old, "Abdullahi").await;
    office.get(&format!("{seat}/edit")).await.is_ok().shows("Homeroom 4B");

    office
        .post(&format!("{seat}/transfer"), [("to", &*id_of(&new)), ("on", "2026-11-23")])
        .await
        .redirects_to(&old);

    office.get(&old).await.hides("Abdullahi");
    office.get(&new).await.shows("Abdullahi");
    for day in ["2026-11-22", "2026-11-16", "2026-09-01"] {
        office.get(&format!("{old}?day={day}")).await.shows("Abdullahi");
        office.get(&format!("{new}?day={day}")).await.hides("Abdullahi");
    }
}

#[actix_web::test]
async fn a_child_moved_on_their_first_day_was_never_in_the_old_class() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    let office = school.sign_in(Office).await;
    let old = format!("/classes/{}", school.class);
    let new = other_class(&office, &school, "25").await;
    let seat = seat(&office, &old, "Abdullahi").await;

    office
        .post(&format!("{seat}/transfer"), [("to", &*id_of(&new)), ("on", "2026-09-01")])
        .await
        .redirects_to(&old);

    office.get(&format!("{old}?day=2026-09-01")).await.hides("Abdullahi");
    office.get(&format!("{new}?day=2026-09-01")).await.shows("Abdullahi");
}

#[actix_web::test]
async fn a_move_that_cannot_be_changes_nothing() {
    let school = School::open().await;
    let elsewhere = School::open().await;
    school.enroll("Amal", "Abdullahi");
    let office = school.sign_in(Office).await;
    let old = format!("/classes/{}", school.class);
    let full = other_class(&office, &school, "1").await;
    let other = newcomer(&school, "Ada", "Byron").to_string();
    office
        .post(&format!("{full}/enrollments"), [("student_id", &*other), ("enrolled_on", "2026-11-01")])
        .await
        .has_status(303);
    let seat = seat(&office, &old, "Abdullahi").await;
    let (own, full, foreign) = (school.class.to_string(), id_of(&full), elsewhere.class.to_string());

    for (to, on, field, message) in [
        ("", "2026-11-23", "to", "Choose one"),
        (&*own, "2026-11-23", "to", "They are in this class"),
        (&foreign, "2026-11-23", "to", "Choose one"),
        (&full, "2026-11-23", "beyond_capacity", "is full: 1 of 1"),
        (&full, "", "on", "Choose a day"),
        (&full, "2029-01-01", "on", "runs from"),
    ] {
        office.post(&format!("{seat}/transfer"), [("to", to), ("on", on)]).await.field_error(field, message);
    }
    office.get(&old).await.shows("Abdullahi");
}

#[actix_web::test]
async fn a_student_goes_off_the_roll_after_the_last_day() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    let office = school.sign_in(Office).await;
    let class = format!("/classes/{}", school.class);
    let seat = seat(&office, &class, "Abdullahi").await;

    office
        .post(&format!("{seat}/withdrawal"), [("last_day", "2026-08-01"), ("status", "withdrawn")])
        .await
        .field_error("last_day", "They came on 1 September 2026");
    office
        .post(&format!("{seat}/withdrawal"), [("last_day", "2026-11-20"), ("status", "asleep")])
        .await
        .field_error("status", "Choose one");
    office
        .post(&format!("{seat}/withdrawal"), [("last_day", "2026-11-20"), ("status", "withdrawn")])
        .await
        .redirects_to(&class);

    office.get(&class).await.hides("Abdullahi");
    office.get(&format!("{class}?day=2026-11-20")).await.shows("Abdullahi");
}

#[actix_web::test]
async fn a_teacher_moves_nobody_and_nobody_moves_another_schools_child() {
    let school = School::open().await;
    let elsewhere = School::open().await;
    school.enroll("Amal", "Abdullahi");
    elsewhere.enroll("Canary", "Byelsewhere");
    let office = school.sign_in(Office).await;
    let teacher = school.sign_in(Teacher).await;
    let there = elsewhere.sign_in(Office).await;
    let own = seat(&office, &format!("/classes/{}", school.class), "Abdullahi").await;
    let theirs = seat(&there, &format!("/classes/{}", elsewhere.class), "Byelsewhere").await;
    let enrollment = theirs.rsplit('/').next().unwrap();
    let mixed = format!("/classes/{}/enrollments/{enrollment}", school.class);
    let class = school.class.to_string();

    for noun in ["withdrawal", "transfer"] {
        let fields =
            [("last_day", "2026-11-20"), ("status", "withdrawn"), ("to", &*class), ("on", "2026-11-23")];
        teacher.post(&format!("{own}/{noun}"), fields).await.is_forbidden();
        office.post(&format!("{theirs}/{noun}"), fields).await.is_missing();
        office.post(&format!("{mixed}/{noun}"), fields).await.is_missing();
    }
    there.get(&format!("/classes/{}", elsewhere.class)).await.shows("Byelsewhere");
}

fn id_of(path: &str) -> String {
    path.rsplit('/').next().unwrap().to_owned()
}
