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
        let me = geteuid();
        if !me.is_root() {
            let foreign = owner.filter(|&owner| owner != me.as_raw());
            return match foreign {
                Some(owner) => Err(PostgresError::OtherOwner {
                    folder: home.to_owned(),
                    owner,
                }),
                None => Ok(Self::new(
                    me.as_raw(),
                    getegid().as_raw(),
                    String::new(),
                    false,
                )),
            };
        }
        let owner = owner.filter(|&owner| owner != 0).map(Uid::from_raw);
        let keeper = owner.and_then(|owner| User::from_uid(owner).ok().flatten());
        let named = || {
            ["postgres", "nobody"]
                .iter()
                .find_map(|name| User::from_name(name).ok()?)
        };
        let user = keeper.or_else(named).ok_or(PostgresError::NoAccount)?;
        Ok(Self::new(
            user.uid.as_raw(),
            user.gid.as_raw(),
            user.name,
            true,
        ))
    }

    fn new(uid: u32, gid: u32, name: String, lent: bool) -> Self {
        let mortal = Command::new("setpriv")
            .args(["--pdeathsig", "INT", "true"])
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
        Self {
            uid,
            gid,
            name,
            lent,
            mortal,
        }
    }

    /// Runs `program` as this account, in a process group of its own so that Ctrl-C in a terminal reaches Belfry alone,
    /// and interrupted by the kernel when the calling thread ends, so that it never outlives a killed Belfry.
    pub(super) fn command(&self, program: &Path, home: &Path) -> Command {
        let mut command = if self.mortal {
            Command::new("setpriv")
        } else {
            Command::new(program)
        };
        if self.mortal {
            command.args(["--pdeathsig", "INT", "--"]).arg(program);
        }
        if self.lent {
            command.uid(self.uid).gid(self.gid);
        }
        // A clean environment: PGDATA, PGPORT or LC_ALL of the caller must not change what the cluster is.
        command
            .env_clear()
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .env("HOME", home);
        command
            .current_dir(home)
            .process_group(0)
            .stdin(Stdio::null());
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
        for folder in folders {
            if !self
                .may_enter(folder)
                .map_err(super::error::folder(folder))?
            {
                return Err(PostgresError::Closed {
                    folder: folder.to_owned(),
                    account: self.name.clone(),
                });
            }
        }
        Ok(())
    }

    fn may_enter(&self, folder: &Path) -> io::Result<bool> {
        let mut test = Command::new("test");
        test.arg("-x")
            .arg(folder)
            .current_dir("/")
            .uid(self.uid)
            .gid(self.gid);
        Ok(test.status()?.success())
    }
}
