//! Staying signed in: a browser renews its session with a token, and gets another token each time. All that come from
//! one sign-in are a family. A token that is used a second time was copied, so its family ends.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{PgConnection, dsl::exists, prelude::*};
use schema::{auth_refresh_tokens as tokens, sessions, users};
use uuid::Uuid;

use super::{
    seal::Seal,
    session::{self, Device, Limits, Token},
};
use crate::{
    clock::{Clock, new_id},
    error::Result,
};

/// For so long the token before the present one is answered as if it were that: the answer may have been lost, or two tabs
/// asked at once.
const GRACE: TimeDelta = TimeDelta::seconds(10);
/// A token that was made later than this from now was made by a clock that went wrong.
const SKEW: TimeDelta = TimeDelta::minutes(1);

/// What a browser holds to renew its session.
#[derive(Clone, Debug)]
pub struct Renewal {
    /// Its token.
    pub token: Token,
    /// How long it opens from now on.
    pub lasts: TimeDelta,
}

/// What a browser is given when somebody comes in, or their session is renewed.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The token of the new session.
    pub session: Token,
    /// What renews it, where they stay signed in.
    pub renewal: Option<Renewal>,
}

/// What became of a token that was presented.
pub(crate) enum Presented {
    /// A session, and the next token.
    Renewed(Opened),
    /// It is nobody's, or opens nothing.
    Nothing,
    /// It was used before: its family has ended, and this user ought to know.
    Stolen(Uuid),
}

/// A token as it is kept.
#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = tokens)]
struct Kept {
    id: Uuid,
    user_id: Uuid,
    organization_id: Option<Uuid>,
    family_id: Uuid,
    session_id: Uuid,
    epoch: i32,
    seen_at: Option<DateTime<Utc>>,
    expires_at: DateTime<Utc>,
    revoked_at: Option<DateTime<Utc>>,
}

/// Begins a family: this browser stays signed in.
pub(crate) fn begin(
    opened: &session::Opening,
    device: &Device,
    limits: Limits,
    now: DateTime<Utc>,
    conn: &mut PgConnection,
) -> Result<Renewal> {
    let (id, token) = (new_id(), Token::random()?);
    let organization = users::table.find(opened.user).select(users::organization_id).single_value();
    diesel::insert_into(tokens::table)
        .values((
            (tokens::id.eq(id), tokens::family_id.eq(id), tokens::token_hash.eq(token.hash())),
            (tokens::user_id.eq(opened.user), tokens::organization_id.eq(organization)),
            (tokens::session_id.eq(opened.session), tokens::epoch.eq(opened.epoch)),
            (tokens::user_agent.eq(device.said()), tokens::ip_address.eq(device.at())),
            (tokens::created_at.eq(now), tokens::expires_at.eq(now + limits.stay)),
        ))
        .execute(conn)?;
    Ok(Renewal { token, lasts: limits.stay })
}

/// Takes a token. The next one and its session follow from it by the seal, so that whoever asks twice at once, or whose
/// answer was lost, is given the same.
pub(crate) fn present(
    token: &Token,
    device: &Device,
    (seal, limits): (&Seal, Limits),
    clock: &Clock,
    conn: &mut PgConnection,
) -> Result<Presented> {
    let Some(kept) = Kept::query().filter(tokens::token_hash.eq(token.hash())).first(conn).optional()? else {
        return Ok(Presented::Nothing);
    };
    hold(kept.family_id, conn)?;
    // Only now, since whoever waited here would be earlier than whoever went before.
    let now = clock.now();
    let next = seal.follows(token, "renewal")?;
    let session = seal.follows(token, "session")?;
    let renewal = Renewal { token: next.clone(), lasts: kept.expires_at - now };
    let opened = Opened { session: session.clone(), renewal: Some(renewal) };
    if let Some(replacement) = spend(&kept, now, conn)? {
        session::end_lapsed(kept.session_id, conn)?;
        let opening = session::open(&session, (kept.user_id, kept.epoch), device, limits, conn)?;
        succeed(&kept, (replacement, &next, opening.session), device, now, conn)?;
        return Ok(Presented::Renewed(opened));
    }
    let kept = Kept::query().filter(tokens::id.eq(kept.id)).first(conn)?;
    if kept.revoked_at.is_some() || kept.seen_at.is_none() || kept.expires_at <= now {
        return Ok(Presented::Nothing);
    }
    if is_just_replaced(&kept, now, conn)? {
        return Ok(Presented::Renewed(opened));
    }
    revoke_family(kept.family_id, now, conn)?;
    Ok(Presented::Stolen(kept.user_id))
}

/// Lets one at a time into a family, so that one that ends is not renewed beside it. What runs of it is held first, in the
/// order of whoever ends sessions: otherwise each of the two could wait for the other.
fn hold(family: Uuid, conn: &mut PgConnection) -> QueryResult<()> {
    let theirs = tokens::table.filter(tokens::family_id.eq(family)).select(tokens::session_id);
    let running = sessions::table.filter(sessions::id.eq_any(theirs)).filter(sessions::ended_at.is_null());
    running.select(sessions::id).order(sessions::id).for_no_key_update().load::<Uuid>(conn)?;
    tokens::table.find(family).select(tokens::id).for_update().first::<Uuid>(conn)?;
    Ok(())
}

