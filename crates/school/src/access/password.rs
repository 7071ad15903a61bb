//! Passwords: Argon2id, and how long a good one is.

use std::cell::Cell;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};

use unicode_normalization::UnicodeNormalization;

use super::breached;
use crate::error::{Error, Result};

/// The longest password taken, in bytes, checked before anything is computed.
pub const LONGEST: usize = 256;
/// The shortest password taken, in characters.
pub const SHORTEST: usize = 12;

thread_local! {
    static COMPUTED: Cell<u64> = const { Cell::new(0) };
}

/// How much this thread has computed for passwords, in KiB gone through: to look whether it is the same whoever tries.
#[must_use]
pub fn computed_here() -> u64 {
    COMPUTED.get()
}

/// How much work it is to compute a password; each hash says how it was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    /// Memory in KiB.
    pub memory: u32,
    /// How often that memory is gone through.
    pub passes: u32,
}

impl Default for Work {
    /// OWASP's first recommendation for Argon2id: 19 MiB, two passes, one lane.
    fn default() -> Self {
        Self { memory: 19 * 1024, passes: 2 }
    }
}

impl Work {
    fn argon2(self) -> Result<Argon2<'static>> {
        let params = Params::new(self.memory, self.passes, 1, None)
            .map_err(|error| Error::internal(error.to_string()))?;
        Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
    }

    /// The PHC string to keep for a password that was taken before.
    pub(crate) fn hash(self, password: &str) -> Result<String> {
        self.count();
        let hash = self.argon2()?.hash_password(one_spelling(password).as_bytes());
        Ok(hash.map_err(|error| Error::internal(error.to_string()))?.to_string())
    }

    /// Whether `password` is the one behind `hash`, by the work that it was made with. Without a hash as much is computed as
    /// for a new one, so that an address nobody has takes as long as one that somebody has.
    ///
    /// # Errors
    /// [`Error::Internal`] when a kept hash cannot be read.
    pub(crate) fn verify(self, password: &str, hash: Option<&str>) -> Result<bool> {
        let Some(password) = Some(one_spelling(password)).filter(|password| password.len() <= LONGEST) else {
            return Ok(false);
        };
        let Some(hash) = hash else {
            self.count();
            let nowhere = &mut [0_u8; 32];
            let computed = self.argon2()?.hash_password_into(password.as_bytes(), b"nobody is here", nowhere);
            return computed.map(|()| false).map_err(|error| Error::internal(error.to_string()));
        };
        Self::behind(hash).unwrap_or(self).count();
        let hash = PasswordHash::new(hash).map_err(|error| Error::internal(error.to_string()))?;
        Ok(self.argon2()?.verify_password(password.as_bytes(), &hash).is_ok())
    }

    /// Whether a kept hash was made with other work than this.
    pub(crate) fn differs_from(self, hash: &str) -> bool {
        Self::behind(hash) != Some(self)
    }

    /// What a kept hash was made with; none for another algorithm.
    fn behind(hash: &str) -> Option<Self> {
        let hash = PasswordHash::new(hash).ok().filter(|hash| hash.algorithm.as_str() == "argon2id")?;
        let params = Params::try_from(&hash).ok()?;
        Some(Self { memory: params.m_cost(), passes: params.t_cost() })
    }

    fn count(self) {
        COMPUTED.set(COMPUTED.get() + u64::from(self.memory) * u64::from(self.passes));
    }
}

/// The product's own words, which are no password here.
const OURS: [&str; 4] = ["belfry", "school", "teacher", "attendance"];

/// Whether a password is good enough to be chosen: long enough, not stolen elsewhere, and not what everybody or somebody
/// who knows its owner would guess first. `context` are such words: names, the address, the school's.
///
/// # Errors
/// [`Error::Invalid`] for field `password` with what to do about it.
pub fn check(password: &str, context: &[&str]) -> Result<()> {
    let password = &*one_spelling(password);
    check_length(password)?;
    let advice = "Take a few words that do not belong together, or let a password manager make one.";
    if breached::is_known(password) {
        let why = "This password was stolen elsewhere and is among the first that anybody tries.";
        return Err(Error::invalid("password", format!("{why} {advice}")));
    }
    let words: Vec<&str> = context.iter().copied().chain(OURS).filter(|word| word.len() > 2).collect();
    let estimate = zxcvbn::zxcvbn(password, &words);
    if estimate.score() >= zxcvbn::Score::Three {
        return Ok(());
    }
    let why = estimate.feedback().and_then(zxcvbn::feedback::Feedback::warning);
    Err(Error::invalid(
        "password",
        match why {
            Some(why) => format!("This is guessed too easily. {why} {advice}"),
            None => format!("This is guessed too easily. {advice}"),
        },
    ))
}

/// A password as every keyboard writes it: the same letters may come in several codes (NIST SP 800-63B, 5.1.1.2). Of one
/// that is far too long only so much as shows it.
fn one_spelling(password: &str) -> String {
    password.nfkc().take(LONGEST + 1).collect()
}

fn check_length(password: &str) -> Result<()> {
    if password.chars().count() < SHORTEST {
        return Err(Error::invalid("password", format!("At least {SHORTEST} characters.")));
    }
    if password.len() > LONGEST {
        let said = format!("At most {LONGEST} bytes: as many plain letters, fewer where they have accents.");
        return Err(Error::invalid("password", said));
    }
    Ok(())
}

/// The PHC string to keep for a new password.
///
/// # Errors
/// [`Error::Invalid`] for field `password` when it is too short or too long.
pub fn hash(password: &str) -> Result<String> {
    check_length(&one_spelling(password))?;
    Work::default().hash(password)
}
