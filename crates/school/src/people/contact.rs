//! A person whom the school can call: once, however many students they belong to.

use chrono::{DateTime, Utc};
use diesel::{pg::Pg, prelude::*};
use schema::{contacts, guardians, students};
use uuid::Uuid;

use super::{restriction::Restriction, student::visible as visible_students};
use crate::{
    clock::new_id,
    db::Db,
    edit::{Edit, author},
    error::Result,
    permit::{Grants, Permission, ReadGuardians, UpdateGuardians},
    reach::Reach,
};

/// A contact as lists and their own page show one.
#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = contacts)]
pub struct Contact {
    /// Their id.
    pub id: Uuid,
    /// Their name as one writes it.
    pub full_name: String,
    /// Telephone.
    pub phone: Option<String>,
    /// Where mail goes.
    pub email: Option<String>,
    /// Where they live.
    pub address: Option<String>,
    /// BCP 47 tag of the language they speak.
    pub language: Option<String>,
    /// When this was last changed; an edit carries it.
    pub updated_at: DateTime<Utc>,
    updated_by_id: Option<Uuid>,
}

/// What is written of a contact.
#[derive(Clone, Debug, Insertable, AsChangeset)]
#[diesel(table_name = contacts, treat_none_as_null = true)]
pub struct NewContact {
    /// Their name as one writes it.
    pub full_name: String,
    /// Telephone.
    pub phone: Option<String>,
    /// Where mail goes.
    pub email: Option<String>,
    /// Where they live.
    pub address: Option<String>,
    /// BCP 47 tag of the language they speak.
    pub language: Option<String>,
}

/// Contacts that are not deleted, as far as the reader sees: within an organization all, else those of the students
/// in reach.
pub(crate) fn visible<P: Permission>(db: &Db<'_, P>) -> contacts::BoxedQuery<'static, Pg> {
    let all = contacts::table
        .filter(contacts::organization_id.eq(db.organization()))
        .filter(contacts::deleted_at.is_null())
        .into_boxed();
    if db.reach() == Reach::Organization {
        return all;
    }
    let theirs = guardians::table
        .filter(guardians::organization_id.eq(db.organization()))
        .filter(guardians::deleted_at.is_null())
        .filter(guardians::student_id.eq_any(visible_students(db).select(students::id)))
        .select(guardians::contact_id);
    all.filter(contacts::id.eq_any(theirs))
}

impl Contact {
    /// The contact with `id`, if the reader may see one. Whoever is barred from a student has no number here.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] when there is none or none in reach.
    pub fn of(id: Uuid, db: &mut Db<'_, impl Grants<ReadGuardians>>) -> Result<(Self, Vec<Restriction>)> {
        let mut contact = Self::with_numbers(id, db)?;
        let restrictions = Restriction::of_contacts(&[id], db)?;
        contact.withhold(&restrictions);
        Ok((contact, restrictions))
    }

    fn with_numbers(id: Uuid, db: &mut Db<'_, impl Grants<ReadGuardians>>) -> Result<Self> {
        Ok(visible(db).filter(contacts::id.eq(id)).select(Self::as_select()).first(db.conn())?)
    }

    /// Takes every way to reach them out, where one of these bars contact with them.
    pub(crate) fn withhold(&mut self, restrictions: &[Restriction]) {
        let barred = restrictions.iter().any(|one| one.bars_contact && one.contact_id == Some(self.id));
        if barred {
            self.phone = None;
            self.email = None;
            self.address = None;
        }
    }

    /// People who may be the same as somebody new: they have that number or that address. At most 10, and nobody whose
    /// number is withheld.
    pub fn alike(new: &NewContact, db: &mut Db<'_, impl Grants<ReadGuardians>>) -> Result<Vec<Self>> {
        let (phone, email) = (new.phone.clone(), new.email.clone());
        let withheld = Restriction::withholding(db)?;
        Ok(visible(db)
            .filter(
                contacts::phone
                    .is_not_null()
                    .and(contacts::phone.eq(phone).assume_not_null())
                    .or(contacts::email.is_not_null().and(contacts::email.eq(email).assume_not_null())),
            )
            .filter(contacts::id.ne_all(withheld))
            .select(Self::as_select())
            .order((contacts::full_name, contacts::id))
            .limit(10)
            .load(db.conn())?)
    }
}

impl NewContact {
    /// Adds the contact and answers their id.
    pub(crate) fn add(&self, db: &mut Db<'_, impl Grants<UpdateGuardians>>) -> Result<Uuid> {
        let id = new_id();
        diesel::insert_into(contacts::table)
            .values((self, contacts::organization_id.eq(db.organization()), contacts::id.eq(id)))
            .execute(db.conn())?;
        Ok(id)
    }

    /// Changes the contact, unless somebody else did since it was `seen`. What was not shown of somebody barred stays.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] out of reach.
    pub fn change(
        &self,
        id: Uuid,
        seen: DateTime<Utc>,
        db: &mut Db<'_, UpdateGuardians>,
    ) -> Result<Edit<Contact>> {
        let row = contacts::table.find((db.organization(), id));
        let (_, restrictions) = Contact::of(id, db)?;
        let _: Uuid = row.select(contacts::id).for_update().first(db.conn())?;
        let known = Contact::with_numbers(id, db)?;
        if known.updated_at != seen {
            let by = author(known.updated_by_id, db)?;
            let mut now = Box::new(known);
            now.withhold(&restrictions);
            return Ok(Edit::Stale { now, by });
        }
        let mut new = self.clone();
        if restrictions.iter().any(|one| one.bars_contact) {
            (new.phone, new.email, new.address) = (known.phone, known.email, known.address);
        }
        diesel::update(row).set(&new).execute(db.conn())?;
        Ok(Edit::Kept)
    }
}
