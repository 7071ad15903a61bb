//! The database on disk: made once, under another name first, so that a half-made one is never taken for whole.

use std::fs::{self, DirBuilder, File};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process::Output;

use super::Options;
use super::account::Account;
use super::binaries::Binaries;
use super::disk;
use super::error::{PostgresError, folder};

/// `<data>/postgres`, which is the account's, with the cluster in `data`. What root writes is not in there, where the
/// account could put a link in its way.
#[derive(Debug, Clone)]
pub(super) struct Cluster {
    pub(super) home: PathBuf,
    pub(super) account: Account,
    pub(super) binaries: Binaries,
}

impl Cluster {
    /// Everything that can be known before anything is written below `data`.
    pub(super) fn survey(data: &Path, options: &Options) -> Result<Self, PostgresError> {
        let home = data.join("postgres");
        let account = Account::for_cluster(&home)?;
        account.must_reach(data)?;
        let cluster = home.join("data");
        let wanted = written_by(&cluster)?.map(|major| (major, cluster.as_path()));
        let binaries = Binaries::find(options.binaries.as_deref(), wanted)?;
        account.must_reach(&binaries.folder)?;
        Ok(Self { home, account, binaries })
    }

    pub(super) fn data(&self) -> PathBuf {
        self.home.join("data")
    }

    pub(super) fn log(&self) -> PathBuf {
        self.home.with_extension("log")
    }

    pub(super) fn settle_in(&self) -> Result<(), PostgresError> {
        if !self.home.exists() {
            DirBuilder::new().mode(0o700).create(&self.home).map_err(folder(&self.home))?;
        }
        self.account.give(&self.home)
    }

    /// Makes the cluster unless there is one.
    pub(super) fn create(&self) -> Result<(), PostgresError> {
        if self.data().exists() {
            return Ok(());
        }
        tracing::info!(folder = %self.data().display(), "making a new database");
        disk::must_have(&self.home, disk::FOR_A_NEW_DATABASE)?;
        let fresh = self.home.join("data.new");
        if fresh.exists() {
            fs::remove_dir_all(&fresh).map_err(folder(&fresh))?;
        }
        self.initialize(&fresh)?;
        let renamed = fs::rename(&fresh, self.data()).and_then(|()| File::open(&self.home)?.sync_all());
        renamed.map_err(folder(&fresh))
    }

    /// Sorts text by the rules of Unicode where this build knows them, so that names of every script have an order.
    fn initialize(&self, fresh: &Path) -> Result<(), PostgresError> {
        let made = self.initdb(fresh, &["--locale-provider=icu", "--icu-locale=und"])?;
        let made = if made.status.success() { made } else { self.initdb(fresh, &[])? };
        if made.status.success() {
            return Ok(());
        }
        disk::must_have(&self.home, disk::FOR_A_NEW_DATABASE)?;
        let said = String::from_utf8_lossy(&made.stderr).trim().to_owned();
        Err(PostgresError::Failed { program: "initdb", said })
    }

    fn initdb(&self, fresh: &Path, locale: &[&str]) -> Result<Output, PostgresError> {
        let program = self.binaries.program("initdb");
        let mut command = self.account.command(&program, &self.home);
        command.arg("--pgdata").arg(fresh).args(["--username=postgres", "--encoding=UTF8"]);
        command.args(["--auth-local=trust", "--auth-host=reject", "--data-checksums"]);
        command.arg("--locale=C.UTF-8").args(locale);
        command.output().map_err(|source| PostgresError::Program { program, source })
    }
}

/// The major version in PG_VERSION, or `None` when there is no cluster yet.
fn written_by(cluster: &Path) -> Result<Option<u32>, PostgresError> {
    if !cluster.exists() {
        return Ok(None);
    }
    let text = fs::read_to_string(cluster.join("PG_VERSION")).unwrap_or_default();
    let major = text.trim().parse();
    major.map(Some).map_err(|_| PostgresError::NotCluster(cluster.to_owned()))
}
