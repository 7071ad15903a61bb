//! What is said about rows: those that were not taken, and those taken with a reservation.

use std::borrow::Cow;

use super::super::text::quotable;

/// What is wrong with one value of a row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The standard's name of the column, even where the file calls it otherwise; empty for the row.
    pub column: Cow<'static, str>,
    /// The value as given, shortened, without control characters.
    pub value: String,
    /// A sentence for the person who imports.
    pub reason: String,
}

impl Problem {
    /// A problem with `value` in `column`.
    pub fn new(column: impl Into<Cow<'static, str>>, value: &str, reason: impl Into<String>) -> Self {
        Self { column: column.into(), value: quotable(value), reason: reason.into() }
    }
}

/// A row that was not taken, once for each thing wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rejected {
    /// `users.csv`
    pub file: Cow<'static, str>,
    /// The line in the file on which the row begins; the header is line 1.
    pub line: u64,
    pub column: Cow<'static, str>,
    pub value: String,
    pub reason: String,
}

impl Rejected {
    /// A problem of the row that begins on `line` of `file`.
    pub fn new(file: impl Into<Cow<'static, str>>, line: u64, problem: Problem) -> Self {
        let Problem { column, value, reason } = problem;
        Self { file: file.into(), line, column, value, reason }
    }
}

/// Something that was read with a reservation worth telling; the row was taken.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remark {
    pub file: Cow<'static, str>,
    /// Absent when it is about the whole file.
    pub line: Option<u64>,
    pub text: String,
}
