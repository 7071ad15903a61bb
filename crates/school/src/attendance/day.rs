//! The registers of a day: which are due, which are in, what they add up to so far.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use diesel::{
    dsl::{count_star, exists},
    prelude::*,
    sql_types::Bool,
};
use schema::{
    academic_years, attendance_records, attendance_sessions as sessions, calendar_days,
    campus_attendance_config as config, campuses, class_enrollments, class_staff, classes,
    organizations, staff, users,
};
use uuid::Uuid;

use super::policy::{CalendarEntry, Policy, SchoolDay};
use crate::{
    clock::local,
    db::Db,
    error::Result,
    permit::{Grants, Permission, ReadAttendanceSessions},
    reach::Sees,
    words::{AttendanceBasis, AttendanceStatus, CalendarDayKind, ClassKind, ClassStatus},
};

/// The most registers of one day; a larger organization looks campus by campus.
const MOST: i64 = 1000;

/// One register of a day.
#[derive(Clone, Debug)]
pub struct Call {
    /// The class.
    pub class: Uuid,
    /// What it is called.
    pub class_name: String,
    /// Where it meets.
    pub room: Option<String>,
    /// The campus's name.
    pub campus: String,
    /// Its id.
    pub campus_id: Uuid,
    /// Who looks after the class.
    pub teacher: Option<String>,
    /// The slot.
    pub slot: String,
    /// When it is due.
    pub policy: Policy,
    /// Whether there is school.
    pub school_day: SchoolDay,
    /// The campus's day and time now.
    pub now: (NaiveDate, NaiveTime),
    /// When and by whom it was submitted.
    pub submitted: Option<(NaiveTime, String)>,
    /// Whether somebody has begun it.
    pub is_open: bool,
    /// On the roll.
    pub enrolled: usize,
    /// Marked late.
    pub late: usize,
    /// Marked absent, excused or not.
    pub absent: usize,
    /// The teacher says here, the office says absent.
    pub conflicts: usize,
}

impl Call {
    /// Minutes since it was due, if it is missing.
    #[must_use]
    pub fn late_by(&self, day: NaiveDate) -> Option<i64> {
        let (today, time) = self.now;
        let missing = self.submitted.is_none() && !self.is_off();
        let late = if day < today {
            24 * 60
        } else {
            (time - self.policy.due_time).num_minutes()
        };
        (missing && day <= today && late > 0).then_some(late)
    }

    /// Whether there is no school for this class.
    #[must_use]
    pub fn is_off(&self) -> bool {
        matches!(self.school_day, SchoolDay::No(_))
    }

    /// In the school's care, counting everybody who is not marked absent.
    #[must_use]
    pub fn here(&self) -> usize {
        self.enrolled.saturating_sub(self.absent)
    }
}

/// The registers that somebody stands in front of themselves.
pub fn mine(
    day: NaiveDate,
    db: &mut Db<'_, impl Grants<ReadAttendanceSessions>>,
) -> Result<Vec<Call>> {
    let sees = Sees {
        everything: false,
        campuses: Vec::new(),
        staff: db.staff(),
    };
    calls(day, sees, db)
}

/// The registers of a day as far as the reader sees.
pub(crate) fn calls<P: Permission>(
    day: NaiveDate,
    sees: Sees,
    db: &mut Db<'_, P>,
) -> Result<Vec<Call>> {
    let found = found(day, sees, db)?;
    let policies = policies(day, db)?;
    let classes: Vec<Uuid> = found.iter().map(|found| found.class.0).collect();
    let enrolled = enrolled(day, &classes, db)?;
    let sums = sums(
        &found
            .iter()
            .filter_map(|found| found.session.as_ref().map(|session| session.id))
            .collect::<Vec<_>>(),
        db,
    )?;
    let now = db.now();
    let mut calls: Vec<Call> = Vec::new();
    for taken in found.chunk_by(|one, next| one.class.0 == next.class.0) {
        let Some(one) = taken.first() else { continue };
        let policy = policies
            .get(&one.campus.0)
            .copied()
            .unwrap_or_else(|| Policy::usual(one.campus.3));
        let there = enrolled.get(&one.class.0).copied().unwrap_or_default();
        for slot in policy.slots() {
            let is_this = |session: &Taken| session.slot == *slot;
            let one = taken
                .iter()
                .find(|found| found.session.as_ref().is_some_and(is_this))
                .unwrap_or(one);
            let session = one.session.as_ref().filter(|session| is_this(session));
            let sum = session
                .and_then(|session| sums.get(&session.id))
                .copied()
                .unwrap_or_default();
            calls.push(one.call(day, slot, policy, session, (sum, there), now));
        }
    }
    Ok(calls)
}

