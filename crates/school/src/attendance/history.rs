//! Who changed what in a register.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use schema::{attendance_records as records, change_events, users};
use serde_json::Value;
use uuid::Uuid;

use super::register::Head;
use crate::{
    clock::local,
    db::Db,
    error::Result,
    permit::{Grants, Permission, ReadAttendanceSessions},
};

/// The most events that are looked through for one mark.
const MOST: i64 = 200;

/// One change of one mark.
#[derive(Clone, Debug)]
pub struct Change {
    /// The campus's wall clock.
    pub at: String,
    /// Who.
    pub by: String,
    /// What became of what, such as *Mark: Present → Late*.
    pub what: Vec<String>,
}

/// When, by whom, and the rows that changed.
type Event = (DateTime<Utc>, Option<(String, String)>, Value);

/// The changes of one student's mark in a register, newest first.
pub fn of_mark(
    head: &Head,
    student: Uuid,
    db: &mut Db<'_, impl Grants<ReadAttendanceSessions>>,
) -> Result<Vec<Change>> {
    let mut changes = of_marks(head, &[student], db)?;
    Ok(changes.remove(&student).unwrap_or_default())
}

/// The changes of some students' marks in a register, newest first; nothing for a student without a mark.
pub fn of_marks(
    head: &Head,
    students: &[Uuid],
    db: &mut Db<'_, impl Grants<ReadAttendanceSessions>>,
) -> Result<HashMap<Uuid, Vec<Change>>> {
    let Some(session) = &head.session else { return Ok(HashMap::new()) };
    let records = records(session.id, students, db)?;
    let events = events(session.id, db)?;
    let name = |value: &Value| {
        let id = value.as_str().and_then(|id| Uuid::parse_str(id).ok());
        head.codes.iter().find(|code| Some(code.id) == id).map(|code| code.name.clone())
    };
    let of = |record| events.iter().filter_map(|event| Change::of(record, event, head, &name)).collect();
    Ok(records.into_iter().map(|(student, record)| (student, of(record))).collect())
}

impl Change {
    fn of(
        record: Uuid,
        event: &Event,
        head: &Head,
        name: &impl Fn(&Value) -> Option<String>,
    ) -> Option<Self> {
        let (at, by, rows) = event;
        let record = record.to_string();
        let ours =
            rows.as_array()?.iter().find(|row| row.get("id").and_then(Value::as_str) == Some(&record))?;
        let what: Vec<_> =
            ours.as_object()?.iter().filter_map(|(field, value)| say(field, value, name)).collect();
        let (day, time) = local(*at, head.zone);
        let by = by.as_ref().map_or_else(|| "Belfry".to_owned(), |(first, last)| format!("{first} {last}"));
        let at = format!("{} {}", day.format("%-d %b"), time.format("%H:%M"));
        (!what.is_empty()).then_some(Self { at, by, what })
    }
}

/// The students' records.
fn records<P: Permission>(session: Uuid, students: &[Uuid], db: &mut Db<'_, P>) -> Result<Vec<(Uuid, Uuid)>> {
    Ok(records::table
        .filter(records::organization_id.eq(db.organization()))
        .filter(records::attendance_session_id.eq(session))
        .filter(records::student_id.eq_any(students))
        .select((records::student_id, records::id))
        .load(db.conn())?)
}

fn events<P: Permission>(session: Uuid, db: &mut Db<'_, P>) -> Result<Vec<Event>> {
    Ok(change_events::table
        .left_join(users::table.on(users::id.nullable().eq(change_events::user_id)))
        .filter(change_events::organization_id.eq(db.organization()))
        .filter(change_events::subject_id.eq(session))
        .filter(change_events::entity.eq("attendance_records"))
        .select((change_events::at, (users::first_name, users::last_name).nullable(), change_events::changes))
        .order(change_events::id.desc())
        .limit(MOST)
        .load(db.conn())?)
}

/// A changed field in words; nothing for what is only kept beside it.
pub(super) fn say(field: &str, value: &Value, code: &impl Fn(&Value) -> Option<String>) -> Option<String> {
    if field == "deleted_at" {
        let is_gone = value.as_array().is_none_or(|pair| pair.last().is_some_and(|after| !after.is_null()));
        return Some(if is_gone { "Taken back" } else { "Marked again" }.to_owned());
    }
    let label = match field {
        "teacher_code_id" => "Mark",
        "office_code_id" => "Office’s mark",
        "minutes_late" => "Minutes late",
        "left_at" => "Left at",
        "remarks" => "Remark",
        "office_note" => "Office’s note",
        "is_here" => "Is here",
        _ => return None,
    };
    let word = |value: &Value| match value {
        Value::Null => "none".to_owned(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::String(text) => code(&Value::String(text.clone())).unwrap_or_else(|| text.clone()),
        other => other.to_string(),
    };
    match value {
        Value::Array(pair) => {
            let [before, after] = pair.as_slice() else {
                return None;
            };
            Some(format!("{label}: {} → {}", word(before), word(after)))
        }
        Value::Bool(false) => None,
        value => Some(format!("{label}: {}", word(value))),
    }
}
