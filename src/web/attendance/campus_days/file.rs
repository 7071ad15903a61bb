//! The days of a month as a file.

use actix_web::{
    get,
    web::{Path, Query, ServiceConfig},
};
use school::{
    academics::campus::Campus,
    attendance::{
        campus_day::{CampusDay, Numbers},
        untaken_count::Count,
    },
    permit::ReadAttendanceReports,
};

use super::{Asked, page};
use crate::web::{
    dates,
    export::{Cell, Format, Sheet},
    extract::May,
    reply::Page,
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(export);
}

const HEADING: [&str; 10] = [
    "Campus",
    "Day",
    "Enrolled",
    "Present",
    "Absent",
    "Late",
    "Attended, %",
    "Numbers from",
    "Recorded by",
    "Notes",
];

#[get("/campus-days.{format}")]
async fn export(may: May<ReadAttendanceReports>, format: Path<Format>, asked: Query<Asked>) -> Page {
    let page = page(&may, &asked).await?;
    let mut sheet = Sheet::new(format!("Campus days {}", dates::year_and_month(&page.month)), &HEADING);
    for of in &page.shown {
        let rows = page.days(of).into_iter().map(|day| row(&of.campus, day, page.lacking(day)));
        sheet.rows.extend(rows);
    }
    sheet.answer(*format).await
}

fn row(campus: &Campus, day: &CampusDay, lacking: Option<&Count>) -> Vec<Cell> {
    let numbers = day.numbers();
    let number = |of: fn(&Numbers) -> i32| numbers.as_ref().map(of).into();
    vec![
        campus.name.as_str().into(),
        day.day.into(),
        number(|numbers| numbers.enrolled),
        number(|numbers| numbers.present),
        number(|numbers| numbers.absent),
        number(|numbers| numbers.tardy),
        numbers.map_or(Cell::Empty, |numbers| Cell::Hundredths(numbers.hundredths.into())),
        numbers.map_or(Cell::Empty, |_| from(day, lacking).into()),
        day.recorded_by.clone().into(),
        day.notes.clone().into(),
    ]
}

/// Where the numbers of a day come from.
fn from(day: &CampusDay, lacking: Option<&Count>) -> String {
    match lacking {
        _ if day.entered.is_some() => "By hand".into(),
        Some(count) => format!("Registers, {} of {} missing", count.missing, count.due),
        None => "Registers".into(),
    }
}
