//! Rows outlive whatever happens to the server and to Belfry.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};

use belfry::postgres::State;
use nix::sys::signal::{Signal, kill};

use super::host::Host;
use super::{Folder, ask, eventually, row, runs_in, write_a_row};

#[test]
fn rows_outlive_a_stop() {
    let folder = Folder::new();
    let postgres = folder.start();
    write_a_row(&postgres.addresses().owner);
    postgres.stop();
    assert!(!runs_in(&folder.path));

    let postgres = folder.start();

    assert_eq!(row(&postgres.addresses().owner), "kept");
}

#[test]
fn a_killed_server_comes_back_with_its_rows() {
    let folder = Folder::new();
    let postgres = folder.start();
    write_a_row(&postgres.addresses().owner);
    let killed = folder.server().unwrap();

    kill(killed, Signal::SIGKILL).unwrap();

    eventually("another server", || folder.server().filter(|server| *server != killed));
    eventually("the server ready", || (postgres.state() == State::Ready).then_some(()));
    assert_eq!(row(&postgres.addresses().owner), "kept");
}

#[test]
fn a_server_that_keeps_dying_is_started_each_time() {
    let folder = Folder::new();
    let postgres = folder.start();
    for _ in 0..3 {
        let killed = folder.server().unwrap();
        kill(killed, Signal::SIGKILL).unwrap();
        eventually("another server", || folder.server().filter(|server| *server != killed));
        eventually("the server ready", || (postgres.state() == State::Ready).then_some(()));
    }

    assert_eq!(ask(&postgres.addresses().app, "select 1"), "1");
}

#[test]
fn a_killed_belfry_takes_its_server_along() {
    let folder = Folder::new();
    let mut host = Host::begin(&folder);
    write_a_row(&host.owner());

    host.signal(Signal::SIGKILL);
    host.wait();

    eventually("no server", || (!runs_in(&folder.path)).then_some(()));
    assert_eq!(row(&folder.start().addresses().owner), "kept");
}

#[test]
fn the_next_start_need_not_wait_for_a_killed_belfrys_server() {
    let folder = Folder::new();
    let mut host = Host::begin(&folder);
    write_a_row(&host.owner());

    host.signal(Signal::SIGKILL);
    host.wait();

    assert_eq!(row(&folder.start().addresses().owner), "kept");
}

#[test]
fn killing_belfry_and_its_server_loses_no_row() {
    let folder = Folder::new();
    let mut host = Host::begin(&folder);
    write_a_row(&host.owner());
    let server = folder.server().unwrap();

    kill(server, Signal::SIGKILL).unwrap();
    host.signal(Signal::SIGKILL);
    host.wait();

    assert_eq!(row(&folder.start().addresses().owner), "kept");
}

#[test]
fn a_server_left_alone_is_asked_to_stop() {
    let folder = Folder::new();
    let postgres = folder.start();
    write_a_row(&postgres.addresses().owner);
    let program = fs::read_link(format!("/proc/{}/exe", folder.server().unwrap())).unwrap();
    postgres.stop();
    let owner = fs::metadata(folder.cluster()).unwrap();
    let mut command = Command::new(program);
    command
        .arg("-D")
        .arg(folder.cluster())
        .args(["-c", "listen_addresses=", "-k"])
        .arg(folder.path.join("postgres"));
    command.current_dir("/").stderr(Stdio::null()).stdin(Stdio::null());
    if nix::unistd::geteuid().is_root() {
        command.uid(owner.uid()).gid(owner.gid());
    }
    let mut alone = command.spawn().unwrap();
    eventually("the server alone", || {
        let note = fs::read_to_string(folder.cluster().join("postmaster.pid")).ok()?;
        note.contains("ready").then_some(())
    });

    let postgres = folder.start();

    assert!(alone.wait().unwrap().success());
    assert_eq!(row(&postgres.addresses().owner), "kept");
}

#[test]
fn a_note_of_a_server_that_does_not_live_is_not_believed() {
    let folder = Folder::new();
    folder.start().stop();
    // After a restart of a container any process may have the number: here this one.
    let note = format!("{}\n{}\n", std::process::id(), folder.cluster().display());
    fs::write(folder.cluster().join("postmaster.pid"), note).unwrap();

    let postgres = folder.start();

    assert_eq!(ask(&postgres.addresses().app, "select 1"), "1");
}

#[test]
fn a_half_made_database_is_made_again() {
    let folder = Folder::new();
    folder.start().stop();
    fs::rename(folder.cluster(), folder.path.join("postgres/data.new")).unwrap();
    fs::remove_file(folder.path.join("postgres/data.new/PG_VERSION")).unwrap();

    let postgres = folder.start();

    assert_eq!(ask(&postgres.addresses().app, "select 1"), "1");
}

#[test]
fn being_told_to_stop_while_starting_leaves_nothing_running() {
    let folder = Folder::new();
    let host = Host::begin(&folder);
    eventually("a start", || folder.path.join("postgres/data.new").exists().then_some(()));

    host.signal(Signal::SIGTERM);
    host.wait();

    eventually("nothing running", || (!runs_in(&folder.path)).then_some(()));
    let postgres = folder.start();
    assert_eq!(ask(&postgres.addresses().app, "select 1"), "1");
}
