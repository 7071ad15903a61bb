//! School years.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
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
    school_weekdays: Vec<Option<i16>>,
    /// When this was last changed; an edit carries it.
    pub updated_at: DateTime<Utc>,
    pub(super) updated_by_id: Option<Uuid>,
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

    /// The days of the week with school: 0 Sunday to 6 Saturday.
    pub fn weekdays(&self) -> impl Iterator<Item = i16> {
        self.school_weekdays.iter().copied().flatten()
    }

    /// Whether its weekday makes a day a school day; what a campus's calendar says of the day comes before this.
    #[must_use]
    pub fn holds_school_on(&self, day: NaiveDate) -> bool {
        self.includes(day) && self.weekdays().any(|weekday| weekday == weekday_of(day))
    }

    /// The one among years, newest first, that a page shows of itself: that of `day`, else the one set as current, else the
    /// one that ended last, else the one that begins first.
    #[must_use]
    pub fn at(day: NaiveDate, years: &[Self]) -> Option<&Self> {
        let of_day = years.iter().find(|year| year.includes(day));
        of_day
            .or_else(|| years.iter().find(|year| year.current))
            .or_else(|| years.iter().find(|year| year.start_date <= day))
            .or_else(|| years.last())
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

    /// The year with `id`; everybody in the organization knows it.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] when there is none.
    pub fn of(id: Uuid, db: &mut Db<'_, impl Permission>) -> Result<Self> {
        Ok(Self::query()
            .filter(academic_years::organization_id.eq(db.organization()))
            .filter(academic_years::deleted_at.is_null())
            .filter(academic_years::id.eq(id))
            .first(db.conn())?)
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

/// 0 Sunday to 6 Saturday.
pub(crate) fn weekday_of(day: NaiveDate) -> i16 {
    i16::try_from(day.weekday().num_days_from_sunday()).unwrap_or_default()
}
