//! Rows that refer to one another: a rejection goes all the way down, and names its cause.

use school::exchange::oneroster::{Fate, Kind};

use crate::export::{Export, rejected, remarks};

fn rejected_after(name: &str, from: &str, to: &str) -> Vec<String> {
    rejected(&Export::of_a_small_school().replace(name, from, to).open().unwrap())
}

#[test]
fn a_class_that_is_rejected_takes_its_enrollments_along() {
    assert_eq!(
        rejected_after("classes.csv", "H3,,,Room 3", "H3,,,"),
        [
            "classes.csv:2 title: A value is required here.",
            "enrollments.csv:2 classSourcedId: The class H3 was rejected (classes.csv, line 2).",
            "enrollments.csv:4 classSourcedId: The class H3 was rejected (classes.csv, line 2).",
            "enrollments.csv:5 classSourcedId: The class H3 was rejected (classes.csv, line 2).",
            "enrollments.csv:8 classSourcedId: The class H3 was rejected (classes.csv, line 2).",
        ]
    );
}

#[test]
fn a_session_that_is_rejected_takes_classes_and_their_enrollments_along() {
    assert_eq!(
        rejected_after("academicSessions.csv", "2027-01-09,2027-06-11", "2027-01-09,2026-06-11"),
        [
            "academicSessions.csv:4 endDate: endDate is the day after the last one, so it must follow startDate.",
            "classes.csv:3 termSourcedIds: The academic session T2 was rejected (academicSessions.csv, line 4).",
            "enrollments.csv:3 classSourcedId: The class M3 was rejected (classes.csv, line 3).",
            "enrollments.csv:6 classSourcedId: The class M3 was rejected (classes.csv, line 3).",
            "enrollments.csv:7 classSourcedId: The class M3 was rejected (classes.csv, line 3).",
        ]
    );
}

#[test]
fn a_student_who_is_rejected_leaves_no_demographics_behind() {
    let found = rejected_after("users.csv", "Sofia,Kovalevskaya", "Sofia,");
    assert_eq!(
        found,
        [
            "demographics.csv:3 sourcedId: The user friend was rejected (users.csv, line 5).",
            "enrollments.csv:8 userSourcedId: The user friend was rejected (users.csv, line 5).",
            "users.csv:5 familyName: A value is required here.",
        ]
    );
}

#[test]
fn what_refers_to_nothing_is_rejected() {
    assert_eq!(
        rejected_after("enrollments.csv", "e7,,,H3", "e7,,,H9"),
        ["enrollments.csv:8 classSourcedId: There is no class H9 in classes.csv."]
    );
    assert_eq!(
        rejected_after("users.csv", "aide,,,true,S1", "aide,,,true,S9"),
        [
            "enrollments.csv:4 userSourcedId: The user aide was rejected (users.csv, line 3).",
            "users.csv:3 orgSourcedIds: There is no org S9 in orgs.csv.",
        ]
    );
}

#[test]
fn what_refers_to_a_deleted_row_says_so() {
    let found = rejected_after("classes.csv", "M3,", "M3,tobedeleted");
    let reason = "classSourcedId: The class M3 is marked as deleted (classes.csv, line 3).";
    assert_eq!(found.len(), 3);
    assert!(found.iter().all(|row| row.ends_with(reason)), "{found:?}");
}

#[test]
fn one_known_org_is_enough_for_a_user() {
    let export = Export::of_a_small_school().replace("users.csv", "aide,,,true,S1", "aide,,,true,\"S1,S9\"");
    let bundle = export.open().unwrap();
    assert_eq!(rejected(&bundle), [""; 0]);
    assert_eq!(bundle.users[0].row.orgs, ["S1"]);
    let said = "users.csv: There is no org S9 in orgs.csv. The user was taken without it.";
    assert_eq!(remarks(&bundle), [said]);
}

#[test]
fn a_parent_who_was_left_out_does_not_cost_the_child_its_place() {
    let export = Export::of_a_small_school().replace("users.csv", ",mother,03", ",father,03");
    let bundle = export.open().unwrap();
    assert_eq!(rejected(&bundle), [""; 0]);
    assert!(remarks(&bundle)[0].contains("There is no user father"));
}

#[test]
fn a_class_belongs_to_a_school() {
    let found = rejected_after("classes.csv", "12,S1", "12,D");
    assert!(found[0].ends_with("A class belongs to an org of type school, and this one is of another type."));
}

#[test]
fn a_student_does_not_teach_and_a_parent_does_not_sit_in_class() {
    assert_eq!(
        rejected_after("enrollments.csv", "friend,student", "friend,teacher"),
        ["enrollments.csv:8 role: users.csv says Student, which does not go with Teacher."]
    );
    assert_eq!(
        rejected_after("enrollments.csv", "friend,student", "mother,student"),
        ["enrollments.csv:8 role: users.csv says Parent, which does not go with Student."]
    );
}

#[test]
fn nobody_is_in_a_class_twice_on_one_day() {
    let double = "e0,,,H3,S1,friend,student,,2026-10-01,";
    let bundle = Export::of_a_small_school().add("enrollments.csv", double).open().unwrap();
    assert_eq!(
        rejected(&bundle),
        [
            "enrollments.csv:9 beginDate: It overlaps the enrollment e7 of the same user in the same class (line 8)."
        ]
    );
}

#[test]
fn the_same_row_twice_counts_once() {
    let again = "friend,,,2017-01-15,female,true";
    let bundle = Export::of_a_small_school().add("demographics.csv", again).open().unwrap();
    assert_eq!(rejected(&bundle), ["demographics.csv:4 sourcedId: The same row stands on line 3 already."]);
    assert_eq!(bundle.demographics.len(), 2);
    assert_eq!(bundle.fate(Kind::Demographics, "friend"), Some(Fate::Taken));
}

#[test]
fn two_rows_that_differ_under_one_id_are_both_left_alone() {
    let other = "friend,,,2016-01-15,female,false";
    let bundle = Export::of_a_small_school().add("demographics.csv", other).open().unwrap();
    let reason = "Rows with this sourcedId differ (lines 3, 4), so it is unclear which one counts.";
    assert_eq!(rejected(&bundle), [3, 4].map(|line| format!("demographics.csv:{line} sourcedId: {reason}")));
    assert_eq!(bundle.fate(Kind::Demographics, "friend"), Some(Fate::Rejected(3)));
    assert!(bundle.is_complete(Kind::Demographics));
}

#[test]
fn a_row_without_an_id_makes_its_file_incomplete() {
    let bundle = Export::of_a_small_school().replace("users.csv", "friend,", ",").open().unwrap();
    assert!(rejected(&bundle).contains(&"users.csv:5 sourcedId: A value is required here.".into()));
    assert!(!bundle.is_complete(Kind::Users));
}
