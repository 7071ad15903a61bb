//! What a rehearsal or an application found, as it is kept with the import.

use chrono::SubsecRound as _;
use diesel::prelude::*;
use schema::{import_files as files, import_rows as rows, import_runs as runs};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::super::{
    oneroster::{Rejected, Remark},
    roster::{Conflict, Report, Tally, Vanishing},
    text::cut,
};
use crate::{
    clock::new_id,
    db::Db,
    error::{Error, Result},
    permit::CreateImportRuns,
    words::ImportState,
};

/// Characters of a sentence about a row, and of a file's and a field's name.
const SENTENCE: usize = 500;
const FILE: usize = 255;
const FIELD: usize = 120;
/// Rows in one insert; a statement takes at most 65,535 values.
const CHUNK: usize = 1_000;
/// The most things wrong with rows, and the most conflicts, that are kept. Beyond that the file itself is wrong.
pub const MOST_ROWS: usize = 10_000;
/// The most remarks that are kept.
const MOST_REMARKS: usize = 200;

/// What there is to tell of an import beside its rows.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Outcome {
    /// What becomes of each table's records, in the order in which they are written.
    pub tallies: Vec<(String, Tally)>,
    /// What only goes on when somebody says so.
    pub vanishing: Vec<Vanishing>,
    /// What is worth knowing about rows and files that were taken, a sentence each.
    pub remarks: Vec<String>,
    /// How many remarks there are beyond those.
    pub more_remarks: usize,
}

impl Outcome {
    fn of(report: &Report) -> Self {
        let remarks = report.remarks.iter().take(MOST_REMARKS).map(sentence).collect();
        Self {
            tallies: report.tallies.iter().map(|(table, tally)| ((*table).to_owned(), *tally)).collect(),
            vanishing: report.vanishing.clone(),
            remarks,
            more_remarks: report.remarks.len().saturating_sub(MOST_REMARKS),
        }
    }
}

fn sentence(remark: &Remark) -> String {
    match remark.line {
        Some(line) => format!("{}, line {line}: {}", remark.file, remark.text),
        None => format!("{}: {}", remark.file, remark.text),
    }
}

/// Keeps with an import what was found, in the place of what an earlier rehearsal found. Of one that is done the file
/// goes, unless rows of it are still to be mended.
pub(super) fn keep(
    run: Uuid,
    report: &Report,
    state: ImportState,
    db: &mut Db<'_, CreateImportRuns>,
) -> Result<()> {
    let total = report.total();
    let now = db.now().trunc_subsecs(6);
    let is_done = state == ImportState::Done;
    diesel::update(runs::table.find((db.organization(), run)))
        .set((
            runs::status.eq(state),
            runs::source_system.eq(&report.source),
            runs::finished_at.eq(is_done.then_some(now)),
            (runs::created.eq(count(total.created)), runs::changed.eq(count(total.changed))),
            (runs::ended.eq(count(total.ended)), runs::unchanged.eq(count(total.unchanged))),
            runs::rejected.eq(count(report.rejected_rows())),
            runs::conflicts.eq(count(report.conflicts.len())),
            runs::findings.eq(serde_json::to_value(Outcome::of(report)).map_err(Error::internal)?),
            runs::failure.eq(None::<String>),
        ))
        .execute(db.conn())?;
    if is_done && report.rejected.is_empty() {
        forget_file(run, db)?;
    }
    write_rows(run, report, db)
}

/// Takes the bytes out of the database.
pub(super) fn forget_file(run: Uuid, db: &mut Db<'_, CreateImportRuns>) -> Result<()> {
    let of_run = files::organization_id.eq(db.organization()).and(files::import_run_id.eq(run));
    let kept = files::table.filter(of_run).filter(files::content.is_not_null());
    diesel::update(kept).set(files::content.eq(None::<Vec<u8>>)).execute(db.conn())?;
    Ok(())
}

fn write_rows(run: Uuid, report: &Report, db: &mut Db<'_, CreateImportRuns>) -> Result<()> {
    let (organization, now) = (db.organization(), db.now());
    let earlier = rows::organization_id.eq(organization).and(rows::import_run_id.eq(run));
    diesel::update(rows::table.filter(earlier).filter(rows::deleted_at.is_null()))
        .set(rows::deleted_at.eq(now))
        .execute(db.conn())?;
    let rejected = report.rejected.iter().take(MOST_ROWS).map(|row| Told::rejected(row, run));
    let kept = report.conflicts.iter().take(MOST_ROWS).map(|field| Told::kept(field, run));
    let told: Vec<_> = rejected.chain(kept).collect();
    for chunk in told.chunks(CHUNK) {
        let values: Vec<_> = chunk.iter().map(|row| (row, rows::organization_id.eq(organization))).collect();
        diesel::insert_into(rows::table).values(values).execute(db.conn())?;
    }
    Ok(())
}

/// A row of `import_rows`.
#[derive(Insertable)]
#[diesel(table_name = rows)]
struct Told {
    id: Uuid,
    import_run_id: Uuid,
    file: String,
    line: i32,
    field: Option<String>,
    value: Option<String>,
    reason: String,
    is_conflict: bool,
    subject_id: Option<Uuid>,
}

impl Told {
    fn rejected(row: &Rejected, run: Uuid) -> Self {
        Self {
            id: new_id(),
            import_run_id: run,
            file: cut(&row.file, FILE).unwrap_or_else(|| "?".into()),
            line: i32::try_from(row.line).unwrap_or(i32::MAX),
            field: cut(&row.column, FIELD),
            value: cut(&row.value, SENTENCE),
            reason: cut(&row.reason, SENTENCE).unwrap_or_else(|| "It cannot be taken.".into()),
            is_conflict: false,
            subject_id: None,
        }
    }

    fn kept(conflict: &Conflict, run: Uuid) -> Self {
        Self {
            id: new_id(),
            import_run_id: run,
            file: cut(&conflict.file, FILE).unwrap_or_else(|| "?".into()),
            line: i32::try_from(conflict.line).unwrap_or(i32::MAX),
            field: cut(&conflict.field, FIELD),
            value: cut(&conflict.value, SENTENCE),
            reason: cut(&conflict.reason, SENTENCE).unwrap_or_else(|| "It is kept.".into()),
            is_conflict: true,
            subject_id: Some(conflict.subject),
        }
    }
}

fn count(rows: usize) -> i32 {
    i32::try_from(rows).unwrap_or(i32::MAX)
}
