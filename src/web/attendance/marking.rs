//! As whom somebody marks a register: as the office where their office right reaches it, else as its teacher.

use school::{
    Uuid,
    access::looked::Kind,
    attendance::{
        mark::{self, By, Line, NewMark},
        register::{Key, campus_of},
    },
    permit::{CreateAttendanceSessions, ReadAttendanceSessions, UpdateAttendanceRecords},
};

use crate::web::{extract::May, failure::Failure};

/// The right with which a register is written.
pub(super) enum Marking {
    /// Whoever stands in front.
    Teacher(May<CreateAttendanceSessions>),
    /// The office; its marks stand.
    Office(May<UpdateAttendanceRecords>),
}

impl Marking {
    /// Theirs for this register; without either right they may not.
    pub(super) async fn of(may: &May<ReadAttendanceSessions>, key: &Key) -> Result<Self, Failure> {
        if may.also::<UpdateAttendanceRecords>().is_some() {
            let at = key.clone();
            let campus = may.db(move |db| campus_of(&at, db)).await?;
            if by(may, campus) == By::Office {
                return Ok(Self::Office(may.instead()?));
            }
        }
        Ok(Self::Teacher(may.instead()?))
    }

    /// Keeps a mark. Its row shows the child to whoever had no page with it before.
    pub(super) async fn keep(self, key: Key, new: NewMark) -> Result<Line, Failure> {
        match self {
            Self::Teacher(may) => {
                may.db(move |db| {
                    let line = mark::by_teacher(&key, &new, db)?;
                    db.saw(Kind::Attendance, [new.student]);
                    Ok(line)
                })
                .await
            }
            Self::Office(may) => {
                may.db(move |db| {
                    let line = mark::by_office(&key, &new, db)?;
                    db.saw(Kind::Attendance, [new.student]);
                    Ok(line)
                })
                .await
            }
        }
    }
}

/// As whom they would mark a register at this campus.
pub(super) fn by(may: &May<ReadAttendanceSessions>, campus: Uuid) -> By {
    match may.also::<UpdateAttendanceRecords>() {
        Some(office) if office.reaches(campus) => By::Office,
        _ => By::Teacher,
    }
}
