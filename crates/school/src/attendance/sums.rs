//! What a day's registers add up to, and by which policy they are called.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};
use diesel::{dsl::count_star, prelude::*};
use schema::{attendance_records, campus_attendance_config as config, class_enrollments};
use uuid::Uuid;

use super::policy::Policy;
use crate::{
    db::Db,
    error::Result,
    permit::Permission,
    words::{AttendanceBasis, AttendanceStatus},
};

/// A register's exceptions, counted.
#[derive(Clone, Copy, Default)]
pub(super) struct Sums {
    pub(super) late: usize,
    pub(super) absent: usize,
    pub(super) conflicts: usize,
}

/// Each campus's newest policy that applies on a day.
pub(super) fn policies<P: Permission>(day: NaiveDate, db: &mut Db<'_, P>) -> Result<BTreeMap<Uuid, Policy>> {
    let found: Vec<(Uuid, AttendanceBasis, NaiveTime, NaiveTime, i16)> = config::table
        .filter(config::organization_id.eq(db.organization()))
        .filter(config::applies_from.le(day))
        .filter(config::deleted_at.is_null())
        .select((
            config::campus_id,
            config::basis,
            config::due_time,
            config::late_after,
            config::teacher_edit_days,
        ))
        .distinct_on(config::campus_id)
        .order((config::campus_id, config::applies_from.desc()))
        .load(db.conn())?;
    Ok(found
        .into_iter()
        .map(|(campus, basis, due_time, late_after, teacher_edit_days)| {
            (campus, Policy { basis, due_time, late_after, teacher_edit_days })
        })
        .collect())
}

/// How many are on each class's roll that day.
pub(super) fn enrolled<P: Permission>(
    day: NaiveDate,
    of: &[Uuid],
    db: &mut Db<'_, P>,
) -> Result<BTreeMap<Uuid, usize>> {
    let found: Vec<(Uuid, i64)> = class_enrollments::table
        .filter(class_enrollments::organization_id.eq(db.organization()))
        .filter(class_enrollments::class_id.eq_any(of))
        .filter(class_enrollments::deleted_at.is_null())
        .filter(class_enrollments::enrolled_on.le(day))
        .filter(class_enrollments::ended_on.is_null().or(class_enrollments::ended_on.ge(day)))
        .group_by(class_enrollments::class_id)
        .select((class_enrollments::class_id, count_star()))
        .load(db.conn())?;
    Ok(found.into_iter().map(|(class, count)| (class, usize::try_from(count).unwrap_or_default())).collect())
}

/// The exceptions of each session.
pub(super) fn of<P: Permission>(of: &[Uuid], db: &mut Db<'_, P>) -> Result<BTreeMap<Uuid, Sums>> {
    let found: Vec<(Uuid, AttendanceStatus, bool, i64)> = attendance_records::table
        .filter(attendance_records::organization_id.eq(db.organization()))
        .filter(attendance_records::attendance_session_id.eq_any(of))
        .group_by((
            attendance_records::attendance_session_id,
            attendance_records::status,
            attendance_records::is_here,
        ))
        .select((
            attendance_records::attendance_session_id,
            attendance_records::status,
            attendance_records::is_here,
            count_star(),
        ))
        .load(db.conn())?;
    let mut sums: BTreeMap<Uuid, Sums> = BTreeMap::new();
    for (session, status, is_here, count) in found {
        let count = usize::try_from(count).unwrap_or_default();
        let sum = sums.entry(session).or_default();
        match status {
            AttendanceStatus::Late => sum.late += count,
            AttendanceStatus::Absent | AttendanceStatus::Excused => {
                sum.absent += count;
                sum.conflicts += if is_here { count } else { 0 };
            }
            AttendanceStatus::Present | AttendanceStatus::LeftEarly => {}
        }
    }
    Ok(sums)
}
