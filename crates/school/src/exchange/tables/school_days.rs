//! On which days there was school, by campus, and which registers of them are still taken here.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;
use uuid::Uuid;

use super::{super::roster::run::Run, ground::Class};
use crate::{
    attendance::policy::{CalendarEntry, DayEntry, SchoolDay},
    error::Result,
    words::CalendarDayKind,
};

type Written =
    (Uuid, NaiveDate, CalendarDayKind, Option<String>, Option<chrono::NaiveTime>, Option<chrono::NaiveTime>);

/// The calendars of all campuses.
pub(super) struct SchoolDays {
    weekdays: HashMap<Uuid, Vec<i16>>,
    exceptions: HashMap<(Uuid, NaiveDate), DayEntry>,
    /// Class and day of registers that were begun and are not submitted.
    begun: HashSet<(Uuid, NaiveDate)>,
    today: NaiveDate,
}

impl SchoolDays {
    pub(super) fn between((first, last): (NaiveDate, NaiveDate), run: &mut Run) -> Result<Self> {
        use schema::{academic_years as years, attendance_sessions as sessions, calendar_days as days};
        let organization = run.db.organization();
        let weekdays: Vec<(Uuid, Vec<Option<i16>>)> = years::table
            .filter(years::organization_id.eq(organization))
            .select((years::id, years::school_weekdays))
            .load(run.db.conn())?;
        let exceptions: Vec<Written> = days::table
            .filter(days::organization_id.eq(organization))
            .filter(days::deleted_at.is_null())
            .filter(days::day.between(first, last))
            .select((days::campus_id, days::day, days::kind, days::note, days::starts_at, days::ends_at))
            .load(run.db.conn())?;
        let weekdays = weekdays.into_iter().map(|(year, days)| (year, days.into_iter().flatten().collect()));
        let exceptions = exceptions
            .into_iter()
            .map(|(campus, day, kind, note, starts, ends)| ((campus, day), (kind, note, starts, ends)));
        let begun: Vec<(Uuid, NaiveDate)> = sessions::table
            .filter(sessions::organization_id.eq(organization))
            .filter(sessions::session_date.between(first, last))
            .filter(sessions::class_subject_id.is_null())
            .filter(sessions::submitted_at.is_null())
            .filter(sessions::deleted_at.is_null())
            .select((sessions::class_id, sessions::session_date))
            .load(run.db.conn())?;
        Ok(Self {
            weekdays: weekdays.collect(),
            exceptions: exceptions.collect(),
            begun: begun.into_iter().collect(),
            today: run.at.today,
        })
    }

    /// Why a class had no register on a day that a table may speak of; none where it had.
    pub(super) fn why_not(&self, class: &Class, day: NaiveDate) -> Option<String> {
        if day > self.today {
            return Some("This day has not come yet.".to_owned());
        }
        let calendar = CalendarEntry {
            year: (class.year.first, class.year.last),
            weekdays: self.weekdays.get(&class.year.id).cloned().unwrap_or_default(),
            exception: self.exceptions.get(&(class.campus, day)).cloned(),
        };
        let taken = match calendar.of(day) {
            SchoolDay::No(reason) => return Some(reason),
            SchoolDay::Yes | SchoolDay::Half(_) if day == self.today => {
                "Today’s registers are still taken here. Send this row tomorrow."
            }
            SchoolDay::Yes | SchoolDay::Half(_) if self.begun.contains(&(class.id, day)) => {
                "A register of this day was begun here and is not submitted. Submit it, then send this row again."
            }
            SchoolDay::Yes | SchoolDay::Half(_) => return None,
        };
        Some(taken.to_owned())
    }
}
