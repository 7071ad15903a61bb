//! Text as it is kept: composed, trimmed, without control characters.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// How much of a wrong value a message repeats, in characters.
const SHOWN: usize = 80;

/// What a spreadsheet would compute instead of showing it.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// `text` trimmed and in Unicode's composed form (NFC), so that equal names are equal bytes.
pub fn tidy(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if text.is_ascii() || is_nfc(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// The first control character in `text`, line breaks among them.
pub fn control_character(text: &str) -> Option<char> {
    text.chars().find(|letter| letter.is_control())
}

/// `text` as a message may repeat it: short, and safe to store and to print.
pub fn quotable(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).map(visible).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

/// One line of at most `max` characters without control characters; `None` when nothing is left.
pub fn cut(text: &str, max: usize) -> Option<String> {
    let clean: String = text.chars().filter(|letter| !letter.is_control()).collect();
    let short: String = tidy(&clean).chars().take(max).collect();
    Some(short.trim().to_owned()).filter(|line| !line.is_empty())
}

/// A cell as it was typed, without the quotation mark that keeps a spreadsheet from computing it.
pub fn typed(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(FORMULA)).unwrap_or(cell)
}

fn visible(letter: char) -> char {
    if letter.is_control() { '\u{fffd}' } else { letter }
}

#[cfg(test)]
mod tests {
    use super::{quotable, tidy};

    #[test]
    fn a_name_typed_with_a_combining_accent_equals_the_composed_one() {
        assert_eq!(tidy(" Zoe\u{301} "), "Zo\u{e9}");
    }

    #[test]
    fn a_message_never_repeats_a_nul_or_a_whole_novel() {
        assert_eq!(quotable("a\0b"), "a\u{fffd}b");
        assert_eq!(quotable(&"x".repeat(500)).chars().count(), 81);
    }
}
