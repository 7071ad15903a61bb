//! Who collects a child before the day ends, and who may not.

use diesel::prelude::*;
use schema::{contacts, guardians};
use uuid::Uuid;

use crate::{
    db::Db,
    error::{Error, Result},
    people::restriction::Restriction,
    permit::{Grants, Permission, ReadGuardians, UpdateAttendanceRecords},
    words::Relationship,
};

/// Who takes a child along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Collector {
    /// One of the child's contacts.
    Contact(Uuid),
    /// Somebody else, by name.
    Named(String),
}

/// A contact of a child, as the front desk sees them.
#[derive(Clone, Debug)]
pub struct Escort {
    /// The contact.
    pub contact: Uuid,
    /// Their name.
    pub name: String,
    /// What they are to the child.
    pub relationship: Relationship,
    /// Whether the family said so.
    pub may_collect: bool,
    /// What bars them, whole.
    pub barred: Option<String>,
}

type Linked = (Uuid, String, Relationship, bool);

/// Everybody around a child and whether they may take the child along, and who else is barred. At most 50.
///
/// # Errors
/// [`Error::NotFound`] for a student out of reach.
pub fn escorts(
    student: Uuid,
    db: &mut Db<'_, impl Grants<ReadGuardians>>,
) -> Result<(Vec<Escort>, Vec<String>)> {
    crate::people::student::in_reach(student, db)?;
    let bars = bars(student, db)?;
    let linked = linked(student, db)?;
    let strangers =
        bars.iter().filter(|bar| bar.contact_id.is_none()).filter_map(|bar| bar.person_name.clone());
    let escort = |(contact, name, relationship, may_collect): Linked| {
        let bar = bars.iter().find(|bar| bar.contact_id == Some(contact));
        Escort { contact, name, relationship, may_collect, barred: bar.map(Restriction::barred) }
    };
    Ok((linked.into_iter().map(escort).collect(), strangers.collect()))
}

impl Collector {
    /// The contact and the name to write down.
    pub(super) fn check(
        &self,
        student: Uuid,
        db: &mut Db<'_, UpdateAttendanceRecords>,
    ) -> Result<(Option<Uuid>, String)> {
        let bars = bars(student, db)?;
        let linked = linked(student, db)?;
        let is_barred = |contact: &Uuid| bars.iter().any(|bar| bar.contact_id == Some(*contact));
        match self {
            Self::Contact(id) => {
                let known = linked.iter().find(|(contact, ..)| contact == id);
                let (_, name, _, may_collect) =
                    known.ok_or_else(|| Error::invalid("collector", "Choose one of the list."))?;
                if is_barred(id) || !may_collect {
                    return Err(Error::invalid("collector", format!("{name} may not collect this child.")));
                }
                Ok((Some(*id), name.clone()))
            }
            Self::Named(typed) => {
                let barred_contacts =
                    linked.iter().filter(|(contact, ..)| is_barred(contact)).map(|(_, name, ..)| name);
                let mut barred =
                    bars.iter().filter_map(|bar| bar.person_name.as_ref()).chain(barred_contacts);
                if barred.any(|name| sounds_like(name, typed)) {
                    return Err(Error::invalid(
                        "collected_by",
                        format!("{typed} may not collect this child."),
                    ));
                }
                Ok((None, typed.clone()))
            }
        }
    }
}

/// Whether every word of the shorter name stands in the longer one.
fn sounds_like(one: &str, other: &str) -> bool {
    let words = |name: &str| name.to_lowercase().split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let (one, other) = (words(one), words(other));
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    !short.is_empty() && short.iter().all(|word| long.contains(word))
}

fn bars<P: Permission>(student: Uuid, db: &mut Db<'_, P>) -> Result<Vec<Restriction>> {
    let bars = Restriction::of_student(student, db)?;
    Ok(bars.into_iter().filter(|bar| bar.bars_collection).collect())
}

fn linked<P: Permission>(student: Uuid, db: &mut Db<'_, P>) -> Result<Vec<Linked>> {
    let who =
        contacts::organization_id.eq(guardians::organization_id).and(contacts::id.eq(guardians::contact_id));
    Ok(guardians::table
        .inner_join(contacts::table.on(who))
        .filter(guardians::organization_id.eq(db.organization()))
        .filter(guardians::student_id.eq(student))
        .filter(guardians::deleted_at.is_null())
        .select((contacts::id, contacts::full_name, guardians::relationship, guardians::may_collect))
        .order((guardians::may_collect.desc(), guardians::position, guardians::id))
        .limit(50)
        .load(db.conn())?)
}
