//! Whoever works for the platform: in no organization, and in one only on a visit.

use diesel::{PgConnection, prelude::*};
use schema::{roles, users};
use uuid::Uuid;

use super::{held_session, renewal::Opened};
use crate::{
    db::SignedIn,
    error::{Error, Result},
    sql::set_config,
};

/// Somebody who was found to work for the platform; the lobby looks it up again before it changes anything.
#[derive(Clone)]
pub struct Platform(SignedIn);

impl SignedIn {
    /// Proof that this person works for the platform.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for everybody else.
    pub fn of_platform(&self) -> Result<Platform> {
        if self.person.is_of_platform() { Ok(Platform(self.clone())) } else { Err(Error::Forbidden) }
    }
}

impl Platform {
    /// Who this is.
    #[must_use]
    pub fn signed_in(&self) -> &SignedIn {
        &self.0
    }

    /// Gives this browser another token for the same session, which entering or leaving an organization makes another one.
    pub(crate) fn change_token(&self, conn: &mut PgConnection) -> Result<Opened> {
        let session = self.0.person.session.ok_or(Error::SignedOut)?;
        Ok(Opened { session: held_session::change_token(session, conn)?, renewal: None })
    }

    /// Looks up again that they are still signed in and work for the platform, and stays with that until the transaction
    /// ends. What is written in it says by whom.
    pub(crate) fn hold(&self, conn: &mut PgConnection) -> Result<()> {
        held_session::hold(&self.0.person, conn)?;
        let global = roles::table.filter(roles::global_access).select(roles::id.nullable());
        let still: Option<Uuid> = users::table
            .find(self.0.person.id())
            .filter(users::organization_id.is_null())
            .filter(users::disabled_at.is_null())
            .filter(users::deleted_at.is_null())
            .filter(users::role_id.eq_any(global))
            .select(users::id)
            .first(conn)
            .optional()?;
        let user = still.ok_or(Error::Forbidden)?;
        diesel::select(set_config("app.user_id", user.to_string(), true)).execute(conn)?;
        Ok(())
    }
}
