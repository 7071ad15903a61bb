//! An export with some of its rows mended: the same package, with these rows in the place of the rejected ones.

use std::{
    collections::HashSet,
    io::{Cursor, Write as _},
};

use zip::{ZipWriter, write::SimpleFileOptions};

use super::{
    super::sheet::{Mended, RawSheet},
    package::Package,
    refusal::Refusal,
    sheet::Sheet,
};

/// One file of the zip file that is called `name`, before anything of it is understood.
///
/// # Errors
/// A [`Refusal`] when the package or the file cannot be read; `None` when there is no such file.
pub fn raw_sheet(name: &str, bytes: &[u8], file: &str) -> Result<Option<RawSheet>, Refusal> {
    let package = Package::read(name, bytes)?;
    let Some(found) = package.file(file)? else { return Ok(None) };
    Ok(Some(raw(&Sheet::read(file, &found.bytes)?)))
}

fn raw(sheet: &Sheet) -> RawSheet {
    let cells = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect();
    let lines = sheet.lines.iter().map(|line| (line.number, cells(&line.cells)));
    RawSheet { header: cells(&sheet.header), lines: lines.collect() }
}

/// The zip file that is called `name` with rows of one of its files mended. Rejected rows that did not come back stay
/// as they were, unless a mended one has their id.
///
/// # Errors
/// A [`Refusal`] when the package or the file cannot be read.
pub fn mend(
    (name, bytes): (&str, &[u8]),
    file: &str,
    rejected: &HashSet<u64>,
    mended: &Mended,
) -> Result<Vec<u8>, Refusal> {
    let package = Package::read(name, bytes)?;
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let damaged = |reason: String| Refusal::Damaged { reason };
    for packed in package.files() {
        let written = if packed.name().eq_ignore_ascii_case(file) {
            let sheet = raw(&Sheet::read(file, &packed.bytes)?);
            let id: Vec<usize> = sheet.place("sourcedId").into_iter().collect();
            &sheet.with(mended, rejected, &id).to_csv().map_err(|error| damaged(error.to_string()))?
        } else {
            &packed.bytes
        };
        zip.start_file(&packed.path, SimpleFileOptions::default())
            .map_err(|error| damaged(error.to_string()))?;
        zip.write_all(written).map_err(|error| damaged(error.to_string()))?;
    }
    let packed = zip.finish().map_err(|error| damaged(error.to_string()))?;
    Ok(packed.into_inner())
}
