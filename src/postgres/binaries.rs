//! Finds the server's programs: the newest PostgreSQL, or the one that wrote the data.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::error::PostgresError;

/// `unique nulls not distinct`, which the schema uses, came with this version.
const OLDEST: u32 = 15;
const PROGRAMS: [&str; 3] = ["postgres", "initdb", "psql"];

/// A folder with `postgres`, `initdb` and `psql` of one major version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Binaries {
    pub(super) folder: PathBuf,
    pub(super) major: u32,
}

impl Binaries {
    /// `chosen` is the only candidate when given; `wanted` is the major version that wrote the data, if there is data.
    pub(super) fn find(chosen: Option<&Path>, wanted: Option<(u32, &Path)>) -> Result<Self, PostgresError> {
        let found = match chosen {
            Some(folder) => vec![
                Self::inspect(folder.to_owned())
                    .ok_or_else(|| PostgresError::NotBinaries(folder.to_owned()))?,
            ],
            None => installed().into_iter().filter_map(Self::inspect).collect(),
        };
        Self::choose(found, wanted)
    }

    fn choose(found: Vec<Self>, wanted: Option<(u32, &Path)>) -> Result<Self, PostgresError> {
        let newest = found.iter().map(|binaries| binaries.major).max();
        let newest = newest.ok_or(PostgresError::NoBinaries)?;
        if newest < OLDEST {
            return Err(PostgresError::TooOld { found: newest, needed: OLDEST });
        }
        let major = wanted.map_or(newest, |(major, _)| major);
        found.into_iter().find(|binaries| binaries.major == major).ok_or_else(|| {
            let folder = wanted.map_or_else(PathBuf::new, |(_, folder)| folder.to_owned());
            PostgresError::OtherVersion { folder, wanted: major }
        })
    }

    fn inspect(folder: PathBuf) -> Option<Self> {
        let whole = PROGRAMS.iter().all(|program| folder.join(program).is_file());
        let said = whole.then(|| said_by(Command::new(folder.join("postgres")).arg("--version")))?;
        // "postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)", or "18beta1".
        let number = said?.split_whitespace().nth(2)?.to_owned();
        let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
        Some(Self { folder, major: digits.parse().ok()? })
    }

    pub(super) fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

/// Where Debian, Red Hat and Alpine put servers, then whatever the search path knows.
fn installed() -> Vec<PathBuf> {
    let mut folders = Vec::new();
    for (parent, prefix) in [("/usr/lib/postgresql", ""), ("/usr", "pgsql-"), ("/usr/libexec", "postgresql")]
    {
        let entries = fs::read_dir(parent).into_iter().flatten().flatten();
        let versions = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(prefix));
        folders.extend(versions.flat_map(|entry| [entry.path().join("bin"), entry.path()]));
    }
    let config = said_by(Command::new("pg_config").arg("--bindir"));
    let path = said_by(Command::new("sh").args(["-c", "command -v postgres"]));
    let path = path.and_then(|postgres| Path::new(&postgres).parent().map(Path::to_owned));
    folders.extend(config.map(PathBuf::from).into_iter().chain(path));
    folders
}

fn said_by(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    let said = String::from_utf8(output.stdout).ok()?;
    (output.status.success() && !said.trim().is_empty()).then(|| said.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn versions(majors: &[u32]) -> Vec<Binaries> {
        let folder = |major| PathBuf::from(format!("/pg/{major}"));
        majors.iter().map(|&major| Binaries { folder: folder(major), major }).collect()
    }

    #[test]
    fn new_data_is_written_by_the_newest_server() {
        let chosen = Binaries::choose(versions(&[9, 17, 16]), None).unwrap();

        assert_eq!(chosen.major, 17);
    }

    #[test]
    fn old_data_is_opened_by_the_server_that_wrote_it() {
        let folder = Path::new("/data");

        assert_eq!(Binaries::choose(versions(&[17, 15]), Some((15, folder))).unwrap().major, 15);
        let refused = Binaries::choose(versions(&[17]), Some((15, folder))).unwrap_err();
        assert!(refused.to_string().contains("Install PostgreSQL 15"), "{refused}");
    }

    #[test]
    fn a_server_too_old_for_the_schema_is_refused() {
        let refused = Binaries::choose(versions(&[13, 14]), None).unwrap_err();

        assert!(refused.to_string().contains("newest PostgreSQL here is 14"), "{refused}");
    }
}
