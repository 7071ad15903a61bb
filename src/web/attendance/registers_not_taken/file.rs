//! Registers that were never submitted, or late, as a file: all of the days that were asked for.

use actix_web::{
    get,
    web::{Path, ServiceConfig},
};
use school::{
    attendance::untaken::{Dues, Fate, LONGEST, Overdue},
    permit::ReadCampusAttendance,
};

use super::{Index, Span};
use crate::web::{
    export::{Cell, Format, Sheet},
    extract::May,
    list::Asked,
    reply::Page,
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(export);
}

const HEADING: [&str; 8] =
    ["Class", "Campus", "Day", "Register", "State", "Minutes late", "Submitted by", "Teacher"];

#[get("/registers-not-taken.{format}")]
async fn export(may: May<ReadCampusAttendance>, format: Path<Format>, asked: Asked) -> Page {
    let (_, today, _) = may.signed_in().now();
    let span = Span::asked(&asked, today, LONGEST);
    let dues = may.db(move |db| Dues::of(span.days(), &asked.listing, db)).await?;
    let mut sheet = Sheet::new(format!("Registers not taken {} to {}", span.first, span.last), &HEADING);
    sheet.rows.extend(dues.overdue().map(row));
    sheet.answer(*format).await
}

fn row(one: &Overdue) -> Vec<Cell> {
    let minutes = match one.fate {
        Fate::Late(minutes) => minutes.into(),
        _ => Cell::Empty,
    };
    vec![
        one.class_name.as_str().into(),
        one.campus.as_str().into(),
        one.day.into(),
        one.slot.as_ref().into(),
        Index::fate(one).2.into(),
        minutes,
        one.by.clone().into(),
        one.teacher.clone().into(),
    ]
}
