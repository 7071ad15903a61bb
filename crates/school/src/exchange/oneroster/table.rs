//! One file of the roster: rows whose values are found by the standard's column names.

use csv::StringRecord;

use super::{
    super::{
        identity::{Digest, fingerprint},
        text::{control_character, tidy},
    },
    header::Header,
    kind::Kind,
    refusal::Refusal,
    rejected::Problem,
    sheet::{Line, Sheet},
};

pub(super) struct Table {
    pub(super) kind: Kind,
    header: Header,
    lines: Vec<Line>,
}

impl Table {
    pub(super) fn read(kind: Kind, sheet: Sheet) -> Result<Self, Refusal> {
        let header = Header::read(kind, &sheet.header)?;
        Ok(Self { kind, header, lines: sheet.lines })
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let header = &self.header;
        self.lines.iter().map(move |line| Row { header, line: line.number, cells: &line.cells })
    }
}

/// One row of a table.
pub(super) struct Row<'t> {
    header: &'t Header,
    pub(super) line: u64,
    cells: &'t StringRecord,
}

impl<'t> Row<'t> {
    /// The value as given; blank where the row is short or the file lacks the column.
    pub(super) fn raw(&self, column: &str) -> &'t str {
        self.header.place(column).and_then(|place| self.cells.get(place)).unwrap_or_default()
    }

    /// What makes the row unreadable as a whole: more values than columns, which usually means an
    /// unquoted comma, or control characters. A short row is read as blank at its end.
    pub(super) fn check(&self) -> Result<(), Vec<Problem>> {
        let beyond = self.cells.iter().skip(self.header.width).find(|cell| !cell.trim().is_empty());
        if let Some(value) = beyond {
            let reason = "The row has more values than the header has columns; \
                          a value with a comma needs quotation marks.";
            return Err(vec![Problem::new("", value, reason)]);
        }
        let problems: Vec<_> = self.values().filter_map(uncontrolled).collect();
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }

    /// SHA-256 over what the row says in the columns that are read, `status` apart: that one is
    /// about the row's life.
    pub(super) fn fingerprint(&self) -> Digest {
        fingerprint(self.values().filter(|(column, _)| *column != "status"))
    }

    fn values(&self) -> impl Iterator<Item = (&'static str, &'t str)> {
        let cells = self.cells;
        self.header.places().filter_map(|(column, place)| Some((column, cells.get(place)?)))
    }
}

fn uncontrolled((column, value): (&'static str, &str)) -> Option<Problem> {
    let found = control_character(&tidy(value))?;
    let reason = match found {
        '\r' | '\n' => "The value runs over several lines; it must stand on one.".to_owned(),
        other => format!("The value holds the control character U+{:04X}.", u32::from(other)),
    };
    Some(Problem::new(column, value, reason))
}
