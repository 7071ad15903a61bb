//! Why a whole bundle is refused, each in a sentence that says what to do.

use std::io;

use super::look_alike::LookAlike;

/// A bundle that is not imported at all. Nothing of it was taken.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// There is nothing at the path, or it may not be read.
    #[error("{path} cannot be read: {source}. Check the path and its permissions.")]
    Unreadable { path: String, source: io::Error },

    #[error("{path} is neither a folder nor a zip file. Give the OneRoster export as it was made.")]
    NotAZip { path: String },

    /// It begins as a zip file does, and its table of contents, which stands at the end, is not there.
    #[error("{path} is damaged or cut off, as half a download is. Download or export it again.")]
    CutOff { path: String },

    #[error("The zip file is damaged or uses a method unknown here ({reason}). Export it again.")]
    Damaged { reason: String },

    #[error("{file} in the zip file is locked with a password. Export it without one.")]
    Locked { file: String },

    #[error("The zip file holds a path that leads out of it ({file}). That is no roster export.")]
    LeadsOut { file: String },

    #[error("There are more than {limit} files in it. A OneRoster export has at most 14.")]
    TooManyFiles { limit: usize },

    #[error("{file} is too large: more than {limit} MB unpacked. Export fewer schools at a time.")]
    TooLarge { file: String, limit: u64 },

    #[error("{file} unpacks to far more than a real export does. It is refused for safety.")]
    Bomb { file: String },

    #[error("{file} has more than {limit} rows. Export fewer schools at a time.")]
    TooManyRows { file: String, limit: usize },

    #[error("{file} is in there more than once ({paths}). Keep the export's own files only.")]
    Twice { file: String, paths: String },

    /// Another format that resembles OneRoster 1.1.
    #[error("{0}")]
    LookAlike(LookAlike),

    #[error(
        "This is no OneRoster export: {file} is missing. A OneRoster 1.1 CSV export holds \
         manifest.csv, orgs.csv, academicSessions.csv, users.csv and more."
    )]
    NotOneRoster { file: &'static str },

    #[error(
        "The manifest announces {file}, but it is not in the package. Export again, or ask the \
         sender for the whole package."
    )]
    Announced { file: &'static str },

    #[error("{file} holds no rows, and without it there is no roster. Export again.")]
    Empty { file: &'static str },

    #[error("The manifest says OneRoster version {version}. Belfry reads 1.1 (and 1.0).")]
    Version { version: String },

    #[error("manifest.csv has no column propertyName. Export again without editing it.")]
    Manifest,

    #[error(
        "This is a delta export ({files}): it holds changes only. Belfry imports whole (bulk) \
         exports; a bulk export twice changes nothing the second time."
    )]
    Delta { files: String },

    #[error("{file} is UTF-16 text. Save it as “CSV UTF-8” and import again.")]
    Utf16 { file: String },

    #[error(
        "{file}, line {line} is not UTF-8 text (often Windows-1252). Save it as “CSV UTF-8” and \
         import again, so that no name is misspelt."
    )]
    NotUtf8 { file: String, line: usize },

    #[error(
        "{file} separates its columns with {found} instead of a comma, as a spreadsheet may do. \
         Save it with commas and import again."
    )]
    Separator { file: String, found: &'static str },

    #[error(
        "{file} has a quotation mark that is never closed, near line {line}: everything after it \
         would be one value. Export it again."
    )]
    OpenQuote { file: String, line: u64 },

    #[error("{file} has no column {column}. Its first line must name the columns.")]
    NoColumn { file: &'static str, column: &'static str },

    #[error("{file} has the column {column} twice, so it is unclear which one counts.")]
    ColumnTwice { file: &'static str, column: &'static str },
}
