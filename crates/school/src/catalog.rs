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
pub(crate) const ACCESS: [&str; 19] = [
    "auth_refresh_tokens",
    "email_verification_tokens",
    "known_devices",
    "organization_visits",
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
    "user_identities",
    "users",
];
/// The same for everybody.
pub(crate) const SHARED: [&str; 1] = ["__diesel_schema_migrations"];
/// What may run as its owner, because it looks before an organization is set, or keeps what nobody else may write.
pub(crate) const DEFINERS: [&str; 17] = [
    "ask_for_second_factor",
    "ask_whoever_gets_a_role",
    "demand_at_founding",
    "enter_organization",
    "erase_student",
    "forget_second_factor",
    "forget_sign_on",
    "give_codes",
    "identity_provider_at",
    "is_inside",
    "keep_holdings",
    "know_who_left",
    "must_prove_twice",
    "person",
    "resume_session",
    "tell_of_account",
    "void_links",
];
/// Rows that are added and never changed or taken away; they are history and have none.
pub(crate) const APPEND_ONLY: [&str; 4] =
    ["access_event_subjects", "access_events", "change_events", "record_seals"];

/// Rows that follow from others, whose history is theirs; and jobs, mail and what imports remember, whose history is that of
/// what was changed.
pub(crate) const DERIVED: [&str; 5] =
    ["attendance_days", "attendance_totals", "external_ids", "jobs", "outgoing_mail"];

/// What the app may write of who may come in: other people's accounts, roles and grants, and mail about them. Never a
/// password. Table, verb, columns; row-level security keeps each to one organization.
pub(crate) const WRITABLE: [&str; 12] = [
    "organization_visits UPDATE ended_at ended_by_id",
    "outgoing_mail INSERT id organization_id user_id kind address request_ip send_after created_at",
    "role_permissions INSERT role_id permission scope",
    "role_permissions UPDATE scope",
    "role_permissions DELETE",
    "roles INSERT id organization_id name description",
    "roles UPDATE name description deleted_at",
    "user_custom_permissions INSERT user_id permission scope campus_ids",
    "user_custom_permissions UPDATE scope campus_ids",
    "user_custom_permissions DELETE",
    "users INSERT id organization_id role_id role_campus_ids first_name last_name phone_number email email_canonical locale",
    "users UPDATE role_id role_campus_ids first_name last_name phone_number email email_canonical email_verified_at locale \
     disabled_at failed_login_attempts locked_until second_factor_at sign_on_at epoch deleted_at",
];

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