#[derive(Clone, Queryable, Selectable)]
#[diesel(table_name = sessions)]
struct Taken {
    id: Uuid,
    slot: String,
    submitted_at: Option<DateTime<Utc>>,
}

#[derive(Queryable)]
struct Found {
    class: (Uuid, String, Option<String>),
    campus: (Uuid, String, Option<String>, NaiveTime),
    zone: String,
    year: (NaiveDate, NaiveDate, Vec<Option<i16>>),
    teacher: Option<(String, String)>,
    session: Option<Taken>,
    by: Option<(String, String)>,
    exception: Option<(CalendarDayKind, Option<String>)>,
}

#[derive(Clone, Copy, Default)]
struct Sums {
    late: usize,
    absent: usize,
    conflicts: usize,
}

impl Found {
    fn call(
        &self,
        day: NaiveDate,
        slot: &str,
        policy: Policy,
        session: Option<&Taken>,
        (sum, enrolled): (Sums, usize),
        now: DateTime<Utc>,
    ) -> Call {
        let zone: Tz = self
            .campus
            .2
            .as_ref()
            .unwrap_or(&self.zone)
            .parse()
            .unwrap_or(Tz::UTC);
        let name = |(first, last): &(String, String)| format!("{first} {last}");
        let calendar = CalendarEntry {
            year: (self.year.0, self.year.1),
            weekdays: self.year.2.iter().copied().flatten().collect(),
            exception: self.exception.clone(),
        };
        Call {
            class: self.class.0,
            class_name: self.class.1.clone(),
            room: self.class.2.clone(),
            campus: self.campus.1.clone(),
            campus_id: self.campus.0,
            teacher: self.teacher.as_ref().map(name),
            slot: slot.to_owned(),
            policy,
            school_day: calendar.of(day),
            now: local(now, zone),
            submitted: session.and_then(|session| session.submitted_at).map(|at| {
                (
                    local(at, zone).1,
                    self.by.as_ref().map(name).unwrap_or_default(),
                )
            }),
            is_open: session.is_some(),
            enrolled,
            late: sum.late,
            absent: sum.absent,
            conflicts: sum.conflicts,
        }
    }
}

fn found<P: Permission>(day: NaiveDate, sees: Sees, db: &mut Db<'_, P>) -> Result<Vec<Found>> {
    let (organization, today) = (db.organization(), db.today());
    let stands_in_front = class_staff::table
        .filter(class_staff::organization_id.eq(organization))
        .filter(class_staff::class_id.eq(classes::id))
        .filter(class_staff::staff_id.nullable().eq(sees.staff))
        .filter(class_staff::deleted_at.is_null())
        .filter(class_staff::starts_on.le(today))
        .filter(
            class_staff::ends_on
                .is_null()
                .or(class_staff::ends_on.ge(today)),
        );
    let taking = sessions::organization_id
        .eq(classes::organization_id)
        .and(sessions::class_id.eq(classes::id))
        .and(sessions::class_subject_id.is_null())
        .and(sessions::session_date.eq(day))
        .and(sessions::deleted_at.is_null());
    let exception = calendar_days::organization_id
        .eq(classes::organization_id)
        .and(calendar_days::campus_id.eq(classes::campus_id))
        .and(calendar_days::day.eq(day))
        .and(calendar_days::deleted_at.is_null());
    let teacher = staff::organization_id
        .eq(classes::organization_id)
        .and(staff::id.nullable().eq(classes::homeroom_teacher_id));
    Ok(classes::table
        .inner_join(
            campuses::table.on(campuses::organization_id
                .eq(classes::organization_id)
                .and(campuses::id.eq(classes::campus_id))),
        )
        .inner_join(
            academic_years::table.on(academic_years::organization_id
                .eq(classes::organization_id)
                .and(academic_years::id.eq(classes::academic_year_id))),
        )
        .inner_join(organizations::table.on(organizations::id.eq(classes::organization_id)))
        .left_join(staff::table.on(teacher))
        .left_join(sessions::table.on(taking))
        .left_join(users::table.on(users::id.nullable().eq(sessions::submitted_by_id)))
        .left_join(calendar_days::table.on(exception))
        .filter(classes::organization_id.eq(organization))
        .filter(classes::kind.eq(ClassKind::Homeroom))
        .filter(classes::status.eq(ClassStatus::Active))
        .filter(classes::deleted_at.is_null())
        .filter(
            academic_years::start_date
                .le(day)
                .and(academic_years::end_date.ge(day)),
        )
        .filter(
            sees.everything
                .into_sql::<Bool>()
                .or(classes::campus_id.eq_any(sees.campuses))
                .or(exists(stands_in_front)),
        )
        .select((
            (classes::id, classes::name, classes::room),
            (
                campuses::id,
                campuses::name,
                campuses::time_zone,
                campuses::day_starts_at,
            ),
            organizations::time_zone,
            (
                academic_years::start_date,
                academic_years::end_date,
                academic_years::school_weekdays,
            ),
            (staff::first_name, staff::last_name).nullable(),
            Option::<Taken>::as_select(),
            (users::first_name, users::last_name).nullable(),
            (calendar_days::kind, calendar_days::note).nullable(),
        ))
        .order((campuses::name, classes::name, classes::id))
        .limit(MOST)
        .load(db.conn())?)
}

