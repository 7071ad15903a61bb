//! Which member of staff an account belongs to.

use diesel::{pg::Pg, prelude::*};
use schema::{staff, users};
use uuid::Uuid;

use super::{account::Account, authority::administer};
use crate::{
    db::Db,
    error::{Error, Result},
    people::{staff::Named, staff_member::visible},
    permit::{Grants, Permission, ReadUsers, UpdateUsers},
    words::StaffStatus,
};

/// Members of staff at work and in reach whose account is none, or none any more.
fn without_account<P: Permission>(db: &Db<'_, P>) -> staff::BoxedQuery<'static, Pg> {
    let kept = users::table
        .filter(users::organization_id.eq(db.organization()))
        .filter(users::deleted_at.is_null())
        .filter(users::id.nullable().eq(staff::user_id))
        .select(users::id);
    visible(db)
        .filter(staff::status.ne(StaffStatus::Left))
        .filter(diesel::dsl::not(diesel::dsl::exists(kept)))
}

/// Ties an account to a member of staff who has none.
pub(super) fn tie<P: Permission>(user: Uuid, person: Uuid, db: &mut Db<'_, P>) -> Result<()> {
    let found: Option<Uuid> =
        without_account(db).filter(staff::id.eq(person)).select(staff::id).first(db.conn()).optional()?;
    let person = found.ok_or_else(|| Error::invalid("staff_id", "Choose one from the list."))?;
    untie(user, db)?;
    diesel::update(staff::table.find((db.organization(), person)))
        .set(staff::user_id.eq(user))
        .execute(db.conn())?;
    Ok(())
}

fn untie<P: Permission>(user: Uuid, db: &mut Db<'_, P>) -> Result<()> {
    diesel::update(staff::table)
        .filter(staff::organization_id.eq(db.organization()))
        .filter(staff::user_id.eq(user))
        .set(staff::user_id.eq(None::<Uuid>))
        .execute(db.conn())?;
    Ok(())
}

/// What an account takes over from a staff record.
#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = staff)]
pub struct Employee {
    /// The staff record.
    pub id: Uuid,
    /// The account, if there is one.
    pub user_id: Option<Uuid>,
    /// The campus where they work.
    pub campus_id: Option<Uuid>,
    /// First name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// The address on record.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
}

impl Employee {
    /// First and family name.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }

    /// Everybody who could have an account, by family name, for a form to offer. At most 1,000.
    pub fn offered(db: &mut Db<'_, impl Permission>) -> Result<Vec<Named>> {
        let people: Vec<(Uuid, String, String)> = without_account(db)
            .select((staff::id, staff::last_name, staff::first_name))
            .order((staff::last_name, staff::first_name, staff::id))
            .limit(1000)
            .load(db.conn())?;
        Ok(people
            .into_iter()
            .map(|(id, last, first)| Named { id, name: format!("{last}, {first}") })
            .collect())
    }

    /// One of them.
    ///
    /// # Errors
    /// [`Error::NotFound`] when they have an account, do not work here, or are out of reach.
    pub fn without_account(id: Uuid, db: &mut Db<'_, impl Permission>) -> Result<Self> {
        Ok(without_account(db).filter(staff::id.eq(id)).select(Self::as_select()).first(db.conn())?)
    }

    /// The one to whom an account belongs.
    pub fn of_account(user: Uuid, db: &mut Db<'_, impl Grants<ReadUsers>>) -> Result<Option<Self>> {
        Ok(Self::query()
            .filter(staff::organization_id.eq(db.organization()))
            .filter(staff::deleted_at.is_null())
            .filter(staff::user_id.eq(user))
            .first(db.conn())
            .optional()?)
    }
}

impl Account {
    /// Ties an account to a member of staff who has none, instead of whom it belonged to; without one it belongs to nobody.
    /// That of somebody who has left opens by it again, so it is closed first, and opened by whoever means that.
    ///
    /// # Errors
    /// [`Error::NotFound`] out of reach, [`Error::Forbidden`] for one's own account, or one that opens more before or after;
    /// [`Error::Invalid`] for `staff_id` when they are not offered; the same and [`Error::Conflict`] for one that its owner's
    /// leaving closed, as long as it is not disabled.
    pub fn belong_to(id: Uuid, person: Option<Uuid>, db: &mut Db<'_, UpdateUsers>) -> Result<()> {
        administer(id, db, |account, db| {
            let opens = account.has_left() && !account.is_disabled();
            let said = format!(
                "{} has left, and would come in again by this. Disable the account first.",
                account.name()
            );
            match person {
                Some(_) if opens => Err(Error::invalid("staff_id", said)),
                None if opens => Err(Error::Conflict(said)),
                Some(person) => tie(id, person, db),
                None => untie(id, db),
            }
        })
    }
}
