//! Where the server listens: a folder that only its account and root may enter, and no network.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::Addresses;
use super::account::Account;
use super::error::{PostgresError, folder};

/// `sockaddr_un` holds 108 bytes and one ends the text.
const LONGEST: usize = 107;

/// The folder of the socket; a temporary one when the data folder's path does not fit.
#[derive(Debug)]
pub(super) struct Socket {
    folder: PathBuf,
    _temporary: Option<TempDir>,
}

impl Socket {
    pub(super) fn place(home: &Path, account: &Account) -> Result<Self, PostgresError> {
        let beside = home.with_extension("socket");
        let (place, temporary) = if fits(&beside) {
            fs::create_dir_all(&beside).map_err(folder(&beside))?;
            (beside, None)
        } else {
            // Not the TMPDIR of a login: the account may not be able to enter that.
            let made = tempfile::Builder::new().prefix("belfry-").tempdir_in("/tmp");
            let made = made.map_err(folder("/tmp"))?;
            (made.path().to_owned(), Some(made))
        };
        fs::set_permissions(&place, Permissions::from_mode(0o700)).map_err(folder(&place))?;
        account.give(&place)?;
        Ok(Self { folder: place, _temporary: temporary })
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(super) fn addresses(&self) -> Addresses {
        Addresses::at(&self.folder)
    }

    pub(super) fn address(&self, database: &str, role: &str) -> String {
        address(&self.folder, database, role)
    }
}

impl Addresses {
    /// Of a server that listens in `folder`.
    pub(super) fn at(folder: &Path) -> Self {
        Self {
            app: address(folder, "belfry", "belfry_app"),
            lobby: address(folder, "belfry", "belfry_lobby"),
            owner: address(folder, "belfry", "belfry_owner"),
            superuser: address(folder, "belfry", "postgres"),
        }
    }
}

/// The port names the socket's file; left out, libpq would take it from PGPORT.
fn address(folder: &Path, database: &str, role: &str) -> String {
    let host: String = folder.to_string_lossy().bytes().map(encoded).collect();
    format!("postgresql:///{database}?host={host}&port=5432&user={role}")
}

/// A comma separates hosts in an address and folders in the server's settings.
fn fits(folder: &Path) -> bool {
    let text = folder.join(".s.PGSQL.5432").to_str().map(str::to_owned);
    text.is_some_and(|text| text.len() <= LONGEST && !text.contains([',', '"', '\n']))
}

fn encoded(byte: u8) -> String {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    }
}
