//! An export with some of its rows mended: the same package, with these rows in the place of the rejected ones.

use std::{
    collections::{HashMap, HashSet},
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
            let sheet = merge(raw(&Sheet::read(file, &packed.bytes)?), rejected, mended);
            &sheet.to_csv().map_err(|error| damaged(error.to_string()))?
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

fn merge(mut sheet: RawSheet, rejected: &HashSet<u64>, mended: &Mended) -> RawSheet {
    let places = places(&sheet.header, &mended.header);
    let (mut in_place, mut added) = (HashMap::new(), Vec::new());
    for (number, cells) in &mended.lines {
        match number.filter(|number| rejected.contains(number)) {
            Some(number) => {
                in_place.insert(number, cells);
            }
            None => added.push(cells),
        }
    }
    let id = sheet.header.iter().position(|name| name.trim().eq_ignore_ascii_case("sourcedId"));
    let blank = vec![String::new(); sheet.header.len()];
    let mut ids = HashSet::new();
    for (number, row) in &mut sheet.lines {
        if let Some(cells) = in_place.get(number) {
            *row = put(row, cells, &places, &blank);
            ids.extend(id.and_then(|id| row.get(id)).map(|id| id.trim().to_owned()));
        }
    }
    let is_replaced = |number: &u64, row: &[String]| {
        let same = id.and_then(|id| row.get(id)).is_some_and(|id| ids.contains(id.trim()));
        rejected.contains(number) && !in_place.contains_key(number) && same
    };
    sheet.lines.retain(|(number, row)| !is_replaced(number, row));
    sheet.lines.extend(added.into_iter().map(|cells| (0, put(&blank, cells, &places, &blank))));
    sheet
}

/// The place in the export's header of each column of the mended file; none for a column that it does not have.
fn places(header: &[String], mended: &[String]) -> Vec<Option<usize>> {
    let place = |name: &String| {
        let name = name.trim();
        header.iter().position(|known| !name.is_empty() && known.trim().eq_ignore_ascii_case(name))
    };
    mended.iter().map(place).collect()
}

/// The row with the mended values in it, as wide as the header.
fn put(row: &[String], cells: &[String], places: &[Option<usize>], blank: &[String]) -> Vec<String> {
    let mut put: Vec<String> = row.iter().take(blank.len()).cloned().collect();
    put.resize(blank.len(), String::new());
    for (cell, place) in cells.iter().zip(places) {
        if let Some(kept) = place.and_then(|place| put.get_mut(place)) {
            kept.clone_from(cell);
        }
    }
    put
}
