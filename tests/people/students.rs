//! The list of students and a student's own page.

use crate::support::{Office, Platform, School, Supervisor, Teacher, school::new_student};

#[actix_web::test]
async fn the_office_sees_everybody_by_family_name() {
    let school = School::open().await;
    school.enroll("Kwame", "Acheampong");
    school.enroll("Amal", "Abdullahi");
    let office = school.sign_in(Office).await;

    let list = office.get("/students").await;

    list.is_ok().shows("Amal Abdullahi").shows("Kwame Acheampong");
    assert!(list.body.find("Amal").unwrap() < list.body.find("Kwame").unwrap());
}

#[actix_web::test]
async fn the_list_says_grade_and_homeroom() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    let office = school.sign_in(Office).await;

    office.get("/students").await.shows("Grade 4").shows("Homeroom 4A");
}

#[actix_web::test]
async fn a_teacher_sees_only_their_own_students() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    let other =
        school.seed(|db| school::people::student::Student::enroll(&new_student("Ota", "Elsewhere"), db));
    let teacher = school.sign_in(Teacher).await;

    teacher.get("/students").await.is_ok().shows("Abdullahi").hides("Elsewhere");
    teacher.get(&format!("/students/{}", other.id)).await.is_missing();
}

#[actix_web::test]
async fn someone_without_the_permission_sees_nothing() {
    let school = School::open().await;
    let student = school.enroll("Amal", "Abdullahi");
    let visitor = school.sign_in(Platform).await;

    visitor.get("/students").await.is_forbidden();
    visitor.get(&format!("/students/{student}")).await.is_forbidden();
}

#[actix_web::test]
async fn a_student_is_found_by_any_part_of_any_name() {
    let school = School::open().await;
    school.seed(|db| {
        let mut student = new_student("Zoe", "Alexiou");
        student.preferred_name = Some("Zou".into());
        student.other_script_name = Some("Ζωή Αλεξίου".into());
        student.student_number = "20178".into();
        school::people::student::Student::enroll(&student, db)
    });
    school.enroll("Kwame", "Acheampong");
    let office = school.sign_in(Office).await;

    for search in ["lexi", "Zoe", "ZOU", "Ζωή", "alexiou zoe", "2017"] {
        let path = format!("/students?{}", query(search));
        office.get(&path).await.shows("Alexiou").hides("Acheampong");
    }
}

#[actix_web::test]
async fn percent_and_underscore_and_backslash_mean_themselves_t41() {
    let school = School::open().await;
    school.enroll("Kwame", "Acheampong");
    school.enroll("50%_o\\", "Strange");
    let office = school.sign_in(Office).await;

    for search in ["%", "_", "\\", "o\\", "50%_", "%%%%%%"] {
        let list = office.get(&format!("/students?{}", query(search))).await;
        list.is_ok().hides("Acheampong");
    }
    office.get(&format!("/students?{}", query("50%_o\\"))).await.shows("Strange");
}

#[actix_web::test]
async fn odd_questions_to_the_list_are_answered_calmly_t40_t42() {
    let school = School::open().await;
    school.enroll("Kwame", "Acheampong");
    let office = school.sign_in(Office).await;

    for question in [
        "sort=name%27%3B--&q=a",
        "sort=-1&after=9e18",
        "after=00000000-0000-0000-0000-000000000000%20%FF",
        "grade=%27+or+1%3D1&campus=x&status=nonsense",
        "q=%00&page=-1&per_page=1000000000",
        "q=a&q=b",
        "q=%FF%FE",
    ] {
        let answer = office.get(&format!("/students?{question}")).await;
        assert!(matches!(answer.status.as_u16(), 200 | 400), "{question}");
        answer.hides("error:").hides("SELECT");
    }
}

#[actix_web::test]
async fn a_long_list_goes_on_page_by_page_and_repeats_nobody_t65() {
    let school = School::open().await;
    school.seed(|db| {
        for number in 0..120 {
            // Every fourth shares a family name, so that pages break inside one.
            let student = new_student(&format!("First{:03}", number % 7), &format!("Name{:02}", number / 4));
            school::people::student::Student::enroll(&student, db)?;
        }
        Ok(())
    });
    let office = school.sign_in(Office).await;

    for sort in ["name", "number"] {
        let mut path = format!("/students?sort={sort}");
        let mut seen = Vec::new();
        for _ in 0..3 {
            let page = office.get(&path).await;
            seen.extend(links(&page.body));
            let Some(next) = page.body.split("rel=\"next\" href=\"").nth(1) else {
                break;
            };
            path = next.split('"').next().unwrap().replace("&amp;", "&").replace("&#38;", "&");
        }
        assert_eq!(seen.len(), 120, "{sort}");
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 120, "{sort}");
    }
}

#[actix_web::test]
async fn an_empty_list_says_what_to_do() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;
    let supervisor = school.sign_in(Supervisor).await;

    office.get("/students").await.shows("No student is enrolled yet").shows("/students/new");
    supervisor.get("/students").await.shows("No student is enrolled yet").hides("/students/new");
    office.get("/students?q=Zzyzx").await.shows("No student matches “Zzyzx”");
}

#[actix_web::test]
async fn a_students_page_shows_where_they_are_and_what_to_know() {
    let school = School::open().await;
    let student = school.seed(|db| {
        let mut student = new_student("Aamina", "Abdi");
        student.alert = Some("Peanut allergy".into());
        student.date_of_birth = chrono::NaiveDate::from_ymd_opt(2015, 7, 14);
        school::people::student::Student::enroll(&student, db)
    });
    let office = school.sign_in(Office).await;

    office
        .get(&format!("/students/{}", student.id))
        .await
        .is_ok()
        .shows("Peanut allergy")
        .shows("14 Jul 2015")
        .shows("(11)")
        .shows("No place at a campus yet");
}

#[actix_web::test]
async fn a_student_of_another_organization_is_no_student_at_all_t01() {
    let school = School::open().await;
    let elsewhere = School::open().await;
    let theirs = elsewhere.enroll("Canary", "Byelsewhere");
    let office = school.sign_in(Office).await;

    let foreign = office.get(&format!("/students/{theirs}")).await;
    let none = office.get("/students/00000000-0000-7000-8000-000000000000").await;

    foreign.is_missing();
    assert_eq!(foreign.body, none.body);
}

/// `q=…` as a browser writes it.
pub(super) fn query(search: &str) -> String {
    serde_urlencoded::to_string([("q", search)]).unwrap()
}

/// The ids of the students that a list links to.
fn links(body: &str) -> Vec<String> {
    body.split("<th scope=\"row\">")
        .skip(1)
        .filter_map(|row| row.split("href=\"/students/").nth(1))
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect()
}
