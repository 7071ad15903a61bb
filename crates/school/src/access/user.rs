//! Users: accounts, each of one person in one organization.

use chrono::{DateTime, Utc};
use diesel::{PgConnection, dsl::auto_type, prelude::*};
use schema::{organizations, users};
use serde_json::Value;
use uuid::Uuid;

use super::{email::Email, guess, past_password};
use crate::{
    clock::new_id,
    error::{Error, Result},
    sql::tell_of_account,
};

/// An account to be made.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// What they sign in with.
    pub email: Email,
    /// Their first name.
    pub first_name: String,
    /// Their last name.
    pub last_name: String,
    /// A kept password (PHC); none for one who cannot sign in yet.
    pub password_hash: Option<String>,
}

/// What sign-in needs to know of an account.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = users)]
pub(crate) struct Credentials {
    pub(crate) id: Uuid,
    #[diesel(column_name = organization_id)]
    pub(crate) organization: Option<Uuid>,
    pub(crate) epoch: i32,
    pub(crate) password_hash: Option<String>,
    #[diesel(column_name = failed_login_attempts)]
    guesses: i32,
    locked_until: Option<DateTime<Utc>>,
    second_factor_at: Option<DateTime<Utc>>,
}

impl Credentials {
    /// The seconds to wait after wrong guesses, if any.
    pub(crate) fn wait(&self, now: DateTime<Utc>) -> Option<u64> {
        guess::left(self.locked_until, self.guesses, now)
    }

    /// Whether a code is asked for, too.
    pub(crate) fn has_second_factor(&self) -> bool {
        self.second_factor_at.is_some()
    }

    /// Whether so many guesses were made that no person made them.
    pub(crate) fn is_besieged(&self) -> bool {
        self.guesses >= guess::SIEGE
    }
}

/// Makes an account with a role.
pub(crate) fn create(
    new: &NewUser,
    organization: Option<Uuid>,
    role: Option<Uuid>,
    now: DateTime<Utc>,
    conn: &mut PgConnection,
) -> Result<Uuid> {
    let id = new_id();
    diesel::insert_into(users::table)
        .values((
            users::id.eq(id),
            users::organization_id.eq(organization),
            users::role_id.eq(role),
            users::first_name.eq(&new.first_name),
            users::last_name.eq(&new.last_name),
            users::email.eq(new.email.typed()),
            users::email_canonical.eq(new.email.canonical()),
            users::password_hash.eq(&new.password_hash),
        ))
        .execute(conn)
        .map_err(taken)?;
    if let Some(hash) = &new.password_hash {
        past_password::keep(id, hash, now, conn)?;
    }
    Ok(id)
}

/// Those for whom there is a way in: neither they nor their organization are shut out, and they have not left.
#[auto_type(no_type_alias)]
pub(super) fn may_come_in() -> _ {
    users::deleted_at
        .is_null()
        .and(users::disabled_at.is_null())
        .and(users::left_at.is_null())
        .and(organizations::suspended_at.is_null())
        .and(organizations::deleted_at.is_null())
}

/// Whether nobody has an address, whoever may sign in with it.
pub(crate) fn is_free(email: &str, conn: &mut PgConnection) -> QueryResult<bool> {
    let taken = users::table.filter(users::email_canonical.eq(email)).filter(users::deleted_at.is_null());
    Ok(!diesel::select(diesel::dsl::exists(taken)).get_result::<bool>(conn)?)
}

/// Somebody's account, if they may sign in with it.
pub(crate) fn credentials_of(id: Uuid, conn: &mut PgConnection) -> QueryResult<Option<Credentials>> {
    users::table
        .left_join(organizations::table)
        .filter(users::id.eq(id))
        .filter(may_come_in())
        .select(Credentials::as_select())
        .first(conn)
        .optional()
}

