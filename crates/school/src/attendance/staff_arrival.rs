//! A member of staff says that they are here, where their campus wants it: once a day, and only of themselves.

use chrono::{NaiveDate, NaiveTime};
use diesel::prelude::*;
use schema::{campuses, staff, staff_attendance_records as records};
use uuid::Uuid;

use super::{
    policy::SchoolDay,
    site::Site,
    staff_day::{Colleague, StaffRecord},
    staff_record::{NewRow, hold},
};
use crate::{
    db::Db,
    error::{Error, Result},
    permit::CreateStaffAttendance,
    words::{StaffAttendanceStatus, StaffStatus},
};

/// How somebody's own day stands.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// Where they work.
    pub campus: String,
    /// What is recorded of them today.
    pub record: Option<StaffRecord>,
    /// Whether they would be late now.
    pub is_late: bool,
}

/// Somebody at a campus that asks, with its day and time.
struct Asked {
    one: Colleague,
    site: Site,
    now: (NaiveDate, NaiveTime),
}

impl Arrival {
    /// How the day of whoever asks stands; none where nobody wants to know.
    pub fn of(db: &mut Db<'_, CreateStaffAttendance>) -> Result<Option<Self>> {
        let Some(asked) = asked(db)? else {
            return Ok(None);
        };
        let late_after = asked.site.late_after(asked.now.0, db)?;
        let is_late = asked.now.1 > late_after;
        Ok(Some(Self { campus: asked.site.name, record: asked.one.record, is_late }))
    }

    /// Records that whoever asks is here: late after the campus's time for it.
    ///
    /// # Errors
    /// [`Error::Conflict`] where the campus does not ask, on a day without school, and when something is recorded.
    pub fn say(note: Option<String>, db: &mut Db<'_, CreateStaffAttendance>) -> Result<()> {
        hold(db.staff().into_iter().collect(), db)?;
        let Some(asked) = asked(db)? else {
            return Err(Error::Conflict("Nobody asks you to sign in today.".into()));
        };
        if let Some(record) = &asked.one.record {
            let word = record.status.label().to_lowercase();
            return Err(Error::Conflict(format!(
                "You are recorded as {word} today. The office can change it."
            )));
        }
        let (day, time) = asked.now;
        let is_late = time > asked.site.late_after(day, db)?;
        let status = if is_late { StaffAttendanceStatus::Late } else { StaffAttendanceStatus::Present };
        NewRow { status, note, by_self: true, arrived_at: Some(time) }.insert(&asked.one, day, db)
    }
}

/// Whoever is at work, if their campus asks today.
fn asked(db: &mut Db<'_, CreateStaffAttendance>) -> Result<Option<Asked>> {
    let Some(campus) = asking(db)? else {
        return Ok(None);
    };
    let site = Site::of(campus, db)?;
    let now = site.now(db);
    if matches!(site.school_day(now.0, db)?, SchoolDay::No(_)) {
        return Ok(None);
    }
    let of_today = records::organization_id
        .eq(staff::organization_id)
        .and(records::staff_id.eq(staff::id))
        .and(records::attendance_date.eq(now.0))
        .and(records::deleted_at.is_null());
    let one = staff::table
        .left_join(records::table.on(of_today))
        .filter(staff::organization_id.eq(db.organization()))
        .filter(staff::id.nullable().eq(db.staff()))
        .select(Colleague::as_select())
        .first(db.conn())?;
    Ok(Some(Asked { one, site, now }))
}

/// The campus of whoever is at work, if it wants its staff to sign in.
fn asking(db: &mut Db<'_, CreateStaffAttendance>) -> Result<Option<Uuid>> {
    let own = campuses::organization_id
        .eq(staff::organization_id)
        .and(campuses::id.nullable().eq(staff::campus_id));
    Ok(staff::table
        .inner_join(campuses::table.on(own))
        .filter(staff::organization_id.eq(db.organization()))
        .filter(staff::id.nullable().eq(db.staff()))
        .filter(staff::deleted_at.is_null())
        .filter(staff::status.eq(StaffStatus::Active))
        .filter(campuses::staff_sign_in)
        .filter(campuses::deleted_at.is_null())
        .select(campuses::id)
        .first(db.conn())
        .optional()?)
}
