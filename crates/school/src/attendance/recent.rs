//! The last days' marks, in small beside each name.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use schema::{attendance_records, attendance_sessions};
use uuid::Uuid;

use super::register::Head;
use crate::{db::Db, error::Result, permit::Permission, words::AttendanceStatus};

/// How many days are shown.
const DAYS: i64 = 5;

/// The last submitted registers of a class and who was not simply present.
#[derive(Clone, Debug, Default)]
pub struct Recent {
    /// Oldest first.
    pub days: Vec<NaiveDate>,
    exceptions: BTreeMap<(Uuid, NaiveDate), AttendanceStatus>,
}

impl Recent {
    /// What a student was on each of the days; nothing before they were on the roll.
    pub fn of(
        &self,
        student: Uuid,
        since: NaiveDate,
    ) -> impl Iterator<Item = (NaiveDate, Option<AttendanceStatus>)> {
        self.days.iter().map(move |day| {
            let status = self.exceptions.get(&(student, *day)).copied().unwrap_or(AttendanceStatus::Present);
            (*day, (*day >= since).then_some(status))
        })
    }
}

/// The days before a register's, read in one statement: the days, and only the marks that are exceptions.
pub(crate) fn before<P: Permission>(head: &Head, db: &mut Db<'_, P>) -> Result<Recent> {
    let last = diesel::alias!(attendance_sessions as last);
    let (id, organization_id, session_date) = (
        last.field(attendance_sessions::id),
        last.field(attendance_sessions::organization_id),
        last.field(attendance_sessions::session_date),
    );
    let days = last
        .filter(organization_id.eq(db.organization()))
        .filter(last.field(attendance_sessions::class_id).eq(head.key.class))
        .filter(last.field(attendance_sessions::slot).eq(head.key.slot.clone()))
        .filter(session_date.lt(head.key.day))
        .filter(last.field(attendance_sessions::submitted_at).is_not_null())
        .filter(last.field(attendance_sessions::deleted_at).is_null())
        .order(session_date.desc())
        .limit(DAYS)
        .select(id);
    let exception = attendance_records::organization_id
        .eq(attendance_sessions::organization_id)
        .and(attendance_records::attendance_session_id.eq(attendance_sessions::id))
        .and(attendance_records::status.ne(AttendanceStatus::Present))
        .and(attendance_records::deleted_at.is_null());
    let found: Vec<(NaiveDate, Option<Uuid>, Option<AttendanceStatus>)> = attendance_sessions::table
        .left_join(attendance_records::table.on(exception))
        .filter(attendance_sessions::organization_id.eq(db.organization()))
        .filter(attendance_sessions::id.eq_any(days))
        .select((
            attendance_sessions::session_date,
            attendance_records::student_id.nullable(),
            attendance_records::status.nullable(),
        ))
        .order(attendance_sessions::session_date)
        .load(db.conn())?;
    Ok(Recent::read(found))
}

impl Recent {
    fn read(found: Vec<(NaiveDate, Option<Uuid>, Option<AttendanceStatus>)>) -> Self {
        let mut recent = Self::default();
        for (day, student, status) in found {
            if recent.days.last() != Some(&day) {
                recent.days.push(day);
            }
            if let (Some(student), Some(status)) = (student, status) {
                recent.exceptions.insert((student, day), status);
            }
        }
        recent
    }
}
