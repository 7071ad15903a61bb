//! A job in the hands of a worker, from taking it to its end.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use schema::jobs;
use serde_json::Value;
use uuid::Uuid;

use super::{Job, JobKind};
use crate::{
    db::Db,
    error::{Error, Result},
    exchange::text::cut,
    permit::{Permission, Seed},
    words::RunStatus,
};

/// Silent for so long, the worker of a job is taken for dead.
const SILENCE: TimeDelta = TimeDelta::seconds(60);
/// No job is put off for longer than this.
const LONGEST: TimeDelta = TimeDelta::seconds(60);
/// How often a job is begun before it is given up.
const ATTEMPTS: i16 = 5;
/// Characters of what a job is at, and of what went wrong.
const STAGE: usize = 60;
const SENTENCE: usize = 500;

impl Job {
    /// The next job that waits, or whose worker died; nobody else takes the same. Where one waits for an hour further ahead
    /// than any wait there is, or its worker lived then, a clock was set back, and nobody waits for that.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database is away.
    pub fn take(db: &mut Db<'_, Seed>) -> Result<Option<Self>> {
        let now = db.now();
        let is_due = jobs::run_after.le(now).or(jobs::run_after.gt(now + LONGEST));
        let waits = jobs::status.eq(RunStatus::Waiting).and(is_due);
        let is_silent = jobs::beat_at.lt(now - SILENCE).or(jobs::beat_at.gt(now + SILENCE));
        let is_orphan = jobs::status.eq(RunStatus::Running).and(is_silent.assume_not_null());
        let found: Option<(Uuid, String, Value, Uuid, i16)> = jobs::table
            .filter(jobs::organization_id.eq(db.organization()))
            .filter(jobs::deleted_at.is_null())
            .filter(jobs::kind.eq_any(JobKind::ALL.map(JobKind::word)))
            .filter(waits.or(is_orphan))
            .order((jobs::run_after, jobs::id))
            .select((jobs::id, jobs::kind, jobs::payload, jobs::user_id, jobs::attempts))
            .for_update()
            .skip_locked()
            .first(db.conn())
            .optional()?;
        let Some((id, kind, payload, user, attempts)) = found else { return Ok(None) };
        let organization = db.organization();
        let job = Self {
            id,
            organization,
            kind: JobKind::named(&kind).ok_or_else(|| Error::internal(format!("no job is called {kind}")))?,
            subject: serde_json::from_value(payload["subject"].clone()).map_err(Error::internal)?,
            user,
            attempt: attempts.saturating_add(1),
        };
        diesel::update(jobs::table.find((organization, id)))
            .set((
                (jobs::status.eq(RunStatus::Running), jobs::attempts.eq(job.attempt), jobs::beat_at.eq(now)),
                (jobs::done.eq(0), jobs::total.eq(None::<i32>), jobs::stage.eq(None::<String>)),
            ))
            .execute(db.conn())?;
        Ok(Some(job))
    }

    /// Whether it was begun too often to be begun again.
    #[must_use]
    pub fn is_hopeless(&self) -> bool {
        self.attempt > ATTEMPTS
    }

    /// Says that its worker lives.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database is away.
    pub fn beat(&self, db: &mut Db<'_, Seed>) -> Result<()> {
        let now = db.now();
        let ours = jobs::table.filter(ours(self.organization, self.id, self.attempt, RunStatus::Running));
        diesel::update(ours).set(jobs::beat_at.eq(now)).execute(db.conn())?;
        Ok(())
    }

    /// Says how far it has come, and answers whether it shall go on: not when somebody wants it stopped, or somebody
    /// else took it.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database is away.
    pub fn progress(&self, stage: &str, done: i32, total: i32, db: &mut Db<'_, Seed>) -> Result<bool> {
        let now = db.now();
        let asked: Option<bool> = diesel::update(jobs::table)
            .filter(ours(self.organization, self.id, self.attempt, RunStatus::Running))
            .set((
                (jobs::stage.eq(cut(stage, STAGE)), jobs::done.eq(done), jobs::total.eq(total)),
                jobs::beat_at.eq(now),
            ))
            .returning(jobs::cancel_asked)
            .get_result(db.conn())
            .optional()?;
        Ok(asked == Some(false))
    }

    /// It is done, with everything that this transaction keeps.
    ///
    /// # Errors
    /// [`Error::NotFound`] when somebody else took it meanwhile; then this transaction must keep nothing.
    pub(crate) fn finish<P: Permission>(&self, db: &mut Db<'_, P>) -> Result<()> {
        if self.settle(RunStatus::Done, None, db)? { Ok(()) } else { Err(Error::NotFound) }
    }

    /// It has ended without being done. Answers false when somebody else took it meanwhile.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database is away.
    pub fn end(&self, failure: Option<&str>, db: &mut Db<'_, Seed>) -> Result<bool> {
        let status = if failure.is_some() { RunStatus::Failed } else { RunStatus::Cancelled };
        self.settle(status, failure, db)
    }

    /// Puts it back to wait, for the reason given. What was begun because the program stops does not count as an attempt.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database is away.
    pub fn put_back(&self, wait: TimeDelta, counts: bool, db: &mut Db<'_, Seed>) -> Result<()> {
        let attempts = if counts { self.attempt } else { self.attempt.saturating_sub(1) };
        let at: DateTime<Utc> = db.now() + wait;
        diesel::update(jobs::table)
            .filter(ours(self.organization, self.id, self.attempt, RunStatus::Running))
            .set((
                jobs::status.eq(RunStatus::Waiting),
                jobs::attempts.eq(attempts),
                jobs::run_after.eq(at),
                jobs::beat_at.eq(None::<DateTime<Utc>>),
            ))
            .execute(db.conn())?;
        Ok(())
    }

    fn settle<P: Permission>(
        &self,
        status: RunStatus,
        failure: Option<&str>,
        db: &mut Db<'_, P>,
    ) -> Result<bool> {
        let failure = failure.and_then(|failure| cut(failure, SENTENCE));
        let settled = diesel::update(jobs::table)
            .filter(ours(self.organization, self.id, self.attempt, RunStatus::Running))
            .set((
                jobs::status.eq(status),
                jobs::last_error.eq(failure),
                jobs::beat_at.eq(None::<DateTime<Utc>>),
            ))
            .execute(db.conn())?;
        Ok(settled == 1)
    }
}

/// The row of a job, as long as it is held by this attempt.
#[diesel::dsl::auto_type(no_type_alias)]
fn ours(organization: Uuid, id: Uuid, attempt: i16, running: RunStatus) -> _ {
    jobs::organization_id
        .eq(organization)
        .and(jobs::id.eq(id))
        .and(jobs::attempts.eq(attempt))
        .and(jobs::status.eq(running))
}
