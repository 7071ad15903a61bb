//! Whether a child is in school by now, as far as marks and the front desk know.

use diesel::prelude::*;
use schema::{
    attendance_movements as movements, attendance_records as records, attendance_sessions as sessions,
};
use uuid::Uuid;

use super::{policy::SlotName, seat::Seat};
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
    if let Some(kind) = passed(student, &seat, db)? {
        return Ok(kind != MovementKind::Departure);
    }
    let marked = marked(student, (&seat, begun), db)?;
    Ok(marked.first() == Some(&AttendanceStatus::Present))
}

/// Whether a child has gone today and may come back: out by the front desk and not in since, or by the register called last
/// gone early, or missed there after an earlier one had them. Whoever asks at the same moment is answered after the other.
pub(super) fn has_left(student: Uuid, seat: &Seat, db: &mut Db<'_, UpdateAttendanceRecords>) -> Result<bool> {
    let _: Vec<Uuid> = movements::table
        .filter(movements::organization_id.eq(db.organization()))
        .filter(movements::student_id.eq(student))
        .filter(movements::day.eq(seat.now.0))
        .filter(movements::deleted_at.is_null())
        .select(movements::id)
        .for_no_key_update()
        .load(db.conn())?;
    if passed(student, seat, db)? == Some(MovementKind::Departure) {
        return Ok(true);
    }
    let marked = marked(student, (seat, seat.begun()?), db)?;
    let is_away =
        |status: &AttendanceStatus| matches!(status, AttendanceStatus::Absent | AttendanceStatus::Excused);
    Ok(match marked.split_first() {
        Some((AttendanceStatus::LeftEarly, _)) => true,
        Some((last, before)) => is_away(last) && !before.iter().all(is_away),
        None => false,
    })
}

/// Which way a child last passed the front desk today.
fn passed(
    student: Uuid,
    seat: &Seat,
    db: &mut Db<'_, UpdateAttendanceRecords>,
) -> Result<Option<MovementKind>> {
    Ok(movements::table
        .filter(movements::organization_id.eq(db.organization()))
        .filter(movements::student_id.eq(student))
        .filter(movements::day.eq(seat.now.0))
        .filter(movements::deleted_at.is_null())
        .order((movements::created_at.desc(), movements::id.desc()))
        .select(movements::kind)
        .first(db.conn())
        .optional()?)
}

/// A child's marks in slots of today, the last slot first.
fn marked(
    student: Uuid,
    (seat, slots): (&Seat, Vec<SlotName>),
    db: &mut Db<'_, UpdateAttendanceRecords>,
) -> Result<Vec<AttendanceStatus>> {
    let register = sessions::organization_id
        .eq(records::organization_id)
        .and(sessions::id.eq(records::attendance_session_id));
    Ok(records::table
        .inner_join(sessions::table.on(register))
        .filter(records::organization_id.eq(db.organization()))
        .filter(records::student_id.eq(student))
        .filter(records::session_date.eq(seat.now.0))
        .filter(records::deleted_at.is_null())
        .filter(sessions::class_id.eq(seat.class))
        .filter(sessions::slot.eq_any(slots))
        .filter(sessions::deleted_at.is_null())
        .order(sessions::slot.desc())
        .select(records::status)
        .load(db.conn())?)
}
