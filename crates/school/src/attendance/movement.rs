//! Who comes late, leaves early and comes back, as the front desk stamps it; mark and day follow.

use chrono::{NaiveDate, NaiveTime};
use diesel::{prelude::*, sql_types::Bool};
use schema::{attendance_movements as movements, classes, students};
use uuid::Uuid;

use super::{
    code::{self, Code, PRESENT},
    collection::Collector,
    mark::{self, Line, NewMark},
    register::Key,
    seat::Seat,
};
use crate::{
    clock::new_id,
    db::Db,
    error::{Error, Result},
    people::student::visible,
    permit::UpdateAttendanceRecords,
    words::{AttendanceStatus, CodeTiming, MovementKind},
};

/// How many of a day are shown.
const SHOWN: i64 = 100;
/// How often a mark is tried again when somebody else marks the same child at the same moment.
const TRIES: usize = 3;

/// A movement as it is kept.
#[derive(Clone, Debug, Queryable)]
pub struct Movement {
    /// Its id.
    pub id: Uuid,
    /// Who.
    pub student: Uuid,
    /// Their first or called name, their family name and its language.
    pub name: (String, Option<String>, String, Option<String>),
    /// The homeroom.
    pub class_name: String,
    /// Which day.
    pub day: NaiveDate,
    /// Which way.
    pub kind: MovementKind,
    /// The campus's clock.
    pub at: NaiveTime,
    /// Minutes after lateness began in the slot, for an arrival.
    pub minutes_late: Option<i16>,
    /// With whom they left.
    pub collected_by: Option<String>,
    /// What was said.
    pub note: Option<String>,
}

/// A movement to be stamped now.
#[derive(Clone, Debug)]
pub struct NewMovement {
    /// Who.
    pub student: Uuid,
    /// Which way.
    pub kind: MovementKind,
    /// With whom they leave.
    pub collector: Option<Collector>,
    /// What was said, up to 200 characters.
    pub note: Option<String>,
}

impl Movement {
    /// The name that is called, and the family name.
    #[must_use]
    pub fn called(&self) -> String {
        let (first, preferred, last, _) = &self.name;
        format!("{} {last}", preferred.as_ref().unwrap_or(first))
    }

    /// The movements of a day in reach, latest first. At most 100.
    pub fn of_day(day: NaiveDate, db: &mut Db<'_, UpdateAttendanceRecords>) -> Result<Vec<Self>> {
        found(Some(day), None, db)
    }

    /// One movement in reach.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none.
    pub fn of(id: Uuid, db: &mut Db<'_, UpdateAttendanceRecords>) -> Result<Self> {
        found(None, Some(id), db)?.pop().ok_or(Error::NotFound)
    }

    /// Stamps it at the campus's clock: the mark in the register, in or not, and the day's worth follow. Answers its id.
    ///
    /// # Errors
    /// [`Error::NotFound`] out of reach, [`Error::Conflict`] where the child is on no homeroom's roll or there is no
    /// school, [`Error::Invalid`] for somebody who may not collect the child.
    pub fn stamp(new: &NewMovement, db: &mut Db<'_, UpdateAttendanceRecords>) -> Result<Uuid> {
        let seat = Seat::of(new.student, db)?;
        let collected = new.collector.as_ref().map(|who| who.check(new.student, db)).transpose()?;
        let with = collected.as_ref().map(|(_, name)| name.as_str());
        let minutes = follow(new, with, &seat, db)?;
        let (day, time) = seat.now;
        let id = new_id();
        diesel::insert_into(movements::table)
            .values((
                (movements::organization_id.eq(db.organization()), movements::id.eq(id)),
                (movements::student_id.eq(new.student), movements::class_id.eq(seat.class)),
                (movements::campus_id.eq(seat.campus), movements::day.eq(day), movements::at.eq(time)),
                (movements::kind.eq(new.kind), movements::minutes_late.eq(minutes)),
                movements::contact_id.eq(collected.as_ref().and_then(|(contact, _)| *contact)),
                (movements::collected_by.eq(collected.map(|(_, name)| name)), movements::note.eq(&new.note)),
            ))
            .execute(db.conn())?;
        Ok(id)
    }
}

