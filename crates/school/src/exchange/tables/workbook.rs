//! A sheet of an Excel workbook as lines of cells, read cell by cell: no claim of the file is believed.

use std::io::{self, Cursor, Read};

use calamine::{Cell, DataRef, ExcelDateTime, Reader, Xlsx, XlsxError};
use chrono::{NaiveTime, Timelike};
use csv::StringRecord;
use zip::ZipArchive;

use super::{
    super::oneroster::sheet::{Line, Sheet},
    refusal::Refusal,
    table::{COLUMNS, ROWS_IN_WORDS},
};

/// Parts in one workbook.
const PARTS: usize = 1_000;
/// All of them unpacked, in bytes. A sheet of 100,000 rows takes 20 MB.
const UNPACKED: u64 = 256 * 1024 * 1024;
/// Unpacked bytes for each packed one.
const RATIO: u64 = 200;
const FREE: u64 = 1024 * 1024;
/// Cells of one sheet.
const CELLS: usize = 10_000_000;
/// Above this a number with a fraction is as good as whole.
const WHOLE: f64 = 1e15;

/// The first sheet, else the one that is named, and what all of them are called.
pub(super) fn read(bytes: &[u8], wanted: Option<&str>) -> Result<(Sheet, Vec<String>), Refusal> {
    weigh(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| refusal(&error))?;
    let sheets = book.sheet_names();
    let name = match wanted {
        Some(wanted) => sheets.iter().find(|name| *name == wanted),
        None => sheets.first(),
    };
    let name = name.ok_or_else(|| Refusal::NoSheet { name: wanted.unwrap_or_default().to_owned() })?;
    let mut reader = book.worksheet_cells_reader(name).map_err(|error| refusal(&error))?;
    let mut rows = Rows::default();
    while let Some(cell) = reader.next_cell().map_err(|error| refusal(&error))? {
        rows.add(&cell)?;
    }
    Ok((rows.sheet(), sheets))
}

/// Unpacks everything once to see how much it is: what a zip file says of itself may be a lie.
fn weigh(bytes: &[u8]) -> Result<(), Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
    if archive.len() > PARTS {
        return Err(Refusal::Bomb);
    }
    if !archive.file_names().any(|name| matches!(name, Ok(name) if name == "xl/workbook.xml")) {
        return Err(Refusal::Other { what: "a zip file and no workbook (.xlsx)" });
    }
    let mut total = 0;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| Refusal::Damaged)?;
        let limit = (UNPACKED - total).min(FREE + part.compressed_size().saturating_mul(RATIO));
        let size = io::copy(&mut part.take(limit + 1), &mut io::sink()).map_err(|_| Refusal::Damaged)?;
        if size > limit {
            return Err(Refusal::Bomb);
        }
        total += size;
    }
    Ok(())
}

fn refusal(_: &XlsxError) -> Refusal {
    Refusal::Damaged
}

/// Cells gathered into rows; a blank row is none.
#[derive(Default)]
struct Rows {
    lines: Vec<Line>,
    cells: usize,
}

impl Rows {
    fn add(&mut self, cell: &Cell<DataRef<'_>>) -> Result<(), Refusal> {
        let text = written(cell.get_value());
        if text.trim().is_empty() {
            return Ok(());
        }
        let (row, column) = cell.get_position();
        let number = u64::from(row) + 1;
        let place = usize::try_from(column).unwrap_or(usize::MAX);
        self.cells += 1;
        if place >= COLUMNS || self.cells > CELLS {
            return Err(Refusal::TooLarge { limit: ROWS_IN_WORDS });
        }
        if self.lines.last().is_none_or(|line| line.number != number) {
            self.lines.push(Line { number, cells: StringRecord::new() });
        }
        if let Some(line) = self.lines.last_mut() {
            while line.cells.len() < place {
                line.cells.push_field("");
            }
            line.cells.push_field(&text);
        }
        Ok(())
    }

    fn sheet(mut self) -> Sheet {
        let header = if self.lines.is_empty() { StringRecord::new() } else { self.lines.remove(0).cells };
        Sheet { header, lines: self.lines }
    }
}

/// A cell as somebody would type it: days as 2026-08-31, whole numbers without a point.
fn written(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) if number.fract() == 0.0 && number.abs() < WHOLE => format!("{number:.0}"),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(true) => "TRUE".to_owned(),
        DataRef::Bool(false) => "FALSE".to_owned(),
        DataRef::DateTime(at) => day_or_time(at),
        DataRef::Error(error) => error.to_string(),
    }
}

fn day_or_time(at: &ExcelDateTime) -> String {
    let Some(found) = at.as_datetime() else {
        return at.as_f64().to_string();
    };
    // Half a second up: 8:30 is not kept exactly.
    let found = found.checked_add_signed(chrono::TimeDelta::milliseconds(500)).unwrap_or(found);
    let found = found.with_nanosecond(0).unwrap_or(found);
    if at.as_f64() < 1.0 {
        found.time().format("%H:%M:%S").to_string()
    } else if found.time() == NaiveTime::MIN {
        found.date().to_string()
    } else {
        found.to_string()
    }
}
