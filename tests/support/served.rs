//! A Belfry that runs as people run it, on a data folder of its own.

use std::{
    fs::{self, OpenOptions},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU16, Ordering},
    time::Duration,
};

use belfry::config::Serving;
use diesel::{Connection as _, PgConnection};
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use school::{
    Uuid,
    access::{email::Email, organization::NewOrganization, user::NewUser},
    clock::Clock,
    db::{Addresses, Database},
    lobby::Lobby,
};
use tempfile::TempDir;

use super::{Person, database::lines, school::PASSWORD};

const LOG: &str = "belfry.log";

/// A data folder, and the Belfry that serves it.
pub(crate) struct Served {
    folder: TempDir,
    pub(crate) address: String,
    program: Child,
    pub(crate) organization: Uuid,
}

impl Drop for Served {
    fn drop(&mut self) {
        self.signal(Signal::SIGTERM);
        self.program.wait().ok();
    }
}

impl Served {
    /// A new school with an administrator.
    pub(crate) async fn open() -> (Self, Person) {
        let folder = tempfile::Builder::new().prefix("belfry-test-").tempdir_in("/tmp").unwrap();
        // As root, PostgreSQL's own account walks through here.
        fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o711)).unwrap();
        let address = free_address();
        let program = serve(folder.path(), &address);
        let mut served = Self { folder, address, program, organization: Uuid::nil() };
        served.is_ready().await;
        assert_eq!(served.asked("select count(*) from users"), "0", "a new database lets nobody in");
        served.organization =
            served.lobby().found(&NewOrganization::read("hill", "Hill School", "UTC").unwrap()).unwrap();
        let new = NewUser {
            email: Email::read("ada@hill.example").unwrap(),
            first_name: "Ada".into(),
            last_name: "Byron".into(),
            password_hash: Some(school::access::password::hash(PASSWORD).unwrap()),
        };
        served.lobby().create_user(&new, "administrator", Some(served.organization)).unwrap();
        let administrator = Person::outside(&format!("http://{}", served.address))
            .signing_in("ada@hill.example", PASSWORD)
            .await;
        (served, administrator)
    }

    pub(crate) fn database(&self, role: &str) -> String {
        let socket: PathBuf = self.folder.path().join("data/postgres.socket");
        format!("postgresql:///belfry?host={}&user={role}", socket.display())
    }

    pub(crate) fn lobby(&self) -> Lobby {
        let addresses = Addresses { app: self.database("belfry_app"), lobby: self.database("belfry_lobby") };
        Lobby::of(&Database::new(&addresses, 1, Clock::default()), Serving::usual())
    }

    /// What a query answers inside this school; nothing while the database is away.
    pub(crate) fn asked(&self, query: &str) -> String {
        let Ok(mut conn) = PgConnection::establish(&self.database("belfry_owner")) else {
            return String::new();
        };
        let within = format!("set app.organization_id = '{}'", self.organization);
        crate::support::database::run(&mut conn, &within);
        lines(&mut conn, &format!("select ({query})::text as line")).remove(0)
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill(Pid::from_raw(self.program.id().try_into().unwrap()), signal).ok();
    }

    /// Ends it by a signal and starts another on the same data.
    pub(crate) async fn is_followed(&mut self, signal: Signal) {
        self.signal(signal);
        self.program.wait().unwrap();
        self.program = serve(self.folder.path(), &self.address);
        self.is_ready().await;
    }

    async fn is_ready(&self) {
        let stranger = Person::outside(&format!("http://{}", self.address));
        let ready = stranger.request(reqwest::Method::GET, "/ready");
        eventually("it is ready", || async {
            ready.try_clone().unwrap().send().await.is_ok_and(|answer| answer.status().is_success())
        })
        .await;
    }

    /// Where its mail is laid.
    pub(crate) fn mail(&self) -> PathBuf {
        self.folder.path().join("data/mail")
    }

    /// What it has written to its log so far.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join(LOG)).unwrap()
    }
}

/// An address for a program that listens later: below those that the system gives to whoever does not ask for one, so that
/// nobody takes it meanwhile.
pub(crate) fn free_address() -> String {
    static NEXT: AtomicU16 = AtomicU16::new(20_000);
    loop {
        let address = format!("127.0.0.1:{}", NEXT.fetch_add(1, Ordering::Relaxed));
        if TcpListener::bind(&address).is_ok() {
            return address;
        }
    }
}

fn serve(folder: &Path, address: &str) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_belfry"));
    for named in ["DATABASE_URL", "BELFRY_LOBBY_URL", "BELFRY_OWNER_URL", "RUST_LOG"] {
        command.env_remove(named);
    }
    command.arg("serve").arg("--data").arg(folder.join("data")).args(["--listen", address]);
    let log = OpenOptions::new().create(true).append(true).open(folder.join(LOG)).unwrap();
    command.stdout(Stdio::null()).stderr(log).spawn().unwrap()
}

/// Looks again and again, for at most two minutes.
pub(crate) async fn eventually<F: Future<Output = bool>>(what: &str, look: impl Fn() -> F) {
    for _ in 0..1200 {
        if look().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("never: {what}");
}
