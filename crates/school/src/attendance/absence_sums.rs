//! What the days of students add up to: asked of the few days that were missed, and counted for whoever missed any.

use std::collections::HashMap;

use bigdecimal::{BigDecimal, ToPrimitive};
use chrono::NaiveDate;
use diesel::{
    dsl::{count_star, exists, max, min, not, sql, sum},
    pg::Pg,
    prelude::*,
    sql_types::Bool,
};
use schema::{attendance_days as days, students};
use uuid::Uuid;

use super::absence::{Absence, Run};
use crate::{
    academics::year::AcademicYear,
    db::Db,
    error::Result,
    people::student::{in_reach, visible},
    permit::{Grants, Permission, ReadAttendanceInterventions},
};

/// The most students that are looked at.
const MOST: i64 = 20_000;

/// From the first to the last day.
pub(crate) type Span = (NaiveDate, NaiveDate);
/// Students, for a query.
pub(crate) type Pool = students::BoxedQuery<'static, Pg, diesel::sql_types::Uuid>;

/// The school year up to today; today alone before there is any.
pub(crate) fn this_year<P: Permission>(db: &mut Db<'_, P>) -> Result<Span> {
    let today = db.today();
    let years = AcademicYear::all(db)?;
    let first = AcademicYear::at(today, &years).map_or(today, |year| year.start_date);
    Ok((first.min(today), today))
}

/// The days of students that were not attended whole.
pub(crate) struct Missed {
    count: i64,
    pub(crate) possible: i64,
    pub(crate) attended: i64,
    last: Option<NaiveDate>,
}

type Summed = (Uuid, i64, Option<BigDecimal>, Option<BigDecimal>, Option<NaiveDate>);

/// What the days of one student add up to this year.
///
/// # Errors
/// [`crate::Error::NotFound`] for a student out of reach.
pub fn of_student(
    student: Uuid,
    db: &mut Db<'_, impl Grants<ReadAttendanceInterventions>>,
) -> Result<Absence> {
    in_reach(student, db)?;
    let span = this_year(db)?;
    let missed = missed(visible(db).filter(students::id.eq(student)).select(students::id), span, db)?;
    Ok(of(&[student], &missed, span, db)?.remove(&student).unwrap_or_default())
}

/// What students missed, for whoever missed anything.
pub(crate) fn missed<P: Permission>(
    of: Pool,
    (first, last): Span,
    db: &mut Db<'_, P>,
) -> Result<HashMap<Uuid, Missed>> {
    let halves = |sum: Option<BigDecimal>| {
        sum.and_then(|sum| (sum * BigDecimal::from(2)).to_i64()).unwrap_or_default()
    };
    let found: Vec<Summed> = days::table
        .filter(days::organization_id.eq(db.organization()))
        .filter(days::student_id.eq_any(of))
        .filter(days::day.between(first, last))
        // Written out, so that PostgreSQL sees that the index `attendance_days_missed` answers it.
        .filter(sql::<Bool>("attendance_days.attended < 1"))
        .filter(days::deleted_at.is_null())
        .group_by(days::student_id)
        .select((days::student_id, count_star(), sum(days::possible), sum(days::attended), max(days::day)))
        .limit(MOST)
        .load(db.conn())?;
    let read = |(student, count, possible, attended, last): Summed| {
        (student, Missed { count, possible: halves(possible), attended: halves(attended), last })
    };
    Ok(found.into_iter().map(read).collect())
}

/// What the days of some students add up to, with what they missed of them.
pub(crate) fn of<P: Permission>(
    students: &[Uuid],
    missed: &HashMap<Uuid, Missed>,
    span: Span,
    db: &mut Db<'_, P>,
) -> Result<HashMap<Uuid, Absence>> {
    let counted = counted(students, span, db)?;
    let is_away = |(student, _, last): &&(Uuid, i64, Option<NaiveDate>)| {
        missed.get(student).is_some_and(|missed| missed.last == *last)
    };
    let away: Vec<Uuid> = counted.iter().filter(is_away).map(|(student, ..)| *student).collect();
    let runs = runs(&away, span, db)?;
    let sums = |(student, count, _): (Uuid, i64, Option<NaiveDate>)| {
        let (lost, absent) = missed
            .get(&student)
            .map_or((0, 0), |missed| (missed.count * 2 - missed.possible, missed.possible - missed.attended));
        (student, Absence { possible: count * 2 - lost, absent, run: runs.get(&student).copied() })
    };
    Ok(counted.into_iter().map(sums).collect())
}

/// How many days of each student were counted, and the last of them. No day is ever deleted, so the index is enough.
fn counted<P: Permission>(
    students: &[Uuid],
    (first, last): Span,
    db: &mut Db<'_, P>,
) -> Result<Vec<(Uuid, i64, Option<NaiveDate>)>> {
    Ok(days::table
        .filter(days::organization_id.eq(db.organization()))
        .filter(days::student_id.eq_any(students))
        .filter(days::day.between(first, last))
        .group_by(days::student_id)
        .select((days::student_id, count_star(), max(days::day)))
        .limit(MOST)
        .load(db.conn())?)
}

/// The whole days missed since each student was last seen for any part of one.
fn runs<P: Permission>(
    students: &[Uuid],
    (first, last): Span,
    db: &mut Db<'_, P>,
) -> Result<HashMap<Uuid, Run>> {
    if students.is_empty() {
        return Ok(HashMap::new());
    }
    let later = diesel::alias!(days as later);
    let seen_later = later
        .filter(later.field(days::organization_id).eq(days::organization_id))
        .filter(later.field(days::student_id).eq(days::student_id))
        .filter(later.field(days::day).gt(days::day))
        .filter(later.field(days::day).le(last))
        .filter(later.field(days::attended).gt(BigDecimal::from(0)));
    let found: Vec<(Uuid, i64, Option<NaiveDate>)> = days::table
        .filter(days::organization_id.eq(db.organization()))
        .filter(days::student_id.eq_any(students))
        .filter(days::day.between(first, last))
        .filter(sql::<Bool>("attendance_days.attended < 1"))
        .filter(days::deleted_at.is_null())
        .filter(days::attended.eq(BigDecimal::from(0)))
        .filter(days::possible.gt(BigDecimal::from(0)))
        .filter(not(exists(seen_later)))
        .group_by(days::student_id)
        .select((days::student_id, count_star(), min(days::day)))
        .load(db.conn())?;
    let read =
        |(student, days, since): (Uuid, i64, Option<NaiveDate>)| Some((student, Run { days, since: since? }));
    Ok(found.into_iter().filter_map(read).collect())
}
