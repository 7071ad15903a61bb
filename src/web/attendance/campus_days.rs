//! Each campus's day in numbers: the year as a picture, the days of a month beneath, also as a file.

mod chart;
mod edit;
mod file;
mod form;

use actix_web::{
    get,
    web::{Query, ServiceConfig},
};
use std::collections::BTreeMap;

use askama::Template;
use chrono::{Datelike, Months, NaiveDate};
use school::{
    Uuid,
    academics::{campus::Campus, year::AcademicYear},
    attendance::{
        campus_day::{CampusDay, CampusYear},
        untaken::Dues,
        untaken_count::Count,
    },
    permit::{ReadAttendanceReports, ReadCampusAttendance, UpdateCampusAttendanceSummaries},
    slice::Listing,
};
use serde::Deserialize;

use chart::Chart;

use crate::web::{
    dates,
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
    app.service(index).configure(file::routes).configure(edit::routes);
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
    /// Of the month's days: how many registers were due, and how many of them are not in.
    registers: BTreeMap<(Uuid, NaiveDate), Count>,
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

    /// The registers of a day, where some are not in.
    fn lacking(&self, day: &CampusDay) -> Option<&Count> {
        self.registers.get(&(day.campus, day.day)).filter(|count| count.missing > 0)
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
        let campuses = Campus::known_within_reach(db)?;
        let chosen = wanted.filter(|id| campuses.iter().any(|campus| campus.id == *id));
        let is_shown = |campus: &&Campus| chosen.is_none_or(|id| campus.id == id);
        let scope: Vec<Campus> = campuses.iter().filter(is_shown).take(MOST).cloned().collect();
        // A month in which a year begins lies in that year, also before its first day.
        let last = last_of(month);
        let years = AcademicYear::all(db)?;
        let year = AcademicYear::at(last.min(today), &years).cloned();
        let mut shown = match &year {
            Some(year) => CampusYear::of(&scope, year, today, db)?,
            None => Vec::new(),
        };
        let others = years.iter().filter(|one| year.as_ref().is_none_or(|year| year.id != one.id));
        for other in others.filter(|one| one.start_date <= last && one.end_date >= month) {
            add(CampusYear::of(&scope, other, today, db)?, &mut shown);
        }
        Ok((campuses, chosen, year, shown))
    });
    let (campuses, chosen, year, shown) = found.await?;
    let registers = registers(may, month, chosen).await?;
    Ok(Index {
        shell: Shell::of(may.signed_in(), Area::CampusDays),
        today,
        month,
        year,
        campuses,
        chosen,
        shown,
        registers,
        may_update: may.also::<UpdateCampusAttendanceSummaries>().is_some(),
    })
}

/// Puts the days of another year with those that are shown: in one month a year may end and the next begin.
fn add(more: Vec<CampusYear>, shown: &mut [CampusYear]) {
    for one in more {
        if let Some(of) = shown.iter_mut().find(|of| of.campus.id == one.campus.id) {
            of.days.extend(one.days);
            of.days.sort_by_key(|day| day.day);
        }
    }
}

/// What became of the registers of a month, for whoever may know.
async fn registers(
    may: &May<ReadAttendanceReports>,
    month: NaiveDate,
    campus: Option<Uuid>,
) -> Result<BTreeMap<(Uuid, NaiveDate), Count>, Failure> {
    let Some(may) = may.also::<ReadCampusAttendance>() else { return Ok(BTreeMap::new()) };
    let filters = campus.map(|id| ("campus".to_owned(), id.to_string())).into_iter().collect();
    let listing = Listing { filters, ..Listing::default() };
    Ok(may.db(move |db| Dues::of((month, last_of(month)), &listing, db)).await?.by_day())
}

fn last_of(month: NaiveDate) -> NaiveDate {
    month.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt()).unwrap_or(month)
}

#[get("/campus-days")]
async fn index(may: May<ReadAttendanceReports>, asked: Query<Asked>) -> Page {
    show(&page(&may, &asked).await?)
}
