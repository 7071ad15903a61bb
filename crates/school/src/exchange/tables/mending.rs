//! A table with some of its rows mended: all of it, with these rows in the places of the rejected ones.

use std::collections::HashSet;

use super::{
    super::sheet::{Mended, RawSheet},
    kind::Kind,
    mapping::Mapping,
    refusal::Refusal,
    table::Table,
};

/// A table of which rows came back mended. Rejected rows that did not come back stay as they were, unless a mended one is
/// about the same.
///
/// # Errors
/// A [`Refusal`] when the bytes are no table.
pub fn mend(
    kind: Kind,
    (bytes, mapping): (&[u8], &Mapping),
    rejected: &HashSet<u64>,
    mended: &Mended,
) -> Result<RawSheet, Refusal> {
    let table = Table::read(bytes, mapping.sheet.as_deref())?;
    let columns = kind.tells_apart().iter().filter_map(|field| mapping.column_of(field));
    let id: Vec<usize> = columns.filter_map(|column| table.place(column)).collect();
    Ok(table.raw().with(mended, rejected, &id))
}
