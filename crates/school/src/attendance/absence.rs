//! How much a student was absent: halves of days, the public tiers of chronic absence, days in a row.

use chrono::NaiveDate;

/// Below so many halves of days enrolled a percentage says nothing: ten days, as the public figures count.
const ENOUGH: i64 = 20;

/// The public tiers of chronic absence: excused or not, by the days enrolled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// A tenth of the days or more.
    Moderate,
    /// A fifth or more.
    Severe,
}

impl Tier {
    /// Both, the graver first.
    pub const ALL: &'static [Self] = &[Self::Severe, Self::Moderate];

    /// The word in addresses.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Moderate => "moderate",
            Self::Severe => "severe",
        }
    }

    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Moderate => "Chronic",
            Self::Severe => "Severe",
        }
    }
}

/// Whole days of absence, one school day after the other, up to the last that was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// How many.
    pub days: i64,
    /// The first of them.
    pub since: NaiveDate,
}

/// What a student's days of a span add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Absence {
    /// Halves of days enrolled.
    pub possible: i64,
    /// Halves absent, excused or not.
    pub absent: i64,
    /// Absent now, and for how long.
    pub run: Option<Run>,
}

impl Absence {
    /// The tier, once enough days were counted to speak of one.
    #[must_use]
    pub fn tier(&self) -> Option<Tier> {
        match () {
            () if self.possible < ENOUGH => None,
            () if self.absent * 5 >= self.possible => Some(Tier::Severe),
            () if self.absent * 10 >= self.possible => Some(Tier::Moderate),
            () => None,
        }
    }

    /// The share of the days enrolled, in thousandths.
    #[must_use]
    pub fn thousandths(&self) -> i64 {
        (self.absent * 1000 + self.possible / 2) / self.possible.max(1)
    }

    /// The same as people write it: 18.3 %
    #[must_use]
    pub fn percent(&self) -> String {
        format!("{}.{} %", self.thousandths() / 10, self.thousandths() % 10)
    }

    /// Days absent as people write them.
    #[must_use]
    pub fn days_absent(&self) -> String {
        halves(self.absent)
    }

    /// Days enrolled as people write them.
    #[must_use]
    pub fn days_enrolled(&self) -> String {
        halves(self.possible)
    }

    /// How many whole days in a row, up to now.
    #[must_use]
    pub fn in_a_row(&self) -> i64 {
        self.run.map_or(0, |run| run.days)
    }
}

/// Halves of days as people write them: 48½.
#[must_use]
pub fn halves(halves: i64) -> String {
    match (halves / 2, halves % 2) {
        (0, 1) => "½".into(),
        (days, 1) => format!("{days}½"),
        (days, _) => days.to_string(),
    }
}
