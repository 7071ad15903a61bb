//! When a register went in and was taken back, by whom and for whom.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use schema::{change_events, staff, users};
use serde_json::Value;
use uuid::Uuid;

use super::{history::Change, register::Head};
use crate::{
    clock::local,
    db::Db,
    error::Result,
    permit::{Grants, ReadAttendanceSessions},
};

/// The most that are shown.
const MOST: i64 = 50;

type Event = (DateTime<Utc>, Option<(String, String)>, Value);

/// The submissions and withdrawals of a register, newest first.
pub fn of(head: &Head, db: &mut Db<'_, impl Grants<ReadAttendanceSessions>>) -> Result<Vec<Change>> {
    let Some(session) = &head.session else { return Ok(Vec::new()) };
    let events: Vec<Event> = change_events::table
        .left_join(users::table.on(users::id.nullable().eq(change_events::user_id)))
        .filter(change_events::organization_id.eq(db.organization()))
        .filter(change_events::subject_id.eq(session.id))
        .filter(change_events::entity.eq("attendance_sessions"))
        .select((change_events::at, (users::first_name, users::last_name).nullable(), change_events::changes))
        .order(change_events::id.desc())
        .limit(MOST)
        .load(db.conn())?;
    let meant: Vec<Uuid> = events.iter().flat_map(|event| people(&event.2)).collect();
    let names: Vec<(Uuid, String, String)> = staff::table
        .filter(staff::organization_id.eq(db.organization()))
        .filter(staff::id.eq_any(meant))
        .select((staff::id, staff::first_name, staff::last_name))
        .load(db.conn())?;
    let names = names.into_iter().map(|(id, first, last)| (id, format!("{first} {last}"))).collect();
    Ok(events.iter().filter_map(|event| read(event, head, &names)).collect())
}

/// A field's value after a change, if it changed.
fn after<'v>(row: &'v Value, field: &str) -> Option<&'v Value> {
    match row.get(field)? {
        Value::Array(pair) => pair.get(1),
        value => Some(value),
    }
}

fn person(row: &Value, field: &str) -> Option<Uuid> {
    Uuid::parse_str(after(row, field)?.as_str()?).ok()
}

fn people(rows: &Value) -> Vec<Uuid> {
    let rows = rows.as_array().map(Vec::as_slice).unwrap_or_default();
    rows.iter()
        .flat_map(|row| ["taken_by_id", "on_behalf_of_id"].map(|field| person(row, field)))
        .flatten()
        .collect()
}

fn read((at, by, rows): &Event, head: &Head, names: &BTreeMap<Uuid, String>) -> Option<Change> {
    let row = rows.as_array()?.first()?;
    let submitted = after(row, "submitted_at")?;
    let by = by.as_ref().map_or_else(|| "Belfry".to_owned(), |(first, last)| format!("{first} {last}"));
    let name = |field| person(row, field).and_then(|id| names.get(&id));
    let what = if submitted.is_null() {
        "Taken back".to_owned()
    } else {
        let taker = name("taken_by_id").filter(|name| **name != by);
        let taken = taker.map(|name| format!(", taken by {name}")).unwrap_or_default();
        let whom = name("on_behalf_of_id").map(|name| format!(" for {name}")).unwrap_or_default();
        format!("Submitted{taken}{whom}")
    };
    let (day, time) = local(*at, head.zone);
    let at = format!("{} {}", day.format("%-d %b"), time.format("%H:%M"));
    Some(Change { at, by, what: vec![what] })
}
