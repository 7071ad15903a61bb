//! The same export again, a changed one, and edits made here in between.

use diesel::connection::SimpleConnection;
use school::{Error, exchange::roster::Wishes};

use super::importing::{conflicts, numbers};
use crate::support::{School, database::owner, export::Export};

#[actix_web::test]
async fn the_same_export_twice_changes_nothing() {
    let school = School::open().await;
    let export = Export::of_a_small_school();
    let first = numbers(school.imports(&export).total());
    let by_people = "change_events where user_id is not null and entity <> 'import_runs'";
    let before = school.count(by_people);
    assert!(before > 0);
    let second = school.imports(&export);

    // Grades are found by their code and not counted again.
    assert_eq!(numbers(second.total()), [0, 0, 0, first[0] - 1]);
    assert_eq!(conflicts(&second), [""; 0]);
    assert_eq!(school.count(by_people), before);
}

/// The same rows in another order, with a mark at the beginning, other ends of lines and a column more.
pub(super) fn written_otherwise(export: &Export) -> Export {
    export.clone().each(|text| {
        let mut lines: Vec<_> = text.lines().collect();
        lines[1..].reverse();
        let wider = lines.join(",more\r\n").replacen(",more", ",metadata.more", 1);
        format!("\u{feff}{wider},more\r\n")
    })
}

#[actix_web::test]
async fn the_same_export_shuffled_and_written_otherwise_changes_nothing() {
    let school = School::open().await;
    let export = Export::of_a_small_school();
    school.imports(&export);
    let again = school.imports(&written_otherwise(&export));

    assert_eq!(numbers(again.total())[..3], [0, 0, 0]);
}

#[actix_web::test]
async fn a_changed_export_changes_what_changed() {
    let school = School::open().await;
    let export = Export::of_a_small_school();
    school.imports(&export);
    let changed =
        export.replace("users.csv", "Sofia", "Sophie").replace("classes.csv", "Room 3,", "Room 33,");
    let report = school.imports(&changed);

    assert_eq!(numbers(report.tally("students")), [0, 1, 0, 1]);
    assert_eq!(numbers(report.tally("classes")), [0, 1, 0, 1]);
    assert_eq!(numbers(report.total())[..3], [0, 2, 0]);
    assert_eq!(school.count("students where first_name = 'Sophie'"), 1);
}

#[actix_web::test]
async fn a_field_edited_here_is_kept_and_told_each_time() {
    let school = School::open().await;
    let export = Export::of_a_small_school();
    school.imports(&export);
    school.edit("update students set first_name = 'Sonya' where first_name = 'Sofia'");
    let told = "users.csv:5 first_name: “Sonya” was entered here and is kept. (Sofia)";

    assert_eq!(conflicts(&school.imports(&export)), [told]);
    let changed = export.replace("users.csv", "Sofia,", "Sofia V,");
    let report = school.imports(&changed);
    assert_eq!(conflicts(&report), [told.replace("(Sofia)", "(Sofia V)")]);
    assert_eq!(numbers(report.total())[..3], [0, 0, 0]);
    assert_eq!(school.count("students where first_name = 'Sonya'"), 1);
    assert_eq!(
        school.count("import_rows r join students s on s.id = r.subject_id where is_conflict and field = 'first_name' and value = 'Sofia V'"),
        1,
        "it goes with the student"
    );
}

#[actix_web::test]
async fn a_conflict_is_over_when_both_sides_agree() {
    let school = School::open().await;
    let export = Export::of_a_small_school();
    school.imports(&export);
    school.edit("update students set first_name = 'Sonya' where first_name = 'Sofia'");
    let agreed = export.replace("users.csv", "Sofia", "Sonya");

    assert_eq!(conflicts(&school.imports(&agreed)), [""; 0]);
    let report = school.imports(&agreed.replace("users.csv", "Sonya", "Sofya"));
    assert_eq!(numbers(report.tally("students")), [0, 1, 0, 1]);
}

#[actix_web::test]
async fn a_student_on_leave_stays_on_leave() {
    let school = School::open().await;
    let export = Export::of_a_small_school();
    school.imports(&export);
    school.edit("update students set status = 'on_leave' where first_name = 'Sofia'");
    let report = school.imports(&export);

    assert_eq!((numbers(report.total())[..3].to_vec(), conflicts(&report).len()), (vec![0, 0, 0], 0));
    assert_eq!(school.count("students where status = 'on_leave'"), 1);
}

#[actix_web::test]
async fn a_dry_run_tells_the_same_and_keeps_nothing() {
    let school = School::open().await;
    let export = Export::of_a_small_school();
    let dry = Wishes { dry_run: true, file_name: "roster.zip".into(), ..Wishes::default() };
    let rehearsed = school.try_import(export.open().unwrap(), &dry).unwrap();

    assert_eq!(school.count("campuses where import_hash is not null"), 0);
    assert_eq!((school.count("import_runs"), school.count("external_ids")), (0, 0));
    assert_eq!(rehearsed.tallies, school.imports(&export).tallies);
}

#[actix_web::test]
async fn two_schools_import_the_same_export_and_never_meet() {
    let (one, other) = (School::open().await, School::open().await);
    let export = Export::of_a_small_school();
    one.imports(&export);
    let before = one.text("select max(updated_at) from students");
    let report = other.imports(&export.clone().replace("users.csv", "Sofia", "Sophie"));

    assert_eq!(numbers(report.tally("students")), [2, 0, 0, 0]);
    assert_eq!(one.count("students where first_name = 'Sofia'"), 1);
    assert_eq!(one.text("select max(updated_at) from students"), before);
    assert_eq!(numbers(one.imports(&export).total())[..3], [0, 0, 0]);
}

#[actix_web::test]
async fn two_imports_at_once_wait_for_each_other() {
    let school = School::open().await;
    let bundle = Export::of_a_small_school().open().unwrap();
    let (high, low) = school.organization.as_u64_pair();
    let mut other = owner();
    let held = format!("begin; select pg_advisory_xact_lock({})", (high ^ low).cast_signed());
    other.batch_execute(&held).unwrap();

    let refused = school.try_import(bundle, &Wishes::default());
    let Err(Error::Conflict(sentence)) = refused else { panic!("it should be refused") };
    assert!(sentence.starts_with("Another import is running here."), "{sentence}");
    other.batch_execute("rollback").unwrap();
    assert_eq!(numbers(school.imports(&Export::of_a_small_school()).tally("students"))[0], 2);
}

#[actix_web::test]
async fn a_link_that_the_office_made_is_met_and_not_doubled() {
    let school = School::open().await;
    let apart = Export::of_a_small_school().replace("users.csv", ",mother,03", ",,03").replace(
        "users.csv",
        "+49 2,pupil",
        "+49 2,",
    );
    school.imports(&apart);
    school.edit("insert into guardians (organization_id, id, student_id, contact_id, relationship) select s.organization_id, uuid_v7(), s.id, c.id, 'mother' from students s, contacts c where s.first_name = 'Emmy'");
    let report = school.imports(&Export::of_a_small_school());

    assert_eq!(school.text("select string_agg(relationship::text, ',') from guardians"), "mother");
    assert_eq!(
        conflicts(&report),
        ["users.csv:4 relationship: “mother” was entered here and is kept. (guardian)"]
    );
}
