//! The list of students.

use crate::support::{Office, Platform, School, Teacher};

#[actix_web::test]
async fn the_office_sees_everybody_by_family_name() {
    let school = School::open().await;
    school.enroll("Kwame", "Acheampong");
    school.enroll("Amal", "Abdullahi");
    let office = school.sign_in(Office).await;

    let list = office.get("/students").await;

    list.is_ok()
        .shows("Amal Abdullahi")
        .shows("Kwame Acheampong");
    assert!(list.body.find("Amal").unwrap() < list.body.find("Kwame").unwrap());
}

#[actix_web::test]
async fn a_teacher_sees_only_their_own_students() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    school.seed(|db| {
        school::people::student::Student::enroll(
            &crate::support::school::new_student("Ota", "Elsewhere"),
            db,
        )
    });
    let teacher = school.sign_in(Teacher).await;

    teacher
        .get("/students")
        .await
        .is_ok()
        .shows("Abdullahi")
        .hides("Elsewhere");
}

#[actix_web::test]
async fn someone_without_the_permission_sees_nothing() {
    let school = School::open().await;
    let visitor = school.sign_in(Platform).await;

    visitor.get("/students").await.is_forbidden();
}
