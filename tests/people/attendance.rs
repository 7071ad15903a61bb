//! What a student's page says of their days.

use crate::support::{Finance, Office, School, Teacher};

#[actix_web::test]
async fn a_submitted_register_stands_on_the_students_page() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let teacher = school.sign_in(Teacher).await;
    let path = format!("/students/{amal}");
    teacher.get(&path).await.shows("No register with this student was submitted yet");

    teacher.marks(&school, amal, "absent", 0).await.is_ok();
    teacher.get(&path).await.shows("No register with this student was submitted yet");
    teacher.submits(&school, &[(amal, "absent", 1)]).await;

    teacher
        .get(&path)
        .await
        .shows("1 day with a submitted register since Mon 23 Nov")
        .shows("Mon 23 Nov: absent")
        .shows("Homeroom 4A");
}

#[actix_web::test]
async fn the_totals_count_each_day_once_and_exceptions_stand_beneath() {
    let school = School::open().await;
    let (amal, kwame) = (school.enroll("Amal", "Abdullahi"), school.enroll("Kwame", "Acheampong"));
    let teacher = school.sign_in(Teacher).await;
    teacher.submits(&school, &[(amal, "late", 0), (kwame, "present", 0)]).await;
    let office = school.sign_in(Office).await;

    office.get(&format!("/students/{amal}")).await.shows("late 1, present on all others").shows("8 min");
    office
        .get(&format!("/students/{kwame}"))
        .await
        .shows("present on all of them")
        .hides("Days that were not simply present");
}

#[actix_web::test]
async fn whoever_may_not_read_marks_sees_none() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let teacher = school.sign_in(Teacher).await;
    teacher.submits(&school, &[(amal, "absent", 0)]).await;
    let finance = school.sign_in(Finance).await;

    finance.get(&format!("/students/{amal}")).await.is_ok().hides("Attendance").hides("absent");
}
