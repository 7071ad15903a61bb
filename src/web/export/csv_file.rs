//! A table as comma-separated text: CRLF, quoted where needed, nothing in it that a spreadsheet calculates.

use csv::{Terminator, WriterBuilder};
use school::exchange::formula::defuse;

use super::{Cell, Sheet};
use crate::web::dates;

/// Tells spreadsheets that the text is UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// The file's bytes.
pub(super) fn written(sheet: &Sheet) -> csv::Result<Vec<u8>> {
    let mut file = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(MARK.to_vec());
    file.write_record(sheet.heading.iter().map(|words| defuse(words).into_owned()))?;
    for row in &sheet.rows {
        file.write_record(row.iter().map(text))?;
    }
    file.into_inner().map_err(|error| error.into_error().into())
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Text(words) => defuse(words).into_owned(),
        Cell::Count(number) => number.to_string(),
        Cell::Halves(halves) => decimal(halves * 5),
        Cell::Tenths(tenths) => decimal(*tenths),
        Cell::Hundredths(hundredths) => format!("{}.{:02}", hundredths / 100, hundredths % 100),
        Cell::Day(day) => dates::written(Some(*day)),
        Cell::Time(time) => dates::time(time),
        Cell::Empty => String::new(),
    }
}

/// Tenths as a number: 945 is 94.5, 940 is 94.
fn decimal(tenths: i64) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    match (tenths.abs() / 10, tenths.abs() % 10) {
        (whole, 0) => format!("{sign}{whole}"),
        (whole, rest) => format!("{sign}{whole}.{rest}"),
    }
}
