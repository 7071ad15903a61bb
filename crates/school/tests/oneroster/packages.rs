//! Packages that are damaged, hostile, or no packages at all.

use std::{
    fs::{self, File},
    io::Write,
    path::Path,
};

use school::exchange::oneroster::Bundle;
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::export::{Export, fresh_path};

fn refusal(path: &Path) -> String {
    Bundle::open(path).expect_err("the package should be refused").to_string()
}

fn zip_of(write: impl FnOnce(&mut ZipWriter<File>)) -> std::path::PathBuf {
    let path = fresh_path("zip");
    let mut zip = ZipWriter::new(File::create(&path).unwrap());
    write(&mut zip);
    zip.finish().unwrap();
    path
}

#[test]
fn what_is_not_there_is_said_to_be_unreadable() {
    let refusal = refusal(Path::new("/no/such/export.zip"));
    assert!(refusal.starts_with("/no/such/export.zip cannot be read"), "{refusal}");
}

#[test]
fn a_text_or_an_empty_file_is_no_zip() {
    for content in ["", "sourcedId,name\n", "PK but no zip"] {
        let path = fresh_path("zip");
        fs::write(&path, content).unwrap();
        let refusal = refusal(&path);
        assert!(refusal.contains("is neither a folder nor a zip file"), "{refusal}");
    }
}

#[test]
fn half_a_download_is_said_to_be_cut_off() {
    let path = Export::of_a_small_school().zip();
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    let refusal = refusal(&path);
    assert!(refusal.contains("is damaged or cut off"), "{refusal}");
}

#[test]
fn an_empty_zip_and_an_empty_folder_are_no_export() {
    assert!(Export(Default::default()).refusal().contains("orgs.csv is missing"));
    let folder = fresh_path("folder");
    fs::create_dir_all(&folder).unwrap();
    assert!(refusal(&folder).contains("orgs.csv is missing"));
}

#[test]
fn a_small_zip_that_unpacks_to_far_more_is_refused() {
    let path = zip_of(|zip| {
        zip.start_file("users.csv", SimpleFileOptions::default()).unwrap();
        zip.write_all(&vec![b' '; 8 * 1024 * 1024]).unwrap();
    });
    assert!(refusal(&path).starts_with("users.csv unpacks to far more"));
}

#[test]
fn a_zip_with_thousands_of_entries_is_refused_before_they_are_counted() {
    for entries in [1_001, 40_000] {
        let path = zip_of(|zip| {
            for number in 0..entries {
                zip.start_file(number.to_string(), SimpleFileOptions::default()).unwrap();
            }
        });
        assert!(refusal(&path).starts_with("There are more than 1000 files"), "{entries}");
    }
}

#[test]
fn a_path_that_leads_out_of_the_package_is_refused() {
    let path = zip_of(|zip| {
        zip.start_file("../../users.csv", SimpleFileOptions::default()).unwrap();
    });
    assert!(refusal(&path).contains("leads out of it (../../users.csv)"));
}

#[test]
fn a_link_in_the_package_is_not_followed() {
    let path = zip_of(|zip| {
        zip.add_symlink("orgs.csv", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    });
    assert!(refusal(&path).contains("orgs.csv is missing"));
}

#[test]
fn what_an_operating_system_leaves_behind_is_ignored() {
    let export = Export::of_a_small_school()
        .with("__MACOSX/._users.csv", "junk")
        .with("__MACOSX/orgs.csv", "junk")
        .with("._classes.csv", "junk")
        .with(".DS_Store", "junk")
        .with("readme.pdf", "junk");
    assert_eq!(export.open().unwrap().users.len(), 5);
}

#[test]
fn a_file_that_is_there_twice_is_not_guessed_at() {
    let export = Export::of_a_small_school().with("old/users.csv", "sourcedId\n");
    let refusal = export.refusal();
    assert!(refusal.contains("users.csv is in there more than once (old/users.csv, users.csv)"));
}

#[test]
fn a_missing_column_and_a_column_twice_are_named() {
    let export = Export::of_a_small_school();
    let refusal = export.clone().replace("users.csv", "givenName", "firstName").refusal();
    assert!(refusal.starts_with("users.csv has no column givenName"), "{refusal}");
    let refusal = export.replace("users.csv", "middleName", "familyName").refusal();
    assert!(refusal.starts_with("users.csv has the column familyName twice"), "{refusal}");
}

#[test]
fn utf_16_and_other_versions_are_explained() {
    let export = Export::of_a_small_school();
    let wide: Vec<u8> = export.text("users.csv").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(export.clone().with("users.csv", wide).refusal().starts_with("users.csv is UTF-16"));
    let refusal = export.replace("manifest.csv", "version,1.1", "version,2.0").refusal();
    assert!(refusal.starts_with("The manifest says OneRoster version 2.0"), "{refusal}");
}
