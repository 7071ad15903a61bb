//! A table as it came: its header and its lines, before anything of it is understood.

use std::collections::HashSet;

use csv::{QuoteStyle, ReaderBuilder, Terminator, WriterBuilder};

use super::formula::{LINE, REASON, defuse, restore};
use crate::error::{Error, Result};

/// The rows of a file, each with the line on which it begins; the header is line 1.
#[derive(Clone, Debug, Default)]
pub struct RawSheet {
    /// The names of the columns, as written.
    pub header: Vec<String>,
    /// The lines below.
    pub lines: Vec<(u64, Vec<String>)>,
}

impl RawSheet {
    /// A file of some of these lines to be mended: the same columns, and two that say which line each was and why it was
    /// not taken. Nothing in it runs in a spreadsheet.
    ///
    /// # Errors
    /// [`Error::Internal`] when memory is short.
    pub fn to_mend(&self, rejected: &[(u64, String)]) -> Result<Vec<u8>> {
        let mut writer =
            WriterBuilder::new().flexible(true).terminator(Terminator::CRLF).from_writer(Vec::new());
        // Spreadsheets take a file for UTF-8 by this mark.
        let marked = self
            .header
            .iter()
            .enumerate()
            .map(|(at, name)| if at == 0 { format!("\u{feff}{name}") } else { name.clone() });
        let header: Vec<String> = marked.chain([LINE.to_owned(), REASON.to_owned()]).collect();
        writer.write_record(&header).map_err(Error::internal)?;
        for (number, reason) in rejected {
            let place = self.lines.binary_search_by_key(number, |(line, _)| *line);
            let Some((_, cells)) = place.ok().and_then(|place| self.lines.get(place)) else {
                continue;
            };
            let blank = vec![String::new(); self.header.len().saturating_sub(cells.len())];
            let row = cells.iter().take(self.header.len()).chain(&blank).map(|cell| defuse(cell));
            let row = row.chain([number.to_string().into(), defuse(reason)]);
            writer.write_record(row.map(std::borrow::Cow::into_owned)).map_err(Error::internal)?;
        }
        writer.into_inner().map_err(|error| Error::internal(error.to_string()))
    }

    /// A file that was mended, with its values as they were before they were defused; its own two columns are taken
    /// apart.
    ///
    /// # Errors
    /// [`Error::Invalid`] by `file` where it is no CSV file of ours.
    pub fn mended(bytes: &[u8]) -> Result<Mended> {
        let wrong = |message: &str| Error::invalid("file", message);
        let text =
            str::from_utf8(bytes).map_err(|_| wrong("This is not UTF-8 text. Save it as “CSV UTF-8”."))?;
        let text = text.trim_start_matches('\u{feff}');
        let first = text.lines().next().unwrap_or_default();
        let semicolons = first.contains(';') && !first.contains(',');
        let mut reader = ReaderBuilder::new();
        reader.has_headers(false).flexible(true).delimiter(if semicolons { b';' } else { b',' });
        let mut records = reader.from_reader(text.as_bytes()).into_records();
        let unreadable = |_| wrong("This cannot be read as a CSV file. Save it as “CSV UTF-8”.");
        let header = records.next().transpose().map_err(unreadable)?.unwrap_or_default();
        let place = |name: &str| header.iter().position(|cell| cell.trim() == name);
        let (Some(line), Some(reason)) = (place(LINE), place(REASON)) else {
            return Err(wrong(
                "This is not a file of rejected rows: its columns belfry_line and belfry_reason are missing. Download it \
                 here, mend it and keep all its columns.",
            ));
        };
        let mut mended = Mended { header: without(&header, line, reason), lines: Vec::new() };
        for record in records {
            let record = record.map_err(unreadable)?;
            if record.iter().any(|cell| !cell.trim().is_empty()) {
                let number = record.get(line).and_then(|cell| cell.trim().parse().ok());
                mended.lines.push((number, without(&record, line, reason)));
            }
        }
        if mended.lines.is_empty() {
            return Err(wrong("There is no row in this file."));
        }
        Ok(mended)
    }

    /// The sheet as a CSV file.
    ///
    /// # Errors
    /// [`Error::Internal`] when memory is short.
    pub fn to_csv(&self) -> Result<Vec<u8>> {
        // The first line tells what parts the columns, whatever else is in their names.
        let mut header = WriterBuilder::new().quote_style(QuoteStyle::Always).from_writer(Vec::new());
        header.write_record(&self.header).map_err(Error::internal)?;
        let header = header.into_inner().map_err(|error| Error::internal(error.to_string()))?;
        let mut writer =
            WriterBuilder::new().flexible(true).quote_style(QuoteStyle::Necessary).from_writer(header);
        for (_, cells) in &self.lines {
            writer.write_record(cells).map_err(Error::internal)?;
        }
        writer.into_inner().map_err(|error| Error::internal(error.to_string()))
    }
}

/// Rows that come back mended.
#[derive(Clone, Debug)]
pub struct Mended {
    /// The names of the columns, without ours.
    pub header: Vec<String>,
    /// The rows, each with the line that it was; none for one that was added.
    pub lines: Vec<(Option<u64>, Vec<String>)>,
}

impl Mended {
    /// The lines that came back.
    #[must_use]
    pub fn came(&self) -> HashSet<u64> {
        self.lines.iter().filter_map(|(number, _)| *number).collect()
    }
}

fn without(record: &csv::StringRecord, line: usize, reason: usize) -> Vec<String> {
    let cells = record.iter().enumerate().filter(|(at, _)| *at != line && *at != reason);
    cells.map(|(_, cell)| restore(cell).to_owned()).collect()
}
