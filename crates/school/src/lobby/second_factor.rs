//! The second factor of one's own account: set up, asked for, replaced and taken away.

use diesel::PgConnection;
use uuid::Uuid;

use super::Lobby;
use crate::{
    access::{
        failures, held_session,
        looked::Kind,
        mail::{self, Asked},
        recovery_code,
        renewal::Opened,
        seal::Seal,
        second_factor::{self, Enrolment, Standing},
        session::Device,
    },
    db::SignedIn,
    error::{Error, Result},
    words::{AccessAction, MailKind},
};

/// What somebody says to prove that it is they: the password, and a code where there is a second factor.
#[derive(Clone, Copy, Debug)]
pub struct Proof<'p> {
    /// The present password.
    pub current: &'p str,
    /// A code of the app, or one off the paper.
    pub code: &'p str,
}

impl Lobby {
    /// How it stands with somebody's own second factor.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database is away.
    pub fn second_factor(&self, who: &SignedIn) -> Result<Standing> {
        self.write(|conn| second_factor::standing(who.person().id(), conn))
    }

    /// Begins setting up a second factor, or the same on another phone.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `current` or `code`, [`Error::TooMany`] after too many wrong guesses.
    pub fn begin_second_factor(&self, who: &SignedIn, proof: Proof<'_>, device: &Device) -> Result<()> {
        let user = self.proves_all(who, proof, device)?;
        let now = self.database.clock().now();
        let secret = second_factor::new_secret(user, self.seal()?)?;
        self.write_for(who, |conn| Ok(second_factor::begin(user, &secret, now, conn).map(|_| ())?))
    }

    /// What somebody's app needs of the second factor that they are setting up.
    ///
    /// # Errors
    /// [`Error::NotFound`] when nothing was begun, or too long ago.
    pub fn enrolment(&self, who: &SignedIn) -> Result<Enrolment> {
        let (person, now) = (who.person(), self.database.clock().now());
        let secret = self.write(|conn| second_factor::begun(person.id(), self.seal()?, now, conn))?;
        second_factor::enrolment(&secret, person.email(), person.organization_name())
    }

    /// Proves with a code that the app has it: from now on it is asked for. Everybody who was signed in is signed out but
    /// here. Answers the codes on paper, this once, and what this browser holds from now on.
    ///
    /// # Errors
    /// [`Error::NotFound`] when nothing was begun, [`Error::Invalid`] for `code`, [`Error::SignedOut`] when their session
    /// ended meanwhile.
    pub fn confirm_second_factor(
        &self,
        who: &SignedIn,
        code: &str,
        device: &Device,
    ) -> Result<(Vec<String>, Opened)> {
        let user = who.person().id();
        self.write_for(who, |conn| {
            let codes = self.confirm((user, who.person().email()), code, device, conn)?;
            who.did(AccessAction::Credential, Kind::SecondFactor)?;
            Ok((codes, self.open_again(user, device, conn)?))
        })
    }

    /// Ten codes on paper in place of those before, for this once.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `current` or `code`, [`Error::TooMany`] after too many wrong guesses, [`Error::NotFound`] when
    /// there is no second factor.
    pub fn renew_recovery_codes(
        &self,
        who: &SignedIn,
        proof: Proof<'_>,
        device: &Device,
    ) -> Result<Vec<String>> {
        let user = self.proves_all(who, proof, device)?;
        let now = self.database.clock().now();
        self.write_for(who, |conn| {
            second_factor::standing(user, conn)?.since.ok_or(Error::NotFound)?;
            self.tell(MailKind::RecoveryCodesMade, (user, who.person().email()), device, conn)?;
            who.did(AccessAction::Credential, Kind::SecondFactor)?;
            recovery_code::renew(user, now, conn)
        })
    }

