//! One run of the server: started, watched until it answers, ended.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::cluster::Cluster;
use super::error::{PostgresError, folder};
use super::watch::Watch;
use super::{disk, stale};

const STEP: Duration = Duration::from_millis(50);
/// Recovery after a crash may have much to read again.
const LONGEST_START: Duration = Duration::from_secs(300);
/// Shared memory of a killed server stays attached until the last of its processes has noticed.
const TRIES: u32 = 6;
const BETWEEN_TRIES: Duration = Duration::from_millis(500);
/// Bytes; above it the log makes way for a new one at the next start.
const LONG_LOG: u64 = 10_000_000;

/// Returns when the server answers on the socket in `socket`.
pub(super) fn start(cluster: &Cluster, socket: &Path, watch: &Watch) -> Result<Child, PostgresError> {
    let mut last = PostgresError::Stopped;
    for _ in 0..TRIES {
        disk::must_have(&cluster.home, disk::TO_RUN)?;
        stale::clear(&cluster.data(), watch)?;
        match try_start(cluster, socket, watch) {
            Err(problem @ PostgresError::NotStarted { .. }) => last = problem,
            outcome => return outcome,
        }
        watch.pause(BETWEEN_TRIES)?;
    }
    Err(last)
}

fn try_start(cluster: &Cluster, socket: &Path, watch: &Watch) -> Result<Child, PostgresError> {
    let log = open_log(cluster)?;
    let before = log.metadata().map_or(0, |metadata| metadata.len());
    let mut child = spawn(cluster, socket, log)?;
    watch.serve(Some(id_of(&child)));
    let outcome = until_ready(cluster, &mut child, watch);
    if !matches!(outcome, Ok(true)) {
        end(&mut child, watch);
    }
    if outcome? { Ok(child) } else { Err(not_started(cluster, before)) }
}

fn spawn(cluster: &Cluster, socket: &Path, log: File) -> Result<Child, PostgresError> {
    let program = cluster.binaries.program("postgres");
    let mut command = cluster.account.command(&program, &cluster.home);
    command.arg("-D").arg(cluster.data()).args(["-p", "5432"]);
    set(&mut command, socket);
    let errors = log.try_clone().map_err(folder(cluster.log()))?;
    command.stdout(errors).stderr(log).stdin(Stdio::null());
    command.spawn().map_err(|source| PostgresError::Program { program, source })
}

/// What must hold whatever postgresql.conf says: no network, a closed socket, and no pupil's data in the log.
fn set(command: &mut Command, socket: &Path) {
    let mut place = OsString::from("unix_socket_directories=\"");
    place.push(socket);
    place.push("\"");
    command.arg("-c").arg(place);
    for setting in [
        "listen_addresses=",
        "unix_socket_permissions=0700",
        "logging_collector=off",
        "log_destination=stderr",
        "log_error_verbosity=terse",
        "log_min_error_statement=panic",
        "log_checkpoints=off",
        "log_timezone=UTC",
        "log_parameter_max_length_on_error=0",
    ] {
        command.args(["-c", setting]);
    }
}

/// False when the server ended instead.
fn until_ready(cluster: &Cluster, child: &mut Child, watch: &Watch) -> Result<bool, PostgresError> {
    let steps = LONGEST_START.as_millis() / STEP.as_millis();
    for _ in 0..steps {
        if says_ready(&cluster.data(), child.id()) {
            return Ok(true);
        }
        if !matches!(child.try_wait(), Ok(None)) {
            return Ok(false);
        }
        watch.pause(STEP)?;
    }
    Err(PostgresError::TooSlow { log: cluster.log(), seconds: LONGEST_START.as_secs() })
}

/// The server writes its state into the eighth line of its pid file, for whoever started it.
fn says_ready(data: &Path, id: u32) -> bool {
    let note = fs::read_to_string(data.join("postmaster.pid")).unwrap_or_default();
    let mut lines = note.lines().map(str::trim);
    lines.next() == Some(id.to_string().as_str()) && lines.nth(6) == Some("ready")
}

/// At once, without a last checkpoint, unless it has ended already.
pub(super) fn end(child: &mut Child, watch: &Watch) {
    if let Ok(None) = child.try_wait() {
        let _ = kill(id_of(child), Signal::SIGQUIT);
        let _ = child.wait();
    }
    watch.serve(None);
}

fn id_of(child: &Child) -> Pid {
    // Linux numbers processes below 2^22.
    Pid::from_raw(i32::try_from(child.id()).unwrap_or(i32::MAX))
}

fn open_log(cluster: &Cluster) -> Result<File, PostgresError> {
    let path = cluster.log();
    if fs::metadata(&path).is_ok_and(|metadata| metadata.len() > LONG_LOG) {
        fs::rename(&path, path.with_extension("old")).map_err(folder(&path))?;
    }
    let opened = OpenOptions::new().create(true).append(true).mode(0o600).open(&path);
    opened.map_err(folder(&path))
}

/// Full disks are told apart here: the server says so only in its log.
fn not_started(cluster: &Cluster, before: u64) -> PostgresError {
    let text = fs::read(cluster.log()).unwrap_or_default();
    let start = usize::try_from(before).unwrap_or(0).min(text.len());
    let text = String::from_utf8_lossy(&text[start..]).into_owned();
    if text.contains("No space left on device") {
        let free = disk::free(&cluster.home).unwrap_or(0);
        return PostgresError::DiskFull { folder: cluster.home.clone(), free, needed: disk::TO_RUN };
    }
    let telling = |line: &&str| ["FATAL:", "PANIC:", "ERROR:"].iter().any(|level| line.contains(level));
    let said = text.lines().find(telling).or(text.lines().last()).unwrap_or("nothing").to_owned();
    PostgresError::NotStarted { log: cluster.log(), said }
}
