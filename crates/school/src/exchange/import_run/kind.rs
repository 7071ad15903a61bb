//! What a file that comes in is: a roster of another system, or one table.

/// What an import brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ImportKind {
    /// A OneRoster 1.1 export, whole.
    Oneroster,
    /// A table of students.
    Students,
    /// A table of whom to call.
    Contacts,
    /// A table of members of staff.
    Staff,
    /// A table of classes.
    Classes,
    /// A table of who is in which class.
    Enrollments,
    /// A table of attendance.
    Attendance,
}

impl ImportKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Oneroster,
        Self::Students,
        Self::Contacts,
        Self::Staff,
        Self::Classes,
        Self::Enrollments,
        Self::Attendance,
    ];
    /// Those that can be uploaded: a whole export, else tables in the order in which a school brings them in.
    pub const OFFERED: &'static [Self] = &[
        Self::Oneroster,
        Self::Staff,
        Self::Classes,
        Self::Students,
        Self::Contacts,
        Self::Enrollments,
        Self::Attendance,
    ];

    /// The word in forms and in the database.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Oneroster => "oneroster",
            Self::Students => "students",
            Self::Contacts => "contacts",
            Self::Staff => "staff",
            Self::Classes => "classes",
            Self::Enrollments => "enrollments",
            Self::Attendance => "attendance",
        }
    }

    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Oneroster => "OneRoster export",
            Self::Students => "Table of students",
            Self::Contacts => "Table of contacts and guardians",
            Self::Staff => "Table of staff",
            Self::Classes => "Table of classes",
            Self::Enrollments => "Table of class rolls",
            Self::Attendance => "Table of attendance",
        }
    }

    /// The kind that `word` names, if any.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Whether its columns are matched with ours before it is rehearsed.
    #[must_use]
    pub fn has_columns(self) -> bool {
        self != Self::Oneroster
    }
}

impl TryFrom<String> for ImportKind {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        Self::named(&word).ok_or_else(|| format!("no import is called {word}"))
    }
}
