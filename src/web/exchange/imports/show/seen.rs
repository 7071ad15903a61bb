//! What one look at an import finds.

use school::{
    Uuid,
    access::looked::Kind,
    db::Db,
    exchange::import_run::{About, ImportRun, Row},
    job::Progress,
    permit::CreateImportRuns,
    slice::{Listing, Slice},
    words::RunStatus,
};

/// What one look finds.
pub(super) struct Seen {
    pub(super) run: ImportRun,
    pub(super) by: Option<String>,
    pub(super) progress: Option<Progress>,
    pub(super) has_file: bool,
    pub(super) by_file: Vec<(String, i64)>,
    pub(super) rows: Slice<Row>,
}

pub(super) fn seen(
    id: Uuid,
    about: About,
    listing: &Listing,
    db: &mut Db<'_, CreateImportRuns>,
) -> school::Result<Seen> {
    let found = ImportRun::of(id, db)?;
    db.saw(Kind::Import, []);
    let run = found.run;
    let job = run.job_id.filter(|_| run.is_under_way());
    Ok(Seen {
        progress: job.map(|job| Progress::of(job, db)).transpose()?,
        has_file: run.has_file(db)?,
        by_file: Row::by_file(id, db)?,
        rows: Row::listed(id, about, listing, db)?,
        by: found.by,
        run,
    })
}

impl Seen {
    /// What the job is at, in words.
    pub(super) fn stage(&self) -> String {
        match &self.progress {
            Some(Progress { cancel_asked: true, .. }) => "Stops at its next step".into(),
            Some(Progress {
                status: RunStatus::Running,
                stage: Some(stage),
                done,
                total: Some(total),
                ..
            }) => {
                format!("Step {} of {total}: {}", done + 1, stage.replace('_', " "))
            }
            Some(Progress { status: RunStatus::Running, .. }) => "Reads the file".into(),
            _ => "Begins in a moment".into(),
        }
    }

    /// Steps behind it and in all.
    pub(super) fn steps(&self) -> Option<(i32, i32)> {
        let progress = self.progress.as_ref()?;
        Some((progress.done, progress.total?))
    }

    pub(super) fn is_stopping(&self) -> bool {
        self.progress.as_ref().is_some_and(|progress| progress.cancel_asked)
    }
}
