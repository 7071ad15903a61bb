//! Links that come by mail and set a password: used once, for a time, and worth nothing once a newer one exists.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{
    PgConnection,
    dsl::{auto_type, exists},
    prelude::*,
};
use schema::{organizations, password_reset_tokens as links, users};
use uuid::Uuid;

use super::{session::Token, user};
use crate::{clock::new_id, error::Result, words::LinkPurpose};

/// How long somebody has who forgot their password.
const FOR_A_RESET: TimeDelta = TimeDelta::minutes(30);
/// How long somebody has who is invited.
const FOR_AN_INVITATION: TimeDelta = TimeDelta::days(7);

impl LinkPurpose {
    /// For how long a link opens.
    #[must_use]
    pub fn lasts(self) -> TimeDelta {
        match self {
            Self::PasswordReset => FOR_A_RESET,
            Self::Invitation => FOR_AN_INVITATION,
        }
    }
}

/// Whom a link belongs to.
#[derive(Clone, Debug, Queryable)]
pub struct Holder {
    pub(crate) id: Uuid,
    /// The address that they sign in with.
    pub email: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// What their organization is called; platform staff have none.
    pub organization: Option<String>,
    /// What the link is for.
    pub purpose: LinkPurpose,
}

impl Holder {
    /// Words that their password must not be made of.
    pub(crate) fn context(&self) -> Vec<&str> {
        let organization = self.organization.iter().flat_map(|name| name.split(' '));
        let address = self.email.split(['@', '.']);
        address.chain([&*self.first_name, &*self.last_name, &*self.email]).chain(organization).collect()
    }
}

/// Makes a link for a user, and takes the worth from those before. Where its mail is tried again the link is the same, and
/// nothing is left to send once it was used or has lost its worth.
pub(crate) fn issue(
    token: Token,
    (user, purpose): (Uuid, LinkPurpose),
    request_ip: &str,
    now: DateTime<Utc>,
    conn: &mut PgConnection,
) -> Result<Option<Token>> {
    let email: String = users::table.find(user).select(users::email_canonical).for_update().first(conn)?;
    let sent_before = links::table.filter(links::token_hash.eq(token.hash()));
    if diesel::select(exists(sent_before)).get_result(conn)? {
        let still_opens = links::table.filter(links::token_hash.eq(token.hash())).filter(is_unused());
        let lasts = links::expires_at.eq(now + purpose.lasts());
        return Ok((diesel::update(still_opens).set(lasts).execute(conn)? == 1).then_some(token));
    }
    invalidate(user, now, conn)?;
    diesel::insert_into(links::table)
        .values((
            links::id.eq(new_id()),
            links::user_id.eq(user),
            links::purpose.eq(purpose),
            links::token_hash.eq(token.hash()),
            links::email_canonical.eq(email),
            links::request_ip.eq(request_ip),
            links::created_at.eq(now),
            links::expires_at.eq(now + purpose.lasts()),
        ))
        .execute(conn)?;
    Ok(Some(token))
}

/// Those that nothing has used up yet.
#[auto_type(no_type_alias)]
fn is_unused() -> _ {
    links::used_at.is_null().and(links::invalidated_at.is_null())
}

/// From now on no link of a user opens anything.
pub(crate) fn invalidate(user: Uuid, now: DateTime<Utc>, conn: &mut PgConnection) -> QueryResult<usize> {
    diesel::update(links::table)
        .filter(links::user_id.eq(user))
        .filter(is_unused())
        .set(links::invalidated_at.eq(now))
        .execute(conn)
}

/// Whom a link belongs to, while it opens something.
pub(crate) fn holder(
    token: &Token,
    now: DateTime<Utc>,
    conn: &mut PgConnection,
) -> QueryResult<Option<Holder>> {
    links::table
        .inner_join(users::table.left_join(organizations::table))
        .filter(links::token_hash.eq(token.hash()))
        .filter(is_unused())
        .filter(links::expires_at.gt(now))
        .filter(links::email_canonical.eq(users::email_canonical))
        .filter(user::may_come_in())
        .select((
            users::id,
            users::email,
            users::first_name,
            users::last_name,
            organizations::name.nullable(),
            links::purpose,
        ))
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
pub(crate) fn take(token: &Token, now: DateTime<Utc>, conn: &mut PgConnection) -> QueryResult<bool> {
    let taken = diesel::update(links::table)
        .filter(links::token_hash.eq(token.hash()))
        .filter(is_unused())
        .filter(links::expires_at.gt(now))
        .set(links::used_at.eq(now))
        .execute(conn)?;
    Ok(taken == 1)
}
