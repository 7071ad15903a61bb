//! Members of staff, with or without an account.

use chrono::NaiveDate;
use diesel::prelude::*;
use schema::staff;
use uuid::Uuid;

use crate::{
    clock::new_id,
    db::Db,
    error::{Error, Result},
    permit::{Grants, Permission, Seed, UpdateClasses, UpdateStaff},
    words::{StaffStatus, StaffType},
};

/// What a form says of a member of staff; an import has records of its own.
#[derive(Clone, Debug, Insertable, AsChangeset)]
#[diesel(table_name = staff, treat_none_as_null = true)]
pub struct NewStaff {
    /// The campus where they work.
    pub campus_id: Option<Uuid>,
    /// Unique in the organization.
    pub employee_number: String,
    /// First name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// For mail.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// What their door says.
    pub job_title: Option<String>,
    /// What they do.
    pub staff_type: StaffType,
    /// Whether they are at work.
    pub status: StaffStatus,
    /// Since when they work here.
    pub hire_date: Option<NaiveDate>,
}

/// Adds a member of staff while a school is set up and answers their id; pages go through [`super::staff_member`].
///
/// # Errors
/// [`Error::Invalid`] when the number is taken.
pub fn hire(new: &NewStaff, db: &mut Db<'_, Seed>) -> Result<Uuid> {
    insert(new, db)
}

pub(crate) fn insert<P: Permission>(new: &NewStaff, db: &mut Db<'_, P>) -> Result<Uuid> {
    let id = new_id();
    diesel::insert_into(staff::table)
        .values((new, staff::organization_id.eq(db.organization()), staff::id.eq(id)))
        .execute(db.conn())
        .map_err(number_taken)?;
    Ok(id)
}

pub(crate) fn number_taken(error: diesel::result::Error) -> Error {
    Error::from(error).taken("staff_number", "employee_number", "Somebody else has this number.")
}

/// Ties a member of staff to the account with which they sign in.
///
/// # Errors
/// [`Error::NotFound`] when there is no such person here, [`Error::Conflict`] when they have an account.
pub fn give_account(person: Uuid, user: Uuid, db: &mut Db<'_, impl Grants<UpdateStaff>>) -> Result<()> {
    let given = diesel::update(staff::table)
        .filter(staff::organization_id.eq(db.organization()))
        .filter(staff::id.eq(person))
        .filter(staff::user_id.is_null())
        .set(staff::user_id.eq(user))
        .execute(db.conn())?;
    if given == 1 {
        Ok(())
    } else {
        Err(Error::Conflict("This member of staff has an account already.".into()))
    }
}

/// A member of staff by name, for a form to offer.
#[derive(Clone, Debug)]
pub struct Named {
    /// Their id.
    pub id: Uuid,
    /// Family name first, as such lists are read.
    pub name: String,
}

/// Everybody who works here now, by family name; whoever plans classes knows them. At most 1,000.
pub fn at_work(db: &mut Db<'_, impl Grants<UpdateClasses>>) -> Result<Vec<Named>> {
    let people: Vec<(Uuid, String, String)> = staff::table
        .filter(staff::organization_id.eq(db.organization()))
        .filter(staff::deleted_at.is_null())
        .filter(staff::status.ne(StaffStatus::Left))
        .select((staff::id, staff::last_name, staff::first_name))
        .order((staff::last_name, staff::first_name, staff::id))
        .limit(1000)
        .load(db.conn())?;
    let named = people.into_iter().map(|(id, last, first)| Named { id, name: format!("{last}, {first}") });
    Ok(named.collect())
}
