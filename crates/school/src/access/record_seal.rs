//! Seals on the record of access and change: whatever was altered afterwards, even by who may do everything in the
//! database, fits its seal no longer.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{
    prelude::*,
    sql_types::{Bool, Bytea, Integer, Uuid as SqlUuid},
};
use uuid::{Builder, Uuid};

use crate::{
    catalog::Complaint,
    db::Db,
    error::Result,
    permit::{Permission, Seed},
};

/// What was recorded within this time is not sealed yet: the longest work, such as an import, is over by then.
pub const OPEN: TimeDelta = TimeDelta::hours(1);

/// A seal on a stretch of the record.
#[derive(Clone, Debug, QueryableByName)]
pub struct RecordSeal {
    /// Counts from 1 in each organization.
    #[diesel(sql_type = Integer)]
    pub number: i32,
    /// SHA-256 of the seal before and of what this one says.
    #[diesel(sql_type = Bytea)]
    pub chain: Vec<u8>,
}

/// The last seal of a stretch.
#[derive(QueryableByName)]
pub(crate) struct Standing {
    #[diesel(sql_type = Integer)]
    number: i32,
    #[diesel(sql_type = SqlUuid)]
    after_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    until_id: Uuid,
    #[diesel(sql_type = Bool)]
    fits: bool,
}

impl RecordSeal {
    /// Seals what an organization recorded until an instant and nobody sealed yet, if it recorded anything.
    ///
    /// # Errors
    /// [`crate::Error::Internal`] where somebody else sealed the same at the same moment.
    #[expect(clippy::disallowed_methods, reason = "a function that answers a row")]
    pub fn until(at: DateTime<Utc>, db: &mut Db<'_, Seed>) -> Result<Option<Self>> {
        let milliseconds = u64::try_from(at.timestamp_millis()).unwrap_or_default();
        let bound = Builder::from_unix_timestamp_millis(milliseconds, &[0; 10]).into_uuid();
        let sealed = diesel::sql_query(include_str!("../sql/seal_record.sql"))
            .bind::<SqlUuid, _>(db.organization())
            .bind::<SqlUuid, _>(bound);
        Ok(sealed.get_result(db.conn()).optional()?)
    }

    /// Its chain as people compare it.
    #[must_use]
    pub fn written(&self) -> String {
        self.chain.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// What of an organization's record is not what was sealed.
///
/// # Errors
/// [`crate::Error::Unavailable`] when the database is away.
#[expect(clippy::disallowed_methods, reason = "the seals are judged by functions that answer rows")]
pub fn broken(db: &mut Db<'_, Seed>) -> Result<Vec<Complaint>> {
    let chain = diesel::sql_query(include_str!("../sql/broken_chain.sql"));
    let mut found: Vec<Complaint> = chain.bind::<SqlUuid, _>(db.organization()).load(db.conn())?;
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
#[expect(clippy::disallowed_methods, reason = "a function that answers a row")]
pub(crate) fn renew<P: Permission>(before: &[Standing], erasure: Uuid, db: &mut Db<'_, P>) -> Result<()> {
    let changed = standing(db)?.into_iter().filter(|seal| !seal.fits);
    for seal in changed.filter(|seal| before.iter().any(|known| known.number == seal.number)) {
        diesel::sql_query("select seal_stretch($1, $2, $3, $4)")
            .bind::<SqlUuid, _>(db.organization())
            .bind::<SqlUuid, _>(seal.after_id)
            .bind::<SqlUuid, _>(seal.until_id)
            .bind::<SqlUuid, _>(erasure)
            .execute(db.conn())?;
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the seals are judged by functions that answer rows")]
fn standing<P: Permission>(db: &mut Db<'_, P>) -> Result<Vec<Standing>> {
    let all = diesel::sql_query(include_str!("../sql/standing_seals.sql"));
    Ok(all.bind::<SqlUuid, _>(db.organization()).load(db.conn())?)
}
