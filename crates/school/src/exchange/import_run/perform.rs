//! The one place where an import comes to the reader of its kind of file.

use super::{
    super::{
        oneroster::Bundle,
        roster::{self, Conduct, Report},
        tables::{self, Sent},
    },
    ImportKind, ImportRun,
};
use crate::{
    db::Db,
    error::{Error, Result},
    permit::CreateImportRuns,
};

/// Brings the file of an import into the tables, inside of a transaction that the caller keeps or rolls back.
///
/// # Errors
/// [`Error::Invalid`] where the whole file cannot be taken, [`Error::Conflict`] where another import runs or too much
/// would end, and whatever whoever looks on answers.
pub(super) fn perform(
    run: &ImportRun,
    content: &[u8],
    conduct: Conduct<'_>,
    db: &mut Db<'_, CreateImportRuns>,
) -> Result<Report> {
    match run.kind {
        ImportKind::Oneroster => {
            let bundle = Bundle::read(&run.file_name, content);
            let bundle = bundle.map_err(|refusal| Error::invalid("file", refusal.to_string()))?;
            roster::apply(bundle, conduct, db)
        }
        ImportKind::Students
        | ImportKind::Contacts
        | ImportKind::Staff
        | ImportKind::Classes
        | ImportKind::Enrollments
        | ImportKind::Attendance => table(run, content, conduct, db),
    }
}

fn table(
    run: &ImportRun,
    content: &[u8],
    conduct: Conduct<'_>,
    db: &mut Db<'_, CreateImportRuns>,
) -> Result<Report> {
    let kind = tables::Kind::named(run.kind.word()).ok_or(Error::NotFound)?;
    let mapping = serde_json::from_value(run.mapping.clone().unwrap_or_default());
    let mapping: tables::Mapping = mapping.map_err(Error::internal)?;
    tables::apply(&Sent { kind, file: &run.file_name, bytes: content, mapping: &mapping }, conduct, db)
}
