//! Whether a child is in school by now, as far as marks and the front desk know.

use diesel::prelude::*;
use schema::{
    attendance_movements as movements, attendance_records as records, attendance_sessions as sessions,
};
use uuid::Uuid;

use super::seat::Seat;
use crate::{
    db::Db,
    error::{Error, Result},
    permit::UpdateAttendanceRecords,
    words::{AttendanceStatus, MovementKind},
};

/// Whether a child has come today: marked present and on time in the register called last, or stamped by the front desk
/// and not gone since. Who is stamped as having come once more was probably not meant.
///
/// # Errors
/// [`Error::NotFound`] out of reach.
pub fn is_in_school(student: Uuid, db: &mut Db<'_, UpdateAttendanceRecords>) -> Result<bool> {
    let (begun, seat) = match Seat::of(student, db).and_then(|seat| Ok((seat.begun()?, seat))) {
        Ok(found) => found,
        // Stamping says why that is not possible.
        Err(Error::Conflict(_)) => return Ok(false),
        Err(other) => return Err(other),
    };
    let passed: Option<MovementKind> = movements::table
        .filter(movements::organization_id.eq(db.organization()))
        .filter(movements::student_id.eq(student))
        .filter(movements::day.eq(seat.now.0))
        .filter(movements::deleted_at.is_null())
        .order((movements::created_at.desc(), movements::id.desc()))
        .select(movements::kind)
        .first(db.conn())
        .optional()?;
    if let Some(kind) = passed {
        return Ok(kind != MovementKind::Departure);
    }
    let register = sessions::organization_id
        .eq(records::organization_id)
        .and(sessions::id.eq(records::attendance_session_id));
    let marked: Option<AttendanceStatus> = records::table
        .inner_join(sessions::table.on(register))
        .filter(records::organization_id.eq(db.organization()))
        .filter(records::student_id.eq(student))
        .filter(records::session_date.eq(seat.now.0))
        .filter(records::deleted_at.is_null())
        .filter(sessions::class_id.eq(seat.class))
        .filter(sessions::slot.eq_any(begun))
        .filter(sessions::deleted_at.is_null())
        .order(sessions::slot.desc())
        .select(records::status)
        .first(db.conn())
        .optional()?;
    Ok(marked == Some(AttendanceStatus::Present))
}
