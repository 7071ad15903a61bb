//! A movement at the front desk is taken back, and the marks that it replaced stand again.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use schema::{attendance_movements as movements, attendance_records as records, students};
use serde_json::Value;
use uuid::Uuid;

use super::{
    following::Replaced,
    mark::By,
    movement::Movement,
    record::keep,
    register::{Head, Key},
    roll::{self, Record},
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
    let session = head.session.as_ref().map(|session| session.id).ok_or_else(changed_since)?;
    let row = roll::on(&head, db)?.into_iter().find(|row| row.pupil.id == student);
    let stands = row.and_then(|row| row.record).filter(|now| now.says_the_same_as(&replaced.after));
    let stands = stands.ok_or_else(changed_since)?;
    let kept = match &replaced.before {
        Some(before) if before.says_the_same_as(&stands) => 1,
        Some(before) => {
            let again = Record { version: stands.version + 1, ..before.clone() };
            keep(session, key.day, &[again], db)?.len()
        }
        None => unmark((session, stands.version), student, db)?,
    };
    if kept == 0 {
        return Err(changed_since());
    }
    if replaced.before.is_none() && head.is_in() {
        worth::count(&[student], key.day, db)?;
    }
    Ok(())
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
