//! Passwords that came out of other people's break-ins, which are tried first everywhere.

use sha2::{Digest, Sha256};

/// The first bytes of the SHA-256 of each, in order: those of twelve letters and more among a million, in small letters.
/// `crates/school/vendor/manifest.json` says where they are from, `bin/vendor` makes them.
static KNOWN: &[u8] = include_bytes!("../../vendor/breached-passwords.bin");
const EACH: usize = 8;

/// Whether a password was in use elsewhere and came out there, in capitals or small letters.
pub(crate) fn is_known(password: &str) -> bool {
    let digest = Sha256::digest(password.trim().to_lowercase());
    KNOWN.as_chunks::<EACH>().0.binary_search_by(|known| known[..].cmp(&digest[..EACH])).is_ok()
}
