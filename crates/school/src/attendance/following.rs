//! The marks that follow a movement at the front desk, and what stood in their place before.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    code::{self, Code, PRESENT},
    coming_back::{came_late, give_back},
    mark::{self, NewMark},
    movement::NewMovement,
    register::Key,
    roll::Record,
    seat::Seat,
};
use crate::{
    db::Db,
    error::{Error, Result},
    permit::UpdateAttendanceRecords,
    words::{AttendanceStatus, CodeTiming, MovementKind},
};

/// A mark that a movement set, and the one that stood there before; kept with the movement, so that it can be taken back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Replaced {
    pub(super) slot: String,
    pub(super) before: Option<Record>,
    /// None where the mark was taken away.
    pub(super) after: Option<Record>,
    /// When the register had gone in that the mark was set in, if it was in.
    #[serde(default)]
    pub(super) was_in: Option<DateTime<Utc>>,
}

/// Marks the register of now, and those of today still to come where somebody leaves; who comes in again finds those as they
/// were before. Answers how late they came and what was replaced.
pub(super) fn follow(
    new: &NewMovement,
    with: Option<&str>,
    seat: &Seat,
    db: &mut Db<'_, UpdateAttendanceRecords>,
) -> Result<(Option<i16>, Vec<Replaced>)> {
    let codes = code::all(db)?;
    let (slot, later) = seat.slots()?;
    let mark = of_now(new, with, (seat, &slot), (&codes, db))?;
    let mut replaced = vec![set(seat, &slot, mark.clone(), db)?];
    let minutes = replaced.first().and_then(|now| now.after.as_ref()?.minutes_late);
    if new.kind != MovementKind::Departure {
        replaced.append(&mut give_back(new.student, seat, &later, db)?);
        return Ok((minutes.filter(|_| new.kind == MovementKind::Arrival), replaced));
    }
    for later in &later {
        let (code, remark) = (gone(&codes, new)?, mark.remark.clone());
        let then = NewMark { student: new.student, code, left: mark.left, remark, ..NewMark::default() };
        replaced.push(set(seat, later, then, db)?);
    }
    Ok((None, replaced))
}

fn of_now(
    new: &NewMovement,
    with: Option<&str>,
    (seat, slot): (&Seat, &str),
    (codes, db): (&[Code], &mut Db<'_, UpdateAttendanceRecords>),
) -> Result<NewMark> {
    let said = with.map(|name| format!("Left with {name}")).or_else(|| new.note.clone());
    let mut mark =
        NewMark { student: new.student, remark: Some(said.unwrap_or_default()), ..NewMark::default() };
    mark.code = match new.kind {
        MovementKind::Departure => {
            mark.left = Some(seat.now.1);
            timed(codes, CodeTiming::LeftEarly)?
        }
        MovementKind::Arrival if seat.is_late(slot) => {
            mark.arrived = Some(seat.now.1);
            timed(codes, CodeTiming::Late)?
        }
        MovementKind::Arrival => PRESENT.to_owned(),
        // The minutes that stand beside the departure stay.
        MovementKind::Return if came_late(new.student, (seat, slot), db)? => timed(codes, CodeTiming::Late)?,
        MovementKind::Return => PRESENT.to_owned(),
    };
    Ok(mark)
}

/// The first code in use that the office sets for somebody who is there at such a time.
fn timed(codes: &[Code], timing: CodeTiming) -> Result<String> {
    let fits =
        |code: &&Code| code.is_in_use() && code.set_by_office && code.is_here() && code.timing == timing;
    let code = codes.iter().find(fits).ok_or_else(|| {
        let meaning = timing.label();
        Error::Conflict(format!("No attendance code in use means “{meaning}”. An administrator can add one."))
    })?;
    Ok(code.code.clone())
}

/// The code of what is still to come for who leaves: the reason that was given, or that they left; none is made up.
fn gone(codes: &[Code], new: &NewMovement) -> Result<String> {
    match &new.rest_of_day {
        None => timed(codes, CodeTiming::LeftEarly),
        Some(said) => {
            let code = codes.iter().filter(excuses).find(|code| code.code == *said);
            let code = code.ok_or_else(|| Error::invalid("rest_of_day", "Choose one from the list."))?;
            Ok(code.code.clone())
        }
    }
}

fn excuses(code: &&Code) -> bool {
    code.is_in_use() && code.set_by_office && code.status() == AttendanceStatus::Excused
}

/// The reasons that may be given for registers that are still to come, by order; none where there are none.
///
/// # Errors
/// [`Error::NotFound`] for a student out of reach.
pub fn reasons(student: Uuid, db: &mut Db<'_, UpdateAttendanceRecords>) -> Result<Vec<Code>> {
    let is_to_come = match Seat::of(student, db).and_then(|seat| seat.slots()) {
        Ok((_, later)) => !later.is_empty(),
        Err(Error::Conflict(_)) => false,
        Err(other) => return Err(other),
    };
    let codes = if is_to_come { code::all(db)? } else { Vec::new() };
    Ok(codes.into_iter().filter(|code| excuses(&code)).collect())
}

fn set(seat: &Seat, slot: &str, mark: NewMark, db: &mut Db<'_, UpdateAttendanceRecords>) -> Result<Replaced> {
    let key = Key { class: seat.class, day: seat.now.0, slot: slot.to_owned() };
    let line = mark::on_top(&key, &mark, db)?;
    let after = Some(line.row.record.ok_or(Error::NotFound)?);
    Ok(Replaced { slot: key.slot, before: line.replaced, after, was_in: line.head.went_in() })
}
