//! A campus's staff on a day as a file.

use actix_web::{
    get,
    web::{Path, Query, ServiceConfig},
};
use school::{attendance::staff_day::Colleague, permit::ReadStaffAttendance};

use super::{Asked, asked_for};
use crate::web::{
    export::{Cell, Format, Sheet},
    extract::May,
    reply::Page,
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(export);
}

const HEADING: [&str; 6] = ["Name", "Work", "Recorded", "Signed in by themselves", "Came at", "Note"];

#[get("/staff-attendance.{format}")]
async fn export(may: May<ReadStaffAttendance>, format: Path<Format>, asked: Query<Asked>) -> Page {
    let (_, there, day) = asked_for(&may, &asked).await?;
    let mut sheet = Sheet::new(format!("Staff {} {day}", there.site.name), &HEADING);
    sheet.rows.extend(there.people.iter().map(row));
    sheet.answer(*format).await
}

fn row(one: &Colleague) -> Vec<Cell> {
    let record = one.record.as_ref();
    let recorded = match record {
        Some(record) => record.status.label(),
        None if one.is_expected() => "Not yet",
        None => "On leave",
    };
    vec![
        one.name().into(),
        one.job_title.clone().unwrap_or_else(|| one.staff_type.label().into()).into(),
        recorded.into(),
        record.map(|record| if record.by_self { "yes" } else { "no" }).into(),
        record.and_then(|record| record.arrived_at).map_or(Cell::Empty, Cell::Time),
        record.and_then(|record| record.note.clone()).into(),
    ]
}
