//! Setting up a school year, and changing it without taking the ground from under registers and terms.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use schema::{academic_years, attendance_sessions, classes, terms};
use uuid::Uuid;

use super::year::{AcademicYear, weekday_of};
use crate::{
    clock::new_id,
    db::Db,
    edit::{Edit, author},
    error::{Error, Result},
    permit::UpdateAcademicYears,
    sql::alone_with_years,
};

/// What a form says of a year.
#[derive(Clone, Debug, Insertable, AsChangeset)]
#[diesel(table_name = academic_years)]
pub struct Written {
    /// Such as 2026/27.
    pub name: String,
    /// The first day.
    pub start_date: NaiveDate,
    /// The last day.
    pub end_date: NaiveDate,
    /// Whether it is the current one; setting it takes that from every other year.
    pub current: bool,
    /// Days of the week with school: 0 Sunday to 6 Saturday.
    pub school_weekdays: Vec<i16>,
}

impl Written {
    /// Adds the year and answers its id.
    ///
    /// # Errors
    /// [`Error::Invalid`] when it overlaps another year.
    pub fn add(&self, db: &mut Db<'_, UpdateAcademicYears>) -> Result<Uuid> {
        let id = new_id();
        self.check_overlap(&hold(db)?, id)?;
        self.take_current(id, db)?;
        diesel::insert_into(academic_years::table)
            .values((self, academic_years::organization_id.eq(db.organization()), academic_years::id.eq(id)))
            .execute(db.conn())?;
        Ok(id)
    }

    /// Changes the year, unless somebody else changed it since it was `seen`.
    ///
    /// # Errors
    /// As [`Written::add`]; also when a term or a submitted register would lie outside, or on a day without school.
    pub fn change(
        &self,
        id: Uuid,
        seen: DateTime<Utc>,
        db: &mut Db<'_, UpdateAcademicYears>,
    ) -> Result<Edit<AcademicYear>> {
        let years = hold(db)?;
        let now = AcademicYear::of(id, db)?;
        if now.updated_at != seen {
            let by = author(now.updated_by_id, db)?;
            return Ok(Edit::Stale { now: Box::new(now), by });
        }
        if (now.start_date, now.end_date) != (self.start_date, self.end_date) {
            self.check_overlap(&years, id)?;
            self.check_terms(id, db)?;
        }
        self.check_registers(&now, db)?;
        self.take_current(id, db)?;
        diesel::update(academic_years::table.find((db.organization(), id))).set(self).execute(db.conn())?;
        Ok(Edit::Kept)
    }

    fn check_overlap(&self, years: &[AcademicYear], id: Uuid) -> Result<()> {
        let overlaps =
            |year: &&AcademicYear| year.start_date <= self.end_date && self.start_date <= year.end_date;
        match years.iter().filter(|year| year.id != id).find(overlaps) {
            Some(year) => {
                let both = format!("{} Two years cannot overlap.", year.says_when());
                Err(Error::invalid(
                    if year.includes(self.start_date) { "start_date" } else { "end_date" },
                    both,
                ))
            }
            None => Ok(()),
        }
    }

    fn check_terms(&self, id: Uuid, db: &mut Db<'_, UpdateAcademicYears>) -> Result<()> {
        let outside: Option<(String, NaiveDate)> = terms::table
            .filter(terms::organization_id.eq(db.organization()))
            .filter(terms::academic_year_id.eq(id))
            .filter(terms::deleted_at.is_null())
            .filter(terms::start_date.lt(self.start_date).or(terms::end_date.gt(self.end_date)))
            .select((terms::name, terms::start_date))
            .order(terms::start_date)
            .first(db.conn())
            .optional()?;
        match outside {
            Some((term, first)) => {
                let field = if first < self.start_date { "start_date" } else { "end_date" };
                Err(Error::invalid(field, format!("{term} would lie outside. Change the term first.")))
            }
            None => Ok(()),
        }
    }

    /// Registers that were taken stay on days of school: what a past day counted for is not rewritten from here.
    fn check_registers(&self, now: &AcademicYear, db: &mut Db<'_, UpdateAcademicYears>) -> Result<()> {
        let lost = |day: &NaiveDate| {
            let weekday = weekday_of(*day);
            now.holds_school_on(*day) && !self.school_weekdays.contains(&weekday)
        };
        let taken = taken(now.id, db)?;
        let said = |day: &NaiveDate| {
            format!(
                "A register was taken on {}. Let that day stay a day of school.",
                day.format("%A %-d %B %Y")
            )
        };
        let outside = |day: &&NaiveDate| **day < self.start_date || **day > self.end_date;
        if let Some(day) = taken.iter().find(outside) {
            let field = if *day < self.start_date { "start_date" } else { "end_date" };
            return Err(Error::invalid(field, said(day)));
        }
        match taken.iter().find(|day| lost(day)) {
            Some(day) => Err(Error::invalid("weekdays", said(day))),
            None => Ok(()),
        }
    }

    fn take_current(&self, id: Uuid, db: &mut Db<'_, UpdateAcademicYears>) -> Result<()> {
        if self.current {
            diesel::update(academic_years::table)
                .filter(academic_years::organization_id.eq(db.organization()))
                .filter(academic_years::id.ne(id))
                .filter(academic_years::current)
                .set(academic_years::current.eq(false))
                .execute(db.conn())?;
        }
        Ok(())
    }
}

/// Every year, held until the transaction ends, so that two people do not make two that overlap; the first two neither.
pub(super) fn hold(db: &mut Db<'_, UpdateAcademicYears>) -> Result<Vec<AcademicYear>> {
    let _: bool = diesel::select(alone_with_years(db.organization())).get_result(db.conn())?;
    let _: Vec<Uuid> = academic_years::table
        .filter(academic_years::organization_id.eq(db.organization()))
        .filter(academic_years::deleted_at.is_null())
        .select(academic_years::id)
        .order(academic_years::id)
        .for_update()
        .load(db.conn())?;
    AcademicYear::all(db)
}

/// The days on which registers of a year's classes came in.
fn taken(year: Uuid, db: &mut Db<'_, UpdateAcademicYears>) -> Result<Vec<NaiveDate>> {
    let of_class = classes::organization_id
        .eq(attendance_sessions::organization_id)
        .and(classes::id.eq(attendance_sessions::class_id));
    Ok(attendance_sessions::table
        .inner_join(classes::table.on(of_class))
        .filter(attendance_sessions::organization_id.eq(db.organization()))
        .filter(classes::academic_year_id.eq(year))
        .filter(attendance_sessions::submitted_at.is_not_null())
        .filter(attendance_sessions::deleted_at.is_null())
        .select(attendance_sessions::session_date)
        .distinct()
        .order(attendance_sessions::session_date)
        .limit(800)
        .load(db.conn())?)
}
