//! Wrong guesses at somebody's password, and how long the next one has to wait. Guesses at codes wait by the same ladder.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{PgConnection, dsl::case_when, prelude::*, sql_types::Integer};
use schema::users;
use uuid::Uuid;

use crate::error::Result;

/// More wrong guesses than anybody makes who only forgot.
pub(crate) const SIEGE: i32 = 25;
/// A day after the last one, wrong guesses are forgotten.
const FORGOTTEN: TimeDelta = TimeDelta::days(1);
/// By so much clocks differ, and so do two who asked for the time before one waited for the other.
const SKEW: TimeDelta = TimeDelta::minutes(1);

/// The ladder of delays after wrong guesses. It never locks for good, so that a stranger cannot shut a teacher out.
pub(crate) fn ladder(guesses: i32) -> TimeDelta {
    TimeDelta::seconds(match guesses {
        ..3 => 1,
        3..9 => 3,
        9..25 => 5,
        25..100 => 10,
        100.. => 60,
    })
}

/// The seconds left until then after so many guesses, begun ones whole. Much more than the ladder gives is left only where a
/// clock was set back, and nobody waits for that.
pub(crate) fn left(until: Option<DateTime<Utc>>, guesses: i32, now: DateTime<Utc>) -> Option<u64> {
    let left = until? - now;
    let counts = left > TimeDelta::zero() && left <= ladder(guesses) + SKEW;
    counts.then(|| left.num_milliseconds().unsigned_abs().div_ceil(1000).max(1))
}

/// Counts one wrong guess, in one statement so that a hundred at once count a hundred. One that comes while the wait for
/// those before it runs is in vain already, and does not make it longer.
pub(crate) fn count(user: Uuid, now: DateTime<Utc>, conn: &mut PgConnection) -> Result<()> {
    let counted = case_when(users::locked_until.lt(now - FORGOTTEN), 1.into_sql::<Integer>())
        .otherwise(users::failed_login_attempts + 1);
    let guesses: i32 = diesel::update(users::table.find(user))
        .set(users::failed_login_attempts.eq(counted))
        .returning(users::failed_login_attempts)
        .get_result(conn)?;
    let until = users::locked_until;
    let is_over = until.is_null().or(until.le(now)).or(until.gt(now + ladder(guesses) + SKEW));
    diesel::update(users::table.find(user).filter(is_over.assume_not_null()))
        .set(users::locked_until.eq(now + ladder(guesses)))
        .execute(conn)?;
    Ok(())
}

/// The seconds that somebody has to wait now, if any. The account is held, so that no guess is counted meanwhile.
pub(crate) fn wait(user: Uuid, now: DateTime<Utc>, conn: &mut PgConnection) -> QueryResult<Option<u64>> {
    let (until, guesses): (Option<DateTime<Utc>>, i32) = users::table
        .find(user)
        .select((users::locked_until, users::failed_login_attempts))
        .for_no_key_update()
        .first(conn)?;
    Ok(left(until, guesses, now))
}

/// Forgets the wrong guesses, so that nobody waits for them.
pub(crate) fn forget(user: Uuid, conn: &mut PgConnection) -> QueryResult<usize> {
    diesel::update(users::table.find(user))
        .set((users::failed_login_attempts.eq(0), users::locked_until.eq(None::<DateTime<Utc>>)))
        .execute(conn)
}
