//! The session of whoever is at work: looked up again where something is written, and given another token.

use diesel::{PgConnection, dsl::exists, prelude::*};
use schema::{organizations, sessions, users};
use uuid::Uuid;

use super::{person::Person, session::Token, user};
use crate::{
    error::{Error, Result},
    sql::clock_timestamp,
};

/// Looks up again that somebody is signed in by their session, and stays with that until the transaction ends. What they do
/// with their own account they do one after the other.
pub(crate) fn hold(who: &Person, conn: &mut PgConnection) -> Result<()> {
    let id = who.session.ok_or(Error::SignedOut)?;
    let _: Uuid = users::table.find(who.id()).select(users::id).for_no_key_update().first(conn)?;
    let _: Uuid = sessions::table.find(id).select(sessions::id).for_no_key_update().first(conn)?;
    let runs = sessions::table
        .inner_join(users::table.left_join(organizations::table))
        .filter(sessions::id.eq(id))
        .filter(users::id.eq(who.id()))
        .filter(sessions::epoch.eq(users::epoch))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::expires_at.gt(clock_timestamp()))
        .filter(user::may_come_in())
        .select(sessions::id);
    let runs: bool = diesel::select(exists(runs)).get_result(conn)?;
    if runs { Ok(()) } else { Err(Error::SignedOut) }
}

/// Gives a session another token in place of the one that its browser holds, which opens nothing any more.
pub(crate) fn change_token(session: Uuid, conn: &mut PgConnection) -> Result<Token> {
    let token = Token::random()?;
    let changed = diesel::update(sessions::table.find(session).filter(sessions::ended_at.is_null()))
        .set(sessions::token_hash.eq(token.hash()))
        .execute(conn)?;
    if changed == 1 { Ok(token) } else { Err(Error::SignedOut) }
}
