//! What comes in from other systems and goes out to them.

pub mod identity;
pub mod oneroster;
pub mod roster;
pub mod tables;
pub mod text;
