//! One import: how far it is, what would change or has, and the rows that were not taken.

mod seen;

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
    exchange::{
        import_run::{About, MOST_ROWS, Outcome},
        roster::{Tally, Vanishing},
    },
    permit::CreateImportRuns,
    words::ImportState,
};

use self::seen::Seen;
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

/// The page of an import, as it is now.
pub(super) async fn page(
    may: &May<CreateImportRuns>,
    id: Uuid,
    asked: Asked,
    errors: Errors,
) -> Result<Show, Failure> {
    let about = if asked.listing.filter("rows") == Some("kept") { About::Kept } else { About::Rejected };
    let listing = asked.listing.clone();
    let seen = may.db(move |db| seen::seen(id, about, &listing, db)).await?;
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

    /// How many rows that were not taken, or fields that were kept, are no longer in the list.
    fn unlisted(&self) -> i64 {
        match self.about {
            About::Rejected => {
                let listed: i64 = self.seen.by_file.iter().map(|(_, rows)| rows).sum();
                i64::from(self.seen.run.rejected) - listed
            }
            About::Kept => i64::from(self.seen.run.conflicts) - i64::try_from(MOST_ROWS).unwrap_or_default(),
        }
    }

    /// Whether there were any, of which nothing is kept: a student was erased meanwhile.
    fn has_forgotten(&self) -> bool {
        let Seen { run, .. } = &self.seen;
        0 < if self.about == About::Rejected { run.rejected } else { run.conflicts }
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
        let parts: Vec<_> = self.outcome.vanishing.iter().map(Vanishing::in_words).collect();
        parts.join(", ")
    }
}
