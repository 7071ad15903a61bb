//! The three roles and the database, made or mended at each start.

use std::io::Write;
use std::process::{Command, Stdio};

use super::cluster::Cluster;
use super::disk;
use super::error::PostgresError;
use super::socket::Socket;

/// Also what an administrator runs on a server of their own (README.md).
const ROLES: &str = include_str!("roles.sql");

pub(super) fn create(cluster: &Cluster, socket: &Socket) -> Result<(), PostgresError> {
    let program = cluster.binaries.program("psql");
    let mut command = cluster.account.command(&program, &cluster.home);
    command.args(["--no-psqlrc", "--quiet", "--dbname"]).arg(socket.address("postgres", "postgres"));
    command.env("PGCONNECT_TIMEOUT", "10").env("PGOPTIONS", "-c lock_timeout=10s");
    let output = run(&mut command).map_err(|source| PostgresError::Program { program, source })?;
    if output.status.success() {
        return Ok(());
    }
    disk::must_have(&cluster.home, disk::TO_RUN)?;
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(PostgresError::Failed { program: "psql", said })
}

fn run(command: &mut Command) -> std::io::Result<std::process::Output> {
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn()?;
    if let Some(mut input) = child.stdin.take() {
        // When psql ends early its own words tell more than a broken pipe.
        let _ = input.write_all(ROLES.as_bytes());
    }
    child.wait_with_output()
}
