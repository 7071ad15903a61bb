//! Words as people type them, and as the database keeps them.

use unicode_normalization::UnicodeNormalization;

/// One line of text fit to be kept: composed, trimmed, without control or invisible format characters that would hide in it.
///
/// # Errors
/// A sentence for the field when something in it cannot be kept, or when it is longer than `max` characters.
pub fn line(typed: &str, max: usize) -> Result<String, String> {
    let line: String = typed.trim().nfc().collect();
    if line.chars().any(char::is_control) {
        return Err("This holds a character that cannot be kept, such as a line break. Type it again.".into());
    }
    if line.chars().count() > max {
        return Err(format!("At most {max} characters."));
    }
    Ok(line)
}

/// An e-mail address as two spellings of it share: NFKC, lower case, no spaces around.
#[must_use]
pub fn canonical_email(typed: &str) -> String {
    typed.trim().nfkc().collect::<String>().to_lowercase().nfkc().collect()
}

/// The initials that stand in for a picture: the first letters of the called and the family name.
#[must_use]
pub fn initials(first: &str, last: &str) -> String {
    [first, last]
        .iter()
        .filter_map(|name| name.chars().find(|letter| letter.is_alphabetic()))
        .flat_map(char::to_uppercase)
        .collect()
}
