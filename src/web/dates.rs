//! Days and times as a school writes them.

use chrono::{NaiveDate, NaiveTime};

/// Monday 23 November
#[must_use]
pub fn long(day: &NaiveDate) -> String {
    day.format("%A %-d %B").to_string()
}

/// Mon 23 Nov
#[must_use]
pub fn short(day: &NaiveDate) -> String {
    day.format("%a %-d %b").to_string()
}

/// 23 Nov 2026
#[must_use]
pub fn full(day: &NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

/// Mon 23 Nov 2026
#[must_use]
pub fn weekday(day: &NaiveDate) -> String {
    day.format("%a %-d %b %Y").to_string()
}

/// November 2026
#[must_use]
pub fn month(day: &NaiveDate) -> String {
    day.format("%B %Y").to_string()
}

/// 2026-11, as an address names a month.
#[must_use]
pub fn year_and_month(day: &NaiveDate) -> String {
    day.format("%Y-%m").to_string()
}

/// 08:45
#[must_use]
pub fn time(time: &NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// 2026-11-23, as a form's day field holds it; nothing where there is none.
#[must_use]
pub fn written(day: Option<NaiveDate>) -> String {
    day.map(|day| day.format("%Y-%m-%d").to_string()).unwrap_or_default()
}

/// A day typed or picked in a form; none for anything that is no day between 1900 and 2200.
#[must_use]
pub fn read_day(typed: &str) -> Option<NaiveDate> {
    let day = NaiveDate::parse_from_str(typed.trim(), "%Y-%m-%d").ok()?;
    let (first, last) = (NaiveDate::from_ymd_opt(1900, 1, 1)?, NaiveDate::from_ymd_opt(2200, 1, 1)?);
    (first..=last).contains(&day).then_some(day)
}

/// A time typed or picked in a form, to the minute.
#[must_use]
pub fn read_time(typed: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(typed.trim(), "%H:%M").ok()
}
