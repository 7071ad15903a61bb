//! What a school is and does: the only crate that touches a table.

pub mod exchange;
