//! A register: one class, one day, one slot, as it stands.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use diesel::{dsl::exists, prelude::*, sql_types::Bool};
use schema::{
    academic_years, attendance_sessions, calendar_days, campus_attendance_config, campuses,
    class_staff, classes, organizations, users,
};
use uuid::Uuid;

use super::{
    code::Code,
    policy::{CalendarEntry, Policy, SchoolDay},
    recent::{self, Recent},
    roll::{self, Row},
};
use crate::{
    clock::local,
    db::Db,
    error::{Error, Result},
    permit::{Grants, Permission, ReadAttendanceSessions},
    words::{AttendanceBasis, CalendarDayKind, ClassKind},
};

/// Which register: the class, the day and the slot in it (`day`, `am`, `pm` or a lesson's start).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The class.
    pub class: Uuid,
    /// The day.
    pub day: NaiveDate,
    /// The slot.
    pub slot: String,
}

/// The taking of a register, from its first mark on.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = attendance_sessions)]
pub struct Session {
    /// Its id.
    pub id: Uuid,
    /// When it was submitted, if it was.
    pub submitted_at: Option<DateTime<Utc>>,
    /// Raised by each submission and withdrawal.
    pub version: i32,
}

/// What stands above the roll.
#[derive(Clone, Debug)]
pub struct Head {
    /// Which register.
    pub key: Key,
    /// What the class is called.
    pub class_name: String,
    /// Where it meets.
    pub room: Option<String>,
    /// The campus.
    pub campus: Uuid,
    /// Its zone.
    pub zone: Tz,
    /// Its policy that day.
    pub policy: Policy,
    /// Whether there is school.
    pub school_day: SchoolDay,
    /// The taking, once it has begun.
    pub session: Option<Session>,
    /// Whose class it is.
    pub homeroom_teacher: Option<Uuid>,
    /// Who submitted it.
    pub submitted_by: Option<String>,
    /// The instant at which this was read.
    pub instant: DateTime<Utc>,
    /// The campus's day and time then.
    pub now: (NaiveDate, NaiveTime),
}

/// A register as it stands, ready to be shown.
#[derive(Clone, Debug)]
pub struct Register {
    /// What stands above the roll.
    pub head: Head,
    /// The school's codes in use.
    pub codes: Vec<Code>,
    /// Everyone on the roll that day, by family name.
    pub rows: Vec<Row>,
    /// The last days' exceptions.
    pub recent: Recent,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = campus_attendance_config)]
struct Configured {
    basis: AttendanceBasis,
    due_time: NaiveTime,
    late_after: NaiveTime,
    teacher_edit_days: i16,
}

type Found = (
    (
        String,
        Option<String>,
        Uuid,
        Option<Uuid>,
        Option<String>,
        NaiveTime,
    ),
    (NaiveDate, NaiveDate, Vec<Option<i16>>),
    String,
    Option<Session>,
    Option<Configured>,
    Option<(CalendarDayKind, Option<String>)>,
    Option<(String, String)>,
);

impl Register {
    /// The register of a class on a day, whether or not somebody has begun it.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the class is out of reach or calls no roll in this slot.
    pub fn of(key: &Key, db: &mut Db<'_, impl Grants<ReadAttendanceSessions>>) -> Result<Self> {
        let head = Head::of(key, db)?;
        let codes = Code::in_use(db)?;
        let rows = roll::on(&head, db)?;
        let recent = recent::before(&head, db)?;
        Ok(Self {
            head,
            codes,
            rows,
            recent,
        })
    }

    /// The code with this short name.
    #[must_use]
    pub fn code(&self, id: Uuid) -> Option<&Code> {
        self.codes.iter().find(|code| code.id == id)
    }
}

