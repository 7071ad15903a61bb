//! A CSV file as lines of cells: the part of reading that knows nothing of OneRoster.

use csv::{ReaderBuilder, StringRecord};

use super::{
    decode::{decode, has_lone_quote},
    refusal::Refusal,
};

/// Rows in one file; two million are four times the largest district's enrolments.
const ROWS: usize = 2_000_000;

/// The cells of one row, and the line on which it begins.
pub(in crate::exchange) struct Line {
    pub(in crate::exchange) number: u64,
    pub(in crate::exchange) cells: StringRecord,
}

/// A header and what follows it. Blank lines are gone; a file without any line has no header.
#[derive(Default)]
pub(in crate::exchange) struct Sheet {
    pub(in crate::exchange) header: StringRecord,
    pub(in crate::exchange) lines: Vec<Line>,
}

impl Sheet {
    /// # Errors
    /// What is not UTF-8 with commas, and a quotation mark that swallows the rest.
    pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Self, Refusal> {
        Self::of_text(file, decode(file, bytes)?, b',')
    }

    /// The same of text whose columns are parted by `separator`.
    ///
    /// # Errors
    /// A quotation mark that swallows the rest.
    pub(in crate::exchange) fn of_text(file: &str, text: &str, separator: u8) -> Result<Self, Refusal> {
        let lone_quote = has_lone_quote(text);
        let mut sheet = Self::default();
        let mut count = LineCount::new(text);
        let mut reader = ReaderBuilder::new();
        let reader = reader.has_headers(false).flexible(true).delimiter(separator);
        let mut reader = reader.from_reader(text.as_bytes());
        for record in reader.records() {
            let cells = record.map_err(|error| Refusal::Damaged { reason: error.to_string() })?;
            let number = count.line_of(&cells);
            if lone_quote && cells.iter().any(|cell| cell.contains('\n')) {
                return Err(Refusal::OpenQuote { file: file.into(), line: number });
            }
            sheet.add(file, Line { number, cells })?;
        }
        Ok(sheet)
    }

    fn add(&mut self, file: &str, line: Line) -> Result<(), Refusal> {
        if self.header.is_empty() {
            self.header = line.cells;
        } else if line.cells.iter().any(|cell| !cell.trim().is_empty()) {
            self.lines.push(line);
        }
        if self.lines.len() > ROWS {
            return Err(Refusal::TooManyRows { file: file.into(), limit: ROWS });
        }
        Ok(())
    }
}

/// Counts lines along with the reader, whose own count stops before blank lines, not behind them.
struct LineCount<'t> {
    rest: &'t [u8],
    offset: usize,
    line: u64,
}

impl<'t> LineCount<'t> {
    fn new(text: &'t str) -> Self {
        Self { rest: text.as_bytes(), offset: 0, line: 1 }
    }

    fn line_of(&mut self, cells: &StringRecord) -> u64 {
        let start = cells.position().map_or(0, csv::Position::byte);
        let start = usize::try_from(start).unwrap_or(usize::MAX).saturating_sub(self.offset);
        let (before, from) = self.rest.split_at(start.min(self.rest.len()));
        let blank = from.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let (blank, rest) = from.split_at(blank);
        self.line += newlines(before) + newlines(blank);
        self.offset += before.len() + blank.len();
        self.rest = rest;
        self.line
    }
}

fn newlines(bytes: &[u8]) -> u64 {
    bytes.iter().map(|byte| u64::from(*byte == b'\n')).sum()
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::Sheet;

    fn lines(text: &str) -> Vec<(u64, Vec<String>)> {
        let sheet = Sheet::read("users.csv", text.as_bytes()).unwrap();
        let cells = |line: &super::Line| line.cells.iter().map(str::to_owned).collect();
        sheet.lines.iter().map(|line| (line.number, cells(line))).collect()
    }

    #[test]
    fn lines_are_numbered_as_an_editor_numbers_them() {
        let text = "a,b\r\n\r\n1,\"two\r\nlines\"\r\n\n,\n3,4";
        let numbers: Vec<_> = lines(text).into_iter().map(|(number, _)| number).collect();
        assert_eq!(numbers, [3, 7]);
    }

    #[test]
    fn an_empty_file_has_no_header_and_no_lines() {
        assert!(Sheet::read("users.csv", b"").unwrap().header.is_empty());
    }

    #[test]
    fn the_csv_torture_cases_come_out_as_expected() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/text/csv-spectrum");
        if !folder.exists() {
            eprintln!("skipped: {} is not there", folder.display());
            return;
        }
        for case in fs::read_dir(folder.join("csvs")).unwrap() {
            let case = case.unwrap().path();
            let name = case.file_stem().unwrap().to_str().unwrap();
            let sheet = Sheet::read(name, &fs::read(&case).unwrap()).unwrap();
            let rows: Vec<serde_json::Value> =
                sheet.lines.iter().map(|line| sheet.header.iter().zip(line.cells.iter()).collect()).collect();
            let expected = fs::read(folder.join("json").join(format!("{name}.json"))).unwrap();
            let expected: serde_json::Value = serde_json::from_slice(&expected).unwrap();
            // Some copies of this collection lost the \r within the one value that has it.
            let (found, expected) = (serde_json::Value::from(rows), expected.to_string());
            assert_eq!(found.to_string(), expected.replace("\\r\\n", "\\n"), "{name}");
        }
    }
}
