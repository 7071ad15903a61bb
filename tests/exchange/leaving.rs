//! What is missing from the next export, what comes back, and what must not be touched.

use chrono::TimeDelta;
use school::{Error, exchange::roster::Wishes};

use super::importing::{conflicts, numbers};
use crate::support::{School, export::Export};

fn without_friend() -> Export {
    Export::of_a_small_school()
        .replace("users.csv", "friend,,,true,S1,student,sofia,,Sofia,Kovalevskaya,,101,,,,,03,\n", "")
        .replace("enrollments.csv", "e7,,,H3,S1,friend,student,,2026-09-01,2027-06-11\n", "")
        .replace("demographics.csv", "friend,,,2017-01-15,female,false\n", "")
}

const SOFIA_ON_A_ROLL: &str = "select concat_ws(' ', enrolled_on, ended_on, class_enrollments.status) from class_enrollments join students on students.id = student_id where first_name = 'Sofia'";

#[actix_web::test]
async fn a_student_who_is_missing_has_left_yesterday_and_is_not_deleted() {
    let school = School::open().await;
    school.imports(&Export::of_a_small_school());
    let report = school.imports(&without_friend());

    assert_eq!(numbers(report.tally("students")), [0, 0, 1, 1]);
    assert_eq!(
        school.text("select status || ' ' || (deleted_at is null) from students where first_name = 'Sofia'"),
        "withdrawn true"
    );
    assert_eq!(school.text(SOFIA_ON_A_ROLL), "2026-09-01 2026-11-22 withdrawn");
    assert_eq!(school.text("select leaves_on from school_enrollments join students on students.id = student_id where first_name = 'Sofia'"), "2026-11-22");
    assert_eq!(school.count("external_ids where external_id = 'friend' and is_gone"), 1);
    assert_eq!(numbers(school.imports(&without_friend()).total())[..3], [0, 0, 0]);
}

#[actix_web::test]
async fn a_student_who_comes_back_is_the_same_one() {
    let school = School::open().await;
    school.imports(&Export::of_a_small_school());
    school.imports(&without_friend());
    let report = school.imports(&Export::of_a_small_school());

    assert_eq!(numbers(report.tally("students")), [0, 1, 0, 1]);
    assert_eq!(school.text("select status from students where first_name = 'Sofia'"), "active");
    assert_eq!(school.text(SOFIA_ON_A_ROLL), "2026-09-01 2027-06-10 active");
    assert_eq!(school.count("external_ids where is_gone"), 0);
    assert_eq!(conflicts(&report), [""; 0]);
}

#[actix_web::test]
async fn a_row_marked_as_deleted_ends_as_a_missing_one_does() {
    let school = School::open().await;
    school.imports(&Export::of_a_small_school());
    school.imports(&Export::of_a_small_school().replace("enrollments.csv", "e7,", "e7,tobedeleted"));

    assert_eq!(school.text(SOFIA_ON_A_ROLL), "2026-09-01 2026-11-22 withdrawn");
    assert_eq!(school.text("select status from students where first_name = 'Sofia'"), "active");
}

#[actix_web::test]
async fn a_row_that_is_rejected_ends_nothing() {
    let school = School::open().await;
    school.imports(&Export::of_a_small_school());
    let broken = Export::of_a_small_school().replace("users.csv", "Sofia,Kovalevskaya", "Sofia,");
    let report = school.imports(&broken);

    assert_eq!(report.total().ended, 0);
    assert_eq!(school.text(SOFIA_ON_A_ROLL), "2026-09-01 2027-06-10 active");
}

#[actix_web::test]
async fn a_file_that_is_not_in_the_export_ends_nothing() {
    let school = School::open().await;
    school.imports(&Export::of_a_small_school());
    let header = "sourcedId,status,dateLastModified,classSourcedId,userSourcedId,role\n";
    let report = school.imports(&Export::of_a_small_school().with("enrollments.csv", header));

    assert_eq!(report.total().ended, 0);
    assert_eq!(school.text(SOFIA_ON_A_ROLL), "2026-09-01 2027-06-10 active");
}

#[actix_web::test]
async fn what_was_made_here_is_never_ended() {
    let school = School::open().await;
    school.enroll("Hand", "Made");
    school.imports(&Export::of_a_small_school());
    school.imports(&without_friend());

    assert_eq!(school.count("students where first_name = 'Hand' and status = 'active'"), 1);
    assert_eq!(school.count("class_enrollments where import_hash is null and status = 'active'"), 1);
    assert_eq!(school.count("classes where import_hash is null and status = 'active'"), 1);
}

#[actix_web::test]
async fn a_class_that_is_missing_is_closed_with_everybody_in_it() {
    let school = School::open().await;
    school.imports(&Export::of_a_small_school());
    let mut export = Export::of_a_small_school();
    for (file, mark) in [("classes.csv", "M3,"), ("enrollments.csv", ",M3,")] {
        let lines = export.text(file);
        let lines: Vec<_> =
            lines.lines().filter(|line| !line.starts_with(mark) && !line.contains(",,,M3,")).collect();
        export = export.with(file, lines.join("\n"));
    }
    school.imports(&export);

    assert_eq!(school.text("select status from classes where section = 'MA3-A'"), "closed");
    let ended = "on classes.id = class_id where section = 'MA3-A' and";
    assert_eq!(school.count(&format!("class_staff join classes {ended} ends_on = '2026-11-22'")), 1);
    assert_eq!(school.count(&format!("class_enrollments join classes {ended} ended_on = '2026-11-22'")), 1);
    assert_eq!(
        school.count(&format!("class_subjects join classes {ended} class_subjects.status = 'inactive'")),
        1
    );
}

