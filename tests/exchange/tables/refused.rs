//! What is no table is refused by the field, in a sentence; nothing of it is kept.

use super::{STUDENTS, upload};
use crate::support::{Administrator, Office, School, Teacher, export::Export};

#[actix_web::test]
async fn a_file_that_is_no_table_is_explained_t46_t50() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let wide: Vec<u8> = STUDENTS.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let wider = format!("{}\n1,2\n", "a,".repeat(20_000));
    let mixed = [STUDENTS.as_bytes(), b"103,Am\xe9lie,Poulain,,,4,H1\n"].concat();
    for (content, sentence) in [
        (&b""[..], "This file is empty."),
        (b" \r\n \n", "The file is empty."),
        (b"student_id,first_name\n", "The table has no rows"),
        (b"%PDF-1.7 and so on", "This is a PDF file."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an older workbook (.xls)"),
        (b"<html><table><tr><td>1</td></tr></table>", "This is a web page"),
        (b"PK\x03\x04 and nothing else", "The workbook is damaged or cut off."),
        (b"a,b\n\"1,2\n3,4\n5,6\n", "A quotation mark near line 2 is never closed"),
        (&wide, "This is UTF-16 text."),
        (wider.as_bytes(), "larger than 500,000 rows and 200 columns"),
        (&mixed, "Line 4 is not UTF-8 text"),
    ] {
        upload(&administrator, "students", "pupils.csv", content).await.field_error("file", sentence);
    }
    assert_eq!(school.count("import_runs"), 0);
    assert_eq!(school.count("import_files"), 0);
}

#[actix_web::test]
async fn a_word_with_a_nought_byte_is_told_and_odd_names_come_in_whole_t45() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let odd = "student_id,first_name,last_name\n1,A\0da,Byron\n2,نور الهدى,الأنصاري\n3,<b>x</b>,\"O'Brien; drop table\"\n4,{{7*7}},Ṱ̺̺̕o͞ ̷i̲̬n̝̗v͇\n";

    let path = school.brings(&administrator, ("students", odd.as_bytes()), &[]).await;

    assert_eq!(school.count("students"), 3);
    let page = administrator.get(&path).await;
    page.shows("students.csv</bdi>, line 2").hides("<b>x</b>");
    assert_eq!(school.text("select first_name from students where student_number = '2'"), "نور الهدى");
    assert_eq!(
        school.text("select last_name from students where student_number = '3'"),
        "O'Brien; drop table"
    );
}

#[actix_web::test]
async fn days_and_numbers_that_cannot_be_are_rows_not_taken_t52_t53() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let days =
        ["0000-00-00", "2023-02-29", "infinity", "10000-01-01", "-4713-01-01", "12/22/15", "1899-12-31"];
    let rows: String = days.iter().enumerate().map(|(n, day)| format!("{n},Ada,Byron,{day}\n")).collect();
    let table = format!("student_id,first_name,last_name,birthdate\n{rows}8,Ada,Byron,2015-12-22\n");

    let path =
        school.brings(&administrator, ("students", table.as_bytes()), &[("day_order", "month_first")]).await;

    assert_eq!(school.count("students"), 1);
    assert!(school.numbers(&path).ends_with(" 7 0"));
    let long = format!(
        "student_id,first_name,last_name\n1,{},Byron\n{},Ada,Byron\n",
        "a".repeat(101),
        "9".repeat(41)
    );
    let path = school.matches(&administrator, ("students", long.as_bytes()), &[]).await;
    assert!(school.numbers(&path).ends_with(" 2 0"), "{}", school.numbers(&path));
}

#[actix_web::test]
async fn a_table_moves_no_account_to_where_it_opens_more_than_whoever_sends_it_may_t11() {
    let school = School::open().await;
    school.second_campus("Hill Road");
    let administrator = school.sign_in(Administrator).await;
    let importer = school.sign_in(Office).await;
    school.holds(
        &importer.email,
        "Importer",
        &[("CREATE_IMPORT_RUNS", "organization"), ("READ_STUDENTS", "campuses")],
    );
    let of = "from staff join users on users.id = user_id where users.email";
    let number = school.text(&format!("select employee_number {of} = '{}'", importer.email));
    let at = |campus: &str| {
        format!("teacher_id,first_name,last_name,role,campus\n{number},Rosa,Lindqvist,Support,{campus}\n")
    };
    school.brings(&administrator, ("staff", at("Quay Street").as_bytes()), &[]).await;

    let path = school.matches(&importer, ("staff", at("Hill Road").as_bytes()), &[]).await;

    importer.get(&path).await.shows("would open more than yours does").hides("/application");
    let campus =
        format!("select name from campuses where id = (select campus_id {of} = '{}')", importer.email);
    assert_eq!(school.text(&campus), "Quay Street");
    school.brings(&administrator, ("staff", at("Hill Road").as_bytes()), &[]).await;
    assert_eq!(school.text(&campus), "Hill Road");
}

