//! One Belfry for one data folder.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::error::{PostgresError, folder};

/// Held while it lives; the kernel lets go of it however the process ends.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
}

impl Lock {
    pub(super) fn take(data: &Path) -> Result<Self, PostgresError> {
        let path = data.join("belfry.lock");
        let mut options = OpenOptions::new();
        let opened = options.read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = opened.map_err(folder(&path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(PostgresError::InUse { folder: data.to_owned(), holder: holder(&mut file) });
            }
            Err(TryLockError::Error(source)) => return Err(folder(&path)(source)),
        }
        // The number is only for the sentence that refuses a second Belfry.
        let id = std::process::id();
        let written = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| writeln!(file, "{id}"));
        written.map_err(folder(&path))?;
        Ok(Self { file })
    }

    /// Leaves word of where the server listens, for commands that work beside this Belfry.
    pub(super) fn tell(&mut self, folder: &Path) -> std::io::Result<()> {
        writeln!(self.file, "{}", folder.display())
    }
}

impl Drop for Lock {
    /// Closing the file is not enough: a process that is just being started may hold a copy until it becomes another.
    fn drop(&mut self) {
        if let Err(error) = self.file.unlock() {
            tracing::warn!(%error, "The data folder's lock is let go of only as Belfry ends.");
        }
    }
}

/// Where the server of the Belfry that holds the lock listens, if one holds it and has come so far.
pub(super) fn server_of(data: &Path) -> Option<PathBuf> {
    let mut file = File::open(data.join("belfry.lock")).ok()?;
    if !matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)) {
        return None;
    }
    let mut text = String::new();
    file.read_to_string(&mut text).ok()?;
    text.lines().nth(1).map(PathBuf::from)
}

/// The process that holds the lock now, when one does and tells.
pub(super) fn held_by(data: &Path) -> Option<Option<u32>> {
    let mut file = File::open(data.join("belfry.lock")).ok()?;
    matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)).then(|| holder(&mut file))
}

fn holder(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.read_to_string(&mut text).ok()?;
    text.lines().next()?.parse().ok()
}
