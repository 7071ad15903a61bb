//! The invitation of an organization's first administrator, as long as nobody of it has come in: its address can be mended.

use diesel::{PgConnection, prelude::*};
use schema::users;
use uuid::Uuid;

use super::Lobby;
use crate::{
    access::{
        email::Email,
        mail::{self, Asked},
        organization_change::Organization,
        platform::Platform,
        user,
    },
    error::{Error, Result},
    words::MailKind,
};

/// Whoever is to come in first.
#[derive(Clone, Debug)]
pub struct Awaited {
    id: Uuid,
    /// What they are called.
    pub name: String,
    /// Where their invitation went.
    pub email: String,
}

impl Awaited {
    /// Nobody, where there is no account or somebody has come in.
    pub(super) fn of(organization: Uuid, conn: &mut PgConnection) -> Result<Option<Self>> {
        // Whoever came in chose a password, or was sent by a provider.
        let came = users::password_hash.is_not_null().or(users::provider.ne("local"));
        let somebody = users::table.filter(users::organization_id.eq(organization)).filter(came);
        if diesel::select(diesel::dsl::exists(somebody)).get_result(conn)? {
            return Ok(None);
        }
        let first: Option<(Uuid, String, String, String)> = users::table
            .filter(users::organization_id.eq(organization))
            .filter(users::deleted_at.is_null())
            .select((users::id, users::first_name, users::last_name, users::email))
            .order((users::created_at, users::id))
            .first(conn)
            .optional()?;
        Ok(first.map(|(id, first, last, email)| Self { id, name: format!("{first} {last}"), email }))
    }
}

impl Lobby {
    /// Sends the first administrator's invitation once more, to the address as it is written now; the links before it open
    /// nothing any more.
    ///
    /// # Errors
    /// [`Error::Conflict`] once somebody of the organization has come in, or while it is suspended; [`Error::Invalid`] for
    /// `email` that somebody else signs in with.
    pub fn invite_first(&self, who: &Platform, id: Uuid, email: &Email, request_ip: &str) -> Result<()> {
        let now = self.database.clock().now();
        self.for_platform(who, |conn| {
            let place = Organization::held(id, conn)?;
            if place.is_suspended() {
                return Err(Error::Conflict(format!("{} is suspended.", place.name)));
            }
            let Some(first) = Awaited::of(id, conn)? else {
                return Err(Error::Conflict(
                    "Somebody of it has come in already, and invites the others.".into(),
                ));
            };
            if first.email != email.typed() {
                diesel::update(users::table.find(first.id))
                    .set((users::email.eq(email.typed()), users::email_canonical.eq(email.canonical())))
                    .execute(conn)
                    .map_err(user::taken)?;
            }
            let asked = Asked { address: email.typed(), request_ip, now };
            mail::leave(MailKind::Invitation, Some(first.id), asked, conn)?;
            Ok(())
        })?;
        self.says(who, "invited", id);
        Ok(())
    }
}
