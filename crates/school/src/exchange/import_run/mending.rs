//! The rows that were not taken as a file to mend, and what comes back.

use std::collections::HashSet;

use diesel::prelude::*;
use schema::import_runs as runs;
use uuid::Uuid;

use super::{
    super::{
        oneroster,
        sheet::{Mended, RawSheet},
        tables::{Mapping, Table},
    },
    ImportKind, ImportRun, LARGEST, Row, Upload,
    outcome::forget_file,
    steps::{end, rehearse_now},
};
use crate::{
    db::Db,
    error::{Error, Result},
    permit::CreateImportRuns,
    words::ImportState,
};

impl ImportRun {
    /// The rows of one of its files that were not taken, as a CSV file to be mended.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there are none, [`Error::Conflict`] when the file is no longer kept.
    pub fn rejected_file(id: Uuid, file: &str, db: &mut Db<'_, CreateImportRuns>) -> Result<Vec<u8>> {
        let run = Self::of(id, db)?.run;
        let rejected: Vec<_> = Row::of_file(id, file, db)?
            .into_iter()
            .filter_map(|(line, rows)| Some((u64::try_from(line).ok()?, reasons(&rows))))
            .collect();
        if rejected.is_empty() {
            return Err(Error::NotFound);
        }
        raw_sheet(&run, &run.kept(db)?, file)?.to_mend(&rejected)
    }

    /// Takes back rows of one of its files that were mended, as a new import that is rehearsed; answers its id. The
    /// earlier one ends with it, if it was not done.
    ///
    /// # Errors
    /// [`Error::Invalid`] by `file` when it is not such a file, [`Error::NotFound`] when nothing of this file was
    /// rejected, [`Error::Conflict`] while a job works on it or when its own file is no longer kept.
    pub fn take_mended(
        id: Uuid,
        file: &str,
        bytes: &[u8],
        db: &mut Db<'_, CreateImportRuns>,
    ) -> Result<Uuid> {
        let run = Self::held(id, db)?;
        if run.is_under_way() {
            return Err(Error::Conflict("A job works on this import. Wait until it is done.".into()));
        }
        let rejected: HashSet<u64> =
            Row::of_file(id, file, db)?.iter().filter_map(|(line, _)| u64::try_from(*line).ok()).collect();
        if rejected.is_empty() {
            return Err(Error::NotFound);
        }
        let mended = RawSheet::mended(bytes)?;
        let content = run.with(&mended, file, &rejected, db)?;
        forget_file(id, db)?;
        let upload = Upload { kind: run.kind, file_name: run.mended_name(), content };
        let new = upload.keep_mending(Some(id), db)?;
        if run.kind.has_columns() {
            diesel::update(runs::table.find((db.organization(), new)))
                .set(runs::mapping.eq(run.mapping.clone().map(Mapping::of_a_part)))
                .execute(db.conn())?;
            rehearse_now(new, db)?;
        }
        if run.status != ImportState::Done {
            end(id, ImportState::Cancelled, Some("Mended rows were sent in its place."), db)?;
        }
        Ok(new)
    }

    fn kept(&self, db: &mut Db<'_, CreateImportRuns>) -> Result<Vec<u8>> {
        let gone = || Error::Conflict("The file is no longer kept. Upload it again.".into());
        self.content(db)?.ok_or_else(gone)
    }

    /// The whole file with the mended rows in it where the format says everything at once; else the mended rows.
    fn with(
        &self,
        mended: &Mended,
        file: &str,
        rejected: &HashSet<u64>,
        db: &mut Db<'_, CreateImportRuns>,
    ) -> Result<Vec<u8>> {
        let content = if self.kind == ImportKind::Oneroster {
            let kept = self.kept(db)?;
            oneroster::mend((&self.file_name, &kept), file, rejected, mended)
                .map_err(|refusal| Error::invalid("file", refusal.to_string()))?
        } else {
            let lines = mended.lines.iter().map(|(_, cells)| (0, cells.clone())).collect();
            RawSheet { header: mended.header.clone(), lines }.to_csv()?
        };
        if content.len() > LARGEST {
            return Err(Error::invalid("file", "With these rows the file would be too large."));
        }
        Ok(content)
    }

    fn mended_name(&self) -> String {
        if self.kind == ImportKind::Oneroster {
            return self.file_name.clone();
        }
        let stem = self.file_name.rsplit_once('.').map_or(&*self.file_name, |(stem, _)| stem);
        format!("{}, mended.csv", stem.trim_end_matches(", mended"))
    }
}

/// One of its files, before anything of it is understood.
fn raw_sheet(run: &ImportRun, content: &[u8], file: &str) -> Result<RawSheet> {
    match run.kind {
        ImportKind::Oneroster => oneroster::raw_sheet(&run.file_name, content, file)
            .map_err(|refusal| Error::Conflict(refusal.to_string()))?
            .ok_or(Error::NotFound),
        ImportKind::Students
        | ImportKind::Contacts
        | ImportKind::Staff
        | ImportKind::Classes
        | ImportKind::Enrollments
        | ImportKind::Attendance => {
            let mapping: Option<Mapping> =
                run.mapping.clone().and_then(|said| serde_json::from_value(said).ok());
            let sheet = mapping.and_then(|mapping| mapping.sheet);
            let table = Table::read(content, sheet.as_deref());
            Ok(table.map_err(|refusal| Error::Conflict(refusal.to_string()))?.raw())
        }
    }
}

fn reasons(rows: &[Row]) -> String {
    let reasons = rows.iter().map(|row| match &row.field {
        Some(field) => format!("{field}: {}", row.reason),
        None => row.reason.clone(),
    });
    reasons.collect::<Vec<_>>().join(" ")
}
