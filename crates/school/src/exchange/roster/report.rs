//! What an import did, or would do.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::{
    super::{
        oneroster::{Rejected, Remark},
        text::quotable,
    },
    merge::Kept,
};

/// The file and the line that a record stands on.
pub type Origin = (Cow<'static, str>, u64);

/// What became of the records of one table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub created: usize,
    pub changed: usize,
    /// Gone from the export: dated or marked, never deleted.
    pub ended: usize,
    pub unchanged: usize,
}

/// A field that was edited here and is kept, though the source says otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    pub file: Cow<'static, str>,
    pub line: u64,
    /// The record here.
    pub subject: Uuid,
    /// The field's name here, such as `last_name`.
    pub field: String,
    /// What the source says.
    pub value: String,
    pub reason: String,
}

/// More of one table's records would end at once than a sound export explains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vanishing {
    pub table: String,
    pub ended: usize,
    /// As many run now.
    pub running: usize,
}

impl Vanishing {
    /// 50 of 52 students: as much as is to be known before somebody says to go on.
    #[must_use]
    pub fn in_words(&self) -> String {
        let what = match self.table.as_str() {
            "guardians" => "links between students and contacts".into(),
            table => table.replace('_', " "),
        };
        format!("{} of {} {what}", self.ended, self.running)
    }
}

/// The whole outcome, for a person to read.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// The system that the ids come from.
    pub source: String,
    /// What only goes on when somebody says so.
    pub vanishing: Vec<Vanishing>,
    /// By table, in the order in which they were written.
    pub tallies: Vec<(&'static str, Tally)>,
    pub rejected: Vec<Rejected>,
    pub conflicts: Vec<Conflict>,
    pub remarks: Vec<Remark>,
}

impl Report {
    /// All tables together.
    #[must_use]
    pub fn total(&self) -> Tally {
        self.tallies.iter().fold(Tally::default(), |sum, (_, tally)| Tally {
            created: sum.created + tally.created,
            changed: sum.changed + tally.changed,
            ended: sum.ended + tally.ended,
            unchanged: sum.unchanged + tally.unchanged,
        })
    }

    /// The tally of one table; nothing where nothing was done.
    #[must_use]
    pub fn tally(&self, table: &str) -> Tally {
        self.tallies.iter().find(|(name, _)| *name == table).map(|(_, tally)| *tally).unwrap_or_default()
    }

    /// Rows that were not taken, each once however much is wrong with it.
    #[must_use]
    pub fn rejected_rows(&self) -> usize {
        let mut rows: Vec<_> = self.rejected.iter().map(|row| (&row.file, row.line)).collect();
        rows.sort_unstable();
        rows.dedup();
        rows.len()
    }

    pub(super) fn keep(&mut self, (file, line): Origin, subject: Uuid, kept: Kept) {
        let reason = match kept.field.as_str() {
            "deleted_at" => "It was deleted here and stays so; the source still has it.".to_owned(),
            // An id of ours says nothing to a person.
            field if field.ends_with("_id") => {
                format!("The {} was changed here and is kept.", words(field))
            }
            _ => format!("“{}” was entered here and is kept.", shown(&kept.here)),
        };
        let value = if kept.field.ends_with("_id") { String::new() } else { shown(&kept.source) };
        self.conflicts.push(Conflict { file, line, subject, field: kept.field, value, reason });
    }
}

fn words(field: &str) -> String {
    field.trim_end_matches("_id").replace('_', " ")
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => quotable(text),
        other => quotable(&other.to_string()),
    }
}
