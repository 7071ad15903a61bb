//! A student's school year as a calendar, with what terms and the year add up to.

use actix_web::{
    get,
    web::{Path, Query, ServiceConfig},
};
use askama::Template;
use chrono::NaiveDate;
use school::{
    Uuid,
    academics::term::Term,
    access::looked::Kind,
    attendance::totals::Totals,
    people::attended_year::AttendedYear,
    permit::{ReadAttendanceRecords, ReadCalendarDays},
    words::AttendanceStatus,
};
use serde::Deserialize;

use super::months::{self, Month};
use crate::web::{
    dates,
    export::{Cell, Format, Sheet},
    extract::May,
    failure::Failure,
    figures, filters,
    page::{Area, Shell},
    reply::{Page, show},
    signs,
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(show_one).service(export);
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    year: String,
}

#[derive(Template)]
#[template(path = "people/students/year.html")]
struct Show {
    shell: Shell,
    of: AttendedYear,
    months: Vec<Month>,
    /// The year and its terms: what each is called, from when to when, what its days add up to.
    parts: Vec<(String, NaiveDate, NaiveDate, Totals)>,
}

impl Show {
    fn file(&self, format: &str) -> String {
        let year = self.of.year.as_ref().map(|year| format!("?year={}", year.id)).unwrap_or_default();
        format!("/students/{}/attendance.{format}{year}", self.of.student.id)
    }

    fn is_shown(&self, year: &Uuid) -> bool {
        self.of.year.as_ref().is_some_and(|shown| shown.id == *year)
    }
}

async fn found(
    may: &May<ReadAttendanceRecords>,
    student: Uuid,
    asked: &Asked,
) -> Result<(AttendedYear, Vec<Term>), Failure> {
    let (_, today, _) = may.signed_in().now();
    let year = Uuid::parse_str(&asked.year).ok();
    let asking = may.asking::<ReadCalendarDays>();
    asking
        .db(move |db| {
            let of = AttendedYear::of(student, year, today, db)?;
            db.saw(Kind::Attendance, [student]);
            let terms = match (db.also::<ReadCalendarDays>(), &of.year) {
                (Some(mut db), Some(year)) => Term::of_year(year.id, &mut db)?,
                _ => Vec::new(),
            };
            Ok((of, terms))
        })
        .await
}

#[get("/students/{id}/attendance")]
async fn show_one(may: May<ReadAttendanceRecords>, id: Path<Uuid>, asked: Query<Asked>) -> Page {
    let (of, terms) = found(&may, *id, &asked).await?;
    let today = may.signed_in().now().1;
    show(&Show {
        shell: Shell::of(may.signed_in(), Area::Students),
        months: months::of(&of, today),
        parts: of.parts(&terms),
        of,
    })
}

const HEADING: [&str; 9] =
    ["Day", "Possible", "Attended", "Excused", "Unexcused", "Awaiting word", "Late", "Minutes late", "Marks"];

#[get("/students/{id}/attendance.{format}")]
async fn export(may: May<ReadAttendanceRecords>, place: Path<(Uuid, Format)>, asked: Query<Asked>) -> Page {
    let (id, format) = *place;
    let (of, _) = found(&may, id, &asked).await?;
    let year = of.year.as_ref().map(|year| year.name.as_str()).unwrap_or_default();
    let mut sheet = Sheet::new(format!("Attendance {} {year}", of.student.called()), &HEADING);
    sheet.rows.extend(of.days.iter().map(|(day, worth)| {
        vec![
            Cell::Day(*day),
            Cell::Halves(worth.possible),
            Cell::Halves(worth.attended),
            Cell::Halves(worth.excused),
            Cell::Halves(worth.unexcused()),
            Cell::Halves(worth.awaiting),
            worth.lates.into(),
            worth.minutes_late.into(),
            months::told(&of, *day).into(),
        ]
    }));
    sheet.answer(format).await
}
