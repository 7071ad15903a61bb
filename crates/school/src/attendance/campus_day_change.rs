//! Entering a campus's day, and leaving it to the registers again.

use bigdecimal::BigDecimal;
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use schema::{campus_attendance_summaries as summaries, campuses};
use uuid::Uuid;

use super::{
    campus_day::{CampusDay, Numbers},
    campus_policy,
    policy::SchoolDay,
    site::Site,
};
use crate::{
    clock::new_id,
    db::Db,
    edit::{Edit, author},
    error::{Error, Result},
    permit::UpdateCampusAttendanceSummaries,
};

/// What is said of a campus's day.
#[derive(Clone, Debug)]
pub struct NewCampusDay {
    /// Numbers from elsewhere; none: the registers say them.
    pub entered: Option<Numbers>,
    /// What else there is to say, at most 500 characters.
    pub notes: Option<String>,
    /// Who says so, at most 120 characters.
    pub recorded_by: Option<String>,
}

impl NewCampusDay {
    /// Keeps it, unless somebody was faster.
    ///
    /// # Errors
    /// [`Error::NotFound`] out of reach, [`Error::Conflict`] for numbers ahead of the campus's day or without school, and
    /// [`Error::Invalid`] where the numbers do not add up or the registers of the day are here.
    pub fn keep(
        &self,
        (campus, day): (Uuid, NaiveDate),
        seen: Option<DateTime<Utc>>,
        db: &mut Db<'_, UpdateCampusAttendanceSummaries>,
    ) -> Result<Edit<CampusDay>> {
        let site = Site::within_reach(campus, db)?;
        let held = campuses::table.find((db.organization(), site.id));
        let _: Uuid = held.select(campuses::id).for_no_key_update().first(db.conn())?;
        let there = CampusDay::read(site.id, day, db)?;
        if there.seen != seen {
            let by = author(there.updated_by, db)?;
            return Ok(Edit::Stale { now: Box::new(there), by });
        }
        if let Some(numbers) = &self.entered {
            check_day(&site, day, db)?;
            numbers.check()?;
            let is_new = there.entered != self.entered;
            if is_new && there.computed.is_some() && !is_kept_elsewhere(site.id, day, db)? {
                return Err(Error::invalid(
                    "source",
                    format!("The registers of {} are here, so the numbers come from them.", site.name),
                ));
            }
        }
        self.write(&there, db)?;
        Ok(Edit::Kept)
    }

    fn write(&self, there: &CampusDay, db: &mut Db<'_, UpdateCampusAttendanceSummaries>) -> Result<()> {
        let row = Written::of(self);
        let organization = db.organization();
        match there.id {
            Some(id) => {
                diesel::update(summaries::table.find((organization, id))).set(&row).execute(db.conn())?
            }
            None => diesel::insert_into(summaries::table)
                .values((
                    &row,
                    summaries::organization_id.eq(organization),
                    summaries::id.eq(new_id()),
                    summaries::campus_id.eq(there.campus),
                    summaries::attendance_date.eq(there.day),
                ))
                .execute(db.conn())?,
        };
        Ok(())
    }
}

impl CampusDay {
    /// Whether numbers from elsewhere would be taken: where no register of the day is here, where some were entered before, and
    /// where the campus keeps its roll elsewhere.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database is away.
    pub fn may_be_entered(&self, db: &mut Db<'_, UpdateCampusAttendanceSummaries>) -> Result<bool> {
        Ok(self.computed.is_none() || self.entered.is_some() || is_kept_elsewhere(self.campus, self.day, db)?)
    }
}

/// A row as it is written.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = summaries, treat_none_as_null = true)]
struct Written {
    total_enrolled: Option<i32>,
    total_present: Option<i32>,
    total_absent: Option<i32>,
    total_tardy: Option<i32>,
    attendance_percentage: Option<BigDecimal>,
    recorded_by_label: Option<String>,
    notes: Option<String>,
    is_computed: bool,
}

impl Written {
    fn of(new: &NewCampusDay) -> Self {
        let entered = new.entered;
        Self {
            total_enrolled: entered.map(|numbers| numbers.enrolled),
            total_present: entered.map(|numbers| numbers.present),
            total_absent: entered.map(|numbers| numbers.absent),
            total_tardy: entered.map(|numbers| numbers.tardy),
            attendance_percentage: entered
                .map(|numbers| BigDecimal::from(numbers.hundredths) / BigDecimal::from(100)),
            recorded_by_label: new.recorded_by.clone(),
            notes: new.notes.clone(),
            is_computed: entered.is_none(),
        }
    }
}

impl Numbers {
    /// Numbers add up: who was enrolled was present or absent, who came late was present, and whoever was present attended
    /// between half a day and all of it.
    ///
    /// # Errors
    /// [`Error::Invalid`] by the field that does not fit.
    pub fn check(&self) -> Result<()> {
        if i64::from(self.present) + i64::from(self.absent) != i64::from(self.enrolled) {
            return Err(Error::invalid(
                "total_absent",
                format!(
                    "{} present and {} absent are not {} enrolled.",
                    self.present, self.absent, self.enrolled
                ),
            ));
        }
        if self.tardy > self.present {
            return Err(Error::invalid(
                "total_tardy",
                "Whoever came late was present: at most as many as were present.",
            ));
        }
        self.check_share()
    }

    fn check_share(&self) -> Result<()> {
        let Some(all_day) = (i64::from(self.present) * 10_000).checked_div(self.enrolled.into()) else {
            return Ok(());
        };
        // To the next hundredth of a percent either way, as people round.
        if (all_day / 2..=all_day + 1).contains(&self.hundredths.into()) {
            return Ok(());
        }
        let (least, most) = (percent(all_day / 2), percent(all_day));
        Err(Error::invalid(
            "attendance_percentage",
            format!("{} present of {} are between {least} and {most} percent.", self.present, self.enrolled),
        ))
    }
}

/// Hundredths of a percent, written.
fn percent(hundredths: i64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

fn check_day(site: &Site, day: NaiveDate, db: &mut Db<'_, UpdateCampusAttendanceSummaries>) -> Result<()> {
    if day > site.now(db).0 {
        return Err(Error::Conflict("This day is still to come.".into()));
    }
    match site.school_day(day, db)? {
        SchoolDay::No(why) => Err(Error::Conflict(why)),
        SchoolDay::Yes | SchoolDay::Half(_) => Ok(()),
    }
}

/// Whether the campus's policy of the day says that its roll is kept elsewhere.
fn is_kept_elsewhere(
    campus: Uuid,
    day: NaiveDate,
    db: &mut Db<'_, UpdateCampusAttendanceSummaries>,
) -> Result<bool> {
    Ok(campus_policy::link_on(day, campus, db)?.is_some())
}
