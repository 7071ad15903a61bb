//! Days of the calendar as typed.

use chrono::NaiveDate;
use school::{academics::calendar_change::Written, words::CalendarDayKind};
use serde::Deserialize;

use crate::web::form::Errors;

/// The fields; every one is text, and a tick a line.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct DaysForm {
    #[serde(rename = "campus[]")]
    pub(super) campus: String,
    pub(super) first_day: String,
    pub(super) last_day: String,
    pub(super) kind: String,
    pub(super) starts_at: String,
    pub(super) ends_at: String,
    pub(super) note: String,
}

impl DaysForm {
    /// What the form says, or what is wrong with it.
    pub(super) fn check(&self) -> Result<Written, Errors> {
        let mut errors = Errors::default();
        let e = &mut errors;
        let campuses = e.needed_choices("campus", &self.campus);
        let kind = e.needed_word("kind", CalendarDayKind::named(&self.kind), CalendarDayKind::Holiday);
        let first_day = e.needed_day("first_day", &self.first_day);
        let last_day = e.day("last_day", &self.last_day).unwrap_or(first_day);
        check_order(first_day, last_day, e);
        let note = e.line("note", &self.note, 200);
        let starts_at = e.time("starts_at", &self.starts_at);
        let ends_at = e.time("ends_at", &self.ends_at);
        let is_half = kind == CalendarDayKind::HalfDay;
        if is_half && starts_at.is_some() && ends_at.is_some() && starts_at >= ends_at {
            e.add("ends_at", "It ends before it begins.");
        }
        if !is_half && starts_at.is_some() {
            e.add("starts_at", "Only a half day has hours.");
        }
        if !is_half && ends_at.is_some() {
            e.add("ends_at", "Only a half day has hours.");
        }
        errors.or(Written { campuses, first_day, last_day, kind, starts_at, ends_at, note })
    }
}

fn check_order(first_day: NaiveDate, last_day: NaiveDate, errors: &mut Errors) {
    if last_day < first_day && errors.on("first_day").is_empty() {
        errors.add("last_day", "The last day comes before the first.");
    }
}
