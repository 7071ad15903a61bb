//! Reads the values of one row, and remembers everything that is wrong with it.

use chrono::{Datelike, NaiveDate};

use super::{super::text::tidy, rejected::Problem, table::Row};

/// Characters of an id in the source.
pub(super) const ID: usize = 255;
/// Characters of a person's name.
pub(super) const NAME: usize = 100;
/// Characters of what a class or course is called.
pub(super) const TITLE: usize = 120;
/// Characters of a short text such as a code, a room or a term's title.
pub(super) const SHORT: usize = 60;
/// Characters of a telephone or a person's number.
pub(super) const NUMBER: usize = 40;
/// Characters of an e-mail address.
pub(super) const EMAIL: usize = 254;
/// Ids in one list. A student has a handful of agents, a class a handful of terms.
const LIST: usize = 100;

/// Where a value cannot be read, a blank stands in for it, and [`Cells::done`] refuses the row.
pub(super) struct Cells<'r, 't> {
    row: &'r Row<'t>,
    problems: Vec<Problem>,
}

impl<'r, 't> Cells<'r, 't> {
    pub(super) fn of(row: &'r Row<'t>) -> Self {
        Self { row, problems: Vec::new() }
    }

    /// A value of at most `longest` characters. The standard lets an importer cut at 255; cutting would make
    /// wrong names.
    pub(super) fn required(&mut self, column: &'static str, longest: usize) -> String {
        self.optional(column, longest).unwrap_or_else(|| {
            self.refuse(column, "A value is required here.");
            String::new()
        })
    }

    pub(super) fn optional(&mut self, column: &'static str, longest: usize) -> Option<String> {
        let value = tidy(self.row.raw(column));
        if value.chars().count() > longest {
            self.refuse(column, format!("The value is longer than {longest} characters."));
        }
        (!value.is_empty()).then(|| value.into_owned())
    }

    /// A comma-separated list within one value, without blanks and repetitions, in order.
    pub(super) fn list(&mut self, column: &'static str) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for part in self.row.raw(column).split(',').map(tidy) {
            if !part.is_empty() && !found.iter().any(|known| *known == part) {
                found.push(part.into_owned());
            }
        }
        if found.len() > LIST || found.iter().any(|part| part.chars().count() > ID) {
            self.refuse(column, "The list is too long.");
        }
        found
    }

    pub(super) fn required_list(&mut self, column: &'static str) -> Vec<String> {
        let found = self.list(column);
        if found.is_empty() {
            self.refuse(column, "At least one value is required here.");
        }
        found
    }

    /// One of the standard's words, whatever its case; `None` where it is blank or wrong.
    pub(super) fn word<T: Copy>(&mut self, column: &'static str, words: &[(&str, T)]) -> Option<T> {
        let value = tidy(self.row.raw(column));
        let known = words.iter().find(|(word, _)| word.eq_ignore_ascii_case(&value));
        if known.is_none() && !value.is_empty() {
            let all: Vec<_> = words.iter().map(|(word, _)| *word).collect();
            self.refuse(column, format!("The value must be one of {}.", all.join(", ")));
        }
        known.map(|(_, meaning)| *meaning)
    }

    pub(super) fn required_word<T: Copy + Default>(
        &mut self,
        column: &'static str,
        words: &[(&str, T)],
    ) -> T {
        if self.row.raw(column).trim().is_empty() {
            self.refuse(column, "A value is required here.");
        }
        self.word(column, words).unwrap_or_default()
    }

    /// `true` or `false`; capitals, as a spreadsheet writes them, are understood.
    pub(super) fn truth(&mut self, column: &'static str) -> Option<bool> {
        self.word(column, &[("true", true), ("false", false)])
    }

    /// A day as 2026-08-31. A time behind it, as some exports write, is left out.
    pub(super) fn day(&mut self, column: &'static str) -> Option<NaiveDate> {
        let value = tidy(self.row.raw(column));
        if value.is_empty() {
            return None;
        }
        let date = value.split(['T', ' ']).next().unwrap_or_default();
        let day = NaiveDate::parse_from_str(date, "%Y-%m-%d").ok();
        let day = day.filter(|day| date.len() == 10 && (1900..2200).contains(&day.year()));
        if day.is_none() {
            self.refuse(column, "The value is no day as 2026-08-31.");
        }
        day
    }

    /// From the first day to the last, both included. The standard's end is the day *after* the last
    /// one: this is the only place that takes it back by one.
    pub(super) fn days(
        &mut self,
        first: &'static str,
        end: &'static str,
    ) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let (starts_on, ends_before) = (self.day(first), self.day(end));
        if let (Some(starts_on), Some(ends_before)) = (starts_on, ends_before)
            && ends_before <= starts_on
        {
            let reason = format!("{end} is the day after the last one, so it must follow {first}.");
            self.refuse(end, reason);
        }
        (starts_on, ends_before.and_then(|end| end.pred_opt()))
    }

    pub(super) fn refuse(&mut self, column: &'static str, reason: impl Into<String>) {
        self.problems.push(Problem::new(column, self.row.raw(column), reason));
    }

    /// What was read, or everything that is wrong with the row.
    pub(super) fn done<T>(self, read: T) -> Result<T, Vec<Problem>> {
        if self.problems.is_empty() { Ok(read) } else { Err(self.problems) }
    }
}
