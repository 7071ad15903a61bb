//! Who changed what, field by field: the administrator's list.

mod entities;
mod file;

use actix_web::{get, web::ServiceConfig};
use askama::Template;
use chrono::NaiveDate;
use school::{
    access::{
        change_log::{LONGEST, Logged},
        looked::Kind,
    },
    people::student::Student,
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
    student: Option<Student>,
    account: Option<String>,
}

impl Line {
    fn of(logged: Logged, zone: chrono_tz::Tz) -> Self {
        Self {
            of: called(&logged.change.entity),
            told: told_one(&logged.change, zone),
            student: logged.student,
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
    let found: Slice<Logged> = may
        .db(move |db| {
            let found = Logged::listed(span.days(), &listing, db)?;
            let children = found.rows.iter().filter_map(|one| one.student.as_ref());
            db.saw(Kind::Student, children.map(|child| child.id));
            Ok(found)
        })
        .await?;
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
