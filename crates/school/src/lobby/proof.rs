//! Whoever changes how they come in says their password again, so that an open page in other hands is not enough.

use super::Lobby;
use crate::{
    access::{email::Email, looked::Kind, session::Device, user::Credentials},
    db::SignedIn,
    error::{Error, Result},
    words::AccessAction,
};

/// What is said by the present password to whoever has none.
pub const NO_PASSWORD: &str = "You have no password yet, since you sign in with your school’s account. A link to choose one comes by mail.";

impl Lobby {
    /// Whether somebody signed in knows their own password, on the field `current`; a wrong guess counts. In a browser of
    /// theirs it counts there, and strangers' guesses hold nobody up who finds out about them. Whoever has none is told so, and
    /// nothing counts.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `current` when that is not the password, [`Error::TooMany`] after too many wrong guesses.
    pub(super) fn proves(&self, who: &SignedIn, current: &str, device: &Device) -> Result<Credentials> {
        let now = self.database.clock().now();
        let email = Email::read(who.person().email()).map_err(Error::internal)?;
        let known = self.write(|conn| self.known(email.canonical(), device, conn))?;
        let account = known.account.as_ref().ok_or(Error::SignedOut)?;
        if account.password_hash.is_none() {
            return Err(Error::invalid("current", NO_PASSWORD));
        }
        if !known.is_their_browser
            && let Some(seconds) = account.wait(now)
        {
            return Err(Error::TooMany(seconds));
        }
        if self.work.verify(current, account.password_hash.as_deref())? {
            return match self.write(|conn| self.came_too_late(&known, account, conn))? {
                Some(seconds) => Err(Error::TooMany(seconds)),
                None => Ok(account.clone()),
            };
        }
        self.write(|conn| self.count_wrong_guess(&known, device, conn))?;
        who.did(AccessAction::SignInRefused, Kind::Password)?;
        Err(Error::invalid("current", "That is not your password."))
    }
}
