//! What a register adds up to.

use super::{code::Code, roll::Row};
use crate::words::{CodePresence, CodeTiming};

/// The sums of a register. Rows without a mark are here, as the page shows them; whether that counts is another matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// On the roll.
    pub enrolled: usize,
    /// In the school's care.
    pub here: usize,
    /// Of those, late.
    pub late: usize,
    /// Absent, excused or not.
    pub absent: usize,
    /// The teacher says here, the office says absent.
    pub conflicts: usize,
    /// Without any mark.
    pub unmarked: usize,
}

impl Tally {
    /// The sums of these rows.
    #[must_use]
    pub fn of(rows: &[Row], codes: &[Code]) -> Self {
        let mut tally = Self { enrolled: rows.len(), ..Self::default() };
        for row in rows {
            let code = row.standing_code().and_then(|id| codes.iter().find(|code| code.id == id));
            if row.record.is_none() && row.office_code().is_none() {
                tally.unmarked += 1;
            }
            match code {
                Some(code) if code.presence == CodePresence::Absent => {
                    tally.absent += 1;
                    tally.conflicts += usize::from(row.record.as_ref().is_some_and(|record| record.is_here));
                }
                Some(code) => {
                    tally.here += 1;
                    tally.late += usize::from(code.timing == CodeTiming::Late);
                }
                None => tally.here += 1,
            }
        }
        tally
    }
}
