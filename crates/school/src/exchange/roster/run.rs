//! One import under way: the transaction it runs in, and what it has to tell.

use diesel::prelude::*;
use schema::{import_rows, import_runs};
use uuid::Uuid;

use super::{
    super::{
        identity::fingerprint,
        text::{control_character, tidy},
    },
    record::{CHUNK, Moment},
    report::{Conflict, Report},
};
use crate::{
    clock::new_id,
    db::Db,
    error::{Error, Result},
    exchange::oneroster::Rejected,
    permit::CreateImportRuns,
    sql::{pg_try_advisory_xact_lock, set_config},
    words::RunStatus,
};

/// Characters that the name of a source may have, and a sentence about a row.
const SOURCE: usize = 120;
const SENTENCE: usize = 500;
const FILE_NAME: usize = 255;
/// A statement of an import may take longer than one of a page.
const TIMEOUT: &str = "60s";

pub(super) struct Run<'r, 'c> {
    pub(super) db: &'r mut Db<'c, CreateImportRuns>,
    pub(super) source: String,
    pub(super) at: Moment,
    /// Take it that many people leave at once.
    pub(super) end_many: bool,
    pub(super) report: Report,
}

impl<'r, 'c> Run<'r, 'c> {
    /// # Errors
    /// [`Error::Conflict`] while another import runs in this organization.
    pub(super) fn begin(source: &str, end_many: bool, db: &'r mut Db<'c, CreateImportRuns>) -> Result<Self> {
        let (high, low) = db.organization().as_u64_pair();
        let lock = diesel::select(pg_try_advisory_xact_lock((high ^ low).cast_signed()));
        if !lock.get_result::<bool>(db.conn())? {
            return Err(Error::Conflict(
                "Another import is running here. Wait until it is done and try again.".into(),
            ));
        }
        diesel::select(set_config("statement_timeout", TIMEOUT, true)).execute(db.conn())?;
        let now = chrono::SubsecRound::trunc_subsecs(db.now(), 6);
        let at = Moment { now, today: db.today() };
        Ok(Self { source: source_name(source), at, end_many, report: Report::default(), db })
    }

    /// Writes down the run with every row that was not taken and every field that was kept.
    pub(super) fn finish(self, kind: &str, file_name: &str) -> Result<Report> {
        let run = new_id();
        let total = self.report.total();
        diesel::insert_into(import_runs::table)
            .values((
                import_runs::organization_id.eq(self.db.organization()),
                import_runs::id.eq(run),
                import_runs::kind.eq(kind),
                import_runs::source_system.eq(&self.source),
                import_runs::file_name.eq(line(file_name, FILE_NAME).unwrap_or_else(|| "?".into())),
                import_runs::status.eq(RunStatus::Done),
                import_runs::started_at.eq(self.at.now),
                import_runs::finished_at.eq(self.db.now()),
                import_runs::created.eq(count(total.created)),
                import_runs::changed.eq(count(total.changed)),
                import_runs::ended.eq(count(total.ended)),
                import_runs::unchanged.eq(count(total.unchanged)),
                import_runs::rejected.eq(count(self.report.rejected_rows())),
                import_runs::conflicts.eq(count(self.report.conflicts.len())),
            ))
            .execute(self.db.conn())?;
        self.write_rows(run)
    }

    fn write_rows(self, run: Uuid) -> Result<Report> {
        let organization = self.db.organization();
        let rejected = self.report.rejected.iter().map(|row| Told::rejected(row, run));
        let kept = self.report.conflicts.iter().map(|field| Told::kept(field, run));
        let rows: Vec<_> = rejected.chain(kept).collect();
        for chunk in rows.chunks(CHUNK) {
            let values: Vec<_> =
                chunk.iter().map(|row| (row, import_rows::organization_id.eq(organization))).collect();
            diesel::insert_into(import_rows::table).values(values).execute(self.db.conn())?;
        }
        Ok(self.report)
    }
}

/// A row of `import_rows`.
#[derive(Insertable)]
#[diesel(table_name = import_rows)]
struct Told {
    id: Uuid,
    import_run_id: Uuid,
    file: &'static str,
    line: i32,
    field: Option<String>,
    value: Option<String>,
    reason: String,
    is_conflict: bool,
}

impl Told {
    fn rejected(row: &Rejected, run: Uuid) -> Self {
        Self {
            id: new_id(),
            import_run_id: run,
            file: row.file,
            line: i32::try_from(row.line).unwrap_or(i32::MAX),
            field: line(row.column, SENTENCE),
            value: line(&row.value, SENTENCE),
            reason: line(&row.reason, SENTENCE).unwrap_or_else(|| "It cannot be taken.".into()),
            is_conflict: false,
        }
    }

    fn kept(conflict: &Conflict, run: Uuid) -> Self {
        Self {
            id: new_id(),
            import_run_id: run,
            file: conflict.file,
            line: i32::try_from(conflict.line).unwrap_or(i32::MAX),
            field: line(&conflict.field, SENTENCE),
            value: line(&conflict.value, SENTENCE),
            reason: line(&conflict.reason, SENTENCE).unwrap_or_else(|| "It is kept.".into()),
            is_conflict: true,
        }
    }
}

/// One line of at most `max` characters; `None` when nothing is left.
fn line(text: &str, max: usize) -> Option<String> {
    let clean: String = text.chars().filter(|letter| !letter.is_control()).collect();
    let short: String = tidy(&clean).chars().take(max).collect();
    Some(short.trim().to_owned()).filter(|line| !line.is_empty())
}

fn count(rows: usize) -> i32 {
    i32::try_from(rows).unwrap_or(i32::MAX)
}

/// A source is known by its own name; one that is too long to be kept is known by its digest.
fn source_name(source: &str) -> String {
    let name = tidy(source);
    if name.is_empty() || name.chars().count() > SOURCE || control_character(&name).is_some() {
        fingerprint([("source", source)]).to_string()
    } else {
        name.into_owned()
    }
}
