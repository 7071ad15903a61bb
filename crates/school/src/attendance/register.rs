//! A register: one class, one day, one slot, as it stands.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use schema::attendance_sessions;
use uuid::Uuid;

pub use super::head::Head;
use super::{
    cover::{self, Cover},
    earlier::{self, Earlier},
    recent::{self, Recent},
    roll::{self, Row},
    taking::Taking,
};
use crate::{
    db::Db,
    error::Result,
    permit::{Grants, ReadAttendanceSessions},
    words::SessionType,
};

/// Which register: the class, the day and the slot in it (`day`, `am`, `pm` or a lesson's start).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The class.
    pub class: Uuid,
    /// The day.
    pub day: NaiveDate,
    /// The slot.
    pub slot: String,
}

impl Key {
    /// Whether it is a lesson's register.
    pub(crate) fn kind(&self) -> SessionType {
        match self.slot.as_str() {
            "day" | "am" | "pm" => SessionType::Daily,
            _ => SessionType::Period,
        }
    }
}

/// The taking of a register, from its first mark on.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = attendance_sessions)]
pub struct Session {
    /// Its id.
    pub id: Uuid,
    /// When it was submitted, if it was.
    pub submitted_at: Option<DateTime<Utc>>,
    /// Raised by each submission and withdrawal.
    pub version: i32,
    /// Who stands or stood in front.
    pub(crate) taken_by_id: Option<Uuid>,
    /// In whose place it was submitted.
    pub(crate) on_behalf_of_id: Option<Uuid>,
}

/// A register as it stands, ready to be shown.
#[derive(Clone, Debug)]
pub struct Register {
    /// What stands above the roll.
    pub head: Head,
    /// Everyone on the roll that day, by family name.
    pub rows: Vec<Row>,
    /// The last days' exceptions.
    pub recent: Recent,
    /// Who was away in the register before it that day.
    pub earlier: Earlier,
    /// Who took it for whom, once it is in.
    pub taking: Taking,
}

impl Register {
    /// The register of a class on a day, whether or not somebody has begun it.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] when the class is out of reach or calls no roll in this slot.
    pub fn of(key: &Key, db: &mut Db<'_, impl Grants<ReadAttendanceSessions>>) -> Result<Self> {
        let head = Head::of(key, db)?;
        let rows = roll::on(&head, db)?;
        let recent = recent::before(&head, db)?;
        let taking = Taking::of(&head, db)?;
        let earlier = earlier::before(&head, db)?;
        Ok(Self { head, rows, recent, earlier, taking })
    }
}

/// Who covers a register's class that day, for whoever enters what they wrote down.
///
/// # Errors
/// [`crate::Error::NotFound`] when the class is out of reach or calls no roll in this slot.
pub fn covers_of(key: &Key, db: &mut Db<'_, impl Grants<ReadAttendanceSessions>>) -> Result<Vec<Cover>> {
    let head = Head::of(key, db)?;
    cover::of_class(head.key.class, head.key.day, db)
}

/// The campus of a register's class.
///
/// # Errors
/// [`crate::Error::NotFound`] when the class is out of reach or calls no roll in this slot.
pub fn campus_of(key: &Key, db: &mut Db<'_, impl Grants<ReadAttendanceSessions>>) -> Result<Uuid> {
    Ok(Head::of(key, db)?.campus)
}
