//! Who gets mail about a student: guardians who want it, and nobody who is barred.

use std::collections::HashMap;

use diesel::prelude::*;
use schema::{contacts, guardians};
use uuid::Uuid;

use crate::{
    db::Db,
    error::Result,
    people::{guardian::Rights, restriction::Restriction},
    permit::{Grants, ReadGuardians},
};

/// The most guardians that are looked at.
const MOST: i64 = 1000;

/// Somebody who gets a letter.
#[derive(Clone, Debug)]
pub(super) struct Addressee {
    pub(super) contact: Uuid,
    pub(super) name: String,
    pub(super) address: Option<String>,
    pub(super) language: Option<String>,
}

type Linked = (Uuid, Rights, (Uuid, String, Option<String>, Option<String>));

/// Who gets mail about a student, in the order of calling, and who is kept from it, in words.
pub(super) type Around = (Vec<Addressee>, Vec<String>);

/// Who gets mail about each of some students.
pub(super) fn addressees(
    students: &[Uuid],
    db: &mut Db<'_, impl Grants<ReadGuardians>>,
) -> Result<HashMap<Uuid, Around>> {
    let bars = Restriction::of_students(students, db)?;
    let who =
        contacts::organization_id.eq(guardians::organization_id).and(contacts::id.eq(guardians::contact_id));
    let linked: Vec<Linked> = guardians::table
        .inner_join(contacts::table.on(who))
        .filter(guardians::organization_id.eq(db.organization()))
        .filter(guardians::student_id.eq_any(students))
        .filter(guardians::deleted_at.is_null())
        .filter(contacts::deleted_at.is_null())
        .select((
            guardians::student_id,
            Rights::as_select(),
            (contacts::id, contacts::full_name, contacts::address, contacts::language),
        ))
        .order((guardians::primary_contact.desc(), guardians::position, guardians::id))
        .limit(MOST)
        .load(db.conn())?;
    let mut around: HashMap<Uuid, Around> = HashMap::new();
    for bar in bars.iter().filter(|bar| bar.bars_contact || bar.bars_records) {
        let said = format!("{} gets no letter: {}.", bar.name(), bar.barred().to_lowercase());
        let kept_from_it = &mut around.entry(bar.student_id).or_default().1;
        // Of two who are called the same it is said once.
        if !kept_from_it.contains(&said) {
            kept_from_it.push(said);
        }
    }
    for (student, rights, (contact, name, address, language)) in linked {
        let about = bars.iter().filter(|bar| bar.student_id == student && bar.contact_id == Some(contact));
        if rights.under(about).receives_mail {
            let addressee = Addressee { contact, name, address, language };
            around.entry(student).or_default().0.push(addressee);
        }
    }
    Ok(around)
}
