//! What a campus asks of its registers, and on which days.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta, Timelike};
use diesel::prelude::*;
use schema::campus_attendance_config;

use crate::words::{AttendanceBasis, CalendarDayKind};

/// How a lesson's start names its slot.
const LESSON: &str = "%H:%M";

/// When afternoons begin.
const NOON: NaiveTime = NaiveTime::MIN.overflowing_add_signed(TimeDelta::hours(12)).0;

/// How a slot is called in an address: `day`, `am`, `pm` or the lesson's start.
pub type SlotName = Cow<'static, str>;

/// A campus's policy on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// How often the roll is called.
    pub basis: AttendanceBasis,
    /// When the register is due.
    pub due_time: NaiveTime,
    /// When lateness begins to count: minutes late are measured from here.
    pub late_after: NaiveTime,
    /// Days after the register's day on which its teacher may still change it.
    pub teacher_edit_days: i16,
    /// When each lesson starts, in order, where the roll is called by lesson.
    pub lesson_starts: Vec<NaiveTime>,
    /// Where the roll is kept, if elsewhere: an address.
    pub kept_at: Option<String>,
}

/// What a campus has said of its registers, as it is kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = campus_attendance_config)]
pub(crate) struct Said {
    basis: AttendanceBasis,
    due_time: NaiveTime,
    late_after: NaiveTime,
    teacher_edit_days: i16,
    lesson_starts: Option<Vec<Option<NaiveTime>>>,
    attendance_link: Option<String>,
}

impl From<Said> for Policy {
    fn from(said: Said) -> Self {
        Self {
            basis: said.basis,
            due_time: said.due_time,
            late_after: said.late_after,
            teacher_edit_days: said.teacher_edit_days,
            lesson_starts: said.lesson_starts.into_iter().flatten().flatten().collect(),
            kept_at: said.attendance_link,
        }
    }
}

impl Policy {
    /// Where a campus has said nothing: called once, due half an hour after the day begins.
    pub(crate) fn usual(day_starts_at: NaiveTime) -> Self {
        Self {
            basis: AttendanceBasis::Daily,
            due_time: day_starts_at + TimeDelta::minutes(30),
            late_after: day_starts_at,
            teacher_edit_days: 1,
            lesson_starts: Vec::new(),
            kept_at: None,
        }
    }

    /// The slots in which a homeroom's roll is called on a day, in order; of half a day only the half, or the lessons, that
    /// are held.
    #[must_use]
    pub fn slots(&self, day: &SchoolDay) -> Vec<SlotName> {
        let words: &[&'static str] = match (self.basis, day) {
            (AttendanceBasis::Daily, _) => &["day"],
            (AttendanceBasis::AmPm, SchoolDay::Half(half)) if half.is_afternoon() => &["pm"],
            (AttendanceBasis::AmPm, SchoolDay::Half(_)) => &["am"],
            (AttendanceBasis::AmPm, _) => &["am", "pm"],
            (AttendanceBasis::Period, day) => {
                let held = self.lesson_starts.iter().filter(|start| day.holds(**start));
                return held.map(|start| start.format(LESSON).to_string().into()).collect();
            }
        };
        words.iter().copied().map(SlotName::from).collect()
    }

    /// Whether the roll is called in this slot on a day.
    #[must_use]
    pub fn calls_in(&self, slot: &str, day: &SchoolDay) -> bool {
        self.slots(day).iter().any(|one| one == slot)
    }

    /// The same on a day that begins later than others: the register is due and lateness begins as much later.
    #[must_use]
    pub(crate) fn on(self, day: &SchoolDay) -> Self {
        let later = match day {
            SchoolDay::Half(Half { starts_at: Some(start), .. }) => *start - self.late_after,
            _ => TimeDelta::zero(),
        };
        let (due_time, wraps) = self.due_time.overflowing_add_signed(later);
        if later <= TimeDelta::zero() || wraps != 0 {
            return self;
        }
        Self { due_time, late_after: self.late_after + later, ..self }
    }

