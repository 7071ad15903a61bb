//! Passwords: Argon2id, and how long a good one is.

use std::cell::Cell;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};

use crate::error::{Error, Result};

/// The longest password taken, in bytes, checked before anything is computed.
pub const LONGEST: usize = 256;
/// The shortest password taken, in characters.
pub const SHORTEST: usize = 12;

thread_local! {
    static COMPUTED: Cell<u64> = const { Cell::new(0) };
}

/// How many passwords this thread has computed: to look whether one is right, the same number whoever tries.
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
        COMPUTED.set(COMPUTED.get() + 1);
        let hash = self.argon2()?.hash_password(password.as_bytes());
        Ok(hash.map_err(|error| Error::internal(error.to_string()))?.to_string())
    }

    /// Whether a kept hash was made with other work than this.
    pub(crate) fn differs_from(self, hash: &str) -> bool {
        let made = PasswordHash::new(hash).ok().filter(|hash| hash.algorithm.as_str() == "argon2id");
        let made = made.and_then(|hash| Params::try_from(&hash).ok());
        !made.is_some_and(|made| made.m_cost() == self.memory && made.t_cost() == self.passes)
    }
}

/// The product's own words, which are no password here.
const OURS: [&str; 4] = ["belfry", "school", "teacher", "attendance"];

/// Whether a password is good enough to be chosen: long enough, and not what everybody or somebody who knows its owner
/// would guess first. `context` are such words: names, the address, the school's.
///
/// # Errors
/// [`Error::Invalid`] for field `password` with what to do about it.
pub fn check(password: &str, context: &[&str]) -> Result<()> {
    check_length(password)?;
    let words: Vec<&str> = context.iter().copied().chain(OURS).filter(|word| word.len() > 2).collect();
    let estimate = zxcvbn::zxcvbn(password, &words);
    if estimate.score() >= zxcvbn::Score::Three {
        return Ok(());
    }
    let advice = "Take a few words that do not belong together, or let a password manager make one.";
    let why = estimate.feedback().and_then(zxcvbn::feedback::Feedback::warning);
    Err(Error::invalid(
        "password",
        match why {
            Some(why) => format!("This is guessed too easily. {why} {advice}"),
            None => format!("This is guessed too easily. {advice}"),
        },
    ))
}

fn check_length(password: &str) -> Result<()> {
    if password.chars().count() < SHORTEST || password.len() > LONGEST {
        return Err(Error::invalid(
            "password",
            format!("Between {SHORTEST} characters and {LONGEST} bytes."),
        ));
    }
    Ok(())
}

/// The PHC string to keep for a new password.
///
/// # Errors
/// [`Error::Invalid`] for field `password` when it is too short or too long.
pub fn hash(password: &str) -> Result<String> {
    check_length(password)?;
    Work::default().hash(password)
}

/// Whether `password` is the one behind `hash`. Without a hash one is computed all the same, so that an address
/// nobody has takes as long as one that somebody has.
///
/// # Errors
/// [`Error::Internal`] when a kept hash cannot be read.
pub fn verify(password: &str, hash: Option<&str>) -> Result<bool> {
    if password.len() > LONGEST {
        return Ok(false);
    }
    let argon2 = Work::default().argon2()?;
    COMPUTED.set(COMPUTED.get() + 1);
    match hash {
        Some(hash) => {
            let hash = PasswordHash::new(hash).map_err(|error| Error::internal(error.to_string()))?;
            Ok(argon2.verify_password(password.as_bytes(), &hash).is_ok())
        }
        None => {
            let mut nowhere = [0_u8; 32];
            argon2
                .hash_password_into(password.as_bytes(), b"nobody is here", &mut nowhere)
                .map_err(|error| Error::internal(error.to_string()))?;
            Ok(false)
        }
    }
}
