//! Where the server is, who may reach it, and what its roles may do.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use belfry::postgres::{Finding, examine};

use super::{Folder, ask};

#[test]
fn a_long_path_gets_a_short_socket() {
    let folder = Folder::named(&["a".repeat(100), "b".repeat(100)].join("/"));
    let postgres = folder.start();

    assert_eq!(ask(&postgres.addresses().app, "select current_user"), "belfry_app");
}

#[test]
fn a_path_of_unusual_characters_works() {
    // The comma and the quotation mark mean something to the server, the others to an address.
    for name in ["the school's 100% škola 学校 ?b&c=d", "a,b\"c"] {
        let folder = Folder::named(name);
        let postgres = folder.start();

        assert_eq!(ask(&postgres.addresses().lobby, "select current_user"), "belfry_lobby", "{name}");
    }
}

#[test]
fn nobody_reaches_the_server_over_a_network_or_from_another_account() {
    let folder = Folder::new();
    let postgres = folder.start();

    assert_eq!(ask(&postgres.addresses().app, "show listen_addresses"), "");
    let socket = fs::metadata(folder.path.join("postgres.socket")).unwrap();
    assert_eq!(socket.permissions().mode() & 0o777, 0o700);
}

#[test]
fn the_roles_cannot_step_around_row_level_security() {
    let folder = Folder::new();
    let postgres = folder.start();

    let strong = "select rolname from pg_roles where rolname like 'belfry%' \
                  and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)";
    assert_eq!(ask(&postgres.addresses().owner, strong), "");
    assert_eq!(ask(&postgres.addresses().app, "show statement_timeout"), "5s");
    assert_eq!(ask(&postgres.addresses().lobby, "show lock_timeout"), "2s");
    assert_eq!(ask(&postgres.addresses().owner, "show statement_timeout"), "0");
}

#[test]
fn names_of_every_script_have_an_order() {
    let folder = Folder::new();
    let postgres = folder.start();

    let names = "select string_agg(name, ' ' order by name) from unnest(array['zoe', 'Ängel', 'anna', 'Émile']) as of (name)";
    assert_eq!(ask(&postgres.addresses().app, names), "Ängel anna Émile zoe");
    assert_eq!(ask(&postgres.addresses().app, "show timezone"), "UTC");
}

#[test]
fn the_doctor_finds_a_running_school_well() {
    let folder = Folder::new();
    let _postgres = folder.start();

    let findings = examine(&folder.options());

    let said: Vec<String> = findings.iter().map(sentence).collect();
    assert!(findings.iter().all(|finding| matches!(finding, Finding::Well(_))), "{said:?}");
    let running = format!("Belfry runs on this data (process {}).", std::process::id());
    assert!(said.contains(&running), "{said:?}");
}

#[test]
fn the_doctor_changes_nothing() {
    let folder = Folder::new();

    let findings = examine(&folder.options());

    assert!(findings.iter().map(sentence).any(|said| said.contains("There is no data yet")));
    assert!(!folder.path.exists());
}

fn sentence(finding: &Finding) -> String {
    match finding {
        Finding::Well(sentence) => sentence.clone(),
        Finding::Ill(problem) => problem.to_string(),
    }
}
