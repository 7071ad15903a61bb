//! One's own account, as its owner sees it and changes it.

use chrono::{DateTime, Utc};
use diesel::{PgConnection, prelude::*};
use schema::users;
use uuid::Uuid;

/// The languages that pages are written in: the tag and what people call it.
pub const LANGUAGES: &[(&str, &str)] = &[("en-GB", "English (United Kingdom)")];

/// An account.
#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = users)]
pub struct Account {
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Their own number.
    pub phone_number: Option<String>,
    /// BCP 47 tag, one of [`LANGUAGES`]; none: as the school has it.
    pub locale: Option<String>,
    /// What they sign in with, as typed.
    pub email: String,
    /// Since when it is known that mail to this address reaches them.
    pub email_verified_at: Option<DateTime<Utc>>,
    /// Since when a code is asked for at sign-in, too.
    pub second_factor_at: Option<DateTime<Utc>>,
    /// When an account at the organization's provider was tied to this one.
    pub sign_on_at: Option<DateTime<Utc>>,
    /// Whether they have a password; whoever came by the organization's provider alone has none.
    pub has_password: bool,
    /// When they last chose a password.
    pub password_updated_at: Option<DateTime<Utc>>,
}

impl Account {
    pub(crate) fn of(user: Uuid, conn: &mut PgConnection) -> QueryResult<Self> {
        Self::query().filter(users::id.eq(user)).first(conn)
    }

    /// What they call their language.
    #[must_use]
    pub fn language(&self) -> Option<&'static str> {
        let chosen = self.locale.as_deref()?;
        LANGUAGES.iter().find(|(tag, _)| *tag == chosen).map(|(_, name)| *name)
    }
}

/// What somebody says of themselves.
#[derive(Clone, Debug, AsChangeset)]
#[diesel(table_name = users, treat_none_as_null = true)]
pub struct Particulars {
    /// First name, up to 100 characters.
    pub first_name: String,
    /// Last name, up to 100 characters.
    pub last_name: String,
    /// Their own number, up to 40 characters.
    pub phone_number: Option<String>,
    /// One of [`LANGUAGES`]; none: as the school has it.
    pub locale: Option<String>,
}

impl Particulars {
    pub(crate) fn keep(&self, user: Uuid, conn: &mut PgConnection) -> QueryResult<usize> {
        diesel::update(users::table.find(user)).set(self).execute(conn)
    }
}
