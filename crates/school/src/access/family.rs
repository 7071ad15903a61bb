//! A session and those that its browser renewed it into: for whoever signs it out they are one.

use diesel::{PgConnection, prelude::*};
use schema::{auth_refresh_tokens as tokens, sessions};
use uuid::Uuid;

use super::session;

/// Ends a session of a user, or the one that has its place since its browser renewed it; answers whether one ran that was
/// theirs. What renews it is for the caller to end, after the sessions: in that order everybody holds them.
pub(crate) fn end(user: Uuid, id: Uuid, conn: &mut PgConnection) -> QueryResult<bool> {
    let mut present = Some(id);
    while let Some(one) = present {
        if session::end_one(user, one, conn)? {
            return Ok(true);
        }
        // Over already, or renewed while this waited for it; then the next one is known by now.
        present = in_place_of(user, id, conn)?;
    }
    Ok(false)
}

/// The session that runs now of the family that one belongs to.
fn in_place_of(user: Uuid, id: Uuid, conn: &mut PgConnection) -> QueryResult<Option<Uuid>> {
    let theirs = || tokens::table.filter(tokens::user_id.eq(user));
    let family: Option<Uuid> =
        theirs().filter(tokens::session_id.eq(id)).select(tokens::family_id).first(conn).optional()?;
    let Some(family) = family else { return Ok(None) };
    let of_family = theirs().filter(tokens::family_id.eq(family)).select(tokens::session_id);
    let running = sessions::table.filter(sessions::user_id.eq(user)).filter(sessions::ended_at.is_null());
    running.filter(sessions::id.eq_any(of_family)).select(sessions::id).first(conn).optional()
}
