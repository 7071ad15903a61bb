//! Rows that were not taken: as a file to mend, and sent again.

use reqwest::header;

use crate::support::{Administrator, Answer, Person, School, export::Export};

/// An export in which Sofia has no family name, so that what hangs from her is not taken either.
pub(crate) fn without_a_name() -> Export {
    Export::of_a_small_school().replace("users.csv", "Sofia,Kovalevskaya", "Sofia,")
}

async fn rejected(person: &Person, path: &str, file: &str) -> Answer {
    person.get(&format!("{path}/rejected?file={file}")).await
}

async fn send(person: &Person, path: &str, file: &str, content: &str) -> Answer {
    let name = "mended.csv";
    person.uploads(&format!("{path}/corrections"), &[("of", file)], ("file", name, content.as_bytes())).await
}

#[actix_web::test]
async fn a_rejected_row_is_downloaded_mended_and_sent_again() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let path = school.rehearses(&administrator, &without_a_name()).await;
    let page = administrator.get(&path).await;
    page.shows("users.csv</bdi>, line 5").shows("A value is required here.").shows("1 row not taken");

    let file = rejected(&administrator, &path, "users.csv").await;
    file.is_ok();
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"users-rejected.csv\"");
    let lines: Vec<_> = file.body.trim_end().split("\r\n").collect();
    assert!(
        lines[0].starts_with("\u{feff}sourcedId,status,")
            && lines[0].ends_with(",password,belfry_line,belfry_reason")
    );
    assert_eq!(
        lines[1],
        "friend,,,true,S1,student,sofia,,Sofia,,,101,,,,,03,,5,familyName: A value is required here."
    );
    assert_eq!(lines.len(), 2);
    let mended = file.body.replace("Sofia,,", "Sofia,Kovalevskaya,");
    let next = send(&administrator, &path, "users.csv", &mended).await.leads();
    school.works();

    administrator.get(&path).await.shows("Mended rows were sent in its place.");
    let page = administrator.get(&next).await;
    page.shows("mends an earlier one").shows("Nothing has been changed yet").hides("familyName");
    administrator.post(&format!("{next}/application"), []).await.redirects_to(&next);
    school.works();
    assert_eq!(school.count("students where last_name = 'Kovalevskaya'"), 1);
    assert_eq!(school.count("class_enrollments"), 3, "what hung from her is taken too");
    assert_eq!(school.count("import_files where content is not null"), 0);
}

#[actix_web::test]
async fn after_the_good_rows_are_in_the_mended_ones_end_nobody() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let path = school.applies(&administrator, &without_a_name()).await;
    assert_eq!(school.count("students where status = 'active'"), 1);

    let file = rejected(&administrator, &path, "users.csv").await;
    let mended = file.body.replace("Sofia,,", "Sofia,Kovalevskaya,");
    let next = send(&administrator, &path, "users.csv", &mended).await.leads();
    school.works();
    administrator.post(&format!("{next}/application"), []).await.redirects_to(&next);
    school.works();

    assert_eq!(school.count("students where status = 'active'"), 2);
    assert_eq!(school.text("select string_agg(ended::text, ',') from import_runs"), "0,0");
    administrator.get(&path).await.shows("Imported on").shows("The file is no longer kept.");
}

#[actix_web::test]
async fn formulas_are_defused_in_the_file_and_whole_when_they_come_back_t47() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let odd = Export::of_a_small_school().replace(
        "users.csv",
        "Sofia,Kovalevskaya,,101,,,",
        "=HYPERLINK(1),,@SUM,101,,+49 1,-2+3",
    );
    let path = school.rehearses(&administrator, &odd).await;

    let file = rejected(&administrator, &path, "users.csv").await;
    for defused in [",'=HYPERLINK(1),", ",'@SUM,", ",'+49 1,", ",'-2+3,"] {
        file.shows(defused);
    }
    let mended = file.body.replace("'=HYPERLINK(1),,", "'=HYPERLINK(1),Kovalevskaya,");
    let next = send(&administrator, &path, "users.csv", &mended).await.leads();
    school.works();
    administrator.post(&format!("{next}/application"), []).await.redirects_to(&next);
    school.works();

    assert_eq!(
        school.text("select concat_ws('|', first_name, middle_name, phone) from students where last_name = 'Kovalevskaya'"),
        "=HYPERLINK(1)|@SUM|-2+3"
    );
}

