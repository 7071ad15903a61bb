//! Saying what the columns of a table are.

use super::{ALL, STUDENTS, say, upload};
use crate::support::{Administrator, School, Teacher};

#[actix_web::test]
async fn the_columns_are_proposed_with_their_first_values() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;

    let columns = upload(&administrator, "students", "pupils.csv", STUDENTS.as_bytes()).await.leads();

    assert!(columns.ends_with("/columns"));
    let page = administrator.get(&columns).await;
    page.is_ok().shows("2 rows").shows("<bdi>101</bdi> · <bdi>102</bdi>");
    page.shows("<option value=\"number\" selected>Student number</option>");
    page.shows("<option value=\"date_of_birth\" selected>Date of birth</option>");
    page.shows("<option value=\"month_first\" selected>");
    let import = columns.trim_end_matches("/columns");
    administrator.get(import).await.is_ok().shows("Say first which column is which.");
    administrator.post(&format!("{import}/rehearsal"), []).await.has_status(409);
}

#[actix_web::test]
async fn what_was_said_once_is_remembered_for_the_same_columns() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let odd = STUDENTS.replace(",H1", ",").replace("student_id,first_name,last_name", "Nr,Vorname,Nachname");
    let said =
        [("column-0", "number"), ("column-1", "first_name"), ("column-2", "last_name"), ("column-4", "")];
    school.brings(&administrator, ("students", odd.as_bytes()), &said).await;

    let columns = upload(&administrator, "students", "again.csv", odd.as_bytes()).await.leads();

    let page = administrator.get(&columns).await;
    page.shows("as said for the last table with these columns");
    page.shows("<option value=\"last_name\" selected>").hides("<option value=\"gender\" selected>");
    let other = School::open().await;
    let stranger = other.sign_in(Administrator).await;
    let columns = upload(&stranger, "students", "again.csv", odd.as_bytes()).await.leads();
    stranger
        .get(&columns)
        .await
        .hides("as said for the last table")
        .hides("<option value=\"last_name\" selected>");
}

#[actix_web::test]
async fn what_is_missing_or_said_twice_is_told_by_the_field() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let columns = upload(&administrator, "students", "pupils.csv", STUDENTS.as_bytes()).await.leads();

    let answer = say(&administrator, &columns, &[("column-2", "")]).await;
    answer.field_error("columns", "Say which column is: Last name.");
    let answer = say(&administrator, &columns, &[("column-1", "last_name"), ("column-2", "last_name")]).await;
    answer.field_error("column-2", "“first_name” is the Last name already.");
    answer.shows("<a href=\"#column-2\">Column: ");
    say(&administrator, &columns, &[("column-1", "shoe")])
        .await
        .field_error("column-1", "Choose one from the list.");
    say(&administrator, &columns, &[("column-99", "gender")]).await.has_status(422);
    say(&administrator, &columns, &[("year", "")]).await.field_error("year", "Choose the school year");
    say(&administrator, &columns, &[("campus", "")]).await.field_error("campus", "Choose the campus");
    let nowhere = [("campus", "7c1d1f9e-1111-4111-8111-111111111111")];
    say(&administrator, &columns, &nowhere).await.field_error("campus", "Choose the campus");
    assert_eq!(school.count("import_mappings"), 0);
    assert_eq!(school.count("jobs"), 0);
}

#[actix_web::test]
async fn days_that_can_be_read_both_ways_are_asked_about() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let unclear =
        STUDENTS.replace(",H1", ",").replace("12/22/2015", "3/4/2015").replace("3/26/2016", "5/6/2016");
    let columns = upload(&administrator, "students", "pupils.csv", unclear.as_bytes()).await.leads();

    say(&administrator, &columns, &[]).await.field_error("day_order", "Say how days are written");
    let path = say(&administrator, &columns, &[("day_order", "day_first")]).await.leads();
    school.works();
    administrator.post(&format!("{path}/application"), []).await.redirects_to(&path);
    school.works();

    assert_eq!(
        school.text("select string_agg(date_of_birth::text, ' ' order by 1) from students"),
        "2015-04-03 2016-06-05"
    );
}

#[actix_web::test]
async fn words_for_marks_are_matched_with_the_codes_of_the_school() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    for (kind, content) in &ALL[..3] {
        school.brings(&administrator, (kind, content.as_bytes()), &[]).await;
    }
    let marks = "student_id,date,status\n101,2026-11-16,anwesend\n102,2026-11-16,Absent\n";
    let columns = upload(&administrator, "attendance", "marks.csv", marks.as_bytes()).await.leads();

    let page = administrator.get(&columns).await;
    page.shows("<option value=\"absent\" selected>").shows("name=\"said-1\" value=\"anwesend\"");
    say(&administrator, &columns, &[]).await.field_error("word-1", "Say what “anwesend” means.");
    say(&administrator, &columns, &[("word-1", "nonsense")])
        .await
        .field_error("word-1", "Choose one of the marks");
    let path = say(&administrator, &columns, &[("word-1", "present")]).await.leads();
    school.works();
    assert_eq!(school.numbers(&path), "3 0 0 0 0 0");
}

#[actix_web::test]
async fn columns_are_said_anew_until_the_import_is_done() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let pupils = STUDENTS.replace(",H1", ",");
    let path = school.matches(&administrator, ("students", pupils.as_bytes()), &[("column-4", "")]).await;
    let columns = format!("{path}/columns");

    administrator.get(&path).await.shows(&format!("href=\"{columns}\""));
    administrator.get(&columns).await.is_ok().hides("<option value=\"gender\" selected>");
    say(&administrator, &columns, &[("column-4", "gender")]).await.redirects_to(&path);
    administrator.get(&columns).await.has_status(409).shows("A job works on this import.");
    school.works();
    administrator.post(&format!("{path}/application"), []).await.redirects_to(&path);
    school.works();

    assert_eq!(school.count("students where gender = 'female'"), 1);
    administrator.get(&columns).await.has_status(409);
    administrator.get(&path).await.hides(&columns);
}

#[actix_web::test]
async fn only_whoever_may_import_says_anything_and_an_export_has_no_columns() {
    let school = School::open().await;
    let (administrator, teacher) = (school.sign_in(Administrator).await, school.sign_in(Teacher).await);
    let columns = upload(&administrator, "students", "pupils.csv", STUDENTS.as_bytes()).await.leads();

    teacher.get(&columns).await.is_forbidden();
    teacher.post(&columns, []).await.is_forbidden();
    let export = school.rehearsed_import();
    administrator.get(&format!("/imports/{export}/columns")).await.is_missing();
}
