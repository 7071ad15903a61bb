//! Who changed what, field by field: the administrator's list.

mod entities;
mod file;

use actix_web::{get, web::ServiceConfig};
use askama::Template;
use chrono::NaiveDate;
use school::{
    access::change_log::{LONGEST, Logged},
    people::{
        history::{Change, Part},
        student::Student,
    },
    permit::ReadAccessEvents,
    slice::Slice,
};

use entities::{ENTITIES, called};

use crate::web::{
    extract::May,
    filters,
    list::Asked,
    page::{Area, Shell},
    people::changes::{Told, told_one},
    reply::{Page, show},
    span::Span,
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(index).configure(file::routes);
}

/// The most lines of one change that the list shows.
const LINES: usize = 6;

/// A change as the list tells it.
struct Line {
    told: Told,
    of: String,
    /// Whom it is of, unless they are many.
    named: Vec<Student>,
    /// How many it is of.
    count: usize,
    account: Option<String>,
}

impl Line {
    fn of(logged: Logged, zone: chrono_tz::Tz) -> Self {
        let named: Vec<Student> = logged.named().into_iter().cloned().collect();
        let mut told = told_one(&logged.change, zone);
        if told.lines.is_empty() {
            told.lines.push("What follows from a change of their place".into());
        }
        if named.len() > 1 {
            told.lines = apart(&logged, &named, zone).unwrap_or(told.lines);
        }
        Self {
            of: called(&logged.change.entity),
            told,
            count: logged.students().len(),
            named,
            account: logged.account,
        }
    }

    fn shown(&self) -> &[String] {
        self.told.lines.get(..LINES).unwrap_or(&self.told.lines)
    }

    fn more(&self) -> usize {
        self.told.lines.len().saturating_sub(LINES)
    }
}

/// Each line with the name of whom it is of; none where a row is of several, as a contact is.
fn apart(logged: &Logged, named: &[Student], zone: chrono_tz::Tz) -> Option<Vec<String>> {
    let parts = &logged.change.parts;
    if parts.iter().any(|part| logged.of(part.row).count() > 1) {
        return None;
    }
    let of_one = |student: &Student| {
        let is_theirs = |part: &&Part| logged.of(part.row).any(|of| of.id == student.id);
        let parts = parts.iter().filter(is_theirs).cloned().collect();
        let told = told_one(&Change { parts, ..logged.change.clone() }, zone);
        let name = student.called();
        told.lines.into_iter().map(move |line| format!("{name}. {line}"))
    };
    Some(named.iter().flat_map(of_one).collect())
}

#[derive(Template)]
#[template(path = "access/change_log/index.html")]
struct Index {
    shell: Shell,
    asked: Asked,
    today: NaiveDate,
    span: Span,
    lines: Vec<Line>,
    next: Option<String>,
}

#[get("/change-log")]
async fn index(may: May<ReadAccessEvents>, asked: Asked) -> Page {
    let (_, today, _) = may.signed_in().now();
    let zone = may.signed_in().person().time_zone();
    let span = Span::asked(&asked, today, LONGEST);
    let listing = asked.listing.clone();
    let found: Slice<Logged> = may.db(move |db| Logged::listed(span.days(), &listing, db)).await?;
    let last = found.rows.last().filter(|_| found.more);
    show(&Index {
        shell: Shell::of(may.signed_in(), Area::ChangeLog),
        next: last.map(|last| asked.next("", &last.change.id)),
        today,
        span,
        lines: found.rows.into_iter().map(|one| Line::of(one, zone)).collect(),
        asked,
    })
}