/// Uses a token up if it is the present one and still opens; of many at once one succeeds. Answers its successor's id.
fn spend(kept: &Kept, now: DateTime<Utc>, conn: &mut PgConnection) -> QueryResult<Option<Uuid>> {
    let successor = new_id();
    let runs = sessions::table.find(kept.session_id).filter(sessions::ended_at.is_null());
    let is_theirs = users::table.find(kept.user_id).filter(users::epoch.eq(kept.epoch));
    let spent = diesel::update(tokens::table.find(kept.id))
        .filter(tokens::replaced_by_token_id.is_null())
        .filter(tokens::revoked_at.is_null())
        .filter(tokens::expires_at.gt(now))
        .filter(tokens::created_at.le(now + SKEW))
        .filter(exists(runs))
        .filter(exists(is_theirs))
        .set((tokens::replaced_by_token_id.eq(successor), tokens::seen_at.eq(now)))
        .execute(conn)?;
    Ok((spent == 1).then_some(successor))
}

fn succeed(
    before: &Kept,
    (id, token, session): (Uuid, &Token, Uuid),
    device: &Device,
    now: DateTime<Utc>,
    conn: &mut PgConnection,
) -> QueryResult<usize> {
    diesel::insert_into(tokens::table)
        .values((
            (
                tokens::id.eq(id),
                tokens::family_id.eq(before.family_id),
                tokens::previous_token_id.eq(before.id),
            ),
            (
                tokens::token_hash.eq(token.hash()),
                tokens::session_id.eq(session),
                tokens::epoch.eq(before.epoch),
            ),
            (tokens::user_id.eq(before.user_id), tokens::organization_id.eq(before.organization_id)),
            (tokens::user_agent.eq(device.said()), tokens::ip_address.eq(device.at())),
            (tokens::created_at.eq(now), tokens::expires_at.eq(before.expires_at)),
        ))
        .execute(conn)
}

/// Whether a token was the present one until just now. A clock that went back by more than clocks do says no.
fn is_just_replaced(kept: &Kept, now: DateTime<Utc>, conn: &mut PgConnection) -> QueryResult<bool> {
    let passed = kept.seen_at.map(|seen| now - seen);
    if !passed.is_some_and(|passed| passed >= -SKEW && passed <= GRACE) {
        return Ok(false);
    }
    let successor = tokens::table.filter(tokens::previous_token_id.eq(kept.id));
    diesel::select(exists(successor.filter(tokens::replaced_by_token_id.is_null()))).get_result(conn)
}

/// Ends a family and every session that came from it.
fn revoke_family(family: Uuid, now: DateTime<Utc>, conn: &mut PgConnection) -> QueryResult<usize> {
    let theirs = tokens::table.filter(tokens::family_id.eq(family)).select(tokens::session_id);
    diesel::update(sessions::table.filter(sessions::id.eq_any(theirs)).filter(sessions::ended_at.is_null()))
        .set(sessions::ended_at.eq(diesel::dsl::now))
        .execute(conn)?;
    diesel::update(tokens::table.filter(tokens::family_id.eq(family)).filter(tokens::revoked_at.is_null()))
        .set(tokens::revoked_at.eq(now))
        .execute(conn)
}

/// Whether a browser stays signed in by this token as this user.
pub(crate) fn is_theirs(
    user: Uuid,
    token: &Token,
    now: DateTime<Utc>,
    conn: &mut PgConnection,
) -> QueryResult<bool> {
    let held = tokens::table.filter(tokens::token_hash.eq(token.hash())).filter(tokens::user_id.eq(user));
    let opens = held.filter(tokens::revoked_at.is_null()).filter(tokens::expires_at.gt(now));
    diesel::select(exists(opens.filter(tokens::replaced_by_token_id.is_null()))).get_result(conn)
}

/// Ends the family of a token that a browser gives back.
pub(crate) fn give_back(token: &Token, now: DateTime<Utc>, conn: &mut PgConnection) -> QueryResult<()> {
    let family = tokens::table.filter(tokens::token_hash.eq(token.hash())).select(tokens::family_id);
    if let Some(family) = family.first(conn).optional()? {
        revoke_family(family, now, conn)?;
    }
    Ok(())
}

/// Ends the families of a user whose session has ended, and those that an older epoch opened.
pub(crate) fn revoke_ended(user: Uuid, now: DateTime<Utc>, conn: &mut PgConnection) -> QueryResult<usize> {
    let theirs = || users::table.find(user).select(users::epoch).single_value();
    let ended = sessions::table.filter(sessions::user_id.eq(user)).filter(sessions::ended_at.is_not_null());
    let last = tokens::table
        .filter(tokens::user_id.eq(user))
        .filter(tokens::revoked_at.is_null())
        .filter(tokens::replaced_by_token_id.is_null())
        .filter(
            tokens::session_id
                .eq_any(ended.select(sessions::id))
                .or(tokens::epoch.nullable().is_distinct_from(theirs())),
        );
    let families: Vec<Uuid> = last.select(tokens::family_id).load(conn)?;
    diesel::update(tokens::table.filter(tokens::family_id.eq_any(families)))
        .filter(tokens::revoked_at.is_null())
        .set(tokens::revoked_at.eq(now))
        .execute(conn)
}

/// Forgets the families of a user whose time is over.
pub(crate) fn forget_old(user: Uuid, now: DateTime<Utc>, conn: &mut PgConnection) -> QueryResult<usize> {
    let old = tokens::table.filter(tokens::user_id.eq(user)).filter(tokens::expires_at.lt(now));
    diesel::delete(old).execute(conn)
}
