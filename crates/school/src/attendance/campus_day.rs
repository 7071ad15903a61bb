//! A campus's day in numbers: as its registers have it, or as somebody entered it where the roll is kept elsewhere.

use std::collections::BTreeMap;

use bigdecimal::{BigDecimal, ToPrimitive};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use schema::campus_attendance_summaries as summaries;
use uuid::Uuid;

use super::site::Site;
use crate::{
    academics::{calendar_day::CalendarDay, campus::Campus, year::AcademicYear},
    db::Db,
    error::Result,
    permit::{Grants, Permission, ReadAttendanceReports},
    sql::report::{self, ByRegister, Span},
    words::CalendarDayKind,
};

/// The most rows that are read of one look: a dozen campuses and their years.
const MOST: i64 = 10_000;

/// What a campus's day comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    /// Students whose day counts.
    pub enrolled: i32,
    /// Those who were there, a part of the day at least.
    pub present: i32,
    /// Those who were not.
    pub absent: i32,
    /// Those of the present who came late.
    pub tardy: i32,
    /// The attended share, in hundredths of a percent: 10,000 is everybody all day.
    pub hundredths: i32,
}

/// A campus on a day.
#[derive(Clone, Debug)]
pub struct CampusDay {
    /// Which campus.
    pub campus: Uuid,
    /// Which day.
    pub day: NaiveDate,
    /// What the registers say now; none where none is in.
    pub computed: Option<Numbers>,
    /// What somebody entered; it stands over the registers until somebody takes it back.
    pub entered: Option<Numbers>,
    /// What else there is to say.
    pub notes: Option<String>,
    /// Who said so.
    pub recorded_by: Option<String>,
    /// Whether there is school by what the calendar says now.
    pub has_school: bool,
    /// When the row was last changed; none where there is none yet. An edit carries it.
    pub seen: Option<DateTime<Utc>>,
    pub(super) id: Option<Uuid>,
    pub(super) updated_by: Option<Uuid>,
}

/// A row as it is kept.
#[derive(HasQuery)]
#[diesel(table_name = summaries)]
struct Row {
    id: Uuid,
    campus_id: Uuid,
    attendance_date: NaiveDate,
    total_enrolled: Option<i32>,
    total_present: Option<i32>,
    total_absent: Option<i32>,
    total_tardy: Option<i32>,
    attendance_percentage: Option<BigDecimal>,
    recorded_by_label: Option<String>,
    notes: Option<String>,
    updated_at: DateTime<Utc>,
    updated_by_id: Option<Uuid>,
}

impl Numbers {
    fn of(one: &ByRegister) -> Self {
        let number = |number: i64| i32::try_from(number).unwrap_or(i32::MAX);
        let share = (one.attended * 10_000 + one.possible / 2) / one.possible.max(1);
        Self {
            enrolled: number(one.enrolled),
            present: number(one.present),
            absent: number(one.enrolled - one.present),
            tardy: number(one.tardy),
            hundredths: number(share),
        }
    }
}

impl Row {
    fn entered(&self) -> Option<Numbers> {
        let percentage = self.attendance_percentage.as_ref()?;
        Some(Numbers {
            enrolled: self.total_enrolled?,
            present: self.total_present?,
            absent: self.total_absent?,
            tardy: self.total_tardy?,
            hundredths: (percentage * BigDecimal::from(100)).to_i32()?,
        })
    }
}

impl Numbers {
    /// The present of the enrolled, in hundredths of a percent: what the share would be if nobody were there for half a day.
    #[must_use]
    pub fn present_all_day(&self) -> i32 {
        let (present, enrolled) = (i64::from(self.present), i64::from(self.enrolled));
        let share = (present * 10_000 + enrolled / 2).checked_div(enrolled).unwrap_or_default();
        i32::try_from(share.min(10_000)).unwrap_or_default()
    }

    /// Whether the share says of somebody that they were there for half a day.
    #[must_use]
    pub fn counts_halves(&self) -> bool {
        self.hundredths < self.present_all_day().saturating_sub(1)
    }
}

impl CampusDay {
    fn blank(campus: Uuid, day: NaiveDate) -> Self {
        Self {
            campus,
            day,
            computed: None,
            entered: None,
            notes: None,
            recorded_by: None,
            has_school: true,
            seen: None,
            id: None,
            updated_by: None,
        }
    }

    /// What stands: what was entered, else what the registers say.
    #[must_use]
    pub fn numbers(&self) -> Option<Numbers> {
        self.entered.or(self.computed)
    }

