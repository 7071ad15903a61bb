//! Who comes back: the registers still to come say again what they said before the departure.

use chrono::NaiveDate;
use diesel::prelude::*;
use schema::{
    attendance_movements as movements, attendance_records as records, attendance_sessions as sessions,
};
use serde_json::Value;
use uuid::Uuid;

use super::{
    following::Replaced,
    movement_removal::put_back,
    policy::SlotName,
    register::{Head, Key},
    roll::{self, Record},
    seat::Seat,
};
use crate::{
    db::Db,
    error::{Error, Result},
    permit::UpdateAttendanceRecords,
    words::MovementKind,
};

/// Puts the marks of slots still to come back to what the departures replaced that nobody has come back from yet; where
/// there was none, as [`put_back`] says. What somebody else has said since stands. Answers what was replaced.
pub(super) fn give_back(
    student: Uuid,
    seat: &Seat,
    later: &[SlotName],
    db: &mut Db<'_, UpdateAttendanceRecords>,
) -> Result<Vec<Replaced>> {
    let departures = departures(student, seat, db)?;
    let mut given = Vec::new();
    for slot in later.iter().filter(|_| !departures.is_empty()) {
        let head = Head::of(&Key { class: seat.class, day: seat.now.0, slot: slot.to_string() }, db)?;
        let row = roll::on(&head, db)?.into_iter().find(|row| row.pupil.id == student);
        let Some((row, stands)) = row.and_then(|row| Some((row.clone(), row.record?))) else { continue };
        let of_slot = departures.iter().filter(|one| one.slot == *slot);
        let Some(first) = first(&stands, of_slot) else { continue };
        let after = put_back((&head, &row), &stands, first, db)?;
        given.push(Replaced { slot: slot.to_string(), before: Some(stands), after, was_in: head.went_in() });
    }
    Ok(given)
}

/// The first of departures, the last of which comes first, if what stands is theirs.
fn first<'d>(stands: &'d Record, departures: impl Iterator<Item = &'d Replaced>) -> Option<&'d Replaced> {
    let (mut found, mut now) = (None, Some(stands));
    for one in departures {
        let is_theirs = now.zip(one.after.as_ref()).is_some_and(|(now, after)| now.says_the_same_as(after));
        if !is_theirs {
            break;
        }
        now = one.before.as_ref();
        found = Some(one);
    }
    found
}

/// The marks of the departures of today since the child last came in, the last ones first.
fn departures(student: Uuid, seat: &Seat, db: &mut Db<'_, UpdateAttendanceRecords>) -> Result<Vec<Replaced>> {
    let today: Vec<(MovementKind, Option<Value>)> = of_day(student, seat.now.0, db)?;
    let mut marks = Vec::new();
    for (_, replaced) in today.into_iter().take_while(|(kind, _)| *kind == MovementKind::Departure) {
        let of_one: Vec<Replaced> =
            replaced.map(serde_json::from_value).transpose().map_err(Error::internal)?.unwrap_or_default();
        marks.extend(of_one);
    }
    Ok(marks)
}

fn of_day(
    student: Uuid,
    day: NaiveDate,
    db: &mut Db<'_, UpdateAttendanceRecords>,
) -> Result<Vec<(MovementKind, Option<Value>)>> {
    Ok(movements::table
        .filter(movements::organization_id.eq(db.organization()))
        .filter(movements::student_id.eq(student))
        .filter(movements::day.eq(day))
        .filter(movements::deleted_at.is_null())
        .order((movements::created_at.desc(), movements::id.desc()))
        .select((movements::kind, movements::replaced))
        .limit(50)
        .load(db.conn())?)
}

/// Whether the mark that stands in a slot says how late they came.
pub(super) fn came_late(
    student: Uuid,
    (seat, slot): (&Seat, &str),
    db: &mut Db<'_, UpdateAttendanceRecords>,
) -> Result<bool> {
    let of_register = sessions::organization_id
        .eq(records::organization_id)
        .and(sessions::id.eq(records::attendance_session_id));
    let minutes: Option<Option<i16>> = records::table
        .inner_join(sessions::table.on(of_register))
        .filter(records::organization_id.eq(db.organization()))
        .filter(records::student_id.eq(student))
        .filter(records::deleted_at.is_null())
        .filter(sessions::class_id.eq(seat.class))
        .filter(sessions::session_date.eq(seat.now.0))
        .filter(sessions::slot.eq(slot))
        .filter(sessions::deleted_at.is_null())
        .select(records::minutes_late)
        .first(db.conn())
        .optional()?;
    Ok(minutes.flatten().is_some())
}
