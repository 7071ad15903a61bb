//! Real exports, where the collection of sample data stands beside the project.

use std::path::{Path, PathBuf};

use school::exchange::oneroster::{Bundle, OrgKind, UserRole};

use crate::export::{rejected, remarks};

fn sample(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/oneroster").join(name);
    if !path.exists() {
        eprintln!("skipped: {} is not there", path.display());
        return None;
    }
    Some(path)
}

/// Orgs, courses, classes, students, staff, enrollments of a bundle without a single fault.
fn counts(name: &str) -> Option<[usize; 6]> {
    let bundle = Bundle::open(&sample(name)?).unwrap();
    assert_eq!(rejected(&bundle), [""; 0]);
    assert_eq!(remarks(&bundle), [""; 0]);
    let students = bundle.users.iter().filter(|user| user.row.role == UserRole::Student).count();
    Some([
        bundle.orgs.len(),
        bundle.courses.len(),
        bundle.classes.len(),
        students,
        bundle.users.len() - students,
        bundle.enrollments.len(),
    ])
}

fn assert_counts(name: &str, expected: [usize; 6]) {
    if let Some(found) = counts(name) {
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn the_school_of_72_is_read_whole() {
    assert_counts("school-72-students.zip", [1, 42, 42, 72, 7, 546]);
}

#[test]
fn the_school_of_320_is_read_whole() {
    assert_counts("school-320-students.zip", [1, 28, 84, 320, 12, 2324]);
}

#[test]
fn the_district_of_778_is_read_whole() {
    assert_counts("district-778-students.zip", [9, 91, 364, 778, 59, 5810]);
}

#[test]
fn the_last_day_of_the_districts_year_is_the_day_before_its_end_date() {
    let Some(path) = sample("district-778-students.zip") else {
        return;
    };
    let bundle = Bundle::open(&path).unwrap();
    assert_eq!(bundle.source, "merge-oneroster-gen");
    assert_eq!(bundle.academic_sessions[0].row.ends_on.to_string(), "2027-06-09");
    let schools = bundle.orgs.iter().filter(|org| org.row.kind == OrgKind::School).count();
    assert_eq!(schools, 8);
}

#[test]
fn a_vendors_folder_with_a_manifest_from_a_spreadsheet_is_read_whole() {
    assert_counts("classlink-style", [2, 2, 2, 8, 2, 24]);
}

#[test]
fn school_data_sync_is_recognised_and_explained() {
    let folders = [
        ("not-oneroster-sds-v1", "V1"),
        ("not-oneroster-sds-v1/100 Users", "V1"),
        ("not-oneroster-sds-v1/25 Users", "V1"),
        ("not-oneroster-sds-v1/Min Required Attributes", "V1"),
        ("not-oneroster-sds-v2.1", "V2.1"),
    ];
    for (folder, version) in folders {
        let Some(path) = sample(folder) else { return };
        let refusal = Bundle::open(&path).expect_err("it is no OneRoster").to_string();
        let name = format!("This is School Data Sync (SDS) {version} CSV");
        assert!(refusal.starts_with(&name), "{folder}: {refusal}");
    }
}