/// Movements in reach: of a day, or the one with an id.
fn found(
    day: Option<NaiveDate>,
    id: Option<Uuid>,
    db: &mut Db<'_, UpdateAttendanceRecords>,
) -> Result<Vec<Movement>> {
    let whose =
        students::organization_id.eq(movements::organization_id).and(students::id.eq(movements::student_id));
    let where_from =
        classes::organization_id.eq(movements::organization_id).and(classes::id.eq(movements::class_id));
    Ok(movements::table
        .inner_join(students::table.on(whose))
        .inner_join(classes::table.on(where_from))
        .filter(movements::organization_id.eq(db.organization()))
        .filter(movements::student_id.eq_any(visible(db).select(students::id)))
        .filter(movements::deleted_at.is_null())
        .filter(day.is_none().into_sql::<Bool>().or(movements::day.nullable().eq(day)))
        .filter(id.is_none().into_sql::<Bool>().or(movements::id.nullable().eq(id)))
        .select((
            movements::id,
            movements::student_id,
            (students::first_name, students::preferred_name, students::last_name, students::name_language),
            classes::name,
            movements::day,
            movements::kind,
            movements::at,
            movements::minutes_late,
            movements::collected_by,
            movements::note,
        ))
        .order((movements::created_at.desc(), movements::id.desc()))
        .limit(SHOWN)
        .load(db.conn())?)
}

/// Marks the register of now, and those of today still to come where somebody leaves or comes back; answers how late they
/// came.
fn follow(
    new: &NewMovement,
    with: Option<&str>,
    seat: &Seat,
    db: &mut Db<'_, UpdateAttendanceRecords>,
) -> Result<Option<i16>> {
    let codes = code::all(db)?;
    let (slot, later) = seat.slots()?;
    let mut mark = NewMark { student: new.student, ..NewMark::default() };
    let code = match new.kind {
        MovementKind::Departure => {
            mark.left = Some(seat.now.1);
            timed(&codes, CodeTiming::LeftEarly)?
        }
        MovementKind::Arrival if seat.is_late(&slot) => {
            mark.arrived = Some(seat.now.1);
            timed(&codes, CodeTiming::Late)?
        }
        MovementKind::Arrival => PRESENT.to_owned(),
        MovementKind::Return => {
            let came = came_late(new.student, seat.now.0, db)?;
            mark.arrived = came.filter(|at| *at > seat.late_after(&slot));
            if mark.arrived.is_some() { timed(&codes, CodeTiming::Late)? } else { PRESENT.to_owned() }
        }
    };
    let said = with.map(|name| format!("Left with {name}")).or_else(|| new.note.clone());
    mark.remark = Some(said.unwrap_or_default());
    mark.code = code;
    let line = set(seat, &slot, mark.clone(), db)?;
    for later in later {
        let code = match new.kind {
            MovementKind::Departure => Some(gone(&codes)?),
            MovementKind::Return => Some(PRESENT.to_owned()),
            MovementKind::Arrival => None,
        };
        if let Some(code) = code {
            let remark = mark.remark.clone();
            set(seat, &later, NewMark { student: new.student, code, remark, ..NewMark::default() }, db)?;
        }
    }
    Ok(line.row.record.and_then(|record| record.minutes_late).filter(|_| new.kind == MovementKind::Arrival))
}

/// The first code in use that the office sets for somebody who is there at such a time.
fn timed(codes: &[Code], timing: CodeTiming) -> Result<String> {
    let fits =
        |code: &&Code| code.is_in_use() && code.set_by_office && code.is_here() && code.timing == timing;
    let code = codes.iter().find(fits).ok_or_else(|| no_code(timing.label()))?;
    Ok(code.code.clone())
}

/// The first code in use that excuses.
fn gone(codes: &[Code]) -> Result<String> {
    let fits =
        |code: &&Code| code.is_in_use() && code.set_by_office && code.status() == AttendanceStatus::Excused;
    let code = codes.iter().find(fits).ok_or_else(|| no_code("Excused"))?;
    Ok(code.code.clone())
}

fn no_code(meaning: &str) -> Error {
    Error::Conflict(format!("No attendance code in use means “{meaning}”. An administrator can add one."))
}

/// When they came that day, if late.
fn came_late(
    student: Uuid,
    day: NaiveDate,
    db: &mut Db<'_, UpdateAttendanceRecords>,
) -> Result<Option<NaiveTime>> {
    Ok(movements::table
        .filter(movements::organization_id.eq(db.organization()))
        .filter(movements::student_id.eq(student))
        .filter(movements::day.eq(day))
        .filter(movements::kind.eq(MovementKind::Arrival))
        .filter(movements::minutes_late.is_not_null())
        .filter(movements::deleted_at.is_null())
        .order(movements::created_at.desc())
        .select(movements::at)
        .first(db.conn())
        .optional()?)
}

/// Marks as the office, on top of whatever stands by now.
fn set(seat: &Seat, slot: &str, mark: NewMark, db: &mut Db<'_, UpdateAttendanceRecords>) -> Result<Line> {
    let key = Key { class: seat.class, day: seat.now.0, slot: slot.to_owned() };
    for _ in 0..TRIES {
        let version = mark::version(&key, mark.student, db)?;
        let line = mark::by_office(&key, &NewMark { version, ..mark.clone() }, db)?;
        if !line.is_stale {
            return Ok(line);
        }
    }
    Err(Error::Conflict("Somebody else marks this child at the same moment. Try again.".into()))
}