    /// A day of a campus in reach.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] out of reach.
    pub fn of(
        campus: Uuid,
        day: NaiveDate,
        db: &mut Db<'_, impl Grants<ReadAttendanceReports>>,
    ) -> Result<Self> {
        let site = Site::within_reach(campus, db)?;
        Self::read(site.id, day, db)
    }

    /// The same of a campus that was found to be in reach.
    pub(super) fn read<P: Permission>(campus: Uuid, day: NaiveDate, db: &mut Db<'_, P>) -> Result<Self> {
        let found = between(&[campus], (day, day), db)?.into_values().next();
        Ok(found.unwrap_or_else(|| Self::blank(campus, day)))
    }
}

/// Days by campus.
type Known = BTreeMap<(Uuid, NaiveDate), CampusDay>;

/// What is known of some campuses' days, from the first to the last.
fn between<P: Permission>(
    campuses: &[Uuid],
    (first, last): (NaiveDate, NaiveDate),
    db: &mut Db<'_, P>,
) -> Result<Known> {
    let span = Span { organization: db.organization(), everywhere: false, campuses, first, last };
    let mut known = Known::new();
    for one in report::campus_days(&span, db.conn())? {
        let blank = CampusDay::blank(one.campus_id, one.day);
        known.insert((one.campus_id, one.day), CampusDay { computed: Some(Numbers::of(&one)), ..blank });
    }
    let rows = Row::query()
        .filter(summaries::organization_id.eq(db.organization()))
        .filter(summaries::campus_id.eq_any(campuses))
        .filter(summaries::attendance_date.between(first, last))
        .filter(summaries::deleted_at.is_null())
        .limit(MOST)
        .load(db.conn())?;
    for row in rows {
        let at = (row.campus_id, row.attendance_date);
        let day = known.entry(at).or_insert_with(|| CampusDay::blank(at.0, at.1));
        day.entered = row.entered();
        day.notes = row.notes;
        day.recorded_by = row.recorded_by_label;
        (day.seen, day.id, day.updated_by) = (Some(row.updated_at), Some(row.id), row.updated_by_id);
    }
    Ok(known)
}

/// A campus's school year, day by day.
#[derive(Clone, Debug)]
pub struct CampusYear {
    /// Which campus.
    pub campus: Campus,
    /// Every school day so far, oldest first, and every other day of which something is known.
    pub days: Vec<CampusDay>,
}

impl CampusYear {
    /// The year of each of these campuses, until `last`; those out of reach are left out.
    ///
    /// # Errors
    /// [`crate::Error::Unavailable`] when the database is away.
    pub fn of(
        campuses: &[Campus],
        year: &AcademicYear,
        last: NaiveDate,
        db: &mut Db<'_, impl Grants<ReadAttendanceReports>>,
    ) -> Result<Vec<Self>> {
        let reached = Campus::known_within_reach(db)?;
        let reached = |campus: &&Campus| reached.iter().any(|one| one.id == campus.id);
        let campuses: Vec<Campus> = campuses.iter().filter(reached).cloned().collect();
        let ids: Vec<Uuid> = campuses.iter().map(|campus| campus.id).collect();
        let span = (year.start_date, last.min(year.end_date));
        let mut known = between(&ids, span, db)?;
        known.values_mut().for_each(|day| day.has_school = false);
        for day in school_days(&ids, year, span, db)? {
            known.entry(day).or_insert_with(|| CampusDay::blank(day.0, day.1)).has_school = true;
        }
        let days = |campus: &Campus| known.values().filter(|day| day.campus == campus.id).cloned().collect();
        Ok(campuses.into_iter().map(|campus| Self { days: days(&campus), campus }).collect())
    }
}

/// The days of a span on which there is school at these campuses.
fn school_days<P: Permission>(
    campuses: &[Uuid],
    year: &AcademicYear,
    (first, last): (NaiveDate, NaiveDate),
    db: &mut Db<'_, P>,
) -> Result<Vec<(Uuid, NaiveDate)>> {
    let differ = CalendarDay::at_campuses(campuses, (first, last), db)?;
    let differ: BTreeMap<_, _> = differ.iter().map(|one| ((one.campus_id, one.day), one.kind)).collect();
    let held = |at: &(Uuid, NaiveDate)| match differ.get(at) {
        Some(CalendarDayKind::Holiday | CalendarDayKind::Closure) => false,
        Some(CalendarDayKind::MakeUp | CalendarDayKind::HalfDay) => true,
        None => year.holds_school_on(at.1),
    };
    let days = || first.iter_days().take_while(|day| *day <= last);
    Ok(campuses.iter().flat_map(|campus| days().map(|day| (*campus, day))).filter(held).collect())
}
