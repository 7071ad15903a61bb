//! Every mark of a day that is not simply present, found by an index of its own: a few among a thousand.

use chrono::{NaiveDate, NaiveTime};
use diesel::{
    dsl::{exists, sql},
    prelude::*,
    sql_types::{Bool, Nullable, Text},
};
use schema::{attendance_records as records, attendance_sessions as sessions, classes, students};
use uuid::Uuid;

use super::{
    joins,
    roll::{Pupil, Record},
};
use crate::{
    db::Db,
    error::Result,
    permit::Permission,
    words::{AttendanceStatus, MovementKind},
};

/// The most exceptions of one day; a larger organization looks campus by campus.
pub(super) const MOST: usize = 2000;

/// A mark that is not simply present.
#[derive(Clone, Debug, Queryable)]
pub(crate) struct Exception {
    /// Who.
    pub(super) pupil: Pupil,
    /// The class's id, its name, and the slot.
    pub(super) class: (Uuid, String, String),
    /// The register's taking.
    session: Uuid,
    /// The mark.
    pub(super) record: Record,
    /// The slot of that day in which the child was there before this one.
    pub(super) seen_in: Option<String>,
    /// Which way the child last passed the front desk that day.
    pub(super) passed: Option<MovementKind>,
}

impl Exception {
    /// Whether the child is not there.
    pub(super) fn is_away(&self) -> bool {
        matches!(self.record.status, AttendanceStatus::Absent | AttendanceStatus::Excused)
    }

    /// The teacher misses a child who was there earlier that day and has not left, and the office knows nothing of it.
    pub(super) fn is_missing(&self) -> bool {
        match self.passed {
            Some(way) => way != MovementKind::Departure,
            None => self.seen_in.is_some(),
        }
    }
}

/// A register's exceptions, counted.
#[derive(Clone, Copy, Default)]
pub(super) struct Sums {
    pub(super) late: usize,
    pub(super) absent: usize,
    pub(super) left: usize,
    pub(super) conflicts: usize,
}

impl Sums {
    /// Those of one taking, of a slot that begins at this hour.
    pub(super) fn of(session: Uuid, begins: NaiveTime, exceptions: &[Exception]) -> Self {
        let mut sums = Self::default();
        for exception in exceptions.iter().filter(|exception| exception.session == session) {
            if exception.is_away() {
                sums.absent += 1;
                sums.conflicts += usize::from(exception.record.is_here);
            } else if exception.record.status == AttendanceStatus::Late {
                sums.late += 1;
            } else if exception.record.has_left_by(begins) {
                sums.left += 1;
            }
        }
        sums
    }
}

/// The exceptions of some takings of a day, by class and family name.
pub(super) fn of<P: Permission>(day: NaiveDate, of: &[Uuid], db: &mut Db<'_, P>) -> Result<Vec<Exception>> {
    let taken = sessions::organization_id
        .eq(records::organization_id)
        .and(sessions::id.eq(records::attendance_session_id));
    let marked =
        students::organization_id.eq(records::organization_id).and(students::id.eq(records::student_id));
    let called =
        classes::organization_id.eq(sessions::organization_id).and(classes::id.eq(sessions::class_id));
    Ok(records::table
        .inner_join(sessions::table.on(taken))
        .inner_join(students::table.on(marked))
        .inner_join(classes::table.on(called))
        .filter(records::organization_id.eq(db.organization()))
        .filter(records::session_date.eq(day))
        // Written out, so that PostgreSQL sees that the index `attendance_records_exceptions` answers it.
        .filter(sql::<Bool>("attendance_records.status <> 'present'"))
        .filter(records::deleted_at.is_null())
        .filter(sessions::id.eq_any(of))
        // Whoever went over to another class is told of there.
        .filter(exists(joins::stay_of_mark()))
        .select((
            Pupil::as_select(),
            (classes::id, classes::name, sessions::slot),
            sessions::id,
            Record::as_select(),
            sql::<Nullable<Text>>(include_str!("../sql/seen_in.sql")),
            sql::<Nullable<schema::sql_types::MovementKind>>(include_str!("../sql/passed.sql")),
        ))
        .order((classes::name, students::last_name, students::first_name, students::id))
        .limit(i64::try_from(MOST).unwrap_or(i64::MAX))
        .load(db.conn())?)
}
