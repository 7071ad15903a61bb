//! One import under way: the transaction it runs in, who looks on, and what it has to tell.

use diesel::prelude::*;

use super::{
    super::{
        identity::fingerprint,
        text::{control_character, tidy},
    },
    record::Moment,
    report::Report,
};
use crate::{
    db::Db,
    error::{Error, Result},
    permit::CreateImportRuns,
    sql::{pg_try_advisory_xact_lock, set_config},
};

/// Characters that the name of a source may have.
const SOURCE: usize = 120;
/// What an import answers while another runs.
pub const BUSY: &str = "Another import is running here. Wait until it is done and try again.";
/// A statement of an import may take longer than one of a page.
const TIMEOUT: &str = "5min";

/// Somebody who looks on while an import runs, and may stop it.
pub trait Watch {
    /// The import is about to begin its next step: `done` of `total` steps are behind it.
    ///
    /// # Errors
    /// Whatever shall stop it; then nothing is kept.
    fn look(&self, step: &str, done: i32, total: i32) -> Result<()>;
}

/// Nobody looks on.
pub struct Nobody;

impl Watch for Nobody {
    fn look(&self, _step: &str, _done: i32, _total: i32) -> Result<()> {
        Ok(())
    }
}

/// How an import is carried out.
#[derive(Clone, Copy)]
pub struct Conduct<'w> {
    /// Take it that more than a tenth of the students, staff, classes or rolls end at once.
    pub end_many: bool,
    /// Who looks on.
    pub watch: &'w dyn Watch,
}

pub(in crate::exchange) struct Run<'r, 'c> {
    pub(in crate::exchange) db: &'r mut Db<'c, CreateImportRuns>,
    pub(in crate::exchange) source: String,
    pub(in crate::exchange) at: Moment,
    pub(in crate::exchange) conduct: Conduct<'r>,
    pub(in crate::exchange) report: Report,
    done: i32,
    total: i32,
}

impl<'r, 'c> Run<'r, 'c> {
    /// An import of ids of `source` in `total` steps.
    ///
    /// # Errors
    /// [`Error::Conflict`] while another import runs in this organization.
    pub(in crate::exchange) fn begin(
        source: &str,
        total: i32,
        conduct: Conduct<'r>,
        db: &'r mut Db<'c, CreateImportRuns>,
    ) -> Result<Self> {
        let (high, low) = db.organization().as_u64_pair();
        let lock = diesel::select(pg_try_advisory_xact_lock((high ^ low).cast_signed()));
        if !lock.get_result::<bool>(db.conn())? {
            return Err(Error::Conflict(BUSY.into()));
        }
        diesel::select(set_config("statement_timeout", TIMEOUT, true)).execute(db.conn())?;
        let now = chrono::SubsecRound::trunc_subsecs(db.now(), 6);
        let at = Moment { now, today: db.today() };
        let source = source_name(source);
        Ok(Self { source, at, conduct, report: Report::default(), db, done: 0, total })
    }

    /// Says what it begins with next, to whoever looks on.
    pub(in crate::exchange) fn step(&mut self, step: &str) -> Result<()> {
        self.conduct.watch.look(step, self.done, self.total)?;
        self.done += 1;
        Ok(())
    }

    /// Everything is written; what there is to tell.
    pub(in crate::exchange) fn finish(self) -> Report {
        Report { source: self.source, ..self.report }
    }
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
