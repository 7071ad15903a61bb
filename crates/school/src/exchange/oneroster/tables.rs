//! The package's files matched with its manifest.

use super::{
    kind::Kind,
    ledger::Ledger,
    manifest::{Manifest, Mode},
    package::Package,
    refusal::Refusal,
    sheet::Sheet,
    table::Table,
};

/// The files of a roster that are there and hold rows.
pub(super) struct Tables(Vec<Table>);

impl Tables {
    /// # Errors
    /// A file that is announced or essential and missing, or that cannot be read at all.
    pub(super) fn read(package: &Package, manifest: &Manifest, ledger: &mut Ledger) -> Result<Self, Refusal> {
        let mut tables = Vec::new();
        for kind in Kind::ALL {
            tables.extend(read(kind, package, manifest, ledger)?);
        }
        Ok(Self(tables))
    }

    pub(super) fn get(&self, kind: Kind) -> Option<&Table> {
        self.0.iter().find(|table| table.kind == kind)
    }
}

fn read(
    kind: Kind,
    package: &Package,
    manifest: &Manifest,
    ledger: &mut Ledger,
) -> Result<Option<Table>, Refusal> {
    let announced = manifest.mode(kind);
    let Some(file) = package.file(kind.file())? else {
        return missing(kind, announced);
    };
    let sheet = Sheet::read(kind.file(), &file.bytes)?;
    if sheet.lines.is_empty() {
        return empty(kind, ledger);
    }
    if manifest.is_there() && announced != Some(Mode::Bulk) {
        ledger.remark(kind, None, "The manifest does not announce this file; it was read anyway.");
    }
    Table::read(kind, sheet).map(Some)
}

fn missing(kind: Kind, announced: Option<Mode>) -> Result<Option<Table>, Refusal> {
    match announced {
        Some(Mode::Bulk) => Err(Refusal::Announced { file: kind.file() }),
        _ if kind.is_essential() => Err(Refusal::NotOneRoster { file: kind.file() }),
        _ => Ok(None),
    }
}

/// A file without rows says nothing. Taken at its word it would say that everybody has left.
fn empty(kind: Kind, ledger: &mut Ledger) -> Result<Option<Table>, Refusal> {
    if kind.is_essential() {
        return Err(Refusal::Empty { file: kind.file() });
    }
    ledger.remark(kind, None, "The file holds no rows, so nothing of its kind was changed.");
    Ok(None)
}
