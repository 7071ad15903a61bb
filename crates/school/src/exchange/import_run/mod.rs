//! An import from its upload to its end: what was uploaded, what a rehearsal found, what was applied.
//!
//! Whoever uploads a file (`upload`) says what its columns are where it is a table (`matching`), sees a rehearsal, applies it and may cancel (`steps`); the work itself is done
//! by a job (`work`), which comes to the reader of each kind of file in one place (`perform`). What was not taken is
//! listed (`rows`), comes back as a file to mend (`rejected`) and is sent again (`mending`).

mod kind;
mod matching;
mod mending;
mod outcome;
mod perform;
mod rows;
mod steps;
mod upload;
mod work;

pub use kind::ImportKind;
pub use matching::Matching;
pub use outcome::{MOST_ROWS, Outcome};
pub use rows::{About, Row};
pub use upload::{Checked, LARGEST, Upload};
pub use work::{apply, give_up, rehearse};

use chrono::{DateTime, SubsecRound as _, Utc};
use diesel::prelude::*;
use schema::{import_files as files, import_runs as runs, users};
use serde_json::Value;
use uuid::Uuid;

use super::text::{cut, tidy};
use crate::{
    clock::new_id,
    db::Db,
    error::Result,
    permit::CreateImportRuns,
    slice::{Listing, Slice},
    words::ImportState,
};

/// Characters that a file's name may have.
const FILE_NAME: usize = 255;

/// An import, begun or ended.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = runs)]
pub struct ImportRun {
    /// Its id.
    pub id: Uuid,
    /// What it brings.
    #[diesel(deserialize_as = String)]
    pub kind: ImportKind,
    /// The system that the ids come from, once the file was read.
    pub source_system: Option<String>,
    /// What the file was called.
    pub file_name: String,
    /// How far it has come.
    pub status: ImportState,
    /// When it was uploaded or begun.
    pub started_at: DateTime<Utc>,
    /// When it was done, failed or was cancelled.
    pub finished_at: Option<DateTime<Utc>>,
    /// Rows that are new, by the last rehearsal or the application; likewise those below.
    pub created: i32,
    /// Rows that were here and change.
    pub changed: i32,
    /// Rows that end.
    pub ended: i32,
    /// Rows that say nothing new.
    pub unchanged: i32,
    /// Rows of the file that are not taken.
    pub rejected: i32,
    /// Fields that were edited here and are kept.
    pub conflicts: i32,
    /// Which column of the file is which of ours, where the kind has columns to be matched.
    pub mapping: Option<Value>,
    findings: Option<Value>,
    /// Somebody saw that more than a tenth would end, and said to go on.
    pub end_many: bool,
    /// Why it came to nothing.
    pub failure: Option<String>,
    /// The import whose rejected rows this one brings mended.
    pub mends_id: Option<Uuid>,
    /// The job that works on it or did last.
    pub job_id: Option<Uuid>,
}

/// An import as the list shows it.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The import.
    pub run: ImportRun,
    /// Who began it; none for somebody of the platform.
    pub by: Option<String>,
}

type Named = (ImportRun, Option<(String, String)>);

impl ImportRun {
    /// All of them, newest first.
    ///
    /// # Errors
    /// [`crate::Error::Unavailable`] when the database is away.
    pub fn listed(listing: &Listing, db: &mut Db<'_, CreateImportRuns>) -> Result<Slice<Listed>> {
        let mut found = runs::table
            .left_join(users::table.on(users::id.nullable().eq(runs::created_by_id)))
            .filter(runs::organization_id.eq(db.organization()))
            .filter(runs::deleted_at.is_null())
            .into_boxed();
        let after = listing.after.as_ref().and_then(|(at, id)| Some((instant(at)?, *id)));
        if let Some((at, id)) = after {
            found = found.filter(runs::started_at.lt(at).or(runs::started_at.eq(at).and(runs::id.lt(id))));
        }
        let rows: Vec<Named> = found
            .order((runs::started_at.desc(), runs::id.desc()))
            .limit(Slice::<Listed>::limit())
            .select((Self::as_select(), (users::first_name, users::last_name).nullable()))
            .load(db.conn())?;
        Ok(Slice::of(rows.into_iter().map(Listed::of).collect()))
    }

