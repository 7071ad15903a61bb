//! A row that was read: who it is, where it stood, what it says.

use super::{
    super::identity::Digest,
    cells::{Cells, ID},
    rejected::Problem,
    table::Row,
};

/// A typed row under its `sourcedId`.
#[derive(Debug, Clone)]
pub struct Entry<T> {
    pub sourced_id: String,
    /// The line in its file, for messages.
    pub line: u64,
    /// What the row says; equal to last time means that there is nothing to do.
    pub fingerprint: Digest,
    pub row: T,
}

/// Where a row stands in its file makes no difference to what it is.
impl<T: PartialEq> PartialEq for Entry<T> {
    fn eq(&self, other: &Self) -> bool {
        (&self.sourced_id, self.fingerprint, &self.row) == (&other.sourced_id, other.fingerprint, &other.row)
    }
}

/// What a row says about its own life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Status {
    #[default]
    Active,
    /// `tobedeleted`, or `inactive` as some exports write.
    Gone,
}

const STATUSES: [(&str, Status); 3] =
    [("active", Status::Active), ("tobedeleted", Status::Gone), ("inactive", Status::Gone)];

/// The two columns that every file has.
pub(super) fn read_head(row: &Row) -> Result<(String, Status), Vec<Problem>> {
    let mut cells = Cells::of(row);
    let sourced_id = cells.required("sourcedId", ID);
    let status = cells.word("status", &STATUSES).unwrap_or_default();
    cells.done((sourced_id, status))
}
