//! A student's last days at school: what each was, and what was out of the ordinary.

use bigdecimal::{BigDecimal, ToPrimitive};
use chrono::{NaiveDate, NaiveTime};
use diesel::prelude::*;
use schema::{attendance_codes, attendance_days, attendance_records, attendance_sessions, classes};
use uuid::Uuid;

use super::student::in_reach;
use crate::{
    db::Db,
    error::Result,
    permit::{Grants, ReadAttendanceRecords},
    words::AttendanceStatus,
};

/// How many days with a submitted register are shown.
const DAYS: usize = 60;
/// The most marks that are read for them: eight lessons a day.
const MARKS: i64 = 480;

/// A mark in a submitted register.
#[derive(Clone, Debug, Queryable)]
pub struct Mark {
    /// The register's day.
    pub day: NaiveDate,
    /// `day`, `am`, `pm` or the lesson's start.
    pub slot: String,
    /// The class's name.
    pub class: String,
    /// The code that stands: the office's, else the teacher's.
    pub code: Option<String>,
    /// The same in the first source's words.
    pub status: AttendanceStatus,
    /// Minutes after the campus's late-after time.
    pub minutes_late: Option<i16>,
    /// When they came.
    pub arrived_at: Option<NaiveTime>,
    /// When they went.
    pub left_at: Option<NaiveTime>,
    /// What the teacher noted.
    pub remarks: Option<String>,
    /// What the office noted.
    pub office_note: Option<String>,
}

/// A day and the loudest of its marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// Which.
    pub day: NaiveDate,
    /// What it was.
    pub status: AttendanceStatus,
}

/// Halves of days: what could be attended, what was, and what was excused of the rest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Worth {
    /// Halves of school days.
    pub possible: i64,
    /// Halves attended.
    pub attended: i64,
    /// Halves excused.
    pub excused: i64,
}

/// The last days of a student.
#[derive(Clone, Debug, Default)]
pub struct Days {
    /// Oldest first.
    pub days: Vec<Day>,
    /// Everything that was not simply present, latest first.
    pub exceptions: Vec<Mark>,
    /// What those days were worth, where a campus counts days.
    pub worth: Option<Worth>,
}

impl Days {
    /// The last days with a submitted register; what is not submitted counts for nothing.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] for a student out of reach.
    pub fn of_student(student: Uuid, db: &mut Db<'_, impl Grants<ReadAttendanceRecords>>) -> Result<Self> {
        in_reach(student, db)?;
        let marks = marks(student, db)?;
        let days = by_day(&marks);
        let worth = match days.first() {
            Some(first) => worth(student, first.day, db)?,
            None => None,
        };
        let first = days.first().map(|day| day.day);
        let exceptions = marks.into_iter().filter(|mark| {
            mark.status != AttendanceStatus::Present && first.is_some_and(|day| mark.day >= day)
        });
        Ok(Self { exceptions: exceptions.collect(), days, worth })
    }

    /// On how many of the days something was the loudest mark.
    #[must_use]
    pub fn count(&self, status: AttendanceStatus) -> usize {
        self.days.iter().filter(|day| day.status == status).count()
    }
}

fn marks(student: Uuid, db: &mut Db<'_, impl Grants<ReadAttendanceRecords>>) -> Result<Vec<Mark>> {
    Ok(attendance_records::table
        .inner_join(
            attendance_sessions::table.on(attendance_sessions::organization_id
                .eq(attendance_records::organization_id)
                .and(attendance_sessions::id.eq(attendance_records::attendance_session_id))),
        )
        .inner_join(
            classes::table.on(classes::organization_id
                .eq(attendance_sessions::organization_id)
                .and(classes::id.eq(attendance_sessions::class_id))),
        )
        .left_join(attendance_codes::table.on(stands()))
        .filter(attendance_records::organization_id.eq(db.organization()))
        .filter(attendance_records::student_id.eq(student))
        .filter(attendance_records::deleted_at.is_null())
        .filter(attendance_sessions::submitted_at.is_not_null())
        .filter(attendance_sessions::deleted_at.is_null())
        .select((
            attendance_records::session_date,
            attendance_sessions::slot,
            classes::name,
            attendance_codes::name.nullable(),
            attendance_records::status,
            attendance_records::minutes_late,
            attendance_records::arrived_at,
            attendance_records::left_at,
            attendance_records::remarks,
            attendance_records::office_note,
        ))
        .order((
            attendance_records::session_date.desc(),
            attendance_sessions::slot.desc(),
            attendance_records::id,
        ))
        .limit(MARKS)
        .load(db.conn())?)
}

/// The office's code, and where there is none the teacher's.
#[diesel::dsl::auto_type(no_type_alias)]
fn stands() -> _ {
    attendance_codes::organization_id.eq(attendance_records::organization_id).and(
        attendance_codes::id.nullable().eq(attendance_records::office_code_id).or(
            attendance_records::office_code_id
                .is_null()
                .and(attendance_codes::id.nullable().eq(attendance_records::teacher_code_id)),
        ),
    )
}

/// The days of marks that stand latest first, oldest first and at most [`DAYS`].
fn by_day(marks: &[Mark]) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for mark in marks {
        let is_full = days.len() == DAYS;
        match days.last_mut() {
            Some(last) if last.day == mark.day => {
                if loudness(mark.status) > loudness(last.status) {
                    last.status = mark.status;
                }
            }
            _ if is_full => break,
            _ => days.push(Day { day: mark.day, status: mark.status }),
        }
    }
    days.reverse();
    days
}

fn loudness(status: AttendanceStatus) -> u8 {
    match status {
        AttendanceStatus::Present => 0,
        AttendanceStatus::Late => 1,
        AttendanceStatus::LeftEarly => 2,
        AttendanceStatus::Excused => 3,
        AttendanceStatus::Absent => 4,
    }
}

fn worth(
    student: Uuid,
    since: NaiveDate,
    db: &mut Db<'_, impl Grants<ReadAttendanceRecords>>,
) -> Result<Option<Worth>> {
    let days: Vec<(BigDecimal, BigDecimal, BigDecimal)> = attendance_days::table
        .filter(attendance_days::organization_id.eq(db.organization()))
        .filter(attendance_days::student_id.eq(student))
        .filter(attendance_days::deleted_at.is_null())
        .filter(attendance_days::day.ge(since))
        .select((attendance_days::possible, attendance_days::attended, attendance_days::excused))
        .limit(400)
        .load(db.conn())?;
    let halves = |value: &BigDecimal| (value * BigDecimal::from(2)).to_i64().unwrap_or_default();
    let sum = days.iter().fold(Worth::default(), |sum, day| Worth {
        possible: sum.possible + halves(&day.0),
        attended: sum.attended + halves(&day.1),
        excused: sum.excused + halves(&day.2),
    });
    Ok(Some(sum).filter(|sum| sum.possible > 0))
}
