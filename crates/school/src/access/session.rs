//! Sessions: who is signed in where, ended by the server at once.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{PgConnection, prelude::*, sql_types::Timestamptz};
use schema::{auth_refresh_tokens as renewals, sessions, users};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    clock::new_id,
    error::{Error, Result},
    sql::clock_timestamp,
};

/// How long a session may rest and how long it may last at all.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Without a request for so long, it is over.
    pub idle: TimeDelta,
    /// After so long, it is over whatever happens.
    pub absolute: TimeDelta,
    /// For so long a browser renews it whose owner wants to stay signed in; zero: nobody stays.
    pub stay: TimeDelta,
}

/// 32 random bytes that a browser holds; the database has only their SHA-256.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; 32]);

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token")
    }
}

impl Token {
    /// A new one, from the machine's source of chance.
    ///
    /// # Errors
    /// [`Error::Internal`] when there is none.
    pub fn random() -> Result<Self> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|error| Error::internal(error.to_string()))?;
        Ok(Self(bytes))
    }

    /// Reads what [`Token::written`] wrote; anything else is nobody's token.
    #[must_use]
    pub fn read(written: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        if written.len() != 64 || !written.is_ascii() {
            return None;
        }
        for (index, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(written.get(index * 2..index * 2 + 2)?, 16).ok()?;
        }
        Some(Self(bytes))
    }

    /// For the cookie: 64 hexadecimal digits.
    #[must_use]
    pub fn written(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    pub(crate) fn of(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub(crate) fn bytes(&self) -> [u8; 32] {
        self.0
    }

    pub(crate) fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0).to_vec()
    }
}

/// From where somebody signs in, as far as they tell.
#[derive(Clone, Debug)]
pub struct Device {
    /// The network address of the peer, or what a trusted proxy says it is.
    pub address: String,
    /// The browser's own words, at most 200 characters.
    pub user_agent: String,
    /// By what the browser is known from an earlier time, if it says so.
    pub token: Option<Token>,
    /// What it holds to renew its session, if its owner stays signed in.
    pub renewal: Option<Token>,
}

impl Device {
    /// The network that what comes from here is counted for.
    #[must_use]
    pub fn network(&self) -> String {
        super::failures::network(&self.address)
    }

    /// What it says of itself, kept short and on one line.
    pub(crate) fn said(&self) -> String {
        bounded(&self.user_agent, 200)
    }

    pub(crate) fn at(&self) -> String {
        bounded(&self.address, 45)
    }
}

/// A session just opened.
pub(crate) struct Opening {
    pub(crate) user: Uuid,
    pub(crate) epoch: i32,
    pub(crate) session: Uuid,
}

/// Opens a session for a user, at their present epoch, under a token.
pub(crate) fn open(
    token: &Token,
    (user, epoch): (Uuid, i32),
    device: &Device,
    limits: Limits,
    conn: &mut PgConnection,
) -> Result<Opening> {
    let session = new_id();
    diesel::insert_into(sessions::table)
        .values((
            sessions::id.eq(session),
            sessions::token_hash.eq(token.hash()),
            sessions::user_id.eq(user),
            sessions::epoch.eq(epoch),
            sessions::ip_address.eq(device.at()),
            sessions::user_agent.eq(device.said()),
            sessions::created_at.eq(diesel::dsl::now),
            sessions::seen_at.eq(diesel::dsl::now),
            sessions::expires_at.eq(diesel::dsl::now.into_sql::<Timestamptz>() + limits.absolute),
        ))
        .execute(conn)?;
    Ok(Opening { user, epoch, session })
}

/// A session that runs, as its owner sees it.
#[derive(Clone, Debug, Queryable)]
pub struct Session {
    /// Its id; it opens nothing.
    pub id: Uuid,
    /// The network address from which they signed in.
    pub address: String,
    /// The browser's own words.
    pub user_agent: String,
    /// When they signed in.
    pub created_at: DateTime<Utc>,
    /// When they were last there.
    pub seen_at: DateTime<Utc>,
    /// Until when this browser stays signed in, if it does.
    pub stays_until: Option<DateTime<Utc>>,
}

/// The most sessions shown.
const MOST: i64 = 100;

/// The sessions of a user that run or can be renewed, the latest seen first. At most 100.
pub(crate) fn of(
    user: Uuid,
    limits: Limits,
    now: DateTime<Utc>,
    conn: &mut PgConnection,
) -> QueryResult<Vec<Session>> {
    let is_renewed_by = renewals::session_id
        .eq(sessions::id)
        .and(renewals::replaced_by_token_id.is_null())
        .and(renewals::revoked_at.is_null())
        .and(renewals::expires_at.gt(now));
    let rests = (sessions::seen_at + limits.idle).gt(clock_timestamp());
    let is_fresh = sessions::expires_at.gt(clock_timestamp()).and(rests);
    sessions::table
        .inner_join(users::table)
        .left_join(renewals::table.on(is_renewed_by))
        .filter(users::id.eq(user))
        .filter(sessions::epoch.eq(users::epoch))
        .filter(sessions::ended_at.is_null())
        .filter(is_fresh.or(renewals::id.nullable().is_not_null()))
        .order((sessions::seen_at.desc(), sessions::id.desc()))
        .select((
            sessions::id,
            sessions::ip_address,
            sessions::user_agent,
            sessions::created_at,
            sessions::seen_at,
            renewals::expires_at.nullable(),
        ))
        .limit(MOST)
        .load(conn)
}

/// Ends one session of a user; answers whether it was theirs and not over.
pub(crate) fn end_one(user: Uuid, id: Uuid, conn: &mut PgConnection) -> QueryResult<bool> {
    let theirs = sessions::table.find(id).filter(sessions::user_id.eq(user));
    let ended = diesel::update(theirs.filter(sessions::ended_at.is_null()))
        .set(sessions::ended_at.eq(diesel::dsl::now))
        .execute(conn)?;
    Ok(ended == 1)
}

/// Ends a session that another takes the place of.
pub(crate) fn end_lapsed(id: Uuid, conn: &mut PgConnection) -> QueryResult<usize> {
    diesel::update(sessions::table.find(id)).set(sessions::ended_at.eq(diesel::dsl::now)).execute(conn)
}

/// Ends every session of a user, or every one but this.
pub(crate) fn end_all(user: Uuid, but: Option<Uuid>, conn: &mut PgConnection) -> QueryResult<usize> {
    diesel::update(sessions::table)
        .filter(sessions::user_id.eq(user))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::id.nullable().is_distinct_from(but))
        .set(sessions::ended_at.eq(diesel::dsl::now))
        .execute(conn)
}

/// Ends the session of a token, and answers whose it was; a token that is nobody's ends nothing.
pub(crate) fn end(token: &Token, conn: &mut PgConnection) -> QueryResult<Option<Uuid>> {
    diesel::update(
        sessions::table.filter(sessions::token_hash.eq(token.hash())).filter(sessions::ended_at.is_null()),
    )
    .set(sessions::ended_at.eq(diesel::dsl::now))
    .returning(sessions::user_id)
    .get_result(conn)
    .optional()
}

/// What a client says of itself is kept short and on one line.
fn bounded(said: &str, most: usize) -> String {
    said.chars().filter(|letter| !letter.is_control()).take(most).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::Token;

    #[test]
    fn of_ten_thousand_tokens_no_two_are_the_same() {
        let tokens: HashSet<String> = (0..10_000).map(|_| Token::random().unwrap().written()).collect();

        assert_eq!(tokens.len(), 10_000);
        assert!(tokens.iter().all(|token| token.len() == 64));
    }
}
