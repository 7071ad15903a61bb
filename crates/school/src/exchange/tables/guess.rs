//! What the columns of a table seem to be, so that most people only have to agree.

use std::collections::BTreeMap;

use super::{
    day::{DayOrder, Told},
    field::{Shape, plain},
    kind::Kind,
    mapping::{Mapping, STATUSES},
    table::Table,
};
use crate::attendance::code::Code;

/// What other systems write for the marks that every school starts from.
const MARKS: [(&str, &[&str]); 6] = [
    ("present", &["present", "p", "here", "in", "on_time", "1", "attended"]),
    ("late", &["late", "l", "tardy", "t", "late_arrival"]),
    ("absent", &["absent", "a", "abs", "0", "away", "not_present"]),
    ("left_early", &["left_early", "early_dismissal", "early", "e"]),
    ("excused", &["excused", "x", "ea", "excused_absence", "absent_excused"]),
    ("unexcused", &["unexcused", "u", "ua", "unexcused_absence", "truant", "absent_unexcused"]),
];

impl Mapping {
    /// What the table's own words suggest, each field once.
    pub(super) fn guess(kind: Kind, table: &Table, codes: &[Code]) -> Self {
        let mut mapping = Self::default();
        mapping.guess_columns(kind, table);
        mapping.complete(kind, table, codes);
        mapping
    }

    /// Adds columns by their names, for fields that no column holds yet.
    pub(super) fn guess_columns(&mut self, kind: Kind, table: &Table) {
        for field in kind.fields() {
            let columns = table.columns.iter().filter(|column| !self.columns.contains_key(*column));
            let found = columns
                .filter(|column| field.is_called(column))
                .min_by_key(|column| plain(column) != field.name);
            if let Some(column) = found.filter(|_| self.column_of(field.name).is_none()) {
                self.columns.insert(column.clone(), field.name.to_owned());
            }
        }
    }

    /// The same with what the columns as mapped say by themselves.
    pub(in crate::exchange) fn completed(mut self, kind: Kind, table: &Table, codes: &[Code]) -> Self {
        self.complete(kind, table, codes);
        self
    }

    /// Adds what the columns as mapped say by themselves: the order of days and the usual marks.
    pub(super) fn complete(&mut self, kind: Kind, table: &Table, codes: &[Code]) {
        if self.day_order.is_none()
            && let Told::Only(order) = self.told_order(kind, table)
        {
            self.day_order = Some(order);
        }
        for word in self.statuses(kind, table).unwrap_or_default().into_keys() {
            if let Some(code) = guess_code(&word, codes) {
                self.words.entry(word).or_insert_with(|| code.to_owned());
            }
        }
    }

    /// What the mapped days say of their order.
    pub(super) fn told_order(&self, kind: Kind, table: &Table) -> Told {
        let places = self.columns.iter().filter_map(|(column, field)| {
            let is_day = kind.field(field).is_some_and(|field| field.shape == Shape::Day);
            table.place(column).filter(|_| is_day)
        });
        DayOrder::told_by(places.flat_map(|place| table.values(place)))
    }

    /// The words that stand for marks in the table, each with how often; none where no column holds marks, or one that
    /// cannot.
    pub(in crate::exchange) fn statuses(&self, kind: Kind, table: &Table) -> Option<BTreeMap<String, usize>> {
        let field = kind.fields().iter().find(|field| field.shape == Shape::Status)?;
        let column = self.column_of(field.name)?;
        table.distinct(table.place(column)?, STATUSES)
    }
}

/// The school's code that a word means: by its name, its letter or what most systems mean by it.
fn guess_code<'c>(word: &str, codes: &'c [Code]) -> Option<&'c str> {
    let word = plain(word);
    let in_use = || codes.iter().filter(|code| code.is_in_use());
    let own = in_use().find(|code| plain(&code.name) == word || code.code == word);
    let usual = || {
        let (usual, _) = MARKS.iter().find(|(_, words)| words.contains(&&*word))?;
        in_use().find(|code| code.code == *usual)
    };
    let by_letter = || in_use().find(|code| code.key == word);
    own.or_else(by_letter).or_else(usual).map(|code| code.code.as_str())
}
