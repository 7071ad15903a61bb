//! School districts: who offers programs, and whom to ask there.

use chrono::{DateTime, Utc};
use diesel::{pg::Pg, prelude::*};
use schema::{programs, school_districts as districts};
use uuid::Uuid;

use crate::{
    clock::new_id,
    db::Db,
    edit::{Edit, author},
    error::{Error, Result},
    permit::{
        CreateSchoolDistricts, DeleteSchoolDistricts, Grants, Permission, ReadSchoolDistricts,
        UpdateSchoolDistricts,
    },
    slice::{Listing, Slice},
};

/// A district.
#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = districts)]
pub struct District {
    /// Its id.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// Whom to ask there.
    pub contact_name: Option<String>,
    /// Their address for mail.
    pub contact_email: Option<String>,
    /// Their telephone.
    pub contact_phone: Option<String>,
    /// When this was last changed; an edit carries it.
    pub updated_at: DateTime<Utc>,
    updated_by_id: Option<Uuid>,
}

/// What a form says of one.
#[derive(Clone, Debug, Insertable, AsChangeset)]
#[diesel(table_name = districts, treat_none_as_null = true)]
pub struct Written {
    /// What it is called, up to 200 characters.
    pub name: String,
    /// Whom to ask there.
    pub contact_name: Option<String>,
    /// Their address for mail.
    pub contact_email: Option<String>,
    /// Their telephone.
    pub contact_phone: Option<String>,
}

fn all<P: Permission>(db: &Db<'_, P>) -> districts::BoxedQuery<'static, Pg> {
    districts::table.filter(districts::organization_id.eq(db.organization())).into_boxed()
}

impl District {
    /// Every district by name, with how many programs it offers; with the filter `state` on `deleted` those that are.
    pub fn listed(
        listing: &Listing,
        db: &mut Db<'_, impl Grants<ReadSchoolDistricts>>,
    ) -> Result<Slice<(Self, i64)>> {
        let offered = programs::table
            .filter(programs::organization_id.eq(districts::organization_id))
            .filter(programs::school_district_id.eq(districts::id.nullable()))
            .filter(programs::deleted_at.is_null())
            .count();
        let mut query = match listing.filter("state") {
            Some("deleted") => all(db).filter(districts::deleted_at.is_not_null()),
            _ => all(db).filter(districts::deleted_at.is_null()),
        };
        for pattern in listing.patterns() {
            let contact = districts::contact_name.is_not_null();
            let contact = contact.and(districts::contact_name.assume_not_null().ilike(pattern.clone()));
            query = query.filter(districts::name.ilike(pattern).or(contact));
        }
        if let Some((name, id)) = listing.after.clone() {
            let same = districts::name.eq(name.clone()).and(districts::id.gt(id));
            query = query.filter(districts::name.gt(name).or(same));
        }
        let rows: Vec<(Self, Option<i64>)> = query
            .select((Self::as_select(), offered.single_value()))
            .order((districts::name, districts::id))
            .limit(Slice::<Self>::limit())
            .load(db.conn())?;
        Ok(Slice::of(rows.into_iter().map(|(one, offered)| (one, offered.unwrap_or_default())).collect()))
    }

    /// Every district by name, for a form to offer; everybody in the organization knows them. At most 500.
    pub fn offered(db: &mut Db<'_, impl Permission>) -> Result<Vec<Self>> {
        let known = all(db).filter(districts::deleted_at.is_null()).select(Self::as_select());
        Ok(known.order((districts::name, districts::id)).limit(500).load(db.conn())?)
    }

    /// The one with `id`.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none.
    pub fn of(id: Uuid, db: &mut Db<'_, impl Permission>) -> Result<Self> {
        let known = all(db).filter(districts::deleted_at.is_null()).filter(districts::id.eq(id));
        Ok(known.select(Self::as_select()).first(db.conn())?)
    }

    /// Deletes one that offers no program.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Conflict`] with the programs that hold it.
    pub fn remove(id: Uuid, db: &mut Db<'_, DeleteSchoolDistricts>) -> Result<()> {
        let one = held(id, db)?;
        let offered: Vec<String> = programs::table
            .filter(programs::organization_id.eq(db.organization()))
            .filter(programs::school_district_id.eq(id))
            .filter(programs::deleted_at.is_null())
            .select(programs::name)
            .order((programs::name, programs::id))
            .limit(100)
            .load(db.conn())?;
        if !offered.is_empty() {
            let offered = offered.join(", ");
            let said = format!("{} offers {offered}. Delete these or give them to another first.", one.name);
            return Err(Error::Conflict(said));
        }
        diesel::update(districts::table.find((db.organization(), id)))
            .set(districts::deleted_at.eq(db.now()))
            .execute(db.conn())?;
        Ok(())
    }

    /// Gives a deleted one back as it was.
    ///
    /// # Errors
    /// [`Error::NotFound`] when none that is deleted has this id; [`Error::Conflict`] when another has its name by now.
    pub fn restore(id: Uuid, db: &mut Db<'_, CreateSchoolDistricts>) -> Result<()> {
        let gone = districts::table.find((db.organization(), id)).filter(districts::deleted_at.is_not_null());
        let given = diesel::update(gone)
            .set(districts::deleted_at.eq(None::<DateTime<Utc>>))
            .execute(db.conn())
            .map_err(|error| taken(error).in_a_sentence())?;
        if given == 1 { Ok(()) } else { Err(Error::NotFound) }
    }
}

/// A district that stays as it is until the transaction ends, so that no program comes to it meanwhile.
fn held<P: Permission>(id: Uuid, db: &mut Db<'_, P>) -> Result<District> {
    let row = districts::table.find((db.organization(), id)).filter(districts::deleted_at.is_null());
    Ok(row.select(District::as_select()).for_update().first(db.conn())?)
}

impl Written {
    /// Adds it and answers its id.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `name` when another has it.
    pub fn add(&self, db: &mut Db<'_, CreateSchoolDistricts>) -> Result<Uuid> {
        let id = new_id();
        diesel::insert_into(districts::table)
            .values((self, districts::organization_id.eq(db.organization()), districts::id.eq(id)))
            .execute(db.conn())
            .map_err(taken)?;
        Ok(id)
    }

    /// Changes one, unless somebody else did since it was `seen`.
    ///
    /// # Errors
    /// As [`Written::add`], and [`Error::NotFound`].
    pub fn change(
        &self,
        id: Uuid,
        seen: DateTime<Utc>,
        db: &mut Db<'_, UpdateSchoolDistricts>,
    ) -> Result<Edit<District>> {
        let now = held(id, db)?;
        if now.updated_at != seen {
            let by = author(now.updated_by_id, db)?;
            return Ok(Edit::Stale { now: Box::new(now), by });
        }
        let row = districts::table.find((db.organization(), id));
        diesel::update(row).set(self).execute(db.conn()).map_err(taken)?;
        Ok(Edit::Kept)
    }
}

fn taken(error: diesel::result::Error) -> Error {
    Error::from(error).taken("school_districts_name", "name", "Another district has this name.")
}
