//! Rows of a table that were not taken: as a file to mend, and sent again.

use super::STUDENTS;
use crate::support::{Administrator, Answer, Person, School};

/// Sends rows of a file of an import mended.
pub(super) async fn send_mended(person: &Person, path: &str, file: &str, rows: &str) -> Answer {
    let sent = ("file", "mended.csv", rows.as_bytes());
    person.uploads(&format!("{path}/corrections"), &[("of", file)], sent).await
}

#[actix_web::test]
async fn rejected_rows_of_a_table_are_mended_and_sent_again_t47() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let (plain, odd) = (STUDENTS.replace(",H1", ","), "103,=1+1,,1/30/2016,F,4,\n");
    let table = format!("{plain}{odd}");
    let path = school.brings(&administrator, ("students", table.as_bytes()), &[("is_whole", "yes")]).await;
    administrator.get(&path).await.shows("students.csv</bdi>, line 4").shows("A value is needed here.");
    assert_eq!(school.count("students"), 2);

    let file = administrator.get(&format!("{path}/rejected?file=students.csv")).await;
    file.is_ok().shows("103,'=1+1,,1/30/2016,F,4,,4,last_name: A value is needed here.");
    let mended = file.body.replace("'=1+1,,", "'=1+1,Lovelace,");
    let next = send_mended(&administrator, &path, "students.csv", &mended).await.leads();
    school.works();
    administrator.get(&next).await.shows("Nothing has been changed yet").shows("students, mended.csv");
    administrator.post(&format!("{next}/application"), []).await.redirects_to(&next);
    school.works();

    assert_eq!(school.text("select first_name from students where student_number = '103'"), "=1+1");
    assert_eq!(school.count("students where status = 'active'"), 3, "nobody left with a part of the list");
}

#[actix_web::test]
async fn rows_mended_before_the_others_are_in_come_in_with_them_t47() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let table = format!("{}103,Ada,,1/30/2016,F,4,\n", STUDENTS.replace(",H1", ","));
    let path = school.matches(&administrator, ("students", table.as_bytes()), &[("is_whole", "yes")]).await;

    let file = administrator.get(&format!("{path}/rejected?file=students.csv")).await;
    let mended = file.body.replace("Ada,,", "Ada,Lovelace,");
    let next = send_mended(&administrator, &path, "students.csv", &mended).await.leads();
    school.works();

    administrator.get(&path).await.shows("Mended rows were sent in its place.");
    administrator.get(&next).await.shows("Nothing has been changed yet");
    assert!(school.numbers(&next).ends_with(" 0 0"), "{}", school.numbers(&next));
    administrator.post(&format!("{next}/application"), []).await.redirects_to(&next);
    school.works();
    assert_eq!(
        school.text("select string_agg(last_name, ' ' order by student_number) from students"),
        "Kovalevskaya Erdős Lovelace"
    );
    assert_eq!(school.count("import_runs where status = 'done' and mapping->>'is_whole' = 'true'"), 1);
}

#[actix_web::test]
async fn of_two_rows_that_differ_the_one_that_comes_back_counts() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let table =
        "student_id,first_name,last_name\n101,Sofia,Kovalevskaya\n102,Paul,Erdős\n101,Sonya,Kovalevskaya\n";
    let path = school.matches(&administrator, ("students", table.as_bytes()), &[]).await;
    administrator.get(&path).await.shows("differ (lines 2, 4)");

    let file = administrator.get(&format!("{path}/rejected?file=students.csv")).await;
    let kept: Vec<_> = file.body.split_inclusive("\r\n").filter(|line| !line.contains("Sonya")).collect();
    let next = send_mended(&administrator, &path, "students.csv", &kept.concat()).await.leads();
    school.works();
    administrator.post(&format!("{next}/application"), []).await.redirects_to(&next);
    school.works();

    assert_eq!(
        school.text("select string_agg(first_name, ' ' order by student_number) from students"),
        "Sofia Paul"
    );
}

#[actix_web::test]
async fn rejected_rows_that_do_not_come_back_can_still_be_downloaded() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let table = "student_id,first_name,last_name\n101,Sofia,Kovalevskaya\n102,Paul,\n103,Ada,\n";
    let path = school.brings(&administrator, ("students", table.as_bytes()), &[]).await;
    let rejected = format!("{path}/rejected?file=students.csv");
    let file = administrator.get(&rejected).await;
    let both = file.body.replace("Paul,,", "Paul,Erdős,").replace("Ada,,", "Ada,Lovelace,");
    let paul = both.lines().take(2).collect::<Vec<_>>().join("\r\n");

    let next = send_mended(&administrator, &path, "students.csv", &paul).await.leads();
    school.works();
    administrator.post(&format!("{next}/application"), []).await.redirects_to(&next);
    school.works();
    assert_eq!(school.count("students"), 2);

    administrator.get(&rejected).await.is_ok().shows("103,Ada,,4,last_name");
    let next = send_mended(&administrator, &path, "students.csv", &both).await.leads();
    school.works();
    administrator.post(&format!("{next}/application"), []).await.redirects_to(&next);
    school.works();
    assert_eq!(
        school.text("select string_agg(last_name, ' ' order by student_number) from students"),
        "Kovalevskaya Erdős Lovelace"
    );
    administrator.get(&path).await.shows("The file is no longer kept.");
}

#[actix_web::test]
async fn more_mistakes_than_are_kept_are_told() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let rows: String = (0..10_003).map(|number| format!("{number},Ada,\n")).collect();
    let table = format!("student_id,first_name,last_name\n{rows}");

    let path = school.matches(&administrator, ("students", table.as_bytes()), &[]).await;

    assert!(school.numbers(&path).ends_with(" 10003 0"), "{}", school.numbers(&path));
    let page = administrator.get(&path).await;
    page.shows("10000 rows not taken").shows("3 more rows were not taken than are listed");
    administrator.get(&format!("{path}?rows=kept")).await.hides("than are listed");
}
