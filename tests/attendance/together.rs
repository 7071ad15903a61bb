//! Two people on one register lose nothing (T76).

use crate::support::{Office, School, Teacher};

#[actix_web::test]
async fn a_stale_mark_is_answered_with_the_difference_t76() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let (rosa, piotr) = (school.sign_in(Teacher).await, school.sign_in(Teacher).await);
    rosa.marks(&school, amal, "absent", 0).await.is_ok();

    let answer = piotr.marks(&school, amal, "late", 0).await;

    answer
        .has_status(409)
        .shows("Rosa Lindqvist, ")
        .shows("Keep Absent")
        .shows("Use Late")
        .shows(r#"data-version="1""#);
    rosa.get(&school.register()).await.shows(r#"value="absent" data-key="a" data-tone="absent" checked"#);
    piotr.marks(&school, amal, "late", 1).await.is_ok();
}

#[actix_web::test]
async fn a_stale_form_keeps_nothing_and_shows_what_differs_t76() {
    let school = School::open().await;
    let (amal, kwame) = (school.enroll("Amal", "Abdullahi"), school.enroll("Kwame", "Acheampong"));
    let (rosa, piotr) = (school.sign_in(Teacher).await, school.sign_in(Teacher).await);
    rosa.marks(&school, amal, "absent", 0).await.is_ok();

    let answer = piotr.submits(&school, &[(amal, "present", 0), (kwame, "late", 0)]).await;

    answer.has_status(409).shows("Rosa Lindqvist, ").shows("Nothing was submitted yet");
    assert_eq!(school.marks_kept(), 1);
    piotr
        .submits(&school, &[(amal, "present", 1), (kwame, "late", 0)])
        .await
        .redirects_to(&school.register());
    assert_eq!(school.marks_kept(), 2);
}

#[actix_web::test]
async fn twenty_marks_at_once_on_one_row_keep_exactly_one_t76() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let teacher = school.sign_in(Teacher).await;
    let codes = ["absent", "late", "left_early", "off_site"];

    let tries = (0..20).map(|turn| teacher.marks(&school, amal, codes[turn % 4], 0));
    let answers = futures::future::join_all(tries).await;

    assert!(
        answers.iter().all(|answer| [200, 409].contains(&answer.status.as_u16())),
        "{:?}",
        answers.iter().map(|a| a.status).collect::<Vec<_>>()
    );
    assert_eq!((school.marks_kept(), school.changes_of_marks()), (1, 1));
}

#[actix_web::test]
async fn a_teacher_who_marks_without_knowing_of_the_offices_mark_is_told_and_it_stands_t76() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    office.marks(&school, amal, "late", 0).await.is_ok();

    let told = teacher.marks(&school, amal, "absent", 0).await;

    told.has_status(409).shows("Rosa Lindqvist, ").shows("Keep Late").hides("Use Absent");
    teacher.get(&school.register()).await.shows("set by the office").hides("Keep Late");
    teacher.marks(&school, amal, "late", 0).await.is_ok();
    assert_eq!((school.marks_kept(), school.changes_of_marks()), (1, 1));
}
