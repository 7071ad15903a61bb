//! What people do with an import: rehearse it, apply it, cancel it, delete its file.

use chrono::{DateTime, SubsecRound as _, TimeDelta, Utc};
use diesel::prelude::*;
use schema::{import_files as files, import_runs as runs};
use uuid::Uuid;

use super::{ImportRun, outcome::forget_file};
use crate::{
    db::Db,
    error::{Error, Result},
    job::{Job, JobKind},
    permit::{CreateImportRuns, Seed},
    words::ImportState::{self, Applying, Cancelled, Done, Failed, Rehearsed, Rehearsing, Uploaded},
};

/// How long the file of an import is kept that nobody applied, or of which rows are to be mended.
const KEPT: TimeDelta = TimeDelta::days(7);

impl ImportRun {
    /// Has it rehearsed, for the first time or again: after it failed or was cancelled it begins anew from the kept file.
    ///
    /// # Errors
    /// [`Error::Conflict`] while a job works on it, when it is done, and when its file is no longer kept.
    pub fn rehearse(id: Uuid, db: &mut Db<'_, CreateImportRuns>) -> Result<()> {
        let run = Self::held(id, db)?;
        match run.status {
            Rehearsing | Applying => return conflict("A job works on this import already."),
            Done => return conflict("This import is done. Upload the file again to import it again."),
            Uploaded | Rehearsed | Failed | Cancelled => {}
        }
        if run.kind.has_columns() && run.mapping.is_none() {
            return conflict("Match the columns of the file first.");
        }
        run.needs_file(db)?;
        rehearse_now(id, db)
    }

    /// Has it applied as it was rehearsed.
    ///
    /// # Errors
    /// [`Error::Invalid`] by `end_many` when more than a tenth would end and nobody said to go on, [`Error::Conflict`]
    /// when it was not rehearsed or its file is no longer kept.
    pub fn apply(id: Uuid, end_many: bool, db: &mut Db<'_, CreateImportRuns>) -> Result<()> {
        let run = Self::held(id, db)?;
        if run.status != Rehearsed {
            return conflict("Only what was rehearsed can be applied. See how far it has come.");
        }
        if !end_many && !run.outcome().vanishing.is_empty() {
            return Err(Error::invalid("end_many", "Tick this to go on, or cancel and look at the export."));
        }
        run.needs_file(db)?;
        diesel::update(runs::table.find((db.organization(), id)))
            .set(runs::end_many.eq(end_many))
            .execute(db.conn())?;
        give_job(id, JobKind::ImportApplication, db)
    }

    /// Cancels it: at once while nothing is done, between two steps of a job that is under way. Nothing is kept then.
    ///
    /// # Errors
    /// [`Error::Conflict`] when it has ended.
    pub fn cancel(id: Uuid, db: &mut Db<'_, CreateImportRuns>) -> Result<()> {
        let run = Self::held(id, db)?;
        match run.status {
            Uploaded | Rehearsed => {}
            Rehearsing | Applying => {
                if Job::cancel(run.job_id, db)? {
                    return Ok(());
                }
            }
            Done | Failed | Cancelled => return conflict("This import has ended already."),
        }
        end(id, Cancelled, None, db)
    }

    /// Deletes the file of an import that nobody works on; what is written about the import stays.
    ///
    /// # Errors
    /// [`Error::Conflict`] while a job works on it.
    pub fn delete_file(id: Uuid, db: &mut Db<'_, CreateImportRuns>) -> Result<()> {
        let run = Self::held(id, db)?;
        match run.status {
            Rehearsing | Applying => return conflict("A job works on this import. Cancel it first."),
            Uploaded | Rehearsed => end(id, Cancelled, None, db)?,
            Done | Failed | Cancelled => {}
        }
        forget_file(id, db)
    }

    /// Deletes files that have been kept for long enough, whatever became of them.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database is away.
    pub fn forget_old_files(db: &mut Db<'_, Seed>) -> Result<()> {
        let long_ago = db.now() - KEPT;
        let old: Vec<Uuid> =
            runs::table
                .inner_join(files::table.on(
                    files::organization_id.eq(runs::organization_id).and(files::import_run_id.eq(runs::id)),
                ))
                .filter(runs::organization_id.eq(db.organization()))
                .filter(runs::started_at.lt(long_ago))
                .filter(runs::status.ne_all([Rehearsing, Applying]))
                .filter(files::content.is_not_null())
                .select(runs::id)
                .load(db.conn())?;
        old.into_iter().try_for_each(|run| Self::delete_file(run, &mut db.narrow()))
    }

    fn needs_file(&self, db: &mut Db<'_, CreateImportRuns>) -> Result<()> {
        if self.has_file(db)? { Ok(()) } else { conflict("The file is no longer kept. Upload it again.") }
    }
}

fn conflict<T>(sentence: &str) -> Result<T> {
    Err(Error::Conflict(sentence.into()))
}

/// Gives an import to a job that rehearses it.
pub(super) fn rehearse_now(run: Uuid, db: &mut Db<'_, CreateImportRuns>) -> Result<()> {
    give_job(run, JobKind::ImportRehearsal, db)
}

fn give_job(run: Uuid, kind: JobKind, db: &mut Db<'_, CreateImportRuns>) -> Result<()> {
    let job = Job::give(kind, run, db)?;
    let state = if kind == JobKind::ImportApplication { Applying } else { Rehearsing };
    diesel::update(runs::table.find((db.organization(), run)))
        .set((
            runs::status.eq(state),
            runs::job_id.eq(job),
            runs::failure.eq(None::<String>),
            runs::finished_at.eq(None::<DateTime<Utc>>),
        ))
        .execute(db.conn())?;
    Ok(())
}

/// Ends an import without its being done.
pub(super) fn end(
    run: Uuid,
    state: ImportState,
    failure: Option<&str>,
    db: &mut Db<'_, CreateImportRuns>,
) -> Result<()> {
    let now = db.now().trunc_subsecs(6);
    diesel::update(runs::table.find((db.organization(), run)))
        .set((runs::status.eq(state), runs::failure.eq(failure), runs::finished_at.eq(now)))
        .execute(db.conn())?;
    Ok(())
}
