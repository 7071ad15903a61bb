//! Who an imported row is, and whether it says anything new.

use std::fmt;

use sha2::{Digest as _, Sha256};

use super::text::tidy;

/// A SHA-256, written as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The 32 bytes themselves.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Each part goes in behind its length, so that `ab, c` and `a, bc` differ.
    fn of<'a>(parts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update(part.len().to_be_bytes());
            hash.update(part);
        }
        Self(hash.finalize().into())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

/// The identity of an imported row (`import_hash`): the same external id of the same kind from the
/// same source system is the same row, whatever it says today.
pub fn import_hash(kind: &str, source_system: &str, external_id: &str) -> Digest {
    Digest::of([kind, source_system, external_id])
}

/// What a row says, by column name: equal fingerprints mean that there is nothing to do. Order of
/// columns, blank columns, spaces around a value and decomposed accents make no difference.
pub fn fingerprint<'c, 'v>(values: impl IntoIterator<Item = (&'c str, &'v str)>) -> Digest {
    let mut said: Vec<_> = values
        .into_iter()
        .map(|(column, value)| (column, tidy(value)))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    said.sort_unstable();
    Digest::of(said.iter().flat_map(|(column, value)| [*column, value.as_ref()]))
}

#[cfg(test)]
mod tests {
    use super::{fingerprint, import_hash};

    #[test]
    fn an_import_hash_tells_kind_source_and_id_apart() {
        let mine = import_hash("users", "district", "7");
        assert_eq!(mine, import_hash("users", "district", "7"));
        assert_ne!(mine, import_hash("users", "district7", ""));
        assert_ne!(mine, import_hash("classes", "district", "7"));
        assert_ne!(mine, import_hash("users", "elsewhere", "7"));
        assert_eq!(mine.to_string().len(), 64);
    }

    #[test]
    fn a_fingerprint_ignores_order_blanks_and_spelling_of_accents() {
        let first = fingerprint([("name", "Zo\u{e9}"), ("grade", "09"), ("sms", "")]);
        let again = fingerprint([("grade", " 09 "), ("name", "Zoe\u{301}")]);
        assert_eq!(first, again);
        assert_ne!(first, fingerprint([("name", "09"), ("grade", "Zo\u{e9}")]));
    }
}
