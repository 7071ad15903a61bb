//! What closing school on a day would do, before anybody says so.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};
use diesel::{dsl::count, prelude::*};
use schema::{attendance_sessions as sessions, campuses};
use uuid::Uuid;

use super::{calendar_day::CalendarDay, campus::Campus, year::AcademicYear};
use crate::{
    db::Db,
    error::{Error, Result},
    permit::UpdateCalendarDays,
    words::CalendarDayKind,
};

/// A campus that could close.
#[derive(Clone, Debug)]
pub struct Prospect {
    /// Which.
    pub campus: Campus,
    /// When its day begins and ends.
    pub hours: (NaiveTime, NaiveTime),
    /// Why there is nothing to close; none where there is school.
    pub off: Option<String>,
    /// Registers that somebody has begun and not submitted.
    pub begun: i64,
    /// Registers that were submitted.
    pub submitted: i64,
}

/// What a closure on a day would meet at each campus in reach, by name.
pub fn prospects(day: NaiveDate, db: &mut Db<'_, UpdateCalendarDays>) -> Result<Vec<Prospect>> {
    let within_reach = Campus::within_reach(db)?;
    let ids: Vec<Uuid> = within_reach.iter().map(|campus| campus.id).collect();
    let years = AcademicYear::all(db)?;
    let year = years.iter().find(|year| year.includes(day));
    let days = CalendarDay::within(&ids, (day, day), db)?;
    let hours = hours(&ids, db)?;
    let registers = registers(&ids, day, db)?;
    let prospects = within_reach.into_iter().filter_map(|campus| {
        let said = days.iter().find(|said| said.campus_id == campus.id);
        let (all, submitted) = registers.get(&campus.id).copied().unwrap_or_default();
        Some(Prospect {
            hours: *hours.get(&campus.id)?,
            off: why_off(day, year, said),
            begun: all - submitted,
            submitted,
            campus,
        })
    });
    Ok(prospects.collect())
}

/// Why there is no school on a day at a campus whose calendar says this of it; none where there is.
pub(super) fn why_off(
    day: NaiveDate,
    year: Option<&AcademicYear>,
    said: Option<&CalendarDay>,
) -> Option<String> {
    let Some(year) = year else {
        return Some("No school year includes this day".into());
    };
    match said {
        Some(said) if said.is_off() => Some(match (&said.note, said.kind) {
            (Some(note), CalendarDayKind::Closure) => format!("Closed already: {note}"),
            (None, CalendarDayKind::Closure) => "Closed already".into(),
            (Some(note), kind) => format!("{}: {note}", kind.label()),
            (None, kind) => kind.label().into(),
        }),
        Some(_) => None,
        None if year.holds_school_on(day) => None,
        None => Some(format!("No school on a {}", day.format("%A"))),
    }
}

/// That an hour is outside of the day at a campus.
pub(super) fn outside(campus: &Campus, field: &'static str, (starts, ends): (NaiveTime, NaiveTime)) -> Error {
    let (starts, ends) = (starts.format("%H:%M"), ends.format("%H:%M"));
    Error::invalid(field, format!("The day at {} runs from {starts} to {ends}.", campus.name))
}

/// When the day of each campus begins and ends.
pub(super) fn hours(
    of: &[Uuid],
    db: &mut Db<'_, UpdateCalendarDays>,
) -> Result<BTreeMap<Uuid, (NaiveTime, NaiveTime)>> {
    let found: Vec<(Uuid, (NaiveTime, NaiveTime))> = campuses::table
        .filter(campuses::organization_id.eq(db.organization()))
        .filter(campuses::id.eq_any(of))
        .select((campuses::id, (campuses::day_starts_at, campuses::day_ends_at)))
        .load(db.conn())?;
    Ok(found.into_iter().collect())
}

/// How many registers of a day each campus has begun, and how many of them were submitted.
fn registers(
    of: &[Uuid],
    day: NaiveDate,
    db: &mut Db<'_, UpdateCalendarDays>,
) -> Result<BTreeMap<Uuid, (i64, i64)>> {
    let found: Vec<(Uuid, i64, i64)> = sessions::table
        .filter(sessions::organization_id.eq(db.organization()))
        .filter(sessions::campus_id.eq_any(of))
        .filter(sessions::session_date.eq(day))
        .filter(sessions::deleted_at.is_null())
        .group_by(sessions::campus_id)
        .select((sessions::campus_id, count(sessions::id), count(sessions::submitted_at)))
        .load(db.conn())?;
    Ok(found.into_iter().map(|(campus, all, submitted)| (campus, (all, submitted))).collect())
}
