//! What a job does with an import.

use diesel::prelude::*;
use uuid::Uuid;

use super::{ImportRun, outcome::keep, perform::perform, steps::end};
use crate::{
    db::{Access, Db},
    error::{Error, Result},
    exchange::{
        roster::{Conduct, Report, Watch},
        text::cut,
    },
    job::Job,
    permit::{CreateImportRuns, Seed},
    sql::set_config,
    words::ImportState::{self, Applying, Cancelled, Failed, Rehearsed, Rehearsing},
};

/// How long the database waits while a file is read.
const PATIENCE: &str = "300s";
/// Characters of the sentence that says why an import came to nothing.
const SENTENCE: usize = 500;

/// Finds out what the import of a job would do, keeps nothing of it, and writes down what was found.
///
/// # Errors
/// Whatever the reader of the file says of the whole, and [`Error::NotFound`] when the job is no longer ours.
pub fn rehearse(job: &Job, watch: &dyn Watch, access: &Access<CreateImportRuns>) -> Result<()> {
    let mut found = None;
    let kept = access.run(|db| {
        let conduct = Conduct { end_many: true, watch };
        found = Some(performed(job.subject, Rehearsing, conduct, db)?);
        // Only an error rolls the transaction back.
        Err::<(), _>(Error::Conflict("A rehearsal keeps nothing.".into()))
    });
    let Some(report) = found else { return kept };
    access.run(|db| {
        keep(job.subject, &report, Rehearsed, db)?;
        job.finish(db)
    })
}

/// Carries the import of a job out: all of it or nothing, and the job is done with it.
///
/// # Errors
/// As [`rehearse`], and [`Error::Conflict`] when more would end than somebody agreed to.
pub fn apply(job: &Job, watch: &dyn Watch, access: &Access<CreateImportRuns>) -> Result<()> {
    access.run(|db| {
        let end_many = ImportRun::of(job.subject, db)?.run.end_many;
        let report = performed(job.subject, Applying, Conduct { end_many, watch }, db)?;
        keep(job.subject, &report, ImportState::Done, db)?;
        job.finish(db)
    })
}

fn performed(
    id: Uuid,
    state: ImportState,
    conduct: Conduct<'_>,
    db: &mut Db<'_, CreateImportRuns>,
) -> Result<Report> {
    let run = ImportRun::of(id, db)?.run;
    if run.status != state {
        return Err(Error::NotFound);
    }
    let gone = || Error::invalid("file", "The file is no longer kept. Upload it again.");
    let content = run.content(db)?.ok_or_else(gone)?;
    wait_patiently(db)?;
    perform(&run, &content, conduct, db)
}

/// Reading a large file keeps the database waiting.
pub(super) fn wait_patiently(db: &mut Db<'_, CreateImportRuns>) -> Result<()> {
    diesel::select(set_config("idle_in_transaction_session_timeout", PATIENCE, true)).execute(db.conn())?;
    Ok(())
}

/// Ends a job and its import, which came to nothing: cancelled, or failed for a reason.
///
/// # Errors
/// [`Error::Unavailable`] when the database is away.
pub fn give_up(job: &Job, reason: Option<&str>, db: &mut Db<'_, Seed>) -> Result<()> {
    // The import before its job, as whoever cancels it holds them.
    let run = ImportRun::held(job.subject, &mut db.narrow())?;
    if !job.end(reason, db)? {
        return Ok(());
    }
    let state = if reason.is_some() { Failed } else { Cancelled };
    let reason = reason.and_then(|reason| cut(reason, SENTENCE));
    end(run.id, state, reason.as_deref(), &mut db.narrow())
}
