//! Values that differ from the standard, by the numbers of the list of deviations in the OneRoster
//! notes, and values that nobody should accept.

use chrono::NaiveDate;
use school::exchange::oneroster::{Bundle, ClassKind, EnrollmentRole, User, UserRole};

use crate::export::{Export, rejected};

fn open(name: &str, from: &str, to: &str) -> Bundle {
    Export::of_a_small_school().replace(name, from, to).open().unwrap()
}

fn whole(name: &str, from: &str, to: &str) -> Bundle {
    let bundle = open(name, from, to);
    assert_eq!(rejected(&bundle), [""; 0]);
    bundle
}

/// Emmy Noether in users.csv.
fn pupil(bundle: &Bundle) -> &User {
    &bundle.users.iter().find(|user| user.sourced_id == "pupil").unwrap().row
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn deviation_4_truth_and_kinds_in_capitals_are_understood() {
    let bundle = whole("users.csv", ",false,S1", ",FALSE,S1");
    assert!(!bundle.users.iter().find(|user| user.sourced_id == "mother").unwrap().row.enabled);
    let bundle = whole("classes.csv", "homeroom", "Homeroom");
    assert_eq!(bundle.classes[0].row.kind, ClassKind::Homeroom);
}

#[test]
fn deviation_11_names_with_spaces_as_usernames_and_shared_addresses_are_nothing_special() {
    whole("users.csv", "student,emmy", "student,Emmy Amalie Noether");
    whole("users.csv", "ida@home.example", "ada@hill.example");
}

#[test]
fn deviation_12_a_school_year_is_written_with_both_years() {
    let bundle = whole("academicSessions.csv", ",2027\n", ",2026-2027\n");
    assert!(bundle.academic_sessions.iter().all(|session| session.row.school_year == 2027));
}

#[test]
fn deviation_13_several_teachers_take_a_class_one_after_the_other() {
    let teachers = "e8,,,M3,S1,aide,teacher,false,2027-01-09,2027-06-11";
    let bundle = Export::of_a_small_school().add("enrollments.csv", teachers).open().unwrap();
    assert_eq!(rejected(&bundle), [""; 0]);
    assert_eq!(bundle.enrollments.last().unwrap().row.role, EnrollmentRole::Teacher);
}

#[test]
fn deviation_14_grades_have_many_vocabularies() {
    for (written, code) in [("K", "KG"), ("Kindergarten", "KG"), ("-2", "PR"), ("3rd", "03")] {
        let bundle = whole("users.csv", ",mother,03,", &format!(",mother,{written},"));
        assert_eq!(pupil(&bundle).grades[0].code, code, "{written}");
    }
}

#[test]
fn deviation_15_inactive_is_gone_and_foreign_roles_are_understood() {
    let bundle = whole("enrollments.csv", "e7,", "e7,inactive");
    assert_eq!(bundle.enrollments.len(), 6);
    let bundle = whole("users.csv", "S1,aide", "S1,siteAdministrator");
    assert_eq!(bundle.users[0].row.role, UserRole::Administrator);
}

#[test]
fn deviation_18_a_term_that_lies_ahead_is_taken_like_any_other() {
    let bundle = Export::of_a_small_school()
        .add("academicSessions.csv", "Z,,,2030-2031,schoolYear,2030-08-15,2031-06-11,,2031")
        .open()
        .unwrap();
    assert_eq!(bundle.academic_sessions.len(), 4);
}

#[test]
fn deviation_20_an_id_may_be_long_but_not_endless() {
    let id = "x".repeat(255);
    let export = Export::of_a_small_school().each(|text| text.replace("friend", &id));
    assert_eq!(rejected(&export.open().unwrap()), [""; 0]);
    let export = export.each(|text| text.replace(&id, &format!("{id}x")));
    assert!(rejected(&export.open().unwrap())[0].contains("longer than 255 characters"));
}

#[test]
fn the_end_date_is_the_day_after_the_last_one() {
    let bundle = whole("academicSessions.csv", "Autumn", "Winter");
    let autumn = &bundle.academic_sessions[0].row;
    assert_eq!((autumn.starts_on, autumn.ends_on), (day("2026-08-15"), day("2027-01-08")));
    let enrollment = &bundle.enrollments[4].row;
    assert_eq!(enrollment.ends_on, Some(day("2027-01-08")));
    let next = &bundle.enrollments[5].row;
    assert_eq!(next.starts_on, Some(day("2027-01-09")));
}

#[test]
fn an_enrollment_that_ends_before_it_began_is_rejected() {
    let bundle = open(
        "enrollments.csv",
        "friend,student,,2026-09-01,2027-06-11",
        "friend,student,,2026-09-01,2026-09-01",
    );
    let reason = "endDate is the day after the last one, so it must follow beginDate.";
    assert_eq!(rejected(&bundle), [format!("enrollments.csv:8 endDate: {reason}")]);
}

#[test]
fn a_day_that_is_no_day_is_rejected_with_its_value() {
    for wrong in ["2017-02-29", "0000-00-00", "3/23/2017", "infinity", "10000-01-01", "1817-03-23"] {
        let bundle = open("demographics.csv", "2017-03-23", wrong);
        let problem = &bundle.rejected()[0];
        assert_eq!((problem.line, &*problem.column, problem.value.as_str()), (2, "birthDate", wrong));
    }
}

#[test]
fn a_day_with_a_time_behind_it_is_that_day() {
    let bundle = whole("demographics.csv", "2017-03-23", "2017-03-23T00:00:00.000Z");
    assert_eq!(bundle.demographics[1].row.born_on, Some(day("2017-03-23")));
}

#[test]
fn control_characters_are_rejected_and_never_repeated() {
    let bundle = open("users.csv", "Emmy", "Em\0my");
    let problem = bundle.rejected().iter().find(|row| row.file == "users.csv").unwrap();
    assert_eq!((problem.line, &*problem.column), (4, "givenName"));
    assert_eq!(problem.reason, "The value holds the control character U+0000.");
    assert_eq!(problem.value, "Em\u{fffd}my");
    let bundle = open("users.csv", "Emmy", "\"Em\nmy\"");
    let said = "users.csv:4 givenName: The value runs over several lines; it must stand on one.";
    assert!(rejected(&bundle).contains(&said.into()));
}

#[test]
fn names_of_any_script_stay_as_they_are() {
    for name in ["Ёлка", "李小龍", "محمد", "नमस्ते", "👩‍👩‍👧", "Nguyễn"]
    {
        let bundle = whole("users.csv", "Emmy", name);
        assert_eq!(pupil(&bundle).given_name, name);
    }
    assert_eq!(pupil(&whole("users.csv", "Emmy", "Zoe\u{301}")).given_name, "Zo\u{e9}");
}

#[test]
fn everything_wrong_with_a_row_is_said_at_once() {
    let bundle = open("users.csv", "true,S1,teacher,ada,,Ada", "yes,S1,wizard,ada,,");
    let rows = bundle.rejected().iter().filter(|row| row.file == "users.csv");
    let columns: Vec<_> = rows.map(|row| &*row.column).collect();
    assert_eq!(columns, ["enabledUser", "givenName", "role"]);
}

#[test]
fn the_password_column_is_never_read() {
    let bundle = whole("users.csv", "Emmy", "Emma");
    assert!(!format!("{bundle:?}").contains("secret"));
}
