//! A role as it is given to somebody: which one, and where.

use std::collections::BTreeSet;

use diesel::prelude::*;
use schema::users;
use uuid::Uuid;

use super::{account::Account, authority::administer, own_role::Role};
use crate::{
    academics::campus::Campus,
    db::Db,
    error::{Error, Result},
    permit::{Permission, UpdateUsers},
    reach::Reach,
};

/// What whoever is at work may give somebody, for a form to offer.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The roles, and the one that is held already.
    pub roles: Vec<Role>,
    /// The campuses in reach, and those to which the role is bound that is held.
    pub campuses: Vec<Campus>,
    /// Whether a role is given at campuses only, since whoever gives it reaches no further.
    pub is_limited: bool,
}

impl Offer {
    /// What may be given to whom this account belongs, or to somebody who has none yet.
    pub fn to(account: Option<&Account>, db: &mut Db<'_, impl Permission>) -> Result<Self> {
        let mut campuses = Campus::within_reach(db)?;
        let reached: Vec<Uuid> = campuses.iter().map(|campus| campus.id).collect();
        let mut roles = Role::assignable(&reached, db)?;
        if let Some(account) = account {
            let bound = account.campuses();
            let is_held = |one: &Campus| bound.contains(&one.id) && !reached.contains(&one.id);
            campuses.extend(Campus::known(db)?.into_iter().filter(is_held));
            let held = Role::named(db)?.into_iter().find(|one| Some(one.id) == account.role_id);
            roles.extend(held.filter(|held| roles.iter().all(|one| one.id != held.id)));
        }
        Ok(Self { roles, campuses, is_limited: db.reach() != Reach::Organization })
    }

    /// The campus that goes without saying: the only one, where roles are given at campuses only.
    #[must_use]
    pub fn only_campus(&self) -> Option<Uuid> {
        match &self.campuses[..] {
            [only] if self.is_limited => Some(only.id),
            _ => None,
        }
    }
}

/// A role as it is given: which one, and where.
#[derive(Clone, Debug, Default)]
pub struct GivenRole {
    /// The role; none yet.
    pub role: Option<Uuid>,
    /// The campuses to which it is bound; none: as far as the role says.
    pub campuses: Vec<Uuid>,
}

impl GivenRole {
    /// Refuses a role or campus that there is not, but for campuses that are `held`, and one that is bound to none by whoever
    /// is limited to campuses; whether it may be given is looked at once it is.
    pub(super) fn check<P: Permission>(&self, held: &[Uuid], db: &mut Db<'_, P>) -> Result<()> {
        if let Some(role) = self.role
            && !Role::named(db)?.iter().any(|one| one.id == role)
        {
            return Err(Error::invalid("role_id", "Choose one from the list."));
        }
        let new: Vec<Uuid> = self.campuses.iter().copied().filter(|one| !held.contains(one)).collect();
        check_campuses(&new, db)?;
        if self.role.is_some() && self.campuses.is_empty() && db.reach() != Reach::Organization {
            return Err(Error::invalid("campus", "Tick at least one: you give roles at your campuses only."));
        }
        Ok(())
    }

    /// The campuses to which it is bound; no role is bound to none.
    pub(super) fn bound_to(&self) -> &[Uuid] {
        if self.role.is_some() { &self.campuses } else { &[] }
    }

    fn is_held_by(&self, account: &Account) -> bool {
        let held: BTreeSet<Uuid> = account.campuses().into_iter().collect();
        account.role_id == self.role && held == self.bound_to().iter().copied().collect()
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
    /// Gives somebody another role, or none, bound to campuses or as far as it says, and answers whether that is another
    /// than they had. What they have may stay though it could not be given.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `role_id` and `campus` when they are not offered, [`Error::NotFound`] out of reach,
    /// [`Error::Forbidden`] for one's own account, or one that opens more before or after; [`Error::Conflict`] for the last
    /// administrator.
    pub fn give_role(id: Uuid, given: &GivenRole, db: &mut Db<'_, UpdateUsers>) -> Result<bool> {
        administer(id, db, |account, db| {
            if given.is_held_by(account) {
                return Ok(false);
            }
            given.check(&account.campuses(), db)?;
            diesel::update(users::table.find(id))
                .set((users::role_id.eq(given.role), users::role_campus_ids.eq(given.bound_to())))
                .execute(db.conn())?;
            Ok(true)
        })
    }
}
