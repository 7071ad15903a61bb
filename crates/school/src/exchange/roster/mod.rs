//! A roster becomes a school: what an export says is brought into the tables in one transaction.
//!
//! Every record remembers its ids and values in the source (`external_id`), so that the same export twice
//! does nothing, a changed one changes what changed, a field edited here is kept and told (`merge`), what
//! has left is ended and never deleted, and what was made here by hand is left alone.

pub(in crate::exchange) mod barred;
mod campuses;
mod class_enrollments;
mod class_staff;
mod classes;
pub(in crate::exchange) mod codes;
mod contacts;
pub(in crate::exchange) mod external_id;
pub(in crate::exchange) mod grades;
pub(in crate::exchange) mod homerooms;
pub(in crate::exchange) mod merge;
mod numbers;
mod people;
pub(in crate::exchange) mod record;
pub(in crate::exchange) mod records;
mod report;
pub(in crate::exchange) mod rolls;
mod rules;
pub(in crate::exchange) mod run;
mod stays;
mod subjects;
pub(in crate::exchange) mod sync;
mod terms;
mod years;

use super::{
    import_run::{ImportKind, ImportRun},
    oneroster::Bundle,
};
use crate::{
    access::placed::BeforeImport,
    db::{Access, Db},
    error::{Error, Result},
    permit::CreateImportRuns,
};
pub use report::{Conflict, Origin, Report, Tally, Vanishing};
use run::Run;
pub use run::{BUSY, Conduct, Nobody, Watch};

/// How an import is to be done.
#[derive(Debug, Clone, Default)]
pub struct Wishes {
    /// What the export is called, for the list of imports.
    pub file_name: String,
    /// Find out what would happen, and keep nothing.
    pub dry_run: bool,
    /// Take it that more than a tenth of the students, staff, classes or rolls end at once.
    pub end_many: bool,
}

/// Imports a OneRoster export in one transaction.
///
/// # Errors
/// [`Error::Conflict`] when another import runs in this organization, and when more people would leave at once
/// than a sound export explains. Then nothing was changed.
pub fn import(bundle: Bundle, wishes: &Wishes, access: &Access<CreateImportRuns>) -> Result<Report> {
    let mut rehearsed = None;
    let done = access.run(|db| {
        let report = apply(bundle, Conduct { end_many: wishes.end_many, watch: &Nobody }, db)?;
        if wishes.dry_run {
            rehearsed = Some(report);
            // Only an error rolls the transaction back.
            return Err(Error::Conflict("A dry run keeps nothing.".into()));
        }
        ImportRun::note(ImportKind::Oneroster, &wishes.file_name, &report, db)?;
        Ok(report)
    });
    rehearsed.map_or(done, Ok)
}

/// Tables that a roster is brought into, each a step.
const STEPS: i32 = 14;

/// Brings a OneRoster export into the tables, inside of a transaction that somebody else keeps or rolls back.
pub(in crate::exchange) fn apply(
    mut bundle: Bundle,
    conduct: Conduct<'_>,
    db: &mut Db<'_, CreateImportRuns>,
) -> Result<Report> {
    let mut run = Run::begin(&bundle.source, STEPS, conduct, db)?;
    let numbers = numbers::assign(&mut bundle, &mut run)?;
    let campuses = campuses::sync(&bundle, &mut run)?;
    let years = years::sync(&bundle, &mut run)?;
    terms::sync(&bundle, &years, &mut run)?;
    let grades = grades::meet(&bundle, &mut run)?;
    let subjects = subjects::sync(&bundle, &mut run)?;
    let places = stays::Places { campuses: &campuses, years: &years, grades: &grades };
    let stays = stays::plan(&bundle, &places, run.at);
    let students = people::students(&bundle, &stays, &numbers, &mut run)?;
    let accounts = BeforeImport::now(run.db)?;
    let staff = people::staff(&bundle, &campuses, &numbers, &mut run)?;
    accounts.keeps_to_ones_own(run.db)?;
    contacts::sync(&bundle, &students, &mut run)?;
    let teachers = class_staff::teachers(&bundle, &staff, run.at);
    let classes = classes::sync(&bundle, &places, &teachers, &mut run)?;
    classes::sync_subjects(&bundle, (&classes, &subjects), &teachers, &mut run)?;
    stays::sync(&bundle, stays, &students, &mut run)?;
    let roll = class_enrollments::Roll { bundle: &bundle, classes: &classes, years: &years };
    class_enrollments::sync(&roll, &students, &mut run)?;
    class_staff::sync(&roll, &staff, &mut run)?;
    run.report.rejected = bundle.rejected().to_vec();
    run.report.remarks.extend_from_slice(bundle.remarks());
    Ok(run.finish())
}
