//! `belfry backup` and `belfry restore`: everything in one file, and back.

mod dumping;
mod file;
mod restoring;

pub use dumping::dump;
pub use restoring::{Restored, restore, undo};

use std::{error::Error, path::Path};

/// For `map_err` on whatever touches `path`.
fn at(path: &Path) -> impl FnOnce(std::io::Error) -> Box<dyn Error> {
    move |error| format!("Cannot use {}: {error}.", path.display()).into()
}
