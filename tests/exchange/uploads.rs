//! Uploading an export, seeing what it would do, and having it applied.

use crate::support::{Administrator, Answer, Person, School, Teacher, command::import, export::Export};

/// Uploads bytes as an export; answers the way to the import.
pub(super) async fn upload(person: &Person, name: &str, content: &[u8]) -> Answer {
    person.uploads("/imports", &[("kind", "oneroster")], ("file", name, content)).await
}

impl Export {
    /// Packed, as it is uploaded.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        std::fs::read(self.zip()).unwrap()
    }
}

impl School {
    /// Uploads an export and has it rehearsed; answers the import's path.
    pub(crate) async fn rehearses(&self, person: &Person, export: &Export) -> String {
        let path = upload(person, "roster.zip", &export.bytes()).await.leads();
        self.works();
        path
    }

    /// The same, and has it applied.
    pub(super) async fn applies(&self, person: &Person, export: &Export) -> String {
        let path = self.rehearses(person, export).await;
        person.post(&format!("{path}/application"), [("end_many", "yes")]).await.redirects_to(&path);
        self.works();
        person.get(&path).await.shows("Imported on");
        path
    }
}

#[actix_web::test]
async fn an_export_is_rehearsed_before_anything_changes_and_then_applied() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;

    let path = upload(&administrator, "roster.zip", &Export::of_a_small_school().bytes()).await.leads();
    administrator.get(&path).await.is_ok().shows("Begins in a moment").shows("This is a rehearsal");
    school.works();
    let page = administrator.get(&path).await;
    page.is_ok().shows("Nothing has been changed yet").shows("<th scope=\"row\">Students</th>");
    assert_eq!(school.count("students"), 0);
    administrator.post(&format!("{path}/application"), []).await.redirects_to(&path);
    administrator.get(&path).await.shows("Everything or nothing");
    school.works();

    administrator.get(&path).await.is_ok().shows("Imported on Mon 23 Nov 2026, 08:38");
    assert_eq!(school.count("students where first_name = 'Emmy'"), 1);
    assert_eq!(school.count("import_files where content is not null"), 0, "it is needed no more");
    administrator.get("/imports").await.is_ok().shows("roster.zip").shows("Rosa Lindqvist").shows("Done");
    assert_eq!(
        school.text("select concat_ws('|', created, changed, ended, rejected, status) from import_runs"),
        "26|0|0|0|done"
    );
}

#[actix_web::test]
async fn the_same_file_again_would_change_nothing() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let export = Export::of_a_small_school();
    school.applies(&administrator, &export).await;
    let again = export.each(|text| {
        let mut lines: Vec<_> = text.lines().collect();
        lines[1..].reverse();
        let wider = lines.join(",more\r\n").replacen(",more", ",metadata.more", 1);
        format!("\u{feff}{wider},more\r\n")
    });
    school.rehearses(&administrator, &again).await;

    assert_eq!(
        school.text("select concat_ws('|', created, changed, ended, rejected) from import_runs where status = 'rehearsed'"),
        "0|0|0|0"
    );
}

#[actix_web::test]
async fn what_is_no_export_is_refused_by_the_field_t50() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;

    let csv = upload(&administrator, "users.csv", b"sourcedId,status\n").await;
    csv.field_error("file", "This is no zip file.");
    upload(&administrator, "roster.zip", b"").await.field_error("file", "This file is empty.");
    upload(&administrator, "", b"").await.field_error("file", "Choose a file first.");
    let nothing = administrator.uploads("/imports", &[], ("file", "roster.zip", b"PK\x03\x04")).await;
    nothing.field_error("kind", "Choose one from the list.");
    let unknown =
        administrator.uploads("/imports", &[("kind", "ledger")], ("file", "a.zip", b"PK\x03\x04")).await;
    unknown.field_error("kind", "Choose one from the list.");
    assert_eq!(school.count("import_runs"), 0);
    assert_eq!(school.count("jobs"), 0);
}

#[actix_web::test]
async fn whoever_uploads_too_much_is_told_so_and_nothing_is_kept_t50() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let mut content = b"PK\x03\x04".to_vec();
    content.resize(32 * 1024 * 1024 + 1, 0);

    let answer = upload(&administrator, "roster.zip", &content).await;

    answer.has_status(413).shows("At most 32 MB can be uploaded.");
    assert_eq!(school.count("import_files"), 0);
    content.truncate(32 * 1024 * 1024);
    upload(&administrator, "roster.zip", &content).await.has_status(303);
    assert_eq!(school.text("select size from import_files"), content.len().to_string());
}

#[actix_web::test]
async fn a_look_alike_is_explained_in_words() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let sds = Export::of_a_small_school().with("Student.csv", "SIS ID,School SIS ID,Username\n1,2,ada\n");
    let path = school.rehearses(&administrator, &sds).await;

    let page = administrator.get(&path).await;
    page.is_ok().shows("Failed").shows("School Data Sync (SDS) V1").shows("Nothing was imported.");
    assert_eq!(school.count("campuses where import_hash is not null"), 0);
}

