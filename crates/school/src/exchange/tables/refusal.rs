//! Why a whole file is refused, each in a sentence that says what to do.

use super::super::oneroster;

/// A table that is not read at all. Nothing of it was taken.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Fewer bytes than a letter.
    #[error("The file is empty. Choose the one with the table in it.")]
    Empty,
    /// A header, or not even that.
    #[error(
        "The table has no rows below its first line, which names the columns. Save it again with its rows."
    )]
    NoRows,
    /// Text of two bytes a letter.
    #[error("This is UTF-16 text. Save it as “CSV UTF-8” or as an Excel workbook (.xlsx) and send it again.")]
    Utf16,
    /// Partly UTF-8, partly not.
    #[error(
        "Line {line} is not UTF-8 text, though other lines are. Save the table as “CSV UTF-8” and send it again, so \
         that no name is misspelt."
    )]
    Mixed {
        /// The first such line.
        line: usize,
    },
    /// A quotation mark that swallows the rest.
    #[error(
        "A quotation mark near line {line} is never closed, so that everything after it would be one value. Mend it \
         and send the table again."
    )]
    OpenQuote {
        /// Where the value begins.
        line: u64,
    },
    /// Neither a workbook nor text.
    #[error("This is {what}. Save the table as an Excel workbook (.xlsx) or as CSV and send it again.")]
    Other {
        /// What it looks like.
        what: &'static str,
    },
    /// A workbook that cannot be opened.
    #[error("The workbook is damaged or cut off. Open it in a spreadsheet, save it again and send it again.")]
    Damaged,
    /// A workbook that is far larger than its file.
    #[error("The workbook unpacks to far more than a real one does. It is refused for safety.")]
    Bomb,
    /// A sheet that is not there.
    #[error("The workbook has no sheet “{name}”.")]
    NoSheet {
        /// What was asked for.
        name: String,
    },
    /// Too large to be one table of a school.
    #[error("The table is larger than {limit}. Send it in parts.")]
    TooLarge {
        /// The most that is taken.
        limit: &'static str,
    },
}

impl Refusal {
    /// What the reader of lines refuses, in the words of plain tables.
    pub(super) fn of_lines(refusal: &oneroster::Refusal) -> Self {
        match refusal {
            oneroster::Refusal::OpenQuote { line, .. } => Self::OpenQuote { line: *line },
            _ => Self::TooLarge { limit: super::table::ROWS_IN_WORDS },
        }
    }
}
