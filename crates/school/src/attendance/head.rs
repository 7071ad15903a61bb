//! What stands above a register's roll and the codes that are set on it, found in one statement.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use diesel::{dsl::exists, prelude::*, sql_types::Bool};
use schema::{
    academic_years, attendance_sessions, calendar_days, campus_attendance_config, campuses, classes,
    organizations, users,
};
use uuid::Uuid;

use super::{
    code::{self, Code},
    joins,
    policy::{CalendarEntry, DayEntry, Policy, Said, SchoolDay, with_hours},
    register::{Key, Session},
};
use crate::{
    clock::local,
    db::Db,
    error::{Error, Result},
    permit::Permission,
    sql::{codes_of, day_begins},
    words::ClassKind,
};

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
    /// The school's codes, retired ones last.
    pub codes: Arc<[Code]>,
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

#[derive(Queryable, Selectable)]
#[diesel(table_name = classes)]
struct Class {
    name: String,
    room: Option<String>,
    campus_id: Uuid,
    homeroom_teacher_id: Option<Uuid>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = campuses)]
struct Place {
    time_zone: Option<String>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = academic_years)]
struct Year {
    start_date: NaiveDate,
    end_date: NaiveDate,
    school_weekdays: Vec<Option<i16>>,
}

/// One row of the statement that finds a register.
#[derive(Queryable, Selectable)]
struct Found {
    #[diesel(embed)]
    class: Class,
    #[diesel(embed)]
    campus: Place,
    #[diesel(embed)]
    year: Year,
    #[diesel(select_expression = organizations::time_zone, select_expression_type = organizations::time_zone)]
    zone: String,
    #[diesel(select_expression = codes_of(classes::organization_id), select_expression_type = codes_of<classes::organization_id>)]
    codes: serde_json::Value,
    #[diesel(embed)]
    session: Option<Session>,
    #[diesel(embed)]
    policy: Option<Said>,
    #[diesel(select_expression = (calendar_days::kind, calendar_days::note, calendar_days::starts_at, calendar_days::ends_at).nullable())]
    exception: Option<DayEntry>,
    #[diesel(select_expression = (users::first_name, users::last_name).nullable())]
    by: Option<(String, String)>,
}

impl Head {
    /// When it was submitted, if it is in.
    pub(super) fn went_in(&self) -> Option<DateTime<Utc>> {
        self.session.as_ref().and_then(|session| session.submitted_at)
    }

    /// What stands above the roll, in one statement.
    ///
    /// # Errors
    /// As [`Register::of`].
    pub(crate) fn of<P: Permission>(key: &Key, db: &mut Db<'_, P>) -> Result<Self> {
        let (organization, sees, today) = (db.organization(), db.sees(), db.today());
        let policy = campus_attendance_config::organization_id
            .eq(classes::organization_id)
            .and(campus_attendance_config::campus_id.eq(classes::campus_id))
            .and(campus_attendance_config::applies_from.le(key.day))
            .and(campus_attendance_config::deleted_at.is_null());
        let taking = joins::taken_on(key.day).and(attendance_sessions::slot.eq(key.slot.clone()));
        let in_reach = sees.everything.into_sql::<Bool>().or(classes::campus_id.eq_any(sees.campuses));
        let (found, begins): (Found, NaiveTime) = classes::table
            .inner_join(campuses::table.on(joins::campus_of_class()))
            .inner_join(academic_years::table.on(joins::year_of_class()))
            .inner_join(organizations::table.on(joins::organization_of_class()))
            .left_join(attendance_sessions::table.on(taking))
            .left_join(campus_attendance_config::table.on(policy))
            .left_join(calendar_days::table.on(joins::said_of(key.day)))
            .left_join(users::table.on(joins::submitter()))
            .filter(classes::organization_id.eq(organization))
            .filter(classes::id.eq(key.class))
            .filter(classes::kind.eq(ClassKind::Homeroom))
            .filter(classes::deleted_at.is_null().or(attendance_sessions::id.is_not_null()))
            .filter(in_reach.or(exists(joins::stands_in_front(organization, sees.staff, today, key.day))))
            .select((
                Found::as_select(),
                day_begins(organization, campuses::id, key.day, campuses::day_starts_at),
            ))
            .order(campus_attendance_config::applies_from.desc().nulls_last())
            .first(db.conn())?;
        let head = Self::read(key, found, begins, db.now())?;
        if head.policy.calls_in(&key.slot, &head.school_day) || head.session.is_some() {
            Ok(head)
        } else {
            Err(Error::NotFound)
        }
    }

    /// The hour from which the roll is called: lateness begins, noon, or the lesson's.
    pub(super) fn begins(&self) -> NaiveTime {
        match self.key.slot.as_str() {
            "day" | "am" => self.policy.late_after,
            "pm" => NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default(),
            lesson => NaiveTime::parse_from_str(lesson, "%H:%M").unwrap_or_default(),
        }
    }

    fn read(key: &Key, found: Found, begins: NaiveTime, now: DateTime<Utc>) -> Result<Self> {
        let (class, campus, year) = (found.class, found.campus, found.year);
        let zone: Tz = campus.time_zone.unwrap_or(found.zone).parse().unwrap_or(Tz::UTC);
        let calendar = CalendarEntry {
            year: (year.start_date, year.end_date),
            weekdays: year.school_weekdays.into_iter().flatten().collect(),
            exception: found.exception.map(|said| with_hours(said, begins)),
        };
        let school_day = calendar.of(key.day);
        let policy = found.policy.map_or_else(|| Policy::usual(begins), Policy::from);
        let codes = code::read(found.codes)?;
        Ok(Self {
            class_name: class.name,
            room: class.room,
            campus: class.campus_id,
            homeroom_teacher: class.homeroom_teacher_id,
            zone,
            policy: policy.on(&school_day).in_slot(&key.slot),
            codes: codes.into(),
            session: found.session,
            school_day,
            submitted_by: found.by.map(|(first, last)| format!("{first} {last}")),
            instant: now,
            now: local(now, zone),
            key: key.clone(),
        })
    }
}
