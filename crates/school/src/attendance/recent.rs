//! The last days' marks, in small beside each name.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use schema::{attendance_codes, attendance_records, attendance_sessions};
use uuid::Uuid;

use super::register::Head;
use crate::{
    db::Db, error::Result, people::attended_days::stands, permit::Permission, words::AttendanceStatus,
};

/// How many days are shown.
const DAYS: i64 = 5;

/// The last submitted registers of a class and who was not simply present.
#[derive(Clone, Debug, Default)]
pub struct Recent {
    /// Oldest first.
    pub days: Vec<NaiveDate>,
    exceptions: BTreeMap<(Uuid, NaiveDate), (AttendanceStatus, Option<String>)>,
}

/// A day, and of an exception whose it is, what it comes to and the letter of its code.
type Found = (NaiveDate, Option<Uuid>, Option<AttendanceStatus>, Option<String>);

impl Recent {
    /// What a student was on each of the days, with the letter of the mark's code; nothing before they were on the
    /// roll.
    pub fn of(
        &self,
        student: Uuid,
        since: NaiveDate,
    ) -> impl Iterator<Item = (NaiveDate, Option<(AttendanceStatus, Option<&str>)>)> {
        self.days.iter().map(move |day| {
            let mark = self.exceptions.get(&(student, *day));
            let said = mark.map(|(status, letter)| (*status, letter.as_deref()));
            (*day, (*day >= since).then_some(said.unwrap_or((AttendanceStatus::Present, None))))
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
    let found: Vec<Found> = attendance_sessions::table
        .left_join(attendance_records::table.on(exception))
        .left_join(attendance_codes::table.on(stands()))
        .filter(attendance_sessions::organization_id.eq(db.organization()))
        .filter(attendance_sessions::id.eq_any(days))
        .select((
            attendance_sessions::session_date,
            attendance_records::student_id.nullable(),
            attendance_records::status.nullable(),
            attendance_codes::key.nullable(),
        ))
        .order(attendance_sessions::session_date)
        .load(db.conn())?;
    Ok(Recent::read(found))
}

impl Recent {
    fn read(found: Vec<Found>) -> Self {
        let mut recent = Self::default();
        for (day, student, status, letter) in found {
            if recent.days.last() != Some(&day) {
                recent.days.push(day);
            }
            if let (Some(student), Some(status)) = (student, status) {
                recent.exceptions.insert((student, day), (status, letter));
            }
        }
        recent
    }
}
