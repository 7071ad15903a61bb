//! A campus as it calls its rolls: its clock, its policy, its homerooms and who is on them.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use diesel::prelude::*;
use schema::{
    campus_attendance_config, campuses, class_enrollments, class_staff, classes, organizations,
    staff, students,
};
use uuid::Uuid;

use super::{calendar::Calendar, fate::number_of};
use crate::{
    clock::local,
    db::Db,
    error::Result,
    permit::Seed,
    words::{AttendanceBasis, ClassDuty, ClassKind, ClassStatus, StaffType},
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
    pub(super) half_day_minutes: i16,
    pub(super) full_day_minutes: i16,
}

/// Somebody with an account.
#[derive(Clone, Copy, Debug, Queryable)]
pub(super) struct Worker {
    pub(super) staff: Uuid,
    pub(super) user: Uuid,
}

/// A homeroom and who is on its roll.
pub(super) struct Homeroom {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) teacher: Worker,
    substitutes: Vec<(Worker, NaiveDate, NaiveDate)>,
    pub(super) roll: Vec<Pupil>,
}

/// Somebody on a roll.
pub(super) struct Pupil {
    pub(super) id: Uuid,
    /// What chance knows them by.
    pub(super) number: u64,
    from: NaiveDate,
    until: Option<NaiveDate>,
}

impl House {
    /// Every campus.
    pub(super) fn all(db: &mut Db<'_, Seed>) -> Result<Vec<Self>> {
        let zone: String = organizations::table
            .find(db.organization())
            .select(organizations::time_zone)
            .first(db.conn())?;
        let found: Vec<(Uuid, Option<String>, NaiveTime, NaiveTime)> = campuses::table
            .filter(campuses::organization_id.eq(db.organization()))
            .filter(campuses::deleted_at.is_null())
            .order(campuses::code)
            .select((
                campuses::id,
                campuses::time_zone,
                campuses::day_starts_at,
                campuses::day_ends_at,
            ))
            .load(db.conn())?;
        let mut all = Vec::new();
        for (id, own_zone, starts, ends) in found {
            let zone = own_zone
                .as_ref()
                .unwrap_or(&zone)
                .parse()
                .unwrap_or(Tz::UTC);
            // A campus that somebody added while trying things out has no policy yet and is left alone.
            let Some(policy) = Policy::of(id, db)? else {
                continue;
            };
            let calendar = Calendar::of(id, db)?;
            let (homerooms, office) = (Homeroom::all(id, db)?, front_desk(id, db)?);
            all.push(Self {
                id,
                zone,
                starts,
                ends,
                policy,
                calendar,
                homerooms,
                office,
            });
        }
        Ok(all)
    }

    /// The day it is there.
    pub(super) fn today(&self, now: DateTime<Utc>) -> NaiveDate {
        local(now, self.zone).0
    }

    /// The instant of a wall-clock time there.
    pub(super) fn at(&self, day: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
        let there = self
            .zone
            .from_local_datetime(&day.and_time(time))
            .earliest();
        there.map_or_else(
            || day.and_time(time).and_utc(),
            |there| there.with_timezone(&Utc),
        )
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

impl Homeroom {
    fn all(campus: Uuid, db: &mut Db<'_, Seed>) -> Result<Vec<Self>> {
        let teaches = staff::organization_id
            .eq(classes::organization_id)
            .and(staff::id.nullable().eq(classes::homeroom_teacher_id));
        let found: Vec<(Uuid, String, Uuid, Option<Uuid>)> = classes::table
            .inner_join(staff::table.on(teaches))
            .filter(classes::organization_id.eq(db.organization()))
            .filter(classes::campus_id.eq(campus))
            .filter(classes::kind.eq(ClassKind::Homeroom))
            .filter(classes::status.eq(ClassStatus::Active))
            .filter(classes::deleted_at.is_null())
            .order((classes::name, classes::id))
            .select((classes::id, classes::name, staff::id, staff::user_id))
            .load(db.conn())?;
        let mut all = Vec::new();
        for (id, name, staff, user) in found {
            let Some(user) = user else { continue };
            let (substitutes, roll) = (substitutes(id, db)?, roll(id, db)?);
            all.push(Self {
                id,
                name,
                teacher: Worker { staff, user },
                substitutes,
                roll,
            });
        }
        Ok(all)
    }

    /// Who stands in front of it on a day.
    pub(super) fn in_front(&self, day: NaiveDate) -> Worker {
        let covers = |from: NaiveDate, to: NaiveDate| from <= day && day <= to;
        self.substitutes
            .iter()
            .find(|(_, from, to)| covers(*from, *to))
            .map_or(self.teacher, |(worker, ..)| *worker)
    }

    /// Who is on the roll on a day.
    pub(super) fn on_roll(&self, day: NaiveDate) -> impl Iterator<Item = &Pupil> {
        self.roll
            .iter()
            .filter(move |pupil| pupil.from <= day && pupil.until.is_none_or(|until| day <= until))
    }
}

fn substitutes(class: Uuid, db: &mut Db<'_, Seed>) -> Result<Vec<(Worker, NaiveDate, NaiveDate)>> {
    let is = staff::organization_id
        .eq(class_staff::organization_id)
        .and(staff::id.eq(class_staff::staff_id));
    Ok(class_staff::table
        .inner_join(staff::table.on(is))
        .filter(class_staff::organization_id.eq(db.organization()))
        .filter(class_staff::class_id.eq(class))
        .filter(class_staff::duty.eq(ClassDuty::Substitute))
        .filter(class_staff::deleted_at.is_null())
        .filter(staff::user_id.is_not_null())
        .select((
            (staff::id, staff::user_id.assume_not_null()),
            class_staff::starts_on,
            class_staff::ends_on.assume_not_null(),
        ))
        .filter(class_staff::ends_on.is_not_null())
        .load(db.conn())?)
}

fn roll(class: Uuid, db: &mut Db<'_, Seed>) -> Result<Vec<Pupil>> {
    let is = students::organization_id
        .eq(class_enrollments::organization_id)
        .and(students::id.eq(class_enrollments::student_id));
    let found: Vec<(Uuid, String, NaiveDate, Option<NaiveDate>)> = class_enrollments::table
        .inner_join(students::table.on(is))
        .filter(class_enrollments::organization_id.eq(db.organization()))
        .filter(class_enrollments::class_id.eq(class))
        .filter(class_enrollments::deleted_at.is_null())
        .filter(students::deleted_at.is_null())
        .order(students::student_number)
        .select((
            students::id,
            students::student_number,
            class_enrollments::enrolled_on,
            class_enrollments::ended_on,
        ))
        .load(db.conn())?;
    let pupil = |(id, number, from, until): (Uuid, String, _, _)| Pupil {
        id,
        number: number_of(&number),
        from,
        until,
    };
    Ok(found.into_iter().map(pupil).collect())
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