#[actix_web::test]
async fn a_file_that_is_cut_off_or_a_bomb_comes_to_nothing_t51() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let whole = Export::of_a_small_school().bytes();
    let bomb = Export::of_a_small_school().with("users.csv", vec![b'a'; 80 * 1024 * 1024]).bytes();
    for (content, sentence) in [
        (&whole[..whole.len() / 2], "damaged or cut off"),
        (&bomb[..], "unpacks to far more than a real export does"),
        (&b"PK\x03\x04 and nothing else"[..], "damaged or cut off"),
    ] {
        let path = upload(&administrator, "roster.zip", content).await.leads();
        school.works();
        administrator.get(&path).await.is_ok().shows("Failed").shows(sentence);
    }
}

#[actix_web::test]
async fn a_file_may_be_called_anything_t45_t57() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let long = format!("{}.zip", "a".repeat(400));
    for (name, kept) in [
        ("../../etc/passwd.zip", "passwd.zip"),
        ("C:\\\\Users\\\\ida\\\\roster.zip", "roster.zip"),
        ("<b hx-get=/>.zip", ">.zip"),
        ("נתונים 張.zip", "נתונים 張.zip"),
        ("Zoe\u{301}.zip", "Zo\u{e9}.zip"),
        (" ", "?"),
        (&long, &long[..255]),
    ] {
        let path = upload(&administrator, name, b"PK\x03\x04").await.leads();
        let query =
            format!("select file_name from import_runs where id = '{}'", path.rsplit('/').next().unwrap());
        assert_eq!(school.text(&query), kept, "{name:?}");
        administrator.get(&path).await.is_ok().hides("<b hx-get");
    }
    for name in ["a\u{1}b.zip", "a\0b.zip", "a\r\nSet-Cookie: b=c\r\n\r\n.zip"] {
        upload(&administrator, name, b"PK\x03\x04").await.has_status(400).shows("That could not be read");
    }
}

#[actix_web::test]
async fn half_a_school_leaving_stops_and_asks() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    school.applies(&administrator, &super::leaving::a_big_school()).await;

    let path = school.rehearses(&administrator, &Export::of_a_small_school()).await;
    let page = administrator.get(&path).await;
    page.shows("50 of 52 students, 50 of 53 class enrollments would be marked as no longer there, more than one in ten");
    let refused = administrator.post(&format!("{path}/application"), []).await;
    refused.field_error("end_many", "Tick this to go on");
    school.works();
    assert_eq!(school.count("students where status = 'withdrawn'"), 0);

    administrator.post(&format!("{path}/application"), [("end_many", "yes")]).await.redirects_to(&path);
    school.works();
    assert_eq!(school.count("students where status = 'withdrawn'"), 50);
}

#[actix_web::test]
async fn a_school_that_changed_since_the_rehearsal_is_not_emptied() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let small = Export::of_a_small_school();
    let path = school.rehearses(&administrator, &small).await;
    school.applies(&administrator, &super::leaving::a_big_school()).await;

    administrator.post(&format!("{path}/application"), []).await.redirects_to(&path);
    school.works();

    administrator.get(&path).await.shows("Failed").shows("50 of 52 students would no longer be there");
    assert_eq!(school.count("students where status = 'withdrawn'"), 0);
}

#[actix_web::test]
async fn what_the_command_line_imported_stands_in_the_list_with_its_rows() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let export = Export::of_a_small_school().replace("users.csv", "Sofia,Kovalevskaya", "Sofia,");
    import(&export.zip(), &school, &administrator.email).output().unwrap();

    administrator.get("/imports").await.is_ok().shows("OneRoster export").shows("Done");
    let id = school.text("select id from import_runs");
    let page = administrator.get(&format!("/imports/{id}")).await;
    page.is_ok().shows("A value is required here.").shows("The file is no longer kept.");
}

#[actix_web::test]
async fn somebody_who_may_not_import_sees_no_import() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;

    teacher.get("/imports").await.is_forbidden();
    upload(&teacher, "roster.zip", b"PK\x03\x04").await.is_forbidden();
    teacher.get("/today").await.is_ok().hides("href=\"/imports\"");
}

#[actix_web::test]
async fn a_file_that_nobody_applied_is_kept_for_a_week() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let path = school.rehearses(&administrator, &Export::of_a_small_school()).await;
    let forget = || school.seed(school::exchange::import_run::ImportRun::forget_old_files);

    school.clock.set(school.clock.now() + chrono::TimeDelta::days(6));
    forget();
    assert_eq!(school.count("import_files where content is not null"), 1);
    school.clock.set(school.clock.now() + chrono::TimeDelta::days(2));
    forget();

    assert_eq!(school.count("import_files where content is not null"), 0);
    let administrator = school.sign_in(Administrator).await;
    administrator.get(&path).await.shows("Cancelled").shows("The file is no longer kept.");
    administrator.post(&format!("{path}/rehearsal"), []).await.has_status(409);
}
