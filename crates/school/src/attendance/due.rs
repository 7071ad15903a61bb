//! The homerooms whose registers are due on a day.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use diesel::{
    dsl::{case_when, exists, max, row_number},
    prelude::*,
    sql_types::Bool,
};
use schema::{
    academic_years, attendance_sessions as sessions, calendar_days, campus_attendance_config as config,
    campuses, classes, organizations, staff, users,
};
use uuid::Uuid;

use super::{
    day::Call,
    exceptions::Sums,
    joins,
    policy::{CalendarEntry, DayEntry, Policy, Said, SchoolDay, with_hours},
};
use crate::{
    clock::local,
    db::Db,
    error::Result,
    permit::Permission,
    reach::Sees,
    sql::{codes_of, day_begins, stand_ins},
    words::ClassKind,
};

/// The most registers of one day; a larger organization looks campus by campus.
pub(super) const MOST: usize = 1000;

/// The taking of a register, in its slot.
#[derive(Clone, Queryable, Selectable)]
#[diesel(table_name = sessions)]
pub(super) struct Taken {
    pub(super) id: Uuid,
    pub(super) slot: String,
    submitted_at: Option<DateTime<Utc>>,
}

/// A homeroom whose register is due, and how many are on its roll.
#[derive(Queryable)]
pub(super) struct Due {
    pub(super) of: Homeroom,
    /// Those on the roll, and those of whom its register says something.
    counted: (Option<i64>, Option<i64>),
    pub(super) is_in_use: bool,
    /// When its campus's day began on the day.
    begins: NaiveTime,
    /// The same on every row of a day.
    pub(super) stand_ins: Option<serde_json::Value>,
    /// The school's codes, on one row of a day.
    pub(super) codes: Option<serde_json::Value>,
}

/// A homeroom with all that its register hangs on.
#[derive(Queryable, Selectable)]
#[diesel(table_name = classes)]
pub(super) struct Homeroom {
    #[diesel(select_expression = (classes::id, classes::name, classes::room))]
    pub(super) class: (Uuid, String, Option<String>),
    #[diesel(select_expression = (campuses::id, campuses::name, campuses::time_zone))]
    pub(super) campus: (Uuid, String, Option<String>),
    #[diesel(select_expression = organizations::time_zone, select_expression_type = organizations::time_zone)]
    zone: String,
    #[diesel(select_expression = (academic_years::start_date, academic_years::end_date, academic_years::school_weekdays))]
    year: (NaiveDate, NaiveDate, Vec<Option<i16>>),
    #[diesel(select_expression = (staff::first_name, staff::last_name).nullable())]
    teacher: Option<(String, String)>,
    #[diesel(embed)]
    pub(super) session: Option<Taken>,
    #[diesel(select_expression = (users::first_name, users::last_name).nullable())]
    by: Option<(String, String)>,
    #[diesel(select_expression = (calendar_days::kind, calendar_days::note, calendar_days::starts_at, calendar_days::ends_at).nullable())]
    exception: Option<DayEntry>,
    #[diesel(embed)]
    policy: Option<Said>,
}

/// One slot of a class on a day.
pub(super) struct Slot<'s> {
    pub(super) slot: &'s str,
    pub(super) school_day: &'s SchoolDay,
    pub(super) policy: Policy,
    pub(super) session: Option<&'s Taken>,
    pub(super) now: DateTime<Utc>,
}

impl Due {
    /// Whether there is school for the class.
    pub(super) fn school_day(&self, day: NaiveDate) -> SchoolDay {
        CalendarEntry {
            year: (self.of.year.0, self.of.year.1),
            weekdays: self.of.year.2.iter().copied().flatten().collect(),
            exception: self.of.exception.clone().map(|said| with_hours(said, self.begins)),
        }
        .of(day)
    }

    /// The campus's policy that day.
    pub(super) fn policy(&self) -> Policy {
        self.of.policy.clone().map_or_else(|| Policy::usual(self.begins), Policy::from)
    }

