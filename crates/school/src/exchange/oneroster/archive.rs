//! A zip file, read in memory: nothing of it is ever written to a disk.

use std::{
    cell::Cell,
    io::{self, BufReader, Read, Seek, SeekFrom},
    path::Path,
    rc::Rc,
};

use zip::{ZipArchive, result::ZipError};

use super::{
    folder::unreadable,
    intake::{Intake, is_wanted, too_many_files},
    refusal::Refusal,
};

/// What reading the table of contents may cost, in bytes. A thousand entries need a tenth of it; a
/// million would fill the memory before they could be counted.
const CONTENTS: u64 = 1024 * 1024;

/// The CSV files of the zip file that is called `path`.
pub(super) fn read(path: &str, file: impl Read + Seek) -> Result<Intake, Refusal> {
    let mut archive = open(path, file)?;
    let mut intake = Intake::default();
    for index in 0..archive.len() {
        intake.count()?;
        take(&mut archive, index, &mut intake)?;
    }
    Ok(intake)
}

/// The zip file that is called `path`, whose table of contents is within bounds; of its entries nothing is read yet.
pub(in crate::exchange) fn open<F: Read + Seek>(
    path: &str,
    mut file: F,
) -> Result<ZipArchive<Metered<F>>, Refusal> {
    let begins = begins_as_zip(&mut file).map_err(|error| unreadable(Path::new(path), error))?;
    let budget = Rc::new(Cell::new(CONTENTS));
    let metered = Metered { file: BufReader::new(file), budget: Rc::clone(&budget) };
    let archive = ZipArchive::new(metered).map_err(|error| match error {
        _ if budget.get() == 0 => too_many_files(),
        ZipError::InvalidArchive(_) if begins => Refusal::CutOff { path: path.into() },
        ZipError::InvalidArchive(_) => Refusal::NotAZip { path: path.into() },
        other => damaged(&other),
    })?;
    budget.set(u64::MAX);
    Ok(archive)
}

/// Whether a file's first bytes are those of a zip file's first entry.
fn begins_as_zip(file: &mut (impl Read + Seek)) -> io::Result<bool> {
    let mut start = Vec::new();
    file.by_ref().take(4).read_to_end(&mut start)?;
    file.rewind()?;
    Ok(start == b"PK\x03\x04")
}

fn take(
    archive: &mut ZipArchive<Metered<impl Read + Seek>>,
    index: usize,
    intake: &mut Intake,
) -> Result<(), Refusal> {
    let entry = archive.by_index_data(index).map_err(|error| damaged(&error))?;
    let name = entry.name().map_err(|error| damaged(&error))?.into_owned();
    if entry.enclosed_name().is_none() {
        return Err(Refusal::LeadsOut { file: name });
    }
    if !entry.is_file() || !is_wanted(&name) {
        return Ok(());
    }
    if entry.encrypted() {
        return Err(Refusal::Locked { file: name });
    }
    let sizes = (entry.compressed_size(), entry.size());
    let source = archive.by_index(index).map_err(|error| damaged(&error))?;
    intake.take(&name, sizes, source)
}

fn damaged(error: &ZipError) -> Refusal {
    Refusal::Damaged { reason: error.to_string() }
}

/// A file of which only so many bytes may be read.
pub(in crate::exchange) struct Metered<F> {
    file: BufReader<F>,
    budget: Rc<Cell<u64>>,
}

impl<F: Read> Read for Metered<F> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.budget.get();
        if left == 0 {
            return Err(io::Error::other("the table of contents is too long"));
        }
        let read = self.file.read(buffer)?;
        self.budget.set(left.saturating_sub(u64::try_from(read).unwrap_or(u64::MAX)));
        Ok(read)
    }
}

impl<F: Read + Seek> Seek for Metered<F> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}
