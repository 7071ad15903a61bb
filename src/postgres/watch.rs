//! What the supervisor's thread and everybody else tell each other.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::State;
use super::error::PostgresError;

/// A wish to stop, the state of the server, and a way to wait for either.
#[derive(Debug, Default)]
pub(super) struct Watch {
    standing: Mutex<Standing>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Standing {
    stopping: bool,
    finished: bool,
    server: Option<Pid>,
    state: State,
}

impl Watch {
    /// A wait that a wish to stop cuts short.
    pub(super) fn pause(&self, time: Duration) -> Result<(), PostgresError> {
        let standing = self.wait(time, |standing| standing.stopping);
        if standing.stopping { Err(PostgresError::Stopped) } else { Ok(()) }
    }

    pub(super) fn is_stopping(&self) -> bool {
        self.lock().stopping
    }

    pub(super) fn state(&self) -> State {
        self.lock().state.clone()
    }

    pub(super) fn report(&self, state: State) {
        self.change(|standing| standing.state = state);
    }

    /// Says which process to signal, from its start until it has ended.
    pub(super) fn serve(&self, server: Option<Pid>) {
        self.change(|standing| standing.server = server);
    }

    pub(super) fn ask_to_stop(&self) {
        self.change(|standing| standing.stopping = true);
    }

    pub(super) fn finish(&self) {
        self.change(|standing| standing.finished = true);
    }

    /// Sends `signal` to the server and waits until the supervisor is done, at most for `time`.
    pub(super) fn signal(&self, signal: Signal, time: Duration) -> bool {
        if let Some(server) = self.lock().server {
            // It may have ended this instant, which is what we want.
            let _ = kill(server, signal);
        }
        self.wait(time, |standing| standing.finished).finished
    }

    fn wait(&self, time: Duration, done: impl Fn(&Standing) -> bool) -> MutexGuard<'_, Standing> {
        let until = Instant::now() + time;
        let mut standing = self.lock();
        while !done(&standing) {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            let woken = self.changed.wait_timeout(standing, left);
            standing = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
        standing
    }

    fn change(&self, change: impl FnOnce(&mut Standing)) {
        change(&mut self.lock());
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Standing> {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
