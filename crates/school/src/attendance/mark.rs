//! One mark: what somebody sets on a row, and what becomes of it.

use std::sync::Arc;

use chrono::NaiveTime;
use diesel::prelude::*;
use schema::{attendance_records as records, attendance_sessions as sessions};
use uuid::Uuid;

use super::{
    code::Code,
    draft::{Rules, decide},
    record::keep,
    register::{Head, Key},
    roll::{self, Record, Row},
    submission::begin,
    tally::Tally,
};
use crate::{
    db::Db,
    error::{Error, Result},
    permit::{CreateAttendanceSessions, Grants, Permission, UpdateAttendanceRecords},
};

/// How often a mark is tried again when somebody else marks the same child at the same moment.
const TRIES: usize = 3;

/// What somebody set on one row, as typed and checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewMark {
    /// Who.
    pub student: Uuid,
    /// The code's short name.
    pub code: String,
    /// The child is here, against the office's mark.
    pub here: bool,
    /// Minutes late; none: as they were, or as the clock says.
    pub minutes: Option<i16>,
    /// When the child came; none: as it was, or as the clock says.
    pub arrived: Option<NaiveTime>,
    /// When the child left.
    pub left: Option<NaiveTime>,
    /// A remark, or the office's note; none: as it was, empty: taken away.
    pub remark: Option<String>,
    /// The version of the row that was changed; 0 where there was none.
    pub version: i32,
}

impl NewMark {
    /// Whether nothing was set on the row.
    pub(super) fn says_nothing(&self) -> bool {
        let is_blank =
            self.code.is_empty() && !self.here && self.remark.as_ref().is_none_or(String::is_empty);
        is_blank && self.minutes.is_none() && self.arrived.is_none() && self.left.is_none()
    }
}

/// Whose word it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Whoever stands in front.
    Teacher,
    /// The office; its mark stands.
    Office,
}

/// A row after a change, with what stands around it.
#[derive(Clone, Debug)]
pub struct Line {
    /// The register.
    pub head: Head,
    /// The row as it stands now.
    pub row: Row,
    /// The whole register's sums.
    pub tally: Tally,
    /// Somebody else had changed the row first: nothing was kept.
    pub is_stale: bool,
    /// The mark that stood before.
    pub(super) replaced: Option<Record>,
}

/// A teacher marks. The office's mark stands; against it a teacher can only say that the child is here. The same mark
/// sent twice is kept once.
///
/// # Errors
/// [`Error::NotFound`] out of reach, [`Error::Conflict`] on a day without school or after the teacher's window,
/// [`Error::Invalid`] for a code that is not theirs.
pub fn by_teacher(
    key: &Key,
    new: &NewMark,
    db: &mut Db<'_, impl Grants<CreateAttendanceSessions>>,
) -> Result<Line> {
    save(key, new, By::Teacher, db)
}

/// The office marks, and its mark stands.
///
/// # Errors
/// As [`by_teacher`], but for the window.
pub fn by_office(
    key: &Key,
    new: &NewMark,
    db: &mut Db<'_, impl Grants<UpdateAttendanceRecords>>,
) -> Result<Line> {
    save(key, new, By::Office, db)
}

fn save<P: Permission>(key: &Key, new: &NewMark, by: By, db: &mut Db<'_, P>) -> Result<Line> {
    let mut head = Head::of(key, db)?;
    head.may_change(by)?;
    let codes = Arc::clone(&head.codes);
    let mut rows = roll::on(&head, db)?;
    let place = rows.iter().position(|row| row.pupil.id == new.student).ok_or(Error::NotFound)?;
    let row = rows.get_mut(place).ok_or(Error::NotFound)?;
    let replaced = row.record.clone();
    let draft = decide(row, new, by, &Rules { head: &head, codes: &codes, now: db.now() })?;
    let mut is_stale = false;
    let overruled = by == By::Teacher && is_overruled(row, new, &codes);
    if overruled || !row.record.as_ref().is_some_and(|kept| kept.says_the_same_as(&draft)) {
        is_stale = row.version() != new.version;
        if !is_stale {
            let session = begin(&mut head, db)?;
            if keep(session, key.day, std::slice::from_ref(&draft), db)?.is_empty() {
                (is_stale, rows) = (true, roll::on(&head, db)?);
            } else {
                row.record = Some(draft);
            }
        }
    }
    let tally = Tally::of(&rows, &head);
    let row = rows.into_iter().find(|row| row.pupil.id == new.student).ok_or(Error::NotFound)?;
    Ok(Line { head, row, tally, is_stale, replaced })
}

/// Whether a teacher marked without knowing of the office's mark, and otherwise: they are told, and it stands.
fn is_overruled(row: &Row, new: &NewMark, codes: &[Code]) -> bool {
    let office = codes.iter().find(|code| Some(code.id) == row.office_code());
    row.version() != new.version
        && !new.here
        && !new.code.is_empty()
        && office.is_some_and(|office| office.code != new.code)
}

/// Marks as the office, on top of whatever stands by now.
///
/// # Errors
/// As [`by_office`]; [`Error::Conflict`] where somebody else marks the same child again and again.
pub(super) fn on_top(key: &Key, mark: &NewMark, db: &mut Db<'_, UpdateAttendanceRecords>) -> Result<Line> {
    for _ in 0..TRIES {
        let version = version(key, mark.student, db)?;
        let line = by_office(key, &NewMark { version, ..mark.clone() }, db)?;
        if !line.is_stale {
            return Ok(line);
        }
    }
    Err(Error::Conflict("Somebody else marks this child at the same moment. Try again.".into()))
}

/// The version that stands for a student in a register now; 0 without a mark.
pub(crate) fn version<P: Permission>(key: &Key, student: Uuid, db: &mut Db<'_, P>) -> Result<i32> {
    let of_register = sessions::organization_id
        .eq(records::organization_id)
        .and(sessions::id.eq(records::attendance_session_id));
    let version: Option<i32> = records::table
        .inner_join(sessions::table.on(of_register))
        .filter(records::organization_id.eq(db.organization()))
        .filter(records::student_id.eq(student))
        .filter(sessions::class_id.eq(key.class))
        .filter(sessions::session_date.eq(key.day))
        .filter(sessions::slot.eq(&key.slot))
        .filter(sessions::deleted_at.is_null())
        .select(records::version)
        .first(db.conn())
        .optional()?;
    Ok(version.unwrap_or_default())
}
