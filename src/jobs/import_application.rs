//! Carries an import out.

use school::{Result, db::Intent, exchange::import_run, permit::CreateImportRuns};

use super::UnderWay;

/// In the name of whoever asked, if they may still import.
pub(super) fn run(under_way: &UnderWay<'_>) -> Result<()> {
    let access = under_way.worker()?.may::<CreateImportRuns>(Intent::Write)?;
    import_run::apply(under_way.job(), under_way, &access)
}
