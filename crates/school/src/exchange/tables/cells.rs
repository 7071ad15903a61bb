//! Reads the values of one row by the fields that its columns were mapped to, and remembers what is wrong with it.

use chrono::NaiveDate;

use super::{
    super::{
        oneroster::{Problem, Rejected, sheet::Line},
        text::typed,
    },
    day::DayOrder,
    mapping::Mapping,
    table::Table,
};
use crate::{access::email::Email, exchange::roster::Origin, text};

/// What a spreadsheet writes where a formula went wrong.
const WRONG: [&str; 8] = ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!"];

/// The rows of a table with the fields of their columns.
pub(super) struct Rows<'t> {
    table: &'t Table,
    file: String,
    places: Vec<(&'t str, usize)>,
    order: DayOrder,
}

impl<'t> Rows<'t> {
    pub(super) fn of(table: &'t Table, mapping: &'t Mapping, file: &str) -> Self {
        let places = mapping.columns.iter();
        let places = places.filter_map(|(column, field)| Some((field.as_str(), table.place(column)?)));
        let order = mapping.day_order.unwrap_or(DayOrder::YearFirst);
        Self { table, file: file.to_owned(), places: places.collect(), order }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Cells<'_>> {
        self.table.lines.iter().map(|line| Cells { rows: self, line, problems: Vec::new() })
    }

    /// Whether a column holds the field.
    pub(super) fn has(&self, field: &str) -> bool {
        self.place(field).is_some()
    }

    fn place(&self, field: &str) -> Option<usize> {
        self.places.iter().find(|(name, _)| *name == field).map(|(_, place)| *place)
    }

    fn column(&self, field: &str) -> String {
        let place = self.place(field);
        place.and_then(|place| self.table.columns.get(place)).cloned().unwrap_or_default()
    }

    /// A row that is not taken, for a reason that only its neighbours or the school know.
    pub(super) fn rejected(
        &self,
        line: u64,
        (field, value): (&str, &str),
        reason: impl Into<String>,
    ) -> Rejected {
        Rejected::new(self.file.clone(), line, Problem::new(self.column(field), value, reason))
    }

    /// What the file is called.
    pub(super) fn file(&self) -> &str {
        &self.file
    }

    /// A value of the row on a line.
    pub(super) fn value(&self, line: u64, field: &str) -> &str {
        let lines = &self.table.lines;
        let row = lines.binary_search_by_key(&line, |line| line.number).ok().and_then(|at| lines.get(at));
        row.zip(self.place(field)).and_then(|(row, place)| row.cells.get(place)).unwrap_or_default()
    }

    /// Where a row stands.
    pub(super) fn origin(&self, line: u64) -> Origin {
        (self.file.clone().into(), line)
    }
}

/// One row. Where a value cannot be read a blank stands in for it, and [`Cells::done`] refuses the row.
pub(super) struct Cells<'t> {
    rows: &'t Rows<'t>,
    line: &'t Line,
    problems: Vec<Problem>,
}

impl<'t> Cells<'t> {
    /// The line on which it stands.
    pub(super) fn number(&self) -> u64 {
        self.line.number
    }

    /// The value as it was typed; blank where there is no column for it.
    pub(super) fn raw(&self, field: &str) -> &'t str {
        let cell = self.rows.place(field).and_then(|place| self.line.cells.get(place));
        typed(cell.unwrap_or_default())
    }

    /// One line of at most `longest` characters.
    pub(super) fn text(&mut self, field: &str, longest: usize) -> Option<String> {
        let raw = self.raw(field);
        if WRONG.contains(&raw.trim()) {
            self.refuse(
                field,
                "The spreadsheet could not compute this value. Type it in and send the row again.",
            );
            return None;
        }
        match text::line(raw, longest) {
            Ok(value) => Some(value).filter(|value| !value.is_empty()),
            Err(reason) => {
                self.refuse(field, reason);
                None
            }
        }
    }

    pub(super) fn needed(&mut self, field: &str, longest: usize) -> String {
        let before = self.problems.len();
        let value = self.text(field, longest);
        if value.is_none() && self.problems.len() == before {
            self.refuse(field, "A value is needed here.");
        }
        value.unwrap_or_default()
    }

    pub(super) fn day(&mut self, field: &str) -> Option<NaiveDate> {
        let value = self.text(field, 40)?;
        let day = self.rows.order.read(&value);
        if day.is_none() {
            let example = self.rows.order.example();
            self.refuse(field, format!("This is no day between 1900 and 2199, written as {example}."));
        }
        day
    }

    /// A whole number from `least` to `most`; a decimal point, hexadecimal digits or an exponent make none.
    pub(super) fn number_in(&mut self, field: &str, (least, most): (i16, i16)) -> Option<i16> {
        let value = self.text(field, 40)?;
        let plain = value.bytes().all(|byte| byte.is_ascii_digit());
        let number = value.parse().ok().filter(|number| plain && (least..=most).contains(number));
        if number.is_none() {
            self.refuse(field, format!("This is no whole number from {least} to {most}."));
        }
        number
    }

    /// Yes or no.
    pub(super) fn truth(&mut self, field: &str) -> Option<bool> {
        let value = self.text(field, 40)?.to_lowercase();
        let yes = ["yes", "y", "true", "t", "1", "x", "✓"].contains(&&*value);
        let no = ["no", "n", "false", "f", "0", "-"].contains(&&*value);
        if !yes && !no {
            self.refuse(field, "Write yes or no.");
        }
        (yes || no).then_some(yes)
    }

    /// What one of several words means, whatever its case and however its parts are joined.
    pub(super) fn word<T: Copy>(&mut self, field: &str, words: &[(&str, T)]) -> Option<T> {
        let value = self.text(field, 100)?;
        let plain = super::field::plain(&value);
        let found = words.iter().find(|(word, _)| *word == plain).map(|(_, meaning)| *meaning);
        if found.is_none() {
            let known: Vec<_> = words.iter().map(|(word, _)| word.replace('_', " ")).collect();
            self.refuse(field, format!("This is none of: {}.", known.join(", ")));
        }
        found
    }

    pub(super) fn email(&mut self, field: &str) -> Option<String> {
        let value = self.text(field, 254)?;
        match Email::read(&value) {
            Ok(email) => Some(email.typed().to_owned()),
            Err(reason) => {
                self.refuse(field, reason);
                None
            }
        }
    }

    pub(super) fn refuse(&mut self, field: &str, reason: impl Into<String>) {
        let problem = Problem::new(self.rows.column(field), self.raw(field), reason);
        self.problems.push(problem);
    }

    /// What was read, or the row as rejected, once for everything that is wrong with it.
    pub(super) fn done<T>(mut self, read: T) -> Result<Entry<T>, Vec<Rejected>> {
        let beyond = self.line.cells.iter().skip(self.rows.table.columns.len());
        if let Some(value) = beyond.map(str::trim).find(|value| !value.is_empty()) {
            let reason = "The row has more values than the first line has columns; a value with a comma needs \
                          quotation marks.";
            self.problems.insert(0, Problem::new("", value, reason));
        }
        if self.problems.is_empty() {
            return Ok(Entry { line: self.line.number, row: read });
        }
        let problems = self.problems.into_iter();
        Err(problems
            .map(|problem| Rejected::new(self.rows.file.clone(), self.line.number, problem))
            .collect())
    }
}

/// A row that could be read, with its line.
#[derive(Clone, Debug)]
pub(super) struct Entry<T> {
    pub(super) line: u64,
    pub(super) row: T,
}
