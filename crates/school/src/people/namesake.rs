//! Somebody barred by name, and a contact of that name: whoever enters the one need not know of the other.

use diesel::prelude::*;
use schema::{contacts, guardians};
use uuid::Uuid;

use super::restriction::Restriction;
use crate::{alphabet::may_be_one, db::Db, error::Result, permit::Permission};

/// A student, one of their contacts, and what that is called.
type Linked = (Uuid, Uuid, String);

/// Restrictions as they count: one that bars somebody by name is about each of the student's contacts who may be called so.
/// It is better to ask once too often than to call whom a court keeps away.
pub(super) fn met<P: Permission>(bars: Vec<Restriction>, db: &mut Db<'_, P>) -> Result<Vec<Restriction>> {
    let by_name: Vec<Uuid> =
        bars.iter().filter(|bar| bar.contact_id.is_none()).map(|bar| bar.student_id).collect();
    if by_name.is_empty() {
        return Ok(bars);
    }
    let around = contacts_of(&by_name, db)?;
    Ok(bars.into_iter().flat_map(|bar| about(bar, &around)).collect())
}

fn about(bar: Restriction, around: &[Linked]) -> Vec<Restriction> {
    if bar.contact_id.is_some() {
        return vec![bar];
    }
    let called = around.iter().filter(|(of, _, name)| *of == bar.student_id && may_be_one(bar.name(), name));
    let met: Vec<Restriction> =
        called.map(|(_, contact, _)| Restriction { contact_id: Some(*contact), ..bar.clone() }).collect();
    if met.is_empty() { vec![bar] } else { met }
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
