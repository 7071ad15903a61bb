//! The school year as months, campus by campus: what today is, and every day that differs from its weekday.

mod form;
mod months;
mod new;
mod removals;

use actix_web::{
    get,
    web::{Query, ServiceConfig},
};
use askama::Template;
use chrono::NaiveDate;
use school::{
    Uuid,
    academics::{
        calendar_day::{CalendarDay, Stretch},
        campus::Campus,
        term::Term,
        year::AcademicYear,
    },
    db::Db,
    permit::{ReadCalendarDays, UpdateAcademicYears, UpdateCalendarDays},
    words::CalendarDayKind,
};
use serde::Deserialize;

use self::months::Month;
use super::years::in_words;
use crate::web::{
    dates,
    extract::May,
    filters,
    page::{Area, Shell},
    reply::{Page, show},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(index).configure(new::routes).configure(removals::routes);
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    year: String,
    campus: String,
}

/// A campus's calendar of a year.
struct Shown {
    year: AcademicYear,
    campus: Campus,
    stretches: Vec<Stretch>,
    terms: Vec<Term>,
    months: Vec<Month>,
    /// What the calendar says of today, if anything.
    today: Option<CalendarDay>,
}

#[derive(Template)]
#[template(path = "academics/calendar/index.html")]
struct Index {
    shell: Shell,
    today: NaiveDate,
    years: Vec<AcademicYear>,
    campuses: Vec<Campus>,
    shown: Option<Shown>,
    may_declare: bool,
    may_set_up: bool,
}

type Found = (Vec<AcademicYear>, Vec<Campus>, Option<Shown>);

fn found(
    asked: &Asked,
    home: Option<Uuid>,
    (today, may_declare): (NaiveDate, bool),
    db: &mut Db<'_, ReadCalendarDays>,
) -> school::Result<Found> {
    let (years, campuses) = (AcademicYear::all(db)?, Campus::within_reach(db)?);
    let chosen = |id: Uuid, asked: &str| id.to_string() == asked;
    let year = years.iter().find(|year| chosen(year.id, &asked.year));
    let campus = campuses.iter().find(|campus| chosen(campus.id, &asked.campus));
    let own = campuses.iter().find(|campus| Some(campus.id) == home);
    let (Some(year), Some(campus)) = (
        year.or_else(|| AcademicYear::at(today, &years)).cloned(),
        campus.or(own).or(campuses.first()).cloned(),
    ) else {
        return Ok((years, campuses, None));
    };
    let days = CalendarDay::of_year(&year, campus.id, db)?;
    let mut terms = Term::of_year(year.id, db)?;
    terms.retain(|term| term.campus_id.is_none_or(|only| only == campus.id));
    let months = months::of(&year, &campus, &days, (today, may_declare));
    let at = days.iter().find(|day| day.day == today).cloned();
    let shown = Shown { stretches: Stretch::of(days, &year), today: at, year, campus, terms, months };
    Ok((years, campuses, Some(shown)))
}

#[get("/calendar")]
async fn index(may: May<ReadCalendarDays>, asked: Query<Asked>) -> Page {
    let (_, today, _) = may.signed_in().now();
    let may_declare = may.also::<UpdateCalendarDays>().is_some();
    let home = may.signed_in().person().campus();
    let (years, campuses, shown) = may.db(move |db| found(&asked, home, (today, may_declare), db)).await?;
    show(&Index {
        shell: Shell::of(may.signed_in(), Area::Calendar),
        today,
        years,
        campuses,
        shown,
        may_declare,
        may_set_up: may.also::<UpdateAcademicYears>().is_some(),
    })
}

impl Index {
    fn tone(&self, kind: &CalendarDayKind) -> &'static str {
        tone(*kind)
    }

    fn letter(&self, kind: &CalendarDayKind) -> &'static str {
        months::letter(*kind)
    }

    fn hours(&self, day: &CalendarDay) -> String {
        hours(day)
    }

    fn is_campus(&self, campus: &Campus) -> bool {
        self.shown.as_ref().is_some_and(|shown| shown.campus.id == campus.id)
    }

    fn is_year(&self, year: &AcademicYear) -> bool {
        self.shown.as_ref().is_some_and(|shown| shown.year.id == year.id)
    }

    /// The closure that is in force today, if one is.
    fn closure_of_today(&self) -> Option<Uuid> {
        self.shown.as_ref().and_then(|shown| shown.today.as_ref()?.closure_id)
    }

    /// The days of the week with school, in words.
    fn weekdays(&self) -> String {
        self.shown.as_ref().map(|shown| in_words(&shown.year)).unwrap_or_default()
    }

    /// Nobody can look at a calendar while this says something: what to do first.
    fn lacks_a_year(&self) -> bool {
        self.years.is_empty()
    }
}

impl Shown {
    /// What today is in a line: its picture, how it sounds, the words.
    fn state(&self, today: &NaiveDate) -> (&'static str, &'static str, String) {
        match &self.today {
            Some(day) if day.is_off() => ("calendar-off", "is-bad", said(day)),
            Some(day) => ("calendar-event", "is-late", said(day)),
            None if self.year.holds_school_on(*today) => ("check", "is-ok", "School today".into()),
            None if !self.year.includes(*today) => ("calendar-off", "", "Outside this school year".into()),
            None => ("calendar-off", "", format!("No school on a {}", today.format("%A"))),
        }
    }

    /// Whether there is school today that could close.
    fn can_close(&self, today: &NaiveDate) -> bool {
        self.today.as_ref().map_or_else(|| self.year.holds_school_on(*today), |day| !day.is_off())
    }
}

/// The kind, its hours and the note: *Half day until 12:00: no heating*.
fn said(day: &CalendarDay) -> String {
    let hours = hours(day);
    let kind = day.kind.label();
    let note = day.note.as_ref().map(|note| format!(": {note}")).unwrap_or_default();
    format!("{kind}{}{hours}{note}", if hours.is_empty() { "" } else { " " })
}

/// Since when and until when there is school on a half day.
fn hours(day: &CalendarDay) -> String {
    let at = dates::time;
    match (day.starts_at, day.ends_at) {
        (Some(from), Some(to)) => format!("{} to {}", at(&from), at(&to)),
        (Some(from), None) => format!("from {}", at(&from)),
        (None, Some(to)) => format!("until {}", at(&to)),
        (None, None) => String::new(),
    }
}

/// How a kind of day sounds in colour; its letter and word say the same.
fn tone(kind: CalendarDayKind) -> &'static str {
    match kind {
        CalendarDayKind::Holiday => "is-excused",
        CalendarDayKind::Closure => "is-bad",
        CalendarDayKind::MakeUp => "is-ok",
        CalendarDayKind::HalfDay => "is-late",
    }
}
