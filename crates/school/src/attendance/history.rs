//! Who changed what in a register.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use schema::{change_events, users};
use serde_json::Value;
use uuid::Uuid;

use super::{code, register::Head};
use crate::{
    clock::local,
    db::Db,
    error::Result,
    permit::{Grants, ReadAttendanceSessions},
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

/// The changes of one student's mark in a register, newest first.
pub fn of_mark(
    head: &Head,
    student: Uuid,
    db: &mut Db<'_, impl Grants<ReadAttendanceSessions>>,
) -> Result<Vec<Change>> {
    let Some(session) = &head.session else {
        return Ok(Vec::new());
    };
    let record: Option<Uuid> = schema::attendance_records::table
        .filter(schema::attendance_records::organization_id.eq(db.organization()))
        .filter(schema::attendance_records::attendance_session_id.eq(session.id))
        .filter(schema::attendance_records::student_id.eq(student))
        .select(schema::attendance_records::id)
        .first(db.conn())
        .optional()?;
    let events: Vec<(DateTime<Utc>, Option<String>, Option<String>, Value)> = change_events::table
        .left_join(users::table.on(users::id.nullable().eq(change_events::user_id)))
        .filter(change_events::organization_id.eq(db.organization()))
        .filter(change_events::subject_id.eq(session.id))
        .filter(change_events::entity.eq("attendance_records"))
        .select((
            change_events::at,
            users::first_name.nullable(),
            users::last_name.nullable(),
            change_events::changes,
        ))
        .order(change_events::id.desc())
        .limit(MOST)
        .load(db.conn())?;
    let codes = code::all(db)?;
    let name = |value: &Value| {
        let id = value.as_str().and_then(|id| Uuid::parse_str(id).ok());
        codes
            .iter()
            .find(|code| Some(code.id) == id)
            .map(|code| code.name.clone())
    };
    let changes = events.into_iter().filter_map(|(at, first, last, changes)| {
        let ours = changes
            .as_array()?
            .iter()
            .find(|change| {
                change.get("id").and_then(Value::as_str)
                    == record.map(|id| id.to_string()).as_deref()
            })?
            .clone();
        let what: Vec<_> = ours
            .as_object()?
            .iter()
            .filter_map(|(field, value)| say(field, value, &name))
            .collect();
        let (day, time) = local(at, head.zone);
        let by = first.zip(last).map_or_else(
            || "Belfry".to_owned(),
            |(first, last)| format!("{first} {last}"),
        );
        (!what.is_empty()).then(|| Change {
            at: format!("{} {}", day.format("%-d %b"), time.format("%H:%M")),
            by,
            what,
        })
    });
    Ok(changes.collect())
}

/// A changed field in words; nothing for what is only kept beside it.
fn say(field: &str, value: &Value, code: &impl Fn(&Value) -> Option<String>) -> Option<String> {
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