    /// The same in one slot: the afternoon begins at noon at the earliest and a lesson when it starts; lateness counts from
    /// there, and the register is due as long after as the day's is.
    #[must_use]
    pub(crate) fn in_slot(self, slot: &str) -> Self {
        let begins = match slot {
            "day" | "am" => return self,
            "pm" => self.late_after.max(NOON),
            lesson => NaiveTime::parse_from_str(lesson, LESSON).unwrap_or(self.late_after),
        };
        let margin = (self.due_time - self.late_after).max(TimeDelta::zero());
        let (due_time, wraps) = begins.overflowing_add_signed(margin);
        Self { due_time: if wraps == 0 { due_time } else { self.due_time }, late_after: begins, ..self }
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
    Half(Half),
    /// There is none; the words say why.
    No(String),
}

/// The hours of a half day, where the calendar says them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Half {
    /// When it begins, if later than others.
    pub starts_at: Option<NaiveTime>,
    /// When it ends, if earlier.
    pub ends_at: Option<NaiveTime>,
}

impl SchoolDay {
    /// Whether a lesson that starts then is held; of half a day, those within its hours.
    fn holds(&self, start: NaiveTime) -> bool {
        match self {
            Self::Half(half) => {
                half.starts_at.is_none_or(|from| from <= start)
                    && half.ends_at.is_none_or(|until| start < until)
            }
            Self::Yes | Self::No(_) => true,
        }
    }
}

/// A half day that begins at this hour or later has no morning.
const AFTERNOON_FROM: u32 = 11;

impl Half {
    /// Whether it is the afternoon that is held.
    #[must_use]
    pub fn is_afternoon(&self) -> bool {
        self.starts_at.is_some_and(|start| start.hour() >= AFTERNOON_FROM)
    }
}

/// How a campus's calendar says that a day differs: as what, with which words, from when and until when.
pub(crate) type DayEntry = (CalendarDayKind, Option<String>, Option<NaiveTime>, Option<NaiveTime>);

/// The same where a half day that does not say when it begins does so with the campus's day.
pub(crate) fn with_hours(said: DayEntry, day_starts_at: NaiveTime) -> DayEntry {
    let (kind, note, starts_at, ends_at) = said;
    (kind, note, starts_at.or(Some(day_starts_at)), ends_at)
}

/// Whether half a day or a whole one is held, on a day on which there is school.
pub(crate) fn held(said: Option<DayEntry>, day_starts_at: NaiveTime) -> SchoolDay {
    match said.map(|said| with_hours(said, day_starts_at)) {
        Some((CalendarDayKind::HalfDay, _, starts_at, ends_at)) => {
            SchoolDay::Half(Half { starts_at, ends_at })
        }
        _ => SchoolDay::Yes,
    }
}

/// What a calendar says of one day.
#[derive(Clone, Debug)]
pub(crate) struct CalendarEntry {
    pub(crate) year: (NaiveDate, NaiveDate),
    pub(crate) weekdays: Vec<i16>,
    pub(crate) exception: Option<DayEntry>,
}

impl CalendarEntry {
    /// A day is a school day by its weekday within the year, unless the campus's calendar says otherwise.
    pub(crate) fn of(&self, day: NaiveDate) -> SchoolDay {
        if day < self.year.0 || day > self.year.1 {
            return SchoolDay::No("This day is outside the school year.".into());
        }
        match &self.exception {
            Some((CalendarDayKind::MakeUp, ..)) => SchoolDay::Yes,
            Some((CalendarDayKind::HalfDay, _, starts_at, ends_at)) => {
                SchoolDay::Half(Half { starts_at: *starts_at, ends_at: *ends_at })
            }
            Some((kind, note, ..)) => SchoolDay::No(said(*kind, note.as_deref())),
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

/// The kind and the note, which may have a colon of its own: *Closure. Storm: no ferry.*
fn said(kind: CalendarDayKind, note: Option<&str>) -> String {
    match note {
        Some(note) => format!("{}. {}.", kind.label(), note.trim_end_matches(['.', ' '])),
        None => format!("{}.", kind.label()),
    }
}
