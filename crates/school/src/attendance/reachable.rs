//! Whom to call for an absent student, and whom not.

use std::collections::BTreeMap;

use diesel::prelude::*;
use schema::{contacts, guardians, students};
use uuid::Uuid;

use crate::{
    db::Db,
    error::Result,
    people::{restriction::Restriction, student::visible},
    permit::{Grants, Permission, ReadGuardians},
    words::Relationship,
};

/// Whom to call for a student.
#[derive(Clone, Debug, Default)]
pub struct Reachable {
    /// Numbers first, then whom one reaches; nobody who is barred.
    pub people: Vec<(String, String, Relationship)>,
    /// What is barred, whole.
    pub barred: Vec<String>,
}

#[derive(Queryable)]
struct Guardian {
    student: Uuid,
    contact: Uuid,
    name: String,
    phone: Option<String>,
    relationship: Relationship,
}

/// Whom to call for those of these students who are in reach. A barred person's number is not among them; what is barred is said whole.
pub fn reachable(
    of: &[Uuid],
    db: &mut Db<'_, impl Grants<ReadGuardians>>,
) -> Result<BTreeMap<Uuid, Reachable>> {
    let bars = Restriction::of_students(of, db)?;
    let guardians = guardians(of, db)?;
    let mut reachable: BTreeMap<Uuid, Reachable> = BTreeMap::new();
    for one in &guardians {
        let barred = bars.iter().any(|bar| {
            bar.bars_contact && bar.student_id == one.student && bar.contact_id == Some(one.contact)
        });
        if let (false, Some(phone)) = (barred, &one.phone) {
            let people = &mut reachable.entry(one.student).or_default().people;
            people.push((phone.clone(), one.name.clone(), one.relationship));
        }
    }
    for bar in bars {
        let words = format!("{} is barred. See the student’s page before calling anyone else.", bar.name());
        reachable.entry(bar.student_id).or_default().barred.push(words);
    }
    Ok(reachable)
}

fn guardians<P: Permission>(of: &[Uuid], db: &mut Db<'_, P>) -> Result<Vec<Guardian>> {
    let linked =
        contacts::organization_id.eq(guardians::organization_id).and(contacts::id.eq(guardians::contact_id));
    Ok(guardians::table
        .inner_join(contacts::table.on(linked))
        .filter(guardians::organization_id.eq(db.organization()))
        .filter(guardians::student_id.eq_any(of))
        .filter(guardians::student_id.eq_any(visible(db).select(students::id)))
        .filter(guardians::deleted_at.is_null())
        .select((
            guardians::student_id,
            contacts::id,
            contacts::full_name,
            contacts::phone,
            guardians::relationship,
        ))
        .order((guardians::student_id, guardians::primary_contact.desc(), guardians::position, guardians::id))
        .load(db.conn())?)
}
