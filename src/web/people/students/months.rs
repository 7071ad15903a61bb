//! A student's year by months: a square for each day, with a letter and words for whatever was not simply present.

use chrono::{Datelike, Days, Months, NaiveDate};
use school::{attendance::totals::Totals, people::attended_year::AttendedYear};

use crate::web::{attendance::heading::named, dates, signs};

/// A month as weeks from Monday; none for a day of another month.
pub(super) struct Month {
    pub(super) name: String,
    pub(super) weeks: Vec<Vec<Option<Square>>>,
}

/// A day.
pub(super) struct Square {
    pub(super) number: u32,
    /// How it looks, as classes of the stylesheet.
    pub(super) look: String,
    /// A letter for what was not simply present.
    pub(super) letter: String,
    /// What it was, in words; empty where the day does not count.
    pub(super) words: String,
}

/// The months of the year until today.
pub(super) fn of(year: &AttendedYear, today: NaiveDate) -> Vec<Month> {
    let Some(shown) = &year.year else { return Vec::new() };
    let begin = shown.start_date.with_day(1).unwrap_or(shown.start_date);
    let last = shown.end_date.min(today);
    (0..)
        .map_while(|n| begin.checked_add_months(Months::new(n)))
        .take_while(|first| *first <= last)
        .map(|first| month(year, first, today))
        .collect()
}

fn month(year: &AttendedYear, first: NaiveDate, today: NaiveDate) -> Month {
    let before = Days::new(first.weekday().num_days_from_monday().into());
    let monday = first.checked_sub_days(before).unwrap_or(first);
    let days: Vec<NaiveDate> = monday.iter_days().take(42).collect();
    let of_day = |day: &NaiveDate| (day.month() == first.month()).then(|| square(year, *day, today));
    let weeks = days.chunks(7).map(|week| week.iter().map(of_day).collect::<Vec<_>>());
    Month {
        name: dates::month(&first),
        weeks: weeks.filter(|week| week.iter().any(Option::is_some)).collect(),
    }
}

fn square(year: &AttendedYear, day: NaiveDate, today: NaiveDate) -> Square {
    let mut look = Vec::new();
    let mut letter = String::new();
    if let Some((status, key, worth)) = year.on(day) {
        look.push(signs::look(&status));
        letter = signs::letter(status, key);
        if worth.attended > 0 && worth.attended < worth.possible {
            look.push("half");
        }
    } else {
        look.push("outside");
    }
    if day == today {
        look.push("today");
    }
    Square { number: day.day(), look: look.join(" "), letter, words: told(year, day) }
}

/// What a day was, in words: its marks and its worth.
pub(super) fn told(year: &AttendedYear, day: NaiveDate) -> String {
    let Some((status, _, worth)) = year.on(day) else { return String::new() };
    let mut marks: Vec<String> = year
        .marks_of(day)
        .map(|mark| {
            let name = mark.code.clone().unwrap_or_else(|| mark.status.label().to_owned());
            let minutes = mark.minutes_late.filter(|minutes| *minutes > 0);
            let minutes = minutes.map(|minutes| format!(" {minutes} min")).unwrap_or_default();
            match named(&mark.slot) {
                None => format!("{name}{minutes}"),
                Some(slot) => format!("{slot}: {name}{minutes}"),
            }
        })
        .collect();
    // Marks stand latest first; a day is told from its morning.
    marks.reverse();
    if marks.is_empty() {
        marks.push(status.label().to_owned());
    }
    format!("{}{}", marks.join(", "), part(&worth))
}

/// Where a day was not attended whole or not at all, or was half a day: how much of it.
fn part(worth: &Totals) -> &'static str {
    match (worth.attended, worth.possible) {
        (1, 2) => ", half the day attended",
        (0, 1) => ", of half a day",
        (1, 1) => ", half a day",
        _ => "",
    }
}
