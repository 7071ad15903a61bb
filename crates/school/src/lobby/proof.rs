//! Whoever changes how they come in says their password again, so that an open page in other hands is not enough.

use super::Lobby;
use crate::{
    access::{
        email::Email,
        looked::Kind,
        password,
        user::{self, Credentials},
    },
    db::SignedIn,
    error::{Error, Result},
    words::AccessAction,
};

impl Lobby {
    /// Whether somebody signed in knows their own password, on the field `current`; a wrong guess counts.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `current` when that is not the password, [`Error::TooMany`] after too many wrong guesses.
    pub(super) fn proves(&self, who: &SignedIn, current: &str) -> Result<Credentials> {
        let now = self.database.clock().now();
        let email = Email::read(who.person().email()).map_err(Error::internal)?;
        let account = self.write(|conn| Ok(user::credentials(email.canonical(), conn)?))?;
        let account = account.ok_or(Error::SignedOut)?;
        if let Some(seconds) = account.wait(now) {
            return Err(Error::TooMany(seconds));
        }
        if password::verify(current, account.password_hash.as_deref())? {
            return Ok(account);
        }
        self.write(|conn| user::count_wrong_guess(account.id, now, conn))?;
        who.did(AccessAction::SignInRefused, Kind::Password)?;
        Err(Error::invalid("current", "That is not your password."))
    }
}