impl Head {
    /// What stands above the roll, in one statement.
    ///
    /// # Errors
    /// As [`Register::of`].
    pub(crate) fn of<P: Permission>(key: &Key, db: &mut Db<'_, P>) -> Result<Self> {
        let (organization, sees, today) = (db.organization(), db.sees(), db.today());
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
        let taking = attendance_sessions::organization_id
            .eq(classes::organization_id)
            .and(attendance_sessions::class_id.eq(classes::id))
            .and(attendance_sessions::class_subject_id.is_null())
            .and(attendance_sessions::session_date.eq(key.day))
            .and(attendance_sessions::slot.eq(key.slot.clone()))
            .and(attendance_sessions::deleted_at.is_null());
        let policy = campus_attendance_config::organization_id
            .eq(classes::organization_id)
            .and(campus_attendance_config::campus_id.eq(classes::campus_id))
            .and(campus_attendance_config::applies_from.le(key.day))
            .and(campus_attendance_config::deleted_at.is_null());
        let exception = calendar_days::organization_id
            .eq(classes::organization_id)
            .and(calendar_days::campus_id.eq(classes::campus_id))
            .and(calendar_days::day.eq(key.day))
            .and(calendar_days::deleted_at.is_null());
        let found: Found = classes::table
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
            .left_join(attendance_sessions::table.on(taking))
            .left_join(campus_attendance_config::table.on(policy))
            .left_join(calendar_days::table.on(exception))
            .left_join(
                users::table.on(users::id
                    .nullable()
                    .eq(attendance_sessions::submitted_by_id)),
            )
            .filter(classes::organization_id.eq(organization))
            .filter(classes::id.eq(key.class))
            .filter(classes::kind.eq(ClassKind::Homeroom))
            .filter(classes::deleted_at.is_null())
            .filter(
                sees.everything
                    .into_sql::<Bool>()
                    .or(classes::campus_id.eq_any(sees.campuses))
                    .or(exists(stands_in_front)),
            )
            .select((
                (
                    classes::name,
                    classes::room,
                    classes::campus_id,
                    classes::homeroom_teacher_id,
                    campuses::time_zone,
                    campuses::day_starts_at,
                ),
                (
                    academic_years::start_date,
                    academic_years::end_date,
                    academic_years::school_weekdays,
                ),
                organizations::time_zone,
                Option::<Session>::as_select(),
                Option::<Configured>::as_select(),
                (calendar_days::kind, calendar_days::note).nullable(),
                (users::first_name, users::last_name).nullable(),
            ))
            .order(campus_attendance_config::applies_from.desc().nulls_last())
            .first(db.conn())?;
        let head = Self::read(key, found, db.now());
        if head.policy.calls_in(&key.slot) || head.session.is_some() {
            Ok(head)
        } else {
            Err(Error::NotFound)
        }
    }

    fn read(key: &Key, found: Found, now: DateTime<Utc>) -> Self {
        let (
            (class_name, room, campus, homeroom_teacher, campus_zone, starts),
            (first, last, weekdays),
            zone,
            session,
            policy,
            exception,
            by,
        ) = found;
        let zone: Tz = campus_zone.unwrap_or(zone).parse().unwrap_or(Tz::UTC);
        let policy = policy.map_or_else(
            || Policy::usual(starts),
            |said| Policy {
                basis: said.basis,
                due_time: said.due_time,
                late_after: said.late_after,
                teacher_edit_days: said.teacher_edit_days,
            },
        );
        let calendar = CalendarEntry {
            year: (first, last),
            weekdays: weekdays.into_iter().flatten().collect(),
            exception,
        };
        Self {
            class_name,
            room,
            campus,
            homeroom_teacher,
            zone,
            policy,
            session,
            school_day: calendar.of(key.day),
            submitted_by: by.map(|(first, last)| format!("{first} {last}")),
            instant: now,
            now: local(now, zone),
            key: key.clone(),
        }
    }

    /// Whether the register is in.
    #[must_use]
    pub fn is_submitted(&self) -> bool {
        self.session
            .as_ref()
            .is_some_and(|session| session.submitted_at.is_some())
    }
}
