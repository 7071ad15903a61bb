//! What a register adds up to.

use super::{register::Head, roll::Row};
use crate::words::{CodePresence, CodeTiming};

/// The sums of a register. Until it is in, rows without a mark are here, as the page shows them.
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
    /// Gone home before it began.
    pub left: usize,
    /// The teacher says here, the office says absent.
    pub conflicts: usize,
    /// Those of whom it says nothing yet, though it is in.
    pub unmarked: usize,
}

impl Tally {
    /// The sums of a register's rows.
    #[must_use]
    pub fn of(rows: &[Row], head: &Head) -> Self {
        let mut tally = Self { enrolled: rows.len(), ..Self::default() };
        for row in rows {
            tally.add(row, head);
        }
        tally
    }

    fn add(&mut self, row: &Row, head: &Head) {
        let code = row.standing_code().and_then(|id| head.codes.iter().find(|code| code.id == id));
        let record = row.record.as_ref();
        match code {
            _ if row.is_unmarked(head) => self.unmarked += 1,
            Some(code) if code.presence == CodePresence::Absent => {
                self.absent += 1;
                self.conflicts += usize::from(record.is_some_and(|record| record.is_here));
            }
            Some(_) if record.is_some_and(|record| record.has_left_by(head.policy.late_after)) => {
                self.left += 1;
            }
            Some(code) => {
                self.here += 1;
                self.late += usize::from(code.timing == CodeTiming::Late);
            }
            None => self.here += 1,
        }
    }
}
