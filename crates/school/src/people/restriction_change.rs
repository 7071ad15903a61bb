//! Entering what somebody is barred from, changing it, and lifting it. What has held once is never deleted.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::{dsl::exists, prelude::*};
use schema::{guardians, restrictions};
use uuid::Uuid;

use super::{restriction::Restriction, student::in_reach};
use crate::{
    clock::new_id,
    db::Db,
    edit::{Edit, author},
    error::{Error, Result},
    permit::{CreateRestrictions, Permission, UpdateRestrictions},
};

/// A restriction as a form says it.
#[derive(Clone, Debug, Insertable, AsChangeset)]
#[diesel(table_name = restrictions, treat_none_as_null = true)]
pub struct NewRestriction {
    /// Which of the student's contacts it is about.
    pub contact_id: Option<Uuid>,
    /// The name of somebody who is none.
    pub person_name: Option<String>,
    /// No word to them.
    pub bars_contact: bool,
    /// They may not take the student along.
    pub bars_collection: bool,
    /// They may not read of the student.
    pub bars_records: bool,
    /// They may not learn where the student lives.
    pub bars_address: bool,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day; none until it is lifted.
    pub ends_on: Option<NaiveDate>,
    /// The paper that says so.
    pub court_paper: Option<String>,
}

impl NewRestriction {
    /// Enters it for a student; from its first day it holds everywhere.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a student out of reach, [`Error::Invalid`] for somebody who is no contact of theirs.
    pub fn enter(&self, student: Uuid, db: &mut Db<'_, CreateRestrictions>) -> Result<()> {
        in_reach(student, db)?;
        self.check_contact(student, None, db)?;
        diesel::insert_into(restrictions::table)
            .values((
                self,
                restrictions::organization_id.eq(db.organization()),
                restrictions::id.eq(new_id()),
                restrictions::student_id.eq(student),
            ))
            .execute(db.conn())?;
        Ok(())
    }

    /// Changes one of a student's, unless somebody else did since it was `seen`.
    ///
    /// # Errors
    /// As [`Restriction::of`] and [`NewRestriction::enter`].
    pub fn change(
        &self,
        (student, id): (Uuid, Uuid),
        seen: DateTime<Utc>,
        db: &mut Db<'_, UpdateRestrictions>,
    ) -> Result<Edit<Restriction>> {
        let now = held((student, id), db)?;
        if now.updated_at != seen {
            let by = author(now.updated_by_id, db)?;
            return Ok(Edit::Stale { now: Box::new(now), by });
        }
        self.check_contact(student, now.contact_id, db)?;
        diesel::update(restrictions::table.find((db.organization(), id))).set(self).execute(db.conn())?;
        Ok(Edit::Kept)
    }

    /// Only a contact of the student is chosen, or whoever it named so far though they are untied since.
    fn check_contact<P: Permission>(
        &self,
        student: Uuid,
        known: Option<Uuid>,
        db: &mut Db<'_, P>,
    ) -> Result<()> {
        let Some(contact) = self.contact_id.filter(|contact| Some(*contact) != known) else {
            return Ok(());
        };
        let tied = guardians::table
            .filter(guardians::organization_id.eq(db.organization()))
            .filter(guardians::student_id.eq(student))
            .filter(guardians::contact_id.eq(contact))
            .filter(guardians::deleted_at.is_null());
        if diesel::select(exists(tied)).get_result(db.conn())? {
            Ok(())
        } else {
            Err(Error::invalid("contact_id", "Choose one from the list."))
        }
    }
}

impl Restriction {
    /// Lifts it: today is its last day. One that has not begun is taken back instead, since it never held.
    ///
    /// # Errors
    /// As [`Restriction::of`], and [`Error::Conflict`] when it has ended already.
    pub fn lift(place: (Uuid, Uuid), db: &mut Db<'_, UpdateRestrictions>) -> Result<()> {
        let now = held(place, db)?;
        let today = db.today();
        if now.is_over(today) {
            return Err(Error::Conflict("This restriction has ended already.".into()));
        }
        let row = restrictions::table.find((db.organization(), now.id));
        if now.is_ahead(today) {
            diesel::update(row).set(restrictions::deleted_at.eq(db.now())).execute(db.conn())?;
        } else {
            diesel::update(row).set(restrictions::ends_on.eq(today)).execute(db.conn())?;
        }
        Ok(())
    }
}

/// One of a student's, held until the transaction ends.
fn held((student, id): (Uuid, Uuid), db: &mut Db<'_, UpdateRestrictions>) -> Result<Restriction> {
    Restriction::of(student, id, db)?;
    let row = restrictions::table.find((db.organization(), id));
    let _: Uuid = row.select(restrictions::id).for_update().first(db.conn())?;
    Restriction::of(student, id, db)
}
