//! Browsers from which somebody has signed in before. A stranger's wrong guesses do not hold them up.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{PgConnection, dsl::case_when, prelude::*, sql_types::Integer};
use schema::known_devices;
use uuid::Uuid;

use super::session::Token;
use crate::error::Result;

/// For how long a browser is remembered that nobody signs in with: what browsers keep a cookie at most.
pub const REMEMBERED: TimeDelta = TimeDelta::days(400);
/// So many wrong guesses within a day, and a known browser is treated as any other.
const SLIPS: i32 = 10;

/// A day after the last one, wrong guesses are forgotten.
const FORGOTTEN: TimeDelta = TimeDelta::days(1);

/// Whether a user has signed in from the browser that holds this token, and not slipped too often there since.
pub(crate) fn is_trusted(
    user: Uuid,
    token: &Token,
    now: DateTime<Utc>,
    conn: &mut PgConnection,
) -> QueryResult<bool> {
    let slips: Option<(i32, Option<DateTime<Utc>>)> = known_devices::table
        .find((user, token.hash()))
        .filter(known_devices::seen_at.gt(now - REMEMBERED))
        .select((known_devices::failures, known_devices::failed_at))
        .first(conn)
        .optional()?;
    Ok(slips.is_some_and(|(slips, last)| slips < SLIPS || last.is_some_and(|last| last < now - FORGOTTEN)))
}

/// Counts one wrong guess for a user from a browser of theirs.
pub(crate) fn count_wrong_guess(
    user: Uuid,
    token: &Token,
    now: DateTime<Utc>,
    conn: &mut PgConnection,
) -> Result<()> {
    let slips = case_when(known_devices::failed_at.lt(now - FORGOTTEN), 1.into_sql::<Integer>())
        .otherwise(known_devices::failures + 1);
    diesel::update(known_devices::table.find((user, token.hash())))
        .set((known_devices::failures.eq(slips), known_devices::failed_at.eq(now)))
        .execute(conn)?;
    Ok(())
}

/// Remembers the browser of a user who has signed in, and answers the token for its cookie: the one that it holds, if
/// that is one of ours, so that two people who share a browser are both known there.
pub(crate) fn remember(
    user: Uuid,
    held: Option<&Token>,
    now: DateTime<Utc>,
    conn: &mut PgConnection,
) -> Result<Token> {
    let token = match held {
        Some(held) if is_ours(held, conn)? => held.clone(),
        _ => Token::random()?,
    };
    diesel::delete(
        known_devices::table
            .filter(known_devices::user_id.eq(user))
            .filter(known_devices::seen_at.lt(now - REMEMBERED)),
    )
    .execute(conn)?;
    diesel::insert_into(known_devices::table)
        .values((
            known_devices::user_id.eq(user),
            known_devices::token_hash.eq(token.hash()),
            known_devices::created_at.eq(now),
            known_devices::seen_at.eq(now),
        ))
        .on_conflict((known_devices::user_id, known_devices::token_hash))
        .do_update()
        .set((known_devices::seen_at.eq(now), known_devices::failures.eq(0)))
        .execute(conn)?;
    Ok(token)
}

/// After a new password no browser is known any more but the one in which it was chosen.
pub(crate) fn forget_others(user: Uuid, held: Option<&Token>, conn: &mut PgConnection) -> QueryResult<usize> {
    let theirs = known_devices::table.filter(known_devices::user_id.eq(user));
    let held = held.map(Token::hash).unwrap_or_default();
    diesel::delete(theirs.filter(known_devices::token_hash.ne(held))).execute(conn)
}

fn is_ours(token: &Token, conn: &mut PgConnection) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(
        known_devices::table.filter(known_devices::token_hash.eq(token.hash())),
    ))
    .get_result(conn)
}
