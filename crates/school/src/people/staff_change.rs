//! Changing what is written of a member of staff, whose campus and whose leaving mean more than a word on a page.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use schema::{class_staff, staff, users};
use uuid::Uuid;

use super::{
    staff::{NewStaff, number_taken},
    staff_member::{Member, check_campus},
};
use crate::{
    access::{
        authority::{is_within_ones_own, keeping_an_administrator},
        placed::Placed,
    },
    db::Db,
    edit::{Edit, author},
    error::{Error, Result},
    permit::UpdateStaff,
    words::StaffStatus,
};

impl Member {
    /// Changes what is written of them, unless somebody else did since it was `seen`.
    ///
    /// # Errors
    /// As [`Member::hire`], and [`Error::NotFound`] out of reach; [`Error::Invalid`] for `campus_id` where an account
    /// would open more by it than one's own does, and for `status` where one that does would be closed.
    pub fn change(
        id: Uuid,
        new: &NewStaff,
        seen: DateTime<Utc>,
        db: &mut Db<'_, UpdateStaff>,
    ) -> Result<Edit<Self>> {
        let row = staff::table.find((db.organization(), id));
        Self::of(id, db)?;
        let _: Uuid = row.select(staff::id).for_update().first(db.conn())?;
        let now = Self::of(id, db)?;
        if now.updated_at != seen {
            let by = author(now.updated_by_id, db)?;
            let now = Box::new(now);
            return Ok(Edit::Stale { now, by });
        }
        check_campus(new, db)?;
        if new.status == StaffStatus::Left && now.status != StaffStatus::Left {
            may_end(id, db)?;
        }
        if new.status == StaffStatus::Left {
            keeping_an_administrator(db, |db| {
                move_and_keep(id, new, db)?;
                end_duties(id, db)
            })?;
        } else {
            move_and_keep(id, new, db)?;
        }
        Ok(Edit::Kept)
    }
}

/// Whoever has left is not let in, so this is done only to who has no account, or one that opens no more than one's own.
fn may_end(id: Uuid, db: &mut Db<'_, UpdateStaff>) -> Result<()> {
    let account: Option<Uuid> = staff::table
        .inner_join(users::table.on(users::id.nullable().eq(staff::user_id)))
        .filter(staff::organization_id.eq(db.organization()))
        .filter(staff::id.eq(id))
        .filter(users::deleted_at.is_null())
        .select(users::id)
        .first(db.conn())
        .optional()?;
    match account.map_or(Ok(()), |account| is_within_ones_own(account, db)) {
        Err(Error::Forbidden) => Err(Error::invalid(
            "status",
            "Their account opens more than yours does, and would be closed by this. Ask an administrator.",
        )),
        other => other,
    }
}

fn move_and_keep(id: Uuid, new: &NewStaff, db: &mut Db<'_, UpdateStaff>) -> Result<()> {
    let placed = Placed::now(Some(id), db)?;
    keep(id, new, db)?;
    match placed.widened(db)? {
        None => Ok(()),
        Some(account) => Err(Error::invalid(
            account.by,
            "Their account would open more than yours does. Ask an administrator.",
        )),
    }
}

fn keep(id: Uuid, new: &NewStaff, db: &mut Db<'_, UpdateStaff>) -> Result<()> {
    let row = staff::table.find((db.organization(), id));
    diesel::update(row).set(new).execute(db.conn()).map_err(number_taken)?;
    Ok(())
}

/// Whoever has left stands in front of no class from tomorrow on.
fn end_duties(person: Uuid, db: &mut Db<'_, UpdateStaff>) -> Result<()> {
    let today = db.today();
    diesel::update(class_staff::table)
        .filter(class_staff::organization_id.eq(db.organization()))
        .filter(class_staff::staff_id.eq(person))
        .filter(class_staff::deleted_at.is_null())
        .filter(class_staff::starts_on.le(today))
        .filter(class_staff::ends_on.is_null().or(class_staff::ends_on.gt(today)))
        .set(class_staff::ends_on.eq(today))
        .execute(db.conn())?;
    diesel::update(class_staff::table)
        .filter(class_staff::organization_id.eq(db.organization()))
        .filter(class_staff::staff_id.eq(person))
        .filter(class_staff::deleted_at.is_null())
        .filter(class_staff::starts_on.gt(today))
        .set(class_staff::deleted_at.eq(db.now()))
        .execute(db.conn())?;
    Ok(())
}
