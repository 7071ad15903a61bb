//! Is there room?

use std::path::Path;

use nix::sys::statvfs::statvfs;

use super::error::PostgresError;

/// MB. A new cluster is 39 MB, of which the log that is written ahead is 16, and soon has two of those.
pub(super) const FOR_A_NEW_DATABASE: u64 = 100;
/// MB. Less than a segment of the log that is written ahead.
pub(super) const TO_RUN: u64 = 16;

/// Refuses when less than `needed` MB are free where `folder` is.
pub(super) fn must_have(folder: &Path, needed: u64) -> Result<(), PostgresError> {
    match free(folder) {
        Some(free) if free < needed => {
            Err(PostgresError::DiskFull { folder: folder.to_owned(), free, needed })
        }
        _ => Ok(()),
    }
}

/// Free space in MB for an ordinary user, where the system says.
pub(super) fn free(folder: &Path) -> Option<u64> {
    let disk = statvfs(folder).ok()?;
    Some(disk.blocks_available() * disk.fragment_size() / 1_048_576)
}
