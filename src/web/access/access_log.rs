//! The record of access: who looked at whose record, through which page, by which right; and who came in.

mod file;
mod history;
mod look;
mod place;
mod show;

use actix_web::{get, web::ServiceConfig};
use askama::Template;
use chrono::NaiveDate;
use school::{
    access::{
        looked::Kind,
        record::{About, Entry, LONGEST},
    },
    db::Db,
    permit::{ReadAccessEvents, ReadErasures},
    slice::{Listing, Slice},
    words::AccessAction,
};

use look::Look;

use crate::web::{
    extract::May,
    filters,
    list::Asked,
    page::{Area, Shell},
    reply::{Page, show},
    span::Span,
};

/// The routes of this file, of one look and of a student's own history.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(index).configure(file::routes).configure(show::routes).configure(history::routes);
}

#[derive(Template)]
#[template(path = "access/access_log/index.html")]
struct Index {
    shell: Shell,
    asked: Asked,
    today: NaiveDate,
    span: Span,
    looks: Vec<Look>,
    next: Option<String>,
    may_see_erasures: bool,
}

/// A page of the record, which is itself looked at.
fn found(about: About, listing: &Listing, db: &mut Db<'_, ReadAccessEvents>) -> school::Result<Slice<Entry>> {
    let entries = Entry::listed(about, listing, db)?;
    let named = entries.rows.iter().flat_map(|entry| &entry.students);
    db.saw(Kind::Log, named.map(|student| student.id));
    Ok(entries)
}

/// The address of the page after this one.
fn next(entries: &Slice<Entry>, asked: &Asked) -> Option<String> {
    let last = entries.rows.last().filter(|_| entries.more)?;
    Some(asked.next(&last.place(), &last.id))
}

#[get("/access-log")]
async fn index(may: May<ReadAccessEvents>, asked: Asked) -> Page {
    let (_, today, _) = may.signed_in().now();
    let span = Span::asked(&asked, today, LONGEST);
    let (about, listing) = (About::Days(span.first, span.last), asked.listing.clone());
    let entries = may.db(move |db| found(about, &listing, db)).await?;
    show(&Index {
        shell: Shell::of(may.signed_in(), Area::AccessLog),
        may_see_erasures: may.also::<ReadErasures>().is_some(),
        today,
        span,
        next: next(&entries, &asked),
        looks: Look::all(entries.rows, may.signed_in().person().time_zone()),
        asked,
    })
}
