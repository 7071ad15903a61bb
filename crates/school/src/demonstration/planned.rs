//! Absences that families told of beforehand.

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};
use diesel::prelude::*;
use schema::{attendance_codes, planned_absences};
use uuid::Uuid;

use super::{
    homeroom::Pupil,
    marks::{MarkRow, Page},
    rows::insert_all,
    students::Enrolled,
};
use crate::{clock::new_id, db::Db, error::Result, permit::Seed};

/// An absence of whole days.
#[derive(Queryable)]
pub(super) struct Planned {
    student: Uuid,
    code: Uuid,
    from: NaiveDate,
    to: NaiveDate,
    reason: String,
}

#[derive(Insertable)]
#[diesel(table_name = planned_absences)]
struct PlannedRow {
    organization_id: Uuid,
    id: Uuid,
    student_id: Uuid,
    attendance_code_id: Uuid,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    starts_at: Option<NaiveTime>,
    ends_at: Option<NaiveTime>,
    reason: &'static str,
    told_by: &'static str,
}

const REASONS: [(&str, &str); 6] = [
    ("Hospital appointment", "Mother, by telephone"),
    ("Family journey", "Father, letter of last week"),
    ("Music competition", "Mother, message"),
    ("Religious holiday", "Father, at the front desk"),
    ("Sports selection", "The club, by letter"),
    ("Grandmother’s funeral", "Mother, by telephone"),
];

/// Every absence of whole days that is known.
pub(super) fn all(db: &mut Db<'_, Seed>) -> Result<Vec<Planned>> {
    Ok(planned_absences::table
        .filter(planned_absences::organization_id.eq(db.organization()))
        .filter(planned_absences::deleted_at.is_null())
        .filter(planned_absences::starts_at.is_null())
        .select((
            planned_absences::student_id,
            planned_absences::attendance_code_id,
            planned_absences::starts_on,
            planned_absences::ends_on,
            planned_absences::reason,
        ))
        .load(db.conn())?)
}

/// Who tells: the organization and the code that the office sets.
struct Telling {
    organization_id: Uuid,
    attendance_code_id: Uuid,
}

impl Telling {
    fn row(&self, student: &Enrolled, starts_on: NaiveDate, index: u64) -> PlannedRow {
        let (reason, told_by) = REASONS[usize::try_from(index).unwrap_or_default() % REASONS.len()];
        PlannedRow {
            organization_id: self.organization_id,
            id: new_id(),
            student_id: student.id,
            attendance_code_id: self.attendance_code_id,
            starts_on,
            ends_on: starts_on + Days::new(index % 3),
            starts_at: None,
            ends_at: None,
            reason,
            told_by,
        }
    }

    /// A morning at the dentist's.
    fn dentist(&self, student: &Enrolled, day: NaiveDate) -> PlannedRow {
        PlannedRow {
            starts_at: NaiveTime::from_hms_opt(10, 30, 0),
            ends_at: NaiveTime::from_hms_opt(12, 0, 0),
            reason: "Dentist",
            ..self.row(student, day, 0)
        }
    }
}

/// Writes absences before, on and after a day. Two are of `welcome`, the homeroom that a newcomer teaches: one whole
/// day, and one dentist.
pub(super) fn tell(
    students: &[Enrolled],
    welcome: usize,
    today: NaiveDate,
    db: &mut Db<'_, Seed>,
) -> Result<()> {
    let telling = Telling {
        organization_id: db.organization(),
        attendance_code_id: attendance_codes::table
            .filter(attendance_codes::organization_id.eq(db.organization()))
            .filter(attendance_codes::code.eq("excused"))
            .select(attendance_codes::id)
            .first(db.conn())?,
    };
    let stays = |student: &&Enrolled| student.until.is_none();
    let (here, elsewhere): (Vec<_>, Vec<_>) =
        students.iter().filter(stays).partition(|student| student.homeroom == welcome);
    let mut rows: Vec<_> = (0..)
        .zip(elsewhere.into_iter().skip(5).step_by(23).take(24))
        .map(|(index, student)| telling.row(student, today + Days::new(index * 2) - Days::new(24), index))
        .collect();
    if let [first, second, ..] = here[..] {
        rows.extend([telling.row(first, today, 0), telling.dentist(second, today)]);
    }
    insert_all!(planned_absences::table, rows, db);
    Ok(())
}

impl Planned {
    /// The line of somebody whose absence was known: the office's mark, and none of the teacher's.
    pub(super) fn line(&self, page: &Page<'_>, organization: Uuid, pupil: &Pupil) -> Result<MarkRow> {
        let mut line = page.marked(organization, pupil, "absent")?;
        let told = page.house.at(page.day, page.house.starts - TimeDelta::minutes(20));
        page.stands(&mut line, self.code, &self.reason, told.min(page.now))?;
        line.teacher_code_id = None;
        Ok(line)
    }

    /// Whether it is of this student and on this day.
    pub(super) fn covers(&self, pupil: &Pupil, day: NaiveDate) -> bool {
        self.student == pupil.id && self.from <= day && day <= self.to
    }
}
