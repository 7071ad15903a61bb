//! Where staff with accounts work. An account reaches by that what the campus has, where a right of it is bound to campuses,
//! and opens nothing once they have left: so nobody moves one to where it opens more than their own does, nor closes one that
//! opens more, nor the last administrator's.

use std::collections::HashMap;

use diesel::{prelude::*, sql_types::Bool};
use schema::{staff, users};
use uuid::Uuid;

use super::authority::{Authority, does_an_administrator_remain, is_there_an_administrator};
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

    /// The accounts that are closed since, because their member of staff has left: whose, and what they are called.
    fn closed<P: Permission>(&self, db: &mut Db<'_, P>) -> Result<Vec<&Place>> {
        let now = places(self.of, db)?;
        let has_left = |place: &&Place| {
            let now = now.get(&place.0).map(|now| now.4);
            place.4 != StaffStatus::Left && now == Some(StaffStatus::Left)
        };
        let left: Vec<&Place> = self.before.values().filter(has_left).collect();
        let ids: Vec<Uuid> = left.iter().map(|place| place.0).collect();
        let open: Vec<Uuid> = users::table
            .filter(users::organization_id.eq(db.organization()))
            .filter(users::id.eq_any(ids))
            .filter(users::deleted_at.is_null())
            .select(users::id)
            .load(db.conn())?;
        Ok(left.into_iter().filter(|place| open.contains(&place.0)).collect())
    }
}

/// The accounts of a school before its list of staff comes in from elsewhere.
pub(crate) struct BeforeImport {
    placed: Placed,
    was_administered: bool,
}

impl BeforeImport {
    pub(crate) fn now<P: Permission>(db: &mut Db<'_, P>) -> Result<Self> {
        Ok(Self { placed: Placed::now(None, db)?, was_administered: is_there_an_administrator(db)? })
    }

    /// Refuses an import that does to an account what whoever sends it could do on no page.
    ///
    /// # Errors
    /// [`Error::Conflict`] with whose account would open more than theirs does, or be closed though it does; and when no
    /// administrator would remain.
    pub(crate) fn keeps_to_ones_own<P: Permission>(&self, db: &mut Db<'_, P>) -> Result<()> {
        if let Some(Widened { name, .. }) = self.placed.widened(db)? {
            return Err(Error::Conflict(format!(
                "By this, {name}’s account would open more than yours does. Ask an administrator to bring it in."
            )));
        }
        let closed = self.placed.closed(db)?;
        for (user, first, last, home, _) in &closed {
            let theirs = Authority::at(*user, *home, db)?;
            if self.placed.own.as_ref().is_some_and(|own| !own.covers(&theirs)) {
                return Err(Error::Conflict(format!(
                    "By this, {first} {last} would have left, whose account opens more than yours does. Ask an \
                     administrator to bring it in."
                )));
            }
        }
        if closed.is_empty() { Ok(()) } else { does_an_administrator_remain(self.was_administered, db) }
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
