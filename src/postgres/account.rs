//! Who runs the server: the user who started Belfry, or for root an account that PostgreSQL accepts.

use std::fs;
use std::io;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use nix::unistd::{Uid, User, getegid, geteuid};

use super::error::{PostgresError, folder};

/// The user that owns the cluster and runs its programs.
#[derive(Debug, Clone)]
pub(super) struct Account {
    uid: u32,
    gid: u32,
    name: String,
    /// Belfry runs as root and this is somebody else.
    lent: bool,
    /// `setpriv` of util-linux is there, and can tie a program's life to ours.
    mortal: bool,
}

impl Account {
    /// Whoever owns the cluster in `home` already, else `postgres`, else `nobody`; never root.
    pub(super) fn for_cluster(home: &Path) -> Result<Self, PostgresError> {
        let owner = fs::metadata(home).ok().map(|metadata| metadata.uid());
        if geteuid().is_root() { Self::lent(owner) } else { Self::own(home, owner) }
    }

    fn own(home: &Path, owner: Option<u32>) -> Result<Self, PostgresError> {
        let (uid, gid, name) = (geteuid().as_raw(), getegid().as_raw(), String::new());
        if let Some(owner) = owner.filter(|&owner| owner != uid) {
            let folder = home.to_owned();
            return Err(PostgresError::OtherOwner { folder, owner });
        }
        let (lent, mortal) = (false, has_setpriv());
        Ok(Self { uid, gid, name, lent, mortal })
    }

    fn lent(owner: Option<u32>) -> Result<Self, PostgresError> {
        let owner = owner.filter(|&owner| owner != 0).map(Uid::from_raw);
        let keeper = owner.and_then(|owner| User::from_uid(owner).ok().flatten());
        let named = || User::from_name("postgres").ok().flatten();
        let last = || User::from_name("nobody").ok().flatten();
        let user = keeper.or_else(named).or_else(last).ok_or(PostgresError::NoAccount)?;
        let (uid, gid, name) = (user.uid.as_raw(), user.gid.as_raw(), user.name);
        let (lent, mortal) = (true, has_setpriv());
        Ok(Self { uid, gid, name, lent, mortal })
    }

    /// Runs `program` as this account, in a process group of its own so that Ctrl-C in a terminal reaches Belfry alone,
    /// and interrupted by the kernel when the calling thread ends, so that it never outlives a killed Belfry.
    pub(super) fn command(&self, program: &Path, home: &Path) -> Command {
        let mut command = if self.mortal { Command::new("setpriv") } else { Command::new(program) };
        if self.mortal {
            command.args(["--pdeathsig", "INT", "--"]).arg(program);
        }
        if self.lent {
            command.uid(self.uid).gid(self.gid);
        }
        // A clean environment: PGDATA, PGPORT or LC_ALL of the caller must not change what the cluster is.
        command.env_clear().env("PATH", "/usr/local/bin:/usr/bin:/bin").env("HOME", home);
        command.current_dir(home).process_group(0).stdin(Stdio::null());
        command
    }

    pub(super) fn give(&self, path: &Path) -> Result<(), PostgresError> {
        if !self.lent {
            return Ok(());
        }
        chown(path, Some(self.uid), Some(self.gid)).map_err(folder(path))
    }

    /// Asks the kernel, as the account, whether it may enter `path` and every folder above it.
    pub(super) fn must_reach(&self, path: &Path) -> Result<(), PostgresError> {
        if !self.lent {
            return Ok(());
        }
        let mut folders: Vec<&Path> = path.ancestors().collect();
        folders.reverse();
        for place in folders {
            if !self.may_enter(place).map_err(folder(place))? {
                let (folder, account) = (place.to_owned(), self.name.clone());
                return Err(PostgresError::Closed { folder, account });
            }
        }
        Ok(())
    }

    fn may_enter(&self, folder: &Path) -> io::Result<bool> {
        let mut test = Command::new("test");
        test.arg("-x").arg(folder).current_dir("/").uid(self.uid).gid(self.gid);
        Ok(test.status()?.success())
    }
}

/// Tried, not looked up: the `setpriv` of BusyBox knows no such option.
fn has_setpriv() -> bool {
    let mut setpriv = Command::new("setpriv");
    setpriv.args(["--pdeathsig", "INT", "true"]).stderr(Stdio::null());
    setpriv.status().is_ok_and(|status| status.success())
}
