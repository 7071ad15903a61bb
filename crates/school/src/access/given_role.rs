//! A role as it is given to somebody: which one, and where.

use diesel::prelude::*;
use schema::users;
use uuid::Uuid;

use super::{account::Account, authority::administer, own_role::Role};
use crate::{
    academics::campus::Campus,
    db::Db,
    error::{Error, Result},
    permit::{Permission, UpdateUsers},
};

/// A role as it is given: which one, and where.
#[derive(Clone, Debug, Default)]
pub struct GivenRole {
    /// The role; none yet.
    pub role: Option<Uuid>,
    /// The campuses to which it is bound; none: as far as the role says.
    pub campuses: Vec<Uuid>,
}

impl GivenRole {
    /// Refuses a role or campus that there is not; whether it may be given is looked at once it is.
    pub(super) fn check<P: Permission>(&self, db: &mut Db<'_, P>) -> Result<()> {
        if let Some(role) = self.role
            && !Role::named(db)?.iter().any(|one| one.id == role)
        {
            return Err(Error::invalid("role_id", "Choose one from the list."));
        }
        check_campuses(&self.campuses, db)
    }
}

/// Refuses a campus that is not one of the organization's.
pub(super) fn check_campuses<P: Permission>(chosen: &[Uuid], db: &mut Db<'_, P>) -> Result<()> {
    let all = Campus::all(db)?;
    if chosen.iter().all(|campus| all.iter().any(|one| one.id == *campus)) {
        Ok(())
    } else {
        Err(Error::invalid("campus", "Choose from the list."))
    }
}

impl Account {
    /// Gives somebody another role, or none, bound to campuses or as far as it says.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `role_id` and `campus` when they are not offered, [`Error::NotFound`] out of reach,
    /// [`Error::Forbidden`] for one's own account, or one that opens more before or after; [`Error::Conflict`] for the last
    /// administrator.
    pub fn give_role(id: Uuid, given: &GivenRole, db: &mut Db<'_, UpdateUsers>) -> Result<()> {
        given.check(db)?;
        administer(id, db, |_, db| {
            diesel::update(users::table.find(id))
                .set((users::role_id.eq(given.role), users::role_campus_ids.eq(&given.campuses)))
                .execute(db.conn())?;
            Ok(())
        })
    }
}
