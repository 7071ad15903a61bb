//! What the office was told after a register had been taken: a call or note meets the marks that stand by now.

use chrono::{Days, NaiveDate, NaiveTime};
use diesel::prelude::*;
use schema::{attendance_records as records, attendance_sessions as sessions};
use uuid::Uuid;

use super::{
    code::{self, Code},
    mark::{self, By, NewMark},
    planned::NewPlan,
    record::keep,
    register::{Head, Key},
    roll::{self, Record},
};
use crate::{
    db::Db,
    error::{Error, Result},
    permit::UpdateAttendanceRecords,
    words::AttendanceStatus,
};

/// The most marks that one note meets, the latest first.
const MOST: i64 = 5000;

/// A mark: whose, in which register, the office's code and the teacher's, and whether the teacher says that they are here.
type Mark = (Uuid, (Uuid, NaiveDate, String), Option<Uuid>, Option<Uuid>, bool);

/// Applies a plan to the marks of its days: who is absent without word has the office's mark by it, in the registers of
/// its hours; who is marked as here on a whole day away, today, is in conflict with it, as if the office had known before.
/// What the office marked otherwise stands.
pub(super) fn apply(
    plan: &NewPlan,
    students: &[Uuid],
    db: &mut Db<'_, UpdateAttendanceRecords>,
) -> Result<()> {
    let codes = code::all(db)?;
    let Some(code) = codes.iter().find(|code| code.id == plan.code && code.is_a_reason()) else {
        return Ok(());
    };
    for (student, (class, day, slot), office, teacher, is_here) in marks(plan, students, db)? {
        let standing = codes.iter().find(|code| Some(code.id) == office.or(teacher));
        let Some(standing) = standing.filter(|_| !is_here) else { continue };
        let key = Key { class, day, slot };
        let head = match Head::of(&key, db) {
            Err(Error::NotFound) => continue,
            found => found?,
        };
        if head.may_change(By::Office).is_err() {
            continue;
        }
        if standing.is_without_word() && holds((plan.starts_at, plan.ends_at), head.begins()) {
            excuse((&key, student), code, &plan.reason, db)?;
        } else if is_whole(plan) && office.is_none() && is_denied(standing, code) && day == head.now.0 {
            contradict((&head, student), code, &plan.reason, db)?;
        }
    }
    Ok(())
}

fn is_whole(plan: &NewPlan) -> bool {
    plan.starts_at.is_none() && plan.ends_at.is_none()
}

/// Whether something said from one hour until another is about this one.
pub(super) fn holds((first, end): (Option<NaiveTime>, Option<NaiveTime>), hour: NaiveTime) -> bool {
    first.is_none_or(|first| first <= hour) && end.is_none_or(|end| hour < end)
}

/// Whether one code says here and the other says away.
fn is_denied(marked: &Code, told: &Code) -> bool {
    marked.is_here() && !told.is_here()
}

fn marks(plan: &NewPlan, students: &[Uuid], db: &mut Db<'_, UpdateAttendanceRecords>) -> Result<Vec<Mark>> {
    let register = sessions::organization_id
        .eq(records::organization_id)
        .and(sessions::id.eq(records::attendance_session_id));
    // A campus may be in another day than the organization.
    let lately = db.today() - Days::new(1);
    Ok(records::table
        .inner_join(sessions::table.on(register))
        .filter(records::organization_id.eq(db.organization()))
        .filter(records::student_id.eq_any(students))
        .filter(records::session_date.between(plan.starts_on, plan.ends_on))
        .filter(records::status.eq(AttendanceStatus::Absent).or(records::session_date.ge(lately)))
        .filter(records::deleted_at.is_null())
        .filter(sessions::deleted_at.is_null())
        .select((
            records::student_id,
            (sessions::class_id, sessions::session_date, sessions::slot),
            records::office_code_id,
            records::teacher_code_id,
            records::is_here,
        ))
        .order((records::session_date.desc(), records::student_id, records::id))
        .limit(MOST)
        .load(db.conn())?)
}

/// The office's mark in place of an absence without word, as from the board. Nothing for a child who is on the roll no more.
fn excuse(
    (key, student): (&Key, Uuid),
    code: &Code,
    reason: &str,
    db: &mut Db<'_, UpdateAttendanceRecords>,
) -> Result<()> {
    let (code, remark) = (code.code.clone(), Some(reason.to_owned()));
    match mark::on_top(key, &NewMark { student, code, remark, ..NewMark::default() }, db) {
        Ok(_) | Err(Error::NotFound) => Ok(()),
        Err(other) => Err(other),
    }
}

/// The office's mark beside the teacher's, who says that the child is here: somebody must look now.
fn contradict(
    (head, student): (&Head, Uuid),
    code: &Code,
    reason: &str,
    db: &mut Db<'_, UpdateAttendanceRecords>,
) -> Result<()> {
    let row = roll::on(head, db)?.into_iter().find(|row| row.pupil.id == student);
    let Some((record, session)) = row.and_then(|row| row.record).zip(head.session.as_ref()) else {
        return Ok(());
    };
    let told = Record {
        office_code_id: Some(code.id),
        office_note: Some(reason.to_owned()),
        office_set_at: Some(db.now()),
        is_here: true,
        status: code.status(),
        version: record.version + 1,
        ..record
    };
    if keep(session.id, head.key.day, &[told], db)?.is_empty() {
        return Err(Error::Conflict("Somebody else marks this child at the same moment. Try again.".into()));
    }
    Ok(())
}
