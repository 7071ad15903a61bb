//! Where staff with accounts work. An account reaches by that what the campus has, where a right of it is bound to campuses,
//! and opens nothing once they have left: so nobody moves one to where it opens more than their own does.

use std::collections::HashMap;

use diesel::{prelude::*, sql_types::Bool};
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

/// Where they worked before a change, and what whoever makes it could do then.
pub(crate) struct Placed {
    /// One member of staff, or everybody.
    of: Option<Uuid>,
    before: HashMap<Uuid, Place>,
    /// None while a school is set up, and there is nobody to ask.
    own: Option<Authority>,
}

/// An account that would reach further, and further than that of whoever made it so.
pub(crate) struct Widened {
    name: String,
    /// The column by which.
    pub(crate) by: &'static str,
}

impl Placed {
    pub(crate) fn now<P: Permission>(of: Option<Uuid>, db: &mut Db<'_, P>) -> Result<Self> {
        let own = db.user().map(|user| Authority::of(user, db)).transpose()?;
        Ok(Self { of, before: places(of, db)?, own })
    }

    /// The first account that reaches further since.
    pub(crate) fn widened<P: Permission>(&self, db: &mut Db<'_, P>) -> Result<Option<Widened>> {
        let Some(own) = &self.own else { return Ok(None) };
        for (user, first, last, campus, status) in places(self.of, db)?.into_values() {
            let moved = self.before.get(&user).filter(|before| (before.3, before.4) != (campus, status));
            let Some((.., home, stood)) = moved else { continue };
            let now = Authority::at(user, campus, db)?;
            let (is_within, by) = if *stood == StaffStatus::Left && status != StaffStatus::Left {
                (own.covers(&now), "status")
            } else {
                (own.covers_what_is_new(&now, &Authority::at(user, *home, db)?), "campus_id")
            };
            if !is_within {
                return Ok(Some(Widened { name: format!("{first} {last}"), by }));
            }
        }
        Ok(None)
    }

    /// Refuses an import by which an account is.
    ///
    /// # Errors
    /// [`Error::Conflict`] with whose account it is.
    pub(crate) fn reach_no_further<P: Permission>(&self, db: &mut Db<'_, P>) -> Result<()> {
        match self.widened(db)? {
            None => Ok(()),
            Some(Widened { name, .. }) => Err(Error::Conflict(format!(
                "By this, {name}’s account would open more than yours does. Ask an administrator to bring it in."
            ))),
        }
    }
}

fn places<P: Permission>(of: Option<Uuid>, db: &mut Db<'_, P>) -> Result<HashMap<Uuid, Place>> {
    let all: Vec<Place> = staff::table
        .filter(staff::organization_id.eq(db.organization()))
        .filter(of.is_none().into_sql::<Bool>().or(staff::id.nullable().eq(of).assume_not_null()))
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
