//! Tying a contact to a student, changing the tie, and undoing it.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use schema::{guardians, students};
use uuid::Uuid;

use super::{
    contact::{Contact, NewContact},
    guardian::{Family, Guardian, Rights},
    restriction::Restriction,
    student::in_reach,
};
use crate::{
    clock::new_id,
    db::Db,
    edit::{Edit, author},
    error::{Error, Result},
    permit::UpdateGuardians,
};

/// Whom a form ties to a student.
#[derive(Clone, Debug)]
pub enum Whom {
    /// A contact chosen by a click.
    Known(Uuid),
    /// Somebody new; when it was said that they are nobody whom the school knows, look-alikes do not matter.
    New {
        /// Their particulars.
        contact: NewContact,
        /// Whether it was said.
        surely: bool,
    },
}

/// A tie as a form says it.
#[derive(Clone, Debug)]
pub struct Guardianship {
    /// To whom.
    pub whom: Whom,
    /// What they are and may do.
    pub rights: Rights,
    /// Whether it was said that they become a contact though their name is barred for this student, and they with it.
    pub though_barred: bool,
}

impl Guardianship {
    /// Ties the contact to the student.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a student out of reach, [`Error::Invalid`] for a contact unknown, tied already, or so
    /// like one that is known, or like one who is barred, that somebody should look.
    pub fn make(&self, student: Uuid, db: &mut Db<'_, UpdateGuardians>) -> Result<()> {
        hold(student, db)?;
        let contact = self.contact(student, db)?;
        if self.rights.primary_contact {
            step_down(student, db)?;
        }
        diesel::insert_into(guardians::table)
            .values((
                &self.rights,
                guardians::organization_id.eq(db.organization()),
                guardians::id.eq(new_id()),
                guardians::student_id.eq(student),
                guardians::contact_id.eq(contact),
            ))
            .execute(db.conn())
            .map_err(|error| {
                Error::from(error).taken(
                    "guardians_link",
                    "contact_id",
                    "They are a contact of this student already.",
                )
            })?;
        Ok(())
    }

    fn contact(&self, student: Uuid, db: &mut Db<'_, UpdateGuardians>) -> Result<Uuid> {
        match &self.whom {
            Whom::Known(contact) => {
                let (known, _) = Contact::of(*contact, db).map_err(|error| match error {
                    Error::NotFound => Error::invalid("contact_id", "Choose one from the list."),
                    other => other,
                })?;
                self.ask_of_bars(student, &known.full_name, db)?;
                Ok(known.id)
            }
            Whom::New { contact, surely } => {
                let alike = Contact::alike(contact, db)?;
                match alike.first() {
                    Some(known) if !surely => Err(Error::invalid(
                        "contact_id",
                        format!(
                            "{} has this telephone or e-mail already. Choose them, or say that this is somebody else.",
                            known.full_name
                        ),
                    )),
                    _ => {
                        self.ask_of_bars(student, &contact.full_name, db)?;
                        contact.add(db)
                    }
                }
            }
        }
    }

    /// Asks once where the name is barred for the student: the bar holds for them too, which is not seen from a form.
    fn ask_of_bars(&self, student: Uuid, called: &str, db: &mut Db<'_, UpdateGuardians>) -> Result<()> {
        let bars = Restriction::of_name(student, called, db)?;
        match bars.first() {
            Some(bar) if !self.though_barred => {
                let why = format!(
                    "{} is barred for this student: {}. What is barred will hold for this contact too. If they are                      somebody else, write the whole names of both.",
                    bar.name(),
                    bar.barred().to_lowercase()
                );
                Err(Error::invalid("though_barred", why))
            }
            _ => Ok(()),
        }
    }
}

impl Guardian {
    /// One of a student's contacts by the link's id.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a student out of reach or a link of another.
    pub fn of(student: Uuid, link: Uuid, db: &mut Db<'_, UpdateGuardians>) -> Result<Self> {
        let family = Family::of_student(student, db)?;
        let mut guardians = family.guardians.into_iter();
        guardians.find(|guardian| guardian.id == link).ok_or(Error::NotFound)
    }

    /// Changes what they are and may do, unless somebody else did since it was `seen`.
    ///
    /// # Errors
    /// As [`Guardian::of`].
    pub fn change(
        (student, link): (Uuid, Uuid),
        rights: &Rights,
        seen: DateTime<Utc>,
        db: &mut Db<'_, UpdateGuardians>,
    ) -> Result<Edit<Self>> {
        hold(student, db)?;
        let now = Self::of(student, link, db)?;
        if now.updated_at != seen {
            let by = author(now.updated_by_id, db)?;
            let now = Box::new(now);
            return Ok(Edit::Stale { now, by });
        }
        if rights.primary_contact && !now.rights.primary_contact {
            step_down(student, db)?;
        }
        diesel::update(guardians::table.find((db.organization(), link))).set(rights).execute(db.conn())?;
        Ok(Edit::Kept)
    }

    /// Unties them from the student; the contact stays.
    ///
    /// # Errors
    /// As [`Guardian::of`].
    pub fn remove(student: Uuid, link: Uuid, db: &mut Db<'_, UpdateGuardians>) -> Result<()> {
        hold(student, db)?;
        let guardian = Self::of(student, link, db)?;
        diesel::update(guardians::table.find((db.organization(), guardian.id)))
            .set(guardians::deleted_at.eq(db.now()))
            .execute(db.conn())?;
        Ok(())
    }
}

/// Takes hold of the student, so that two people do not name two who are called first.
fn hold(student: Uuid, db: &mut Db<'_, UpdateGuardians>) -> Result<()> {
    in_reach(student, db)?;
    let _: Uuid = students::table
        .find((db.organization(), student))
        .select(students::id)
        .for_update()
        .first(db.conn())?;
    Ok(())
}

/// Whoever was called first so far is not any more.
fn step_down(student: Uuid, db: &mut Db<'_, UpdateGuardians>) -> Result<()> {
    diesel::update(guardians::table)
        .filter(guardians::organization_id.eq(db.organization()))
        .filter(guardians::student_id.eq(student))
        .filter(guardians::primary_contact)
        .filter(guardians::deleted_at.is_null())
        .set(guardians::primary_contact.eq(false))
        .execute(db.conn())?;
    Ok(())
}
