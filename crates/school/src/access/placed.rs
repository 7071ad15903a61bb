//! An import says where people work, and moves nobody's account to where it opens more than whoever imports may.

use std::collections::HashMap;

use diesel::prelude::*;
use schema::staff;
use uuid::Uuid;

use super::authority::Authority;
use crate::{
    db::Db,
    error::{Error, Result},
    permit::Permission,
    words::StaffStatus,
};

/// Somebody with an account: whose, what they are called, where they work and whether.
type Place = (Uuid, String, String, Option<Uuid>, StaffStatus);

/// Where everybody with an account worked before an import, and what whoever imports could do then.
pub(crate) struct Placed {
    everybody: HashMap<Uuid, Place>,
    /// None while a school is set up, and there is nobody to ask.
    own: Option<Authority>,
}

impl Placed {
    pub(crate) fn now<P: Permission>(db: &mut Db<'_, P>) -> Result<Self> {
        let own = db.user().map(|user| Authority::of(user, db)).transpose()?;
        Ok(Self { everybody: places(db)?, own })
    }

    /// Refuses the import if by it an account reaches further, and further than that of whoever imports.
    ///
    /// # Errors
    /// [`Error::Conflict`] with whose account it is.
    pub(crate) fn reach_no_further<P: Permission>(&self, db: &mut Db<'_, P>) -> Result<()> {
        let Some(own) = &self.own else { return Ok(()) };
        for (user, first, last, campus, status) in places(db)?.into_values() {
            let moved = self.everybody.get(&user).filter(|before| (before.3, before.4) != (campus, status));
            let Some((.., home, stood)) = moved else { continue };
            let now = Authority::at(user, campus, db)?;
            let is_within = if *stood == StaffStatus::Left && status != StaffStatus::Left {
                own.covers(&now)
            } else {
                own.covers_what_is_new(&now, &Authority::at(user, *home, db)?)
            };
            if !is_within {
                return Err(Error::Conflict(format!(
                    "By this, {first} {last}’s account would open more than yours does. Ask an administrator to bring it in."
                )));
            }
        }
        Ok(())
    }
}

fn places<P: Permission>(db: &mut Db<'_, P>) -> Result<HashMap<Uuid, Place>> {
    let all: Vec<Place> = staff::table
        .filter(staff::organization_id.eq(db.organization()))
        .filter(staff::deleted_at.is_null())
        .filter(staff::user_id.is_not_null())
        .select((
            staff::user_id.assume_not_null(),
            staff::first_name,
            staff::last_name,
            staff::campus_id,
            staff::status,
        ))
        .load(db.conn())?;
    Ok(all.into_iter().map(|place| (place.0, place)).collect())
}
