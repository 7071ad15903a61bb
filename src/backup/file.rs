//! The file: a zip archive of the dump, as it is, and of what it says of itself.

use std::{
    error::Error,
    fs::File,
    io::{self, BufReader, Read, Seek, Write},
    path::Path,
};

use school::backup::Manifest;
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::at;

const DUMP: &str = "belfry.dump";
const MANIFEST: &str = "manifest.json";
/// A manifest is some kilobytes; more is none.
const LONGEST: u64 = 1024 * 1024;

/// What was read or written, added up.
struct Summed<W> {
    inner: W,
    sum: Sha256,
    bytes: u64,
}

impl<W: Write> Write for Summed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.sum.update(&bytes[..written]);
        self.bytes += u64::try_from(written).unwrap_or_default();
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Copies all of it, and answers its SHA-256 and length.
fn summed(from: &mut impl Read, to: impl Write) -> io::Result<(String, u64)> {
    let mut to = Summed { inner: to, sum: Sha256::new(), bytes: 0 };
    io::copy(from, &mut to)?;
    let sum: String = to.sum.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((sum, to.bytes))
}

/// A file that is being written.
pub(super) struct Writing<W: Write + Seek>(ZipWriter<W>);

impl<W: Write + Seek> Writing<W> {
    pub(super) fn begin(file: W) -> Self {
        Self(ZipWriter::new(file))
    }

    /// Takes in the dump, which is packed already.
    pub(super) fn dump(&mut self, from: &mut impl Read) -> Result<(String, u64), Box<dyn Error>> {
        let plain = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        self.0.start_file(DUMP, plain.large_file(true))?;
        Ok(summed(from, &mut self.0)?)
    }

    /// Ends with the manifest, without which the file is none.
    pub(super) fn end(mut self, manifest: &Manifest) -> Result<W, Box<dyn Error>> {
        self.0.start_file(MANIFEST, SimpleFileOptions::default())?;
        self.0.write_all(&serde_json::to_vec_pretty(manifest)?)?;
        Ok(self.0.finish()?)
    }
}

/// A file that was checked: its manifest, and its dump unpacked beside `place`.
pub(super) fn unpacked(path: &Path, place: &Path) -> Result<(Manifest, NamedTempFile), Box<dyn Error>> {
    let damaged = |why: &str| {
        format!("{} is damaged or no backup of Belfry: {why}. Nothing was restored.", path.display())
    };
    let file = BufReader::new(File::open(path).map_err(at(path))?);
    let mut archive = ZipArchive::new(file).map_err(|_| damaged("its end is missing"))?;
    let mut text = String::new();
    let manifest = archive.by_name(MANIFEST).map_err(|_| damaged("it has no manifest"))?;
    manifest.take(LONGEST).read_to_string(&mut text).map_err(|_| damaged("its manifest cannot be read"))?;
    let manifest = Manifest::read(&text).map_err(|error| damaged_or_newer(&error, &damaged))?;
    let mut dump = tempfile::Builder::new().prefix(".restoring-").tempfile_in(place).map_err(at(place))?;
    let mut packed = archive.by_name(DUMP).map_err(|_| damaged("it has no dump"))?;
    let sum = summed(&mut packed, &mut dump).map_err(|error| damaged(&error.to_string()))?;
    if sum != (manifest.sha256.clone(), manifest.bytes) {
        return Err(damaged("its dump is not the one that the manifest was written for").into());
    }
    dump.flush().map_err(at(place))?;
    Ok((manifest, dump))
}

fn damaged_or_newer(error: &school::Error, damaged: &impl Fn(&str) -> String) -> String {
    match error {
        school::Error::Conflict(sentence) => sentence.clone(),
        _ => damaged("its manifest is not one"),
    }
}
