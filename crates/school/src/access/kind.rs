//! Of what a look at children's records is, or by what somebody came in.

/// What of a child was looked at, or by what somebody came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Names with class, grade or number.
    Names,
    /// Particulars, places and changes of them.
    Student,
    /// Marks, days and what they add up to.
    Attendance,
    /// Whom to call, and their numbers.
    Guardians,
    /// Who is kept from a child.
    Restrictions,
    /// What was done about absence.
    FollowUp,
    /// Rows of a roster that another system sent.
    Import,
    /// Everything at once, given out of the school.
    File,
    /// This record itself.
    Log,
    /// A password: typed, or changed.
    Password,
    /// Wrong guesses that somebody has to wait after.
    Wait,
    /// A code of the second factor, typed.
    Code,
    /// The second factor: set up, or taken away, and its codes on paper.
    SecondFactor,
    /// The address that somebody signs in with.
    Address,
    /// What keeps a browser signed in.
    Renewal,
    /// Sessions in other browsers, ended by whose they were.
    Sessions,
    /// A visit of platform staff: begun, or left.
    Visit,
    /// Sign-on at the school's provider.
    SignOn,
    /// A link by mail that opens nothing any more.
    Link,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 19] = [
        Self::Names,
        Self::Student,
        Self::Attendance,
        Self::Guardians,
        Self::Restrictions,
        Self::FollowUp,
        Self::Import,
        Self::File,
        Self::Log,
        Self::Password,
        Self::Wait,
        Self::Code,
        Self::SecondFactor,
        Self::Address,
        Self::Renewal,
        Self::Sessions,
        Self::Visit,
        Self::SignOn,
        Self::Link,
    ];

    /// The word in the database and in addresses.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Names => "names",
            Self::Student => "student",
            Self::Attendance => "attendance",
            Self::Guardians => "guardians",
            Self::Restrictions => "restrictions",
            Self::FollowUp => "follow_up",
            Self::Import => "import",
            Self::File => "file",
            Self::Log => "log",
            Self::Password => "password",
            Self::Wait => "wait",
            Self::Code => "code",
            Self::SecondFactor => "second_factor",
            Self::Address => "address",
            Self::Renewal => "renewal",
            Self::Sessions => "sessions",
            Self::Visit => "visit",
            Self::SignOn => "sign_on",
            Self::Link => "link",
        }
    }

    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Names => "Names and classes",
            Self::Student => "Particulars",
            Self::Attendance => "Attendance",
            Self::Guardians => "Guardians and numbers",
            Self::Restrictions => "Who is kept away",
            Self::FollowUp => "Absence follow-up",
            Self::Import => "Rows of an import",
            Self::File => "Complete file",
            Self::Log => "This record",
            Self::Password => "Password",
            Self::Wait => "Too soon after wrong guesses",
            Self::Code => "Code of the second factor",
            Self::SecondFactor => "Second factor",
            Self::Address => "Address",
            Self::Renewal => "A sign-in used from two places",
            Self::Sessions => "Sessions ended by whose they were",
            Self::Visit => "A visit of platform staff",
            Self::SignOn => "Sign-on with the school’s account",
            Self::Link => "A link that opens nothing any more",
        }
    }

    /// The kind that a word names.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Whether a look counts though nobody can say of whom.
    pub(crate) fn stands_alone(self) -> bool {
        matches!(self, Self::Import | Self::Log)
    }

    /// Whether it tells of a family, so that each look counts.
    pub(crate) fn is_sensitive(self) -> bool {
        self.class() >= 3
    }

    /// How much it tells of a child: 0 nothing, 1 names and classes, 2 records, 3 family and what is barred.
    #[must_use]
    pub fn class(self) -> i16 {
        match self {
            Self::Log
            | Self::Password
            | Self::Wait
            | Self::Code
            | Self::SecondFactor
            | Self::Address
            | Self::Renewal
            | Self::Sessions
            | Self::Visit
            | Self::SignOn
            | Self::Link => 0,
            Self::Names => 1,
            Self::Student | Self::Attendance => 2,
            Self::Guardians | Self::Restrictions | Self::FollowUp | Self::Import | Self::File => 3,
        }
    }
}
