//! What is given out of the school, and what is kept for how long: a student's complete file, retention, erasure.

pub mod complete_file;
pub mod disclosure;
pub mod erasure;
pub mod erasure_list;
pub mod kept;
mod parts;
pub mod retention;

pub use parts::{PARTS, Part, held_elsewhere};
