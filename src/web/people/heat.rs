//! A student's days as a picture: a column for each week, a letter for whatever was not simply present.

use chrono::{Datelike, Days as Span, NaiveDate, Weekday};
use school::{
    people::attended_days::{Day, Days},
    words::AttendanceStatus,
};

use crate::web::{dates, signs};

/// Units of the picture from one cell to the next.
const STEP: i64 = 18;

/// The picture and the sentence that says the same.
pub(super) struct Heat {
    /// Its width in units.
    pub(super) width: i64,
    /// Its height in units.
    pub(super) height: i64,
    /// The width on the page, in pixels: a third larger.
    pub(super) drawn: i64,
    /// One for each day with a submitted register.
    pub(super) cells: Vec<Cell>,
    /// The months above the columns.
    pub(super) months: Vec<(i64, String)>,
    /// The weekdays beside the rows.
    pub(super) weekdays: Vec<(i64, &'static str)>,
    /// What the picture shows, in words.
    pub(super) sentence: String,
}

/// A day in the picture.
pub(super) struct Cell {
    pub(super) x: i64,
    pub(super) y: i64,
    pub(super) class: &'static str,
    pub(super) letter: String,
    pub(super) title: String,
}

impl Heat {
    /// Nothing where no register was submitted yet.
    pub(super) fn of(days: &Days) -> Option<Self> {
        let (first, last) = (days.days.first()?.day, days.days.last()?.day);
        let monday = monday_of(first);
        let weekend = days.days.iter().any(|day| matches!(day.day.weekday(), Weekday::Sat | Weekday::Sun));
        let rows = if weekend { 7 } else { 5 };
        let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        let width = 34 + STEP * (weeks(monday, last) + 1);
        Some(Self {
            width,
            drawn: width * 4 / 3,
            height: 16 + STEP * rows,
            cells: days.days.iter().map(|day| cell(day, monday)).collect(),
            months: months(monday, last),
            weekdays: (0..rows).zip(names).map(|(row, name)| (27 + STEP * row, name)).collect(),
            sentence: sentence(days, first),
        })
    }
}

fn monday_of(day: NaiveDate) -> NaiveDate {
    let back = Span::new(day.weekday().num_days_from_monday().into());
    day.checked_sub_days(back).unwrap_or(day)
}

fn weeks(monday: NaiveDate, day: NaiveDate) -> i64 {
    (day - monday).num_days().div_euclid(7)
}

fn cell(day: &Day, monday: NaiveDate) -> Cell {
    Cell {
        x: 32 + STEP * weeks(monday, day.day),
        y: 16 + STEP * i64::from(day.day.weekday().num_days_from_monday()),
        class: signs::look(&day.status),
        letter: signs::letter(day.status, day.letter.as_deref()),
        title: format!("{}: {}", dates::short(&day.day), day.status.label().to_lowercase()),
    }
}

/// A month's name above the first week that mostly lies in it.
fn months(monday: NaiveDate, last: NaiveDate) -> Vec<(i64, String)> {
    let mut months: Vec<(i64, String)> = Vec::new();
    for week in 0..=weeks(monday, last) {
        let Some(day) =
            u64::try_from(week * 7 + 3).ok().and_then(|days| monday.checked_add_days(Span::new(days)))
        else {
            continue;
        };
        let name = day.format("%b").to_string();
        let x = 32 + STEP * week;
        // Two names closer than this would touch.
        let room = months.last().is_none_or(|(before, _)| x - before >= 2 * STEP);
        if months.last().is_none_or(|(_, before)| *before != name) && room {
            months.push((x, name));
        }
    }
    months
}

fn sentence(days: &Days, first: NaiveDate) -> String {
    let parts: Vec<String> = [
        AttendanceStatus::Absent,
        AttendanceStatus::Excused,
        AttendanceStatus::Late,
        AttendanceStatus::LeftEarly,
    ]
    .into_iter()
    .filter(|status| days.count(*status) > 0)
    .map(|status| format!("{} {}", status.label().to_lowercase(), days.count(status)))
    .collect();
    let rest = if parts.is_empty() {
        "present on all of them".to_owned()
    } else {
        format!("{}, present on all others", parts.join(", "))
    };
    format!("Days with a register since {1}: {0}; {rest}.", days.days.len(), dates::long(&first))
}
