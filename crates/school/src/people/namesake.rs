//! Whoever is barred is barred under their name: as any contact of the child who may be called so, since whoever enters
//! the one, or brings in a table, need not know of the other.

use diesel::prelude::*;
use schema::{contacts, guardians};
use uuid::Uuid;

use super::restriction::Restriction;
use crate::{alphabet::may_be_one, db::Db, error::Result, permit::Permission};

/// A student, one of their contacts, and what that is called.
type Linked = (Uuid, Uuid, String);

/// Restrictions as they count: each is about whom it names, and about each of the student's contacts who may be called so.
/// It is better to ask once too often than to call whom a court keeps away.
pub(super) fn met<P: Permission>(bars: Vec<Restriction>, db: &mut Db<'_, P>) -> Result<Vec<Restriction>> {
    if bars.is_empty() {
        return Ok(bars);
    }
    let mut students: Vec<Uuid> = bars.iter().map(|bar| bar.student_id).collect();
    students.sort_unstable();
    students.dedup();
    let around = contacts_of(&students, db)?;
    Ok(bars.into_iter().flat_map(|bar| about(bar, &around)).collect())
}

fn about(bar: Restriction, around: &[Linked]) -> Vec<Restriction> {
    let theirs =
        around.iter().filter(|(of, contact, _)| *of == bar.student_id && bar.contact_id != Some(*contact));
    let mut met: Vec<Restriction> = theirs
        .filter(|(.., name)| may_be_one(bar.name(), name))
        .map(|(_, contact, name)| Restriction {
            contact_id: Some(*contact),
            contact_name: bar.contact_id.map(|_| name.clone()),
            ..bar.clone()
        })
        .collect();
    if bar.contact_id.is_some() || met.is_empty() {
        met.insert(0, bar);
    }
    met
}

impl Restriction {
    /// Those that would be about somebody of this name today, were they a contact of the student.
    pub(super) fn of_name<P: Permission>(
        student: Uuid,
        called: &str,
        db: &mut Db<'_, P>,
    ) -> Result<Vec<Self>> {
        let mut bars = Self::of_student(student, db)?;
        bars.retain(|bar| may_be_one(bar.name(), called));
        Ok(bars)
    }
}

fn contacts_of<P: Permission>(students: &[Uuid], db: &mut Db<'_, P>) -> Result<Vec<Linked>> {
    let who =
        contacts::organization_id.eq(guardians::organization_id).and(contacts::id.eq(guardians::contact_id));
    Ok(guardians::table
        .inner_join(contacts::table.on(who))
        .filter(guardians::organization_id.eq(db.organization()))
        .filter(guardians::student_id.eq_any(students))
        .filter(guardians::deleted_at.is_null())
        .select((guardians::student_id, contacts::id, contacts::full_name))
        .order((guardians::student_id, guardians::position, guardians::id))
        .limit(20_000)
        .load(db.conn())?)
}
