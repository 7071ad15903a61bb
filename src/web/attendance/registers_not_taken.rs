//! Which due registers were never submitted, or late: each with the way to it, and summed up.

mod file;

use actix_web::{get, web::ServiceConfig};
use askama::Template;
use chrono::NaiveDate;
use school::{
    academics::campus::Campus,
    attendance::{
        untaken::{Dues, Fate, LONGEST, Overdue},
        untaken_count::{By, Count},
    },
    permit::ReadCampusAttendance,
    slice::Slice,
};

use super::today::span;
use crate::web::{
    extract::May,
    filters,
    list::Asked,
    page::{Area, Shell},
    reply::{Page, show},
    span::Span,
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(index).configure(file::routes);
}

#[derive(Template)]
#[template(path = "attendance/registers_not_taken/index.html")]
struct Index {
    shell: Shell,
    asked: Asked,
    today: NaiveDate,
    span: Span,
    campuses: Vec<Campus>,
    count: Count,
    by: By,
    counts: Vec<(String, Count)>,
    overdue: Slice<Overdue>,
}

impl Index {
    fn next(&self) -> Option<String> {
        let last = self.overdue.rows.last().filter(|_| self.overdue.more)?;
        Some(self.asked.next(&last.written_place(), &last.class))
    }

    fn is_by(&self, one: &By) -> bool {
        self.by == *one
    }

    /// What became of a register: how it sounds, its picture, its words.
    fn fate(one: &Overdue) -> (&'static str, &'static str, String) {
        match one.fate {
            Fate::InTime => ("is-ok", "check", "In time".into()),
            Fate::Late(minutes) => ("is-late", "clock", format!("{} late", span(minutes))),
            Fate::Begun => ("is-bad", "pencil", "Begun, never submitted".into()),
            Fate::Untaken => ("is-bad", "circle-dashed", "Never taken".into()),
        }
    }
}

#[get("/registers-not-taken")]
async fn index(may: May<ReadCampusAttendance>, asked: Asked) -> Page {
    let (_, today, _) = may.signed_in().now();
    let span = Span::asked(&asked, today, LONGEST);
    let listing = asked.listing.clone();
    let (dues, campuses) =
        may.db(move |db| Ok((Dues::of(span.days(), &listing, db)?, Campus::known_within_reach(db)?))).await?;
    let by = By::ALL.iter().copied().find(|by| asked.chose("by", by.word())).unwrap_or(By::Class);
    show(&Index {
        shell: Shell::of(may.signed_in(), Area::Untaken),
        today,
        span,
        campuses,
        count: dues.count(),
        by,
        counts: dues.counts(by),
        overdue: dues.page(&asked.listing),
        asked,
    })
}
