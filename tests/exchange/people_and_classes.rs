//! What becomes of each file of an export.

use school::permit::CreateImportRuns;

use super::importing::numbers;
use crate::support::{School, Teacher, export::Export};

#[actix_web::test]
async fn schools_become_campuses_and_the_district_does_not() {
    let school = School::open().await;
    school.imports(&Export::of_a_small_school());

    assert_eq!(
        school
            .text("select string_agg(name, ', ' order by name) from campuses where import_hash is not null"),
        "Hill School, Lake School"
    );
    assert_eq!(school.text("select code from campuses where name = 'Hill School'"), "2");
}

#[actix_web::test]
async fn years_and_terms_end_on_their_last_day() {
    let school = School::open().await;
    school.imports(&Export::of_a_small_school());

    let year = "academic_years where import_hash is not null";
    assert_eq!(
        school.text(&format!("select name || ' ' || start_date || ' ' || end_date from {year}")),
        "2026-2027 2026-08-15 2027-06-10"
    );
    assert_eq!(
        school.text("select kind || ' ' || end_date from terms where name = 'Autumn'"),
        "semester 2027-01-08"
    );
}

#[actix_web::test]
async fn a_student_has_a_number_a_birthday_a_campus_and_a_grade() {
    let school = School::open().await;
    school.imports(&Export::of_a_small_school());

    let emmy = "students where first_name = 'Emmy'";
    assert_eq!(
        school.text(&format!("select concat_ws(' ', student_number, middle_name, last_name, gender, date_of_birth, status, enrollment_date) from {emmy}")),
        "100 Amalie Noether female 2017-03-23 active 2026-08-15"
    );
    assert_eq!(
        school.text(&format!(
            "select campuses.name from {emmy}",
            emmy = "students join campuses on campuses.id = campus_id where first_name = 'Emmy'"
        )),
        "Hill School"
    );
    assert_eq!(
        school.text("select concat_ws(' ', grades.code, enters_on, leaves_on, is_main) from school_enrollments join grades on grades.id = grade_id join students on students.id = student_id where first_name = 'Emmy'"),
        "03 2026-08-15 t"
    );
}

#[actix_web::test]
async fn a_student_who_came_later_is_enrolled_from_that_day() {
    let school = School::open().await;
    school.imports(&Export::of_a_small_school());

    assert_eq!(school.text("select enters_on from school_enrollments join students on students.id = student_id where first_name = 'Sofia'"), "2026-09-01");
}

#[actix_web::test]
async fn a_mother_becomes_a_contact_once_though_both_sides_name_her() {
    let school = School::open().await;
    school.imports(&Export::of_a_small_school());

    assert_eq!(
        school.text("select concat_ws(' ', full_name, phone, email) from contacts"),
        "Ida Noether +49 2 ida@home.example"
    );
    assert_eq!(
        school.text(
            "select concat_ws(' ', relationship, position, may_collect, may_see_records) from guardians"
        ),
        "guardian 1 f f"
    );
}

#[actix_web::test]
async fn a_class_has_its_kind_its_subject_and_its_teacher() {
    let school = School::open().await;
    school.imports(&Export::of_a_small_school());

    let room = "select concat_ws(' ', classes.name, section, room, kind, classes.status, staff.last_name) from classes left join staff on staff.id = homeroom_teacher_id";
    assert_eq!(
        school.text(&format!("{room} where section = 'HR3-A'")),
        "Room 3 HR3-A 12 homeroom active Byron"
    );
    assert_eq!(
        school.text(&format!("{room} where section = 'MA3-A'")),
        "Mathematics 3A MA3-A 14 scheduled active"
    );
    assert_eq!(
        school.text("select concat_ws(' ', subjects.name, subjects.code, last_name) from class_subjects join subjects on subjects.id = subject_id join staff on staff.id = teacher_id where subjects.code = 'MA3'"),
        "Mathematics 3 MA3 Byron"
    );
}

#[actix_web::test]
async fn two_semesters_in_one_class_are_one_stay_on_its_roll() {
    let school = School::open().await;
    school.imports(&Export::of_a_small_school());

    assert_eq!(
        school.text("select string_agg(concat_ws(' ', enrolled_on, ended_on, class_enrollments.status), ', ') from class_enrollments join classes on classes.id = class_id join students on students.id = student_id where section = 'MA3-A' and first_name = 'Emmy'"),
        "2026-08-15 2027-06-10 active"
    );
}

#[actix_web::test]
async fn everybody_who_stands_in_front_of_a_class_has_a_dated_duty() {
    let school = School::open().await;
    school.imports(&Export::of_a_small_school());

    assert_eq!(
        school.text("select string_agg(concat_ws(' ', last_name, duty, starts_on, ends_on), ', ' order by duty) from class_staff join staff on staff.id = staff_id join classes on classes.id = class_id where section = 'HR3-A'"),
        "Byron teacher 2026-08-15 2027-06-10, Noether aide 2026-08-15 2027-06-10"
    );
}

#[actix_web::test]
async fn a_grade_that_the_school_has_already_is_used() {
    let school = School::open().await;
    let report = school.imports(&Export::of_a_small_school().each(|text| text.replace(",03,", ",04,")));

    assert_eq!(numbers(report.tally("grades")), [0, 0, 0, 0]);
    assert_eq!(
        school.count(
            "classes join grades on grades.id = grade_id where grades.name = 'Grade 4' and section = 'HR3-A'"
        ),
        1
    );
}

#[actix_web::test]
async fn what_was_not_taken_is_written_down_with_its_place() {
    let school = School::open().await;
    school.imports(&Export::of_a_small_school().replace("users.csv", "Sofia,Kovalevskaya", "Sofia,"));

    assert_eq!(
        school.text("select concat_ws('|', created, rejected, conflicts, source_system, file_name, status) from import_runs"),
        "23|3|0|test|roster.zip|done"
    );
    assert_eq!(
        school.text("select concat_ws('|', file, line, field, value, reason) from import_rows where file = 'users.csv'"),
        "users.csv|5|familyName|A value is required here."
    );
    assert_eq!(
        school.count("import_rows where reason = 'The user friend was rejected (users.csv, line 5).'"),
        2
    );
}

#[actix_web::test]
async fn a_teacher_may_not_import() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    let teacher = school.lobby.act_as(&email, &school.slug).unwrap();

    let refused = teacher.may::<CreateImportRuns>(school::db::Intent::Write);

    assert!(matches!(refused.err(), Some(school::Error::Forbidden)));
}

#[actix_web::test]
async fn a_student_with_a_number_that_somebody_else_has_is_turned_away_with_the_enrollments() {
    let school = School::open().await;
    let number = school.text(&format!(
        "select student_number from students where id = '{}'",
        school.enroll("Emmy", "Noether")
    ));
    let export =
        Export::of_a_small_school().replace("users.csv", ",Amalie,100,", &format!(",Amalie,{number},"));
    let report = school.imports(&export);

    assert_eq!(report.rejected[0].file, "demographics.csv");
    assert_eq!(report.rejected_rows(), 5);
    assert_eq!(school.count("students where first_name = 'Emmy'"), 1);
    assert_eq!(school.count("import_rows where file = 'users.csv' and field = 'identifier'"), 1);
}
