//! From which day to which a report goes, as an address says it.

use chrono::{Days, NaiveDate};

use crate::web::{dates, list::Asked};

/// A span of days that ends today at the latest.
#[derive(Clone, Copy)]
pub struct Span {
    /// Its first day.
    pub first: NaiveDate,
    /// Its last day.
    pub last: NaiveDate,
    /// Whether more days were asked for than a report looks over.
    pub is_cut: bool,
}

impl Span {
    /// What was asked for; without a word the two weeks up to today. At most `longest` days, the last ones.
    #[must_use]
    pub fn asked(asked: &Asked, today: NaiveDate, longest: u64) -> Self {
        let day = |name| asked.listing.filter(name).and_then(dates::read_day);
        let last = day("to").unwrap_or(today).min(today);
        let back = |days| last.checked_sub_days(Days::new(days)).unwrap_or(last);
        let first = day("from").unwrap_or_else(|| back(13)).min(last);
        let cut = first.max(back(longest.saturating_sub(1)));
        Self { first: cut, last, is_cut: cut > first }
    }

    /// The first and the last day.
    #[must_use]
    pub fn days(&self) -> (NaiveDate, NaiveDate) {
        (self.first, self.last)
    }
}
