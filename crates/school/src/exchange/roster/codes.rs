//! Short codes that nobody else has.

use std::collections::HashSet;

/// The codes in use at a place.
pub(in crate::exchange) struct Codes {
    taken: HashSet<String>,
    longest: usize,
}

impl Codes {
    pub(in crate::exchange) fn new(taken: impl IntoIterator<Item = String>, longest: usize) -> Self {
        Self { taken: taken.into_iter().collect(), longest }
    }

    /// `base`, or `base-2` and so on where that is taken; taken from now on.
    pub(in crate::exchange) fn free(&mut self, base: &str) -> String {
        let found =
            (1_u32..).map(|number| self.numbered(base, number)).find(|code| !self.taken.contains(code));
        let code = found.unwrap_or_default();
        self.taken.insert(code.clone());
        code
    }

    fn numbered(&self, base: &str, number: u32) -> String {
        let end = if number == 1 { String::new() } else { format!("-{number}") };
        let room = self.longest.saturating_sub(end.len());
        let start: String = base.chars().take(room).collect();
        format!("{}{end}", start.trim())
    }
}

/// What of `text` may stand in a campus's code: letters, digits, dots, hyphens.
pub(in crate::exchange) fn plain(text: &str) -> String {
    text.chars().filter(|letter| letter.is_ascii_alphanumeric() || "._-".contains(*letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::Codes;

    #[test]
    fn a_code_that_is_taken_gets_a_number() {
        let mut codes = Codes::new(["MATH".to_owned()], 6);
        assert_eq!(codes.free("MATH"), "MATH-2");
        assert_eq!(codes.free("MATH"), "MATH-3");
        assert_eq!(codes.free("HISTORY"), "HISTOR");
        assert_eq!(codes.free("HISTORY"), "HIST-2");
    }
}
