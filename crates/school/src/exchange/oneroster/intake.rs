//! Files on their way out of a package, within limits that a hostile package cannot pass.

use std::io::Read;

use super::refusal::Refusal;

/// Entries in one package, of any kind. The standard has 14; junk of operating systems comes on top.
const FILES: usize = 1_000;
/// One file unpacked. A million enrolments are about 200 MB.
const FILE_MB: u64 = 256;
/// All files unpacked.
const TOTAL_MB: u64 = 512;
/// Unpacked bytes for each packed one. Real exports reach 30; a bomb reaches 1,000.
const RATIO: u64 = 200;
const MB: u64 = 1024 * 1024;

/// A CSV file taken out of the package.
pub(super) struct PackedFile {
    /// Where it stood in the package, for messages.
    pub(super) path: String,
    pub(super) bytes: Vec<u8>,
}

impl PackedFile {
    /// The last part of the path: a folder inside the package makes no difference.
    pub(super) fn name(&self) -> &str {
        base_name(&self.path)
    }
}

#[derive(Default)]
pub(super) struct Intake {
    pub(super) files: Vec<PackedFile>,
    entries: usize,
    total: u64,
}

impl Intake {
    /// Count one entry, wanted or not.
    pub(super) fn count(&mut self) -> Result<(), Refusal> {
        self.entries += 1;
        if self.entries > FILES {
            return Err(too_many_files());
        }
        Ok(())
    }

    /// Take a file of `packed` bytes that claims `claimed` bytes unpacked. The claim may refuse it
    /// early, but is never trusted.
    pub(super) fn take(
        &mut self,
        path: &str,
        (packed, claimed): (u64, u64),
        source: impl Read,
    ) -> Result<(), Refusal> {
        let file_limit = (FILE_MB * MB).min(TOTAL_MB * MB - self.total);
        let limit = file_limit.min(MB + packed.saturating_mul(RATIO));
        let mut bytes = Vec::new();
        if claimed <= limit {
            let unpacked = source.take(limit + 1).read_to_end(&mut bytes);
            unpacked.map_err(|error| Refusal::Damaged { reason: error.to_string() })?;
        }
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX).max(claimed);
        if size > file_limit {
            return Err(Refusal::TooLarge { file: path.into(), limit: file_limit / MB });
        }
        if size > limit {
            return Err(Refusal::Bomb { file: path.into() });
        }
        self.total += size;
        self.files.push(PackedFile { path: path.into(), bytes });
        Ok(())
    }
}

pub(super) fn too_many_files() -> Refusal {
    Refusal::TooManyFiles { limit: FILES }
}

/// Whether `path` is a CSV file of the export and not the litter of an operating system.
pub(super) fn is_wanted(path: &str) -> bool {
    let name = base_name(path);
    let csv = name.len() > 4 && name.to_ascii_lowercase().ends_with(".csv");
    csv && !name.starts_with("._") && !path.split(['/', '\\']).any(|part| part == "__MACOSX")
}

fn base_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}
