//! What is not backed up, and what is not restored: everything stays as it was.

use std::{
    fs,
    io::{Cursor, Read as _, Write as _},
    path::{Path, PathBuf},
    process::Command,
};

use sha2::{Digest as _, Sha256};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::{belfry, counts, done, ready, refused};
use crate::{
    postgres::{Folder, ask},
    support::{School, school::morning},
};

/// A backup of a school with one student, and the folder that it is of.
async fn backed_up() -> (Folder, belfry::postgres::Postgres, PathBuf) {
    let (folder, postgres, at) = ready();
    let school = School::open_on(&at, morning(), |_| {}).await;
    school.enroll("Amal", "Abdullahi");
    let file = folder.path.with_file_name("school.backup");
    done(&belfry(&folder.path, &["backup"], &file));
    (folder, postgres, file)
}

fn part(file: &Path, name: &str) -> Vec<u8> {
    let mut archive = ZipArchive::new(fs::File::open(file).unwrap()).unwrap();
    let mut bytes = Vec::new();
    archive.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

/// A file with this dump and manifest, whose sum is right.
fn forged(beside: &Path, name: &str, dump: &[u8], manifest: &str) -> PathBuf {
    let mut manifest: serde_json::Value = serde_json::from_str(manifest).unwrap();
    let sum: String = Sha256::digest(dump).iter().map(|byte| format!("{byte:02x}")).collect();
    manifest["sha256"] = sum.into();
    manifest["bytes"] = dump.len().into();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in [("belfry.dump", dump), ("manifest.json", manifest.to_string().as_bytes())] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    let path = beside.with_file_name(name);
    fs::write(&path, zip.finish().unwrap().into_inner()).unwrap();
    path
}

#[actix_web::test]
async fn a_damaged_file_and_one_whose_rows_are_not_those_counted_restore_nothing_t96() {
    let (_folder, postgres, file) = backed_up().await;
    let (whole, manifest) =
        (fs::read(&file).unwrap(), String::from_utf8(part(&file, "manifest.json")).unwrap());
    let dump = part(&file, "belfry.dump");
    let changed = |name, bytes: &[u8]| {
        let path = file.with_file_name(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 1;
    let without = Command::new("pg_dump")
        .args([
            "--format",
            "custom",
            "--exclude-table",
            "letters",
            "--dbname",
            &postgres.addresses().superuser,
        ])
        .output()
        .unwrap();
    assert!(without.status.success());
    let more = manifest.replace("\"students\": 1", "\"students\": 2");
    assert_ne!(more, manifest);
    let tomorrow = manifest.replacen("\"shape\": [", "\"shape\": [\"99991231000000\",", 1);
    let cases = [
        (changed("cut", &whole[..whole.len() - 100]), "is damaged or no backup"),
        (changed("flipped", &flipped), "is damaged or no backup"),
        (changed("text", b"not a backup"), "is damaged or no backup"),
        (forged(&file, "lacking", &without.stdout, &manifest), "letters"),
        (forged(&file, "short", &dump, &more), "the table students has 1 rows and should have 2"),
        (forged(&file, "rubbish", b"PGDMP", &manifest), "pg_restore failed"),
        (forged(&file, "newer", &dump, &tomorrow), "was written by a newer Belfry"),
        (file.with_file_name("nowhere"), "There is no file"),
    ];
    let (empty, target, _) = ready();
    let before = counts(&target.addresses());
    drop(target);

    for (path, words) in cases {
        refused(&belfry(&empty.path, &["restore"], &path), words);
    }

    assert_eq!(counts(&empty.start().addresses()), before);
    done(&belfry(&empty.path, &["restore"], &file));
}

#[actix_web::test]
async fn a_database_with_a_school_in_it_is_not_replaced_nor_one_that_is_served() {
    let (folder, postgres, file) = backed_up().await;
    let before = counts(&postgres.addresses());

    refused(&belfry(&folder.path, &["restore"], &file), "already uses");
    drop(postgres);
    refused(&belfry(&folder.path, &["restore"], &file), "holds 1 organizations already");

    assert_eq!(counts(&folder.start().addresses()), before);
}

#[actix_web::test]
async fn a_database_without_an_organization_is_not_backed_up_t96() {
    let (folder, _postgres, _) = ready();
    let file = folder.path.with_file_name("nothing.backup");

    refused(&belfry(&folder.path, &["backup"], &file), "there is nothing to back up");

    assert!(!file.exists());
}

#[actix_web::test]
async fn a_backup_whose_walls_are_down_is_not_kept() {
    let (folder, postgres, file) = backed_up().await;
    ask(&postgres.addresses().superuser, "alter table students disable row level security");
    let open = file.with_file_name("open.backup");
    done(&belfry(&folder.path, &["backup"], &open));
    let empty = Folder::new();

    refused(&belfry(&empty.path, &["restore"], &open), "students is open: row-level security is not enabled");

    assert_eq!(
        ask(
            &empty.start().addresses().superuser,
            "select count(*) from pg_tables where schemaname = 'public'"
        ),
        "0"
    );
}
