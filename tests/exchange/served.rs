//! Imports of a Belfry that runs as people run it: it stops or is killed in the middle, and the next one goes on.

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
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

use super::uploads::upload;
use crate::support::{Person, database::lines, export::Export, school::PASSWORD};

/// A data folder, and the Belfry that serves it.
struct Served {
    folder: TempDir,
    address: String,
    program: Child,
    organization: Uuid,
}

impl Drop for Served {
    fn drop(&mut self) {
        self.signal(Signal::SIGTERM);
        self.program.wait().ok();
    }
}

impl Served {
    /// A new school with an administrator.
    async fn open() -> (Self, Person) {
        let folder = tempfile::Builder::new().prefix("belfry-test-").tempdir_in("/tmp").unwrap();
        // As root, PostgreSQL's own account walks through here.
        fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o711)).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let address = format!("127.0.0.1:{port}");
        let program = serve(folder.path(), &address);
        let mut served = Self { folder, address, program, organization: Uuid::nil() };
        served.is_ready().await;
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

    fn database(&self, role: &str) -> String {
        let socket: PathBuf = self.folder.path().join("data/postgres.socket");
        format!("postgresql:///belfry?host={}&user={role}", socket.display())
    }

    fn lobby(&self) -> Lobby {
        let addresses = Addresses { app: self.database("belfry_app"), lobby: self.database("belfry_lobby") };
        Lobby::of(&Database::new(&addresses, 1, Clock::default()), Serving::usual())
    }

    /// What a query answers inside this school; nothing while the database is away.
    fn asked(&self, query: &str) -> String {
        let Ok(mut conn) = PgConnection::establish(&self.database("belfry_owner")) else {
            return String::new();
        };
        let within = format!("set app.organization_id = '{}'", self.organization);
        crate::support::database::run(&mut conn, &within);
        lines(&mut conn, &format!("select ({query})::text as line")).remove(0)
    }

    fn signal(&self, signal: Signal) {
        kill(Pid::from_raw(self.program.id().try_into().unwrap()), signal).ok();
    }

    /// Ends it by a signal and starts another on the same data.
    async fn is_followed(&mut self, signal: Signal) {
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

    /// Waits until an application is past its second step.
    async fn is_under_way(&self) {
        let done = "select max(done) from jobs where kind = 'import_application'";
        eventually("it is under way", || async {
            self.asked(done).parse::<i64>().is_ok_and(|done| done > 1)
        })
        .await;
    }

    async fn comes_to(&self, status: &str) {
        eventually(status, || async { self.asked("select max(status) from import_runs") == status }).await;
    }
}

fn serve(folder: &Path, address: &str) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_belfry"));
    for named in ["DATABASE_URL", "BELFRY_LOBBY_URL", "BELFRY_OWNER_URL"] {
        command.env_remove(named);
    }
    command.arg("serve").arg("--data").arg(folder.join("data")).args(["--listen", address]);
    command.stdout(Stdio::null()).spawn().unwrap()
}

/// Looks again and again, for at most two minutes.
async fn eventually<F: Future<Output = bool>>(what: &str, look: impl Fn() -> F) {
    for _ in 0..1200 {
        if look().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("never: {what}");
}

/// Enough to take a while.
fn a_large_school() -> Export {
    let (mut users, mut enrollments) = (String::new(), String::new());
    let small = Export::of_a_small_school();
    for number in 0..3000 {
        users += &format!("x{number},,,true,S1,student,x{number},,First,Last,,,,,,,03,\n");
        enrollments += &format!("ex{number},,,H3,S1,x{number},student,,2026-08-15,2027-06-11\n");
    }
    let (users, enrollments) =
        (small.text("users.csv") + users.as_str(), small.text("enrollments.csv") + enrollments.as_str());
    small.with("users.csv", users).with("enrollments.csv", enrollments)
}

#[actix_web::test]
async fn an_import_outlives_a_stop_and_a_kill_in_the_middle_t89_t92() {
    let (mut served, administrator) = Served::open().await;
    let path = upload(&administrator, "roster.zip", &a_large_school().bytes()).await.leads();
    served.comes_to("rehearsed").await;
    administrator.post(&format!("{path}/application"), []).await.redirects_to(&path);
    served.is_under_way().await;
    served.is_followed(Signal::SIGTERM).await;
    served.is_under_way().await;
    served.is_followed(Signal::SIGKILL).await;
    // As if its worker had been silent for a while.
    let long_ago = "update jobs set beat_at = beat_at - interval '5 minutes' where status = 'running'";
    let mut conn = PgConnection::establish(&served.database("belfry_owner")).unwrap();
    crate::support::database::run(
        &mut conn,
        &format!("set app.organization_id = '{}'; {long_ago}", served.organization),
    );
    served.comes_to("done").await;

    assert_eq!(served.asked("select count(*) from students"), "3002");
    assert_eq!(served.asked("select count(*) from class_enrollments"), "3003");
    administrator.get(&path).await.shows("All of it is in");
}
