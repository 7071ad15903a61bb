//! A table that names another homeroom: the child is in one at a time, and what has been stays.

use super::STAFF;
use crate::support::{Administrator, Person, School, Teacher, command::miscounted};

const HOMEROOMS: &str =
    "class_id,subject,grade_level,teacher_id\n4A,Homeroom,4,47\n4B,Homeroom,4,46\n4C,Homeroom,4,46\n";
const HEADER: &str = "student_id,first_name,last_name,grade,homeroom\n";

async fn with_homerooms() -> (School, Person) {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    for (kind, content) in [("staff", STAFF), ("classes", HOMEROOMS)] {
        school.brings(&administrator, (kind, content.as_bytes()), &[]).await;
    }
    (school, administrator)
}

/// Brings Sofia in with this homeroom. Answers what became of the table.
async fn says(school: &School, person: &Person, homeroom: &str) -> String {
    let table = format!("{HEADER}101,Sofia,Kovalevskaya,4,{homeroom}\n");
    let path = school.brings(person, ("students", table.as_bytes()), &[]).await;
    school.numbers(&path)
}

/// The classes that she was and is in, from when until when.
fn stays(school: &School) -> String {
    school.text(
        "select string_agg(concat_ws(' ', x.external_id, e.enrolled_on, e.ended_on), ', ' order by e.enrolled_on, x.external_id)
         from class_enrollments e join students s on s.id = e.student_id
         join external_ids x on x.entity_id = e.class_id and x.kind = 'classes'
         where s.student_number = '101' and e.deleted_at is null",
    )
}

#[actix_web::test]
async fn a_students_table_that_names_another_homeroom_moves_the_child_today() {
    let (school, administrator) = with_homerooms().await;
    says(&school, &administrator, "4A").await;
    assert_eq!(stays(&school), "4A 2026-09-01 2027-07-31");

    let table = format!("{HEADER}101,Sofia,Kovalevskaya,4,4B\n");
    let rehearsed = school.matches(&administrator, ("students", table.as_bytes()), &[]).await;
    assert_eq!(school.numbers(&rehearsed), "1 0 1 2 0 0", "the old one ends");
    assert_eq!(says(&school, &administrator, "4B").await, "1 0 1 2 0 0");

    let moved = "4A 2026-09-01 2026-11-22, 4B 2026-11-23 2027-07-31";
    assert_eq!(stays(&school), moved);
    assert_eq!(says(&school, &administrator, "4B").await, "0 0 0 3 0 0");
    assert_eq!(stays(&school), moved);

    school.clock.set("2026-11-30T09:00:00Z".parse().unwrap());
    let administrator = school.sign_in(Administrator).await;
    assert_eq!(says(&school, &administrator, "4B").await, "0 0 0 3 0 0");
    assert_eq!(stays(&school), moved);
    says(&school, &administrator, "4A").await;
    let back = "4A 2026-09-01 2026-11-22, 4B 2026-11-23 2026-11-29, 4A 2026-11-30 2027-07-31";
    assert_eq!(stays(&school), back);
    assert_eq!(says(&school, &administrator, "4A").await, "0 0 0 3 0 0");
    assert_eq!(stays(&school), back);
}

#[actix_web::test]
async fn a_child_moved_twice_on_one_day_was_in_the_first_of_both_never() {
    let (school, administrator) = with_homerooms().await;
    for homeroom in ["4A", "4B", "4C"] {
        says(&school, &administrator, homeroom).await;
    }
    assert_eq!(stays(&school), "4A 2026-09-01 2026-11-22, 4C 2026-11-23 2027-07-31");

    says(&school, &administrator, "4A").await;
    assert_eq!(stays(&school), "4A 2026-09-01 2027-07-31", "she never left");
}

#[actix_web::test]
async fn a_child_moved_here_by_hand_stays_where_she_is_while_the_table_says_what_it_said() {
    let (school, administrator) = with_homerooms().await;
    says(&school, &administrator, "4A").await;
    let class = |name: &str| {
        school.text(&format!(
            "select entity_id from external_ids where kind = 'classes' and external_id = '{name}'"
        ))
    };
    let seat = school.text("select e.id from class_enrollments e join students s on s.id = e.student_id where student_number = '101'");
    let path = format!("/classes/{}/enrollments/{seat}/transfer", class("4A"));
    let to = class("4B");
    administrator.post(&path, [("to", &*to), ("on", "2026-11-23")]).await.has_status(303);

    says(&school, &administrator, "4A").await;
    assert!(stays(&school).starts_with("4A 2026-09-01 2026-11-22, 4B 2026-11-23"), "{}", stays(&school));
    assert_eq!(says(&school, &administrator, "4C").await.split(' ').nth(2), Some("1"));
    assert_eq!(stays(&school), "4A 2026-09-01 2026-11-22, 4C 2026-11-23 2027-07-31");
}

#[actix_web::test]
async fn a_table_of_places_says_from_when_and_what_was_marked_elsewhere_since_is_put_away() {
    let (school, administrator) = with_homerooms().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let number = school.text(&format!("select student_number from students where id = '{amal}'"));
    school.sign_in(Teacher).await.submits(&school, &[(amal, "absent", 0)]).await.has_status(303);
    let table = format!("student_id,class_id,start_date\n{number},4B,2026-11-16\n");

    let path = school.brings(&administrator, ("enrollments", table.as_bytes()), &[]).await;

    assert_eq!(school.numbers(&path), "1 0 1 0 0 0");
    let stays = "select string_agg(concat_ws(' ', enrolled_on, ended_on), ', ' order by enrolled_on) from class_enrollments e
        join students s on s.id = e.student_id where s.first_name = 'Amal' and e.deleted_at is null";
    assert_eq!(school.text(stays), "2026-09-01 2026-11-15, 2026-11-16 2027-07-31");
    assert_eq!(school.text("select sum(possible)::int from attendance_days"), "0");
    assert_eq!(miscounted(&school), "");
    let again = school.brings(&administrator, ("enrollments", table.as_bytes()), &[]).await;
    assert_eq!(school.numbers(&again), "0 0 0 1 0 0");
}

#[actix_web::test]
async fn two_homerooms_on_one_day_are_one_too_many() {
    let (school, administrator) = with_homerooms().await;
    says(&school, &administrator, "").await;
    let table = "student_id,class_id,start_date\n101,4A,2026-09-01\n101,4B,\n";

    let path = school.matches(&administrator, ("enrollments", table.as_bytes()), &[]).await;

    assert_eq!(school.numbers(&path), "1 0 0 0 1 0");
    administrator.get(&path).await.shows("Say from when they are in this class");
}
