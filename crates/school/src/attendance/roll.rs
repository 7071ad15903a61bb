//! The roll: everyone enrolled in the class that day, each with the mark they have.

use std::cmp::{Ordering, Reverse};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use diesel::prelude::*;
use schema::{attendance_records, class_enrollments, planned_absences, students};
use uuid::Uuid;

use super::{joins, register::Head, told_since};
use crate::{alphabet, db::Db, error::Result, permit::Permission, words::AttendanceStatus};

/// The most students that a register shows; a larger class is an error in the roster.
pub const LARGEST: usize = 200;

/// A student on the roll, by the names that are called.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = students)]
pub struct Pupil {
    /// The student's id.
    pub id: Uuid,
    /// First name as recorded.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Called name.
    pub preferred_name: Option<String>,
    /// The same name as written elsewhere.
    pub other_script_name: Option<String>,
    /// BCP 47 tag of the name's language.
    pub name_language: Option<String>,
    /// What whoever has them today must know.
    pub alert: Option<String>,
}

/// A mark as it is kept: the teacher's code and the office's beside it.
#[derive(Clone, Debug, Queryable, Selectable, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[diesel(table_name = attendance_records)]
pub struct Record {
    /// Its id.
    pub id: Uuid,
    /// Whose it is.
    pub student_id: Uuid,
    /// What the teacher marked.
    pub teacher_code_id: Option<Uuid>,
    /// What the office marked; it stands.
    pub office_code_id: Option<Uuid>,
    /// The teacher says the child is here, against the office.
    pub is_here: bool,
    /// The standing mark in five words.
    pub status: AttendanceStatus,
    /// Minutes after lateness began in the slot.
    pub minutes_late: Option<i16>,
    /// When the child came.
    pub arrived_at: Option<NaiveTime>,
    /// When the child left.
    pub left_at: Option<NaiveTime>,
    /// The teacher's remark.
    pub remarks: Option<String>,
    /// What the office was told.
    pub office_note: Option<String>,
    /// When the office marked.
    pub office_set_at: Option<DateTime<Utc>>,
    /// Raised by each change.
    pub version: i32,
}

/// An absence known beforehand.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = planned_absences)]
pub struct Planned {
    /// The code that it becomes.
    pub attendance_code_id: Uuid,
    /// From when, if for part of the day.
    pub starts_at: Option<NaiveTime>,
    /// Until when.
    pub ends_at: Option<NaiveTime>,
    /// Why.
    pub reason: String,
    created_at: DateTime<Utc>,
}

/// One line of the register.
#[derive(Clone, Debug)]
pub struct Row {
    /// Who.
    pub pupil: Pupil,
    /// Since when on this roll.
    pub since: NaiveDate,
    /// The mark, once there is one.
    pub record: Option<Record>,
    /// What was said beforehand.
    pub planned: Option<Planned>,
    /// A mark that was taken back; the next one goes on from it.
    pub(super) removed: Option<Record>,
}

type Found = (Pupil, NaiveDate, Option<Record>, Option<DateTime<Utc>>, Option<Planned>);

impl Pupil {
    /// By family name, then first name.
    fn in_order(&self, other: &Self) -> Ordering {
        alphabet::compare(&self.last_name, &other.last_name)
            .then_with(|| alphabet::compare(&self.first_name, &other.first_name))
            .then_with(|| self.id.cmp(&other.id))
    }
}

impl Record {
    /// Whether another says the same of the child, whoever sent it and whenever.
    pub(crate) fn says_the_same_as(&self, other: &Self) -> bool {
        let bare =
            |record: &Self| Self { version: 0, status: self.status, office_set_at: None, ..record.clone() };
        bare(self) == bare(other)
    }

    /// Whether they had left by an hour.
    pub(super) fn has_left_by(&self, hour: NaiveTime) -> bool {
        self.status == AttendanceStatus::LeftEarly && self.left_at.is_some_and(|left| left <= hour)
    }
}

