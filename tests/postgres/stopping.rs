//! Belfry is told to stop: whoever is being answered is answered, nobody new is let in, and it ends.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    process::{Child, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};

use super::{Folder, eventually};
use crate::support::served::free_address;

/// The program itself, with a database of its own.
struct Belfry {
    process: Child,
    at: SocketAddr,
    _folder: Folder,
}

impl Belfry {
    fn serving() -> Self {
        let folder = Folder::new();
        let at: SocketAddr = free_address().parse().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_belfry"));
        for told in ["DATABASE_URL", "BELFRY_LOBBY_URL", "BELFRY_OWNER_URL"] {
            command.env_remove(told);
        }
        command.args(["serve", "--listen", &at.to_string(), "--data"]).arg(&folder.path);
        let process = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let belfry = Self { process, at, _folder: folder };
        eventually("Belfry ready", || belfry.says("/ready").filter(|said| said.contains(" 200 ")));
        belfry
    }

    /// What a page answers to somebody new; nothing where nobody is let in.
    fn says(&self, path: &str) -> Option<String> {
        let mut asking = TcpStream::connect(self.at).ok()?;
        write!(asking, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.at).ok()?;
        let mut answer = String::new();
        asking.read_to_string(&mut answer).ok()?;
        Some(answer)
    }

    /// Begins to send a form, of which the last part is still to come.
    fn begins_a_form(&self) -> TcpStream {
        let mut sending = TcpStream::connect(self.at).unwrap();
        write!(
            sending,
            "POST /session HTTP/1.1\r\nHost: {at}\r\nOrigin: http://{at}\r\nSec-Fetch-Site: same-origin\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\nemail=nobody@belfry.example",
            REST.len() + 27,
            at = self.at
        )
        .unwrap();
        // Answered in the order in which they came, so the form is being read by now.
        assert!(self.says("/live").unwrap().contains(" 200 "));
        sending
    }

    fn is_told(&self, signal: Signal) {
        kill(Pid::from_raw(i32::try_from(self.process.id()).unwrap()), signal).unwrap();
    }

    /// It says that it leaves; later it lets nobody in.
    fn is_leaving(&self) {
        let is_leaving = || match self.says("/ready") {
            Some(said) => (said.contains(" 503 ") && said.contains("retry-after")).then_some(()),
            None => Some(()),
        };
        eventually("Belfry not ready", is_leaving);
    }

    fn ends(&mut self) -> ExitStatus {
        self.process.wait().unwrap()
    }
}

impl Drop for Belfry {
    fn drop(&mut self) {
        // A test that failed leaves nothing running.
        let _ = self.process.kill();
    }
}

const REST: &str = "&password=the bell rings at eight";

#[test]
fn a_form_under_way_is_answered_and_then_belfry_ends_t92() {
    let mut belfry = Belfry::serving();
    let mut form = belfry.begins_a_form();

    belfry.is_told(Signal::SIGTERM);
    belfry.is_leaving();
    form.write_all(REST.as_bytes()).unwrap();

    let mut answer = String::new();
    form.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 422"), "{answer}");
    assert!(answer.to_lowercase().contains("connection: close"), "{answer}");
    assert!(belfry.ends().success());
    assert!(belfry.says("/live").is_none(), "somebody new was let in");
}

#[test]
fn a_form_that_never_ends_holds_belfry_up_for_half_a_minute_at_most_t92() {
    let mut belfry = Belfry::serving();
    let _form = belfry.begins_a_form();
    let told = Instant::now();

    belfry.is_told(Signal::SIGTERM);

    assert!(belfry.ends().success());
    assert!(told.elapsed() < Duration::from_secs(45), "{:?}", told.elapsed());
    assert!(told.elapsed() > Duration::from_secs(20), "the form had no time: {:?}", told.elapsed());
}

#[test]
fn told_twice_belfry_ends_at_once_t92() {
    let mut belfry = Belfry::serving();
    let _form = belfry.begins_a_form();
    let told = Instant::now();

    belfry.is_told(Signal::SIGTERM);
    belfry.is_leaving();
    belfry.is_told(Signal::SIGTERM);

    assert!(belfry.ends().success());
    assert!(told.elapsed() < Duration::from_secs(20), "{:?}", told.elapsed());
}
