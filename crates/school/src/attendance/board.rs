//! The office's board: a day's registers and who is absent.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use schema::{attendance_records as records, attendance_sessions as sessions, classes, students};
use uuid::Uuid;

use super::{
    code::{self, Code},
    day::{self, Call},
    roll::{Pupil, Record},
};
use crate::{
    db::Db,
    error::Result,
    permit::{Grants, Permission, ReadCampusAttendance},
    words::{AttendanceStatus, CodeExcuse, CodePresence},
};

/// The most absences shown at once.
const MOST: i64 = 500;

/// A day as the office sees it.
#[derive(Clone, Debug)]
pub struct Board {
    /// Every register.
    pub calls: Vec<Call>,
    /// Everyone who is not there, by class.
    pub absences: Vec<Absence>,
    /// The codes that excuse.
    pub excuses: Vec<Code>,
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
    /// When the office marked.
    pub office_set_at: Option<DateTime<Utc>>,
    /// The version that a form must carry.
    pub version: i32,
}

impl Absence {
    /// Whether nobody has said why.
    #[must_use]
    pub fn is_awaiting(&self) -> bool {
        self.code.as_ref().is_some_and(|code| code.excuse == CodeExcuse::Awaiting)
    }
}

impl Board {
    /// A day's board as far as the reader sees.
    pub fn of(day: NaiveDate, db: &mut Db<'_, impl Grants<ReadCampusAttendance>>) -> Result<Self> {
        let calls = day::calls(day, db.sees(), db)?;
        let codes = code::all(db)?;
        let absences = absences(day, &calls, &codes, db)?;
        let excuses = codes.into_iter().filter(|code| {
            code.is_in_use()
                && code.set_by_office
                && code.presence == CodePresence::Absent
                && code.excuse != CodeExcuse::Awaiting
        });
        Ok(Self { calls, absences, excuses: excuses.collect() })
    }
}

fn absences<P: Permission>(
    day: NaiveDate,
    calls: &[Call],
    codes: &[Code],
    db: &mut Db<'_, P>,
) -> Result<Vec<Absence>> {
    let of_record = sessions::organization_id
        .eq(records::organization_id)
        .and(sessions::id.eq(records::attendance_session_id));
    let marked =
        students::organization_id.eq(records::organization_id).and(students::id.eq(records::student_id));
    let called =
        classes::organization_id.eq(sessions::organization_id).and(classes::id.eq(sessions::class_id));
    let found: Vec<(Pupil, (Uuid, String, String), Record)> = records::table
        .inner_join(sessions::table.on(of_record))
        .inner_join(students::table.on(marked))
        .inner_join(classes::table.on(called))
        .filter(records::organization_id.eq(db.organization()))
        .filter(sessions::organization_id.eq(db.organization()))
        .filter(sessions::session_date.eq(day))
        .filter(sessions::class_id.eq_any(calls.iter().map(|call| call.class).collect::<Vec<_>>()))
        .filter(records::status.eq_any([AttendanceStatus::Absent, AttendanceStatus::Excused]))
        .select((Pupil::as_select(), (classes::id, classes::name, sessions::slot), Record::as_select()))
        .order((classes::name, students::last_name, students::first_name, students::id))
        .limit(MOST)
        .load(db.conn())?;
    Ok(found.into_iter().map(|(pupil, class, record)| Absence::read(pupil, class, record, codes)).collect())
}

impl Absence {
    fn read(pupil: Pupil, class: (Uuid, String, String), record: Record, codes: &[Code]) -> Self {
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
            office_set_at: record.office_set_at,
            version: record.version,
        }
    }
}
