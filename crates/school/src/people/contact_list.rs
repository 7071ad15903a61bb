//! The list of contacts: found by name, number or address, a page at a time.

use std::collections::BTreeMap;

use diesel::prelude::*;
use schema::{contacts, guardians, students};
use uuid::Uuid;

use super::{
    contact::{Contact, visible},
    restriction::Restriction,
    student::{Student, visible as visible_students},
};
use crate::{
    db::Db,
    error::Result,
    permit::{Grants, ReadGuardians},
    slice::{Listing, Slice},
};

/// A contact with the students that they belong to.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Who; without a number where they are barred from a student.
    pub contact: Contact,
    /// The students in reach.
    pub students: Vec<Student>,
    /// Whether something is barred to them.
    pub is_barred: bool,
    /// Whether that is contact itself, so that no number is shown.
    pub is_withheld: bool,
}

impl Contact {
    /// Everyone whom the reader may see, by name.
    pub fn listed(listing: &Listing, db: &mut Db<'_, impl Grants<ReadGuardians>>) -> Result<Slice<Listed>> {
        let mut query = visible(db);
        // Whose number is not shown is not found by it either.
        let patterns = listing.patterns();
        let withheld = if patterns.is_empty() { Vec::new() } else { Restriction::withholding(db)? };
        for pattern in patterns {
            query = query.filter(
                contacts::full_name
                    .ilike(pattern.clone())
                    .or(contacts::phone
                        .is_not_null()
                        .and(contacts::phone.assume_not_null().ilike(pattern.clone()))
                        .and(contacts::id.ne_all(withheld.clone())))
                    .or(contacts::email
                        .is_not_null()
                        .and(contacts::email.assume_not_null().ilike(pattern))
                        .and(contacts::id.ne_all(withheld.clone()))),
            );
        }
        if let Some((name, id)) = listing.after.clone() {
            query = query
                .filter(contacts::full_name.ge(name.clone()))
                .filter(contacts::full_name.gt(name).or(contacts::id.gt(id)));
        }
        let rows: Vec<Self> = query
            .select(Self::as_select())
            .order((contacts::full_name, contacts::id))
            .limit(Slice::<Self>::limit())
            .load(db.conn())?;
        with_students(rows, db)
    }
}

fn with_students(rows: Vec<Contact>, db: &mut Db<'_, impl Grants<ReadGuardians>>) -> Result<Slice<Listed>> {
    let ids: Vec<Uuid> = rows.iter().map(|contact| contact.id).collect();
    let restrictions = Restriction::of_contacts(&ids, db)?;
    let mut theirs = students_of(&ids, db)?;
    let listed = rows.into_iter().map(|mut contact| {
        contact.withhold(&restrictions);
        Listed {
            students: theirs.remove(&contact.id).unwrap_or_default(),
            is_barred: theirs_of(&restrictions, contact.id).next().is_some(),
            is_withheld: theirs_of(&restrictions, contact.id).any(|one| one.bars_contact),
            contact,
        }
    });
    Ok(Slice::of(listed.collect()))
}

fn theirs_of(all: &[Restriction], contact: Uuid) -> impl Iterator<Item = &Restriction> {
    all.iter().filter(move |one| one.contact_id == Some(contact))
}

fn students_of(
    ids: &[Uuid],
    db: &mut Db<'_, impl Grants<ReadGuardians>>,
) -> Result<BTreeMap<Uuid, Vec<Student>>> {
    let in_reach = visible_students(db).select(students::id);
    let rows: Vec<(Uuid, Student)> = guardians::table
        .inner_join(
            students::table.on(students::organization_id
                .eq(guardians::organization_id)
                .and(students::id.eq(guardians::student_id))),
        )
        .filter(guardians::organization_id.eq(db.organization()))
        .filter(guardians::contact_id.eq_any(ids))
        .filter(guardians::deleted_at.is_null())
        .filter(guardians::student_id.eq_any(in_reach))
        .select((guardians::contact_id, Student::as_select()))
        .order((students::last_name, students::first_name, students::id))
        .limit(1000)
        .load(db.conn())?;
    let mut theirs: BTreeMap<Uuid, Vec<Student>> = BTreeMap::new();
    for (contact, student) in rows {
        theirs.entry(contact).or_default().push(student);
    }
    Ok(theirs)
}
