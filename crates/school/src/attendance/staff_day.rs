//! Who of the staff is here: one campus on one day.

use chrono::{NaiveDate, NaiveTime};
use diesel::{dsl::auto_type, prelude::*, sql_types::Bool};
use schema::{staff, staff_attendance_records as records};
use uuid::Uuid;

use super::{policy::SchoolDay, site::Site};
use crate::{
    db::Db,
    error::Result,
    permit::{Grants, Permission, ReadStaffAttendance},
    reach::Reach,
    words::{StaffAttendanceStatus, StaffStatus, StaffType},
};

/// The most members of staff at one campus.
const MOST: i64 = 600;

/// What is recorded of somebody on a day.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = records)]
pub struct StaffRecord {
    /// Its id.
    pub(crate) id: Uuid,
    /// The day.
    pub attendance_date: NaiveDate,
    /// Whether they were here.
    pub status: StaffAttendanceStatus,
    /// What else there is to say.
    pub note: Option<String>,
    /// Said by themselves; the office's word takes its place.
    pub by_self: bool,
    /// When they signed themselves in.
    pub arrived_at: Option<NaiveTime>,
}

/// Somebody who works at the campus, or at all of them.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = staff)]
pub struct Colleague {
    /// Who.
    pub id: Uuid,
    /// First name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// What their door says.
    pub job_title: Option<String>,
    /// What they do.
    pub staff_type: StaffType,
    /// Whether they are at work these days.
    pub status: StaffStatus,
    pub(crate) campus_id: Option<Uuid>,
    /// What is recorded of them.
    #[diesel(embed)]
    pub record: Option<StaffRecord>,
}

impl Colleague {
    /// First and family name.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }

    /// Whether they are expected: whoever is on leave is not asked after.
    #[must_use]
    pub fn is_expected(&self) -> bool {
        self.status == StaffStatus::Active || self.record.is_some()
    }
}

/// A campus's staff on a day.
#[derive(Clone, Debug)]
pub struct StaffDay {
    /// The campus.
    pub site: Site,
    /// Whether there is school.
    pub school_day: SchoolDay,
    /// Its day now; later ones cannot be recorded.
    pub today: NaiveDate,
    /// By family name.
    pub people: Vec<Colleague>,
}

#[auto_type(no_type_alias)]
fn of_that_day(day: NaiveDate) -> _ {
    records::organization_id
        .eq(staff::organization_id)
        .and(records::staff_id.eq(staff::id))
        .and(records::attendance_date.eq(day))
        .and(records::deleted_at.is_null())
}

impl StaffDay {
    /// A day at a campus in reach. Whoever belongs to no campus stands on the list of each, for whoever sees them all.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] out of reach.
    pub fn of(
        campus: Uuid,
        day: NaiveDate,
        db: &mut Db<'_, impl Grants<ReadStaffAttendance>>,
    ) -> Result<Self> {
        let site = Site::within_reach(campus, db)?;
        let school_day = site.school_day(day, db)?;
        let people = people(&site, day, db)?;
        Ok(Self { today: site.now(db).0, site, school_day, people })
    }

    /// How many are recorded so.
    #[must_use]
    pub fn count(&self, status: StaffAttendanceStatus) -> usize {
        let records = self.people.iter().filter_map(|one| one.record.as_ref());
        records.filter(|record| record.status == status).count()
    }

    /// How many are expected and not recorded yet.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.people.iter().filter(|one| one.is_expected() && one.record.is_none()).count()
    }
}

fn people<P: Permission>(site: &Site, day: NaiveDate, db: &mut Db<'_, P>) -> Result<Vec<Colleague>> {
    let everywhere = db.reach() == Reach::Organization;
    let anywhere = everywhere.into_sql::<Bool>().and(staff::campus_id.is_null());
    let here = staff::campus_id.is_not_null().and(staff::campus_id.assume_not_null().eq(site.id));
    Ok(staff::table
        .left_join(records::table.on(of_that_day(day)))
        .filter(staff::organization_id.eq(db.organization()))
        .filter(staff::deleted_at.is_null())
        .filter(here.or(anywhere))
        .filter(staff::status.ne(StaffStatus::Left).or(records::id.nullable().is_not_null()))
        .filter(staff::hire_date.is_null().or(staff::hire_date.assume_not_null().le(day)))
        .select(Colleague::as_select())
        .order((staff::last_name, staff::first_name, staff::id))
        .limit(MOST)
        .load(db.conn())?)
}
