//! What Belfry says when PostgreSQL cannot run: what happened and how to mend it.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use belfry::postgres::{Options, Postgres};

use super::Folder;

#[test]
fn a_second_belfry_on_the_same_data_is_refused() {
    let folder = Folder::new();
    let _first = folder.start();

    let said = folder.refusal();

    let expected = format!("Another Belfry (process {}) already uses", std::process::id());
    assert!(said.contains(&expected), "{said}");
    assert!(said.contains("choose another folder with --data"), "{said}");
}

#[test]
fn a_folder_without_a_server_is_named() {
    let folder = Folder::new();
    let options = Options { data: folder.path.clone(), binaries: Some("/nowhere".into()) };

    let said = Postgres::start(&options).unwrap_err().to_string();

    assert!(said.contains("/nowhere does not hold a whole PostgreSQL"), "{said}");
    assert!(said.contains("Correct BELFRY_PG_BIN"), "{said}");
}

#[test]
fn data_of_another_version_is_left_alone() {
    let folder = Folder::new();
    fs::create_dir_all(folder.cluster()).unwrap();
    fs::write(folder.cluster().join("PG_VERSION"), "9\n").unwrap();

    // Root's folder is open to its account, as after a first start.
    let said = with_an_account(&folder).refusal();

    assert!(said.contains("was written by PostgreSQL 9"), "{said}");
    assert!(said.contains("Install PostgreSQL 9"), "{said}");
}

#[test]
fn a_folder_that_is_no_database_is_left_alone() {
    let folder = Folder::new();
    fs::create_dir_all(folder.cluster()).unwrap();

    let said = with_an_account(&folder).refusal();

    assert!(said.contains("is not a database"), "{said}");
    assert!(said.contains("from a backup"), "{said}");
}

#[test]
fn a_file_in_the_place_of_the_folder_is_named() {
    let folder = Folder::new();
    fs::write(&folder.path, "").unwrap();

    let said = folder.refusal();

    assert!(said.starts_with(&format!("Cannot use {}", folder.path.display())), "{said}");
}

#[test]
fn a_folder_that_postgres_may_not_enter_is_named() {
    if !nix::unistd::geteuid().is_root() {
        return; // Only root lends the work to another account.
    }
    let folder = Folder::named("home/data");
    let home = folder.path.parent().unwrap();
    fs::create_dir(home).unwrap();
    fs::set_permissions(home, PermissionsExt::from_mode(0o700)).unwrap();

    let said = folder.refusal();

    assert!(said.contains(&format!("cannot enter {}.", home.display())), "{said}");
    assert!(said.contains(&format!("chmod o+x {}", home.display())), "{said}");
}

fn with_an_account(folder: &Folder) -> &Folder {
    fs::set_permissions(&folder.path, PermissionsExt::from_mode(0o711)).unwrap();
    folder
}
