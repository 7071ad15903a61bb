//! How much a student was absent in a year: halves of days, the public tiers of chronic absence, days in a row.

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

use crate::{
    academics::year::AcademicYear,
    db::Db,
    error::Result,
    people::student::{in_reach, visible},
    permit::{Grants, Permission, ReadAttendanceInterventions},
};

/// Below so many halves of days enrolled a percentage says nothing: ten days, as the public figures count.
const ENOUGH: i64 = 20;
/// The most students that are looked at.
const MOST: i64 = 20_000;

/// The public tiers of chronic absence: excused or not, by the days enrolled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// A tenth of the days or more.
    Moderate,
    /// A fifth or more.
    Severe,
}

impl Tier {
    /// Both, the graver first.
    pub const ALL: &'static [Self] = &[Self::Severe, Self::Moderate];

    /// The word in addresses.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Moderate => "moderate",
            Self::Severe => "severe",
        }
    }

    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Moderate => "Chronic",
            Self::Severe => "Severe",
        }
    }
}

/// Whole days of absence, one school day after the other, up to the last that was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// How many.
    pub days: i64,
    /// The first of them.
    pub since: NaiveDate,
}

/// What a student's days of a span add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Absence {
    /// Halves of days enrolled.
    pub possible: i64,
    /// Halves absent, excused or not.
    pub absent: i64,
    /// Absent now, and for how long.
    pub run: Option<Run>,
}

impl Absence {
    /// The tier, once enough days were counted to speak of one.
    #[must_use]
    pub fn tier(&self) -> Option<Tier> {
        match () {
            () if self.possible < ENOUGH => None,
            () if self.absent * 5 >= self.possible => Some(Tier::Severe),
            () if self.absent * 10 >= self.possible => Some(Tier::Moderate),
            () => None,
        }
    }

    /// The share of the days enrolled, in thousandths.
    #[must_use]
    pub fn thousandths(&self) -> i64 {
        (self.absent * 1000 + self.possible / 2) / self.possible.max(1)
    }

    /// The same as people write it: 18.3 %
    #[must_use]
    pub fn percent(&self) -> String {
        format!("{}.{} %", self.thousandths() / 10, self.thousandths() % 10)
    }

    /// Days absent as people write them.
    #[must_use]
    pub fn days_absent(&self) -> String {
        halves(self.absent)
    }

    /// Days enrolled as people write them.
    #[must_use]
    pub fn days_enrolled(&self) -> String {
        halves(self.possible)
    }

    /// How many whole days in a row, up to now.
    #[must_use]
    pub fn in_a_row(&self) -> i64 {
        self.run.map_or(0, |run| run.days)
    }
}

/// Halves of days as people write them: 48½.
#[must_use]
pub fn halves(halves: i64) -> String {
    match (halves / 2, halves % 2) {
        (0, 1) => "½".into(),
        (days, 1) => format!("{days}½"),
        (days, _) => days.to_string(),
    }
}

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
