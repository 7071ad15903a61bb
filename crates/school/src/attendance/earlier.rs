//! Who was away in the register before this one on the same day: in the morning, in the first of two lessons.

use std::collections::BTreeMap;

use diesel::prelude::*;
use schema::{attendance_records as records, attendance_sessions as sessions};
use uuid::Uuid;

use super::register::Head;
use crate::{db::Db, error::Result, permit::Permission, words::AttendanceStatus};

/// What the register before this one says, as a suggestion: nobody was marked by it.
#[derive(Clone, Debug, Default)]
pub struct Earlier {
    /// The slot of that register.
    pub slot: String,
    away: BTreeMap<Uuid, Option<Uuid>>,
}

impl Earlier {
    /// The code of a student who was away then.
    #[must_use]
    pub fn of(&self, student: Uuid) -> Option<Uuid> {
        self.away.get(&student).copied().flatten()
    }
}

type Mark = (Uuid, Option<Uuid>, Option<Uuid>);

/// The register of the same class that day in the last slot before this one; none before the first.
pub(super) fn before<P: Permission>(head: &Head, db: &mut Db<'_, P>) -> Result<Earlier> {
    let key = &head.key;
    if ["day", "am"].contains(&key.slot.as_str()) {
        return Ok(Earlier::default());
    }
    let taken: Vec<(Uuid, String)> = sessions::table
        .filter(sessions::organization_id.eq(db.organization()))
        .filter(sessions::class_id.eq(key.class))
        .filter(sessions::session_date.eq(key.day))
        .filter(sessions::deleted_at.is_null())
        .select((sessions::id, sessions::slot))
        .load(db.conn())?;
    let before = taken.into_iter().filter(|(_, slot)| *slot < key.slot && *slot != "day");
    let Some((session, slot)) = before.max_by(|one, other| one.1.cmp(&other.1)) else {
        return Ok(Earlier::default());
    };
    let away: Vec<Mark> = records::table
        .filter(records::organization_id.eq(db.organization()))
        .filter(records::attendance_session_id.eq(session))
        .filter(records::deleted_at.is_null())
        .filter(records::status.eq_any([AttendanceStatus::Absent, AttendanceStatus::Excused]))
        .filter(records::is_here.eq(false))
        .select((records::student_id, records::office_code_id, records::teacher_code_id))
        .load(db.conn())?;
    Ok(Earlier {
        slot,
        away: away.into_iter().map(|(id, office, teacher)| (id, office.or(teacher))).collect(),
    })
}
