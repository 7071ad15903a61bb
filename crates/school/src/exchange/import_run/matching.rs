//! The columns of a table are matched with ours before it is rehearsed: proposed, said, checked and remembered.

use std::collections::BTreeMap;

use diesel::prelude::*;
use schema::import_runs as runs;
use uuid::Uuid;

use super::{ImportRun, steps::rehearse_now, work::wait_patiently};
use crate::{
    academics::{campus::Campus, year::AcademicYear},
    attendance::code::{self, Code},
    db::Db,
    error::{Error, Result},
    exchange::tables::{Answers, Faults, Kind, Mapping, Proposal, Table},
    permit::CreateImportRuns,
    words::ImportState,
};

/// A table that waits for somebody to say what its columns are.
pub struct Matching {
    /// The import that brings it.
    pub run: ImportRun,
    /// What its rows are.
    pub kind: Kind,
    /// The table.
    pub table: Table,
    /// What its columns seem to be, or were said to be.
    pub mapping: Mapping,
    /// Whether it is as somebody said for an earlier table.
    pub is_remembered: bool,
    /// The campuses to choose from.
    pub campuses: Vec<Campus>,
    /// The school years to choose from.
    pub years: Vec<AcademicYear>,
    /// The marks to choose from.
    pub codes: Vec<Code>,
}

impl Matching {
    /// The table of an import, or another sheet of its workbook, with what its columns seem to be.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such import or it has no columns, [`Error::Conflict`] while a job works on
    /// it, when it is done, when its file is no longer kept and when the sheet is no table.
    pub fn of(id: Uuid, sheet: Option<&str>, db: &mut Db<'_, CreateImportRuns>) -> Result<Self> {
        let run = ImportRun::of(id, db)?.run;
        Self::opened(run, sheet, db)
    }

    /// Takes what was said of the columns: remembered, and the import goes on to its rehearsal. Where something is wrong
    /// nothing is kept and the same table comes back with what was said and what is wrong with it.
    ///
    /// # Errors
    /// As [`Matching::of`].
    pub fn say(
        id: Uuid,
        answers: &Answers,
        db: &mut Db<'_, CreateImportRuns>,
    ) -> Result<Option<(Self, Faults)>> {
        let run = ImportRun::held(id, db)?;
        let mut matching = Self::opened(run, answers.sheet.as_deref(), db)?;
        let (mapping, mut faults) = Mapping::said(matching.kind, &matching.table, answers);
        faults.extend(mapping.check(matching.kind, &matching.table, db)?);
        if !faults.is_empty() {
            matching.mapping = mapping.completed(matching.kind, &matching.table, &matching.codes);
            matching.is_remembered = false;
            return Ok(Some((matching, faults)));
        }
        mapping.remember(matching.kind, &matching.table, db)?;
        let mapping = serde_json::to_value(mapping).map_err(Error::internal)?;
        diesel::update(runs::table.find((db.organization(), id)))
            .set(runs::mapping.eq(mapping))
            .execute(db.conn())?;
        rehearse_now(id, db)?;
        Ok(None)
    }

    /// The words for marks that stand in the table, each with how often.
    #[must_use]
    pub fn words(&self) -> BTreeMap<String, usize> {
        self.mapping.statuses(self.kind, &self.table).unwrap_or_default()
    }

    fn opened(run: ImportRun, sheet: Option<&str>, db: &mut Db<'_, CreateImportRuns>) -> Result<Self> {
        let kind = Kind::named(run.kind.word()).ok_or(Error::NotFound)?;
        match run.status {
            ImportState::Rehearsing | ImportState::Applying => {
                return Err(Error::Conflict("A job works on this import. Wait until it is done.".into()));
            }
            ImportState::Done => {
                return Err(Error::Conflict(
                    "This import is done. Upload the file again to import it again.".into(),
                ));
            }
            ImportState::Uploaded | ImportState::Rehearsed | ImportState::Failed | ImportState::Cancelled => {
            }
        }
        let gone = || Error::Conflict("The file is no longer kept. Upload it again.".into());
        let content = run.content(db)?.ok_or_else(gone)?;
        wait_patiently(db)?;
        let before: Option<Mapping> = run.mapping.clone().and_then(|said| serde_json::from_value(said).ok());
        let before = before.filter(|before| sheet.is_none() || before.sheet.as_deref() == sheet);
        let sheet = sheet.or_else(|| before.as_ref()?.sheet.as_deref()).map(str::to_owned);
        let table = Table::read(&content, sheet.as_deref())
            .map_err(|refusal| Error::Conflict(refusal.to_string()))?;
        let proposal = match before {
            Some(mapping) => Proposal { mapping, is_remembered: false },
            None => Proposal::of(kind, &table, db)?,
        };
        Ok(Self {
            mapping: Mapping { sheet, ..proposal.mapping },
            is_remembered: proposal.is_remembered,
            campuses: Campus::all(db)?,
            years: AcademicYear::all(db)?,
            codes: code::all(db)?.into_iter().filter(Code::is_in_use).collect(),
            run,
            kind,
            table,
        })
    }
}
