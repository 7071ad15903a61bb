//! Whom to call for an absent student, and whom not.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use schema::{contacts, guardians, restrictions, students};
use uuid::Uuid;

use crate::{
    alphabet::may_be_one,
    db::Db,
    error::Result,
    people::student::visible,
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

/// A guardian's contact, its name, its number and what they are to the child.
type Linked = (Uuid, String, Option<String>, Relationship);

/// A bar: its id, the contact or the name whom it bars, whether it bars a word to them, and what the contact is called, who
/// may be no guardian any more.
type Bar = (Uuid, Option<Uuid>, Option<String>, bool, Option<String>);

/// A student, one of their guardians and one of their bars.
type Around = (Uuid, Option<Linked>, Option<Bar>);

/// Whom to call for those of these students who are in reach. A barred person's number is not among them; what is barred is said whole.
pub fn reachable(
    of: &[Uuid],
    db: &mut Db<'_, impl Grants<ReadGuardians>>,
) -> Result<BTreeMap<Uuid, Reachable>> {
    let found = families(of, db)?;
    let mut reachable: BTreeMap<Uuid, Reachable> = BTreeMap::new();
    for family in found.chunk_by(|(one, ..), (next, ..)| one == next) {
        let Some((student, ..)) = family.first() else { continue };
        reachable.insert(*student, Reachable::of(family));
    }
    Ok(reachable)
}

impl Reachable {
    /// Of a family, each guardian as often as something is barred.
    fn of(family: &[Around]) -> Self {
        let mut bars: Vec<&Bar> = Vec::new();
        let mut guardians: Vec<&Linked> = Vec::new();
        for (_, guardian, bar) in family {
            if let Some(one) = guardian
                && guardians.iter().all(|known| known.0 != one.0)
            {
                guardians.push(one);
            }
            if let Some(one) = bar
                && bars.iter().all(|known| known.0 != one.0)
            {
                bars.push(one);
            }
        }
        let called =
            guardians.iter().filter(|guardian| !bars.iter().any(|bar| bar.3 && is_about(bar, guardian)));
        let people = called
            .filter_map(|(_, name, phone, relationship)| Some((phone.clone()?, name.clone(), *relationship)));
        let barred = bars.iter().map(|bar| {
            let known = guardians.iter().find(|guardian| is_about(bar, guardian));
            let name =
                bar.4.clone().or_else(|| known.map(|guardian| guardian.1.clone())).or_else(|| bar.2.clone());
            let name = name.unwrap_or_else(|| "Somebody".into());
            format!("{name} is barred. See the student’s page before calling anyone else.")
        });
        Self { people: people.collect(), barred: barred.collect() }
    }
}

/// By the contact, or by a name that may be theirs: whoever is barred is so as every contact of that name.
fn is_about((_, contact, name, _, called): &Bar, guardian: &Linked) -> bool {
    *contact == Some(guardian.0)
        || called.as_ref().or(name.as_ref()).is_some_and(|name| may_be_one(name, &guardian.1))
}

#[diesel::dsl::auto_type(no_type_alias)]
fn tied() -> _ {
    guardians::organization_id
        .eq(students::organization_id)
        .and(guardians::student_id.eq(students::id))
        .and(guardians::deleted_at.is_null())
}

#[diesel::dsl::auto_type(no_type_alias)]
fn barred_on(today: NaiveDate) -> _ {
    restrictions::organization_id
        .eq(students::organization_id)
        .and(restrictions::student_id.eq(students::id))
        .and(restrictions::deleted_at.is_null())
        .and(restrictions::starts_on.le(today))
        .and(restrictions::ends_on.is_null().or(restrictions::ends_on.ge(today)))
}

fn families<P: Permission>(of: &[Uuid], db: &mut Db<'_, P>) -> Result<Vec<Around>> {
    let linked =
        contacts::organization_id.eq(guardians::organization_id).and(contacts::id.eq(guardians::contact_id));
    let named = diesel::alias!(contacts as named);
    let whom = named
        .field(contacts::organization_id)
        .eq(restrictions::organization_id)
        .and(named.field(contacts::id).nullable().eq(restrictions::contact_id));
    Ok(students::table
        .left_join(guardians::table.on(tied()))
        .left_join(contacts::table.on(linked))
        .left_join(restrictions::table.on(barred_on(db.today())))
        .left_join(named.on(whom))
        .filter(students::organization_id.eq(db.organization()))
        .filter(students::id.eq_any(of.to_vec()))
        .filter(students::id.eq_any(visible(db).select(students::id)))
        .select((
            students::id,
            (contacts::id, contacts::full_name, contacts::phone, guardians::relationship).nullable(),
            (
                restrictions::id,
                restrictions::contact_id,
                restrictions::person_name,
                restrictions::bars_contact,
                named.field(contacts::full_name).nullable(),
            )
                .nullable(),
        ))
        .order((
            students::id,
            guardians::primary_contact.desc(),
            guardians::position,
            guardians::id,
            restrictions::starts_on,
            restrictions::id,
        ))
        .load(db.conn())?)
}