/// Holds an account until the transaction ends, if it is still as of an epoch: what somebody proved before a password was
/// replaced or an account closed counts no more.
pub(crate) fn hold((id, epoch): (Uuid, i32), conn: &mut PgConnection) -> Result<()> {
    let as_proved = users::table.find(id).filter(users::epoch.eq(epoch));
    let held: Option<Uuid> = as_proved.select(users::id).for_no_key_update().first(conn).optional()?;
    held.map(|_| ()).ok_or(Error::SignedOut)
}

/// The account behind an address, if somebody may sign in with it.
pub(crate) fn credentials(email: &str, conn: &mut PgConnection) -> QueryResult<Option<Credentials>> {
    users::table
        .left_join(organizations::table)
        .filter(users::email_canonical.eq(email))
        .filter(may_come_in())
        .select(Credentials::as_select())
        .first(conn)
        .optional()
}

/// Keeps a new password. Every session ends with it, and so do the wrong guesses at the old one.
pub(crate) fn set_password(
    user: Uuid,
    hash: &str,
    now: DateTime<Utc>,
    conn: &mut PgConnection,
) -> QueryResult<usize> {
    diesel::update(users::table.find(user))
        .set((
            users::password_hash.eq(hash),
            users::password_updated_at.eq(now),
            users::epoch.eq(users::epoch + 1),
            users::failed_login_attempts.eq(0),
            users::locked_until.eq(None::<DateTime<Utc>>),
        ))
        .execute(conn)
}

/// Keeps the same password computed with other work, unless it was changed meanwhile.
pub(crate) fn compute_anew(account: &Credentials, hash: &str, conn: &mut PgConnection) -> QueryResult<usize> {
    let before = account.password_hash.as_deref();
    past_password::compute_anew(account.id, before.unwrap_or_default(), hash, conn)?;
    diesel::update(users::table.find(account.id))
        .filter(users::password_hash.is_not_distinct_from(before))
        .set(users::password_hash.eq(hash))
        .execute(conn)
}

/// Mail to their address has reached them.
pub(crate) fn verify_email(user: Uuid, now: DateTime<Utc>, conn: &mut PgConnection) -> QueryResult<usize> {
    let unproven = users::table.find(user).filter(users::email_verified_at.is_null());
    diesel::update(unproven).set(users::email_verified_at.eq(now)).execute(conn)
}

/// From now on they sign in with another address, which is proved. Every session ends with it.
pub(crate) fn move_to(user: Uuid, email: &Email, now: DateTime<Utc>, conn: &mut PgConnection) -> Result<()> {
    diesel::update(users::table.find(user))
        .set((
            users::email.eq(email.typed()),
            users::email_canonical.eq(email.canonical()),
            users::email_verified_at.eq(now),
            users::epoch.eq(users::epoch + 1),
        ))
        .execute(conn)
        .map_err(taken)?;
    Ok(())
}

/// Keeps in the history of an account what became of it at the door, by its owner: `done` is `insert` or `update`, `told`
/// holds the columns.
pub(crate) fn tell(user: Uuid, done: &str, told: &Value, conn: &mut PgConnection) -> QueryResult<bool> {
    diesel::select(tell_of_account(user, done, told)).get_result(conn)
}

/// Whether somebody signs in with an address.
pub(crate) fn is_known(email: &str, conn: &mut PgConnection) -> QueryResult<bool> {
    let theirs = users::table.filter(users::email_canonical.eq(email)).filter(users::deleted_at.is_null());
    diesel::select(diesel::dsl::exists(theirs)).get_result(conn)
}

pub(crate) fn taken(error: diesel::result::Error) -> Error {
    Error::from(error).taken("users_email", "email", "Somebody signs in with this address already.")
}

/// They have come in: wrong guesses are forgotten.
pub(crate) fn has_come_in(user: Uuid, conn: &mut PgConnection) -> QueryResult<usize> {
    diesel::update(users::table.find(user))
        .set((
            users::failed_login_attempts.eq(0),
            users::locked_until.eq(None::<DateTime<Utc>>),
            users::last_seen_at.eq(diesel::dsl::now),
        ))
        .execute(conn)
}
