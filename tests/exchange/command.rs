//! The command line as somebody at the machine meets it.

use crate::support::{
    Administrator, School, Teacher,
    command::{import, said},
    export::{Export, fresh_path},
};

#[actix_web::test]
async fn the_command_says_what_it_did_table_by_table_and_row_by_row() {
    let school = School::open().await;
    let email = school.employ(Administrator);
    let export = Export::of_a_small_school().replace("users.csv", "Sofia,Kovalevskaya", "Sofia,");
    let output = import(&export.zip(), &school, &email).output().unwrap();

    let said = said(&output);
    assert!(output.status.success(), "{said}");
    let students = said.lines().find(|line| line.starts_with("students")).unwrap();
    assert_eq!(students.split_whitespace().collect::<Vec<_>>(), ["students", "1", "0", "0", "0"]);
    assert!(said.contains("Rows that were not taken: 3"), "{said}");
    assert!(said.contains("  users.csv, line 5: familyName: A value is required here."), "{said}");
    assert_eq!(school.count("students where first_name = 'Emmy'"), 1);
}

#[actix_web::test]
async fn a_dry_run_on_the_command_line_keeps_nothing() {
    let school = School::open().await;
    let email = school.employ(Administrator);
    let output =
        import(&Export::of_a_small_school().folder(), &school, &email).arg("--dry-run").output().unwrap();

    let said = said(&output);
    assert!(output.status.success() && said.contains("(dry run: nothing was kept)"), "{said}");
    assert_eq!(school.count("students where first_name = 'Emmy'"), 0);
}

#[actix_web::test]
async fn whoever_may_not_import_and_whatever_is_no_export_gets_a_sentence() {
    let school = School::open().await;
    let (teacher, administrator) = (school.employ(Teacher), school.employ(Administrator));
    let export = Export::of_a_small_school().zip();
    for (file, email, sentence) in [
        (&export, &teacher, "You may not do this."),
        (&export, &"nobody@belfry.example".into(), "signs in as nobody@belfry.example"),
        (&fresh_path("zip"), &administrator, "cannot be read"),
    ] {
        let output = import(file, &school, email).output().unwrap();
        let said = said(&output);
        assert!(!output.status.success() && said.contains(sentence), "{said}");
    }
    assert_eq!(school.count("import_runs"), 0);
}
