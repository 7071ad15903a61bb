//! Whoever works for the platform: in no organization, and in one only on a visit.

use diesel::{PgConnection, prelude::*};
use schema::{roles, users};
use uuid::Uuid;

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

    /// Looks up again that they still work for the platform, and stays with that until the transaction ends. What is
    /// written in it says by whom.
    pub(crate) fn hold(&self, conn: &mut PgConnection) -> Result<()> {
        let global = roles::table.filter(roles::global_access).select(roles::id.nullable());
        let still: Option<Uuid> = users::table
            .find(self.0.person.id())
            .filter(users::organization_id.is_null())
            .filter(users::disabled_at.is_null())
            .filter(users::deleted_at.is_null())
            .filter(users::role_id.eq_any(global))
            .select(users::id)
            .for_share()
            .first(conn)
            .optional()?;
        let user = still.ok_or(Error::Forbidden)?;
        diesel::select(set_config("app.user_id", user.to_string(), true)).execute(conn)?;
        Ok(())
    }
}
