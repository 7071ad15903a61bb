//! A campus's day as typed.

use chrono::{DateTime, Utc};
use school::attendance::{
    campus_day::{CampusDay, Numbers},
    campus_day_change::NewCampusDay,
};
use serde::Deserialize;

use crate::web::{
    form::Errors,
    stale::{self, Labelled},
};

/// The most students of a campus.
const MOST: i32 = 200_000;

/// The fields; every one is text.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct DayForm {
    pub(super) source: String,
    pub(super) total_enrolled: String,
    pub(super) total_present: String,
    pub(super) total_absent: String,
    pub(super) total_tardy: String,
    pub(super) attendance_percentage: String,
    pub(super) recorded_by_label: String,
    pub(super) notes: String,
    /// When the row was last changed; empty where there was none.
    pub(super) seen: String,
}

impl DayForm {
    /// What stands; whoever looks is offered as the one who says so.
    pub(super) fn of(day: &CampusDay, who: &str) -> Self {
        let numbers = day.numbers();
        let number =
            |of: fn(&Numbers) -> i32| numbers.as_ref().map(|all| of(all).to_string()).unwrap_or_default();
        let by_hand = day.entered.is_some() || numbers.is_none();
        Self {
            source: if by_hand { "hand" } else { "registers" }.into(),
            total_enrolled: number(|all| all.enrolled),
            total_present: number(|all| all.present),
            total_absent: number(|all| all.absent),
            total_tardy: number(|all| all.tardy),
            attendance_percentage: numbers
                .filter(Numbers::counts_halves)
                .map(|all| written(all.hundredths))
                .unwrap_or_default(),
            recorded_by_label: day.recorded_by.clone().unwrap_or_else(|| who.to_owned()),
            notes: day.notes.clone().unwrap_or_default(),
            seen: day.seen.map(stale::written).unwrap_or_default(),
        }
    }

    /// When the row that was read had been changed last.
    pub(super) fn seen(&self) -> Option<DateTime<Utc>> {
        Some(self.seen.as_str()).filter(|seen| !seen.is_empty()).map(stale::read)
    }

    /// What the form says, or what is wrong with it.
    pub(super) fn check(&self) -> Result<NewCampusDay, Errors> {
        let mut errors = Errors::default();
        let e = &mut errors;
        let by_hand = match self.source.as_str() {
            "hand" => true,
            "registers" => false,
            _ => {
                e.add("source", "Choose where the numbers come from.");
                false
            }
        };
        let entered = by_hand.then(|| self.numbers(e));
        let day = NewCampusDay {
            entered,
            recorded_by: e.line("recorded_by_label", &self.recorded_by_label, 120),
            notes: e.line("notes", &self.notes, 500),
        };
        errors.or(day)
    }

    fn numbers(&self, e: &mut Errors) -> Numbers {
        let mut numbers = Numbers {
            enrolled: e.needed_whole("total_enrolled", &self.total_enrolled, 0..=MOST),
            present: e.needed_whole("total_present", &self.total_present, 0..=MOST),
            absent: e.needed_whole("total_absent", &self.total_absent, 0..=MOST),
            tardy: match self.total_tardy.trim() {
                "" => 0,
                typed => e.needed_whole("total_tardy", typed, 0..=MOST),
            },
            hundredths: 0,
        };
        numbers.hundredths = if self.attendance_percentage.trim().is_empty() {
            numbers.present_all_day()
        } else {
            let read = read(&self.attendance_percentage);
            e.required("attendance_percentage", read, "Write a percentage from 0 to 100, such as 94.25.")
                .unwrap_or_default()
        };
        numbers
    }

    /// The fields as people read them.
    pub(super) fn labelled(&self) -> Labelled {
        vec![
            (
                "Numbers",
                if self.source == "hand" { "Entered by hand".into() } else { "From the registers".into() },
            ),
            ("Enrolled", self.total_enrolled.clone()),
            ("Present", self.total_present.clone()),
            ("Absent", self.total_absent.clone()),
            ("Late", self.total_tardy.clone()),
            ("Share", self.attendance_percentage.clone()),
            ("Recorded by", self.recorded_by_label.clone()),
            ("Notes", self.notes.clone()),
        ]
    }
}

fn written(hundredths: i32) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// A percentage with at most two places: 94, 94.2, 94.25 or 94,25.
fn read(typed: &str) -> Option<i32> {
    let typed = typed.trim().trim_end_matches('%').trim_end().replace(',', ".");
    let (whole, rest) = typed.split_once('.').unwrap_or((&typed, ""));
    let is_number = |digits: &str| digits.bytes().all(|digit| digit.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || rest.len() > 2 || !is_number(whole) || !is_number(rest) {
        return None;
    }
    let hundredths = whole.parse::<i32>().ok()? * 100 + format!("{rest:0<2}").parse::<i32>().ok()?;
    (hundredths <= 10_000).then_some(hundredths)
}
