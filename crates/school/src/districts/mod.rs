//! School districts, the programs that they offer, and who is in them.

pub mod district;
pub mod member;
pub mod membership;
pub mod program;
pub mod program_change;
