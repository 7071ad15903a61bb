//! Plain tables: a CSV file or a sheet of a workbook whose columns somebody explains once.
//!
//! [`Table::read`] reads the file without touching the database, [`Kind`] says what its rows are and [`Mapping`] what its
//! columns are. A row that cannot be taken is rejected with its line, column, value and reason. What a table does not
//! mention stays as it is, unless whoever sends it says that it is the whole list.

mod cells;
mod classes;
mod contacts;
mod day;
mod delimited;
mod duties;
mod encoding;
mod enrollments;
mod field;
mod gather;
mod ground;
mod guardians;
mod guess;
mod kind;
mod kind_fields;
mod mapping;
mod marks;
mod mending;
mod moves;
mod proposal;
mod refusal;
mod registers;
mod rolls;
mod school_days;
mod sending;
mod sifting;
mod staff;
mod standing;
mod student_rows;
mod students;
mod subjects;
mod table;
mod workbook;
mod writing;

pub use day::DayOrder;
pub use field::{Field, Shape};
pub use kind::Kind;
pub use mapping::{Answers, Faults, Mapping};
pub use mending::mend;
pub use proposal::Proposal;
pub use refusal::Refusal;
pub use sending::Sending;
pub use table::Table;

use cells::Rows;

use super::{
    oneroster::Remark,
    roster::{Conduct, Report, run::Run},
};
use crate::{
    access::placed::BeforeImport,
    db::Db,
    error::{Error, Result},
    permit::CreateImportRuns,
};

/// The system that numbers in plain tables come from: the school's own.
const SOURCE: &str = "tables";

/// A file with everything that is known of it.
pub(in crate::exchange) struct Sent<'s> {
    pub(in crate::exchange) kind: Kind,
    pub(in crate::exchange) file: &'s str,
    pub(in crate::exchange) bytes: &'s [u8],
    pub(in crate::exchange) mapping: &'s Mapping,
}

/// Brings a table in, inside of a transaction that somebody else keeps or rolls back.
///
/// # Errors
/// [`Error::Invalid`] by `file` where the bytes are no table, [`Error::Conflict`] while another import runs, when more
/// people would leave at once than a sound list explains, and when an account would be closed or open more that is not
/// theirs to close or to open.
pub(in crate::exchange) fn apply(
    sent: &Sent,
    conduct: Conduct<'_>,
    db: &mut Db<'_, CreateImportRuns>,
) -> Result<Report> {
    let table = Table::read(sent.bytes, sent.mapping.sheet.as_deref());
    let table = table.map_err(|refusal| Error::invalid("file", refusal.to_string()))?;
    let rows = Rows::of(&table, sent.mapping, sent.file);
    let mut run = Run::begin(SOURCE, sent.kind.steps(), conduct, db)?;
    if table.is_guessed {
        let text = "The letters of this file were guessed (Windows-1252). Look at names with accents.";
        run.report.remarks.push(Remark { file: sent.file.to_owned().into(), line: None, text: text.into() });
    }
    match sent.kind {
        Kind::Students => students::bring(&rows, sent.mapping, &mut run),
        Kind::Contacts => contacts::bring(&rows, sent.mapping, &mut run),
        Kind::Staff => {
            let accounts = BeforeImport::now(run.db)?;
            staff::bring(&rows, sent.mapping, &mut run)?;
            accounts.keeps_to_ones_own(run.db)
        }
        Kind::Classes => classes::bring(&rows, sent.mapping, &mut run),
        Kind::Enrollments => enrollments::bring(&rows, sent.mapping, &mut run),
        Kind::Attendance => marks::bring(&rows, sent.mapping, &mut run),
    }?;
    run.report.rejected.sort();
    Ok(run.finish())
}
