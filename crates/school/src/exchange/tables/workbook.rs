//! A sheet of an Excel workbook as lines of cells, read cell by cell: no claim of the file is believed.

use std::io::Cursor;

use calamine::{Cell, DataRef, ExcelDateTime, Reader, Xlsx, XlsxError};
use chrono::{NaiveTime, Timelike};
use csv::StringRecord;

use super::{
    super::oneroster::sheet::{Line, Sheet},
    refusal::Refusal,
    sifting::sift,
    table::{COLUMNS, ROWS, ROWS_IN_WORDS},
};

/// Cells of one sheet, those counted that are blank before one that is not.
pub(super) const CELLS: usize = 10_000_000;
/// Characters of one cell; no spreadsheet holds more.
const LONGEST: usize = 32_767;
/// Bytes of all cells together.
const TEXT: usize = 128 * 1024 * 1024;
/// Above this a number with a fraction is as good as whole.
const WHOLE: f64 = 1e15;
/// The last day that a spreadsheet knows, 31 December 9999, as it counts days.
const LAST_DAY: f64 = 2_958_466.0;

/// The first sheet, else the one that is named, and what all of them are called.
pub(super) fn read(bytes: &[u8], wanted: Option<&str>) -> Result<(Sheet, Vec<String>), Refusal> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(sift(bytes)?)).map_err(|error| refusal(&error))?;
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

fn refusal(_: &XlsxError) -> Refusal {
    Refusal::Damaged
}

/// Cells gathered into rows; a blank row is none.
#[derive(Default)]
struct Rows {
    lines: Vec<Line>,
    cells: usize,
    text: usize,
}

impl Rows {
    fn add(&mut self, cell: &Cell<DataRef<'_>>) -> Result<(), Refusal> {
        if is_endless(cell.get_value()) {
            return Err(Refusal::Bomb);
        }
        let text = written(cell.get_value());
        // Many cells may share one long blank, too.
        self.text += text.len();
        if text.trim().is_empty() && self.text <= TEXT {
            return Ok(());
        }
        let (row, column) = cell.get_position();
        let number = u64::from(row) + 1;
        let place = usize::try_from(column).unwrap_or(usize::MAX);
        let line = match self.lines.pop_if(|line| line.number == number) {
            Some(line) => line,
            None => Line { number, cells: StringRecord::new() },
        };
        self.put(line, place, &text)
    }

    /// The line with one cell more, if all of them are no more than a table has.
    fn put(&mut self, mut line: Line, place: usize, text: &str) -> Result<(), Refusal> {
        let blanks = place.saturating_sub(line.cells.len());
        self.cells = self.cells.saturating_add(blanks + 1);
        // The first line names the columns.
        let is_too_long = self.lines.len() > ROWS;
        if place >= COLUMNS || self.cells > CELLS || self.text > TEXT || is_too_long {
            return Err(Refusal::TooLarge { limit: ROWS_IN_WORDS });
        }
        for _ in 0..blanks {
            line.cells.push_field("");
        }
        line.cells.push_field(text);
        self.lines.push(line);
        Ok(())
    }

    fn sheet(mut self) -> Sheet {
        let header = if self.lines.is_empty() { StringRecord::new() } else { self.lines.remove(0).cells };
        Sheet { header, lines: self.lines }
    }
}

/// Whether a text is longer than that of any cell: one that many cells share would be copied for each.
fn is_endless(cell: &DataRef<'_>) -> bool {
    let text = match cell {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.as_str(),
        DataRef::SharedString(text) => text,
        _ => "",
    };
    text.len() > LONGEST && text.chars().count() > LONGEST
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
    let days = at.as_f64();
    let found = if (0.0..LAST_DAY).contains(&days) { at.as_datetime() } else { None };
    let Some(found) = found else {
        return days.to_string();
    };
    // Half a second up: 8:30 is not kept exactly.
    let found = found.checked_add_signed(chrono::TimeDelta::milliseconds(500)).unwrap_or(found);
    let found = found.with_nanosecond(0).unwrap_or(found);
    if days < 1.0 {
        found.time().format("%H:%M:%S").to_string()
    } else if found.time() == NaiveTime::MIN {
        found.date().to_string()
    } else {
        found.to_string()
    }
}

#[cfg(test)]
mod tests {
    use calamine::{Cell, DataRef, ExcelDateTime, ExcelDateTimeType};

    use super::{LONGEST, ROWS, Refusal, Rows, written};

    /// Adds cells until one is refused; answers how many were taken.
    fn taken<'c>(cells: impl Iterator<Item = ((u32, u32), DataRef<'c>)>) -> usize {
        let mut rows = Rows::default();
        let refused =
            |(place, value)| matches!(rows.add(&Cell::new(place, value)), Err(Refusal::TooLarge { .. }));
        cells.map(refused).take_while(|refused| !refused).count()
    }

    #[test]
    fn a_row_more_than_a_table_has_is_not_even_kept() {
        let cells = (0..600_000).map(|row| ((row, 0), DataRef::Bool(true)));
        assert_eq!(taken(cells), ROWS + 1);
    }

    #[test]
    fn blanks_before_a_value_count_too() {
        let far = (0..60_000).map(|row| ((row, 199), DataRef::Bool(true)));
        assert_eq!(taken(far), 50_000);
        assert_eq!(taken([((0, 200), DataRef::Bool(true))].into_iter()), 0);
    }

    #[test]
    fn a_text_that_many_cells_share_is_counted_for_each() {
        let text = "a".repeat(LONGEST);
        let cells = (0..20_000).map(|row| ((row, 0), DataRef::SharedString(&text)));
        assert_eq!(taken(cells), 128 * 1024 * 1024 / LONGEST);
    }

    #[test]
    fn a_text_longer_than_a_cell_is_refused_and_the_longest_one_taken() {
        let add = |text: &str| Rows::default().add(&Cell::new((0, 0), DataRef::SharedString(text)));
        assert!(add(&"張".repeat(LONGEST)).is_ok());
        assert!(matches!(add(&"a".repeat(LONGEST + 1)), Err(Refusal::Bomb)));
    }

    #[test]
    fn a_day_that_no_spreadsheet_knows_stays_a_number() {
        let at = |days| DataRef::DateTime(ExcelDateTime::new(days, ExcelDateTimeType::DateTime, false));
        assert_eq!(written(&at(42360.0)), "2015-12-22");
        assert_eq!(written(&at(-1e300)), (-1e300_f64).to_string());
        assert_eq!(written(&at(1e300)), 1e300_f64.to_string());
    }
}