#[actix_web::test]
async fn a_parent_who_is_no_longer_linked_is_put_away_and_found_again() {
    let school = School::open().await;
    school.imports(&Export::of_a_small_school());
    let apart = Export::of_a_small_school().replace("users.csv", ",mother,03", ",,03").replace(
        "users.csv",
        "+49 2,pupil",
        "+49 2,",
    );
    school.imports(&apart);
    assert_eq!(school.count("guardians where deleted_at is not null"), 1);
    assert_eq!(school.count("contacts where deleted_at is null"), 1);
    school.imports(&Export::of_a_small_school());

    assert_eq!(school.count("guardians where deleted_at is null"), 1);
    assert_eq!(school.count("guardians"), 1);
}

#[actix_web::test]
async fn an_enrollment_that_never_began_is_taken_back() {
    let school = School::open().await;
    let ahead = "e9,,,M3,S1,friend,student,,2027-01-09,2027-06-11";
    school.imports(&Export::of_a_small_school().add("enrollments.csv", ahead));
    school.imports(&Export::of_a_small_school());

    assert_eq!(
        school.count("class_enrollments where enrolled_on = '2027-01-09' and deleted_at is not null"),
        1
    );
}

#[actix_web::test]
async fn a_semester_that_is_over_and_dropped_takes_no_day_from_the_roll() {
    let school = School::open().await;
    school.imports(&Export::of_a_small_school());
    school.clock.set(school.clock.now() + TimeDelta::days(60));
    let spring = Export::of_a_small_school().replace(
        "enrollments.csv",
        "e5,,,M3,S1,pupil,student,,2026-08-15,2027-01-09\n",
        "",
    );
    let report = school.imports(&spring);

    assert_eq!(numbers(report.tally("class_enrollments"))[2], 0);
    assert_eq!(
        school.text("select string_agg(concat_ws(' ', enrolled_on, ended_on, class_enrollments.status), ', ') from class_enrollments join classes on classes.id = class_id where section = 'MA3-A'"),
        "2026-08-15 2027-06-10 active"
    );
}

#[actix_web::test]
async fn a_class_whose_year_is_over_is_closed_and_its_roll_completed() {
    let school = School::open().await;
    school.imports(&Export::of_a_small_school());
    school.clock.set(school.clock.now() + TimeDelta::days(300));
    school.imports(&Export::of_a_small_school());

    assert_eq!(school.text("select status from classes where section = 'HR3-A'"), "closed");
    assert_eq!(school.text(SOFIA_ON_A_ROLL), "2026-09-01 2027-06-10 completed");
}

/// Fifty more students, all in one class.
pub(super) fn a_big_school() -> Export {
    let mut export = Export::of_a_small_school();
    for number in 0..50 {
        export = export
            .add("users.csv", &format!("x{number},,,true,S1,student,x{number},,First,Last,,,,,,,03,"))
            .add("enrollments.csv", &format!("ex{number},,,H3,S1,x{number},student,,2026-08-15,2027-06-11"));
    }
    export
}

#[actix_web::test]
async fn half_a_school_leaving_at_once_looks_like_a_broken_export() {
    let school = School::open().await;
    school.imports(&a_big_school());
    let small = Export::of_a_small_school();
    let refused = school.try_import(small.open().unwrap(), &Wishes::default()).err();

    let Some(Error::Conflict(sentence)) = refused else { panic!("it should be refused") };
    assert!(
        sentence.starts_with(
            "After this import 50 of 52 students would no longer be there, more than one in ten. Nothing was changed."
        ),
        "{sentence}"
    );
    assert_eq!(school.count("students where status = 'withdrawn'"), 0);
    let wishes = Wishes { end_many: true, ..Wishes::default() };
    assert_eq!(school.try_import(small.open().unwrap(), &wishes).unwrap().tally("students").ended, 50);
}

#[actix_web::test]
async fn a_child_who_changes_homeroom_without_a_date_comes_to_the_new_one_after_the_old_one() {
    let school = School::open().await;
    let room = "H4,,,Room 4,03,CH,HR3-B,homeroom,13,S1,Y,Homeroom,,\n";
    let classes = Export::of_a_small_school().text("classes.csv") + room;
    let export = Export::of_a_small_school().with("classes.csv", classes);
    school.imports(&export);
    let moved = export.replace(
        "enrollments.csv",
        "e7,,,H3,S1,friend,student,,2026-09-01,2027-06-11",
        "e8,,,H4,S1,friend,student,,,",
    );

    let report = school.imports(&moved);

    let stays = "select string_agg(concat_ws(' ', c.room, e.enrolled_on), ', ' order by e.enrolled_on) || ' ' || min(e.ended_on)
        from class_enrollments e join classes c on c.id = e.class_id join students s on s.id = e.student_id
        where s.first_name = 'Sofia' and e.deleted_at is null";
    assert_eq!(school.text(stays), "12 2026-09-01, 13 2026-11-23 2026-11-22");
    assert_eq!(report.tally("class_enrollments").ended, 1);
    assert_eq!(numbers(school.imports(&moved).total())[..3], [0, 0, 0]);
    assert_eq!(school.text(stays), "12 2026-09-01, 13 2026-11-23 2026-11-22");
}
