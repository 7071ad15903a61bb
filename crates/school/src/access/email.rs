//! The address that somebody signs in with.

use validator::ValidateEmail;

use crate::text;

/// An address as typed and as compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email {
    typed: String,
    canonical: String,
}

impl Email {
    /// Reads an address: at most 254 characters (RFC 5321), nothing invisible in it, not even the marks that a name may
    /// have, since two addresses that look the same must be the same.
    ///
    /// # Errors
    /// A sentence for the field.
    pub fn read(typed: &str) -> Result<Self, String> {
        let typed = text::line(typed, 254)?;
        let canonical = text::canonical_email(&typed);
        if canonical.validate_email() && !canonical.chars().any(text::is_mark) {
            Ok(Self { typed, canonical })
        } else {
            Err("Write an e-mail address, such as rosa@school.example.".into())
        }
    }

    /// As the person wrote it; mail goes here.
    #[must_use]
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// What two spellings of one address share.
    #[must_use]
    pub fn canonical(&self) -> &str {
        &self.canonical
    }
}
