//! What can go wrong with the private PostgreSQL: each sentence says what happened and how to mend it.

use std::io;
use std::path::PathBuf;

/// Why PostgreSQL does not run, in words for the person who starts Belfry.
#[derive(Debug, thiserror::Error)]
pub enum PostgresError {
    #[error(
        "No PostgreSQL server was found on this machine. Install one (Debian and Ubuntu: apt install postgresql; \
         Fedora: dnf install postgresql-server), name its folder in BELFRY_PG_BIN, or set DATABASE_URL, \
         BELFRY_LOBBY_URL and BELFRY_OWNER_URL to use a server that runs elsewhere."
    )]
    NoBinaries,
    #[error("{} does not hold a whole PostgreSQL (postgres, initdb, psql). Correct BELFRY_PG_BIN or unset it.", .0.display())]
    NotBinaries(PathBuf),
    #[error(
        "The newest PostgreSQL here is {found}, and Belfry needs {needed} or later. Install a newer one."
    )]
    TooOld { found: u32, needed: u32 },
    #[error(
        "The data in {} was written by PostgreSQL {wanted}, which is not on this machine. \
         Install PostgreSQL {wanted}, or move the data to a newer one with pg_upgrade.",
        folder.display()
    )]
    OtherVersion { folder: PathBuf, wanted: u32 },
    #[error("Another Belfry{} already uses {}. Stop it first, or choose another folder with --data.", holder.map(|id| format!(" (process {id})")).unwrap_or_default(), folder.display())]
    InUse { folder: PathBuf, holder: Option<u32> },
    #[error(
        "PostgreSQL must not run as root, and there is no account `postgres` or `nobody` to run it as. \
         Create one (useradd --system postgres), or start Belfry as an ordinary user."
    )]
    NoAccount,
    #[error(
        "The account `{account}`, which runs PostgreSQL because root must not, cannot enter {}. \
         Choose another folder with --data (/var/lib/belfry is usual), start Belfry as an ordinary user, \
         or open the folder: chmod o+x {}.",
        folder.display(), folder.display()
    )]
    Closed { folder: PathBuf, account: String },
    #[error(
        "{} belongs to another user (id {owner}). Start Belfry as that user or as root, \
         or choose another folder with --data.",
        folder.display()
    )]
    OtherOwner { folder: PathBuf, owner: u32 },
    #[error(
        "{} is not a database (it has no PG_VERSION). Put the database back from a backup, \
         or move the folder away to begin with an empty one.",
        .0.display()
    )]
    NotCluster(PathBuf),
    #[error("The disk that holds {} is full ({free} MB free). Make room, at least {needed} MB, and start again.", folder.display())]
    DiskFull { folder: PathBuf, free: u64, needed: u64 },
    #[error("Cannot use {}: {source}. Mend that, or choose another folder with --data.", path.display())]
    Folder { path: PathBuf, source: io::Error },
    #[error("Cannot run {}: {source}. Reinstall PostgreSQL, or name another one in BELFRY_PG_BIN.", program.display())]
    Program { program: PathBuf, source: io::Error },
    #[error("{program} failed. It said: {said}. Mend that and start again.")]
    Failed { program: &'static str, said: String },
    #[error("PostgreSQL does not start. It said: {said}. The whole log is {}.", log.display())]
    NotStarted { log: PathBuf, said: String },
    #[error("PostgreSQL still was not ready after {seconds} s. See {}, then start again.", log.display())]
    TooSlow { log: PathBuf, seconds: u64 },
    #[error("An earlier PostgreSQL (process {id}) still holds {} and does not stop. End it: kill -9 {id}", folder.display())]
    Stuck { folder: PathBuf, id: i32 },
    #[error("Belfry was asked to stop while PostgreSQL was starting.")]
    Stopped,
}

/// For `map_err` on whatever touches `path`.
pub(super) fn folder(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> PostgresError {
    let path = path.into();
    move |source| PostgresError::Folder { path, source }
}
