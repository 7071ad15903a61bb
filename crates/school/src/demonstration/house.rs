//! A campus as it calls its rolls: its clock, its policy, its homerooms.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use diesel::prelude::*;
use schema::{campus_attendance_config, campuses, organizations, staff};
use uuid::Uuid;

use super::{
    calendar::Calendar,
    homeroom::{Homeroom, Worker},
};
use crate::{
    clock::local,
    db::Db,
    error::Result,
    permit::Seed,
    words::{AttendanceBasis, StaffType},
};

/// A campus and what it asks of its registers.
pub(super) struct House {
    pub(super) id: Uuid,
    zone: Tz,
    pub(super) starts: NaiveTime,
    pub(super) ends: NaiveTime,
    pub(super) policy: Policy,
    pub(super) calendar: Calendar,
    pub(super) homerooms: Vec<Homeroom>,
    /// Whoever sits at the front desk.
    pub(super) office: Option<Worker>,
}

/// A campus's policy.
#[derive(HasQuery)]
#[diesel(table_name = campus_attendance_config)]
pub(super) struct Policy {
    basis: AttendanceBasis,
    pub(super) due_time: NaiveTime,
    pub(super) late_after: NaiveTime,
}

impl House {
    /// Every campus.
    pub(super) fn all(db: &mut Db<'_, Seed>) -> Result<Vec<Self>> {
        let zone: String =
            organizations::table.find(db.organization()).select(organizations::time_zone).first(db.conn())?;
        let found: Vec<(Uuid, Option<String>, NaiveTime, NaiveTime)> = campuses::table
            .filter(campuses::organization_id.eq(db.organization()))
            .filter(campuses::deleted_at.is_null())
            .order(campuses::code)
            .select((campuses::id, campuses::time_zone, campuses::day_starts_at, campuses::day_ends_at))
            .load(db.conn())?;
        let mut all = Vec::new();
        for (id, own_zone, starts, ends) in found {
            let zone = own_zone.as_ref().unwrap_or(&zone).parse().unwrap_or(Tz::UTC);
            // A campus that somebody added while trying things out has no policy yet and is left alone.
            let Some(policy) = Policy::of(id, db)? else {
                continue;
            };
            let calendar = Calendar::of(id, db)?;
            let (homerooms, office) = (Homeroom::all(id, db)?, front_desk(id, db)?);
            all.push(Self { id, zone, starts, ends, policy, calendar, homerooms, office });
        }
        Ok(all)
    }

    /// The day it is there.
    pub(super) fn today(&self, now: DateTime<Utc>) -> NaiveDate {
        local(now, self.zone).0
    }

    /// The instant of a wall-clock time there.
    pub(super) fn at(&self, day: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
        let there = self.zone.from_local_datetime(&day.and_time(time)).earliest();
        there.map_or_else(|| day.and_time(time).and_utc(), |there| there.with_timezone(&Utc))
    }
}

impl Policy {
    fn of(campus: Uuid, db: &mut Db<'_, Seed>) -> Result<Option<Self>> {
        Ok(Self::query()
            .filter(campus_attendance_config::organization_id.eq(db.organization()))
            .filter(campus_attendance_config::campus_id.eq(campus))
            .filter(campus_attendance_config::deleted_at.is_null())
            .order(campus_attendance_config::applies_from.desc())
            .first(db.conn())
            .optional()?)
    }

    /// The slots in which the roll is called.
    pub(super) fn slots(&self) -> &'static [&'static str] {
        match self.basis {
            AttendanceBasis::Daily => &["day"],
            AttendanceBasis::AmPm => &["am", "pm"],
            AttendanceBasis::Period => &[],
        }
    }
}

fn front_desk(campus: Uuid, db: &mut Db<'_, Seed>) -> Result<Option<Worker>> {
    Ok(staff::table
        .filter(staff::organization_id.eq(db.organization()))
        .filter(staff::campus_id.eq(campus))
        .filter(staff::staff_type.eq(StaffType::Support))
        .filter(staff::user_id.is_not_null())
        .filter(staff::deleted_at.is_null())
        .order(staff::employee_number)
        .select((staff::id, staff::user_id.assume_not_null()))
        .first(db.conn())
        .optional()?)
}
