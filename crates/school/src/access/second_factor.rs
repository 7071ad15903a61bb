//! A second factor: codes that an app on somebody's phone makes of a secret and the time (TOTP, RFC 6238).

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{PgConnection, prelude::*};
use schema::{second_factors as factors, users};
use totp_rs::{Builder, Secret, Totp};
use uuid::Uuid;

use super::{guess, recovery_code, seal::Seal};
use crate::error::{Error, Result};

/// How long somebody has to set one up, and to show a code after their password.
pub const PATIENCE: TimeDelta = TimeDelta::minutes(10);
/// Bytes of a secret: as many as the digest that codes are made with.
const LENGTH: usize = 20;
/// A day after the last one, wrong codes are forgotten.
const FORGOTTEN: TimeDelta = TimeDelta::days(1);

/// What an app needs to make codes.
#[derive(Clone)]
pub struct Enrolment {
    /// The secret for typing: Base32, in groups of four.
    pub key: String,
    /// The same and more as an address, for a picture that the app reads.
    pub url: String,
}

/// A second factor as its owner sees it.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Since when codes are asked for.
    pub since: Option<DateTime<Utc>>,
    /// How many codes on paper are left.
    pub codes_left: i64,
    /// Whether their role demands one.
    pub is_required: bool,
}

impl Standing {
    /// Whether it is demanded and not set up.
    pub(crate) fn is_missing(&self) -> bool {
        self.is_required && self.since.is_none()
    }
}

/// Makes a secret and closes it.
pub(crate) fn new_secret(user: Uuid, seal: &Seal) -> Result<Vec<u8>> {
    let mut secret = [0; LENGTH];
    getrandom::fill(&mut secret).map_err(|error| Error::internal(error.to_string()))?;
    seal.close(&secret, user.as_bytes())
}

/// Begins setting one up: what was there goes on until a code proves the new one.
pub(crate) fn begin(
    user: Uuid,
    closed: &[u8],
    now: DateTime<Utc>,
    conn: &mut PgConnection,
) -> QueryResult<usize> {
    let next = (factors::next_secret.eq(closed), factors::next_asked_at.eq(now));
    diesel::insert_into(factors::table)
        .values((factors::user_id.eq(user), next))
        .on_conflict(factors::user_id)
        .do_update()
        .set(next)
        .execute(conn)
}

/// The secret that is being set up, while there is time for it.
pub(crate) fn begun(user: Uuid, seal: &Seal, now: DateTime<Utc>, conn: &mut PgConnection) -> Result<Vec<u8>> {
    let closed: Option<Option<Vec<u8>>> = factors::table
        .find(user)
        .filter(factors::next_asked_at.gt(now - PATIENCE))
        .select(factors::next_secret)
        .first(conn)
        .optional()?;
    let closed = closed.flatten().ok_or(Error::NotFound)?;
    seal.open(&closed, user.as_bytes()).ok_or(Error::NotFound)
}

/// What an app needs, for an account at a place.
pub(crate) fn enrolment(secret: &[u8], account: &str, place: &str) -> Result<Enrolment> {
    // The address of the picture parts the two by a colon.
    let [account, place] = [account, place].map(|text| text.replace(':', " "));
    let made = builder(secret).with_account_name(account).with_issuer(Some(place)).build();
    let made = made.map_err(|error| Error::internal(error.to_string()))?;
    let letters: Vec<char> = made.secret().to_base32().chars().collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    let url = made.to_url().map_err(|error| Error::internal(error.to_string()))?;
    Ok(Enrolment { key: groups.join(" "), url })
}

fn builder(secret: &[u8]) -> Builder {
    Builder::new().with_secret(Secret::from(secret)).with_skew(1)
}

/// The step of time that a code belongs to: the present one, the one before or the one after.
pub(crate) fn step(secret: &[u8], code: &str, now: DateTime<Utc>) -> Result<Option<i64>> {
    let totp: Totp = builder(secret).build().map_err(|error| Error::internal(error.to_string()))?;
    let time = u64::try_from(now.timestamp()).unwrap_or_default();
    Ok(totp.check(code, time).and_then(|step| i64::try_from(step).ok()))
}

/// Whether a code is the present one of a user's second factor. It opens once, so of many at once one succeeds.
pub(crate) fn use_code(
    user: Uuid,
    code: &str,
    seal: &Seal,
    now: DateTime<Utc>,
    conn: &mut PgConnection,
) -> Result<bool> {
    let closed: Option<Option<Vec<u8>>> =
        factors::table.find(user).select(factors::secret).first(conn).optional()?;
    let Some(secret) = closed.flatten().and_then(|closed| seal.open(&closed, user.as_bytes())) else {
        tracing::error!(%user, "a second factor cannot be read: was the server's secret replaced?");
        return Ok(false);
    };
    let Some(step) = step(&secret, code, now)? else { return Ok(false) };
    let used = diesel::update(factors::table.find(user))
        .filter(factors::last_step.is_null().or(factors::last_step.lt(step)))
        .set(factors::last_step.eq(step))
        .execute(conn)?;
    Ok(used == 1)
}