    /// Takes one's second factor away, where the role does not demand one.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `current` or `code`, [`Error::TooMany`] after too many wrong guesses,
    /// [`Error::NotFound`] when there is none, [`Error::Conflict`] when the role demands it.
    pub fn remove_second_factor(&self, who: &SignedIn, proof: Proof<'_>, device: &Device) -> Result<()> {
        let user = self.proves_all(who, proof, device)?;
        self.write_for(who, |conn| {
            let standing = second_factor::standing(user, conn)?;
            standing.since.ok_or(Error::NotFound)?;
            if standing.is_required {
                return Err(Error::Conflict(
                    "Your role demands a second factor. Move it to another phone instead.".into(),
                ));
            }
            second_factor::remove(user, conn)?;
            who.did(AccessAction::Credential, Kind::SecondFactor)?;
            self.tell(MailKind::SecondFactorRemoved, (user, who.person().email()), device, conn)
        })
    }

    /// Keeps what was begun, if the code is of it, and tells its owner.
    pub(super) fn confirm(
        &self,
        (user, email): (Uuid, &str),
        code: &str,
        device: &Device,
        conn: &mut PgConnection,
    ) -> Result<Vec<String>> {
        let now = self.database.clock().now();
        let secret = second_factor::begun(user, self.seal()?, now, conn)?;
        let step = second_factor::step(&secret, &plain(code), now)?.ok_or_else(wrong_code)?;
        let codes = second_factor::confirm(user, step, now, conn)?;
        self.tell(MailKind::SecondFactorSetUp, (user, email), device, conn)?;
        Ok(codes)
    }

    /// The password, and a code where there is a second factor.
    fn proves_all(&self, who: &SignedIn, proof: Proof<'_>, device: &Device) -> Result<Uuid> {
        let account = self.proves(who, proof.current, device)?;
        if account.has_second_factor() {
            let in_session = |conn: &mut PgConnection| held_session::hold(who.person(), conn);
            self.proves_twice((account.id, who.person().email()), proof.code, device, in_session)?;
        }
        Ok(account.id)
    }

    /// Whether a code is of a user's second factor. Every guess counts, and commits on its own. A code is used up only by
    /// whom `holds` still finds where they said the rest.
    pub(super) fn proves_twice(
        &self,
        (user, email): (Uuid, &str),
        code: &str,
        device: &Device,
        holds: impl FnOnce(&mut PgConnection) -> Result<()>,
    ) -> Result<()> {
        let now = self.database.clock().now();
        let code = plain(code);
        if let Some(seconds) = self.write(|conn| second_factor::count_guess(user, now, conn))? {
            return Err(Error::TooMany(seconds));
        }
        let is_right = self.write(|conn| {
            holds(conn)?;
            let is_step = code.len() == 6 && code.bytes().all(|digit| digit.is_ascii_digit());
            let is_right = if is_step {
                second_factor::use_code(user, &code, self.seal()?, now, conn)?
            } else {
                let is_left = recovery_code::use_one(user, &code, now, conn)?;
                if is_left {
                    self.tell(MailKind::RecoveryCodeUsed, (user, email), device, conn)?;
                }
                is_left
            };
            if is_right {
                second_factor::forget_guesses(user, conn)?;
            } else {
                failures::count(&device.network(), now, conn)?;
            }
            Ok(is_right)
        })?;
        is_right.then_some(()).ok_or_else(wrong_code)
    }

    pub(super) fn tell(
        &self,
        kind: MailKind,
        (user, address): (Uuid, &str),
        device: &Device,
        conn: &mut PgConnection,
    ) -> Result<()> {
        let (request_ip, now) = (&*device.at(), self.database.clock().now());
        mail::leave(kind, Some(user), Asked { address, request_ip, now }, conn)?;
        Ok(())
    }

    pub(super) fn seal(&self) -> Result<&Seal> {
        self.seal.as_deref().ok_or_else(|| Error::internal("the lobby has no key"))
    }
}

fn wrong_code() -> Error {
    Error::invalid("code", "That code is not right, or was used already. Wait for the next one.")
}

/// A code without what people type between its parts.
fn plain(typed: &str) -> String {
    typed.chars().filter(|letter| !letter.is_whitespace() && *letter != '-').take(64).collect()
}