/// A list of staff at Quay Street, with Ada Byron and whoever is meant by number.
fn staff_list(numbers: &[&str]) -> String {
    let rows = numbers.iter().map(|number| format!("{number},Rosa,Lindqvist,Support,Quay Street\n"));
    let header = "teacher_id,first_name,last_name,role,campus\n47,Ada,Byron,Teacher,Quay Street\n";
    format!("{header}{}", rows.collect::<String>())
}

fn number_of(school: &School, email: &str) -> String {
    let of = "from staff join users on users.id = user_id where users.email";
    school.text(&format!("select employee_number {of} = '{email}'"))
}

#[actix_web::test]
async fn no_list_of_staff_ends_the_last_administrator_t11() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let number = number_of(&school, &administrator.email);
    let with_me = staff_list(&[&number]);
    school.brings(&administrator, ("staff", with_me.as_bytes()), &[]).await;
    let without_me = staff_list(&[]);
    let sends = || school.matches(&administrator, ("staff", without_me.as_bytes()), &[("is_whole", "yes")]);

    let path = sends().await;

    administrator.get(&path).await.shows("Nobody would remain who can sign in").hides("/application");
    let (_, second) = school.colleague(Administrator).await;
    let path = sends().await;
    administrator.get(&path).await.shows(&format!("{path}/application"));
    administrator.post(&format!("{second}/disablement"), []).await.has_status(303);
    administrator.post(&format!("{path}/application"), []).await.redirects_to(&path);
    school.works();
    administrator.get(&path).await.shows("Nobody would remain who can sign in").hides("Imported on");
    assert_eq!(school.count("staff where status = 'left'"), 0);
    administrator.post(&format!("{second}/disablement/end"), []).await.has_status(303);
    administrator.get("/users").await.is_ok();
}

#[actix_web::test]
async fn no_list_of_staff_ends_somebody_who_may_do_more_than_whoever_sends_it_t11() {
    let school = School::open().await;
    let (administrator, importer) = (school.sign_in(Administrator).await, school.sign_in(Office).await);
    school.holds(&importer.email, "Importer", &[("CREATE_IMPORT_RUNS", "organization")]);
    let teacher = school.sign_in(Teacher).await;
    let number = number_of(&school, &teacher.email);
    let with_them = staff_list(&[&number]);
    school.brings(&administrator, ("staff", with_them.as_bytes()), &[]).await;
    let whole = [("is_whole", "yes")];

    let path = school.matches(&importer, ("staff", staff_list(&[]).as_bytes()), &whole).await;

    let said = "Rosa Lindqvist would have left, whose account opens more than yours does";
    importer.get(&path).await.shows(said).hides("/application");
    teacher.get("/account").await.is_ok();
    school.brings(&administrator, ("staff", staff_list(&[]).as_bytes()), &whole).await;
    assert!(teacher.get("/account").await.leads_to("/sign-in"));
}

#[actix_web::test]
async fn no_roster_ends_somebody_who_may_do_more_than_whoever_sends_it_t11() {
    let school = School::open().await;
    let (administrator, importer) = (school.sign_in(Administrator).await, school.sign_in(Office).await);
    school.holds(&importer.email, "Importer", &[("CREATE_IMPORT_RUNS", "organization")]);
    let whole = Export::of_a_small_school();
    school.imports(&whole);
    let teacher = school.sign_in(Teacher).await;
    let mine = "(select id from users where organization_id = $1 and email = $2)";
    school.run(&format!("update staff set user_id = null where user_id = {mine}"), &teacher.email);
    school.run(
        &format!("update staff set user_id = {mine} where employee_number = '900' and organization_id = $1"),
        &teacher.email,
    );
    let gone = whole
        .replace("users.csv", "teacher,,,true,S1,teacher,ada,,Ada,Byron,,900,ada@hill.example,,,,,\n", "")
        .replace("enrollments.csv", "e1,,,H3,S1,teacher,teacher,true,2026-08-15,2027-06-11\n", "")
        .replace("enrollments.csv", "e2,,,M3,S1,teacher,teacher,true,2026-08-15,2027-06-11\n", "");

    let path = school.rehearses(&importer, &gone).await;

    importer.get(&path).await.shows("Ada Byron would have left").hides("/application");
    let path = school.rehearses(&administrator, &gone).await;
    administrator.get(&path).await.shows(&format!("{path}/application"));
}
