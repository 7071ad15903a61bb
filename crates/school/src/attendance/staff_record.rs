//! Recording who of the staff is here, as the office. Its word stands over what people said themselves.

use chrono::{NaiveDate, NaiveTime};
use diesel::prelude::*;
use schema::{staff, staff_attendance_records as records};
use uuid::Uuid;

use super::{
    policy::SchoolDay,
    staff_day::{Colleague, StaffDay},
};
use crate::{
    clock::new_id,
    db::Db,
    error::{Error, Result},
    permit::{Permission, UpdateStaffAttendance},
    words::{StaffAttendanceStatus, StaffStatus},
};

/// What is said of somebody on a day; no status: nothing yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Whether they are here.
    pub status: Option<StaffAttendanceStatus>,
    /// What else there is to say.
    pub note: Option<String>,
}

impl Said {
    /// What is recorded of somebody.
    #[must_use]
    pub fn of(one: &Colleague) -> Self {
        let record = one.record.as_ref();
        Self { status: record.map(|it| it.status), note: record.and_then(|it| it.note.clone()) }
    }
}

/// One row of the office's list as it was sent.
#[derive(Clone, Debug)]
pub struct NewStaffRecord {
    /// Who.
    pub staff: Uuid,
    /// What the list showed when it was opened.
    pub was: Said,
    /// What it says now.
    pub now: Said,
}

impl NewStaffRecord {
    fn is_touched(&self) -> bool {
        self.now != self.was
    }
}

/// Whether a list was kept.
#[derive(Clone, Debug)]
pub enum Saved {
    /// It was.
    Kept,
    /// Nothing was: of these people something else was recorded meanwhile.
    Stale(Vec<Uuid>),
}

/// Keeps what the office changed on its list; `rest` records everybody of whom nothing is known as present.
///
/// # Errors
/// [`Error::NotFound`] out of reach, [`Error::Conflict`] on a day without school or ahead, [`Error::Invalid`] when
/// somebody on the list does not work here.
pub fn save(
    (campus, day): (Uuid, NaiveDate),
    rows: &[NewStaffRecord],
    rest: bool,
    db: &mut Db<'_, UpdateStaffAttendance>,
) -> Result<Saved> {
    hold(rows.iter().map(|row| row.staff).collect(), db)?;
    let there = StaffDay::of(campus, day, db)?;
    check(&there, day)?;
    let (mut changes, mut stale) = (Vec::new(), Vec::new());
    for row in rows {
        let one = there.people.iter().find(|one| one.id == row.staff).ok_or_else(gone)?;
        let now = Said::of(one);
        if row.is_touched() {
            if now != row.was && now != row.now {
                stale.push(row.staff);
            }
            changes.push((one, row.now.clone()));
        } else if rest && now.status.is_none() && one.status == StaffStatus::Active {
            changes.push((one, Said { status: Some(StaffAttendanceStatus::Present), note: None }));
        }
    }
    if !stale.is_empty() {
        return Ok(Saved::Stale(stale));
    }
    for (one, said) in changes {
        record(one, day, said, db)?;
    }
    Ok(Saved::Kept)
}

fn check(there: &StaffDay, day: NaiveDate) -> Result<()> {
    if let SchoolDay::No(why) = &there.school_day {
        return Err(Error::Conflict(why.clone()));
    }
    if day > there.today {
        return Err(Error::Conflict("This day is still to come.".into()));
    }
    Ok(())
}

fn gone() -> Error {
    Error::invalid("", "Somebody on this list does not work here any more. Look at the list again.")
}

/// Takes hold of these people, always in one order, so that nobody signs in between a look and a word.
pub(super) fn hold<P: Permission>(people: Vec<Uuid>, db: &mut Db<'_, P>) -> Result<()> {
    let _: Vec<Uuid> = staff::table
        .filter(staff::organization_id.eq(db.organization()))
        .filter(staff::id.eq_any(people))
        .select(staff::id)
        .order(staff::id)
        .for_no_key_update()
        .load(db.conn())?;
    Ok(())
}

fn record(one: &Colleague, day: NaiveDate, said: Said, db: &mut Db<'_, UpdateStaffAttendance>) -> Result<()> {
    let known = one.record.as_ref().map(|record| records::table.find((db.organization(), record.id)));
    match (known, said.status) {
        (Some(row), Some(status)) => {
            let arrived_at = one.record.as_ref().and_then(|record| record.arrived_at);
            let came = status != StaffAttendanceStatus::Absent;
            let word =
                NewRow { status, note: said.note, by_self: false, arrived_at: arrived_at.filter(|_| came) };
            diesel::update(row).set(&word).execute(db.conn())?;
        }
        (Some(row), None) => {
            diesel::update(row).set(records::deleted_at.eq(db.now())).execute(db.conn())?;
        }
        (None, Some(status)) => {
            let new = NewRow { status, note: said.note, by_self: false, arrived_at: None };
            new.insert(one, day, db)?;
        }
        (None, None) => {}
    }
    Ok(())
}

/// What is written of somebody on a day.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = records, treat_none_as_null = true)]
pub(super) struct NewRow {
    pub(super) status: StaffAttendanceStatus,
    pub(super) note: Option<String>,
    pub(super) by_self: bool,
    pub(super) arrived_at: Option<NaiveTime>,
}

impl NewRow {
    /// Writes it with the person's name and work as they are this day.
    pub(super) fn insert<P: Permission>(
        &self,
        one: &Colleague,
        day: NaiveDate,
        db: &mut Db<'_, P>,
    ) -> Result<()> {
        diesel::insert_into(records::table)
            .values((
                self,
                records::organization_id.eq(db.organization()),
                records::id.eq(new_id()),
                records::staff_id.eq(one.id),
                records::campus_id.eq(one.campus_id),
                records::attendance_date.eq(day),
                records::user_name.eq(one.name()),
                records::user_role.eq(one.staff_type.label()),
            ))
            .execute(db.conn())?;
        Ok(())
    }
}
