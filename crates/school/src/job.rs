//! Work that outlives a request: kept in the database, taken by a worker, watched and cancelled from a page.
//!
//! A worker holds a job by its *attempt*: whoever takes it again, because the one before was silent for too long, raises
//! that number, and what the one before still says counts no more.

mod held;

use diesel::prelude::*;
use schema::jobs;
use serde_json::json;
use uuid::Uuid;

use crate::{
    clock::new_id,
    db::Db,
    error::{Error, Result},
    permit::{CreateImportRuns, Permission},
    words::RunStatus,
};

/// What there is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobKind {
    /// Finds out what an import would do.
    ImportRehearsal,
    /// Carries an import out.
    ImportApplication,
    /// Takes a student out for good.
    Erasure,
}

impl JobKind {
    fn word(self) -> &'static str {
        match self {
            Self::ImportRehearsal => "import_rehearsal",
            Self::ImportApplication => "import_application",
            Self::Erasure => "erasure",
        }
    }

    /// Every kind.
    const ALL: [Self; 3] = [Self::ImportRehearsal, Self::ImportApplication, Self::Erasure];

    fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// A job in the hands of a worker.
#[derive(Clone, Debug)]
pub struct Job {
    /// Its id.
    pub id: Uuid,
    /// Whose it is.
    pub organization: Uuid,
    /// What there is to do.
    pub kind: JobKind,
    /// What it is done with, such as an import.
    pub subject: Uuid,
    /// In whose name, and with whose permissions at the time of the work.
    pub user: Uuid,
    /// The how-manieth attempt this is, from one.
    pub attempt: i16,
}

/// How far a job has come.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = jobs)]
pub struct Progress {
    /// Whether it waits, runs or has ended.
    pub status: RunStatus,
    /// What it is at.
    pub stage: Option<String>,
    /// Steps behind it.
    pub done: i32,
    /// Steps in all, once that is known.
    pub total: Option<i32>,
    /// Somebody wants it stopped.
    pub cancel_asked: bool,
    /// Why it was put back, if it was.
    pub last_error: Option<String>,
}

impl Progress {
    /// How far a job has come.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none.
    pub fn of(job: Uuid, db: &mut Db<'_, CreateImportRuns>) -> Result<Self> {
        let found = jobs::table.find((db.organization(), job));
        Ok(found.select(Self::as_select()).first(db.conn())?)
    }
}

impl Job {
    /// Leaves work for a worker, in the name of whoever is here; answers the job's id.
    pub(crate) fn give<P: Permission>(kind: JobKind, subject: Uuid, db: &mut Db<'_, P>) -> Result<Uuid> {
        let id = new_id();
        diesel::insert_into(jobs::table)
            .values((
                jobs::organization_id.eq(db.organization()),
                jobs::id.eq(id),
                jobs::kind.eq(kind.word()),
                jobs::payload.eq(json!({ "subject": subject })),
                jobs::user_id.eq(db.user().ok_or(Error::Forbidden)?),
                jobs::run_after.eq(db.now()),
            ))
            .execute(db.conn())?;
        Ok(id)
    }

    /// Cancels a job that nobody works on yet; asks the worker of one under way. Answers whether one is under way.
    pub(crate) fn cancel(job: Option<Uuid>, db: &mut Db<'_, CreateImportRuns>) -> Result<bool> {
        let Some(job) = job else { return Ok(false) };
        let found = jobs::table.find((db.organization(), job));
        let status: RunStatus = found.select(jobs::status).for_update().first(db.conn())?;
        match status {
            RunStatus::Running => {
                diesel::update(found).set(jobs::cancel_asked.eq(true)).execute(db.conn())?;
            }
            RunStatus::Waiting => {
                diesel::update(found).set(jobs::status.eq(RunStatus::Cancelled)).execute(db.conn())?;
            }
            RunStatus::Done | RunStatus::Failed | RunStatus::Cancelled => {}
        }
        Ok(status == RunStatus::Running)
    }
}
