//! How long records are kept after a student left, and whose are past that.

use chrono::NaiveDate;
use diesel::prelude::*;
use schema::retention_periods as periods;
use uuid::Uuid;

use crate::{
    clock::new_id,
    db::Db,
    error::Result,
    permit::{Grants, ReadErasures, UpdateRetentionPeriods},
    sql::{keeping, retention_years},
    words::RecordKind,
};

/// The most students that are listed at once.
const LISTED: i64 = 200;

/// Whole years for each kind of record, in the order of [`RecordKind::ALL`].
pub type Years = Vec<(RecordKind, i32)>;

/// The years of every kind, as the school set them or as they usually are.
///
/// # Errors
/// [`crate::Error::Unavailable`] when the database is away.
pub fn years(db: &mut Db<'_, impl Grants<ReadErasures>>) -> Result<Years> {
    let organization = db.organization();
    RecordKind::ALL
        .iter()
        .map(|kind| Ok((*kind, diesel::select(retention_years(organization, *kind)).get_result(db.conn())?)))
        .collect()
}

/// Sets the years of every kind.
///
/// # Errors
/// [`crate::Error::Unavailable`] when the database is away.
pub fn set(years: &[(RecordKind, i16)], db: &mut Db<'_, UpdateRetentionPeriods>) -> Result<()> {
    for (kind, years) in years {
        let row = (
            periods::organization_id.eq(db.organization()),
            periods::id.eq(new_id()),
            periods::kind.eq(*kind),
            periods::years.eq(*years),
        );
        diesel::insert_into(periods::table)
            .values(row)
            .on_conflict((periods::organization_id, periods::kind))
            .do_update()
            .set(periods::years.eq(*years))
            .execute(db.conn())?;
    }
    Ok(())
}

/// A student of whom some records need not be kept any longer.
#[derive(Clone, Debug)]
pub struct Past {
    /// Who.
    pub id: Uuid,
    /// By what name.
    pub name: String,
    /// By what number.
    pub number: String,
    /// Their last day.
    pub left_on: NaiveDate,
    /// Since when the first of them need not be.
    pub until: NaiveDate,
    /// What need not be kept; with the particulars everything.
    pub kinds: Vec<RecordKind>,
    /// Whether somebody asked already that they be taken out.
    pub asked: bool,
}

impl Past {
    /// Whether nothing of them need be kept.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        self.kinds.contains(&RecordKind::Particulars)
    }
}

/// Of whom there are records that are past their period, the longest first. At most 200.
///
/// # Errors
/// [`crate::Error::Unavailable`] when the database is away.
pub fn past(db: &mut Db<'_, impl Grants<ReadErasures>>) -> Result<Vec<Past>> {
    let (organization, today) = (db.organization(), db.today());
    Ok(keeping::past(organization, today, LISTED, db.conn())?)
}
