//! A member of staff on the way to an account.

use diesel::prelude::*;
use schema::{campuses, organizations, staff};
use uuid::Uuid;

use crate::{
    db::Db,
    error::{Error, Result},
    permit::Seed,
};

/// What an account takes over from a staff record.
#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = staff)]
pub struct Employee {
    /// The staff record.
    pub id: Uuid,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// The address on record.
    pub email: Option<String>,
    campus_id: Option<Uuid>,
}

/// The member of staff with this employee number or e-mail, who has no account yet.
///
/// # Errors
/// [`Error::Invalid`] for `staff` when nobody or more than one is known so, or when they have an account.
pub fn employee(known_as: &str, db: &mut Db<'_, Seed>) -> Result<Employee> {
    let mut found = Employee::query()
        .filter(staff::organization_id.eq(db.organization()))
        .filter(staff::deleted_at.is_null())
        .filter(staff::user_id.is_null())
        .filter(staff::employee_number.eq(known_as).or(staff::email.eq(known_as)))
        .limit(2)
        .load(db.conn())?;
    let (one, more) = (found.pop(), found.pop());
    match (one, more) {
        (Some(one), None) => Ok(one),
        (None, _) => Err(Error::invalid(
            "staff",
            format!("No member of staff without an account is known as {known_as}."),
        )),
        (Some(_), Some(_)) => Err(Error::invalid(
            "staff",
            format!("More than one member of staff is known as {known_as}. Use the employee number."),
        )),
    }
}

/// What the organization is called, and the campus where somebody of its staff works: no words for a password.
///
/// # Errors
/// [`Error::Unavailable`] when the database is away.
pub fn places(employee: Option<&Employee>, db: &mut Db<'_, Seed>) -> Result<Vec<String>> {
    let here = organizations::table.find(db.organization()).select(organizations::name);
    let mut places: Vec<String> = here.load(db.conn())?;
    if let Some(campus) = employee.and_then(|employee| employee.campus_id) {
        let theirs = campuses::table.find((db.organization(), campus)).select(campuses::name);
        places.extend(theirs.load::<String>(db.conn())?);
    }
    Ok(places)
}
