//! Seals on the record of access and change: whatever was altered afterwards, even by who may do everything in the
//! database, fits its seal no longer.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::{Builder, Uuid};

use crate::{
    catalog::Complaint,
    db::Db,
    error::Result,
    permit::{Permission, Seed},
    sql::seals::{self, Standing},
};

/// What was recorded within this time is not sealed yet: the longest work, such as an import, is over by then.
pub const OPEN: TimeDelta = TimeDelta::hours(1);

/// A seal on a stretch of the record.
#[derive(Clone, Debug)]
pub struct RecordSeal {
    /// Counts from 1 in each organization.
    pub number: i32,
    /// SHA-256 of the seal before and of what this one says, in hexadecimal.
    pub chain: String,
}

impl RecordSeal {
    /// Seals what an organization recorded until an instant and nobody sealed yet, if it recorded anything.
    ///
    /// # Errors
    /// [`crate::Error::Internal`] where somebody else sealed the same at the same moment.
    pub fn until(at: DateTime<Utc>, db: &mut Db<'_, Seed>) -> Result<Option<Self>> {
        let milliseconds = u64::try_from(at.timestamp_millis()).unwrap_or_default();
        let bound = Builder::from_unix_timestamp_millis(milliseconds, &[0; 10]).into_uuid();
        let made = seals::seal_until(db.organization(), bound, db.conn())?;
        Ok(made.map(|seal| {
            let chain = seal.chain.iter().map(|byte| format!("{byte:02x}")).collect();
            Self { number: seal.number, chain }
        }))
    }
}

/// What of an organization's record is not what was sealed.
///
/// # Errors
/// [`crate::Error::Unavailable`] when the database is away.
pub fn broken(db: &mut Db<'_, Seed>) -> Result<Vec<Complaint>> {
    let mut found = seals::broken_chain(db.organization(), db.conn())?;
    found.extend(standing(db)?.into_iter().filter(|seal| !seal.fits).map(|seal| Complaint {
        place: format!("seal {}", seal.number),
        complaint: "stands on what was changed, added or taken away afterwards".into(),
    }));
    Ok(found)
}

/// The stretches that fit their seals, before somebody lawfully changes them.
pub(crate) fn fitting<P: Permission>(db: &mut Db<'_, P>) -> Result<Vec<Standing>> {
    Ok(standing(db)?.into_iter().filter(|seal| seal.fits).collect())
}

/// Seals those anew that an erasure has changed.
pub(crate) fn renew<P: Permission>(before: &[Standing], erasure: Uuid, db: &mut Db<'_, P>) -> Result<()> {
    let changed = standing(db)?.into_iter().filter(|seal| !seal.fits);
    for seal in changed.filter(|seal| before.iter().any(|known| known.number == seal.number)) {
        seals::seal_anew(db.organization(), &seal, erasure, db.conn())?;
    }
    Ok(())
}

fn standing<P: Permission>(db: &mut Db<'_, P>) -> Result<Vec<Standing>> {
    Ok(seals::standing(db.organization(), db.conn())?)
}
