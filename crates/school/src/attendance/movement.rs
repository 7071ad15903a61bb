//! Who comes late, leaves early and comes back, as the front desk stamps it; mark and day follow (`following.rs`).

use chrono::{NaiveDate, NaiveTime};
use diesel::{prelude::*, sql_types::Bool};
use schema::{attendance_movements as movements, campuses, classes, students};
use uuid::Uuid;

use super::{collection::Collector, following::follow, in_school::has_left, seat::Seat};
use crate::{
    clock::new_id,
    db::Db,
    error::{Error, Result},
    people::student::visible,
    permit::UpdateAttendanceRecords,
    words::MovementKind,
};

/// How many of a day are shown.
const SHOWN: i64 = 100;

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
    /// What the campus is called.
    pub campus_name: String,
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
    /// The code in the registers of the day that are still to come, for who leaves; none: as leaving early.
    pub rest_of_day: Option<String>,
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
    /// school, [`Error::Invalid`] for somebody who may not collect the child, for a code that excuses nothing, and where
    /// somebody comes back who has not left.
    pub fn stamp(new: &NewMovement, db: &mut Db<'_, UpdateAttendanceRecords>) -> Result<Uuid> {
        let seat = Seat::of(new.student, db)?;
        if new.kind == MovementKind::Return && !has_left(new.student, &seat, db)? {
            let message =
                "This student has not left today, or is back already. If they come only now, press “Came”.";
            return Err(Error::invalid("q", message));
        }
        let collected = new.collector.as_ref().map(|who| who.check(new.student, db)).transpose()?;
        let with = collected.as_ref().map(|(_, name)| name.as_str());
        let (minutes, replaced) = follow(new, with, &seat, db)?;
        let replaced = serde_json::to_value(replaced).map_err(Error::internal)?;
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
                movements::replaced.eq(replaced),
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
    let at =
        campuses::organization_id.eq(movements::organization_id).and(campuses::id.eq(movements::campus_id));
    Ok(movements::table
        .inner_join(students::table.on(whose))
        .inner_join(classes::table.on(where_from))
        .inner_join(campuses::table.on(at))
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
            campuses::name,
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
