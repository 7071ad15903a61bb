//! The days on which a campus differs from its weekdays.

use chrono::{NaiveDate, NaiveTime};
use diesel::{pg::Pg, prelude::*};
use schema::{attendance_sessions as sessions, calendar_days};
use uuid::Uuid;

use super::year::AcademicYear;
use crate::{
    db::Db,
    error::{Error, Result},
    permit::{Grants, Permission, ReadCalendarDays},
    reach::Reach,
    words::CalendarDayKind,
};

/// The most such days of a campus in a year: a year has at most 800.
const MOST: i64 = 800;

/// A day that differs from its weekday.
#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = calendar_days)]
pub struct CalendarDay {
    /// Its id.
    pub id: Uuid,
    /// Where.
    pub campus_id: Uuid,
    /// Which day.
    pub day: NaiveDate,
    /// What it is.
    pub kind: CalendarDayKind,
    /// When a half day begins, if later than others.
    pub starts_at: Option<NaiveTime>,
    /// When it ends, if earlier.
    pub ends_at: Option<NaiveTime>,
    /// What people are told.
    pub note: Option<String>,
    /// The closure that made it; only undoing that takes it out.
    pub closure_id: Option<Uuid>,
}

/// Days in a row that are the same, with at most days without school between them.
#[derive(Clone, Debug)]
pub struct Stretch {
    /// At least one, in order.
    pub days: Vec<CalendarDay>,
    /// What all of them are.
    pub like: CalendarDay,
    /// The last of them.
    pub last: NaiveDate,
}

pub(super) fn visible<P: Permission>(db: &Db<'_, P>) -> calendar_days::BoxedQuery<'static, Pg> {
    let all = calendar_days::table
        .filter(calendar_days::organization_id.eq(db.organization()))
        .filter(calendar_days::deleted_at.is_null())
        .into_boxed();
    match db.reach() {
        Reach::Organization => all,
        Reach::Campuses(own) | Reach::AssignedAndCampuses(own) => {
            all.filter(calendar_days::campus_id.eq_any(own))
        }
        Reach::Assigned | Reach::Own => all.filter(calendar_days::campus_id.eq_any(Vec::<Uuid>::new())),
    }
}

impl CalendarDay {
    /// What the calendars of campuses say of the days of a span.
    pub(crate) fn at_campuses<P: Permission>(
        campuses: &[Uuid],
        (first, last): (NaiveDate, NaiveDate),
        db: &mut Db<'_, P>,
    ) -> Result<Vec<Self>> {
        Ok(Self::query()
            .filter(calendar_days::organization_id.eq(db.organization()))
            .filter(calendar_days::campus_id.eq_any(campuses))
            .filter(calendar_days::deleted_at.is_null())
            .filter(calendar_days::day.between(first, last))
            .order((calendar_days::day, calendar_days::id))
            .limit(20 * MOST)
            .load(db.conn())?)
    }

    /// How a campus in reach differs from its weekdays in a year, in order.
    pub fn of_year(
        year: &AcademicYear,
        campus: Uuid,
        db: &mut Db<'_, impl Grants<ReadCalendarDays>>,
    ) -> Result<Vec<Self>> {
        Ok(visible(db)
            .filter(calendar_days::campus_id.eq(campus))
            .filter(calendar_days::day.between(year.start_date, year.end_date))
            .select(Self::as_select())
            .order((calendar_days::day, calendar_days::id))
            .limit(MOST)
            .load(db.conn())?)
    }

    /// The day with `id`, at a campus in reach.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] when there is none or none in reach.
    pub fn of(id: Uuid, db: &mut Db<'_, impl Grants<ReadCalendarDays>>) -> Result<Self> {
        Ok(visible(db).filter(calendar_days::id.eq(id)).select(Self::as_select()).first(db.conn())?)
    }

    /// What campuses say of a stretch of days, earliest first.
    pub(super) fn within<P: Permission>(
        campuses: &[Uuid],
        (first, last): (NaiveDate, NaiveDate),
        db: &mut Db<'_, P>,
    ) -> Result<Vec<Self>> {
        Ok(visible(db)
            .filter(calendar_days::campus_id.eq_any(campuses.to_vec()))
            .filter(calendar_days::day.between(first, last))
            .select(Self::as_select())
            .order((calendar_days::day, calendar_days::id))
            .load(db.conn())?)
    }

    /// Whether there is no school at all.
    #[must_use]
    pub fn is_off(&self) -> bool {
        matches!(self.kind, CalendarDayKind::Holiday | CalendarDayKind::Closure)
    }

    fn says_the_same_as(&self, other: &Self) -> bool {
        (self.kind, &self.note, self.starts_at, self.ends_at, self.closure_id)
            == (other.kind, &other.note, other.starts_at, other.ends_at, other.closure_id)
    }
}

impl Stretch {
    /// Puts days of a year, in order, together.
    #[must_use]
    pub fn of(days: Vec<CalendarDay>, year: &AcademicYear) -> Vec<Self> {
        let mut stretches: Vec<Self> = Vec::new();
        for day in days {
            match stretches.last_mut() {
                Some(before) if before.goes_on_with(&day, year) => {
                    before.last = day.day;
                    before.days.push(day);
                }
                _ => stretches.push(Self { last: day.day, like: day.clone(), days: vec![day] }),
            }
        }
        stretches
    }

    fn goes_on_with(&self, day: &CalendarDay, year: &AcademicYear) -> bool {
        let mut between = self.last.iter_days().skip(1).take_while(|one| *one < day.day);
        self.like.says_the_same_as(day) && !between.any(|one| year.holds_school_on(one))
    }
}

impl CalendarDay {
    /// Registers that were taken stay on days of school, from this day to the last one that is the same.
    ///
    /// # Errors
    /// [`Error::Conflict`] with the day of the first that was submitted.
    pub(super) fn check_registers<P: Permission>(&self, last: NaiveDate, db: &mut Db<'_, P>) -> Result<()> {
        let made_up = calendar_days::organization_id
            .eq(sessions::organization_id)
            .and(calendar_days::campus_id.eq(sessions::campus_id))
            .and(calendar_days::day.eq(sessions::session_date));
        let taken: Option<NaiveDate> = sessions::table
            .inner_join(calendar_days::table.on(made_up))
            .filter(sessions::organization_id.eq(db.organization()))
            .filter(sessions::campus_id.eq(self.campus_id))
            .filter(sessions::session_date.between(self.day, last))
            .filter(sessions::submitted_at.is_not_null())
            .filter(sessions::deleted_at.is_null())
            .filter(calendar_days::kind.eq(self.kind))
            .filter(calendar_days::note.is_not_distinct_from(&self.note))
            .filter(calendar_days::closure_id.is_null())
            .filter(calendar_days::deleted_at.is_null())
            .select(sessions::session_date)
            .order(sessions::session_date)
            .first(db.conn())
            .optional()?;
        match taken.map(|day| day.format("%A %-d %B %Y")) {
            Some(day) => {
                let stays = "Let that day stay a day of school.";
                Err(Error::Conflict(format!("A register was taken on {day}. {stays}")))
            }
            None => Ok(()),
        }
    }
}
