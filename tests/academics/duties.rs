//! Who stands in front of a class, from when to when.

use crate::support::{Office, Person, School, Teacher, database};

/// The staff id of whoever signs in with this person's address.
fn staff_of(school: &School, person: &Person) -> String {
    let query = format!(
        "select staff.id::text as line from staff join users on users.id = user_id
         where staff.organization_id = '{}' and users.email = '{}'",
        school.organization, person.email
    );
    database::lines(&mut database::within(school.organization), &query).remove(0)
}

#[actix_web::test]
async fn a_substitute_has_the_class_for_the_day_and_the_right_ends_by_itself() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;
    let substitute = school.sign_in_elsewhere(Teacher).await;
    let person = staff_of(&school, &substitute);
    let class = format!("/classes/{}", school.class);
    substitute.get(&class).await.is_missing();

    office
        .post(
            &format!("{class}/staff"),
            [
                ("staff_id", &*person),
                ("duty", "substitute"),
                ("starts_on", "2026-11-23"),
                ("ends_on", "2026-11-23"),
            ],
        )
        .await
        .redirects_to(&class);

    substitute.get(&class).await.is_ok();
    office.get(&class).await.shows("Substitute · from Mon 23 Nov 2026 to Mon 23 Nov 2026");
    school.clock.set("2026-11-24T08:38:00Z".parse().unwrap());
    substitute.get(&class).await.is_missing();
}

#[actix_web::test]
async fn a_wrong_duty_has_its_message() {
    let school = School::open().await;
    let elsewhere = School::open().await;
    let office = school.sign_in(Office).await;
    let teacher = school.sign_in(Teacher).await;
    let stranger = elsewhere.sign_in(Teacher).await;
    let (own, theirs) = (staff_of(&school, &teacher), staff_of(&elsewhere, &stranger));
    let path = format!("/classes/{}/staff", school.class);
    office.get(&format!("{path}/new")).await.is_ok().shows("Lindqvist, Rosa");

    let wrong = [("staff_id", &*own), ("duty", "janitor"), ("starts_on", "2026-11-23")];
    office.post(&path, wrong).await.field_error("duty", "Choose one");
    for (person, starts, ends, field, message) in [
        ("", "2026-11-23", "", "staff_id", "Choose one"),
        (&*theirs, "2026-11-23", "", "staff_id", "Choose one"),
        (&own, "2026-11-23", "", "staff_id", "in front of this class already"),
        (&own, "", "", "starts_on", "Choose a day"),
        (&own, "2026-11-23", "2026-11-20", "ends_on", "before the first day"),
        (&own, "2026-11-23", "soon", "ends_on", "year-month-day"),
    ] {
        office
            .post(
                &path,
                [("staff_id", person), ("duty", "teacher"), ("starts_on", starts), ("ends_on", ends)],
            )
            .await
            .field_error(field, message);
    }
}

#[actix_web::test]
async fn the_office_ends_a_duty_and_the_teacher_sees_the_class_no_more() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;
    let teacher = school.sign_in(Teacher).await;
    let class = format!("/classes/{}", school.class);
    teacher.get(&class).await.is_ok().hides("/staff/");
    let page = office.get(&class).await;
    let path = page
        .body
        .split("action=\"")
        .filter_map(|rest| rest.split('"').next())
        .find(|action| action.starts_with(&format!("{class}/staff/")))
        .unwrap()
        .to_owned();

    teacher.post(&path, [("last_day", "2026-11-20")]).await.is_forbidden();
    for (typed, message) in [("", "Choose a day."), ("never", "year-month-day")] {
        let again = office.post(&path, [("last_day", typed)]).await;
        again.field_error("last_day", message).shows("Rosa Lindqvist").shows(&format!("action=\"{path}\""));
    }
    office.post(&path, [("last_day", "2026-11-20")]).await.redirects_to(&class);

    teacher.get(&class).await.is_missing();
    office.get(&class).await.shows("Nobody on this day");
}
