//! Who stands in front of a class, dated.

use chrono::NaiveDate;
use diesel::prelude::*;
use schema::{class_staff, staff};
use uuid::Uuid;

use crate::{
    clock::new_id,
    db::Db,
    error::Result,
    permit::{Permission, Seed},
    words::{ClassDuty, StaffStatus},
};

/// Somebody's duty in a class, from a day on; without an end it goes on.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = class_staff)]
pub struct NewDuty {
    /// The class.
    pub class_id: Uuid,
    /// The member of staff.
    pub staff_id: Uuid,
    /// What they do there.
    pub duty: ClassDuty,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: Option<NaiveDate>,
}

/// Gives somebody a duty in a class while a school is set up; pages go through [`super::duty`].
///
/// # Errors
/// [`crate::Error::NotFound`] for a class or person of elsewhere.
pub fn assign(new: &NewDuty, db: &mut Db<'_, Seed>) -> Result<()> {
    insert(new, db)
}

pub(crate) fn insert<P: Permission>(new: &NewDuty, db: &mut Db<'_, P>) -> Result<()> {
    diesel::insert_into(class_staff::table)
        .values((new, class_staff::organization_id.eq(db.organization()), class_staff::id.eq(new_id())))
        .execute(db.conn())?;
    Ok(())
}

/// Whether this is somebody who works here now.
pub(crate) fn works_here<P: Permission>(person: Uuid, db: &mut Db<'_, P>) -> Result<bool> {
    let found: Option<Uuid> = staff::table
        .find((db.organization(), person))
        .filter(staff::deleted_at.is_null())
        .filter(staff::status.ne(StaffStatus::Left))
        .select(staff::id)
        .first(db.conn())
        .optional()?;
    Ok(found.is_some())
}
