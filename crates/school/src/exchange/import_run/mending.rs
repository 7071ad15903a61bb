//! The rows that were not taken as a file to mend, and what comes back.

use std::collections::HashSet;

use diesel::prelude::*;
use schema::import_runs as runs;
use uuid::Uuid;

use super::{
    super::{
        oneroster,
        sheet::{Mended, RawSheet},
        tables::{self, Mapping, Table},
    },
    ImportKind, ImportRun, LARGEST, Row, Upload,
    outcome::forget_file,
    steps::{end, rehearse_now},
    work::wait_patiently,
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
        wait_patiently(db)?;
        raw_sheet(&run, &run.kept(db)?, file)?.to_mend(&rejected)
    }

    /// Takes back rows of one of its files that were mended, as a new import that is rehearsed; answers its id. One that
    /// was not done ends with it, and all its other rows are in the new one.
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
        wait_patiently(db)?;
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
        // The rows that did not come back stand nowhere else.
        if !run.comes_in_parts() || rejected.is_subset(&mended.came()) {
            forget_file(id, db)?;
        }
        let upload = Upload { kind: run.kind, file_name: run.mended_name(), content };
        let new = upload.checked()?.keep_mending(Some(id), db)?;
        if run.kind.has_columns() {
            run.say_the_same_of(new, db)?;
        }
        if run.status != ImportState::Done {
            end(id, ImportState::Cancelled, Some("Mended rows were sent in its place."), db)?;
        }
        Ok(new)
    }

    /// Whether its mended rows come without the others: those of a table are in already.
    fn comes_in_parts(&self) -> bool {
        self.kind.has_columns() && self.status == ImportState::Done
    }

    /// The columns of a table that came back are what they were, and it is rehearsed at once.
    fn say_the_same_of(&self, new: Uuid, db: &mut Db<'_, CreateImportRuns>) -> Result<()> {
        let said = said(self);
        let said = if self.comes_in_parts() { said.of_a_part() } else { said.of_text() };
        let said = serde_json::to_value(said).map_err(Error::internal)?;
        diesel::update(runs::table.find((db.organization(), new)))
            .set(runs::mapping.eq(said))
            .execute(db.conn())?;
        rehearse_now(new, db)
    }

    fn kept(&self, db: &mut Db<'_, CreateImportRuns>) -> Result<Vec<u8>> {
        let gone = || Error::Conflict("The file is no longer kept. Upload it again.".into());
        self.content(db)?.ok_or_else(gone)
    }

    /// The whole file with the mended rows in it; of a table whose other rows are in already, the mended rows.
    fn with(
        &self,
        mended: &Mended,
        file: &str,
        rejected: &HashSet<u64>,
        db: &mut Db<'_, CreateImportRuns>,
    ) -> Result<Vec<u8>> {
        let wrong = |sentence: String| Error::invalid("file", sentence);
        let content = match tables::Kind::named(self.kind.word()) {
            None => oneroster::mend((&self.file_name, &self.kept(db)?), file, rejected, mended)
                .map_err(|refusal| wrong(refusal.to_string()))?,
            Some(_) if self.comes_in_parts() => {
                let lines = mended.lines.iter().map(|(_, cells)| (0, cells.clone())).collect();
                RawSheet { header: mended.header.clone(), lines }.to_csv()?
            }
            Some(kind) => tables::mend(kind, (&self.kept(db)?, &said(self)), rejected, mended)
                .map_err(|refusal| wrong(refusal.to_string()))?
                .to_csv()?,
        };
        if content.len() > LARGEST {
            return Err(wrong("With these rows the file would be too large.".into()));
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
            let table = Table::read(content, said(run).sheet.as_deref());
            Ok(table.map_err(|refusal| Error::Conflict(refusal.to_string()))?.raw())
        }
    }
}

/// What was said of the columns of a table.
fn said(run: &ImportRun) -> Mapping {
    run.mapping.clone().and_then(|said| serde_json::from_value(said).ok()).unwrap_or_default()
}

fn reasons(rows: &[Row]) -> String {
    let reasons = rows.iter().map(|row| match &row.field {
        Some(field) => format!("{field}: {}", row.reason),
        None => row.reason.clone(),
    });
    reasons.collect::<Vec<_>>().join(" ")
}
