//! The school's own attendance codes.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use crate::{
    db::Db,
    error::{Error, Result},
    permit::{Grants, Permission, ReadAttendanceSessions},
    sql::codes_of,
    words::{AttendanceStatus, CodeExcuse, CodePlace, CodePresence, CodeTiming},
};

/// A mark that this school uses.
#[derive(Clone, Debug, serde::Deserialize)]
pub struct Code {
    /// Its id.
    pub id: Uuid,
    /// The short name in forms and files, such as `late`.
    pub code: String,
    /// What people read.
    pub name: String,
    /// The letter that sets it on the register.
    pub key: String,
    /// Whether the child is there.
    pub presence: CodePresence,
    /// Whether on time.
    pub timing: CodeTiming,
    /// What is known of the reason.
    pub excuse: CodeExcuse,
    /// Where the child is.
    pub place: CodePlace,
    /// Whether a teacher may set it.
    pub set_by_teacher: bool,
    /// Whether the office may set it.
    pub set_by_office: bool,
    /// Its place: the first three stand on every row.
    pub position: i16,
    /// `#rrggbb`, a sign beside the name.
    pub color: Option<String>,
    /// Since when nobody sets it any more; what was marked with it stays.
    pub retired_on: Option<NaiveDate>,
    /// When this was last changed; an edit carries it.
    pub updated_at: DateTime<Utc>,
}

/// The mark that every register starts from: renamed at will, never retired.
pub const PRESENT: &str = "present";

impl Code {
    /// Every code, those in use first and in order. A school has at most 26 in use, one a letter.
    pub fn all(db: &mut Db<'_, impl Grants<ReadAttendanceSessions>>) -> Result<Vec<Self>> {
        all(db)
    }

    /// Whether it may still be set.
    #[must_use]
    pub fn is_in_use(&self) -> bool {
        self.retired_on.is_none()
    }

    /// The mark in the first source's five words.
    #[must_use]
    pub fn status(&self) -> AttendanceStatus {
        match (self.presence, self.timing, self.excuse) {
            (CodePresence::Absent, _, CodeExcuse::Excused) => AttendanceStatus::Excused,
            (CodePresence::Absent, ..) => AttendanceStatus::Absent,
            (_, CodeTiming::Late, _) => AttendanceStatus::Late,
            (_, CodeTiming::LeftEarly, _) => AttendanceStatus::LeftEarly,
            (CodePresence::Present | CodePresence::Partial, CodeTiming::OnTime, _) => {
                AttendanceStatus::Present
            }
        }
    }

    /// Whether the child is somewhere in the school's care.
    #[must_use]
    pub fn is_here(&self) -> bool {
        self.presence != CodePresence::Absent
    }

    /// Whether somebody is absent and nobody has said why.
    pub(super) fn is_without_word(&self) -> bool {
        self.presence == CodePresence::Absent && self.excuse == CodeExcuse::Awaiting
    }

    /// Whether it says why somebody is not there.
    pub(super) fn is_a_reason(&self) -> bool {
        self.excuse != CodeExcuse::Awaiting && self.timing == CodeTiming::OnTime
    }
}

/// The most codes that a school ever has, retired ones among them.
pub(super) const MOST: i64 = 200;

/// Every code, for what goes on inside: old registers speak of retired ones too.
pub(crate) fn all<P: Permission>(db: &mut Db<'_, P>) -> Result<Vec<Code>> {
    let organization = db.organization();
    read(diesel::select(codes_of(organization)).get_result(db.conn())?)
}

/// Codes as `codes_of` answers them.
pub(super) fn read(answer: serde_json::Value) -> Result<Vec<Code>> {
    serde_json::from_value(answer).map_err(Error::internal)
}
