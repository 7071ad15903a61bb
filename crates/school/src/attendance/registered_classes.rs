//! Which classes have registers, to choose one from.

use chrono::NaiveDate;
use diesel::{prelude::*, sql_types::Bool};
use schema::{attendance_sessions as sessions, classes};
use uuid::Uuid;

use crate::{
    db::Db,
    error::Result,
    permit::{Grants, ReadCampusAttendance},
};

/// The classes with registers from the first to the last day as far as the reader sees, by name, to choose from. At most
/// 1000.
///
/// # Errors
/// [`crate::Error::Unavailable`] when the database is away.
pub fn classes(
    (first, last): (NaiveDate, NaiveDate),
    db: &mut Db<'_, impl Grants<ReadCampusAttendance>>,
) -> Result<Vec<(Uuid, String)>> {
    let sees = db.sees();
    let taken = sessions::table
        .filter(sessions::organization_id.eq(db.organization()))
        .filter(sessions::session_date.between(first, last))
        .filter(sees.everything.into_sql::<Bool>().or(sessions::campus_id.eq_any(sees.campuses)))
        .filter(sessions::deleted_at.is_null())
        .select(sessions::class_id);
    Ok(classes::table
        .filter(classes::organization_id.eq(db.organization()))
        .filter(classes::id.eq_any(taken))
        .filter(classes::deleted_at.is_null())
        .order((classes::name, classes::id))
        .select((classes::id, classes::name))
        .limit(1000)
        .load(db.conn())?)
}
