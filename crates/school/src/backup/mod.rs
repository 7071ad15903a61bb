//! A backup: everything in the database at one instant, and what is checked and voided when it comes back.

mod manifest;
mod receiving;
mod snapshot;

pub use manifest::{Counts, Manifest};
pub use receiving::{before_rows, clearing, settling, vacant};
pub use snapshot::Snapshot;
