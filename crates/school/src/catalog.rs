//! The walls as the database has them, looked over at every start: whatever is not as it must be is a complaint.
//!
//! A table belongs to one organization unless it stands on one of the two lists here, so a new one without row-level
//! security is found whoever forgot it.

use std::fmt;

use diesel::{PgConnection, prelude::*, sql_types::Text};

use crate::{
    db::Addresses,
    error::{Error, Result},
    sql,
};

/// Who may come in: read before the organization is known, and closed to the app but for a few columns.
pub(crate) const ACCESS: [&str; 17] = [
    "auth_refresh_tokens",
    "email_verification_tokens",
    "known_devices",
    "organizations",
    "outgoing_mail",
    "password_histories",
    "password_reset_tokens",
    "pending_sign_ins",
    "permissions",
    "recovery_codes",
    "role_permissions",
    "roles",
    "second_factors",
    "sessions",
    "sign_in_failures",
    "user_custom_permissions",
    "users",
];
/// The same for everybody.
pub(crate) const SHARED: [&str; 1] = ["__diesel_schema_migrations"];
/// What may run as its owner, because it looks before an organization is set.
pub(crate) const DEFINERS: [&str; 6] = [
    "ask_for_second_factor",
    "enter_organization",
    "must_prove_twice",
    "permissions_of",
    "person",
    "resume_session",
];
/// Rows that are added and never changed or taken away; they are history and have none.
pub(crate) const APPEND_ONLY: [&str; 2] = ["access_events", "change_events"];

/// Rows that follow from others, whose history is theirs; and jobs, whose history is that of what they changed.
pub(crate) const DERIVED: [&str; 3] = ["attendance_days", "attendance_totals", "jobs"];

/// Something in the database that is not as it must be.
#[derive(Clone, Debug, PartialEq, Eq, QueryableByName)]
pub struct Complaint {
    /// The table, column, function or role.
    #[diesel(sql_type = Text)]
    pub place: String,
    /// What is wrong with it.
    #[diesel(sql_type = Text)]
    pub complaint: String,
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.place, self.complaint)
    }
}

/// Looks over the tables and both roles; nothing to say is how it should be.
///
/// # Errors
/// [`Error::Unavailable`] when the database is away.
pub fn check(addresses: &Addresses) -> Result<Vec<Complaint>> {
    let mut found = role("belfry_app", &mut connect(&addresses.app)?)?;
    let mut lobby = connect(&addresses.lobby)?;
    found.append(&mut role("belfry_lobby", &mut lobby)?);
    found.append(&mut shape(&mut lobby)?);
    Ok(found)
}

/// Looks over tables, keys, policies, triggers, functions and grants, whoever is connected.
///
/// # Errors
/// [`Error::Unavailable`] when the database is away.
pub fn shape(conn: &mut PgConnection) -> Result<Vec<Complaint>> {
    Ok(sql::misshapen(conn)?)
}

fn role(expected: &str, conn: &mut PgConnection) -> Result<Vec<Complaint>> {
    Ok(sql::too_powerful(expected, conn)?)
}

fn connect(address: &str) -> Result<PgConnection> {
    PgConnection::establish(address).map_err(|_| Error::Unavailable)
}
