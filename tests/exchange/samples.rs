//! Real exports, where the collection of sample data stands beside the project.

use std::path::{Path, PathBuf};

use school::exchange::{
    oneroster::Bundle,
    roster::{Report, Wishes},
};

use super::importing::{conflicts, numbers};
use crate::support::School;

fn sample(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/oneroster").join(name);
    if !path.exists() {
        eprintln!("skipped: {} is not there", path.display());
        return None;
    }
    Some(path)
}

fn import(path: &Path, school: &School) -> Report {
    school.try_import(Bundle::open(path).unwrap(), &Wishes::default()).unwrap()
}

/// Campuses, students, staff, classes, class enrollments and class staff that are created.
async fn created(name: &str) -> Option<[usize; 6]> {
    let path = sample(name)?;
    let school = School::open().await;
    let first = import(&path, &school);
    assert_eq!((first.rejected.len(), conflicts(&first).len()), (0, 0));
    let second = import(&path, &school);
    assert_eq!(numbers(second.total())[..3], [0, 0, 0]);
    let tables = ["campuses", "students", "staff", "classes", "class_enrollments", "class_staff"];
    Some(tables.map(|table| first.tally(table).created))
}

#[actix_web::test]
async fn the_school_of_320_comes_in_whole_and_again_without_a_change() {
    if let Some(found) = created("school-320-students.zip").await {
        assert_eq!(found, [1, 320, 12, 84, 2240, 84]);
    }
}

#[actix_web::test]
async fn the_district_of_778_comes_in_whole_and_again_without_a_change() {
    if let Some(found) = created("district-778-students.zip").await {
        assert_eq!(found, [8, 778, 59, 364, 5446, 364]);
    }
}

#[actix_web::test]
async fn a_vendors_export_of_a_year_long_past_comes_in_as_past() {
    let Some(path) = sample("classlink-style") else {
        return;
    };
    let school = School::open().await;
    let report = import(&path, &school);

    assert_eq!(report.rejected, []);
    assert_eq!(numbers(report.tally("class_enrollments"))[0], 20);
    assert_eq!(school.count("classes where import_hash is not null and status = 'closed'"), 2);
    assert_eq!(school.count("class_enrollments where status = 'completed'"), 20);
}