    /// The register of one slot, with what it adds up to.
    pub(super) fn call(&self, at: Slot<'_>, sums: Sums) -> Call {
        let zone: Tz = self.of.campus.2.as_ref().unwrap_or(&self.of.zone).parse().unwrap_or(Tz::UTC);
        let name = |(first, last): &(String, String)| format!("{first} {last}");
        let count = |counted: Option<i64>| usize::try_from(counted.unwrap_or_default()).unwrap_or_default();
        let submitted = at.session.and_then(|session| session.submitted_at);
        Call {
            class: self.of.class.0,
            class_name: self.of.class.1.clone(),
            room: self.of.class.2.clone(),
            campus: self.of.campus.1.clone(),
            campus_id: self.of.campus.0,
            teacher: self.of.teacher.as_ref().map(name),
            slot: at.slot.to_owned(),
            policy: at.policy,
            school_day: at.school_day.clone(),
            now: local(at.now, zone),
            submitted: submitted
                .map(|at| (local(at, zone).1, self.of.by.as_ref().map(name).unwrap_or_default())),
            taken_by: None,
            on_behalf: None,
            substitutes: Vec::new(),
            is_open: at.session.is_some(),
            enrolled: count(self.counted.0),
            unmarked: submitted.map_or(0, |_| count(self.counted.0).saturating_sub(count(self.counted.1))),
            late: sums.late,
            absent: sums.absent,
            left: sums.left,
            conflicts: sums.conflicts,
        }
    }
}

/// The homerooms of a day in reach, of one campus where one is chosen, each with its taking if there is one; those of a
/// class stand together. A class that is closed by now is among them where its roll was called.
pub(super) fn on<P: Permission>(
    (day, campus): (NaiveDate, Option<Uuid>),
    sees: Sees,
    db: &mut Db<'_, P>,
) -> Result<Vec<Due>> {
    let (organization, today) = (db.organization(), db.today());
    let newer = diesel::alias!(config as newer);
    let newest = newer
        .filter(newer.field(config::organization_id).eq(classes::organization_id))
        .filter(newer.field(config::campus_id).eq(classes::campus_id))
        .filter(newer.field(config::applies_from).le(day))
        .filter(newer.field(config::deleted_at).is_null())
        .select(max(newer.field(config::applies_from)));
    let policy = config::organization_id
        .eq(classes::organization_id)
        .and(config::campus_id.eq(classes::campus_id))
        .and(config::applies_from.nullable().eq(newest.single_value()))
        .and(config::deleted_at.is_null());
    let place = (campuses::name, classes::name, classes::id);
    let in_reach = sees.everything.into_sql::<Bool>().or(classes::campus_id.eq_any(sees.campuses));
    Ok(classes::table
        .inner_join(campuses::table.on(joins::campus_of_class()))
        .inner_join(academic_years::table.on(joins::year_of_class()))
        .inner_join(organizations::table.on(joins::organization_of_class()))
        .left_join(staff::table.on(joins::homeroom_teacher()))
        .left_join(sessions::table.on(joins::taken_on(day)))
        .left_join(users::table.on(joins::submitter()))
        .left_join(calendar_days::table.on(joins::said_of(day)))
        .left_join(config::table.on(policy))
        .filter(classes::organization_id.eq(organization).and(classes::kind.eq(ClassKind::Homeroom)))
        .filter(joins::is_in_use().or(sessions::id.is_not_null()))
        .filter(campus.is_none().into_sql::<Bool>().or(classes::campus_id.nullable().eq(campus)))
        .filter(academic_years::start_date.le(day).and(academic_years::end_date.ge(day)))
        .filter(in_reach.or(exists(joins::stands_in_front(organization, sees.staff, today, day))))
        .select((
            Homeroom::as_select(),
            (joins::enrolled_on(day).single_value(), joins::marks_in().single_value()),
            joins::is_in_use(),
            day_begins(organization, campuses::id, day, campuses::day_starts_at),
            diesel::select(stand_ins(organization, day)).single_value(),
            case_when(row_number().window_order(place).eq(1_i64), codes_of(classes::organization_id)),
        ))
        .order(place)
        .limit(i64::try_from(MOST).unwrap_or(i64::MAX))
        .load(db.conn())?)
}