/// Counts a guess before it is looked at, so that a hundred at once are one; answers the seconds to wait where it is too
/// soon after the last. A right one forgets them.
pub(crate) fn count_guess(user: Uuid, now: DateTime<Utc>, conn: &mut PgConnection) -> Result<Option<u64>> {
    let (failures, until): (i32, Option<DateTime<Utc>>) = factors::table
        .find(user)
        .select((factors::failures, factors::locked_until))
        .for_update()
        .first(conn)?;
    if let Some(left) = guess::left(until, failures, now) {
        return Ok(Some(left));
    }
    let is_old = until.is_some_and(|until| until < now - FORGOTTEN);
    let failures = if is_old { 1 } else { failures.saturating_add(1) };
    diesel::update(factors::table.find(user))
        .set((factors::failures.eq(failures), factors::locked_until.eq(now + guess::ladder(failures))))
        .execute(conn)?;
    Ok(None)
}

/// Forgets the wrong codes after a right one.
pub(crate) fn forget_guesses(user: Uuid, conn: &mut PgConnection) -> QueryResult<usize> {
    diesel::update(factors::table.find(user))
        .set((factors::failures.eq(0), factors::locked_until.eq(None::<DateTime<Utc>>)))
        .execute(conn)
}

/// What was being set up is asked for from now on, first after the step that proved it. Every session ends with it.
pub(crate) fn confirm(
    user: Uuid,
    step: i64,
    now: DateTime<Utc>,
    conn: &mut PgConnection,
) -> Result<Vec<String>> {
    diesel::update(factors::table.find(user))
        .set((
            factors::secret.eq(factors::next_secret),
            factors::last_step.eq(step),
            factors::next_secret.eq(None::<Vec<u8>>),
            factors::next_asked_at.eq(None::<DateTime<Utc>>),
            factors::failures.eq(0),
            factors::locked_until.eq(None::<DateTime<Utc>>),
        ))
        .execute(conn)?;
    diesel::update(users::table.find(user))
        .set((users::second_factor_at.eq(now), users::epoch.eq(users::epoch + 1)))
        .execute(conn)?;
    recovery_code::renew(user, now, conn)
}

/// It is asked for no more.
pub(crate) fn remove(user: Uuid, conn: &mut PgConnection) -> Result<()> {
    diesel::update(users::table.find(user))
        .set(users::second_factor_at.eq(None::<DateTime<Utc>>))
        .execute(conn)?;
    diesel::delete(factors::table.find(user)).execute(conn)?;
    recovery_code::forget(user, conn)?;
    Ok(())
}

/// How it stands with a user's second factor.
pub(crate) fn standing(user: Uuid, conn: &mut PgConnection) -> Result<Standing> {
    Ok(Standing {
        since: users::table.find(user).select(users::second_factor_at).first(conn)?,
        codes_left: recovery_code::left(user, conn)?,
        is_required: diesel::select(crate::sql::must_prove_twice(user)).get_result(conn)?,
    })
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};

    use super::{enrolment, step};

    /// The secret of RFC 6238's examples, and the codes of its appendix B cut to six digits.
    const SECRET: &[u8] = b"12345678901234567890";

    #[test]
    fn codes_are_those_of_the_standard_a_step_early_and_a_step_late() {
        for (at, code) in [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")] {
            let now = DateTime::<Utc>::from_timestamp(at, 0).unwrap();

            assert_eq!(step(SECRET, code, now).unwrap(), Some(at / 30));
            for near in [-30, 30] {
                assert_eq!(step(SECRET, code, now + TimeDelta::seconds(near)).unwrap(), Some(at / 30));
            }
            for far in [-60, 60].into_iter().filter(|far| at + far >= 0) {
                assert_eq!(step(SECRET, code, now + TimeDelta::seconds(far)).unwrap(), None);
            }
        }
        for nonsense in ["", "28708", "2870820", "28708a", "２８７０８２", "287082\u{0}"] {
            assert_eq!(
                step(SECRET, nonsense, DateTime::<Utc>::from_timestamp(59, 0).unwrap()).unwrap(),
                None
            );
        }
    }

    #[test]
    fn an_app_reads_the_place_and_the_account() {
        let made = enrolment(SECRET, "rosa@belfry.example", "Quay: North").unwrap();

        assert_eq!(made.key, "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert!(
            made.url.starts_with("otpauth://totp/Quay%20%20North:rosa%40belfry.example?secret=GEZD"),
            "{}",
            made.url
        );
    }
}
