//! What a row of the board says of somebody who is not there.

use school::attendance::{board::Absence, reachable::Reachable};

use super::Index;
use crate::web::attendance::heading::when;

impl Index {
    /// Who is missing now first, then who is here against the office's mark.
    pub(super) fn conflicts(&self) -> Vec<&Absence> {
        let mut conflicts: Vec<_> =
            self.board().absences.iter().filter(|absence| absence.is_conflict()).collect();
        conflicts.sort_by_key(|absence| absence.is_here);
        conflicts
    }

    pub(super) fn away(&self) -> Vec<&Absence> {
        self.board().absences.iter().filter(|absence| !absence.is_conflict()).collect()
    }

    /// Where somebody was seen who is missing now.
    pub(super) fn seen_in(&self, absence: &Absence) -> String {
        absence.seen_in.as_deref().map_or_else(|| "at the front desk".into(), when)
    }

    pub(super) fn whom(&self, absence: &Absence) -> Option<&Reachable> {
        self.seen.people.get(&absence.student)
    }

    /// Word is awaited, and nobody's number is known to whom one might call.
    pub(super) fn has_nobody_to_call(&self, absence: &Absence) -> bool {
        let numbers = self.whom(absence).map_or(0, |whom| whom.people.len());
        self.may_call && absence.is_awaiting() && numbers == 0
    }

    pub(super) fn mark(&self, absence: &Absence) -> String {
        format!("/registers/{}/{}/{}/marks/{}", absence.class, self.day, absence.slot, absence.student)
    }

    /// Who is meant, as excusing reads it.
    pub(super) fn who(&self, absence: &Absence) -> String {
        format!("{}/{}/{}/{}", absence.class, absence.slot, absence.student, absence.version)
    }

    pub(super) fn is_chosen(&self, absence: &Absence) -> bool {
        let who = format!("{}/{}/{}", absence.class, absence.slot, absence.student);
        self.typed.chosen.contains(&who)
    }

    pub(super) fn standing(&self, absence: &Absence) -> String {
        absence.code.as_ref().map(|code| code.code.clone()).unwrap_or_default()
    }
}