    /// One of them, with who began it.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] when there is none.
    pub fn of(id: Uuid, db: &mut Db<'_, CreateImportRuns>) -> Result<Listed> {
        let named: Named = runs::table
            .left_join(users::table.on(users::id.nullable().eq(runs::created_by_id)))
            .filter(runs::organization_id.eq(db.organization()))
            .filter(runs::id.eq(id))
            .filter(runs::deleted_at.is_null())
            .select((Self::as_select(), (users::first_name, users::last_name).nullable()))
            .first(db.conn())?;
        Ok(Listed::of(named))
    }

    /// The same, held until the transaction ends: of two people who change it the second sees what the first did.
    pub(in crate::exchange) fn held(id: Uuid, db: &mut Db<'_, CreateImportRuns>) -> Result<Self> {
        Ok(runs::table
            .find((db.organization(), id))
            .filter(runs::deleted_at.is_null())
            .select(Self::as_select())
            .for_update()
            .first(db.conn())?)
    }

    /// What the last rehearsal or the application found.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.findings.clone().and_then(|kept| serde_json::from_value(kept).ok()).unwrap_or_default()
    }

    /// Whether a job works on it or is about to.
    #[must_use]
    pub fn is_under_way(&self) -> bool {
        matches!(self.status, ImportState::Rehearsing | ImportState::Applying)
    }

    /// The file's bytes, as long as they are kept.
    pub(in crate::exchange) fn content(&self, db: &mut Db<'_, CreateImportRuns>) -> Result<Option<Vec<u8>>> {
        let content: Option<Option<Vec<u8>>> = files::table
            .filter(files::organization_id.eq(db.organization()))
            .filter(files::import_run_id.eq(self.id))
            .select(files::content)
            .first(db.conn())
            .optional()?;
        Ok(content.flatten())
    }

    /// Whether the file's bytes are kept.
    ///
    /// # Errors
    /// [`crate::Error::Unavailable`] when the database is away.
    pub fn has_file(&self, db: &mut Db<'_, CreateImportRuns>) -> Result<bool> {
        let kept = files::table
            .filter(files::organization_id.eq(db.organization()))
            .filter(files::import_run_id.eq(self.id))
            .filter(files::content.is_not_null());
        Ok(diesel::select(diesel::dsl::exists(kept)).get_result(db.conn())?)
    }

    /// Writes down an import that somebody carried out at the machine, with every row that was not taken and every
    /// field that was kept.
    pub(in crate::exchange) fn note(
        kind: ImportKind,
        file_name: &str,
        report: &super::roster::Report,
        db: &mut Db<'_, CreateImportRuns>,
    ) -> Result<()> {
        let run = begin(kind, file_name, None, db)?;
        outcome::keep(run, report, ImportState::Done, db)
    }
}

impl Listed {
    fn of((run, name): Named) -> Self {
        Self { run, by: name.map(|(first, last)| format!("{first} {last}")) }
    }
}

/// A new import, uploaded and nothing more.
fn begin(
    kind: ImportKind,
    file_name: &str,
    mends: Option<Uuid>,
    db: &mut Db<'_, CreateImportRuns>,
) -> Result<Uuid> {
    let id = new_id();
    diesel::insert_into(runs::table)
        .values((
            runs::organization_id.eq(db.organization()),
            runs::id.eq(id),
            runs::kind.eq(kind.word()),
            runs::file_name.eq(name(file_name)),
            runs::status.eq(ImportState::Uploaded),
            runs::started_at.eq(db.now().trunc_subsecs(6)),
            runs::mends_id.eq(mends),
        ))
        .execute(db.conn())?;
    Ok(id)
}

/// A file's name as it is kept: its last part, on one line.
fn name(file_name: &str) -> String {
    let last = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    cut(&tidy(last), FILE_NAME).unwrap_or_else(|| "?".into())
}

/// An instant as a list's address carries it.
fn instant(written: &str) -> Option<DateTime<Utc>> {
    Some(DateTime::parse_from_rfc3339(written).ok()?.to_utc())
}
