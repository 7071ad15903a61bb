//! The registers of a day: which are due, which are in, what they add up to so far.

use chrono::{NaiveDate, NaiveTime};
use uuid::Uuid;

use super::{
    code::{self, Code},
    due::{self, Slot, Taken},
    exceptions::{self, Exception, Sums},
    policy::{Policy, SchoolDay},
    stand_ins::{StandIns, Substitute},
};
use crate::{
    db::Db,
    error::Result,
    permit::{Grants, Permission, ReadAttendanceSessions},
    reach::Sees,
};

/// One register of a day.
#[derive(Clone, Debug)]
pub struct Call {
    /// The class.
    pub class: Uuid,
    /// What it is called.
    pub class_name: String,
    /// Where it meets.
    pub room: Option<String>,
    /// The campus's name.
    pub campus: String,
    /// Its id.
    pub campus_id: Uuid,
    /// Who looks after the class.
    pub teacher: Option<String>,
    /// The slot.
    pub slot: String,
    /// When it is due.
    pub policy: Policy,
    /// Whether there is school.
    pub school_day: SchoolDay,
    /// The campus's day and time now.
    pub now: (NaiveDate, NaiveTime),
    /// When and by whom it was submitted.
    pub submitted: Option<(NaiveTime, String)>,
    /// Who stood in front, where somebody else submitted what they wrote down.
    pub taken_by: Option<String>,
    /// In whose place it was submitted.
    pub on_behalf: Option<String>,
    /// Who covers the class that day.
    pub substitutes: Vec<Substitute>,
    /// Whether somebody has begun it.
    pub is_open: bool,
    /// On the roll.
    pub enrolled: usize,
    /// Those of whom a submitted register says nothing yet, such as who joined the class after it went in.
    pub unmarked: usize,
    /// Marked late.
    pub late: usize,
    /// Marked absent, excused or not.
    pub absent: usize,
    /// Gone home before it began.
    pub left: usize,
    /// The teacher says here, the office says absent.
    pub conflicts: usize,
}

impl Call {
    /// Minutes since it was due, if it is missing.
    #[must_use]
    pub fn late_by(&self, day: NaiveDate) -> Option<i64> {
        let (today, time) = self.now;
        let missing = self.submitted.is_none() && self.is_due();
        let late = if day < today { 24 * 60 } else { (time - self.policy.due_time).num_minutes() };
        (missing && day <= today && late > 0).then_some(late)
    }

    /// Whether there is no school for this class.
    #[must_use]
    pub fn is_off(&self) -> bool {
        matches!(self.school_day, SchoolDay::No(_))
    }

    /// Whether its register is in and counts; what was called on a day that turned out to be without school does not.
    #[must_use]
    pub fn is_in(&self) -> bool {
        self.submitted.is_some() && !self.is_off()
    }

    /// Whether the roll is to be called here: there is school, somebody is on the roll, and it is not kept elsewhere.
    #[must_use]
    pub fn is_due(&self) -> bool {
        !self.is_off() && self.enrolled > 0 && self.policy.kept_at.is_none()
    }

    /// Where the roll is kept, if elsewhere and not in a register here all the same.
    #[must_use]
    pub fn kept_at(&self) -> Option<&str> {
        self.policy.kept_at.as_deref().filter(|_| self.submitted.is_none() && !self.is_off())
    }

    /// Of whom it says something.
    #[must_use]
    pub fn counted(&self) -> usize {
        self.enrolled.saturating_sub(self.unmarked)
    }

    /// In the school's care: everybody of whom it says neither that they are absent nor that they had left before it began.
    #[must_use]
    pub fn here(&self) -> usize {
        self.counted().saturating_sub(self.absent + self.left)
    }
}

/// A day's registers.
pub(super) struct Day {
    pub(super) calls: Vec<Call>,
    pub(super) exceptions: Vec<Exception>,
    /// The school's codes; none where no register is due.
    pub(super) codes: Vec<Code>,
    /// Whether there are more than are read of a day.
    pub(super) is_cut: bool,
}

/// The registers that somebody stands in front of themselves.
pub fn mine(day: NaiveDate, db: &mut Db<'_, impl Grants<ReadAttendanceSessions>>) -> Result<Vec<Call>> {
    let sees = Sees { everything: false, campuses: Vec::new(), staff: db.staff() };
    Ok(of((day, None), sees, db)?.calls)
}

/// The registers of a day as far as the reader sees, of one campus where one is chosen, and every mark in them that is not
/// simply present.
pub(super) fn of<P: Permission>(
    (day, campus): (NaiveDate, Option<Uuid>),
    sees: Sees,
    db: &mut Db<'_, P>,
) -> Result<Day> {
    let found = due::on((day, campus), sees, db)?;
    let sessions: Vec<Uuid> = found.iter().filter_map(|due| Some(due.of.session.as_ref()?.id)).collect();
    let exceptions = exceptions::of(day, &sessions, db)?;
    let stand_ins = StandIns::read(found.first().and_then(|due| due.stand_ins.as_ref()));
    let mut calls: Vec<Call> = Vec::new();
    for taken in found.chunk_by(|one, next| one.of.class.0 == next.of.class.0) {
        let Some(first) = taken.first() else { continue };
        let school_day = first.school_day(day);
        let policy = first.policy().on(&school_day);
        for slot in policy.slots(&school_day) {
            let is_this = |session: &Taken| slot == session.slot;
            let one = taken.iter().find(|due| due.of.session.as_ref().is_some_and(is_this)).unwrap_or(first);
            let session = one.of.session.as_ref().filter(|session| is_this(session));
            if session.is_none() && !first.is_in_use {
                continue;
            }
            let policy = policy.clone().in_slot(&slot);
            let sums = |session: &Taken| Sums::of(session.id, policy.late_after, &exceptions);
            let sums = session.map(sums).unwrap_or_default();
            let slot = Slot { slot: &slot, school_day: &school_day, policy, session, now: db.now() };
            calls.push(stand_ins.on(one.call(slot, sums), session.map(|session| session.id)));
        }
    }
    let is_cut = found.len() >= due::MOST || exceptions.len() >= exceptions::MOST;
    let codes = found.into_iter().find_map(|due| due.codes).map(code::read).transpose()?;
    Ok(Day { calls, exceptions, codes: codes.unwrap_or_default(), is_cut })
}
