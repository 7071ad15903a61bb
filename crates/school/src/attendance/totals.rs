//! Days added up: what could be attended, what was, and what became of the rest.

use std::ops::AddAssign;

use bigdecimal::{BigDecimal, ToPrimitive};

/// A sum of days. All but the last two are counted in halves of a school day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Halves of days that count: a register of them is in, and school was held.
    pub possible: i64,
    /// Halves attended.
    pub attended: i64,
    /// Halves missed with an excuse.
    pub excused: i64,
    /// Halves missed of which nobody has said why.
    pub awaiting: i64,
    /// Days on which somebody came late.
    pub lates: i64,
    /// Minutes late, altogether.
    pub minutes_late: i64,
}

/// A day's worth as its row keeps it: possible, attended, excused and awaiting, whether late, minutes late.
pub(crate) type Kept = (BigDecimal, BigDecimal, BigDecimal, BigDecimal, bool, i16);

impl Totals {
    /// Halves missed, for whatever reason.
    #[must_use]
    pub fn absent(&self) -> i64 {
        self.possible - self.attended
    }

    /// Halves missed without an excuse, where nobody is waited for.
    #[must_use]
    pub fn unexcused(&self) -> i64 {
        self.absent() - self.excused - self.awaiting
    }

    /// The attended share in thousandths, rounded; none where no day counts.
    #[must_use]
    pub fn thousandths(&self) -> Option<i64> {
        (self.possible > 0).then(|| (self.attended * 1000 + self.possible / 2) / self.possible)
    }

    /// One day.
    pub(crate) fn of_day(kept: &Kept) -> Self {
        let halves = |value: &BigDecimal| (value * BigDecimal::from(2)).to_i64().unwrap_or_default();
        Self {
            possible: halves(&kept.0),
            attended: halves(&kept.1),
            excused: halves(&kept.2),
            awaiting: halves(&kept.3),
            lates: kept.4.into(),
            minutes_late: kept.5.into(),
        }
    }
}

impl AddAssign for Totals {
    fn add_assign(&mut self, more: Self) {
        self.possible += more.possible;
        self.attended += more.attended;
        self.excused += more.excused;
        self.awaiting += more.awaiting;
        self.lates += more.lates;
        self.minutes_late += more.minutes_late;
    }
}

impl std::iter::Sum for Totals {
    fn sum<I: Iterator<Item = Self>>(days: I) -> Self {
        days.fold(Self::default(), |mut sum, day| {
            sum += day;
            sum
        })
    }
}
