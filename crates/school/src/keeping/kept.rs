//! What is kept of a student who has left, and until when.

use chrono::NaiveDate;
use diesel::prelude::*;
use uuid::Uuid;

use crate::{
    db::Db,
    error::{Error, Result},
    people::student::in_reach,
    permit::{Grants, ReadErasures},
    sql::kept_until_of,
    words::RecordKind,
};

/// A kind of record that is kept of a student who has left.
#[derive(Clone, Copy, Debug)]
pub struct Kept {
    /// Which.
    pub kind: RecordKind,
    /// From when on it need not be; for the particulars, with which everything goes, the longest of all.
    pub until: NaiveDate,
}

/// What is kept of a student; nothing while they have a place here.
///
/// # Errors
/// [`Error::NotFound`] for a student out of reach.
pub fn kept(student: Uuid, db: &mut Db<'_, impl Grants<ReadErasures>>) -> Result<Vec<Kept>> {
    in_reach(student, db)?;
    let mut all = Vec::new();
    for kind in RecordKind::ALL.iter().copied() {
        all.extend(until(student, &with_it(kind), db)?.map(|until| Kept { kind, until }));
    }
    Ok(all)
}

/// What goes with a kind.
pub(super) fn with_it(kind: RecordKind) -> Vec<RecordKind> {
    if kind == RecordKind::Particulars { RecordKind::ALL.to_vec() } else { vec![kind] }
}

/// From when on nothing of these kinds need be kept.
pub(super) fn until(
    student: Uuid,
    kinds: &[RecordKind],
    db: &mut Db<'_, impl Grants<ReadErasures>>,
) -> Result<Option<NaiveDate>> {
    let (organization, today) = (db.organization(), db.today());
    Ok(diesel::select(kept_until_of(organization, student, today, kinds)).get_result(db.conn())?)
}

/// Refuses what is still to be kept.
pub(super) fn must_be_over(until: Option<NaiveDate>, today: NaiveDate) -> Result<()> {
    match until {
        None => {
            Err(Error::Conflict("This student has a place here, or nothing of that kind is kept.".into()))
        }
        Some(until) if until > today => Err(Error::Conflict(format!(
            "These records are kept until {until}: a period of the school is not over. See Retention."
        ))),
        Some(_) => Ok(()),
    }
}
