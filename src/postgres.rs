//! A private PostgreSQL: made in the data folder, listening on a Unix socket only, supervised while Belfry runs.

mod account;
mod binaries;
mod clients;
mod cluster;
mod disk;
mod error;
mod examine;
mod lock;
mod roles;
mod server;
mod socket;
mod stale;
mod supervisor;
mod watch;

use std::fs::{self, DirBuilder, Permissions};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use nix::sys::signal::Signal;

use cluster::Cluster;
use lock::Lock;
use socket::Socket;
use watch::Watch;

pub use clients::{Clients, ended};
pub use error::PostgresError;
pub use examine::{Finding, examine};

/// Which data, and which server if not the newest that is installed.
#[derive(Debug, Clone)]
pub struct Options {
    /// The data folder; the database is in `postgres` below it.
    pub data: PathBuf,
    /// `BELFRY_PG_BIN`: a folder with `postgres`, `initdb` and `psql`.
    pub binaries: Option<PathBuf>,
}

/// Connection addresses over the socket, one for each role, as `DATABASE_URL` and its siblings would say them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addresses {
    pub app: String,
    pub lobby: String,
    pub owner: String,
    /// The superuser's, who sees every row: for backups.
    pub superuser: String,
}

/// How the server is at this moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum State {
    #[default]
    Starting,
    Ready,
    /// It ended or does not start, and why; it is tried again until it does.
    Down(String),
}

/// A running server. Dropping it stops it.
#[derive(Debug)]
pub struct Postgres {
    addresses: Addresses,
    watch: Arc<Watch>,
    thread: Option<JoinHandle<()>>,
    /// Let go of after the server has stopped.
    lock: Lock,
}

impl Postgres {
    /// Makes the database when there is none, starts it, waits until it answers, and makes roles that are missing.
    pub fn start(options: &Options) -> Result<Self, PostgresError> {
        let data = made(&options.data)?;
        let lock = Lock::take(&data)?;
        let cluster = Cluster::survey(&data, options)?;
        cluster.settle_in()?;
        let socket = Socket::place(&cluster.home, &cluster.account)?;
        let addresses = socket.addresses();
        let listens = socket.folder().to_owned();
        let watch = Arc::new(Watch::default());
        let (first, started) = mpsc::channel();
        let seen = Arc::clone(&watch);
        let thread = thread::Builder::new()
            .name("postgres".into())
            .spawn(move || supervisor::run(&cluster, &socket, &seen, &first))
            .map_err(error::folder(&data))?;
        let mut postgres = Self { addresses, watch, thread: Some(thread), lock };
        started.recv().unwrap_or(Err(PostgresError::Stopped))?;
        postgres.lock.tell(&listens).map_err(error::folder(&data))?;
        Ok(postgres)
    }

    /// The addresses of the Belfry that works on this data already, for a command beside it.
    pub fn running(options: &Options) -> Option<Addresses> {
        lock::server_of(&options.data).map(|folder| Addresses::at(&folder))
    }

    pub fn addresses(&self) -> Addresses {
        self.addresses.clone()
    }

    pub fn state(&self) -> State {
        self.watch.state()
    }

    /// Returns when every connection is closed and the data is on disk.
    pub fn stop(self) {
        drop(self);
    }

    fn halt(&mut self) {
        self.watch.ask_to_stop();
        // First cleanly, then without a last checkpoint, then at once: the data survives each.
        let _stopped = self.watch.signal(Signal::SIGINT, Duration::from_secs(60))
            || self.watch.signal(Signal::SIGQUIT, Duration::from_secs(5))
            || self.watch.signal(Signal::SIGKILL, Duration::from_secs(5));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.halt();
    }
}

/// The data folder's true path, which the server's processes are later known by.
fn made(data: &Path) -> Result<PathBuf, PostgresError> {
    let failed = || error::folder(data);
    // Root's is open to walk through, because another account runs PostgreSQL below it.
    let is_root = nix::unistd::geteuid().is_root();
    let mode = if is_root { 0o711 } else { 0o700 };
    DirBuilder::new().recursive(true).mode(mode).create(data).map_err(failed())?;
    let is_empty = fs::read_dir(data).map_err(failed())?.next().is_none();
    if is_empty && is_root {
        fs::set_permissions(data, Permissions::from_mode(0o711)).map_err(failed())?;
    }
    data.canonicalize().map_err(failed())
}
