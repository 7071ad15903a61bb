//! The thread that owns the server: starts it, waits for its end, starts it again.

use std::process::Child;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use super::cluster::Cluster;
use super::error::PostgresError;
use super::socket::Socket;
use super::watch::Watch;
use super::{State, roles, server};

const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// A server that ran this long was well.
const WELL: Duration = Duration::from_secs(60);

/// Runs until asked to stop. The kernel interrupts the server when this very thread ends (`Account::command`).
pub(super) fn run(
    cluster: &Cluster,
    socket: &Socket,
    watch: &Watch,
    first: &Sender<Result<(), PostgresError>>,
) {
    match open(cluster, socket, watch) {
        Ok(child) => {
            watch.report(State::Ready);
            // Nobody listens only if the caller is gone, and then it asks to stop.
            let _ = first.send(Ok(()));
            keep(cluster, socket, watch, child);
        }
        Err(problem) => {
            let _ = first.send(Err(problem));
        }
    }
    watch.finish();
}

fn open(cluster: &Cluster, socket: &Socket, watch: &Watch) -> Result<Child, PostgresError> {
    cluster.create()?;
    let mut child = server::start(cluster, socket.folder(), watch)?;
    if let Err(problem) = roles::create(cluster, socket) {
        server::end(&mut child, watch);
        return Err(problem);
    }
    Ok(child)
}

fn keep(cluster: &Cluster, socket: &Socket, watch: &Watch, mut child: Child) {
    let mut pause = FIRST_PAUSE;
    loop {
        let since = Instant::now();
        let ended = child.wait();
        watch.serve(None);
        if watch.is_stopping() {
            return;
        }
        tracing::error!(?ended, "PostgreSQL ended by itself; starting it again");
        watch.report(State::Down("PostgreSQL ended by itself and is being started again.".into()));
        if since.elapsed() > WELL {
            pause = FIRST_PAUSE;
        }
        match again(cluster, socket, watch, &mut pause) {
            Some(next) => child = next,
            None => return,
        }
    }
}

/// Tries until it runs or Belfry stops: a disk with room again must not need a person to start Belfry too.
fn again(cluster: &Cluster, socket: &Socket, watch: &Watch, pause: &mut Duration) -> Option<Child> {
    loop {
        watch.pause(*pause).ok()?;
        *pause = (*pause * 2).min(LONGEST_PAUSE);
        match server::start(cluster, socket.folder(), watch) {
            Ok(child) => {
                tracing::info!("PostgreSQL runs again");
                watch.report(State::Ready);
                return Some(child);
            }
            Err(PostgresError::Stopped) => return None,
            Err(problem) => {
                tracing::error!(%problem, "PostgreSQL does not start; trying again");
                watch.report(State::Down(problem.to_string()));
            }
        }
    }
}
