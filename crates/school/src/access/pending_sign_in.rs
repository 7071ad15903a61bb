//! Somebody knew the password and has still to show a code.

use chrono::{DateTime, Utc};
use diesel::{PgConnection, prelude::*};
use schema::{organizations, pending_sign_ins as pending, users};
use uuid::Uuid;

use super::{second_factor::PATIENCE, session::Token, user};
use crate::error::Result;

/// Whose sign-in waits.
#[derive(Clone, Debug, Queryable)]
pub struct Waiting {
    pub(crate) user: Uuid,
    pub(crate) epoch: i32,
    pub(crate) stays: bool,
    /// The address that they sign in with.
    pub email: String,
    /// What their organization is called; platform staff have none.
    pub organization: Option<String>,
    /// Since when a code is asked for; none: they have to set a second factor up first.
    since: Option<DateTime<Utc>>,
}

impl Waiting {
    /// Whether they have to set a second factor up first.
    #[must_use]
    pub fn enrols(&self) -> bool {
        self.since.is_none()
    }

    /// What codes are for.
    pub(crate) fn place(&self) -> &str {
        self.organization.as_deref().unwrap_or("Belfry")
    }
}

/// Keeps that somebody knew the password as of an epoch; theirs that are over are forgotten.
pub(crate) fn begin(
    (user, epoch): (Uuid, i32),
    stays: bool,
    now: DateTime<Utc>,
    conn: &mut PgConnection,
) -> Result<Token> {
    let theirs = pending::table.filter(pending::user_id.eq(user));
    diesel::delete(theirs.filter(pending::expires_at.lt(now))).execute(conn)?;
    let token = Token::random()?;
    diesel::insert_into(pending::table)
        .values((
            pending::token_hash.eq(token.hash()),
            pending::user_id.eq(user),
            pending::epoch.eq(epoch),
            pending::stays.eq(stays),
            pending::created_at.eq(now),
            pending::expires_at.eq(now + PATIENCE),
        ))
        .execute(conn)?;
    Ok(token)
}

/// Whose sign-in a token belongs to, while there is time for it.
pub(crate) fn of(token: &Token, now: DateTime<Utc>, conn: &mut PgConnection) -> QueryResult<Option<Waiting>> {
    pending::table
        .inner_join(users::table.left_join(organizations::table))
        .filter(pending::token_hash.eq(token.hash()))
        .filter(pending::ended_at.is_null())
        .filter(pending::expires_at.gt(now))
        .filter(pending::epoch.eq(users::epoch))
        .filter(user::may_come_in())
        .select((
            users::id,
            users::epoch,
            pending::stays,
            users::email,
            organizations::name.nullable(),
            users::second_factor_at,
        ))
        .first(conn)
        .optional()
}

/// Ends it; of many at once one succeeds.
pub(crate) fn take(token: &Token, now: DateTime<Utc>, conn: &mut PgConnection) -> QueryResult<bool> {
    let taken = diesel::update(pending::table.find(token.hash()))
        .filter(pending::ended_at.is_null())
        .set(pending::ended_at.eq(now))
        .execute(conn)?;
    Ok(taken == 1)
}
