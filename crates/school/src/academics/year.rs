//! School years.

use chrono::NaiveDate;
use diesel::prelude::*;
use schema::academic_years;
use uuid::Uuid;

use crate::{
    clock::new_id,
    db::Db,
    error::Result,
    permit::{Permission, Seed},
};

/// A school year.
#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = academic_years)]
pub struct AcademicYear {
    /// Its id.
    pub id: Uuid,
    /// Such as 2026/27.
    pub name: String,
    /// The first day.
    pub start_date: NaiveDate,
    /// The last day.
    pub end_date: NaiveDate,
    /// Whether it was set as the current one.
    pub current: bool,
}

/// A school year to be opened.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = academic_years)]
pub struct NewAcademicYear {
    /// Such as 2026/27.
    pub name: String,
    /// The first day.
    pub start_date: NaiveDate,
    /// The last day.
    pub end_date: NaiveDate,
    /// Whether it is the current one.
    pub current: bool,
}

impl AcademicYear {
    /// Whether a day lies in it.
    #[must_use]
    pub fn includes(&self, day: NaiveDate) -> bool {
        (self.start_date..=self.end_date).contains(&day)
    }

    /// A sentence for whoever chose a day outside.
    #[must_use]
    pub fn says_when(&self) -> String {
        format!(
            "{} runs from {} to {}.",
            self.name,
            self.start_date.format("%-d %B %Y"),
            self.end_date.format("%-d %B %Y")
        )
    }

    /// Every year, newest first. At most 100.
    pub fn all(db: &mut Db<'_, impl Permission>) -> Result<Vec<Self>> {
        Ok(Self::query()
            .filter(academic_years::organization_id.eq(db.organization()))
            .filter(academic_years::deleted_at.is_null())
            .order((academic_years::start_date.desc(), academic_years::id))
            .limit(100)
            .load(db.conn())?)
    }

    /// Opens a year and answers its id.
    pub fn open(new: &NewAcademicYear, db: &mut Db<'_, Seed>) -> Result<Uuid> {
        let id = new_id();
        diesel::insert_into(academic_years::table)
            .values((new, academic_years::organization_id.eq(db.organization()), academic_years::id.eq(id)))
            .execute(db.conn())?;
        Ok(id)
    }
}
