//! One import: how far it is, what would change or has, and the rows that were not taken.

use actix_web::{
    get,
    web::{Path, ServiceConfig},
};
use askama::Template;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use school::{
    Uuid,
    db::Db,
    exchange::{
        import_run::{About, ImportRun, Outcome, Row},
        roster::Tally,
    },
    job::Progress,
    permit::CreateImportRuns,
    slice::{Listing, Slice},
    words::{ImportState, RunStatus},
};

use super::moment;
use crate::web::{
    extract::May,
    failure::Failure,
    filters,
    form::Errors,
    list::Asked,
    page::{Area, Shell},
    reply::{Page, show},
    spoken::spoken,
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(index);
}

#[derive(Template)]
#[template(path = "exchange/imports/show.html")]
pub(super) struct Show {
    shell: Shell,
    asked: Asked,
    zone: Tz,
    errors: Errors,
    about: About,
    outcome: Outcome,
    seen: Seen,
}

/// What one look finds.
struct Seen {
    run: ImportRun,
    by: Option<String>,
    progress: Option<Progress>,
    has_file: bool,
    by_file: Vec<(String, i64)>,
    rows: Slice<Row>,
}

fn seen(
    id: Uuid,
    about: About,
    listing: &Listing,
    db: &mut Db<'_, CreateImportRuns>,
) -> school::Result<Seen> {
    let found = ImportRun::of(id, db)?;
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

/// The page of an import, as it is now.
pub(super) async fn page(
    may: &May<CreateImportRuns>,
    id: Uuid,
    asked: Asked,
    errors: Errors,
) -> Result<Show, Failure> {
    let about = if asked.listing.filter("rows") == Some("kept") { About::Kept } else { About::Rejected };
    let listing = asked.listing.clone();
    let seen = may.db(move |db| seen(id, about, &listing, db)).await?;
    Ok(Show {
        shell: Shell::of(may.signed_in(), Area::Imports),
        asked: asked.at(format!("/imports/{id}")),
        zone: may.signed_in().person().time_zone(),
        errors,
        about,
        outcome: seen.run.outcome(),
        seen,
    })
}

#[get("/imports/{id}")]
async fn index(may: May<CreateImportRuns>, id: Path<Uuid>, asked: Asked) -> Page {
    show(&page(&may, *id, asked, Errors::default()).await?)
}

impl Show {
    fn at(&self, instant: &DateTime<Utc>) -> String {
        moment(*instant, self.zone)
    }

    fn path(&self) -> String {
        format!("/imports/{}", self.seen.run.id)
    }

    fn next(&self) -> Option<String> {
        let last = self.seen.rows.rows.last().filter(|_| self.seen.rows.more)?;
        Some(self.asked.next(&last.place(), &last.id))
    }

    /// The address of the rows of a file that were not taken.
    fn rejected(&self, file: &str) -> String {
        format!("{}/rejected?file={}", self.path(), utf8_percent_encode(file, NON_ALPHANUMERIC))
    }

    /// Whether anything was found out yet.
    fn has_outcome(&self) -> bool {
        !self.outcome.tallies.is_empty()
    }

    fn is(&self, word: &str) -> bool {
        self.seen.run.status.word() == word
    }

    /// It can be begun again from the kept file.
    fn can_begin_again(&self) -> bool {
        use ImportState::{Cancelled, Failed, Rehearsed};
        self.seen.has_file && matches!(self.seen.run.status, Cancelled | Failed | Rehearsed)
    }

    /// What its columns are can be said anew.
    fn can_match_again(&self) -> bool {
        self.can_begin_again() && self.seen.run.kind.has_columns()
    }

    /// Students, class enrollments: a table in words.
    fn table(&self, table: &str) -> String {
        spoken(table)
    }

    /// Tables of which anything was said.
    fn tallies(&self) -> Vec<(&str, &Tally)> {
        let said = |tally: &Tally| tally.created + tally.changed + tally.ended + tally.unchanged > 0;
        self.outcome
            .tallies
            .iter()
            .filter(|(_, tally)| said(tally))
            .map(|(table, tally)| (table.as_str(), tally))
            .collect()
    }

    fn would_end(&self) -> String {
        let parts: Vec<_> = self
            .outcome
            .vanishing
            .iter()
            .map(|one| format!("{} of {} {}", one.ended, one.running, one.table.replace('_', " ")))
            .collect();
        parts.join(", ")
    }
}

impl Seen {
    /// What the job is at, in words.
    fn stage(&self) -> String {
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
    fn steps(&self) -> Option<(i32, i32)> {
        let progress = self.progress.as_ref()?;
        Some((progress.done, progress.total?))
    }

    fn is_stopping(&self) -> bool {
        self.progress.as_ref().is_some_and(|progress| progress.cancel_asked)
    }
}
