//! How marks are kept: many rows, one statement, nothing overwritten that somebody else changed.

use chrono::NaiveDate;
use diesel::prelude::*;
use uuid::Uuid;

use super::roll::Record;
use crate::{
    db::Db,
    error::{Error, Result},
    permit::Permission,
    sql::keep_marks,
};

/// Keeps records in a session and answers whose was kept: a row that has moved on since it was read is left alone.
pub(crate) fn keep<P: Permission>(
    session: Uuid,
    day: NaiveDate,
    records: &[Record],
    db: &mut Db<'_, P>,
) -> Result<Vec<Uuid>> {
    let marks = serde_json::to_value(records).map_err(Error::internal)?;
    Ok(diesel::select(keep_marks(db.organization(), session, day, marks)).get_result(db.conn())?)
}
