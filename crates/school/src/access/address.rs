//! Links that prove an address: the one that somebody has, or another that becomes theirs. One of a user's opens at a time.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{PgConnection, dsl::auto_type, prelude::*};
use schema::{email_verification_tokens as links, organizations, users};
use uuid::Uuid;

use super::{email::Email, session::Token, user};
use crate::{clock::new_id, error::Result, text::canonical_email};

/// How long somebody has to follow such a link.
pub const LASTS: TimeDelta = TimeDelta::hours(1);

/// What a link proves, and whose it is.
#[derive(Clone, Debug, Queryable)]
pub struct Proof {
    id: Uuid,
    pub(crate) user: Uuid,
    /// The address that it proves, as it was written.
    pub email: String,
    /// The address that they sign in with now.
    pub present: String,
    /// What their organization is called; platform staff have none.
    pub organization: Option<String>,
}

impl Proof {
    /// Whether it gives them another address than they have.
    #[must_use]
    pub fn is_change(&self) -> bool {
        canonical_email(&self.email) != canonical_email(&self.present)
    }
}

/// Keeps that a user wants an address proved. The token is made when its mail is written.
pub(crate) fn ask(
    user: Uuid,
    email: &Email,
    request_ip: &str,
    now: DateTime<Utc>,
    conn: &mut PgConnection,
) -> Result<()> {
    let present: String = users::table.find(user).select(users::email_canonical).for_update().first(conn)?;
    invalidate(user, now, conn)?;
    diesel::insert_into(links::table)
        .values((
            links::id.eq(new_id()),
            links::user_id.eq(user),
            links::email.eq(email.typed()),
            links::present_canonical.eq(present),
            links::request_ip.eq(request_ip),
            links::created_at.eq(now),
            links::expires_at.eq(now + LASTS),
        ))
        .execute(conn)?;
    Ok(())
}

/// Keeps the token of the mail to an address, if the user still waits for it there.
pub(crate) fn write(
    token: Token,
    (user, email): (Uuid, &str),
    now: DateTime<Utc>,
    conn: &mut PgConnection,
) -> Result<Option<Token>> {
    let written = diesel::update(links::table)
        .filter(links::user_id.eq(user))
        .filter(links::email.eq(email))
        .filter(is_unused())
        .set((links::token_hash.eq(token.hash()), links::expires_at.eq(now + LASTS)))
        .execute(conn)?;
    Ok((written == 1).then_some(token))
}

/// Those that nothing has used up yet.
#[auto_type(no_type_alias)]
fn is_unused() -> _ {
    links::used_at.is_null().and(links::invalidated_at.is_null())
}

/// From now on no such link of a user opens anything.
pub(crate) fn invalidate(user: Uuid, now: DateTime<Utc>, conn: &mut PgConnection) -> QueryResult<usize> {
    diesel::update(links::table)
        .filter(links::user_id.eq(user))
        .filter(is_unused())
        .set(links::invalidated_at.eq(now))
        .execute(conn)
}

/// What a link proves, while it opens something.
pub(crate) fn proof(
    token: &Token,
    now: DateTime<Utc>,
    conn: &mut PgConnection,
) -> QueryResult<Option<Proof>> {
    links::table
        .inner_join(users::table.left_join(organizations::table))
        .filter(links::token_hash.eq(token.hash()))
        .filter(is_unused())
        .filter(links::expires_at.gt(now))
        .filter(links::present_canonical.eq(users::email_canonical))
        .filter(user::may_come_in())
        .select((links::id, users::id, links::email, users::email, organizations::name.nullable()))
        .first(conn)
        .optional()
}

/// To whom a link was sent and where they are, whatever became of it.
pub(crate) fn whose(token: &Token, conn: &mut PgConnection) -> QueryResult<Option<(Uuid, Option<Uuid>)>> {
    links::table
        .inner_join(users::table)
        .filter(links::token_hash.eq(token.hash()))
        .select((users::id, users::organization_id))
        .first(conn)
        .optional()
}

/// Uses a link up; of many at once one succeeds.
pub(crate) fn take(proof: &Proof, now: DateTime<Utc>, conn: &mut PgConnection) -> QueryResult<bool> {
    let taken = diesel::update(links::table.find(proof.id))
        .filter(is_unused())
        .set(links::used_at.eq(now))
        .execute(conn)?;
    Ok(taken == 1)
}
