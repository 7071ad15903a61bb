//! Something breaks while a register is taken: all of it is kept or none, and the next try goes through.

use std::io::Write as _;

use diesel::PgConnection;
use school::Uuid;

use crate::support::{Person, School, Teacher, database};

/// A class of nine, and who calls its roll.
async fn nine() -> (School, Vec<Uuid>, Person) {
    let school = School::open().await;
    let students = (0..9).map(|n| school.enroll(&format!("Amal{n}"), "Abdullahi")).collect();
    let teacher = school.sign_in(Teacher).await;
    (school, students, teacher)
}

fn all_present(students: &[Uuid]) -> Vec<(Uuid, &'static str, i32)> {
    students.iter().map(|student| (*student, "present", 0)).collect()
}

fn submitted(school: &School) -> i64 {
    school.number("select count(*) as n from attendance_sessions where organization_id = $1 and submitted_at is not null")
}

/// Holds the register's taking, so that whoever marks waits.
fn holds(school: &School) -> PgConnection {
    let mut other = database::within(school.organization);
    database::run(&mut other, "begin; select id from attendance_sessions for update");
    other
}

#[actix_web::test]
async fn a_submission_that_breaks_in_the_middle_keeps_nothing_and_the_next_one_goes_through_t84() {
    let (school, students, teacher) = nine().await;
    let unlucky = students[6];
    let mut owner = database::owner();
    let name = format!("break_{}", unlucky.simple());
    database::run_between_others(
        &mut owner,
        &format!(
            "create function {name}() returns trigger language plpgsql as $$
             begin if new.student_id = '{unlucky}' then raise exception 'secret detail'; end if; return new; end $$;
             create trigger {name} before insert on attendance_records for each row execute function {name}()"
        ),
    );

    let answer = teacher.submits(&school, &all_present(&students)).await;
    let mend = format!("drop trigger {name} on attendance_records; drop function {name}()");
    database::run_between_others(&mut owner, &mend);

    answer.has_status(500).shows("say number").hides("secret");
    assert_eq!((school.marks_kept(), submitted(&school)), (0, 0));
    teacher.submits(&school, &all_present(&students)).await.has_status(303);
    assert_eq!((school.marks_kept(), submitted(&school)), (9, 1));
}

#[actix_web::test]
async fn a_register_that_somebody_else_holds_says_come_back_and_keeps_nothing_t82() {
    let (school, students, teacher) = nine().await;
    teacher.marks(&school, students[0], "absent", 0).await.is_ok();
    let mut other = holds(&school);

    let marks: Vec<_> = all_present(&students[1..]);
    let answer = teacher.submits(&school, &marks).await;
    database::run(&mut other, "rollback");

    answer.has_status(503);
    assert_eq!(answer.header("retry-after"), "5");
    assert_eq!((school.marks_kept(), submitted(&school)), (1, 0));
    teacher.submits(&school, &marks).await.has_status(303);
    assert_eq!((school.marks_kept(), submitted(&school)), (9, 1));
}

#[actix_web::test]
async fn a_database_connection_cut_in_the_middle_of_a_submission_keeps_nothing_and_heals_t81() {
    let (school, students, teacher) = nine().await;
    teacher.marks(&school, students[0], "absent", 0).await.is_ok();
    let mut other = holds(&school);
    let marks: Vec<_> = all_present(&students[1..]);

    let (answer, ()) = futures::join!(teacher.submits(&school, &marks), async {
        let pid = database::waits_for(&mut other).await;
        database::run(&mut database::app(), &format!("select pg_terminate_backend({pid})"));
    });
    database::run(&mut other, "rollback");

    answer.has_status(503);
    assert_eq!((school.marks_kept(), submitted(&school)), (1, 0));
    teacher.submits(&school, &marks).await.has_status(303);
    assert_eq!((school.marks_kept(), submitted(&school)), (9, 1));
}

#[actix_web::test]
async fn whoever_goes_away_in_the_middle_of_submitting_has_submitted_whole_t86() {
    let (school, students, teacher) = nine().await;
    teacher.marks(&school, students[0], "absent", 0).await.is_ok();
    let mut other = holds(&school);
    let form: Vec<String> =
        students[1..].iter().map(|one| format!("code%5B{one}%5D=present&version%5B{one}%5D=0")).collect();
    let body = format!("act=submit&{}", form.join("&"));
    let at = school.address.trim_start_matches("http://");
    let mut sending = std::net::TcpStream::connect(at).unwrap();
    write!(
        sending,
        "POST {}/submission HTTP/1.1\r\nHost: {at}\r\nOrigin: http://{at}\r\nSec-Fetch-Site: same-origin\r\nCookie: {}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        school.register(),
        teacher.cookie.as_ref().unwrap(),
        body.len()
    )
    .unwrap();

    let pid = database::waits_for(&mut other).await;
    drop(sending);
    database::run(&mut other, "rollback");

    let busy = format!("select 'busy' as line from pg_stat_activity where pid = {pid} and state <> 'idle'");
    let mut looking = database::app();
    while !database::lines(&mut looking, &busy).is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!((school.marks_kept(), submitted(&school)), (9, 1));
}

#[actix_web::test]
async fn what_hangs_on_a_register_cannot_be_deleted_from_under_it_t78() {
    let (school, students, teacher) = nine().await;
    teacher.submits(&school, &all_present(&students)).await.has_status(303);

    for table in ["students", "classes", "campuses", "attendance_codes", "staff"] {
        let tried = format!(
            "do $$ begin
               delete from {table} where organization_id = '{}';
               raise exception '{table} let its registers fall';
             exception when foreign_key_violation or insufficient_privilege then null; end $$",
            school.organization
        );
        database::run(&mut database::within(school.organization), &tried);
    }

    teacher.get(&school.register()).await.is_ok().shows("Submitted");
    assert_eq!(school.marks_kept(), 9);
}
