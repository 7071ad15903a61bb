//! A Belfry in a process of its own, for the tests that kill one.

use std::io::{BufRead, BufReader, Read, Write, stdin};
use std::process::{Child, ChildStdout, Command, Stdio};

use belfry::postgres::{Options, Postgres};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::Folder;

pub(super) struct Host {
    process: Child,
    output: BufReader<ChildStdout>,
}

impl Host {
    /// Begins to start PostgreSQL on the folder's data.
    pub(super) fn begin(folder: &Folder) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "postgres::host::a_process_to_kill", "--ignored", "--nocapture"]);
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        writeln!(process.stdin.as_mut().unwrap(), "{}", folder.path.display()).unwrap();
        let output = BufReader::new(process.stdout.take().unwrap());
        Self { process, output }
    }

    /// Returns when PostgreSQL runs, with the owner's address.
    pub(super) fn owner(&mut self) -> String {
        let mut lines = self.output.by_ref().lines().map(Result::unwrap);
        lines.find_map(|line| line.split("owner: ").nth(1).map(str::to_owned)).unwrap()
    }

    pub(super) fn signal(&self, signal: Signal) {
        kill(Pid::from_raw(i32::try_from(self.process.id()).unwrap()), signal).unwrap();
    }

    pub(super) fn wait(mut self) {
        self.process.wait().unwrap();
    }
}

#[test]
#[ignore = "not a test: other tests run it as a process"]
fn a_process_to_kill() {
    let mut line = String::new();
    stdin().read_line(&mut line).unwrap();
    let postgres = Postgres::start(&Options { data: line.trim().into(), binaries: None }).unwrap();
    println!("owner: {}", postgres.addresses().owner);
    // Until the test that started it kills it, or goes away.
    stdin().read_line(&mut line).unwrap();
}
