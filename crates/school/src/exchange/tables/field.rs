//! A field of a plain table: what a column may be.

/// What a column may be, and how it is recognised.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// The name in forms and remembered mappings.
    pub name: &'static str,
    /// What people read.
    pub label: &'static str,
    /// How its values are written.
    pub shape: Shape,
    /// What other systems call it, beside its name: in small letters, words joined by `_`.
    pub(super) synonyms: &'static [&'static str],
}

/// How values are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Anything, checked by its field.
    Text,
    /// A day, in one of three orders.
    Day,
    /// A word of the source's own for one of the school's codes.
    Status,
}

impl Field {
    /// Whether a column of that name is this, by its name alone.
    #[must_use]
    pub fn is_called(&self, column: &str) -> bool {
        let plain = plain(column);
        plain == self.name || plain == self::plain(self.label) || self.synonyms.contains(&&*plain)
    }
}

/// `Student ID`, `studentId` and `STUDENT-ID` alike: `student_id`.
pub(super) fn plain(column: &str) -> String {
    let mut plain = String::new();
    let mut was_small = false;
    for letter in column.chars().filter(|letter| !"'’.".contains(*letter)) {
        let starts_word = !letter.is_alphanumeric() || (was_small && letter.is_uppercase());
        if starts_word && !plain.is_empty() && !plain.ends_with('_') {
            plain.push('_');
        }
        if letter.is_alphanumeric() {
            plain.extend(letter.to_lowercase());
        }
        was_small = letter.is_lowercase();
    }
    plain.truncate(plain.trim_end_matches('_').len());
    plain
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_column_is_recognised_however_its_words_are_joined() {
        for column in ["student_id", "Student ID", "studentId", "STUDENT-ID", " Student  Id. "] {
            assert_eq!(plain(column), "student_id", "{column}");
        }
    }
}
