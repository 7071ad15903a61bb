//! Lists and reports as files: the same rows as on the page, as CSV or as a workbook.

mod csv_file;
mod disposition;
mod workbook;

pub(in crate::web) use disposition::disposition;

use actix_web::{HttpResponse, http::header};
use chrono::{NaiveDate, NaiveTime};
use school::{Error, attendance::totals::Totals, slice::FILE};
use serde::Deserialize;

use super::{extract::blocking, reply::Page};

/// What kind of file.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Comma-separated, UTF-8 with a mark that says so.
    Csv,
    /// A workbook.
    Xlsx,
}

impl Format {
    fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    fn kind(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// What stands in a cell. Numbers stay numbers and days stay days, whatever the format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Words, never calculated with.
    Text(String),
    /// A whole number.
    Count(i64),
    /// Halves of days, written as days.
    Halves(i64),
    /// Thousandths, written as a percentage to a tenth, without its sign.
    Tenths(i64),
    /// Hundredths, written with two places.
    Hundredths(i64),
    /// A day.
    Day(NaiveDate),
    /// A time of the day.
    Time(NaiveTime),
    /// Nothing.
    Empty,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

impl From<NaiveDate> for Cell {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Count(number)
    }
}

impl From<i32> for Cell {
    fn from(number: i32) -> Self {
        Self::Count(number.into())
    }
}

/// The headings of what days add up to; [`of_totals`] makes the cells beneath.
pub const TOTALS: [&str; 9] = [
    "Days possible",
    "Days attended",
    "Attended, %",
    "Days absent",
    "Excused",
    "Unexcused",
    "Awaiting word",
    "Times late",
    "Minutes late",
];

/// What days add up to, a cell for each of [`TOTALS`].
#[must_use]
pub fn of_totals(totals: &Totals) -> [Cell; 9] {
    [
        Cell::Halves(totals.possible),
        Cell::Halves(totals.attended),
        totals.thousandths().map_or(Cell::Empty, Cell::Tenths),
        Cell::Halves(totals.absent()),
        Cell::Halves(totals.excused),
        Cell::Halves(totals.unexcused()),
        Cell::Halves(totals.awaiting),
        Cell::Count(totals.lates),
        Cell::Count(totals.minutes_late),
    ]
}

/// A table to be saved.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// What the file is called, without its ending.
    pub name: String,
    /// The headings.
    pub heading: Vec<String>,
    /// The rows, each with a cell for each heading.
    pub rows: Vec<Vec<Cell>>,
}

impl Sheet {
    /// A table with these headings and no rows yet.
    #[must_use]
    pub fn new(name: impl Into<String>, heading: &[&str]) -> Self {
        let heading = heading.iter().map(|&words| words.to_owned()).collect();
        Self { name: name.into(), heading, rows: Vec::new() }
    }

    /// As comma-separated text.
    pub(in crate::web) fn csv(&self) -> school::Result<Vec<u8>> {
        csv_file::written(self).map_err(Error::internal)
    }

    /// The file as an answer.
    pub async fn answer(self, format: Format) -> Page {
        if self.rows.len() > FILE {
            let said =
                format!("This list has more than {FILE} rows. Narrow it first, for example to one campus.");
            return Err(Error::Conflict(said).into());
        }
        let disposition = disposition(&self.name, format.ending());
        let body = blocking(move || match format {
            Format::Csv => csv_file::written(&self).map_err(Error::internal),
            Format::Xlsx => workbook::written(&self).map_err(Error::internal),
        })
        .await?;
        Ok(HttpResponse::Ok()
            .content_type(format.kind())
            .insert_header((header::CONTENT_DISPOSITION, disposition))
            .body(body))
    }
}
