//! Who collects a child before the day ends, and who may not.

use diesel::prelude::*;
use schema::{contacts, guardians};
use uuid::Uuid;

use super::kinship;
use crate::{
    alphabet::may_be_one,
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
    /// Whether a restriction forbids it.
    pub is_kept_away: bool,
    /// What they are barred from, whole.
    pub barred: Option<String>,
}

/// Somebody with a restriction who is none of the child's contacts, or is one no more.
#[derive(Clone, Debug)]
pub struct Stranger {
    /// Their name.
    pub name: String,
    /// Whether they may not collect the child.
    pub is_kept_away: bool,
    /// What they are barred from, whole.
    pub barred: String,
}

type Linked = (Uuid, String, Relationship, bool);

/// Everybody around a child and whether they may take the child along, and who else is barred from what. At most 50 each.
///
/// # Errors
/// [`Error::NotFound`] for a student out of reach.
pub fn escorts(
    student: Uuid,
    db: &mut Db<'_, impl Grants<ReadGuardians>>,
) -> Result<(Vec<Escort>, Vec<Stranger>)> {
    crate::people::student::in_reach(student, db)?;
    let bars = Restriction::of_student(student, db)?;
    let linked = linked(student, db)?;
    let is_linked = |bar: &Restriction| linked.iter().any(|(contact, ..)| bar.contact_id == Some(*contact));
    let is_met = |bar: &&Restriction| bars.iter().any(|one| one.id == bar.id && is_linked(one));
    let strangers = bars.iter().filter(|bar| !is_met(bar)).map(Stranger::read).collect();
    Ok((linked.into_iter().map(|link| Escort::read(link, &bars)).collect(), strangers))
}

impl Escort {
    fn read((contact, name, relationship, may_collect): Linked, bars: &[Restriction]) -> Self {
        let theirs = || bars.iter().filter(|bar| bar.contact_id == Some(contact));
        let is_kept_away = theirs().any(|bar| bar.bars_collection);
        let barred: Vec<String> = theirs().map(Restriction::barred).collect();
        let barred = (!barred.is_empty()).then(|| barred.join("; "));
        Self { contact, name, relationship, may_collect, is_kept_away, barred }
    }
}

impl Stranger {
    fn read(bar: &Restriction) -> Self {
        Self { name: bar.name().to_owned(), is_kept_away: bar.bars_collection, barred: bar.barred() }
    }
}

impl Collector {
    /// The contact and the name to write down.
    pub(super) fn check(
        &self,
        student: Uuid,
        db: &mut Db<'_, UpdateAttendanceRecords>,
    ) -> Result<(Option<Uuid>, String)> {
        let bars = Restriction::of_student(student, db)?;
        let linked = linked(student, db)?;
        let refused =
            |field, name: &str| Error::invalid(field, format!("{name} may not collect this child."));
        match self {
            Self::Contact(id) => {
                let known = linked.iter().find(|(contact, ..)| contact == id);
                let (_, name, _, may_collect) =
                    known.ok_or_else(|| Error::invalid("collector", "Choose one from the list."))?;
                if !may_collect || bars.iter().any(|bar| bar.bars_collection && bar.contact_id == Some(*id)) {
                    return Err(refused("collector", name));
                }
                Ok((Some(*id), name.clone()))
            }
            Self::Named(typed) => {
                let kept_away = bars.iter().filter(|bar| bar.bars_collection).map(Restriction::name);
                let not_entered =
                    linked.iter().filter(|(.., may_collect)| !may_collect).map(|(_, name, ..)| name.as_str());
                if kept_away.chain(not_entered).any(|name| may_be_one(name, typed))
                    || kinship::may_be_kept_away((student, typed), &bars, db)?
                {
                    return Err(refused("collected_by", typed));
                }
                Ok((None, typed.clone()))
            }
        }
    }
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
