//! A page of a list, and what is asked of one.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

/// The most rows that any list shows at once.
pub const PAGE: usize = 50;
/// The most rows that a list has in a file.
pub const FILE: usize = 10_000;
/// The most words that a search looks for.
const MOST_WORDS: usize = 6;

/// What a person asked of a list: words to find, filters, an order, and after which row to go on.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// Words typed into the search box; empty: everyone.
    pub search: String,
    /// One of the list's own sort words; anything else is its first.
    pub sort: String,
    /// The last row of the page before: its sort value and id.
    pub after: Option<(String, Uuid)>,
    /// Chosen filters by name; unknown names and values are ignored.
    pub filters: BTreeMap<String, String>,
}

impl Listing {
    /// The pattern that finds the typed words literally inside a text, whatever signs they hold.
    #[must_use]
    pub fn pattern(&self) -> Option<String> {
        let words = self.search.trim();
        (!words.is_empty()).then(|| literally(words))
    }

    /// The same for each typed word by itself, so that first and last name are found in any order.
    #[must_use]
    pub fn patterns(&self) -> Vec<String> {
        self.search.split_whitespace().take(MOST_WORDS).map(literally).collect()
    }

    /// The value of one filter, if it was chosen.
    #[must_use]
    pub fn filter(&self, name: &str) -> Option<&str> {
        self.filters.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }
}

fn literally(words: &str) -> String {
    let literal =
        words.nfc().collect::<String>().replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_");
    format!("%{literal}%")
}

/// A bounded part of a list.
#[derive(Clone, Debug)]
pub struct Slice<T> {
    /// At most [`PAGE`] rows.
    pub rows: Vec<T>,
    /// Whether more follow.
    pub more: bool,
}

impl<T> Slice<T> {
    /// How many rows to fetch so that one too many tells of more.
    #[must_use]
    pub fn limit() -> i64 {
        i64::try_from(PAGE).unwrap_or(i64::MAX).saturating_add(1)
    }

    /// How many rows to fetch for a file so that one too many tells that it would not be all.
    #[must_use]
    pub fn most() -> i64 {
        i64::try_from(FILE).unwrap_or(i64::MAX).saturating_add(1)
    }

    /// Cuts what was fetched with [`Slice::limit`] to the page.
    #[must_use]
    pub fn of(mut rows: Vec<T>) -> Self {
        let more = rows.len() > PAGE;
        rows.truncate(PAGE);
        Self { rows, more }
    }
}
