//! A school year laid out as months of weeks.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use school::{
    academics::{calendar_day::CalendarDay, campus::Campus, year::AcademicYear},
    words::CalendarDayKind,
};

use crate::web::dates;

/// A month of the year.
pub(super) struct Month {
    /// Such as November 2026.
    pub(super) name: String,
    /// What a link within the page leads to.
    pub(super) id: String,
    /// Monday first; none where the month has no such day.
    pub(super) weeks: Vec<[Option<Cell>; 7]>,
}

/// A day of a month.
pub(super) struct Cell {
    pub(super) number: u32,
    /// The class that colours it.
    pub(super) tone: &'static str,
    /// The letter beside the number, where it differs from its weekday.
    pub(super) letter: &'static str,
    /// What somebody reads who sees neither colour nor letter.
    pub(super) words: String,
    /// Where it leads, if anywhere.
    pub(super) link: Option<String>,
    /// Whether the list of days says it too, so that the way by keyboard need not stop here.
    pub(super) is_plain: bool,
    pub(super) is_today: bool,
}

/// The letter of a kind of day.
pub(super) fn letter(kind: CalendarDayKind) -> &'static str {
    match kind {
        CalendarDayKind::Holiday => "H",
        CalendarDayKind::Closure => "C",
        CalendarDayKind::MakeUp => "M",
        CalendarDayKind::HalfDay => "½",
    }
}

/// The name of a day's month within the page.
pub(super) fn id(day: NaiveDate) -> String {
    format!("m-{}", dates::year_and_month(&day))
}

/// The months of a year; days lead to where they can be declared for whoever may.
pub(super) fn of(
    year: &AcademicYear,
    campus: &Campus,
    days: &[CalendarDay],
    (today, may_declare): (NaiveDate, bool),
) -> Vec<Month> {
    let mut months: Vec<Month> = Vec::new();
    let Some(first) = year.start_date.with_day(1) else { return months };
    for day in first.iter_days().take_while(|day| *day <= last_of_month(year.end_date)) {
        if day.day() == 1 {
            months.push(Month {
                name: day.format("%B %Y").to_string(),
                id: id(day),
                weeks: vec![Default::default()],
            });
        }
        let said = days.iter().find(|said| said.day == day);
        let link = match said {
            Some(said) => Some(format!("#d-{}", said.id)),
            None if may_declare && year.includes(day) => {
                Some(format!("/calendar/days/new?day={day}&campus={}", campus.id))
            }
            None => None,
        };
        let cell = Cell { link, is_today: day == today, ..Cell::of(day, year, said) };
        if let Some(month) = months.last_mut() {
            month.put(day, cell);
        }
    }
    months
}

fn last_of_month(day: NaiveDate) -> NaiveDate {
    let next = day.with_day(1).and_then(|first| first.checked_add_months(chrono::Months::new(1)));
    next.and_then(|first| first.checked_sub_days(Days::new(1))).unwrap_or(day)
}

impl Month {
    fn put(&mut self, day: NaiveDate, cell: Cell) {
        if day.weekday() == Weekday::Mon && day.day() > 1 {
            self.weeks.push(Default::default());
        }
        let at = usize::try_from(day.weekday().num_days_from_monday()).unwrap_or_default();
        if let Some(place) = self.weeks.last_mut().and_then(|week| week.get_mut(at)) {
            *place = Some(cell);
        }
    }
}

impl Cell {
    fn of(day: NaiveDate, year: &AcademicYear, said: Option<&CalendarDay>) -> Self {
        let tone = match said.map(|said| said.kind) {
            Some(CalendarDayKind::Holiday) => "holiday",
            Some(CalendarDayKind::Closure) => "closure",
            Some(CalendarDayKind::MakeUp) => "make-up",
            Some(CalendarDayKind::HalfDay) => "half-day",
            None if year.holds_school_on(day) => "",
            None if year.includes(day) => "rest",
            None => "outside",
        };
        let words = said.map_or_else(|| dates::long(&day), super::said);
        Self {
            number: day.day(),
            tone,
            letter: said.map_or("", |said| letter(said.kind)),
            words,
            link: None,
            is_plain: said.is_none(),
            is_today: false,
        }
    }
}
