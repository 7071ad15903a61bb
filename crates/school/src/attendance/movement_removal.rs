//! A movement at the front desk is taken back, and the marks that it replaced stand again.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use schema::{attendance_movements as movements, attendance_records as records, students};
use serde_json::Value;
use uuid::Uuid;

use super::{
    code::PRESENT,
    draft::{Rules, decide},
    following::Replaced,
    mark::{By, NewMark},
    movement::Movement,
    record::keep,
    register::{Head, Key},
    roll::{self, Record, Row},
    worth,
};
use crate::{
    db::Db,
    error::{Error, Result},
    people::student::visible,
    permit::UpdateAttendanceRecords,
};

/// Whose it is, in which class, on which day, when it was stamped and what it replaced.
type Stamped = (Uuid, Uuid, NaiveDate, DateTime<Utc>, Option<Value>);

impl Movement {
    /// Takes it back: mark and day are as they were before. All of it or nothing.
    ///
    /// # Errors
    /// [`Error::NotFound`] out of reach, [`Error::Conflict`] where the child passed the desk again after it or somebody has
    /// changed the mark since, and on a day that is closed by now.
    pub fn take_back(id: Uuid, db: &mut Db<'_, UpdateAttendanceRecords>) -> Result<()> {
        let (student, class, day, stamped, replaced): Stamped = movements::table
            .find((db.organization(), id))
            .filter(movements::student_id.eq_any(visible(db).select(students::id)))
            .filter(movements::deleted_at.is_null())
            .select((
                movements::student_id,
                movements::class_id,
                movements::day,
                movements::created_at,
                movements::replaced,
            ))
            .for_update()
            .first(db.conn())?;
        let replaced: Vec<Replaced> =
            serde_json::from_value(replaced.ok_or_else(changed_since)?).map_err(Error::internal)?;
        if later(student, (day, stamped), db)? > 0 {
            let message = "The child passed the desk again after that. Undo the last time first.";
            return Err(Error::Conflict(message.into()));
        }
        for one in &replaced {
            restore(&Key { class, day, slot: one.slot.clone() }, student, one, db)?;
        }
        diesel::update(movements::table.find((db.organization(), id)))
            .set(movements::deleted_at.eq(db.now()))
            .execute(db.conn())?;
        Ok(())
    }
}

/// How often the child passed the desk that day after a movement.
fn later(
    student: Uuid,
    (day, stamped): (NaiveDate, DateTime<Utc>),
    db: &mut Db<'_, UpdateAttendanceRecords>,
) -> Result<i64> {
    Ok(movements::table
        .filter(movements::organization_id.eq(db.organization()))
        .filter(movements::student_id.eq(student))
        .filter(movements::day.eq(day))
        .filter(movements::created_at.gt(stamped))
        .filter(movements::deleted_at.is_null())
        .count()
        .get_result(db.conn())?)
}

fn restore(
    key: &Key,
    student: Uuid,
    replaced: &Replaced,
    db: &mut Db<'_, UpdateAttendanceRecords>,
) -> Result<()> {
    let head = Head::of(key, db)?;
    head.may_change(By::Office)?;
    let row = roll::on(&head, db)?.into_iter().find(|row| row.pupil.id == student);
    let row = row.ok_or_else(changed_since)?;
    let stands = match &replaced.after {
        Some(after) => row.record.as_ref().filter(|now| now.says_the_same_as(after)),
        None => row.removed.as_ref(),
    };
    let stands = stands.ok_or_else(changed_since)?;
    let was_it = |before: &Record| replaced.after.is_some() && before.says_the_same_as(stands);
    if !replaced.before.as_ref().is_some_and(was_it) {
        put_back((&head, &row), stands, replaced, db)?;
    }
    Ok(())
}

/// Puts what was there before in the place of a mark. Where nothing was, the mark is taken away; in a register that has gone
/// in since, the child has the mark that it would have gone in with. Answers what stands now.
///
/// # Errors
/// [`Error::Conflict`] where somebody else marks the child at the same moment.
pub(super) fn put_back(
    (head, row): (&Head, &Row),
    stands: &Record,
    replaced: &Replaced,
    db: &mut Db<'_, UpdateAttendanceRecords>,
) -> Result<Option<Record>> {
    let session = head.session.as_ref().map(|session| session.id).ok_or_else(changed_since)?;
    let again = match &replaced.before {
        Some(before) => Some(Record { version: stands.version.saturating_add(1), ..before.clone() }),
        None if head.is_in() && head.went_in() != replaced.was_in => Some(unsaid(head, row, stands, db)?),
        None => None,
    };
    let changed = match &again {
        Some(again) => keep(session, head.key.day, std::slice::from_ref(again), db)?.len(),
        None => unmark((session, stands.version), stands.student_id, db)?,
    };
    if changed == 0 {
        return Err(Error::Conflict("Somebody else marks this child at the same moment. Try again.".into()));
    }
    if again.is_none() && head.is_in() {
        worth::count(&[stands.student_id], head.key.day, db)?;
    }
    Ok(again)
}

/// The mark of a child of whom nobody has said anything when a register goes in.
fn unsaid(head: &Head, row: &Row, stands: &Record, db: &Db<'_, UpdateAttendanceRecords>) -> Result<Record> {
    let row = Row { record: None, removed: Some(stands.clone()), ..row.clone() };
    let present = NewMark { student: stands.student_id, code: PRESENT.into(), ..NewMark::default() };
    decide(&row, &present, By::Teacher, &Rules { head, codes: &head.codes, now: db.now() })
}

/// Takes a mark away, if it is still at this version. Answers how many.
fn unmark(
    (session, version): (Uuid, i32),
    student: Uuid,
    db: &mut Db<'_, UpdateAttendanceRecords>,
) -> Result<usize> {
    Ok(diesel::update(records::table)
        .filter(records::organization_id.eq(db.organization()))
        .filter(records::attendance_session_id.eq(session))
        .filter(records::student_id.eq(student))
        .filter(records::version.eq(version))
        .filter(records::deleted_at.is_null())
        .set((records::deleted_at.eq(db.now()), records::version.eq(version + 1)))
        .execute(db.conn())?)
}

fn changed_since() -> Error {
    Error::Conflict("The mark has been changed since. Change it in the register.".into())
}
