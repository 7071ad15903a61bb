//! What comes in from other systems and goes out to them.

pub mod formula;
pub mod identity;
pub mod import_run;
mod merging;
pub mod oneroster;
pub mod roster;
pub mod sheet;
pub mod tables;
pub mod text;
