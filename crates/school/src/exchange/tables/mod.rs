//! Plain tables: a CSV file or a sheet of a workbook whose columns somebody explains once.
//!
//! [`Table::read`] reads the file without touching the database, [`Mapping`] says what its columns are, and
//! [`Kind`] what its rows are.

mod day;
mod delimited;
mod encoding;
mod field;
mod guess;
mod kind;
mod mapping;
mod refusal;
mod table;
mod workbook;

pub use day::DayOrder;
pub use field::{Field, Shape};
pub use kind::Kind;
pub use mapping::{Faults, Mapping};
pub use refusal::Refusal;
pub use table::Table;
