//! What the registers of many days hang on: homerooms, rolls, calendars, policies and takings, a statement each.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use diesel::{dsl::exists, prelude::*, sql_types::Bool};
use schema::{
    academic_years, attendance_sessions as sessions, calendar_days, campus_attendance_config as config,
    campuses, class_enrollments, classes, organizations, staff, users,
};
use uuid::Uuid;

use super::{
    joins,
    policy::{DayEntry, Policy, Said},
};
use crate::{
    academics::campus_hours::PastHours, db::Db, error::Result, permit::Permission, slice::Listing,
    words::ClassKind,
};

/// The most homerooms that are looked over; a larger organization looks campus by campus.
const HOMEROOMS: i64 = 1000;
/// The most takings of the whole span.
const TAKINGS: i64 = 200_000;

/// A homeroom in use, or one whose roll was called in the span.
#[derive(Clone, Debug, Queryable)]
pub(super) struct Homeroom {
    pub(super) class: Uuid,
    pub(super) class_name: String,
    pub(super) campus_id: Uuid,
    pub(super) campus: String,
    pub(super) time_zone: Option<String>,
    pub(super) day_starts_at: NaiveTime,
    pub(super) zone: String,
    pub(super) year: (NaiveDate, NaiveDate, Vec<Option<i16>>),
    pub(super) teacher: Option<(String, String)>,
    pub(super) teacher_id: Option<Uuid>,
    /// Whether it is in use by now; one that is closed has the registers that were taken.
    pub(super) is_in_use: bool,
}

/// A taking of a register.
#[derive(Clone, Debug, Queryable)]
pub(super) struct Taken {
    class: Uuid,
    day: NaiveDate,
    pub(super) slot: String,
    pub(super) submitted_at: Option<DateTime<Utc>>,
    pub(super) by: Option<(String, String)>,
    /// Another system took it, and when is not known here.
    pub(super) is_imported: bool,
}

/// All that is needed to say which registers were due and what became of them.
#[derive(Clone, Debug)]
pub(super) struct Sources {
    pub(super) homerooms: Vec<Homeroom>,
    pub(super) exceptions: HashMap<(Uuid, NaiveDate), DayEntry>,
    /// By campus, the newest first.
    pub(super) policies: HashMap<Uuid, Vec<(NaiveDate, Policy)>>,
    pub(super) taken: HashMap<(Uuid, NaiveDate), Vec<Taken>>,
    /// When days began before that was changed.
    pub(super) past_hours: PastHours,
    stays: HashMap<Uuid, Vec<(NaiveDate, Option<NaiveDate>)>>,
}

type Span = (NaiveDate, NaiveDate);

impl Sources {
    /// In reach, from the first to the last day; filters `campus` and `class`.
    pub(super) fn between<P: Permission>(span: Span, listing: &Listing, db: &mut Db<'_, P>) -> Result<Self> {
        let homerooms = homerooms(span, listing, db)?;
        let classes: Vec<Uuid> = homerooms.iter().map(|room| room.class).collect();
        let mut campuses: Vec<Uuid> = homerooms.iter().map(|room| room.campus_id).collect();
        campuses.sort_unstable();
        campuses.dedup();
        let mut taken: HashMap<_, Vec<Taken>> = HashMap::new();
        for one in takings(span, &classes, db)? {
            taken.entry((one.class, one.day)).or_default().push(one);
        }
        let mut stays: HashMap<_, Vec<_>> = HashMap::new();
        for (class, first, last) in stays_on_rolls(span, &classes, db)? {
            stays.entry(class).or_default().push((first, last));
        }
        Ok(Self {
            homerooms,
            stays,
            exceptions: exceptions(span, &campuses, db)?,
            policies: policies(span.1, &campuses, db)?,
            past_hours: PastHours::since(span.0, db)?,
            taken,
        })
    }
}

impl Sources {
    /// Whether anybody was on a class's roll on a day.
    pub(super) fn has_roll(&self, class: Uuid, day: NaiveDate) -> bool {
        let mut stays = self.stays.get(&class).into_iter().flatten();
        stays.any(|(first, last)| *first <= day && last.is_none_or(|last| day <= last))
    }
}

/// From when to when somebody was on a class's roll, however many at once.
fn stays_on_rolls<P: Permission>(
    (first, last): Span,
    classes: &[Uuid],
    db: &mut Db<'_, P>,
) -> Result<Vec<(Uuid, NaiveDate, Option<NaiveDate>)>> {
    Ok(class_enrollments::table
        .filter(class_enrollments::organization_id.eq(db.organization()))
        .filter(class_enrollments::class_id.eq_any(classes))
        .filter(class_enrollments::deleted_at.is_null())
        .filter(class_enrollments::enrolled_on.le(last))
        .filter(class_enrollments::ended_on.is_null().or(class_enrollments::ended_on.ge(first)))
        .select((class_enrollments::class_id, class_enrollments::enrolled_on, class_enrollments::ended_on))
        .distinct()
        .limit(TAKINGS)
        .load(db.conn())?)
}

