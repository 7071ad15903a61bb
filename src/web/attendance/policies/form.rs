//! A policy as typed.

use chrono::NaiveTime;
use school::{
    Error,
    attendance::campus_policy::{CampusPolicy, NewPolicy},
    words::AttendanceBasis,
};
use serde::Deserialize;

use crate::web::{dates, form::Errors};

/// The fields; every one is text.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct PolicyForm {
    pub(super) campus_id: String,
    pub(super) applies_from: String,
    pub(super) basis: String,
    pub(super) lesson_starts: String,
    pub(super) due_time: String,
    pub(super) late_after: String,
    pub(super) half_day_minutes: String,
    pub(super) full_day_minutes: String,
    pub(super) teacher_edit_days: String,
    pub(super) attendance_link: String,
}

impl PolicyForm {
    /// What a campus starts from.
    pub(super) fn usual() -> Self {
        Self {
            basis: AttendanceBasis::Daily.word().into(),
            due_time: "09:00".into(),
            late_after: "08:30".into(),
            half_day_minutes: "120".into(),
            full_day_minutes: "240".into(),
            teacher_edit_days: "1".into(),
            ..Self::default()
        }
    }

    /// The policy that stands, to be changed.
    pub(super) fn of(policy: &CampusPolicy) -> Self {
        Self {
            campus_id: policy.campus_id.to_string(),
            applies_from: String::new(),
            basis: policy.basis.word().into(),
            lesson_starts: policy.lessons().iter().map(dates::time).collect::<Vec<_>>().join(", "),
            due_time: dates::time(&policy.due_time),
            late_after: dates::time(&policy.late_after),
            half_day_minutes: policy.half_day_minutes.to_string(),
            full_day_minutes: policy.full_day_minutes.to_string(),
            teacher_edit_days: policy.teacher_edit_days.to_string(),
            attendance_link: policy.attendance_link.clone().unwrap_or_default(),
        }
    }

    /// What the form says, or what is wrong with it.
    pub(super) fn check(&self, by: String) -> Result<NewPolicy, Errors> {
        let mut errors = Errors::default();
        let e = &mut errors;
        let policy = NewPolicy {
            campus_id: e.needed_choice("campus_id", &self.campus_id),
            applies_from: e.needed_day("applies_from", &self.applies_from),
            basis: e.needed_word("basis", AttendanceBasis::named(&self.basis), AttendanceBasis::Daily),
            due_time: e.needed_time("due_time", &self.due_time),
            late_after: e.needed_time("late_after", &self.late_after),
            teacher_edit_days: e.needed_count("teacher_edit_days", &self.teacher_edit_days, 0..=366),
            attendance_link: e.line("attendance_link", &self.attendance_link, 300),
            half_day_minutes: e.needed_count("half_day_minutes", &self.half_day_minutes, 1..=1440),
            full_day_minutes: e.needed_count("full_day_minutes", &self.full_day_minutes, 1..=1440),
            lesson_starts: lessons(&self.lesson_starts, e),
            updated_by_label: Some(by),
        };
        if e.on("basis").is_empty()
            && let Err(Error::Invalid { field, message }) = policy.check_lessons()
        {
            e.add(field, message);
        }
        if policy.full_day_minutes < policy.half_day_minutes {
            e.add("full_day_minutes", "A whole day needs at least the minutes of half a day.");
        }
        if policy.attendance_link.as_ref().is_some_and(|link| !link.starts_with("https://")) {
            e.add("attendance_link", "Write an address that begins with https://.");
        }
        errors.or(policy)
    }
}

/// Times with commas or spaces between them; none where nothing is typed.
fn lessons(typed: &str, errors: &mut Errors) -> Option<Vec<NaiveTime>> {
    let words = || typed.split([',', ';', ' ']).filter(|word| !word.is_empty());
    let read: Option<Vec<NaiveTime>> = words().map(dates::read_time).collect();
    if read.is_none() {
        errors.add("lesson_starts", "Write times with commas between them, such as 08:30, 09:20.");
    }
    read.filter(|starts| !starts.is_empty())
}
