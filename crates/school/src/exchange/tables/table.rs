//! A table as it came: named columns, and rows with the lines on which they stand.

use std::collections::{BTreeMap, HashMap};

use csv::StringRecord;

use super::{
    super::{
        identity::{Digest, fingerprint},
        oneroster::sheet::{Line, Sheet},
        sheet::RawSheet,
        text::{quotable, tidy, typed},
    },
    delimited,
    refusal::Refusal,
    workbook,
};

/// Rows of one table: five years of a school of 500, day by day.
pub(super) const ROWS: usize = 500_000;
pub(super) const ROWS_IN_WORDS: &str = "500,000 rows and 200 columns";
/// Columns of one table.
pub(super) const COLUMNS: usize = 200;
/// How many rows are shown under the columns.
const SHOWN: usize = 5;

/// A table with a name for every column.
pub struct Table {
    /// What the columns are called, each differently.
    pub columns: Vec<String>,
    /// The sheets of the workbook; none where the file is text.
    pub sheets: Vec<String>,
    /// Whether the letters of the text had to be guessed: names with accents want a look.
    pub is_guessed: bool,
    pub(super) lines: Vec<Line>,
}

impl Table {
    /// Reads a CSV file or the first, else the chosen sheet of a workbook.
    ///
    /// # Errors
    /// A [`Refusal`] when the bytes are no table, or more than one table of a school.
    pub fn read(bytes: &[u8], sheet: Option<&str>) -> Result<Self, Refusal> {
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Err(Refusal::Empty);
        }
        if let Some(what) = other(bytes) {
            return Err(Refusal::Other { what });
        }
        let (found, sheets, is_guessed) = if bytes.starts_with(b"PK") {
            let (found, sheets) = workbook::read(bytes, sheet)?;
            (found, sheets, false)
        } else {
            let (found, is_guessed) = delimited::read(bytes)?;
            (found, Vec::new(), is_guessed)
        };
        Self::of(found, sheets, is_guessed)
    }

    fn of(sheet: Sheet, sheets: Vec<String>, is_guessed: bool) -> Result<Self, Refusal> {
        let Sheet { mut header, mut lines } = sheet;
        if header.iter().all(|cell| cell.trim().is_empty()) && !lines.is_empty() {
            header = lines.remove(0).cells;
        }
        if lines.is_empty() {
            return Err(Refusal::NoRows);
        }
        let width = width(&header);
        if width > COLUMNS || lines.len() > ROWS {
            return Err(Refusal::TooLarge { limit: ROWS_IN_WORDS });
        }
        Ok(Self { columns: named(&header, width), sheets, is_guessed, lines })
    }

    /// How many rows it has.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.lines.len()
    }

    /// The first rows, as they may be shown: one value for each column.
    #[must_use]
    pub fn first_rows(&self) -> Vec<Vec<String>> {
        let cell = |line: &Line, place| quotable(&tidy(line.cells.get(place).unwrap_or_default()));
        let row = |line| (0..self.columns.len()).map(|place| cell(line, place)).collect();
        self.lines.iter().take(SHOWN).map(row).collect()
    }

    /// The same as it came, with the names of its columns.
    #[must_use]
    pub fn raw(&self) -> RawSheet {
        let lines = self.lines.iter();
        let lines = lines.map(|line| (line.number, line.cells.iter().map(str::to_owned).collect()));
        RawSheet { header: self.columns.clone(), lines: lines.collect() }
    }

    /// The place of a column.
    pub(super) fn place(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|name| name == column)
    }

    /// The values of a column, blanks left out.
    pub(super) fn values(&self, place: usize) -> impl Iterator<Item = &str> {
        let cells = self.lines.iter().filter_map(move |line| line.cells.get(place));
        cells.map(|cell| typed(cell).trim()).filter(|value| !value.is_empty())
    }

    /// How often each value of a column stands there, while there are at most `most` of them.
    pub(super) fn distinct(&self, place: usize, most: usize) -> Option<BTreeMap<String, usize>> {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for value in self.values(place) {
            *counts.entry(value).or_default() += 1;
            if counts.len() > most {
                return None;
            }
        }
        Some(counts.into_iter().map(|(value, count)| (value.to_owned(), count)).collect())
    }

    /// The same columns in whatever order have the same mark.
    #[must_use]
    pub fn header_mark(&self) -> Digest {
        fingerprint(self.columns.iter().map(|column| (column.as_str(), "column")))
    }
}

/// How many columns there are up to the last that is named.
fn width(header: &StringRecord) -> usize {
    (0..header.len()).rfind(|place| !header[*place].trim().is_empty()).map_or(0, |last| last + 1)
}

/// A name for each of so many columns: its own, numbered where another has it too, else its place.
fn named(header: &StringRecord, width: usize) -> Vec<String> {
    let mut columns: Vec<String> = Vec::with_capacity(width);
    for (place, name) in header.iter().take(width).enumerate() {
        let name = quotable(&tidy(name));
        let name = if name.is_empty() { format!("Column {}", place + 1) } else { name };
        let again = |number: usize| if number == 1 { name.clone() } else { format!("{name} ({number})") };
        let free = (1..).map(again).find(|name| !columns.contains(name));
        columns.extend(free);
    }
    columns
}

/// Well-known files that are no tables.
fn other(bytes: &[u8]) -> Option<&'static str> {
    let signs: [(&[u8], &str); 5] = [
        (b"%PDF", "a PDF file"),
        (b"\xd0\xcf\x11\xe0", "an older workbook (.xls), or one locked with a password"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"{\\rtf", "a text document"),
    ];
    let html = bytes.trim_ascii_start().get(..5).unwrap_or_default().to_ascii_lowercase();
    if html == b"<html" || html == b"<!doc" || html == b"<?xml" || html == b"<tabl" {
        return Some("a web page, though its name may say otherwise");
    }
    signs.iter().find(|(sign, _)| bytes.starts_with(sign)).map(|(_, what)| *what)
}
