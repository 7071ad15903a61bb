//! Mended rows take the places of those that were rejected.

use std::collections::{HashMap, HashSet};

use super::sheet::{Mended, RawSheet};

impl RawSheet {
    /// The place of a column, whatever its case; one that is written just so comes first.
    #[must_use]
    pub fn place(&self, column: &str) -> Option<usize> {
        let column = column.trim();
        let mut names = self.header.iter().map(|name| name.trim());
        let exact = names.clone().position(|name| name == column);
        let found = exact.or_else(|| names.position(|name| name.eq_ignore_ascii_case(column)));
        found.filter(|_| !column.is_empty())
    }

    /// The sheet with rows of it mended. Rejected rows that did not come back stay as they were, unless a mended one is
    /// about the same: has the same values in all columns at the places `id`.
    #[must_use]
    pub fn with(mut self, mended: &Mended, rejected: &HashSet<u64>, id: &[usize]) -> Self {
        let places: Vec<_> = mended.header.iter().map(|name| self.place(name)).collect();
        let blank = vec![String::new(); self.header.len()];
        let (mut in_place, mut added) = (HashMap::new(), Vec::new());
        for (number, cells) in &mended.lines {
            match number.filter(|number| rejected.contains(number)) {
                Some(number) => {
                    in_place.insert(number, cells);
                }
                None => added.push(put(&blank, cells, &places, &blank)),
            }
        }
        let mut ids = HashSet::new();
        for (number, row) in &mut self.lines {
            if let Some(cells) = in_place.get(number) {
                *row = put(row, cells, &places, &blank);
                ids.extend(about(row, id));
            }
        }
        let is_replaced = |number: &u64, row: &[String]| {
            let is_left = rejected.contains(number) && !in_place.contains_key(number);
            is_left && about(row, id).is_some_and(|about| ids.contains(&about))
        };
        self.lines.retain(|(number, row)| !is_replaced(number, row));
        self.lines.extend(added.into_iter().map(|row| (0, row)));
        self
    }
}

/// What a row is about; nothing where it does not say.
fn about(row: &[String], id: &[usize]) -> Option<Vec<String>> {
    let values: Vec<_> =
        id.iter().map(|place| row.get(*place).map_or("", |value| value.trim()).to_owned()).collect();
    values.iter().any(|value| !value.is_empty()).then_some(values)
}

/// The row with the mended values in it, as wide as the header.
fn put(row: &[String], cells: &[String], places: &[Option<usize>], blank: &[String]) -> Vec<String> {
    let mut put: Vec<String> = row.iter().take(blank.len()).cloned().collect();
    put.resize(blank.len(), String::new());
    for (cell, place) in cells.iter().zip(places) {
        if let Some(kept) = place.and_then(|place| put.get_mut(place)) {
            kept.clone_from(cell);
        }
    }
    put
}
