//! How often something may be asked for: by whom it is about, and by the network that asks.

use std::{hash::Hash, num::NonZeroU32, time::Duration};

use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    middleware::NoOpMiddleware,
    state::keyed::DashMapStateStore,
};
use school::{Error, Result, Uuid};

/// Mails about one address, and requests for mail from one network, that may follow each other at once; then one each
/// `MAIL_EVERY` and `NETWORK_EVERY`.
const MAILS: NonZeroU32 = NonZeroU32::new(3).unwrap();
const MAIL_EVERY: Duration = Duration::from_mins(10);
const FROM_A_NETWORK: NonZeroU32 = NonZeroU32::new(30).unwrap();
const NETWORK_EVERY: Duration = Duration::from_mins(1);
/// Links that open nothing any more, used from one network at once; then one each `DEAD_LINK_EVERY`.
const DEAD_LINKS: NonZeroU32 = NonZeroU32::new(60).unwrap();
const DEAD_LINK_EVERY: Duration = Duration::from_mins(1);
/// Mails that one administrator sends at once, such as invitations at the beginning of a year; then one each `MAIL_BY_EVERY`.
const MAILS_BY: NonZeroU32 = NonZeroU32::new(200).unwrap();
const MAIL_BY_EVERY: Duration = Duration::from_secs(30);
/// People of one network who go to sign in elsewhere, which asks a provider each time.
const SIGN_ONS: NonZeroU32 = NonZeroU32::new(200).unwrap();
const SIGN_ON_EVERY: Duration = Duration::from_millis(500);
/// Short names of schools that one network tries, to see where people sign in; everybody at a school tries its own.
const SCHOOLS: NonZeroU32 = NonZeroU32::new(200).unwrap();
const SCHOOL_EVERY: Duration = Duration::from_secs(1);
/// A person's searches and files that may follow each other at once; then one each `SEARCH_EVERY` and `FILE_EVERY`.
const SEARCHES: NonZeroU32 = NonZeroU32::new(60).unwrap();
const FILES: NonZeroU32 = NonZeroU32::new(30).unwrap();
const SEARCH_EVERY: Duration = Duration::from_millis(500);
const FILE_EVERY: Duration = Duration::from_secs(10);
/// People who share one network's address, as a whole school does.
const BEHIND_A_NETWORK: NonZeroU32 = NonZeroU32::new(20).unwrap();
/// Names remembered before those that are quiet again are forgotten.
const MANY: usize = 10_000;

type Limiter<K> = RateLimiter<K, DashMapStateStore<K>, DefaultClock, NoOpMiddleware>;

/// How much one person may ask for at once.
#[derive(Clone, Copy)]
pub struct Pace {
    /// Searches, before they come one each `SEARCH_EVERY`.
    pub searches: NonZeroU32,
    /// Files, before they come one each `FILE_EVERY`.
    pub files: NonZeroU32,
}

impl Default for Pace {
    fn default() -> Self {
        Self { searches: SEARCHES, files: FILES }
    }
}

/// The program's limits.
pub struct Limits {
    mail_to: Limiter<String>,
    mail_from: Limiter<String>,
    mail_by: Limiter<Uuid>,
    mail_by_to: Limiter<(Uuid, String)>,
    dead_links: Limiter<String>,
    sign_ons: Limiter<String>,
    schools: Limiter<String>,
    searches: Limiter<Uuid>,
    searches_from: Limiter<String>,
    files: Limiter<Uuid>,
    files_from: Limiter<String>,
}

impl Default for Limits {
    fn default() -> Self {
        Self::of(Pace::default())
    }
}

fn limiter<K: Hash + Eq + Clone>(at_once: NonZeroU32, every: Duration) -> Limiter<K> {
    let quota = Quota::with_period(every).unwrap_or(Quota::per_minute(at_once)).allow_burst(at_once);
    RateLimiter::dashmap(quota)
}

impl Limits {
    /// Limits with this pace.
    #[must_use]
    pub fn of(pace: Pace) -> Self {
        let many = |one: NonZeroU32| one.saturating_mul(BEHIND_A_NETWORK);
        Self {
            mail_to: limiter(MAILS, MAIL_EVERY),
            mail_from: limiter(FROM_A_NETWORK, NETWORK_EVERY),
            mail_by: limiter(MAILS_BY, MAIL_BY_EVERY),
            mail_by_to: limiter(MAILS, MAIL_EVERY),
            dead_links: limiter(DEAD_LINKS, DEAD_LINK_EVERY),
            sign_ons: limiter(SIGN_ONS, SIGN_ON_EVERY),
            schools: limiter(SCHOOLS, SCHOOL_EVERY),
            searches: limiter(pace.searches, SEARCH_EVERY),
            searches_from: limiter(many(pace.searches), SEARCH_EVERY / BEHIND_A_NETWORK.get()),
            files: limiter(pace.files, FILE_EVERY),
            files_from: limiter(many(pace.files), FILE_EVERY / BEHIND_A_NETWORK.get()),
        }
    }

    /// Somebody uses a link that opens nothing any more.
    ///
    /// # Errors
    /// [`Error::TooMany`] with the seconds to wait.
    pub fn use_dead_link(&self, network: &str) -> Result<()> {
        spend(&self.dead_links, &network.to_owned())
    }

    /// Somebody goes to sign in elsewhere.
    ///
    /// # Errors
    /// [`Error::TooMany`] with the seconds to wait.
    pub fn sign_on(&self, network: &str) -> Result<()> {
        spend(&self.sign_ons, &network.to_owned())
    }

    /// Somebody looks whether people of a school sign in elsewhere. A name that no school has is counted like any other.
    ///
    /// # Errors
    /// [`Error::TooMany`] with the seconds to wait.
    pub fn look_for_school(&self, network: &str) -> Result<()> {
        spend(&self.schools, &network.to_owned())
    }

    /// Somebody searches.
    ///
    /// # Errors
    /// [`Error::TooMany`] with the seconds to wait.
    pub fn search(&self, person: Uuid, network: &str) -> Result<()> {
        spend(&self.searches, &person)?;
        spend(&self.searches_from, &network.to_owned())
    }

    /// Somebody takes a file away.
    ///
    /// # Errors
    /// [`Error::TooMany`] with the seconds to wait.
    pub fn export(&self, person: Uuid, network: &str) -> Result<()> {
        spend(&self.files, &person)?;
        spend(&self.files_from, &network.to_owned())
    }

    /// Somebody asks for a mail to an address, from a network. An address that nobody has is counted like any other.
    ///
    /// # Errors
    /// [`Error::TooMany`] with the seconds to wait.
    pub fn ask_for_mail(&self, address: &str, network: &str) -> Result<()> {
        spend(&self.mail_from, &network.to_owned())?;
        spend(&self.mail_to, &address.to_owned())
    }

    /// An administrator has a mail sent to somebody else's address. What strangers ask for there is counted apart, so that
    /// they hold up no invitation.
    ///
    /// # Errors
    /// [`Error::TooMany`] with the seconds to wait.
    pub fn send_mail(&self, by: Uuid, address: &str) -> Result<()> {
        spend(&self.mail_by, &by)?;
        spend(&self.mail_by_to, &(by, school::text::canonical_email(address)))
    }
}

fn spend<K: Hash + Eq + Clone>(limiter: &Limiter<K>, key: &K) -> Result<()> {
    if limiter.len() > MANY {
        limiter.retain_recent();
    }
    limiter.check_key(key).map_err(|until| {
        Error::TooMany(until.wait_time_from(DefaultClock::default().now()).as_secs().saturating_add(1))
    })
}

#[cfg(test)]
mod tests;
