//! What a killed Belfry left behind: processes that still hold the data, and a note of one that does not live.

use std::fs;
use std::path::Path;
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::error::PostgresError;
use super::watch::Watch;

const STEP: Duration = Duration::from_millis(100);
/// How many steps each request gets, the polite one first: 30 s, 5 s, 5 s.
const REQUESTS: [(Signal, u32); 3] = [(Signal::SIGINT, 300), (Signal::SIGQUIT, 50), (Signal::SIGKILL, 50)];

/// Call it only with the lock held: whoever works on `cluster` then is nobody's.
pub(super) fn clear(cluster: &Path, watch: &Watch) -> Result<(), PostgresError> {
    for (signal, steps) in REQUESTS {
        let left = holders(cluster);
        if !left.is_empty() {
            tracing::warn!(processes = ?left, %signal, "an earlier PostgreSQL still holds the data; asking it to stop");
        }
        for holder in heads(&left) {
            let _ = kill(Pid::from_raw(holder), signal);
        }
        for _ in 0..steps {
            if holders(cluster).is_empty() {
                return forget(cluster);
            }
            watch.pause(STEP)?;
        }
    }
    match holders(cluster).first() {
        Some(&id) => Err(PostgresError::Stuck { folder: cluster.to_owned(), id }),
        None => forget(cluster),
    }
}

/// The server trusts the number in its pid file when any process has it, as after a restart of a container, or when
/// nobody has yet buried the dead one.
fn forget(cluster: &Path) -> Result<(), PostgresError> {
    let note = cluster.join("postmaster.pid");
    if note.exists() && Path::new("/proc/self/cwd").exists() {
        fs::remove_file(&note).map_err(super::error::folder(&note))?;
    }
    Ok(())
}

/// Every live `postgres` that stands in `cluster`; the dead have no folder. Empty where there is no /proc.
pub(super) fn holders(cluster: &Path) -> Vec<i32> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    ids.filter(|id| stands_in(*id, cluster)).collect()
}

fn stands_in(id: i32, cluster: &Path) -> bool {
    let name = fs::read_to_string(format!("/proc/{id}/comm")).unwrap_or_default();
    name.trim() == "postgres"
        && fs::read_link(format!("/proc/{id}/cwd")).is_ok_and(|folder| folder == cluster)
}

/// Those whose parent is not among them: a postmaster, or orphans of a killed one.
fn heads(holders: &[i32]) -> Vec<i32> {
    let is_head = |id: &&i32| parent(**id).is_none_or(|parent| !holders.contains(&parent));
    holders.iter().filter(is_head).copied().collect()
}

fn parent(id: i32) -> Option<i32> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("PPid:"))?;
    line.trim().parse().ok()
}
