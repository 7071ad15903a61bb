//! Settings that commands share, read once from options and environment. A command's own options stand in its file; nothing
//! else reads the environment.

use std::{net::SocketAddr, path::PathBuf};

use chrono::TimeDelta;
use clap::{Args, ValueEnum};
use school::access::{password::Work, session::Limits};

/// What every command needs to find its database.
#[derive(Args, Clone, Debug)]
pub struct Place {
    /// Where Belfry keeps its data: the private database, the session key.
    #[arg(long, env = "BELFRY_DATA", global = true)]
    pub data: Option<PathBuf>,
    /// The app's address of an existing PostgreSQL; without it Belfry runs its own.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, global = true)]
    pub database_url: Option<String>,
    /// The lobby's address of that server.
    #[arg(long, env = "BELFRY_LOBBY_URL", hide_env_values = true, global = true)]
    pub lobby_url: Option<String>,
    /// The owner's address of that server, for migrations.
    #[arg(long, env = "BELFRY_OWNER_URL", hide_env_values = true, global = true)]
    pub owner_url: Option<String>,
    /// The address of a role of that server that sees every row, for `belfry backup`; the owner does not.
    #[arg(long, env = "BELFRY_BACKUP_URL", hide_env_values = true, global = true)]
    pub backup_url: Option<String>,
    /// Where the PostgreSQL server programs are, if not where they usually are.
    #[arg(long, env = "BELFRY_PG_BIN", global = true)]
    pub pg_bin: Option<PathBuf>,
    /// How lines of the log are written on standard error; RUST_LOG says which, such as `info`.
    #[arg(long, env = "BELFRY_LOG", default_value = "text", global = true)]
    pub log: Log,
}

/// How lines of the log are written.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Log {
    /// For people.
    Text,
    /// For programs that gather logs: one object a line.
    Json,
}

impl Place {
    /// The data folder: what was said, else where this system keeps such things.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        self.data.clone().unwrap_or_else(usual_folder)
    }
}

/// `/var/lib/belfry` for root; for others `belfry` where the XDG base directories say, else here.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
fn usual_folder() -> PathBuf {
    if nix::unistd::geteuid().is_root() {
        return "/var/lib/belfry".into();
    }
    let told = |name| std::env::var_os(name).map(PathBuf::from);
    let absolute = |folder: &PathBuf| folder.is_absolute();
    let home = || Some(told("HOME").filter(absolute)?.join(".local/share"));
    let data = told("XDG_DATA_HOME").filter(absolute).or_else(home);
    data.unwrap_or_default().join("belfry")
}

/// How the web server runs.
#[derive(Args, Clone, Debug)]
pub struct Serving {
    /// The address to listen on.
    #[arg(long, env = "BELFRY_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// What people type to get here, such as `https://belfry.school.example`; needed on anything but loopback.
    #[arg(long, env = "BELFRY_BASE_URL")]
    pub base_url: Option<String>,
    /// Believe X-Forwarded-For of this one proxy address.
    #[arg(long, env = "BELFRY_TRUSTED_PROXY")]
    pub trusted_proxy: Option<std::net::IpAddr>,
    /// Requests answered at once; more are told to come back.
    #[arg(long, env = "BELFRY_AT_ONCE", default_value_t = 256)]
    pub at_once: usize,
    /// Database connections for pages (and as many for sign-in and sessions).
    #[arg(long, env = "BELFRY_CONNECTIONS", default_value_t = 8)]
    pub connections: u32,
    /// Minutes without a request after which a session ends.
    #[arg(long, env = "BELFRY_IDLE_MINUTES", default_value_t = 60)]
    pub idle_minutes: u16,
    /// Hours after which a session ends whatever happens.
    #[arg(long, env = "BELFRY_SESSION_HOURS", default_value_t = 12)]
    pub session_hours: u16,
    /// MiB of memory that each password is computed with; people's passwords follow as they sign in.
    #[arg(long, env = "BELFRY_PASSWORD_MIB", default_value_t = 19, value_parser = clap::value_parser!(u16).range(19..=1024))]
    pub password_mib: u16,
    /// Days that a browser stays signed in whose owner asks for it; 0 lets nobody stay.
    #[arg(long, env = "BELFRY_STAY_DAYS", default_value_t = 14, value_parser = clap::value_parser!(u16).range(0..=90))]
    pub stay_days: u16,
    /// Let schools sign in at providers in private networks, too, such as one behind the school's own firewall.
    #[arg(long, env = "BELFRY_PRIVATE_PROVIDERS")]
    pub private_providers: bool,
    /// The mail server, such as smtps://user:password@mail.school.example; without it mail is kept in the data directory.
    #[arg(long, env = "BELFRY_SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<String>,
    /// In whose name mail is sent.
    #[arg(long, env = "BELFRY_MAIL_FROM", default_value = "Belfry <belfry@localhost>")]
    pub mail_from: lettre::message::Mailbox,
    /// 64 bytes or more for the session cookie's key; without it one is kept in the data directory.
    #[arg(long, env = "BELFRY_SECRET", hide_env_values = true)]
    pub secret: Option<String>,
}

impl Serving {
    /// How long sessions last where nothing was said.
    #[must_use]
    pub fn usual() -> Limits {
        Limits { idle: TimeDelta::minutes(60), absolute: TimeDelta::hours(12), stay: TimeDelta::days(14) }
    }

    /// What links in mail begin with.
    #[must_use]
    pub fn address(&self) -> String {
        self.base_url.clone().unwrap_or_else(|| format!("http://{}", self.listen))
    }

    /// The work that each password is.
    #[must_use]
    pub fn work(&self) -> Work {
        Work { memory: u32::from(self.password_mib) * 1024, ..Work::default() }
    }

    /// How long sessions last.
    #[must_use]
    pub fn limits(&self) -> Limits {
        Limits {
            idle: TimeDelta::minutes(self.idle_minutes.into()),
            absolute: TimeDelta::hours(self.session_hours.into()),
            stay: TimeDelta::days(self.stay_days.into()),
        }
    }
}
