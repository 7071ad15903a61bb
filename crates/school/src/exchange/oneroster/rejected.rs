//! What is said about rows: those that were not taken, and those taken with a reservation.

use super::super::text::quotable;

/// What is wrong with one value of a row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The standard's name of the column, even where the file calls it otherwise; empty for the row.
    pub column: &'static str,
    /// The value as given, shortened, without control characters.
    pub value: String,
    /// A sentence for the person who imports.
    pub reason: String,
}

impl Problem {
    /// A problem with `value` in `column`.
    pub fn new(column: &'static str, value: &str, reason: impl Into<String>) -> Self {
        Self { column, value: quotable(value), reason: reason.into() }
    }
}

/// A row that was not taken, once for each thing wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rejected {
    /// `users.csv`
    pub file: &'static str,
    /// The line in the file on which the row begins; the header is line 1.
    pub line: u64,
    pub column: &'static str,
    pub value: String,
    pub reason: String,
}

impl Rejected {
    pub(super) fn new(file: &'static str, line: u64, problem: Problem) -> Self {
        let Problem { column, value, reason } = problem;
        Self { file, line, column, value, reason }
    }
}

/// Something that was read with a reservation worth telling; the row was taken.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remark {
    pub file: &'static str,
    /// Absent when it is about the whole file.
    pub line: Option<u64>,
    pub text: String,
}
