//! The private PostgreSQL, with a real one: it starts, survives, and says what is wrong.

mod belongings;
mod host;
mod refusals;
mod stopping;
mod survival;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use belfry::postgres::{Options, Postgres};
use nix::unistd::Pid;
use tempfile::TempDir;

/// A data folder that vanishes with the test.
pub(crate) struct Folder {
    _whole: TempDir,
    pub(crate) path: PathBuf,
}

impl Folder {
    pub(crate) fn new() -> Self {
        Self::named("data")
    }

    fn named(name: &str) -> Self {
        let whole = tempfile::Builder::new().prefix("belfry-test-").tempdir_in("/tmp").unwrap();
        // As root, PostgreSQL's own account walks through here.
        fs::set_permissions(whole.path(), std::os::unix::fs::PermissionsExt::from_mode(0o711)).unwrap();
        let path = whole.path().join(name);
        Self { _whole: whole, path }
    }

    fn options(&self) -> Options {
        Options { data: self.path.clone(), binaries: None }
    }

    pub(crate) fn start(&self) -> Postgres {
        Postgres::start(&self.options()).unwrap()
    }

    fn refusal(&self) -> String {
        Postgres::start(&self.options()).unwrap_err().to_string()
    }

    fn cluster(&self) -> PathBuf {
        self.path.join("postgres/data")
    }

    /// The server that the pid file names.
    pub(crate) fn server(&self) -> Option<Pid> {
        let note = fs::read_to_string(self.cluster().join("postmaster.pid")).ok()?;
        Some(Pid::from_raw(note.lines().next()?.parse().ok()?))
    }
}

/// What `sql` answers, one row a line.
pub(crate) fn ask(address: &str, sql: &str) -> String {
    let mut psql = Command::new("psql");
    let output = psql.args(["-XAtq", "-v", "ON_ERROR_STOP=1", "-d", address, "-c", sql]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn write_a_row(owner: &str) {
    ask(owner, "create table kept (word text); insert into kept values ('kept')");
}

fn row(owner: &str) -> String {
    ask(owner, "select word from kept")
}

/// Looks again and again, for at most a minute, until `look` finds something.
fn eventually<T>(what: &str, look: impl Fn() -> Option<T>) -> T {
    let (_never, wait) = std::sync::mpsc::channel::<()>();
    for _ in 0..1200 {
        if let Some(found) = look() {
            return found;
        }
        let _ = wait.recv_timeout(std::time::Duration::from_millis(50));
    }
    panic!("never saw: {what}");
}

fn runs_in(folder: &Path) -> bool {
    let entries = fs::read_dir("/proc").unwrap().flatten();
    let mut links = entries.filter_map(|entry| fs::read_link(entry.path().join("cwd")).ok());
    links.any(|cwd| cwd.starts_with(folder))
}
