//! What the columns of a table are proposed to be: as last time, else as guessed; and what was said is remembered.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use schema::import_mappings as kept;
use serde_json::Value;

use super::{
    kind::Kind,
    mapping::{Faults, Mapping, Places},
    table::Table,
};
use crate::{
    academics::{campus::Campus, year::AcademicYear},
    attendance::code,
    clock::new_id,
    db::Db,
    error::{Error, Result},
    permit::CreateImportRuns,
};

/// How many earlier mappings are looked through for one that fits a table with other columns besides.
const LOOKED_AT: i64 = 50;

/// A mapping to begin with.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// What the columns are, as far as is known.
    pub mapping: Mapping,
    /// Whether somebody said so before.
    pub is_remembered: bool,
}

impl Proposal {
    /// What a table's columns seem to be.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database is away.
    pub fn of(kind: Kind, table: &Table, db: &mut Db<'_, CreateImportRuns>) -> Result<Self> {
        let codes = code::all(db)?;
        let remembered = remembered(kind, table, db)?;
        let said_on = remembered.as_ref().map(|earlier| earlier.said_at.date_naive());
        let mut mapping = match remembered {
            Some(Earlier { mut mapping, is_exact, .. }) => {
                mapping.columns.retain(|column, _| table.columns.contains(column));
                if !is_exact {
                    mapping.guess_columns(kind, table);
                }
                mapping.is_whole = false;
                mapping.complete(kind, table, &codes);
                mapping
            }
            None => Mapping::guess(kind, table, &codes),
        };
        place(kind, &mut mapping, said_on, db)?;
        Ok(Self { mapping, is_remembered: said_on.is_some() })
    }
}

impl Mapping {
    /// What is still missing, or cannot be.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database is away.
    pub fn check(&self, kind: Kind, table: &Table, db: &mut Db<'_, CreateImportRuns>) -> Result<Faults> {
        let places = Places {
            campuses: Campus::all(db)?.into_iter().map(|campus| campus.id).collect(),
            years: AcademicYear::all(db)?.into_iter().map(|year| year.id).collect(),
        };
        let mut faults = self.faults(kind, table, &places);
        let codes = code::all(db)?;
        let statuses = self.statuses(kind, table).unwrap_or_default();
        for (at, word) in statuses.into_keys().enumerate() {
            let code = self.words.get(&word);
            if code.is_some_and(|name| !codes.iter().any(|code| code.code == *name && code.is_in_use())) {
                faults.push((format!("word-{at}"), "Choose one of the marks in use.".into()));
            }
        }
        Ok(faults)
    }

    /// Remembers this for the next table with these columns.
    pub(in crate::exchange) fn remember(
        &self,
        kind: Kind,
        table: &Table,
        db: &mut Db<'_, CreateImportRuns>,
    ) -> Result<()> {
        let mapping = serde_json::to_value(self).map_err(Error::internal)?;
        let now = db.now();
        let header = table.header_mark();
        let changed = diesel::update(kept::table)
            .filter(kept::organization_id.eq(db.organization()))
            .filter(kept::deleted_at.is_null())
            .filter(kept::kind.eq(kind.word()))
            .filter(kept::header.eq(header.bytes().as_slice()))
            .set((kept::mapping.eq(&mapping), kept::used_at.eq(now)))
            .execute(db.conn())?;
        if changed > 0 {
            return Ok(());
        }
        diesel::insert_into(kept::table)
            .values((
                (kept::organization_id.eq(db.organization()), kept::id.eq(new_id())),
                (kept::kind.eq(kind.word()), kept::header.eq(header.bytes().as_slice())),
                (kept::mapping.eq(mapping), kept::used_at.eq(now)),
            ))
            .on_conflict_do_nothing()
            .execute(db.conn())?;
        Ok(())
    }
}

/// What was said of an earlier table.
struct Earlier {
    mapping: Mapping,
    said_at: DateTime<Utc>,
    /// Its columns were just these; else there are others besides.
    is_exact: bool,
}

/// What was said of these columns, else of columns that are all here as well.
fn remembered(kind: Kind, table: &Table, db: &mut Db<'_, CreateImportRuns>) -> Result<Option<Earlier>> {
    let header = table.header_mark();
    let found: Vec<(Vec<u8>, Value, DateTime<Utc>)> = kept::table
        .filter(kept::organization_id.eq(db.organization()))
        .filter(kept::deleted_at.is_null())
        .filter(kept::kind.eq(kind.word()))
        .order((kept::header.eq(header.bytes().as_slice()).desc(), kept::used_at.desc(), kept::id))
        .select((kept::header, kept::mapping, kept::used_at))
        .limit(LOOKED_AT)
        .load(db.conn())?;
    let here: BTreeSet<&String> = table.columns.iter().collect();
    for (mark, mapping, said_at) in found {
        let mapping: Mapping = serde_json::from_value(mapping).map_err(Error::internal)?;
        let is_exact = mark == header.bytes();
        if is_exact || mapping.columns.keys().all(|column| here.contains(column)) {
            return Ok(Some(Earlier { mapping, said_at, is_exact }));
        }
    }
    Ok(None)
}

/// The only campus there is, and the year that runs, unless something else was said that still holds: a year that was
/// over when it was said is meant.
fn place(
    kind: Kind,
    mapping: &mut Mapping,
    said_on: Option<NaiveDate>,
    db: &mut Db<'_, CreateImportRuns>,
) -> Result<()> {
    if kind.has_campus() {
        let campuses = Campus::all(db)?;
        mapping.campus = mapping.campus.filter(|id| campuses.iter().any(|campus| campus.id == *id));
        if let ([only], None) = (&campuses[..], mapping.campus) {
            mapping.campus = Some(only.id);
        }
    }
    if kind.has_year() {
        let today = db.today();
        let years = AcademicYear::all(db)?;
        let said = years.iter().find(|year| Some(year.id) == mapping.year);
        let running = AcademicYear::at(today, &years);
        let said =
            said.filter(|year| year.end_date >= today || said_on.is_some_and(|day| year.end_date < day));
        mapping.year = said.or(running).map(|year| year.id);
    }
    Ok(())
}
