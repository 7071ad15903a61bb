//! A job under way: its worker says that it lives, how far it is, and how it ended.

use std::{
    cell::Cell,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::mpsc::{RecvTimeoutError, channel},
    thread,
    time::Duration,
};

use chrono::TimeDelta;
use school::{
    Error, Result,
    db::SignedIn,
    exchange::{
        import_run::give_up,
        roster::{BUSY, Watch},
    },
    job::{Job, JobKind},
    keeping::erasure::Erasure,
};

use super::{Workplace, erasure, import_application, import_rehearsal};

/// How often a worker says that it lives.
const BEAT: Duration = Duration::from_secs(10);
/// How long a job waits that could not be done just now.
const WAIT: TimeDelta = TimeDelta::seconds(10);

const STUCK: &str =
    "It was begun several times and never came to an end. Nothing was changed. Try again, or export anew.";
const FAULT: &str = "Something went wrong in Belfry, and it has been noted. Nothing was changed.";
const NOT_ALLOWED: &str =
    "Whoever asked for this may no longer do it, or no longer works here. Nothing was changed.";

/// Why a job stopped between two of its steps.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Interruption {
    /// The program stops.
    Stop,
    /// Somebody wants it stopped, or somebody else took it.
    Cancel,
}

/// A job in our hands.
pub(super) struct UnderWay<'w> {
    job: &'w Job,
    workplace: &'w Workplace,
    interruption: Cell<Option<Interruption>>,
}

impl<'w> UnderWay<'w> {
    pub(super) fn of(job: &'w Job, workplace: &'w Workplace) -> Self {
        Self { job, workplace, interruption: Cell::new(None) }
    }

    pub(super) fn job(&self) -> &Job {
        self.job
    }

    /// Whoever it is done for, with what they may do now.
    pub(super) fn worker(&self) -> Result<SignedIn> {
        self.workplace.lobby.act_for(self.job.user, self.job.organization)
    }

    /// Does it, and writes down how it ended.
    pub(super) fn bring_to_an_end(&self) -> Result<()> {
        if self.job.is_hopeless() {
            return self.give_up(Some(STUCK));
        }
        match self.beating(|| catch_unwind(AssertUnwindSafe(|| self.work()))) {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => self.end(&error),
            Err(_) => {
                tracing::error!("a job panicked");
                self.give_up(Some(FAULT))
            }
        }
    }

    fn work(&self) -> Result<()> {
        match self.job.kind {
            JobKind::ImportRehearsal => import_rehearsal::run(self),
            JobKind::ImportApplication => import_application::run(self),
            JobKind::Erasure => erasure::run(self),
        }
    }

    /// Does some work, and says every few seconds that it lives.
    fn beating<T>(&self, work: impl FnOnce() -> T) -> T {
        let (over, wait) = channel::<()>();
        let (lobby, job) = (self.workplace.lobby.clone(), self.job.clone());
        thread::scope(|scope| {
            scope.spawn(move || {
                while wait.recv_timeout(BEAT) == Err(RecvTimeoutError::Timeout) {
                    if let Err(error) = lobby.seed(job.organization, |db| job.beat(db)) {
                        tracing::warn!("a job could not say that it lives: {error}");
                    }
                }
            });
            let done = work();
            drop(over);
            done
        })
    }

    fn end(&self, error: &Error) -> Result<()> {
        match (self.interruption.get(), error) {
            (Some(Interruption::Stop), _) => self.put_back(TimeDelta::zero(), false),
            (Some(Interruption::Cancel), _) => self.give_up(None),
            (None, Error::Conflict(sentence)) if sentence == BUSY => self.put_back(WAIT, false),
            (None, Error::Unavailable) => self.put_back(WAIT, true),
            (None, Error::Forbidden | Error::SignedOut) => self.give_up(Some(NOT_ALLOWED)),
            (None, Error::Internal(source)) => {
                tracing::error!(error = %source, "a job failed");
                self.give_up(Some(FAULT))
            }
            (None, other) => self.give_up(Some(&other.to_string())),
        }
    }

    fn put_back(&self, wait: TimeDelta, counts: bool) -> Result<()> {
        self.workplace.lobby.seed(self.job.organization, |db| self.job.put_back(wait, counts, db))
    }

    fn give_up(&self, reason: Option<&str>) -> Result<()> {
        self.workplace.lobby.seed(self.job.organization, |db| match self.job.kind {
            JobKind::Erasure => Erasure::give_up(self.job, reason, db),
            JobKind::ImportRehearsal | JobKind::ImportApplication => give_up(self.job, reason, db),
        })
    }

    fn interrupted(&self, why: Interruption) -> Error {
        self.interruption.set(Some(why));
        Error::Conflict("This was stopped.".into())
    }
}

impl Watch for UnderWay<'_> {
    /// On a connection of its own, so that people see it while the work's transaction is open.
    fn look(&self, step: &str, done: i32, total: i32) -> Result<()> {
        if (self.workplace.stops)() {
            return Err(self.interrupted(Interruption::Stop));
        }
        let Workplace { lobby, .. } = self.workplace;
        let goes_on = lobby.seed(self.job.organization, |db| self.job.progress(step, done, total, db))?;
        if goes_on { Ok(()) } else { Err(self.interrupted(Interruption::Cancel)) }
    }
}
