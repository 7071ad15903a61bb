//! Two exports that say the same are the same bundle, however they are written.

use school::exchange::oneroster::Bundle;

use crate::export::{Export, rejected};

fn assert_same(one: &Bundle, other: &Bundle) {
    assert_eq!(one.source, other.source);
    assert_eq!(one.orgs, other.orgs);
    assert_eq!(one.academic_sessions, other.academic_sessions);
    assert_eq!(one.courses, other.courses);
    assert_eq!(one.classes, other.classes);
    assert_eq!(one.users, other.users);
    assert_eq!(one.enrollments, other.enrollments);
    assert_eq!(one.demographics, other.demographics);
}

/// The rows of every file turned round, the header first.
fn turned_round(text: String) -> String {
    let mut lines: Vec<_> = text.lines().collect();
    if let [_header, rows @ ..] = &mut lines[..] {
        rows.reverse();
    }
    lines.join("\n")
}

#[test]
fn the_order_of_rows_makes_no_difference() {
    let export = Export::of_a_small_school();
    assert_same(&export.open().unwrap(), &export.clone().each(turned_round).open().unwrap());
}

#[test]
fn the_order_of_rows_makes_no_difference_to_what_is_rejected() {
    let export = Export::of_a_small_school()
        .add("enrollments.csv", "e0,,,H3,S1,friend,student,,2026-10-01,")
        .add("demographics.csv", "pupil,,,2016-01-15,female,false")
        .replace("classes.csv", "12,S1", "12,D");
    let (one, other) = (export.open().unwrap(), export.each(turned_round).open().unwrap());
    assert_same(&one, &other);
    assert_eq!(rejected(&one).len(), rejected(&other).len());
}

#[test]
fn marks_line_ends_and_further_columns_make_no_difference() {
    let export = Export::of_a_small_school();
    let rewritten = export.clone().each(|text| {
        let wider = text.replace('\n', ",more\r\n").replacen(",more", ",metadata.more", 1);
        format!("\u{feff}{wider}")
    });
    assert_same(&export.open().unwrap(), &rewritten.open().unwrap());
}

#[test]
fn a_zip_and_a_folder_make_no_difference() {
    let export = Export::of_a_small_school();
    assert_same(&export.open().unwrap(), &Bundle::open(&export.folder()).unwrap());
}

#[test]
fn a_changed_value_changes_the_fingerprint_of_its_row_alone() {
    let export = Export::of_a_small_school();
    let one = export.open().unwrap();
    let other = export.replace("users.csv", "Sofia", "Sophie").open().unwrap();
    let pairs = one.users.iter().zip(&other.users);
    let changed: Vec<_> = pairs.filter(|(old, new)| old.fingerprint != new.fingerprint).collect();
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0].0.sourced_id, "friend");
}
