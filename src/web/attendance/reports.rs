//! What days add up to by grade, class and campus, from a day to a day, on a page and as a file.

use actix_web::{
    get,
    web::{Path, Query, ServiceConfig},
};
use askama::Template;
use chrono::{Days, NaiveDate};
use school::{
    Uuid,
    academics::{campus::Campus, year::AcademicYear},
    attendance::report::{Grouping, Line, Report},
    permit::{ReadAttendanceReports, ReadClasses},
};
use serde::Deserialize;

use crate::web::{
    dates,
    export::{Cell, Format, Sheet, TOTALS, of_totals},
    extract::May,
    failure::Failure,
    figures, filters,
    form::Errors,
    page::{Area, Shell},
    reply::{Page, show, show_again},
};

/// The most days of one report: two years.
const LONGEST: i64 = 731;

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(index).service(export);
}

/// What was asked for, as typed; what is left out is the year to date by grade.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    by: String,
    from: String,
    to: String,
    campus: String,
}

#[derive(Template)]
#[template(path = "attendance/reports/index.html")]
struct Index {
    shell: Shell,
    campuses: Vec<Campus>,
    asked: Asked,
    grouping: Grouping,
    campus: Option<Uuid>,
    first: NaiveDate,
    last: NaiveDate,
    today: NaiveDate,
    errors: Errors,
    report: Option<Report>,
    opens_classes: bool,
}

impl Index {
    fn file(&self, format: &str) -> String {
        let (by, first, last) = (self.grouping.word(), self.first, self.last);
        let campus = self.campus.map(|id| format!("&campus={id}")).unwrap_or_default();
        format!("/reports/attendance.{format}?by={by}&from={first}&to={last}{campus}")
    }

    /// What a line is called, also where its days belong to no grade or class.
    fn name(&self, line: &Line) -> String {
        if line.place.is_some() {
            line.name.clone()
        } else {
            format!("No {}", self.grouping.label().to_lowercase())
        }
    }

    fn place_of(&self) -> String {
        let chosen = self.campuses.iter().find(|one| Some(one.id) == self.campus);
        let only = self.campuses.first().filter(|_| self.campuses.len() == 1);
        chosen.or(only).map_or_else(|| "All campuses".into(), |one| one.name.clone())
    }

    /// Both ends of the span as their fields show them: as typed where something is wrong.
    fn ends(&self) -> [(&'static str, &'static str, String); 2] {
        let value = |typed: &str, day: NaiveDate| match typed {
            typed if self.errors.is_empty() || typed.is_empty() => dates::written(Some(day)),
            typed => typed.to_owned(),
        };
        [
            ("from", "From", value(&self.asked.from, self.first)),
            ("to", "To", value(&self.asked.to, self.last)),
        ]
    }

    fn is_by(&self, grouping: &Grouping) -> bool {
        self.grouping == *grouping
    }

    fn is_by_class(&self) -> bool {
        self.grouping == Grouping::Class
    }
}

#[get("/reports/attendance")]
async fn index(may: May<ReadAttendanceReports>, asked: Query<Asked>) -> Page {
    let page = page(&may, asked.into_inner()).await?;
    if page.report.is_some() { show(&page) } else { show_again(&page) }
}

#[get("/reports/attendance.{format}")]
async fn export(may: May<ReadAttendanceReports>, format: Path<Format>, asked: Query<Asked>) -> Page {
    let page = page(&may, asked.into_inner()).await?;
    match &page.report {
        Some(report) => sheet(&page, report).answer(*format).await,
        None => show_again(&page),
    }
}

/// Reads what was asked; the report only where that makes sense.
async fn page(may: &May<ReadAttendanceReports>, asked: Asked) -> Result<Index, Failure> {
    let (_, today, _) = may.signed_in().now();
    let (campuses, years) =
        may.db(|db| Ok((Campus::known_within_reach(db)?, AcademicYear::all(db)?))).await?;
    let began = AcademicYear::at(today, &years).map_or(today, |year| year.start_date.min(today));
    let mut errors = Errors::default();
    let first = errors.day("from", &asked.from).unwrap_or(began);
    let last = errors.day("to", &asked.to).unwrap_or(today).min(today);
    check(first, last, today, &mut errors);
    let campus = Uuid::parse_str(&asked.campus).ok();
    let campus = campus.filter(|id| campuses.iter().any(|one| one.id == *id));
    let grouping = Grouping::named(&asked.by).unwrap_or_default();
    let report = if errors.is_empty() {
        Some(may.db(move |db| Report::between(grouping, (first, last), campus, db)).await?)
    } else {
        None
    };
    Ok(Index {
        shell: Shell::of(may.signed_in(), Area::Reports),
        campuses,
        asked,
        grouping,
        campus,
        first,
        last,
        today,
        errors,
        report,
        opens_classes: may.also::<ReadClasses>().is_some(),
    })
}

/// A span begins before it ends, is over or lasts until today, and is no longer than two years.
fn check(first: NaiveDate, last: NaiveDate, today: NaiveDate, errors: &mut Errors) {
    if !errors.is_empty() {
        return;
    }
    if first > today {
        errors.add("from", "No day of this span has come yet.");
    } else if first > last {
        errors.add("from", "The first day is after the last.");
    } else if first < last.checked_sub_days(Days::new(LONGEST.unsigned_abs())).unwrap_or(first) {
        errors.add("from", "A report covers two years at most. Choose a later first day.");
    }
}

fn sheet(page: &Index, report: &Report) -> Sheet {
    let by = page.grouping;
    let name = format!("Attendance by {} {} to {}", by.word(), page.first, page.last);
    let place: &[&str] = if page.is_by_class() { &["Class", "Grade", "Campus"] } else { &[by.label()] };
    let heading: Vec<&str> = place.iter().chain(&["Enrolled"]).chain(&TOTALS).copied().collect();
    let mut sheet = Sheet::new(name, &heading);
    let row = |name: String, line: &Line| {
        let mut row = vec![Cell::from(name)];
        if page.is_by_class() {
            row.extend([line.grade.clone().into(), line.campus.clone().into()]);
        }
        row.push(line.enrolled.into());
        row.extend(of_totals(&line.totals));
        row
    };
    sheet.rows.extend(report.lines.iter().map(|line| row(page.name(line), line)));
    sheet.rows.push(row("All".into(), &report.all));
    sheet
}
