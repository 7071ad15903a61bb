//! Everything that can go wrong while a school works, in the school's words.

use diesel::result::{DatabaseErrorKind, Error as DieselError};

/// Why something was not done. No database text is in any of them.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nobody is signed in, or the session has ended.
    #[error("Please sign in.")]
    SignedOut,
    /// The person holds no permission for this.
    #[error("You may not do this.")]
    Forbidden,
    /// There is no such thing, or none that this person can see.
    #[error("There is nothing here.")]
    NotFound,
    /// Somebody else was faster, or something else holds it; the sentence says what.
    #[error("{0}")]
    Conflict(String),
    /// A value cannot be taken; the message belongs beside the field.
    #[error("{message}")]
    Invalid {
        /// The form field it is about.
        field: &'static str,
        /// What to do about it.
        message: String,
    },
    /// Too much at once; try again after so many seconds.
    #[error("Too many tries. Wait {0} seconds and try again.")]
    TooMany(u64),
    /// The database is away or overloaded.
    #[error("Belfry cannot reach its database just now.")]
    Unavailable,
    /// A fault of ours.
    #[error("Something went wrong.")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// What the domain answers.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// A value refused, with the message for its field.
    pub fn invalid(field: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid { field, message: message.into() }
    }

    /// A fault of ours, with what caused it.
    pub fn internal(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(source.into())
    }

    /// Names the field where a unique key refused the row; other errors pass.
    #[must_use]
    pub fn taken(self, constraint: &str, field: &'static str, message: &str) -> Self {
        match &self {
            Self::Internal(source) => match source.downcast_ref::<DieselError>() {
                Some(DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, info))
                    if info.constraint_name() == Some(constraint) =>
                {
                    Self::invalid(field, message)
                }
                _ => self,
            },
            _ => self,
        }
    }

    /// A value refused where no form is shown again: the message as a sentence of its own.
    #[must_use]
    pub fn in_a_sentence(self) -> Self {
        match self {
            Self::Invalid { message, .. } => Self::Conflict(message),
            other => other,
        }
    }
}

impl From<DieselError> for Error {
    fn from(error: DieselError) -> Self {
        use DatabaseErrorKind::{
            CheckViolation, ClosedConnection, ForeignKeyViolation, SerializationFailure, UnableToSendCommand,
        };
        match error {
            DieselError::NotFound => Self::NotFound,
            DieselError::BrokenTransactionManager => Self::Unavailable,
            // A row of another organization looks the same as none: the composite key does not find it.
            DieselError::DatabaseError(ForeignKeyViolation, _) => Self::NotFound,
            DieselError::DatabaseError(CheckViolation, _) => {
                Self::invalid("", "One of the values cannot be saved as it is.")
            }
            DieselError::DatabaseError(ClosedConnection | UnableToSendCommand | SerializationFailure, _) => {
                Self::Unavailable
            }
            // Waited for a lock or worked for longer than a reader waits; PostgreSQL gives these no kind of their own.
            DieselError::DatabaseError(_, info)
                if info.message().starts_with("canceling statement due to")
                    || info.message() == "deadlock detected" =>
            {
                Self::Unavailable
            }
            other => Self::Internal(other.into()),
        }
    }
}
