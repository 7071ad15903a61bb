//! A student's last days at school: what each was, and what was out of the ordinary.

use chrono::{NaiveDate, NaiveTime};
use diesel::{prelude::*, sql_types::Bool};
use schema::{attendance_codes, attendance_days, attendance_records, attendance_sessions, classes};
use uuid::Uuid;

use super::student::in_reach;
use crate::{
    attendance::totals::{Kept, Totals},
    db::Db,
    error::Result,
    permit::{Grants, Permission, ReadAttendanceRecords},
    words::AttendanceStatus,
};

/// How many days with a submitted register are shown.
const DAYS: usize = 60;
/// The most marks that are read at once: twelve lessons a day, for sixty days and, of exceptions, for the longest year.
const MARKS: i64 = 12 * 60;
const EXCEPTIONS: i64 = 12 * 800;
/// Every day that a page can name.
const EVER: (NaiveDate, NaiveDate) = (january(1900), january(2200));

const fn january(year: i32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, 1, 1) {
        Some(day) => day,
        None => NaiveDate::MIN,
    }
}

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
    /// That code's letter.
    pub letter: Option<String>,
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// Which.
    pub day: NaiveDate,
    /// What it was.
    pub status: AttendanceStatus,
    /// The letter of its code.
    pub letter: Option<String>,
}

/// The last days of a student.
#[derive(Clone, Debug, Default)]
pub struct Days {
    /// Oldest first.
    pub days: Vec<Day>,
    /// Everything that was not simply present, latest first.
    pub exceptions: Vec<Mark>,
    /// What those days were worth, where a campus counts days.
    pub worth: Option<Totals>,
}

impl Days {
    /// The last days with a submitted register; what is not submitted counts for nothing.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] for a student out of reach.
    pub fn of_student(student: Uuid, db: &mut Db<'_, impl Grants<ReadAttendanceRecords>>) -> Result<Self> {
        in_reach(student, db)?;
        let marks = marks(student, EVER, true, db)?;
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

/// A student's marks in submitted registers of a span, latest first; all of them, or only those that are not simply present.
pub(super) fn marks<P: Permission>(
    student: Uuid,
    (first, last): (NaiveDate, NaiveDate),
    all: bool,
    db: &mut Db<'_, P>,
) -> Result<Vec<Mark>> {
    let wanted = all.into_sql::<Bool>().or(attendance_records::status.ne(AttendanceStatus::Present));
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
        .filter(attendance_records::session_date.between(first, last))
        .filter(wanted)
        .filter(attendance_records::deleted_at.is_null())
        .filter(attendance_sessions::submitted_at.is_not_null())
        .filter(attendance_sessions::deleted_at.is_null())
        .select((
            attendance_records::session_date,
            attendance_sessions::slot,
            classes::name,
            attendance_codes::name.nullable(),
            attendance_codes::key.nullable(),
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
        .limit(if all { MARKS } else { EXCEPTIONS })
        .load(db.conn())?)
}

/// The office's code, and where there is none the teacher's.
#[diesel::dsl::auto_type(no_type_alias)]
pub(crate) fn stands() -> _ {
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
                    last.letter.clone_from(&mark.letter);
                }
            }
            _ if is_full => break,
            _ => days.push(Day { day: mark.day, status: mark.status, letter: mark.letter.clone() }),
        }
    }
    days.reverse();
    days
}

/// Which of a day's marks stands for the day: the loudest.
pub(super) fn loudness(status: AttendanceStatus) -> u8 {
    match status {
        AttendanceStatus::Present => 0,
        AttendanceStatus::Late => 1,
        AttendanceStatus::LeftEarly => 2,
        AttendanceStatus::Excused => 3,
        AttendanceStatus::Absent => 4,
    }
}

fn worth<P: Permission>(student: Uuid, since: NaiveDate, db: &mut Db<'_, P>) -> Result<Option<Totals>> {
    let days = worths(student, (since, EVER.1), db)?;
    Ok(Some(days.iter().map(|(_, worth)| *worth).sum::<Totals>()).filter(|sum| sum.possible > 0))
}

/// What each day of a span was worth for a student, oldest first. At most 900.
pub(super) fn worths<P: Permission>(
    student: Uuid,
    (first, last): (NaiveDate, NaiveDate),
    db: &mut Db<'_, P>,
) -> Result<Vec<(NaiveDate, Totals)>> {
    let days: Vec<(NaiveDate, Kept)> = attendance_days::table
        .filter(attendance_days::organization_id.eq(db.organization()))
        .filter(attendance_days::student_id.eq(student))
        .filter(attendance_days::deleted_at.is_null())
        .filter(attendance_days::day.between(first, last))
        .select((
            attendance_days::day,
            (
                attendance_days::possible,
                attendance_days::attended,
                attendance_days::excused,
                attendance_days::awaiting,
                attendance_days::is_late,
                attendance_days::minutes_late,
            ),
        ))
        .order(attendance_days::day)
        .limit(900)
        .load(db.conn())?;
    Ok(days.into_iter().map(|(day, kept)| (day, Totals::of_day(&kept))).collect())
}