impl Planned {
    /// Whether it is for whole days.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.starts_at.is_none() && self.ends_at.is_none()
    }

    /// Whether it is about this hour.
    pub(super) fn holds(&self, hour: NaiveTime) -> bool {
        told_since::holds((self.starts_at, self.ends_at), hour)
    }
}

impl Row {
    fn read((pupil, since, record, removed_at, planned): Found) -> Self {
        let (record, removed) = if removed_at.is_some() { (None, record) } else { (record, None) };
        Self { pupil, since, record, planned, removed }
    }

    /// By name; of what was said of one child's day, whole days come first, then what is about the hour of this roll, then
    /// what was said last.
    fn in_order(&self, other: &Self, hour: NaiveTime) -> Ordering {
        let said = |row: &Self| {
            let plan = row.planned.as_ref()?;
            Some((!plan.is_whole(), !plan.holds(hour), Reverse(plan.created_at)))
        };
        self.pupil.in_order(&other.pupil).then_with(|| said(self).cmp(&said(other)))
    }

    /// Whether a register that is in says nothing of them yet.
    #[must_use]
    pub fn is_unmarked(&self, head: &Head) -> bool {
        self.record.is_none() && head.is_in()
    }

    /// The office's code: its mark, or an absence of the whole day that it knew beforehand.
    #[must_use]
    pub fn office_code(&self) -> Option<Uuid> {
        let marked = self.record.as_ref().and_then(|record| record.office_code_id);
        marked.or_else(|| {
            let whole_day = self.planned.as_ref().filter(|planned| planned.is_whole());
            whole_day.filter(|_| self.record.is_none()).map(|planned| planned.attendance_code_id)
        })
    }

    /// The code that stands: the office's, else the teacher's.
    #[must_use]
    pub fn standing_code(&self) -> Option<Uuid> {
        self.office_code().or_else(|| self.record.as_ref().and_then(|record| record.teacher_code_id))
    }

    /// The version that a form must carry; 0 where there never was a mark.
    #[must_use]
    pub fn version(&self) -> i32 {
        self.record.as_ref().or(self.removed.as_ref()).map_or(0, |record| record.version)
    }
}

/// Everyone on the roll of a register's day, by family name.
pub(crate) fn on<P: Permission>(head: &Head, db: &mut Db<'_, P>) -> Result<Vec<Row>> {
    let day = head.key.day;
    let session = head.session.as_ref().map(|session| session.id);
    let marked = attendance_records::organization_id
        .eq(students::organization_id)
        .and(attendance_records::student_id.eq(students::id))
        .and(attendance_records::attendance_session_id.nullable().eq(session));
    let known = planned_absences::organization_id
        .eq(students::organization_id)
        .and(planned_absences::student_id.eq(students::id))
        .and(planned_absences::starts_on.le(day))
        .and(planned_absences::ends_on.ge(day))
        .and(planned_absences::deleted_at.is_null());
    let found: Vec<Found> = class_enrollments::table
        .inner_join(students::table.on(joins::enrolled_student()))
        .left_join(attendance_records::table.on(marked))
        .left_join(planned_absences::table.on(known))
        .filter(class_enrollments::organization_id.eq(db.organization()))
        .filter(class_enrollments::class_id.eq(head.key.class))
        .filter(joins::on_roll(day))
        .filter(students::deleted_at.is_null())
        .select((
            Pupil::as_select(),
            class_enrollments::enrolled_on,
            Option::<Record>::as_select(),
            attendance_records::deleted_at.nullable(),
            Option::<Planned>::as_select(),
        ))
        .load(db.conn())?;
    let mut rows: Vec<Row> = found.into_iter().map(Row::read).collect();
    let hour = head.begins();
    rows.sort_by(|one, other| one.in_order(other, hour));
    rows.dedup_by_key(|row| row.pupil.id);
    // No limit in the statement: PostgreSQL would plan it as if only few rows were wanted, and read the whole school.
    rows.truncate(LARGEST);
    Ok(rows)
}
