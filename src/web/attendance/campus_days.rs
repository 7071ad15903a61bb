//! Each campus's day in numbers: the year as a picture, the days of a month beneath, also as a file.

mod chart;
mod edit;
mod form;

use actix_web::{
    get,
    web::{Path, Query, ServiceConfig},
};
use askama::Template;
use chrono::{Datelike, Months, NaiveDate};
use school::{
    Uuid,
    academics::{campus::Campus, year::AcademicYear},
    attendance::campus_day::{CampusDay, CampusYear},
    permit::{ReadAttendanceReports, UpdateCampusAttendanceSummaries},
};
use serde::Deserialize;

use chart::Chart;

use crate::web::{
    dates,
    export::{Cell, Format, Sheet},
    extract::May,
    failure::Failure,
    figures, filters,
    page::{Area, Shell},
    reply::{Page, show},
};

/// The most campuses on one page; a larger organization looks at one after another.
const MOST: usize = 12;

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(index).service(export).configure(edit::routes);
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    campus: String,
    #[serde(default)]
    month: String,
}

#[derive(Template)]
#[template(path = "attendance/campus_days/index.html")]
struct Index {
    shell: Shell,
    today: NaiveDate,
    /// The first day of the month whose days are listed.
    month: NaiveDate,
    year: Option<AcademicYear>,
    campuses: Vec<Campus>,
    chosen: Option<Uuid>,
    shown: Vec<CampusYear>,
    may_update: bool,
}

impl Index {
    fn address(&self, month: &NaiveDate) -> String {
        format!("/campus-days?month={}{}", dates::year_and_month(month), self.campus())
    }

    fn file(&self, format: &str) -> String {
        format!("/campus-days.{format}?month={}{}", dates::year_and_month(&self.month), self.campus())
    }

    fn campus(&self) -> String {
        self.chosen.map(|id| format!("&campus={id}")).unwrap_or_default()
    }

    fn beside(&self, forward: bool) -> Option<NaiveDate> {
        let one = Months::new(1);
        let other =
            if forward { self.month.checked_add_months(one) } else { self.month.checked_sub_months(one) };
        other.filter(|first| *first <= self.today)
    }

    /// The days of the month, the latest first.
    fn days<'y>(&self, of: &'y CampusYear) -> Vec<&'y CampusDay> {
        let month = (self.month.year(), self.month.month());
        of.days.iter().rev().filter(|day| (day.day.year(), day.day.month()) == month).collect()
    }

    fn chart(&self, of: &CampusYear) -> Option<Chart> {
        self.year.as_ref().and_then(|year| Chart::of(of, year))
    }
}

async fn page(may: &May<ReadAttendanceReports>, asked: &Asked) -> Result<Index, Failure> {
    let (_, today, _) = may.signed_in().now();
    let day = dates::read_day(&format!("{}-01", asked.month)).unwrap_or(today).min(today);
    let month = day.with_day(1).unwrap_or(day);
    let wanted = Uuid::parse_str(&asked.campus).ok();
    let found = may.db(move |db| {
        let campuses = Campus::within_reach(db)?;
        let chosen = wanted.filter(|id| campuses.iter().any(|campus| campus.id == *id));
        let scope: Vec<Campus> = campuses
            .iter()
            .filter(|campus| chosen.is_none_or(|id| campus.id == id))
            .take(MOST)
            .cloned()
            .collect();
        // A month in which a year begins lies in that year, also before its first day.
        let last = month.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt()).unwrap_or(month);
        let year = AcademicYear::at(last.min(today), &AcademicYear::all(db)?).cloned();
        let shown = match &year {
            Some(year) => CampusYear::of(&scope, year, today, db)?,
            None => Vec::new(),
        };
        Ok((campuses, chosen, year, shown))
    });
    let (campuses, chosen, year, shown) = found.await?;
    Ok(Index {
        shell: Shell::of(may.signed_in(), Area::CampusDays),
        today,
        month,
        year,
        campuses,
        chosen,
        shown,
        may_update: may.also::<UpdateCampusAttendanceSummaries>().is_some(),
    })
}

#[get("/campus-days")]
async fn index(may: May<ReadAttendanceReports>, asked: Query<Asked>) -> Page {
    show(&page(&may, &asked).await?)
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
        sheet.rows.extend(page.days(of).into_iter().map(|day| row(&of.campus, day)));
    }
    sheet.answer(*format).await
}

fn row(campus: &Campus, day: &CampusDay) -> Vec<Cell> {
    let numbers = day.numbers();
    let number = |of: fn(&school::attendance::campus_day::Numbers) -> i32| numbers.as_ref().map(of).into();
    vec![
        campus.name.as_str().into(),
        day.day.into(),
        number(|numbers| numbers.enrolled),
        number(|numbers| numbers.present),
        number(|numbers| numbers.absent),
        number(|numbers| numbers.tardy),
        numbers.map_or(Cell::Empty, |numbers| Cell::Hundredths(numbers.hundredths.into())),
        numbers.map_or(Cell::Empty, |_| from(day).into()),
        day.recorded_by.clone().into(),
        day.notes.clone().into(),
    ]
}

/// Where the numbers of a day come from.
fn from(day: &CampusDay) -> &'static str {
    if day.entered.is_some() { "By hand" } else { "Registers" }
}
