//! Words as people type them, and as the database keeps them.

use unicode_normalization::UnicodeNormalization;

/// One line of text fit to be kept: composed, trimmed, without control or invisible format characters that would hide in
/// it. Empty where there is nothing to see. Joiners and direction marks stay, since several scripts are written with them.
///
/// # Errors
/// A sentence for the field when something in it cannot be kept, or when it is longer than `max` characters.
pub fn line(typed: &str, max: usize) -> Result<String, String> {
    let line: String = typed.trim().nfc().collect();
    if line.chars().any(char::is_control) {
        return Err("This holds a character that cannot be kept, such as a line break. Type it again.".into());
    }
    if line.chars().any(is_hidden) {
        return Err("Take out the invisible characters.".into());
    }
    if line.chars().count() > max {
        return Err(format!("At most {max} characters."));
    }
    Ok(if line.chars().all(is_blank) { String::new() } else { line })
}

/// Several lines of text fit to be kept: each as [`line()`] keeps one, broken by `\n`, without empty lines at either end.
///
/// # Errors
/// As [`line()`], with `max` for the whole.
pub fn lines(typed: &str, max: usize) -> Result<String, String> {
    let lines: Result<Vec<String>, String> =
        typed.lines().map(|one| line(&one.replace('\t', " "), usize::MAX)).collect();
    let text = lines?.join("\n").trim_matches('\n').to_owned();
    if text.chars().count() > max { Err(format!("At most {max} characters.")) } else { Ok(text) }
}

/// Format characters that no name is written with: soft hyphens, zero-width spaces, direction overrides, tags.
fn is_hidden(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0001}' | '\u{e0020}'..='\u{e007f}'
    )
}

/// Joiners and direction marks: right inside a word, nothing by themselves.
pub(crate) fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{61c}' | '\u{200c}'..='\u{200f}')
}

/// What shows nothing by itself: spaces, marks, selectors, and letters that are drawn empty.
fn is_blank(letter: char) -> bool {
    let empty = matches!(
        letter,
        '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}'
    );
    empty || letter.is_whitespace() || is_mark(letter)
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

#[cfg(test)]
mod tests {
    use super::{canonical_email, line};

    #[test]
    fn one_address_is_the_same_in_whatever_letters_it_is_typed_t33() {
        for (one, other) in [
            ("rosa@belfry.example", "  ROSA@Belfry.Example "),
            ("rosé@belfry.example", "rose\u{301}@belfry.example"),
            ("k@belfry.example", "\u{212a}@belfry.example"),
            ("rosa@belfry.example", "\u{ff32}\u{ff4f}sa@belfry.example"),
        ] {
            assert_eq!(canonical_email(one), canonical_email(other), "{other}");
        }
    }

    #[test]
    fn a_dotted_capital_i_is_not_an_i_t33() {
        assert_ne!(canonical_email("\u{130}nes@belfry.example"), canonical_email("ines@belfry.example"));
        assert_eq!(
            canonical_email("\u{130}nes@belfry.example"),
            canonical_email("i\u{307}nes@belfry.example")
        );
    }

    #[test]
    fn nobody_can_hide_a_character_in_a_name() {
        for hidden in
            "\u{ad}\u{200b}\u{2060}\u{2064}\u{202a}\u{202e}\u{2066}\u{2069}\u{feff}\u{e0041}".chars()
        {
            let refused = line(&format!("Am{hidden}al"), 100);
            assert_eq!(
                refused.as_deref(),
                Err(&"Take out the invisible characters.".to_owned()),
                "{hidden:?}"
            );
        }
    }

    #[test]
    fn whoever_types_only_what_shows_nothing_typed_nothing() {
        for nothing in
            ["\u{200c}", " \u{200f} ", "\u{3164}", "\u{2800}\u{2800}", "\u{a0}", "\u{200d}\u{fe0f}"]
        {
            assert_eq!(line(nothing, 100).as_deref(), Ok(""), "{nothing:?}");
        }
    }

    #[test]
    fn a_persian_name_keeps_its_joiner_and_a_family_its_emoji() {
        for name in ["علی\u{200c}رضا", "שלום\u{200e} 4", "👩\u{200d}👧", "❤\u{fe0f}"] {
            assert_eq!(line(name, 100).as_deref(), Ok(name));
        }
    }
}
