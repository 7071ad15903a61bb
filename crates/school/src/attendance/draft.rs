//! The rules of a mark: whose word stands, what the clock fills in, which code is whose.

use chrono::{DateTime, NaiveTime, Timelike, Utc};
use uuid::Uuid;

use super::{
    code::Code,
    mark::{By, NewMark},
    register::Head,
    roll::{Planned, Record, Row},
};
use crate::{
    clock::new_id,
    error::{Error, Result},
    words::{AttendanceStatus, CodeTiming},
};

/// What the rules look at.
pub(crate) struct Rules<'r> {
    pub(crate) head: &'r Head,
    pub(crate) codes: &'r [Code],
    pub(crate) now: DateTime<Utc>,
}

/// What becomes of a mark on a row.
///
/// # Errors
/// [`Error::Invalid`] for `code` when it is not in use or not theirs to set, for `arrived` when that is still to come.
pub(crate) fn decide(row: &Row, new: &NewMark, by: By, rules: &Rules<'_>) -> Result<Record> {
    let before = rules.before(row);
    if new.arrived.is_some_and(|at| rules.clock().is_some_and(|now| at > now)) {
        return Err(Error::invalid("arrived", "That is still to come."));
    }
    match by {
        By::Teacher if before.office_code_id.is_some() => {
            Ok(Record { is_here: new.here, remarks: retyped(new, before.remarks.as_ref()), ..before })
        }
        By::Teacher => {
            let code = rules.code(&new.code, before.teacher_code_id, |code| code.set_by_teacher)?;
            let remarks = retyped(new, before.remarks.as_ref());
            let draft = Record { teacher_code_id: Some(code.id), remarks, ..before };
            Ok(rules.told(row, code, rules.timed(draft, code, new)))
        }
        By::Office => {
            let code = rules.code(&new.code, before.office_code_id, |code| code.set_by_office)?;
            let note = retyped(new, before.office_note.as_ref());
            let set =
                if before.office_code_id == Some(code.id) { before.office_set_at } else { Some(rules.now) };
            let draft = Record {
                office_code_id: Some(code.id),
                office_note: note,
                office_set_at: set.or(Some(rules.now)),
                is_here: false,
                ..before
            };
            Ok(rules.timed(draft, code, new))
        }
    }
}

/// The text that was sent, or the one that stood where none was.
fn retyped(new: &NewMark, before: Option<&String>) -> Option<String> {
    new.remark.as_ref().or(before).filter(|text| !text.is_empty()).cloned()
}

impl Rules<'_> {
    /// The row's record raised by one; without one, what the office knew beforehand.
    fn before(&self, row: &Row) -> Record {
        let planned = row.office_code();
        match &row.record {
            Some(record) => Record { version: record.version + 1, ..record.clone() },
            None => Record {
                id: row.removed.as_ref().map_or_else(new_id, |removed| removed.id),
                student_id: row.pupil.id,
                teacher_code_id: None,
                office_code_id: planned,
                is_here: false,
                status: self
                    .codes
                    .iter()
                    .find(|code| Some(code.id) == planned)
                    .map_or(AttendanceStatus::Present, Code::status),
                minutes_late: None,
                arrived_at: None,
                left_at: None,
                remarks: None,
                office_note: planned.and(row.planned.as_ref()).map(|planned| planned.reason.clone()),
                office_set_at: planned.map(|_| self.now),
                version: row.version() + 1,
            },
        }
    }

    /// The code of a word, if it is theirs to set; a retired one only where it stands.
    fn code(&self, word: &str, standing: Option<Uuid>, theirs: impl Fn(&Code) -> bool) -> Result<&Code> {
        let may_stand = |code: &&Code| code.is_in_use() || Some(code.id) == standing;
        let code = self.codes.iter().filter(may_stand).find(|code| code.code == word);
        code.filter(|code| theirs(code))
            .ok_or_else(|| Error::invalid("code", "Choose one of the marks on this row."))
    }

    /// With the office's word beside the teacher's where somebody is absent without word in an hour of which it was told
    /// beforehand, as if it had been told just after (`told_since.rs`).
    fn told(&self, row: &Row, marked: &Code, draft: Record) -> Record {
        let about_it = |planned: &&Planned| marked.is_without_word() && planned.holds(self.head.begins());
        let planned = row.planned.as_ref().filter(about_it);
        let code = planned.and_then(|planned| {
            self.codes.iter().find(|code| code.id == planned.attendance_code_id && code.is_a_reason())
        });
        let Some((planned, code)) = planned.zip(code) else { return draft };
        Record {
            office_code_id: Some(code.id),
            office_note: Some(planned.reason.clone()),
            office_set_at: Some(self.now),
            is_here: false,
            status: code.status(),
            ..draft
        }
    }

    /// Times belong to the code: minutes and arrival to late, leaving to left early; who came late and leaves early keeps
    /// both. What was not typed stays as it was; where there was nothing, the clock fills it in.
    fn timed(&self, before: Record, code: &Code, new: &NewMark) -> Record {
        let (minutes, arrived) = (before.minutes_late, before.arrived_at);
        let left = before.left_at;
        let draft =
            Record { status: code.status(), minutes_late: None, arrived_at: None, left_at: None, ..before };
        match code.timing {
            CodeTiming::OnTime => draft,
            CodeTiming::LeftEarly => {
                let left_at = new.left.or(left).or_else(|| self.clock());
                Record { left_at, minutes_late: minutes, arrived_at: arrived, ..draft }
            }
            CodeTiming::Late => {
                let is_as_it_was =
                    minutes.is_some() && new.minutes.is_none_or(|typed| Some(typed) == minutes);
                let arrived_at = match new.arrived {
                    None if is_as_it_was => {
                        return Record { minutes_late: minutes, arrived_at: arrived, ..draft };
                    }
                    None if new.minutes.is_none() => self.clock(),
                    typed => typed,
                };
                let counted = arrived_at.map(|at| self.minutes_late(at));
                Record { minutes_late: new.minutes.or(counted), arrived_at, ..draft }
            }
        }
    }

    /// The wall clock to the minute, if the register is of today.
    fn clock(&self) -> Option<NaiveTime> {
        let (today, time) = self.head.now;
        if self.head.key.day == today { NaiveTime::from_hms_opt(time.hour(), time.minute(), 0) } else { None }
    }

    /// At least one: who is marked late is late.
    fn minutes_late(&self, at: NaiveTime) -> i16 {
        let late = (at - self.head.policy.late_after).num_minutes().clamp(1, 999);
        i16::try_from(late).unwrap_or(1)
    }
}
