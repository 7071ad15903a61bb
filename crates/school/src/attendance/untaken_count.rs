//! Registers that were due, counted: how many were late or never came.

use super::untaken::{Fate, Overdue};

/// How many registers came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Were due.
    pub due: usize,
    /// Of them late.
    pub late: usize,
    /// Of them never submitted.
    pub missing: usize,
}

/// How the sums stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// By class.
    Class,
    /// By who looks after it.
    Teacher,
    /// By campus.
    Campus,
}

impl By {
    /// Every way.
    pub const ALL: &'static [Self] = &[Self::Class, Self::Teacher, Self::Campus];

    /// The word in addresses.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Class => "class",
            Self::Teacher => "teacher",
            Self::Campus => "campus",
        }
    }

    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Class => "Class",
            Self::Teacher => "Teacher",
            Self::Campus => "Campus",
        }
    }
}

impl Count {
    /// With one more.
    pub(super) fn and(self, one: &Overdue) -> Self {
        Self {
            due: self.due + 1,
            late: self.late + usize::from(matches!(one.fate, Fate::Late(_))),
            missing: self.missing + usize::from(matches!(one.fate, Fate::Begun | Fate::Untaken)),
        }
    }
}
