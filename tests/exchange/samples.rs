//! Real exports, where the collection of sample data stands beside the project.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use school::exchange::{
    oneroster::Bundle,
    roster::{Report, Wishes},
};

use super::importing::{conflicts, numbers};
use crate::support::{Administrator, School, export::Export};

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

/// An export as its sender packs it.
fn packed(path: &Path) -> Export {
    let mut files = BTreeMap::new();
    for file in fs::read_dir(path).unwrap() {
        let file = file.unwrap();
        files.insert(file.file_name().into_string().unwrap(), fs::read(file.path()).unwrap());
    }
    Export(files)
}

/// Brings an export in through the page, and again; answers what the first and the second time did.
async fn through_the_page(name: &str) -> Option<[String; 2]> {
    let path = sample(name)?;
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let mut done = Vec::new();
    for state in ["done", "rehearsed"] {
        let bytes = if path.is_dir() { packed(&path).bytes() } else { fs::read(&path).unwrap() };
        let import = super::uploads::upload(&administrator, name, &bytes).await.leads();
        school.works();
        if state == "done" {
            administrator.post(&format!("{import}/application"), []).await.redirects_to(&import);
            school.works();
        }
        done.push(school.text(&format!(
            "select concat_ws(' ', created, changed, ended, rejected, conflicts) from import_runs where status = '{state}'"
        )));
    }
    done.try_into().ok()
}

#[actix_web::test]
async fn every_bundle_goes_in_through_the_page_as_by_the_command_and_again_without_a_change() {
    for name in
        ["school-72-students.zip", "school-320-students.zip", "district-778-students.zip", "classlink-style"]
    {
        let (Some([first, second]), Some(path)) = (through_the_page(name).await, sample(name)) else {
            return;
        };
        let created = import(&path, &School::open().await).total().created;
        assert!(created > 0);
        assert_eq!(first, format!("{created} 0 0 0 0"), "{name}");
        assert_eq!(second, "0 0 0 0 0", "{name}");
    }
}

#[actix_web::test]
async fn the_look_alikes_are_refused_in_words_on_the_page() {
    for (name, sentence) in [
        ("not-oneroster-sds-v1/25 Users", "School Data Sync (SDS) V1"),
        ("not-oneroster-sds-v2.1", "School Data Sync (SDS) V2.1"),
    ] {
        let Some(path) = sample(name) else { return };
        let school = School::open().await;
        let administrator = school.sign_in(Administrator).await;
        let import = school.rehearses(&administrator, &packed(&path)).await;

        let page = administrator.get(&import).await;
        page.is_ok().shows("Failed").shows(sentence).shows("Nothing was imported. Ask the sending system");
        assert_eq!(school.count("students"), 0);
    }
}
