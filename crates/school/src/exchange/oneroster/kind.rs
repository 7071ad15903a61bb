//! The seven files that make a roster, and their columns.

/// A file of the standard that Belfry reads, in the order in which rows depend on one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    Orgs,
    AcademicSessions,
    Courses,
    Classes,
    Users,
    Enrollments,
    Demographics,
}

impl Kind {
    pub const ALL: [Self; 7] = [
        Self::Orgs,
        Self::AcademicSessions,
        Self::Courses,
        Self::Classes,
        Self::Users,
        Self::Enrollments,
        Self::Demographics,
    ];

    /// `users`, as the manifest and the import hash name it.
    pub fn name(self) -> &'static str {
        self.file().trim_end_matches(".csv")
    }

    pub fn file(self) -> &'static str {
        match self {
            Self::Orgs => "orgs.csv",
            Self::AcademicSessions => "academicSessions.csv",
            Self::Courses => "courses.csv",
            Self::Classes => "classes.csv",
            Self::Users => "users.csv",
            Self::Enrollments => "enrollments.csv",
            Self::Demographics => "demographics.csv",
        }
    }

    /// One row of it, for a sentence.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Orgs => "org",
            Self::AcademicSessions => "academic session",
            Self::Courses => "course",
            Self::Classes => "class",
            Self::Users => "user",
            Self::Enrollments => "enrollment",
            Self::Demographics => "demographics row",
        }
    }

    /// Without it there is no roster at all.
    pub(super) fn is_essential(self) -> bool {
        matches!(self, Self::Orgs | Self::AcademicSessions | Self::Users)
    }

    /// The columns that are read; any other is ignored, `password` and `metadata.*` among them.
    pub(super) fn columns(self) -> impl Iterator<Item = &'static str> {
        let columns = match self {
            Self::Orgs => "sourcedId status name type identifier parentSourcedId",
            Self::AcademicSessions => {
                "sourcedId status title type startDate endDate parentSourcedId schoolYear"
            }
            Self::Courses => "sourcedId status title courseCode grades orgSourcedId subjects",
            Self::Classes => {
                "sourcedId status title grades courseSourcedId classCode classType location \
                 schoolSourcedId termSourcedIds subjects periods"
            }
            Self::Users => {
                "sourcedId status enabledUser orgSourcedIds role username givenName familyName \
                 middleName identifier email sms phone agentSourcedIds grades"
            }
            Self::Enrollments => {
                "sourcedId status classSourcedId schoolSourcedId userSourcedId role primary \
                 beginDate endDate"
            }
            Self::Demographics => "sourcedId status birthDate sex",
        };
        columns.split_whitespace()
    }

    /// The columns without which the file cannot be read.
    pub(super) fn required_columns(self) -> impl Iterator<Item = &'static str> {
        let columns = match self {
            Self::Orgs => "sourcedId name type",
            Self::AcademicSessions => "sourcedId title type startDate endDate",
            Self::Courses => "sourcedId title",
            Self::Classes => "sourcedId title schoolSourcedId termSourcedIds",
            Self::Users => "sourcedId orgSourcedIds role givenName familyName",
            Self::Enrollments => "sourcedId classSourcedId userSourcedId role",
            Self::Demographics => "sourcedId",
        };
        columns.split_whitespace()
    }

    /// What OneRoster 1.0 and real exports call a column, beside differences of case.
    pub(super) fn alias(self, name: &str) -> Option<&'static str> {
        match (self, name) {
            (Self::Courses | Self::Classes | Self::Users, "grade") => Some("grades"),
            (Self::Classes, "termsourcedid" | "termid") => Some("termSourcedIds"),
            (Self::Users, "orgsourcedid") => Some("orgSourcedIds"),
            (Self::Users, "agents" | "agentsourcedid") => Some("agentSourcedIds"),
            (Self::Demographics, "usersourcedid") => Some("sourcedId"),
            _ => None,
        }
    }
}