#[actix_web::test]
async fn of_two_rows_with_one_id_the_one_that_comes_back_counts() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let double = Export::of_a_small_school()
        .add("users.csv", "friend,,,true,S1,student,sonya,,Sonya,Kovalevskaya,,101,,,,,03,");
    let path = school.rehearses(&administrator, &double).await;

    let file = rejected(&administrator, &path, "users.csv").await;
    let lines: Vec<_> = file.body.split_inclusive("\r\n").filter(|line| !line.contains("Sonya")).collect();
    assert_eq!(lines.len(), 2);
    let next = send(&administrator, &path, "users.csv", &lines.concat()).await.leads();
    school.works();

    administrator.get(&next).await.hides("differ (lines");
    administrator.post(&format!("{next}/application"), []).await.redirects_to(&next);
    school.works();
    assert_eq!(school.text("select first_name from students where student_number = '101'"), "Sofia");
}

#[actix_web::test]
async fn what_is_no_file_of_rejected_rows_is_refused_by_the_field() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let path = school.rehearses(&administrator, &without_a_name()).await;

    for (content, sentence) in [
        ("sourcedId,familyName\nfriend,Kovalevskaya\n", "belfry_line and belfry_reason are missing"),
        ("", "belfry_line and belfry_reason are missing"),
        ("sourcedId,belfry_line,belfry_reason\n", "There is no row in this file."),
        ("sourcedId,belfry_line,belfry_reason\n\u{0},5,x\n", ""),
    ] {
        let answer = send(&administrator, &path, "users.csv", content).await;
        if sentence.is_empty() {
            answer.has_status(303);
        } else {
            answer.field_error("file", sentence);
        }
    }
    send(&administrator, &path, "orgs.csv", "a,belfry_line,belfry_reason\n1,2,3\n").await.is_missing();
    rejected(&administrator, &path, "orgs.csv").await.is_missing();
    rejected(&administrator, &path, "..%2f..%2fetc%2fpasswd").await.is_missing();
}

#[actix_web::test]
async fn a_mended_file_that_a_spreadsheet_wrote_otherwise_is_read() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let path = school.rehearses(&administrator, &without_a_name()).await;

    let semicolons = "belfry_line;FAMILYNAME;belfry_reason\n5;Kovalevskaya;mended\n";
    let next = send(&administrator, &path, "users.csv", semicolons).await.leads();
    school.works();

    administrator.get(&next).await.hides("A value is required here.");
    assert_eq!(school.text("select created from import_runs where status = 'rehearsed'"), "26");
}

#[actix_web::test]
async fn many_rejected_rows_are_shown_a_page_at_a_time() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let mut export = Export::of_a_small_school();
    for number in 0..60 {
        export = export.add("users.csv", &format!("x{number},,,true,S1,student,x{number},,First,,,,,,,,03,"));
    }
    let path = school.rehearses(&administrator, &export).await;

    let page = administrator.get(&path).await;
    assert_eq!(page.body.matches("users.csv</bdi>, line ").count(), 50);
    let next = page.body.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let page = administrator.get(&crate::support::form::read(next)).await;
    assert_eq!(page.body.matches("users.csv</bdi>, line ").count(), 10);
    page.shows("line 66<");
}

#[actix_web::test]
async fn fields_kept_as_edited_here_stand_beside_the_rejected_rows() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    school.applies(&administrator, &Export::of_a_small_school()).await;
    school.edit("update students set first_name = 'Sonya' where first_name = 'Sofia'");
    let path = school.rehearses(&administrator, &Export::of_a_small_school()).await;

    let page = administrator.get(&format!("{path}?rows=kept")).await;
    page.shows("“Sonya” was entered here and is kept.").shows("<bdi>Sofia</bdi>");
    let plain = administrator.request(reqwest::Method::GET, &path).header(header::ACCEPT, "text/html");
    Answer::of(plain).await.shows("Every row was taken");
}
