//! The passwords that somebody had before.

use chrono::{DateTime, Utc};
use diesel::{PgConnection, prelude::*};
use schema::password_histories as past;
use uuid::Uuid;

use crate::{clock::new_id, error::Result};

/// So many of the last passwords are not taken again.
const REMEMBERED: i64 = 5;

/// The last passwords of a user as they are kept, the present one among them.
pub(crate) fn last(user: Uuid, conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    past::table
        .filter(past::user_id.eq(user))
        .order((past::created_at.desc(), past::id.desc()))
        .select(past::password_hash)
        .limit(REMEMBERED)
        .load(conn)
}

/// Remembers a new password, and forgets those that are long past.
pub(crate) fn keep(user: Uuid, hash: &str, now: DateTime<Utc>, conn: &mut PgConnection) -> Result<()> {
    diesel::insert_into(past::table)
        .values((
            past::id.eq(new_id()),
            past::user_id.eq(user),
            past::password_hash.eq(hash),
            past::created_at.eq(now),
        ))
        .execute(conn)?;
    let older: Vec<Uuid> = past::table
        .filter(past::user_id.eq(user))
        .order((past::created_at.desc(), past::id.desc()))
        .select(past::id)
        .offset(REMEMBERED)
        .load(conn)?;
    diesel::delete(past::table.filter(past::id.eq_any(older))).execute(conn)?;
    Ok(())
}

/// The same password, computed with other work.
pub(crate) fn compute_anew(
    user: Uuid,
    before: &str,
    hash: &str,
    conn: &mut PgConnection,
) -> QueryResult<usize> {
    diesel::update(past::table)
        .filter(past::user_id.eq(user))
        .filter(past::password_hash.eq(before))
        .set(past::password_hash.eq(hash))
        .execute(conn)
}
