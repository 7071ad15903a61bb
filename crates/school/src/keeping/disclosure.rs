//! Giving a student's file out of the school: for whom, on what ground, and that it was done.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use schema::{disclosures, users};
use uuid::Uuid;

use super::complete_file::CompleteFile;
use crate::{
    alphabet::may_be_one,
    clock::new_id,
    db::Db,
    error::{Error, Result},
    people::{guardian::Family, restriction::Restriction},
    permit::CreateStudentFiles,
    words::DisclosureBasis,
};

/// What is to be given out, as a form says it.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The contact of the student whom it is for.
    pub contact: Option<Uuid>,
    /// The name of somebody else, such as another school.
    pub name: Option<String>,
    /// On what ground.
    pub ground: DisclosureBasis,
    /// What for.
    pub purpose: String,
    /// With who changed what.
    pub with_changes: bool,
    /// With who looked.
    pub with_looks: bool,
}

/// Whom it is for, and what they may not know.
#[derive(Clone, Debug)]
pub(super) struct Recipient {
    contact: Option<Uuid>,
    pub(super) name: String,
    is_barred: bool,
    pub(super) barred_from_address: bool,
}

impl Wanted {
    /// Whoever is meant, with what bars them today.
    pub(super) fn recipient(&self, student: Uuid, db: &mut Db<'_, CreateStudentFiles>) -> Result<Recipient> {
        let family = Family::of_student(student, db)?;
        let name = match (self.contact, &self.name) {
            (Some(contact), _) => {
                let found = family.guardians.iter().find(|one| one.contact.id == contact);
                let found = found.ok_or_else(|| Error::invalid("contact_id", "Choose one from the list."))?;
                found.contact.full_name.clone()
            }
            (None, Some(name)) => name.clone(),
            (None, None) => return Err(Error::invalid("contact_id", "Say whom it is for.")),
        };
        let bars: Vec<&Restriction> =
            family.restrictions.iter().filter(|bar| meets(bar, self.contact, &name)).collect();
        if bars.iter().any(|bar| bar.bars_records) {
            let field = if self.contact.is_some() { "contact_id" } else { "recipient_name" };
            return Err(Error::invalid(field, format!("{name} is kept from this student's records.")));
        }
        let barred_from_address = bars.iter().any(|bar| bar.bars_address);
        Ok(Recipient { contact: self.contact, name, is_barred: !bars.is_empty(), barred_from_address })
    }

    /// Whether a part is wanted. Changes tell former addresses, so whoever may not learn one does not get them.
    pub(super) fn takes(&self, part: &str, recipient: &Recipient) -> bool {
        match part {
            "changes" => self.with_changes && !recipient.is_barred,
            "looks" => self.with_looks,
            _ => true,
        }
    }
}

/// Whether a restriction is about somebody: by the contact, or by a name that may be theirs.
fn meets(bar: &Restriction, contact: Option<Uuid>, name: &str) -> bool {
    contact.is_some() && bar.contact_id == contact || may_be_one(bar.name(), name)
}

impl Recipient {
    /// A member of the family learns how others are reached from them. Another school does from the file, unless somebody
    /// with a name is kept from something.
    pub(super) fn hides_addresses_of(&self, about: Option<Uuid>) -> bool {
        (self.contact.is_some() || self.is_barred) && about.is_some() && about != self.contact
    }

    /// Whoever is kept from something learns of others' restrictions nothing.
    pub(super) fn may_know_of(&self, part: &str, about: Option<Uuid>) -> bool {
        part != "restrictions" || !self.is_barred || about == self.contact
    }
}

/// A file that was given out.
#[derive(Clone, Debug)]
pub struct Disclosure {
    /// To whom.
    pub to: String,
    /// On what ground.
    pub ground: DisclosureBasis,
    /// What for.
    pub purpose: String,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: Option<String>,
}

impl Disclosure {
    /// Notes that a file is given out, before it is.
    ///
    /// # Errors
    /// As [`CompleteFile::gather`].
    pub fn keep(
        file: &CompleteFile,
        wanted: &Wanted,
        sha256: &str,
        db: &mut Db<'_, CreateStudentFiles>,
    ) -> Result<()> {
        let recipient = wanted.recipient(file.student.id, db)?;
        diesel::insert_into(disclosures::table)
            .values((
                (disclosures::organization_id.eq(db.organization()), disclosures::id.eq(new_id())),
                (disclosures::student_id.eq(file.student.id), disclosures::contact_id.eq(recipient.contact)),
                (disclosures::recipient_name.eq(recipient.name), disclosures::ground.eq(wanted.ground)),
                (disclosures::purpose.eq(&wanted.purpose), disclosures::given_at.eq(db.now())),
                (
                    disclosures::with_changes.eq(wanted.with_changes),
                    disclosures::with_looks.eq(wanted.with_looks),
                ),
                (
                    disclosures::sha256.eq(sha256),
                    disclosures::shown.eq(i32::try_from(file.rows()).unwrap_or(i32::MAX)),
                ),
            ))
            .execute(db.conn())?;
        Ok(())
    }

    /// What was given out of a student, latest first. At most 50.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a student out of reach.
    pub fn of_student(student: Uuid, db: &mut Db<'_, CreateStudentFiles>) -> Result<Vec<Self>> {
        crate::people::student::in_reach(student, db)?;
        type Row = (String, DisclosureBasis, String, DateTime<Utc>, Option<(String, String)>);
        let rows: Vec<Row> = disclosures::table
            .left_join(
                users::table.on(users::organization_id
                    .eq(disclosures::organization_id.nullable())
                    .and(users::id.nullable().eq(disclosures::created_by_id))),
            )
            .filter(disclosures::organization_id.eq(db.organization()))
            .filter(disclosures::student_id.eq(student))
            .order((disclosures::given_at.desc(), disclosures::id.desc()))
            .select((
                disclosures::recipient_name,
                disclosures::ground,
                disclosures::purpose,
                disclosures::given_at,
                (users::first_name, users::last_name).nullable(),
            ))
            .limit(50)
            .load(db.conn())?;
        let read = |(to, ground, purpose, at, by): Row| Self {
            to,
            ground,
            purpose,
            at,
            by: by.map(|(first, last)| format!("{first} {last}")),
        };
        Ok(rows.into_iter().map(read).collect())
    }
}
