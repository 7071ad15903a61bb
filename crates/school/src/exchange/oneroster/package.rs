//! A package as it came: a zip file or a folder, its CSV files found by name.

use std::{
    fs::{self, File},
    io::Cursor,
    path::Path,
};

use super::{
    archive, folder,
    folder::unreadable,
    intake::{Intake, PackedFile},
    refusal::Refusal,
};

pub(super) struct Package {
    files: Vec<PackedFile>,
}

impl Package {
    pub(super) fn open(path: &Path) -> Result<Self, Refusal> {
        let about = fs::metadata(path).map_err(|error| unreadable(path, error))?;
        let intake = if about.is_dir() {
            folder::read(path)?
        } else {
            let file = File::open(path).map_err(|error| unreadable(path, error))?;
            archive::read(&path.display().to_string(), file)?
        };
        Ok(Self::of(intake))
    }

    /// The zip file that is called `name`.
    pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Self, Refusal> {
        archive::read(name, Cursor::new(bytes)).map(Self::of)
    }

    fn of(Intake { mut files, .. }: Intake) -> Self {
        files.sort_by(|one, other| one.path.cmp(&other.path));
        Self { files }
    }

    /// Every CSV file.
    pub(super) fn files(&self) -> impl Iterator<Item = &PackedFile> {
        self.files.iter()
    }

    /// Every file of that name, whatever its case and wherever it stands.
    pub(super) fn all<'p>(&'p self, name: &str) -> impl Iterator<Item = &'p PackedFile> {
        self.files.iter().filter(move |file| file.name().eq_ignore_ascii_case(name))
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }

    /// The one file of that name.
    pub(super) fn file(&self, name: &str) -> Result<Option<&PackedFile>, Refusal> {
        let found: Vec<_> = self.all(name).collect();
        if found.len() > 1 {
            let paths: Vec<_> = found.iter().map(|file| file.path.as_str()).collect();
            return Err(Refusal::Twice { file: name.into(), paths: paths.join(", ") });
        }
        Ok(found.first().copied())
    }
}
