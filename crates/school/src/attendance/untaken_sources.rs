//! What the registers of many days hang on: homerooms, calendars, policies and takings, a statement each.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use diesel::{prelude::*, sql_types::Bool};
use schema::{
    academic_years, attendance_sessions as sessions, calendar_days, campus_attendance_config as config,
    campuses, classes, organizations, staff, users,
};
use uuid::Uuid;

use super::{
    joins,
    policy::{DayEntry, Policy},
};
use crate::{
    db::Db,
    error::Result,
    permit::Permission,
    slice::Listing,
    words::{AttendanceBasis, ClassKind, ClassStatus},
};

/// The most homerooms that are looked over; a larger organization looks campus by campus.
const HOMEROOMS: i64 = 1000;
/// The most takings of the whole span.
const TAKINGS: i64 = 200_000;

/// A homeroom in use.
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
}

/// A taking of a register.
#[derive(Clone, Debug, Queryable)]
pub(super) struct Taken {
    class: Uuid,
    day: NaiveDate,
    pub(super) slot: String,
    pub(super) submitted_at: Option<DateTime<Utc>>,
    pub(super) by: Option<(String, String)>,
}

/// All that is needed to say which registers were due and what became of them.
#[derive(Clone, Debug)]
pub(super) struct Sources {
    pub(super) homerooms: Vec<Homeroom>,
    pub(super) exceptions: HashMap<(Uuid, NaiveDate), DayEntry>,
    /// By campus, the newest first.
    pub(super) policies: HashMap<Uuid, Vec<(NaiveDate, Policy)>>,
    pub(super) taken: HashMap<(Uuid, NaiveDate), Vec<Taken>>,
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
        Ok(Self {
            homerooms,
            exceptions: exceptions(span, &campuses, db)?,
            policies: policies(span.1, &campuses, db)?,
            taken,
        })
    }
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
    let teacher = staff::organization_id
        .eq(classes::organization_id)
        .and(staff::id.nullable().eq(classes::homeroom_teacher_id));
    Ok(classes::table
        .inner_join(campuses::table.on(joins::campus_of_class()))
        .inner_join(academic_years::table.on(joins::year_of_class()))
        .inner_join(organizations::table.on(joins::organization_of_class()))
        .left_join(staff::table.on(teacher))
        .filter(classes::organization_id.eq(db.organization()))
        .filter(classes::kind.eq(ClassKind::Homeroom))
        .filter(classes::status.eq(ClassStatus::Active))
        .filter(classes::deleted_at.is_null())
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
type Dated = (Uuid, NaiveDate, (AttendanceBasis, NaiveTime, NaiveTime, i16));

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
        .select((
            config::campus_id,
            config::applies_from,
            (config::basis, config::due_time, config::late_after, config::teacher_edit_days),
        ))
        .order(config::applies_from.desc())
        .load(db.conn())?;
    let mut policies: HashMap<Uuid, Vec<(NaiveDate, Policy)>> = HashMap::new();
    for (campus, from, (basis, due_time, late_after, teacher_edit_days)) in found {
        let policy = Policy { basis, due_time, late_after, teacher_edit_days };
        policies.entry(campus).or_default().push((from, policy));
    }
    Ok(policies)
}
