//! A package that was unpacked already: a folder of CSV files.

use std::{
    fs::{self, DirEntry, File},
    io,
    path::Path,
};

use super::{
    intake::{Intake, is_wanted},
    refusal::Refusal,
};

/// Folders within the folder that are looked into.
const DEPTH: usize = 3;

/// The CSV files in and below `folder`. Symbolic links are not followed.
pub(super) fn read(folder: &Path) -> Result<Intake, Refusal> {
    let mut intake = Intake::default();
    walk(folder, DEPTH, &mut intake)?;
    Ok(intake)
}

fn walk(folder: &Path, depth: usize, intake: &mut Intake) -> Result<(), Refusal> {
    let entries = fs::read_dir(folder).map_err(|error| unreadable(folder, error))?;
    for entry in entries {
        let entry = entry.map_err(|error| unreadable(folder, error))?;
        intake.count()?;
        let kind = entry.file_type().map_err(|error| unreadable(&entry.path(), error))?;
        if kind.is_dir() && depth > 0 {
            walk(&entry.path(), depth - 1, intake)?;
        } else if kind.is_file() {
            take(&entry, intake)?;
        }
    }
    Ok(())
}

fn take(entry: &DirEntry, intake: &mut Intake) -> Result<(), Refusal> {
    let path = entry.path();
    let shown = path.to_string_lossy();
    if !is_wanted(&shown) {
        return Ok(());
    }
    let file = File::open(&path).map_err(|error| unreadable(&path, error))?;
    let size = file.metadata().map_err(|error| unreadable(&path, error))?.len();
    intake.take(&shown, (size, size), file)
}

pub(super) fn unreadable(path: &Path, source: io::Error) -> Refusal {
    Refusal::Unreadable { path: path.display().to_string(), source }
}