fn chosen(listing: &Listing, filter: &str) -> Option<Uuid> {
    Uuid::parse_str(listing.filter(filter)?).ok()
}

fn homerooms<P: Permission>(
    (first, last): Span,
    listing: &Listing,
    db: &mut Db<'_, P>,
) -> Result<Vec<Homeroom>> {
    let sees = db.sees();
    let (campus, class) = (chosen(listing, "campus"), chosen(listing, "class"));
    let taken = sessions::table
        .filter(sessions::organization_id.eq(classes::organization_id))
        .filter(sessions::class_id.eq(classes::id))
        .filter(sessions::session_date.between(first, last))
        .filter(sessions::class_subject_id.is_null())
        .filter(sessions::deleted_at.is_null());
    Ok(classes::table
        .inner_join(campuses::table.on(joins::campus_of_class()))
        .inner_join(academic_years::table.on(joins::year_of_class()))
        .inner_join(organizations::table.on(joins::organization_of_class()))
        .left_join(staff::table.on(joins::homeroom_teacher()))
        .filter(classes::organization_id.eq(db.organization()))
        .filter(classes::kind.eq(ClassKind::Homeroom))
        .filter(joins::is_in_use().or(exists(taken)))
        .filter(academic_years::start_date.le(last).and(academic_years::end_date.ge(first)))
        .filter(sees.everything.into_sql::<Bool>().or(classes::campus_id.eq_any(sees.campuses)))
        .filter(campus.is_none().into_sql::<Bool>().or(classes::campus_id.nullable().eq(campus)))
        .filter(class.is_none().into_sql::<Bool>().or(classes::id.nullable().eq(class)))
        .select((
            classes::id,
            classes::name,
            campuses::id,
            campuses::name,
            campuses::time_zone,
            campuses::day_starts_at,
            organizations::time_zone,
            (academic_years::start_date, academic_years::end_date, academic_years::school_weekdays),
            (staff::first_name, staff::last_name).nullable(),
            staff::id.nullable(),
            joins::is_in_use(),
        ))
        .order((campuses::name, classes::name, classes::id))
        .limit(HOMEROOMS)
        .load(db.conn())?)
}

fn takings<P: Permission>((first, last): Span, classes: &[Uuid], db: &mut Db<'_, P>) -> Result<Vec<Taken>> {
    Ok(sessions::table
        .left_join(users::table.on(joins::submitter()))
        .filter(sessions::organization_id.eq(db.organization()))
        .filter(sessions::session_date.between(first, last))
        .filter(sessions::class_id.eq_any(classes))
        .filter(sessions::class_subject_id.is_null())
        .filter(sessions::deleted_at.is_null())
        .select((
            sessions::class_id,
            sessions::session_date,
            sessions::slot,
            sessions::submitted_at,
            (users::first_name, users::last_name).nullable(),
            sessions::import_hash.is_not_null(),
        ))
        .limit(TAKINGS)
        .load(db.conn())?)
}

fn exceptions<P: Permission>(
    (first, last): Span,
    campuses: &[Uuid],
    db: &mut Db<'_, P>,
) -> Result<HashMap<(Uuid, NaiveDate), DayEntry>> {
    let found: Vec<(Uuid, NaiveDate, DayEntry)> = calendar_days::table
        .filter(calendar_days::organization_id.eq(db.organization()))
        .filter(calendar_days::campus_id.eq_any(campuses))
        .filter(calendar_days::day.between(first, last))
        .filter(calendar_days::deleted_at.is_null())
        .select((
            calendar_days::campus_id,
            calendar_days::day,
            (calendar_days::kind, calendar_days::note, calendar_days::starts_at, calendar_days::ends_at),
        ))
        .load(db.conn())?;
    Ok(found.into_iter().map(|(campus, day, said)| ((campus, day), said)).collect())
}

/// A campus's policy from a day on.
type Dated = (Uuid, NaiveDate, Said);

fn policies<P: Permission>(
    last: NaiveDate,
    campuses: &[Uuid],
    db: &mut Db<'_, P>,
) -> Result<HashMap<Uuid, Vec<(NaiveDate, Policy)>>> {
    let found: Vec<Dated> = config::table
        .filter(config::organization_id.eq(db.organization()))
        .filter(config::campus_id.eq_any(campuses))
        .filter(config::applies_from.le(last))
        .filter(config::deleted_at.is_null())
        .select((config::campus_id, config::applies_from, Said::as_select()))
        .order(config::applies_from.desc())
        .load(db.conn())?;
    let mut policies: HashMap<Uuid, Vec<(NaiveDate, Policy)>> = HashMap::new();
    for (campus, from, said) in found {
        policies.entry(campus).or_default().push((from, said.into()));
    }
    Ok(policies)
}