/// Each campus's newest policy that applies on a day.
fn policies<P: Permission>(day: NaiveDate, db: &mut Db<'_, P>) -> Result<BTreeMap<Uuid, Policy>> {
    let found: Vec<(Uuid, AttendanceBasis, NaiveTime, NaiveTime, i16)> = config::table
        .filter(config::organization_id.eq(db.organization()))
        .filter(config::applies_from.le(day))
        .filter(config::deleted_at.is_null())
        .select((
            config::campus_id,
            config::basis,
            config::due_time,
            config::late_after,
            config::teacher_edit_days,
        ))
        .distinct_on(config::campus_id)
        .order((config::campus_id, config::applies_from.desc()))
        .load(db.conn())?;
    Ok(found
        .into_iter()
        .map(|(campus, basis, due_time, late_after, teacher_edit_days)| {
            (
                campus,
                Policy {
                    basis,
                    due_time,
                    late_after,
                    teacher_edit_days,
                },
            )
        })
        .collect())
}

fn enrolled<P: Permission>(
    day: NaiveDate,
    of: &[Uuid],
    db: &mut Db<'_, P>,
) -> Result<BTreeMap<Uuid, usize>> {
    let found: Vec<(Uuid, i64)> = class_enrollments::table
        .filter(class_enrollments::organization_id.eq(db.organization()))
        .filter(class_enrollments::class_id.eq_any(of))
        .filter(class_enrollments::deleted_at.is_null())
        .filter(class_enrollments::enrolled_on.le(day))
        .filter(
            class_enrollments::ended_on
                .is_null()
                .or(class_enrollments::ended_on.ge(day)),
        )
        .group_by(class_enrollments::class_id)
        .select((class_enrollments::class_id, count_star()))
        .load(db.conn())?;
    Ok(found
        .into_iter()
        .map(|(class, count)| (class, usize::try_from(count).unwrap_or_default()))
        .collect())
}

fn sums<P: Permission>(of: &[Uuid], db: &mut Db<'_, P>) -> Result<BTreeMap<Uuid, Sums>> {
    let found: Vec<(Uuid, AttendanceStatus, bool, i64)> = attendance_records::table
        .filter(attendance_records::organization_id.eq(db.organization()))
        .filter(attendance_records::attendance_session_id.eq_any(of))
        .group_by((
            attendance_records::attendance_session_id,
            attendance_records::status,
            attendance_records::is_here,
        ))
        .select((
            attendance_records::attendance_session_id,
            attendance_records::status,
            attendance_records::is_here,
            count_star(),
        ))
        .load(db.conn())?;
    let mut sums: BTreeMap<Uuid, Sums> = BTreeMap::new();
    for (session, status, is_here, count) in found {
        let count = usize::try_from(count).unwrap_or_default();
        let sum = sums.entry(session).or_default();
        match status {
            AttendanceStatus::Late => sum.late += count,
            AttendanceStatus::Absent | AttendanceStatus::Excused => {
                sum.absent += count;
                sum.conflicts += if is_here { count } else { 0 };
            }
            AttendanceStatus::Present | AttendanceStatus::LeftEarly => {}
        }
    }
    Ok(sums)
}
