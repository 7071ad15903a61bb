//! Whom to call for a student, in which order, and what each may do.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use schema::{contacts, guardians, students};
use uuid::Uuid;

use super::{
    contact::Contact,
    restriction::Restriction,
    student::{Student, in_reach, visible as visible_students},
};
use crate::{
    db::Db,
    error::Result,
    permit::{Grants, ReadGuardians},
    words::Relationship,
};

/// What a contact is to a student, and may do.
#[derive(Clone, Debug, HasQuery, Insertable, AsChangeset)]
#[diesel(table_name = guardians)]
pub struct Rights {
    /// What they are.
    pub relationship: Relationship,
    /// In which order to call: 1 to 20.
    pub position: i16,
    /// Called before everyone else; at most one of a student's.
    pub primary_contact: bool,
    /// The student lives with them.
    pub lives_with: bool,
    /// They have custody.
    pub has_custody: bool,
    /// They may take the student along.
    pub may_collect: bool,
    /// They may read of the student.
    pub may_see_records: bool,
    /// Mail about the student goes to them.
    pub receives_mail: bool,
    /// They are called in an emergency.
    pub emergency: bool,
}

impl Rights {
    /// Each right in words and whether they have it.
    #[must_use]
    pub fn named(&self) -> [(&'static str, bool); 6] {
        [
            ("Lives with", self.lives_with),
            ("Custody", self.has_custody),
            ("Collects", self.may_collect),
            ("Sees records", self.may_see_records),
            ("Gets mail", self.receives_mail),
            ("Emergency", self.emergency),
        ]
    }

    /// What is left of them under what is barred; bars add up.
    #[must_use]
    pub fn under<'b>(&self, bars: impl Iterator<Item = &'b Restriction>) -> Self {
        bars.fold(self.clone(), |left, bar| Self {
            primary_contact: left.primary_contact && !bar.bars_contact,
            emergency: left.emergency && !bar.bars_contact,
            receives_mail: left.receives_mail && !bar.bars_contact && !bar.bars_records,
            may_collect: left.may_collect && !bar.bars_collection,
            may_see_records: left.may_see_records && !bar.bars_records,
            ..left
        })
    }
}

/// A contact of a student.
#[derive(Clone, Debug, Queryable)]
pub struct Guardian {
    /// The link's id.
    pub id: Uuid,
    /// What they are and may do.
    pub rights: Rights,
    /// Who; without a number where they are barred from this student.
    pub contact: Contact,
    /// When the link was last changed; an edit carries it.
    pub updated_at: DateTime<Utc>,
    pub(crate) updated_by_id: Option<Uuid>,
}

/// Everybody around a student, and what is barred.
#[derive(Clone, Debug)]
pub struct Family {
    /// In the order of calling, those whom contact is barred to last.
    pub guardians: Vec<Guardian>,
    /// In force today.
    pub restrictions: Vec<Restriction>,
}

impl Family {
    /// Whom to call for a student. At most 50.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] for a student out of reach.
    pub fn of_student(student: Uuid, db: &mut Db<'_, impl Grants<ReadGuardians>>) -> Result<Self> {
        in_reach(student, db)?;
        let restrictions = Restriction::of_student(student, db)?;
        let mut guardians: Vec<Guardian> = guardians::table
            .inner_join(
                contacts::table.on(contacts::organization_id
                    .eq(guardians::organization_id)
                    .and(contacts::id.eq(guardians::contact_id))),
            )
            .filter(guardians::organization_id.eq(db.organization()))
            .filter(guardians::student_id.eq(student))
            .filter(guardians::deleted_at.is_null())
            .select((
                guardians::id,
                Rights::as_select(),
                Contact::as_select(),
                guardians::updated_at,
                guardians::updated_by_id,
            ))
            .order((guardians::primary_contact.desc(), guardians::position, guardians::id))
            .limit(50)
            .load(db.conn())?;
        for guardian in &mut guardians {
            guardian.contact.withhold(&restrictions);
        }
        let mut family = Self { guardians: Vec::new(), restrictions };
        // Whoever is not to be reached stands after everybody whom one may call.
        guardians.sort_by_key(|guardian| family.withholds(&guardian.contact.id));
        family.guardians = guardians;
        Ok(family)
    }

    /// What is barred to one of them.
    pub fn barred(&self, contact: &Uuid) -> impl Iterator<Item = &Restriction> {
        self.restrictions.iter().filter(move |one| one.contact_id.as_ref() == Some(contact))
    }

    /// What one of them may do today.
    #[must_use]
    pub fn rights(&self, guardian: &Guardian) -> Rights {
        guardian.rights.under(self.barred(&guardian.contact.id))
    }

    /// Whether one of them is not to be reached, so that no number is shown.
    #[must_use]
    pub fn withholds(&self, contact: &Uuid) -> bool {
        self.barred(contact).any(|one| one.bars_contact)
    }

    /// What is barred to people who are no contact of this student, by themselves or by somebody of their name.
    pub fn barred_strangers(&self) -> impl Iterator<Item = &Restriction> {
        let is_here = |one: &Restriction| {
            self.guardians.iter().any(|guardian| Some(guardian.contact.id) == one.contact_id)
        };
        let met =
            move |bar: &Restriction| self.restrictions.iter().any(|one| one.id == bar.id && is_here(one));
        self.restrictions.iter().filter(move |bar| !met(bar))
    }
}

/// A student as their contact's page shows one.
#[derive(Clone, Debug, Queryable)]
pub struct Child {
    /// Who.
    pub student: Student,
    /// What the contact is to them and may do.
    pub rights: Rights,
}

/// The students in reach of one contact, by name. At most 100.
///
/// # Errors
/// [`crate::Error::NotFound`] for a contact out of reach.
pub fn children_of(contact: Uuid, db: &mut Db<'_, impl Grants<ReadGuardians>>) -> Result<Vec<Child>> {
    Contact::of(contact, db)?;
    let in_reach = visible_students(db).select(students::id);
    Ok(guardians::table
        .inner_join(
            students::table.on(students::organization_id
                .eq(guardians::organization_id)
                .and(students::id.eq(guardians::student_id))),
        )
        .filter(guardians::organization_id.eq(db.organization()))
        .filter(guardians::contact_id.eq(contact))
        .filter(guardians::deleted_at.is_null())
        .filter(guardians::student_id.eq_any(in_reach))
        .select((Student::as_select(), Rights::as_select()))
        .order((students::last_name, students::first_name, students::id))
        .limit(100)
        .load(db.conn())?)
}
