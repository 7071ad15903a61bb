//! All rows of a file, typed, each `sourcedId` once.

use super::{
    entry::{Entry, Status, read_head},
    kind::Kind,
    ledger::{Fate, Ledger},
    rejected::Problem,
    table::{Row, Table},
};

/// How many of the rows that share an id are named.
const LINES: usize = 5;

pub(super) type Read<T> = fn(&Row) -> Result<T, Vec<Problem>>;

/// The entries of `table` in the order of their ids, whatever the order of its rows.
pub(super) fn gather<T>(table: &Table, read: Read<T>, ledger: &mut Ledger) -> Vec<Entry<T>> {
    ledger.open(table.kind);
    let mut entries = Vec::new();
    for row in table.rows() {
        match read_row(&row, table.kind, ledger, read) {
            Ok(found) => entries.extend(found),
            Err(problems) => ledger.reject(table.kind, row.line, problems),
        }
    }
    unique(entries, table.kind, ledger)
}

fn read_row<T>(
    row: &Row,
    kind: Kind,
    ledger: &mut Ledger,
    read: Read<T>,
) -> Result<Option<Entry<T>>, Vec<Problem>> {
    let head = row.check().and_then(|()| read_head(row));
    let (sourced_id, status) = head.inspect_err(|_| ledger.note_unread(kind))?;
    if status == Status::Gone {
        ledger.note(kind, &sourced_id, Fate::Gone(row.line));
        return Ok(None);
    }
    match read(row) {
        Ok(read) => {
            let fingerprint = row.fingerprint();
            Ok(Some(Entry { sourced_id, line: row.line, fingerprint, row: read }))
        }
        Err(problems) => {
            ledger.note(kind, &sourced_id, Fate::Rejected(row.line));
            Err(problems)
        }
    }
}

/// Of rows that say the same under one id the first counts. Where they differ none does: taking one
/// of them would depend on chance.
fn unique<T>(mut entries: Vec<Entry<T>>, kind: Kind, ledger: &mut Ledger) -> Vec<Entry<T>> {
    entries.sort_by(|one, other| (&one.sourced_id, one.line).cmp(&(&other.sourced_id, other.line)));
    let mut kept: Vec<Entry<T>> = Vec::with_capacity(entries.len());
    let mut rest = entries.into_iter().peekable();
    while let Some(first) = rest.next() {
        let mut same = vec![];
        while let Some(next) = rest.next_if(|next| next.sourced_id == first.sourced_id) {
            same.push(next);
        }
        if same.iter().all(|next| next.fingerprint == first.fingerprint) {
            ledger.note(kind, &first.sourced_id, Fate::Taken);
            let reason = format!("The same row stands on line {} already.", first.line);
            for next in &same {
                reject_double(next, kind, &reason, ledger);
            }
            kept.push(first);
        } else {
            reject_all(first, &same, kind, ledger);
        }
    }
    kept
}

fn reject_all<T>(first: Entry<T>, same: &[Entry<T>], kind: Kind, ledger: &mut Ledger) {
    let all: Vec<_> = [&first].into_iter().chain(same).collect();
    let lines = all.iter().take(LINES).map(|entry| entry.line.to_string());
    let mut lines = lines.collect::<Vec<_>>().join(", ");
    if all.len() > LINES {
        lines.push('…');
    }
    let reason =
        format!("Rows with this sourcedId differ (lines {lines}), so it is unclear which one counts.");
    ledger.note(kind, &first.sourced_id, Fate::Rejected(first.line));
    for entry in all {
        reject_double(entry, kind, &reason, ledger);
    }
}

fn reject_double<T>(entry: &Entry<T>, kind: Kind, reason: &str, ledger: &mut Ledger) {
    let problem = Problem::new("sourcedId", &entry.sourced_id, reason);
    ledger.reject(kind, entry.line, vec![problem]);
}
