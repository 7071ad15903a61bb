//! All rows of a table, typed, each key once.

use std::collections::{BTreeMap, HashSet};

use super::{
    super::oneroster::Rejected,
    cells::{Cells, Entry, Rows},
};

/// How many of the rows that share a key are named.
const LINES: usize = 5;

/// A row that stands for something of its own, found again by its key.
pub(super) trait Keyed: PartialEq {
    /// What tells it from every other row.
    fn key(&self) -> String;

    /// The field that a person would look at, and its value.
    fn shown(&self) -> (&'static str, &str);

    /// The key of a row whatever else is wrong with it; none where it cannot be told.
    fn key_in(cells: &Cells) -> Option<String>;
}

/// What was read of a table.
pub(super) struct Gathered<T> {
    /// By their keys, whatever the order of the rows.
    pub(super) entries: BTreeMap<String, Entry<T>>,
    pub(super) rejected: Vec<Rejected>,
    /// Keys of rows that were not taken: nothing may end because of them.
    pub(super) unknown: HashSet<String>,
    /// Not even the key of some row could be read.
    pub(super) is_torn: bool,
}

impl<T> Gathered<T> {
    /// Whether what an earlier table held under `key` is no longer in this one.
    pub(super) fn lacks(&self, key: &str) -> bool {
        !self.is_torn && !self.entries.contains_key(key) && !self.unknown.contains(key)
    }

    /// Takes out rows that the school's own state speaks against.
    pub(super) fn turn_away(&mut self, mut why: impl FnMut(&Entry<T>) -> Option<Rejected>) {
        let Self { entries, rejected, unknown, .. } = self;
        entries.retain(|key, entry| match why(entry) {
            Some(reason) => {
                rejected.push(reason);
                unknown.insert(key.clone());
                false
            }
            None => true,
        });
    }
}

/// Reads every row. Of rows that say the same under one key the first counts; where they differ none does.
pub(super) fn gather<T: Keyed>(
    rows: &Rows,
    read: impl Fn(Cells) -> Result<Entry<T>, Vec<Rejected>>,
) -> Gathered<T> {
    let mut gathered =
        Gathered { entries: BTreeMap::new(), rejected: Vec::new(), unknown: HashSet::new(), is_torn: false };
    let mut groups: BTreeMap<String, Vec<Entry<T>>> = BTreeMap::new();
    for cells in rows.iter() {
        let key = T::key_in(&cells);
        match read(cells) {
            Ok(entry) => groups.entry(entry.row.key()).or_default().push(entry),
            Err(problems) => {
                gathered.is_torn |= key.is_none();
                gathered.unknown.extend(key);
                gathered.rejected.extend(problems);
            }
        }
    }
    for (key, group) in groups {
        let mut group = group.into_iter();
        let Some(first) = group.next() else { continue };
        let others: Vec<_> = group.collect();
        if others.iter().all(|other| other.row == first.row) {
            let reason = format!("The same row stands on line {} already.", first.line);
            gathered.rejected.extend(others.iter().map(|other| rejected(rows, other, &reason)));
            gathered.entries.insert(key, first);
        } else {
            let reason = differ(&first, &others);
            let all = [&first].into_iter().chain(&others);
            gathered.rejected.extend(all.map(|entry| rejected(rows, entry, &reason)));
            gathered.unknown.insert(key);
        }
    }
    gathered
}

fn rejected<T: Keyed>(rows: &Rows, entry: &Entry<T>, reason: &str) -> Rejected {
    rows.rejected(entry.line, entry.row.shown(), reason)
}

fn differ<T>(first: &Entry<T>, others: &[Entry<T>]) -> String {
    let all = [first].into_iter().chain(others).take(LINES);
    let mut lines = all.map(|entry| entry.line.to_string()).collect::<Vec<_>>().join(", ");
    if others.len() >= LINES {
        lines.push('…');
    }
    format!("Rows about this one differ (lines {lines}), so it is unclear which one counts.")
}
