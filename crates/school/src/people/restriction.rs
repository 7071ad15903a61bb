//! What a court or the school has barred somebody from, with a student.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::{dsl::auto_type, pg::Pg, prelude::*};
use schema::{contacts, guardians, restrictions};
use uuid::Uuid;

use super::{namesake, student::in_reach};
use crate::{
    db::Db,
    error::Result,
    permit::{Grants, Permission, ReadGuardians},
};

/// What somebody is barred from, with one student.
#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = restrictions)]
pub struct Restriction {
    /// Its id.
    pub id: Uuid,
    /// The student whom it protects.
    pub student_id: Uuid,
    /// The contact who is barred, where they are one, or may be one by their name.
    pub contact_id: Option<Uuid>,
    /// The contact for whom it was entered, where it was for one.
    #[diesel(column_name = contact_id)]
    pub(crate) entered_for: Option<Uuid>,
    /// What that contact is called now.
    #[diesel(select_expression = contact_name(), select_expression_type = contact_name)]
    pub contact_name: Option<String>,
    /// Their name, where they are none.
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
    /// When this was last changed; an edit carries it.
    pub updated_at: DateTime<Utc>,
    pub(crate) updated_by_id: Option<Uuid>,
}

#[auto_type]
fn called() -> _ {
    contacts::table
        .filter(contacts::organization_id.eq(restrictions::organization_id))
        .filter(contacts::id.nullable().eq(restrictions::contact_id))
        .select(contacts::full_name)
}

#[auto_type]
fn contact_name() -> _ {
    let name: called = called();
    name.single_value()
}

impl Restriction {
    /// Who is barred.
    #[must_use]
    pub fn name(&self) -> &str {
        self.contact_name.as_deref().or(self.person_name.as_deref()).unwrap_or("Somebody")
    }

    /// Whether it is about this contact only because of what they are called.
    #[must_use]
    pub fn is_by_name(&self) -> bool {
        self.contact_id != self.entered_for
    }

    /// Whether it has not begun on this day.
    #[must_use]
    pub fn is_ahead(&self, today: NaiveDate) -> bool {
        self.starts_on > today
    }

    /// Whether it ended before this day.
    #[must_use]
    pub fn is_over(&self, today: NaiveDate) -> bool {
        self.ends_on.is_some_and(|last| last < today)
    }

    /// What is barred, as a sentence: No contact, no collection.
    #[must_use]
    pub fn barred(&self) -> String {
        let parts: Vec<&str> = [
            (self.bars_contact, "no contact"),
            (self.bars_collection, "no collection"),
            (self.bars_records, "no records"),
            (self.bars_address, "no address"),
        ]
        .into_iter()
        .filter_map(|(barred, word)| barred.then_some(word))
        .collect();
        let mut sentence = parts.join(", ");
        if let Some(first) = sentence.get_mut(0..1) {
            first.make_ascii_uppercase();
        }
        sentence
    }

    /// One that protects a student, whenever it holds.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] for a student out of reach or a restriction of another.
    pub fn of(student: Uuid, id: Uuid, db: &mut Db<'_, impl Grants<ReadGuardians>>) -> Result<Self> {
        in_reach(student, db)?;
        Ok(kept(db)
            .filter(restrictions::student_id.eq(student))
            .filter(restrictions::id.eq(id))
            .select(Self::as_select())
            .first(db.conn())?)
    }

    /// All that were ever entered for a student, latest first. At most 200.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] for a student out of reach.
    pub fn ever(student: Uuid, db: &mut Db<'_, impl Grants<ReadGuardians>>) -> Result<Vec<Self>> {
        in_reach(student, db)?;
        Ok(kept(db)
            .filter(restrictions::student_id.eq(student))
            .select(Self::as_select())
            .order((restrictions::starts_on.desc(), restrictions::id.desc()))
            .limit(200)
            .load(db.conn())?)
    }

    /// Those that protect a student today. At most 50.
    pub(crate) fn of_student<P: Permission>(student: Uuid, db: &mut Db<'_, P>) -> Result<Vec<Self>> {
        let all = in_force(db)
            .filter(restrictions::student_id.eq(student))
            .select(Self::as_select())
            .order((restrictions::starts_on, restrictions::id))
            .limit(50)
            .load(db.conn())?;
        namesake::met(all, db)
    }

    /// Those that protect any of some students today. At most 2000.
    pub(crate) fn of_students<P: Permission>(students: &[Uuid], db: &mut Db<'_, P>) -> Result<Vec<Self>> {
        let all = in_force(db)
            .filter(restrictions::student_id.eq_any(students.to_vec()))
            .select(Self::as_select())
            .order((restrictions::starts_on, restrictions::id))
            .limit(2000)
            .load(db.conn())?;
        namesake::met(all, db)
    }

    /// Those of them that are about one contact.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] for a student out of reach.
    pub fn of_contact(
        student: Uuid,
        contact: Uuid,
        db: &mut Db<'_, impl Grants<ReadGuardians>>,
    ) -> Result<Vec<Self>> {
        in_reach(student, db)?;
        let all = Self::of_student(student, db)?;
        Ok(all.into_iter().filter(|one| one.contact_id == Some(contact)).collect())
    }

    /// The contacts who are not to be reached today.
    pub(crate) fn withholding<P: Permission>(db: &mut Db<'_, P>) -> Result<Vec<Uuid>> {
        let all = in_force(db)
            .filter(restrictions::bars_contact)
            .select(Self::as_select())
            .order(restrictions::id)
            .limit(20_000)
            .load(db.conn())?;
        Ok(namesake::met(all, db)?.into_iter().filter_map(|one| one.contact_id).collect())
    }

    /// Those that are about one of these contacts today.
    pub(crate) fn of_contacts<P: Permission>(contacts: &[Uuid], db: &mut Db<'_, P>) -> Result<Vec<Self>> {
        let by_name = restrictions::student_id.eq_any(children(contacts, db));
        let all = in_force(db)
            .filter(restrictions::contact_id.eq_any(contacts.to_vec()).or(by_name))
            .select(Self::as_select())
            .order(restrictions::id)
            .limit(2000)
            .load(db.conn())?;
        let met = namesake::met(all, db)?.into_iter();
        Ok(met.filter(|one| one.contact_id.is_some_and(|contact| contacts.contains(&contact))).collect())
    }
}

/// The students whose contacts these are.
fn children<P: Permission>(
    of: &[Uuid],
    db: &Db<'_, P>,
) -> guardians::BoxedQuery<'static, Pg, diesel::sql_types::Uuid> {
    guardians::table
        .filter(guardians::organization_id.eq(db.organization()))
        .filter(guardians::contact_id.eq_any(of.to_vec()))
        .filter(guardians::deleted_at.is_null())
        .select(guardians::student_id)
        .into_boxed()
}

fn kept<P: Permission>(db: &Db<'_, P>) -> restrictions::BoxedQuery<'static, Pg> {
    restrictions::table
        .filter(restrictions::organization_id.eq(db.organization()))
        .filter(restrictions::deleted_at.is_null())
        .into_boxed()
}

fn in_force<P: Permission>(db: &Db<'_, P>) -> restrictions::BoxedQuery<'static, Pg> {
    let today = db.today();
    kept(db)
        .filter(restrictions::starts_on.le(today))
        .filter(restrictions::ends_on.is_null().or(restrictions::ends_on.ge(today)))
}
