//! A campus as the attendance of its staff sees it: its zone, its school days, when lateness begins.

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;
use diesel::prelude::*;
use schema::{academic_years, calendar_days, campuses, organizations};
use uuid::Uuid;

use super::{
    campus_policy,
    policy::{CalendarEntry, DayEntry, Policy, SchoolDay},
};
use crate::{
    academics::campus::Campus,
    clock::local,
    db::Db,
    error::{Error, Result},
    permit::{Permission, UpdateStaffAttendance},
    sql::day_begins,
};

/// A campus.
#[derive(Clone, Debug)]
pub struct Site {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Whether its staff say themselves that they are here.
    pub staff_sign_in: bool,
    zone: Tz,
    day_starts_at: NaiveTime,
}

impl Site {
    /// A campus of the organization.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none.
    pub(crate) fn of<P: Permission>(campus: Uuid, db: &mut Db<'_, P>) -> Result<Self> {
        let (name, staff_sign_in, own, usual, day_starts_at): (String, bool, Option<String>, String, _) =
            campuses::table
                .inner_join(organizations::table.on(organizations::id.eq(campuses::organization_id)))
                .filter(campuses::organization_id.eq(db.organization()))
                .filter(campuses::id.eq(campus))
                .filter(campuses::deleted_at.is_null())
                .select((
                    campuses::name,
                    campuses::staff_sign_in,
                    campuses::time_zone,
                    organizations::time_zone,
                    campuses::day_starts_at,
                ))
                .first(db.conn())?;
        let zone = own.unwrap_or(usual).parse().unwrap_or(Tz::UTC);
        Ok(Self { id: campus, name, staff_sign_in, zone, day_starts_at })
    }

    /// The same, if the permission at work reaches it.
    ///
    /// # Errors
    /// [`Error::NotFound`] out of reach.
    pub(crate) fn within_reach<P: Permission>(campus: Uuid, db: &mut Db<'_, P>) -> Result<Self> {
        if Campus::within_reach(db)?.iter().any(|one| one.id == campus) {
            Self::of(campus, db)
        } else {
            Err(Error::NotFound)
        }
    }

    /// The day and time there.
    pub(crate) fn now<P: Permission>(&self, db: &Db<'_, P>) -> (NaiveDate, NaiveTime) {
        local(db.now(), self.zone)
    }

    /// When lateness begins on a day.
    pub(crate) fn late_after<P: Permission>(&self, day: NaiveDate, db: &mut Db<'_, P>) -> Result<NaiveTime> {
        if let Some(said) = campus_policy::on(day, self.id, db)? {
            return Ok(said.late_after);
        }
        let begins = day_begins(db.organization(), self.id, day, self.day_starts_at);
        Ok(Policy::usual(diesel::select(begins).get_result(db.conn())?).late_after)
    }

    /// Whether there is school on a day.
    pub(crate) fn school_day<P: Permission>(&self, day: NaiveDate, db: &mut Db<'_, P>) -> Result<SchoolDay> {
        let year: Option<(NaiveDate, NaiveDate, Vec<Option<i16>>)> = academic_years::table
            .filter(academic_years::organization_id.eq(db.organization()))
            .filter(academic_years::deleted_at.is_null())
            .filter(academic_years::start_date.le(day).and(academic_years::end_date.ge(day)))
            .select((academic_years::start_date, academic_years::end_date, academic_years::school_weekdays))
            .order(academic_years::start_date.desc())
            .first(db.conn())
            .optional()?;
        let Some((first, last, weekdays)) = year else {
            return Ok(SchoolDay::No("This day is outside the school year.".into()));
        };
        let exception: Option<DayEntry> = calendar_days::table
            .filter(calendar_days::organization_id.eq(db.organization()))
            .filter(calendar_days::campus_id.eq(self.id))
            .filter(calendar_days::day.eq(day))
            .filter(calendar_days::deleted_at.is_null())
            .select((
                calendar_days::kind,
                calendar_days::note,
                calendar_days::starts_at,
                calendar_days::ends_at,
            ))
            .first(db.conn())
            .optional()?;
        let weekdays = weekdays.into_iter().flatten().collect();
        Ok(CalendarEntry { year: (first, last), weekdays, exception }.of(day))
    }

    /// Lets the staff of a campus say themselves that they are here, or no more.
    ///
    /// # Errors
    /// [`Error::NotFound`] out of reach.
    pub fn let_sign_in(campus: Uuid, wanted: bool, db: &mut Db<'_, UpdateStaffAttendance>) -> Result<()> {
        let site = Self::within_reach(campus, db)?;
        diesel::update(campuses::table.find((db.organization(), site.id)))
            .set(campuses::staff_sign_in.eq(wanted))
            .execute(db.conn())?;
        Ok(())
    }
}
