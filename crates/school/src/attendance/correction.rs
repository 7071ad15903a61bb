//! What was changed after a register had been submitted for the first time: who, when, from what to what.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;
use diesel::{dsl::sql, prelude::*, sql_types::Bool};
use schema::{
    attendance_records as records, attendance_sessions as sessions, campuses, change_events, classes,
    organizations, students, users,
};
use serde_json::Value;
use uuid::Uuid;

use super::{
    code::{self, Code},
    history::say,
    joins,
};
use crate::{
    clock::local,
    db::Db,
    error::Result,
    permit::{Grants, Permission, ReadCampusAttendance},
    slice::{Listing, Slice},
};

/// The longest span that is looked over, in days.
pub const LONGEST: u64 = 62;
/// The most marks that one list tells of.
const MARKS: i64 = 100_000;

/// A change of one register's marks by one person at one moment.
#[derive(Clone, Debug)]
pub struct Correction {
    /// Its id; later ones are larger.
    pub id: Uuid,
    /// The campus's day and time.
    pub at: NaiveDateTime,
    /// Who; none for an import.
    pub by: Option<String>,
    /// The class.
    pub class: Uuid,
    /// What it is called.
    pub class_name: String,
    /// The register's day.
    pub day: NaiveDate,
    /// Its slot.
    pub slot: String,
    /// Each mark that changed.
    pub marks: Vec<Mark>,
}

/// A mark that changed.
#[derive(Clone, Debug)]
pub struct Mark {
    /// Whose.
    pub student: Uuid,
    /// Their name, and its language.
    pub name: (String, Option<String>),
    /// Whether the office's side of it changed, else the teacher's.
    pub by_office: bool,
    /// What became of what.
    pub what: Vec<String>,
}

type Event = (
    (Uuid, DateTime<Utc>, Value),
    Option<(String, String)>,
    (Uuid, String, NaiveDate, String),
    (Option<String>, String),
);

type Whose = (Uuid, Uuid, String, Option<String>, String, Option<String>);

impl Correction {
    /// Of the registers from the first to the last day as far as the reader sees, latest change first; filters `campus`
    /// and `class`.
    ///
    /// # Errors
    /// [`crate::Error::Unavailable`] when the database is away.
    pub fn listed(
        span: (NaiveDate, NaiveDate),
        listing: &Listing,
        db: &mut Db<'_, impl Grants<ReadCampusAttendance>>,
    ) -> Result<Slice<Self>> {
        Ok(Slice::of(Self::found(span, listing, Slice::<Self>::limit(), db)?))
    }

    /// The same, all of them on one list. At most one more than [`crate::slice::FILE`].
    ///
    /// # Errors
    /// As [`Correction::listed`].
    pub fn every(
        span: (NaiveDate, NaiveDate),
        listing: &Listing,
        db: &mut Db<'_, impl Grants<ReadCampusAttendance>>,
    ) -> Result<Vec<Self>> {
        Self::found(span, &Listing { after: None, ..listing.clone() }, Slice::<Self>::most(), db)
    }

    fn found<P: Permission>(
        span: (NaiveDate, NaiveDate),
        listing: &Listing,
        limit: i64,
        db: &mut Db<'_, P>,
    ) -> Result<Vec<Self>> {
        let events = events(span, listing, limit, db)?;
        let changed: Vec<Uuid> = events.iter().flat_map(|event| rows(&event.0.2)).map(|(id, _)| id).collect();
        let whose = whose(&changed, db)?;
        let codes = code::all(db)?;
        Ok(events.into_iter().map(|event| Self::read(event, &whose, &codes)).collect())
    }

    fn read(event: Event, whose: &HashMap<Uuid, Whose>, codes: &[Code]) -> Self {
        let ((id, at, changes), by, (class, class_name, day, slot), (own_zone, zone)) = event;
        let zone: Tz = own_zone.unwrap_or(zone).parse().unwrap_or(Tz::UTC);
        let (on, time) = local(at, zone);
        let mark = |(record, row): (Uuid, &Value)| Mark::read(whose.get(&record)?, row, codes);
        Self {
            id,
            at: on.and_time(time),
            by: by.map(|(first, last)| format!("{first} {last}")),
            class,
            class_name,
            day,
            slot,
            marks: rows(&changes).filter_map(mark).collect(),
        }
    }
}

