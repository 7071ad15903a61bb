//! What a backup says of itself.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    error::{Error, Result},
    migrations,
};

/// The format of the file; another one is another program's.
const FORMAT: u16 = 1;

/// How many rows each table has.
pub type Counts = BTreeMap<String, i64>;

/// What a backup says of itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Manifest {
    format: u16,
    /// The version of the program that wrote it.
    pub belfry: String,
    /// When its rows were as they are in it.
    pub taken_at: DateTime<Utc>,
    /// The migrations that had run.
    pub shape: Vec<String>,
    /// How many rows each table has.
    pub counts: Counts,
    /// SHA-256 of the dump, in small hexadecimal digits.
    pub sha256: String,
    /// The length of the dump in bytes.
    pub bytes: u64,
}

impl Manifest {
    /// Of a dump that is written.
    #[must_use]
    pub fn new(
        belfry: &str,
        taken_at: DateTime<Utc>,
        (shape, counts): (Vec<String>, Counts),
        (sha256, bytes): (String, u64),
    ) -> Self {
        Self { format: FORMAT, belfry: belfry.into(), taken_at, shape, counts, sha256, bytes }
    }

    /// Reads one.
    ///
    /// # Errors
    /// [`Error::Invalid`] when it is none, [`Error::Conflict`] when a newer program wrote it.
    pub fn read(text: &str) -> Result<Self> {
        let damaged = |_| Error::invalid("file", "It does not say what is in it: it is damaged.");
        let manifest: Self = serde_json::from_str(text).map_err(damaged)?;
        if manifest.format != FORMAT {
            return Err(newer(&manifest.belfry));
        }
        match migrations::compared(&manifest.shape)? {
            migrations::Standing::Newer(_) => Err(newer(&manifest.belfry)),
            _ => Ok(manifest),
        }
    }

    /// All rows of all tables.
    #[must_use]
    pub fn rows(&self) -> i64 {
        self.counts.values().sum()
    }

    /// How many rows one table has.
    #[must_use]
    pub fn of(&self, table: &str) -> i64 {
        self.counts.get(table).copied().unwrap_or_default()
    }
}

fn newer(belfry: &str) -> Error {
    Error::Conflict(format!(
        "This backup was written by a newer Belfry ({belfry}). Restore it with that one, or a later one."
    ))
}
