//! What a campus asks of its registers, and on which days.

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta};

use crate::words::{AttendanceBasis, CalendarDayKind};

/// A campus's policy on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// How often the roll is called.
    pub basis: AttendanceBasis,
    /// When the register is due.
    pub due_time: NaiveTime,
    /// When lateness begins to count.
    pub late_after: NaiveTime,
    /// Days after the register's day on which its teacher may still change it.
    pub teacher_edit_days: i16,
}

impl Policy {
    /// Where a campus has said nothing: called once, due half an hour after the day begins.
    pub(crate) fn usual(day_starts_at: NaiveTime) -> Self {
        Self {
            basis: AttendanceBasis::Daily,
            due_time: day_starts_at + TimeDelta::minutes(30),
            late_after: day_starts_at,
            teacher_edit_days: 1,
        }
    }

    /// The slots in which a homeroom's roll is called.
    #[must_use]
    pub fn slots(&self) -> &'static [&'static str] {
        match self.basis {
            AttendanceBasis::Daily => &["day"],
            AttendanceBasis::AmPm => &["am", "pm"],
            AttendanceBasis::Period => &[],
        }
    }

    /// Whether the roll is called in this slot.
    #[must_use]
    pub fn calls_in(&self, slot: &str) -> bool {
        self.slots().contains(&slot)
    }

    /// Whether a teacher may still change a register of `day`, asked on `today`.
    #[must_use]
    pub fn lets_teacher_change(&self, day: NaiveDate, today: NaiveDate) -> bool {
        day <= today && (today - day).num_days() <= self.teacher_edit_days.into()
    }
}

/// Whether there is school on a day, and if not, why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchoolDay {
    /// School is held.
    Yes,
    /// School is held for part of the day.
    Half,
    /// There is none; the words say why.
    No(String),
}

/// What a calendar says of one day.
#[derive(Clone, Debug)]
pub(crate) struct CalendarEntry {
    pub(crate) year: (NaiveDate, NaiveDate),
    pub(crate) weekdays: Vec<i16>,
    pub(crate) exception: Option<(CalendarDayKind, Option<String>)>,
}

impl CalendarEntry {
    /// A day is a school day by its weekday within the year, unless the campus's calendar says otherwise.
    pub(crate) fn of(&self, day: NaiveDate) -> SchoolDay {
        let said = |kind: CalendarDayKind, note: &Option<String>| {
            note.clone().unwrap_or_else(|| kind.label().to_owned())
        };
        if day < self.year.0 || day > self.year.1 {
            return SchoolDay::No("This day is outside the school year.".into());
        }
        match &self.exception {
            Some((CalendarDayKind::MakeUp, _)) => SchoolDay::Yes,
            Some((CalendarDayKind::HalfDay, _)) => SchoolDay::Half,
            Some((kind, note)) => SchoolDay::No(said(*kind, note)),
            None => {
                let weekday = i16::try_from(day.weekday().num_days_from_sunday()).unwrap_or_default();
                if self.weekdays.contains(&weekday) {
                    SchoolDay::Yes
                } else {
                    SchoolDay::No(format!("There is no school on a {}.", day.format("%A")))
                }
            }
        }
    }
}