impl Mark {
    fn read(
        (_, student, first, preferred, last, language): &Whose,
        row: &Value,
        codes: &[Code],
    ) -> Option<Self> {
        let name = |value: &Value| {
            let id = value.as_str().and_then(|id| Uuid::parse_str(id).ok());
            codes.iter().find(|code| Some(code.id) == id).map(|code| code.name.clone())
        };
        let fields = row.as_object()?;
        let what: Vec<String> = fields.iter().filter_map(|(field, value)| say(field, value, &name)).collect();
        (!what.is_empty()).then(|| Self {
            student: *student,
            name: (format!("{} {last}", preferred.as_ref().unwrap_or(first)), language.clone()),
            by_office: fields.contains_key("office_code_id") || fields.contains_key("office_note"),
            what,
        })
    }
}

/// The rows of an event, each by its id.
fn rows(changes: &Value) -> impl Iterator<Item = (Uuid, &Value)> {
    let rows = changes.as_array().into_iter().flatten();
    rows.filter_map(|row| Some((Uuid::parse_str(row.get("id")?.as_str()?).ok()?, row)))
}

fn chosen(listing: &Listing, filter: &str) -> Option<Uuid> {
    Uuid::parse_str(listing.filter(filter)?).ok()
}

/// The events of marks that came after the register's first submission, but for those that came in with it.
fn events<P: Permission>(
    (first, last): (NaiveDate, NaiveDate),
    listing: &Listing,
    limit: i64,
    db: &mut Db<'_, P>,
) -> Result<Vec<Event>> {
    let sees = db.sees();
    let (campus, class) = (chosen(listing, "campus"), chosen(listing, "class"));
    let after = listing.after.as_ref().map(|(_, id)| *id);
    let register = sessions::organization_id
        .eq(change_events::organization_id)
        .and(sessions::id.eq(change_events::subject_id));
    let called =
        classes::organization_id.eq(sessions::organization_id).and(classes::id.eq(sessions::class_id));
    let author = users::organization_id
        .eq(change_events::organization_id.nullable())
        .and(users::id.nullable().eq(change_events::user_id));
    Ok(change_events::table
        .inner_join(sessions::table.on(register))
        .inner_join(classes::table.on(called))
        .inner_join(campuses::table.on(joins::campus_of_class()))
        .inner_join(organizations::table.on(joins::organization_of_class()))
        .left_join(users::table.on(author))
        .filter(change_events::organization_id.eq(db.organization()))
        .filter(change_events::entity.eq("attendance_records"))
        .filter(sessions::organization_id.eq(db.organization()))
        .filter(sessions::session_date.between(first, last))
        .filter(sessions::deleted_at.is_null())
        .filter(sees.everything.into_sql::<Bool>().or(sessions::campus_id.eq_any(sees.campuses)))
        .filter(campus.is_none().into_sql::<Bool>().or(sessions::campus_id.nullable().eq(campus)))
        .filter(class.is_none().into_sql::<Bool>().or(sessions::class_id.nullable().eq(class)))
        .filter(
            after.is_none().into_sql::<Bool>().or(change_events::id.nullable().lt(after).assume_not_null()),
        )
        .filter(sql::<Bool>(include_str!("../sql/after_submission.sql")))
        .select((
            (change_events::id, change_events::at, change_events::changes),
            (users::first_name, users::last_name).nullable(),
            (classes::id, classes::name, sessions::session_date, sessions::slot),
            (campuses::time_zone, organizations::time_zone),
        ))
        .order(change_events::id.desc())
        .limit(limit)
        .load(db.conn())?)
}

/// Whose marks these are, by the mark's id.
fn whose<P: Permission>(marks: &[Uuid], db: &mut Db<'_, P>) -> Result<HashMap<Uuid, Whose>> {
    let marked =
        students::organization_id.eq(records::organization_id).and(students::id.eq(records::student_id));
    let found: Vec<Whose> = records::table
        .inner_join(students::table.on(marked))
        .filter(records::organization_id.eq(db.organization()))
        .filter(records::id.eq_any(marks))
        .filter(students::deleted_at.is_null())
        .select((
            records::id,
            students::id,
            students::first_name,
            students::preferred_name,
            students::last_name,
            students::name_language,
        ))
        .limit(MARKS)
        .load(db.conn())?;
    Ok(found.into_iter().map(|one| (one.0, one)).collect())
}
