//! Trying an address and a password.

use diesel::PgConnection;

use super::Lobby;
use crate::{
    access::{
        device,
        email::Email,
        failures, guess,
        looked::Kind,
        renewal::Opened,
        session::{Device, Token},
        user::{self, Credentials},
    },
    error::{Error, Result},
};

/// What became of an attempt to sign in.
#[derive(Debug)]
pub enum Attempt {
    /// Welcome.
    Welcome {
        /// The new session, and what renews it.
        opened: Opened,
        /// The token by which this browser is known from now on.
        device: Token,
    },
    /// The right password; a code of the second factor is still to come, by this token.
    Code(Token),
    /// The right password; the role demands a second factor, which is still to be set up, by this token.
    Enrolment(Token),
    /// Wrong address or wrong password; nobody learns which.
    Wrong,
    /// The right password, too soon after wrong guesses: so many seconds to wait.
    Wait(u64),
}

/// What is known before the password is looked at.
pub(super) struct Known {
    pub(super) account: Option<Credentials>,
    /// Whether the account's owner has signed in from this browser before and not been careless there since.
    pub(super) is_their_browser: bool,
}

impl Lobby {
    /// Tries an address and a password. One Argon2 computation whoever it is, and once one more for whoever's password was
    /// computed with other work than is usual now; the session that the browser held
    /// before ends with success.
    ///
    /// # Errors
    /// [`Error::TooMany`] while the network address that it comes from has to wait, [`Error::Unavailable`] when the
    /// database is away.
    pub fn sign_in(
        &self,
        (typed, password): (&str, &str),
        stays: bool,
        device: &Device,
        before: Option<&Token>,
    ) -> Result<Attempt> {
        let email = Email::read(typed).map(|email| email.canonical().to_owned()).unwrap_or_default();
        let known = self.write(|conn| self.known(&email, device, conn))?;
        let hash = known.account.as_ref().and_then(|account| account.password_hash.as_deref());
        if !self.work.verify(password, hash)? {
            self.write(|conn| self.count_wrong_guess(&known, device, conn))?;
            self.note_guess(&email, device)?;
            return Ok(Attempt::Wrong);
        }
        let Some(account) = known.account.as_ref() else {
            return Ok(Attempt::Wrong);
        };
        if !known.is_their_browser
            && let Some(seconds) = account.wait(self.database.clock().now())
        {
            return self.put_off(account, seconds, device);
        }
        let anew = hash.filter(|hash| self.work.differs_from(hash)).map(|_| self.work.hash(password));
        let anew = anew.transpose()?;
        let attempt = self.write(|conn| {
            if let Some(seconds) = self.came_too_late(&known, account, conn)? {
                return Ok(Attempt::Wait(seconds));
            }
            if let Some(hash) = &anew {
                user::compute_anew(account, hash, conn)?;
            }
            self.end(before, device.renewal.as_ref(), conn)?;
            self.after_proof(account, Kind::Password, (device, stays), conn)
        })?;
        match attempt {
            Attempt::Wait(seconds) => self.put_off(account, seconds, device),
            other => Ok(other),
        }
    }

    /// Of many guesses at once the first wrong one makes the others wait, so that each wait is worth one guess: the seconds
    /// that whoever guessed right beside them has to wait.
    pub(super) fn came_too_late(
        &self,
        known: &Known,
        account: &Credentials,
        conn: &mut PgConnection,
    ) -> Result<Option<u64>> {
        if known.is_their_browser {
            return Ok(None);
        }
        Ok(guess::wait(account.id, self.database.clock().now(), conn)?)
    }

    /// The right password, too soon.
    fn put_off(&self, account: &Credentials, seconds: u64, device: &Device) -> Result<Attempt> {
        self.note_refusal(Some(account), Kind::Wait, device)?;
        // Under a siege even this word would tell the besieger that the guess was right.
        Ok(if account.is_besieged() { Attempt::Wrong } else { Attempt::Wait(seconds) })
    }

    pub(super) fn known(&self, email: &str, device: &Device, conn: &mut PgConnection) -> Result<Known> {
        let now = self.database.clock().now();
        let account = user::credentials(email, conn)?;
        let is_their_browser = match (&account, &device.token) {
            (Some(account), Some(token)) => device::is_trusted(account.id, token, now, conn)?,
            _ => false,
        };
        if !is_their_browser && let Some(seconds) = failures::wait(&device.network(), now, conn)? {
            return Err(Error::TooMany(seconds));
        }
        Ok(Known { account, is_their_browser })
    }

    /// Counts a wrong guess where it belongs: for the network address always, and for the account, unless it was made
    /// in a browser that the account's owner uses, which has a count of its own.
    pub(super) fn count_wrong_guess(
        &self,
        known: &Known,
        device: &Device,
        conn: &mut PgConnection,
    ) -> Result<()> {
        let now = self.database.clock().now();
        failures::count(&device.network(), now, conn)?;
        match (&known.account, &device.token) {
            (Some(account), Some(token)) if known.is_their_browser => {
                device::count_wrong_guess(account.id, token, now, conn)
            }
            (Some(account), _) => guess::count(account.id, now, conn),
            (None, _) => Ok(()),
        }
    }
}
