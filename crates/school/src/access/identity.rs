//! Who somebody is at the organization's provider, and whose account that opens.

use chrono::{DateTime, Utc};
use diesel::{PgConnection, prelude::*};
use schema::{user_identities as identities, users};
use uuid::Uuid;

use super::{email::Email, identity_provider::Provider, user::NewUser};
use crate::text::line;

/// Who somebody is at a provider, by a token that was checked.
#[derive(Clone, Debug, Default)]
pub struct Identity {
    /// What they are called there for ever.
    pub subject: String,
    /// Their address there.
    pub email: String,
    /// Whether the provider says that it is theirs.
    pub is_verified: bool,
    /// First name; may be empty.
    pub first_name: String,
    /// Family name; may be empty.
    pub last_name: String,
}

impl Identity {
    /// An account for them: what cannot be kept of their name is the address in its place.
    pub(crate) fn newcomer(&self, email: Email) -> NewUser {
        let named = |name: &str| match line(name, 100) {
            Ok(name) if !name.is_empty() => name,
            _ => email.typed().chars().take(100).collect(),
        };
        let (first_name, last_name) = (named(&self.first_name), named(&self.last_name));
        NewUser { email, first_name, last_name, password_hash: None }
    }
}

/// Whose account somebody's identity is tied to.
pub(crate) struct Tie {
    pub(crate) user: Uuid,
    /// Whether that account was deleted: then the identity may be tied to one that was made anew.
    pub(crate) is_of_deleted: bool,
}

/// What somebody's identity is tied to.
pub(crate) fn tied(provider: &Provider, subject: &str, conn: &mut PgConnection) -> QueryResult<Option<Tie>> {
    let found: Option<(Uuid, bool)> = identities::table
        .inner_join(users::table)
        .filter(identities::organization_id.eq(provider.organization_id))
        .filter(identities::issuer.eq(&provider.issuer))
        .filter(identities::subject.eq(subject))
        .select((identities::user_id, users::deleted_at.is_not_null()))
        .first(conn)
        .optional()?;
    Ok(found.map(|(user, is_of_deleted)| Tie { user, is_of_deleted }))
}

/// Takes an identity from an account that was deleted.
pub(crate) fn forget(
    provider: &Provider,
    subject: &str,
    deleted: Uuid,
    conn: &mut PgConnection,
) -> QueryResult<()> {
    let tie = identities::table.find((provider.organization_id, &provider.issuer, subject));
    diesel::delete(tie.filter(identities::user_id.eq(deleted))).execute(conn)?;
    diesel::update(users::table.find(deleted))
        .set(users::sign_on_at.eq(None::<DateTime<Utc>>))
        .execute(conn)?;
    Ok(())
}

/// Ties an identity to an account; false when the account is tied to another one there.
pub(crate) fn tie(
    user: Uuid,
    provider: &Provider,
    subject: &str,
    now: DateTime<Utc>,
    conn: &mut PgConnection,
) -> QueryResult<bool> {
    let tied = diesel::insert_into(identities::table)
        .values((
            identities::organization_id.eq(provider.organization_id),
            identities::user_id.eq(user),
            identities::issuer.eq(&provider.issuer),
            identities::subject.eq(subject),
            identities::tied_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(conn)?;
    diesel::update(users::table.find(user))
        .filter(users::organization_id.eq(provider.organization_id))
        .set((users::provider.eq(provider.kind.word()), (tied == 1).then(|| users::sign_on_at.eq(now))))
        .execute(conn)?;
    Ok(tied == 1)
}
