//! A table of attendance among the registers that are here.

use reqwest::Method;

use super::ATTENDANCE;
use crate::support::{Administrator, School};

#[actix_web::test]
async fn what_the_office_said_is_kept_and_told() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    school.brings_all(&administrator).await;
    school.run(
        "update attendance_records r set office_code_id = c.id, office_set_at = now(), version = r.version + 1 from attendance_codes c, students s
         where r.organization_id = $1 and c.organization_id = $1 and c.code = 'excused' and s.id = r.student_id
         and s.student_number = $2 and r.session_date = '2026-11-16'",
        "102",
    );

    let changed =
        ATTENDANCE.replace("102,2026-11-16,Absent", "102,2026-11-16,Tardy").replace("17,Tardy", "17,Present");
    let path = school.brings(&administrator, ("attendance", changed.as_bytes()), &[]).await;

    assert!(school.numbers(&path).starts_with("0 1 0 "), "{}", school.numbers(&path));
    assert!(school.numbers(&path).ends_with(" 0 1"), "{}", school.numbers(&path));
    administrator.get(&format!("{path}?rows=kept")).await.shows("The office marked").shows("that is kept");
    assert_eq!(
        school.text("select code from attendance_records r join attendance_codes c on c.id = office_code_id"),
        "excused"
    );
    let whose =
        "select distinct student_number from import_rows i join attendance_records r on r.id = i.subject_id
                 join students s on s.id = r.student_id where is_conflict";
    assert_eq!(school.text(whose), "102", "it goes with the mark");
}

#[actix_web::test]
async fn registers_that_another_system_took_are_not_late() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    school.brings_all(&administrator).await;

    let page = administrator.get("/registers-not-taken?from=2026-11-16&to=2026-11-17").await;

    page.is_ok().shows("Every register was in time");
}

#[actix_web::test]
async fn marks_of_no_school_day_of_nobody_and_of_no_roll_are_not_taken() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    school.brings_all(&administrator).await;
    let marks = "student_id,date,status\n\
        101,2026-11-21,Present\n101,2026-11-24,Present\n101,2026-08-28,Present\n999,2026-11-16,Present\n\
        101,2026-11-18,Present\n101,2026-11-18,Absent\n102,2026-11-18,Absent\n102,2026-11-18,Absent\n101,soon,Present\n";

    let path = school.matches(&administrator, ("attendance", marks.as_bytes()), &[]).await;

    let page = administrator.get(&path).await;
    for (line, sentence) in [
        (2, "day"),
        (3, "This day has not come yet."),
        (4, "The student is on no class’s roll on this day."),
        (5, "There is no student of this number."),
        (6, "differ (lines 6, 7)"),
        (9, "The same row stands on line 8 already."),
        (10, "soon"),
    ] {
        page.shows(&format!("attendance.csv</bdi>, line {line}<")).shows(sentence);
    }
    assert_eq!(school.numbers(&path), "2 0 0 0 8 0");
}

#[actix_web::test]
async fn marks_taken_by_hand_stay_and_the_days_count_whole() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    school.brings_all(&administrator).await;
    let late =
        "student_id,date,status,minutes,comment\n101,2026-11-18,Tardy,12,Bus\n102,2026-11-18,Present,,\n";

    let path = school.brings(&administrator, ("attendance", late.as_bytes()), &[]).await;

    assert_eq!(school.numbers(&path), "3 0 0 0 0 0");
    assert_eq!(school.text("select concat_ws(' ', minutes_late, remarks) from attendance_records where minutes_late is not null"), "12 Bus");
    assert_eq!(
        school.text("select sum(possible)::int || ' ' || sum(attended)::int from attendance_days"),
        "6 5"
    );
    let same = school.matches(&administrator, ("attendance", late.as_bytes()), &[]).await;
    assert_eq!(school.numbers(&same), "0 0 0 2 0 0");
}

#[actix_web::test]
async fn registers_that_are_still_taken_here_are_left_to_their_teachers() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    school.brings_all(&administrator).await;
    let class = school.text("select id from classes where kind = 'homeroom' and import_hash is not null");
    let paul = school.text("select id from students where student_number = '102'");
    let mark = format!("/registers/{class}/2026-11-19/day/marks/{paul}");
    administrator.send(Method::PUT, &mark, &[("code", "late"), ("version", "0")]).await.is_ok();
    let marks = "student_id,date,status\n\
        101,2026-11-18,Present\n101,2026-11-19,Present\n101,2026-11-23,Present\n";

    let path = school.brings(&administrator, ("attendance", marks.as_bytes()), &[]).await;

    assert!(school.numbers(&path).ends_with(" 2 0"), "{}", school.numbers(&path));
    let page = administrator.get(&path).await;
    page.shows("line 3<").shows("begun here and is not submitted");
    page.shows("line 4<").shows("registers are still taken here");
    let open = "attendance_sessions where session_date >= '2026-11-19' and submitted_at is not null";
    assert_eq!(school.count(open), 0);
}
