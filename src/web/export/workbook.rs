//! A table as a workbook: text is text, days are days, and the headings stay in sight.

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::{Cell, Sheet};

/// How cells look that are not plain.
struct Looks {
    heading: Format,
    day: Format,
    time: Format,
    tenths: Format,
    hundredths: Format,
}

/// The file's bytes.
pub(super) fn written(sheet: &Sheet) -> Result<Vec<u8>, XlsxError> {
    let looks = Looks {
        heading: Format::new().set_bold(),
        day: Format::new().set_num_format("yyyy-mm-dd"),
        time: Format::new().set_num_format("hh:mm"),
        tenths: Format::new().set_num_format("0.0"),
        hundredths: Format::new().set_num_format("0.00"),
    };
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    for (column, words) in (0..).zip(&sheet.heading) {
        page.write_string_with_format(0, column, words, &looks.heading)?;
        page.set_column_width(column, width(sheet, column.into(), words))?;
    }
    for (line, row) in (1..).zip(&sheet.rows) {
        for (column, cell) in (0..).zip(row) {
            write(page, (line, column), cell, &looks)?;
        }
    }
    page.set_freeze_panes(1, 0)?;
    book.save_to_buffer()
}

fn write(
    page: &mut Worksheet,
    (line, column): (u32, u16),
    cell: &Cell,
    looks: &Looks,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(words) => page.write_string(line, column, words)?,
        Cell::Count(count) => page.write_number(line, column, number(*count))?,
        Cell::Halves(halves) => page.write_number(line, column, number(*halves) / 2.0)?,
        Cell::Tenths(tenths) => {
            page.write_number_with_format(line, column, number(*tenths) / 10.0, &looks.tenths)?
        }
        Cell::Hundredths(hundredths) => {
            page.write_number_with_format(line, column, number(*hundredths) / 100.0, &looks.hundredths)?
        }
        Cell::Day(day) => page.write_date_with_format(line, column, day, &looks.day)?,
        Cell::Time(time) => page.write_time_with_format(line, column, time, &looks.time)?,
        Cell::Empty => return Ok(()),
    };
    Ok(())
}

/// A spreadsheet knows no whole numbers, only these.
fn number(count: i64) -> f64 {
    f64::from(i32::try_from(count).unwrap_or(i32::MAX))
}

/// Room for the longest text of a column, within reason.
fn width(sheet: &Sheet, column: usize, heading: &str) -> f64 {
    let longest = sheet.rows.iter().filter_map(|row| row.get(column)).map(|cell| match cell {
        Cell::Text(words) => words.chars().count(),
        Cell::Day(_) => 10,
        _ => 6,
    });
    let longest = longest.chain([heading.chars().count()]).max().unwrap_or_default();
    f64::from(u32::try_from(longest.clamp(6, 50)).unwrap_or(50)) + 1.5
}
