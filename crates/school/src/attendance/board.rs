//! The office's board: a day's registers and who is absent.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::{
    code::Code,
    day::{self, Call, Day},
    exceptions::Exception,
};
use crate::{
    academics::campus::Campus,
    db::Db,
    error::Result,
    permit::{Grants, ReadCampusAttendance},
    words::{AttendanceStatus, CodeExcuse, CodePresence},
};

/// The most absences shown at once.
const MOST: usize = 500;

/// A day as the office sees it.
#[derive(Clone, Debug)]
pub struct Board {
    /// Every register.
    pub calls: Vec<Call>,
    /// Everyone who is not there, by class.
    pub absences: Vec<Absence>,
    /// Everyone who came late, by class. At most 500.
    pub late: Vec<Late>,
    /// The codes that excuse.
    pub excuses: Vec<Code>,
    /// The campuses to choose from, where there are several.
    pub campuses: Vec<Campus>,
    /// Whether there is more than is shown: a larger organization looks campus by campus.
    pub is_cut: bool,
}

/// Somebody who came late.
#[derive(Clone, Debug)]
pub struct Late {
    /// Who.
    pub student: Uuid,
    /// Their name.
    pub name: String,
    /// BCP 47 tag of the name's language.
    pub language: Option<String>,
    /// What the class is called.
    pub class_name: String,
    /// The register's slot.
    pub slot: String,
    /// Minutes after lateness began in the slot.
    pub minutes: Option<i16>,
}

/// Somebody who is not there.
#[derive(Clone, Debug)]
pub struct Absence {
    /// Who.
    pub student: Uuid,
    /// Their name.
    pub name: String,
    /// BCP 47 tag of the name's language.
    pub language: Option<String>,
    /// The register that says so.
    pub class: Uuid,
    /// What the class is called.
    pub class_name: String,
    /// The register's slot.
    pub slot: String,
    /// The code that stands.
    pub code: Option<Code>,
    /// What the office was told.
    pub note: Option<String>,
    /// The teacher says here, the office says absent.
    pub is_here: bool,
    /// Was there earlier that day, has not left, and is missed now.
    pub is_missing: bool,
    /// The slot in which they were there, where a register says so.
    pub seen_in: Option<String>,
    /// When the office marked.
    pub office_set_at: Option<DateTime<Utc>>,
    /// The version that a form must carry.
    pub version: i32,
}

impl Absence {
    /// Whether two people say what cannot both be: somebody must look now.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.is_here || self.is_missing
    }

    /// Whether nobody has said why.
    #[must_use]
    pub fn is_awaiting(&self) -> bool {
        self.code.as_ref().is_some_and(|code| code.excuse == CodeExcuse::Awaiting)
    }
}

impl Board {
    /// A day's board as far as the reader sees, of one campus where one is chosen.
    pub fn of(
        (day, campus): (NaiveDate, Option<Uuid>),
        db: &mut Db<'_, impl Grants<ReadCampusAttendance>>,
    ) -> Result<Self> {
        let Day { calls, exceptions, codes, is_cut } = day::of((day, campus), db.sees(), db)?;
        let campuses = campuses(campus, &calls, db)?;
        // Where the roll is not called, on a closed day or in the afternoon after an early closing, nobody is absent.
        let due = calls.iter().filter(|call| !call.is_off());
        let due: HashSet<(Uuid, &str)> = due.map(|call| (call.class, call.slot.as_str())).collect();
        let (away, others): (Vec<_>, Vec<_>) = exceptions
            .into_iter()
            .filter(|one| due.contains(&(one.class.0, one.class.2.as_str())))
            .partition(Exception::is_away);
        let others: Vec<_> =
            others.into_iter().filter(|one| one.record.status == AttendanceStatus::Late).collect();
        let is_cut = is_cut || away.len() > MOST || others.len() > MOST;
        let late = others.into_iter().take(MOST).map(Late::read).collect();
        let absences =
            away.into_iter().take(MOST).map(|exception| Absence::read(exception, &codes)).collect();
        let excuses = codes.into_iter().filter(|code| {
            code.is_in_use()
                && code.set_by_office
                && code.presence == CodePresence::Absent
                && code.excuse == CodeExcuse::Excused
        });
        Ok(Self { calls, absences, late, excuses: excuses.collect(), campuses, is_cut })
    }
}

/// The campuses in reach, where a day's registers are of several or one was chosen of them.
fn campuses(
    chosen: Option<Uuid>,
    calls: &[Call],
    db: &mut Db<'_, impl Grants<ReadCampusAttendance>>,
) -> Result<Vec<Campus>> {
    let first = calls.first().map(|call| call.campus_id);
    let are_several = chosen.is_some() || calls.iter().any(|call| Some(call.campus_id) != first);
    if are_several { Campus::within_reach(db) } else { Ok(Vec::new()) }
}

impl Late {
    fn read(exception: Exception) -> Self {
        let Exception { pupil, class, record, .. } = exception;
        let called = pupil.preferred_name.unwrap_or(pupil.first_name);
        Self {
            student: pupil.id,
            name: format!("{called} {}", pupil.last_name),
            language: pupil.name_language,
            class_name: class.1,
            slot: class.2,
            minutes: record.minutes_late,
        }
    }
}

impl Absence {
    fn read(exception: Exception, codes: &[Code]) -> Self {
        let is_missing = exception.is_missing();
        let Exception { pupil, class, record, seen_in, .. } = exception;
        let standing = record.office_code_id.or(record.teacher_code_id);
        let called = pupil.preferred_name.unwrap_or(pupil.first_name);
        Self {
            student: pupil.id,
            name: format!("{called} {}", pupil.last_name),
            language: pupil.name_language,
            class: class.0,
            class_name: class.1,
            slot: class.2,
            code: codes.iter().find(|code| Some(code.id) == standing).cloned(),
            note: record.office_note,
            is_here: record.is_here,
            is_missing,
            seen_in,
            office_set_at: record.office_set_at,
            version: record.version,
        }
    }
}
