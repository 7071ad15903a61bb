//! What a plain table may hold.

use super::{
    field::Field,
    kind_fields::{ATTENDANCE, CLASSES, CONTACTS, ENROLLMENTS, STAFF, STUDENTS},
};

/// What the rows of a plain table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A student a row.
    Students,
    /// Whom to call: a contact a row, a contact of a student, or both at once.
    Contacts,
    /// A member of staff a row.
    Staff,
    /// A class a row.
    Classes,
    /// A student in a class a row.
    Enrollments,
    /// A student's mark of a day a row.
    Attendance,
}

impl Kind {
    /// All of them, in the order in which a school brings them in.
    pub const ALL: [Self; 6] =
        [Self::Staff, Self::Classes, Self::Students, Self::Contacts, Self::Enrollments, Self::Attendance];

    /// The word in forms, addresses and the list of imports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
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
            Self::Students => "Students",
            Self::Contacts => "Contacts and guardians",
            Self::Staff => "Staff",
            Self::Classes => "Classes",
            Self::Enrollments => "Who is in which class",
            Self::Attendance => "Attendance",
        }
    }

    /// The kind that a word names, if any.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Everything that a column may be.
    #[must_use]
    pub fn fields(self) -> &'static [Field] {
        match self {
            Self::Students => STUDENTS,
            Self::Contacts => CONTACTS,
            Self::Staff => STAFF,
            Self::Classes => CLASSES,
            Self::Enrollments => ENROLLMENTS,
            Self::Attendance => ATTENDANCE,
        }
    }

    /// What a table must have: of each group at least one.
    #[must_use]
    pub fn needs(self) -> &'static [&'static [&'static str]] {
        match self {
            Self::Students | Self::Staff => &[&["number"], &["first_name"], &["last_name"]],
            Self::Contacts => &[&["key", "student"], &["full_name", "last_name", "student"]],
            Self::Classes => &[&["key"], &["name", "subject"]],
            Self::Enrollments => &[&["student"], &["class"]],
            Self::Attendance => &[&["student"], &["day"], &["status"]],
        }
    }

    /// The fields that tell a row from every other: two that agree in all of them are about the same.
    pub(super) fn tells_apart(self) -> &'static [&'static str] {
        match self {
            Self::Students | Self::Staff => &["number"],
            Self::Contacts => &["key", "full_name", "first_name", "last_name", "student"],
            Self::Classes => &["key"],
            Self::Enrollments => &["student", "class", "from"],
            Self::Attendance => &["student", "day", "class"],
        }
    }

    /// Whether every row lies at a campus, which the table or whoever sends it says.
    #[must_use]
    pub fn has_campus(self) -> bool {
        matches!(self, Self::Students | Self::Staff | Self::Classes)
    }

    /// Whether every row belongs to a school year, which whoever sends it says.
    #[must_use]
    pub fn has_year(self) -> bool {
        matches!(self, Self::Students | Self::Classes)
    }

    /// Whether what is missing from a whole list can be said to have ended.
    #[must_use]
    pub fn can_be_whole(self) -> bool {
        self != Self::Attendance
    }

    /// Steps in which a table of this kind comes in.
    pub(super) fn steps(self) -> i32 {
        match self {
            Self::Staff | Self::Enrollments => 1,
            Self::Contacts => 2,
            Self::Students | Self::Attendance => 4,
            Self::Classes => 5,
        }
    }

    /// The field of that name.
    #[must_use]
    pub fn field(self, name: &str) -> Option<&'static Field> {
        self.fields().iter().find(|field| field.name == name)
    }
}
