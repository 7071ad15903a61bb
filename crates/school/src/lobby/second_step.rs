//! The second step of signing in: a code after the password, or the second factor that has to be set up first.

use diesel::{PgConnection, prelude::*};
use uuid::Uuid;

use super::{Attempt, Lobby};
use crate::{
    access::{
        device,
        looked::Kind,
        pending_sign_in::{self as pending, Waiting},
        second_factor::{self, Enrolment},
        session::{Device, Token},
        user::{self, Credentials},
    },
    error::{Error, Result},
    sql::must_prove_twice,
    words::AccessAction::{Credential, SignIn, SignInRefused},
};

impl Lobby {
    /// Lets somebody in who knew the password or came by the provider, or asks for what is still missing; not whose account
    /// was closed, or got another password, since it was looked up.
    pub(super) fn after_proof(
        &self,
        account: &Credentials,
        proof: Kind,
        (device, stays): (&Device, bool),
        conn: &mut PgConnection,
    ) -> Result<Attempt> {
        let now = self.database.clock().now();
        let who = (account.id, account.epoch);
        user::hold(who, conn)?;
        if account.has_second_factor() {
            return Ok(Attempt::Code(pending::begin(who, stays, now, conn)?));
        }
        if diesel::select(must_prove_twice(account.id)).get_result(conn)? {
            let secret = second_factor::new_secret(account.id, self.seal()?)?;
            second_factor::begin(account.id, &secret, now, conn)?;
            return Ok(Attempt::Enrolment(pending::begin(who, stays, now, conn)?));
        }
        self.note(account.id, (SignIn, proof), &device.at(), conn)?;
        self.welcome(who, device, stays, conn)
    }

    /// Whose sign-in waits for a code.
    ///
    /// # Errors
    /// [`Error::SignedOut`] when none does, or its time is over.
    pub fn waiting(&self, token: &Token) -> Result<Waiting> {
        let now = self.database.clock().now();
        self.write(|conn| pending::of(token, now, conn)?.ok_or(Error::SignedOut))
    }

    /// Tries a code after the password: of the app, or one off the paper.
    ///
    /// # Errors
    /// [`Error::SignedOut`] when no sign-in waits for it, [`Error::Invalid`] for `code`, [`Error::TooMany`] too soon after
    /// wrong ones.
    pub fn sign_in_with_code(&self, token: &Token, code: &str, device: &Device) -> Result<Attempt> {
        let waiting = self.waiting(token)?;
        if waiting.enrols() {
            return Err(Error::SignedOut);
        }
        let still_waits = |conn: &mut PgConnection| self.still_waits(token, &waiting, conn);
        if let Err(error) = self.proves_twice((waiting.user, &waiting.email), code, device, still_waits) {
            self.write(|conn| self.note(waiting.user, (SignInRefused, Kind::Code), &device.at(), conn))?;
            return Err(error);
        }
        self.write(|conn| {
            self.takes(token, &waiting, conn)?;
            self.note(waiting.user, (SignIn, Kind::Code), &device.at(), conn)?;
            self.welcome((waiting.user, waiting.epoch), device, waiting.stays, conn)
        })
    }

    /// What the app of somebody needs who has to set a second factor up before they come in.
    ///
    /// # Errors
    /// [`Error::SignedOut`] when no sign-in waits for it.
    pub fn enrolment_at_the_door(&self, token: &Token) -> Result<Enrolment> {
        let (waiting, now) = (self.waiting(token)?, self.database.clock().now());
        if !waiting.enrols() {
            return Err(Error::SignedOut);
        }
        let secret = self.write(|conn| second_factor::begun(waiting.user, self.seal()?, now, conn));
        match secret {
            Ok(secret) => second_factor::enrolment(&secret, &waiting.email, waiting.place()),
            Err(Error::NotFound) => Err(Error::SignedOut),
            Err(error) => Err(error),
        }
    }

    /// Sets up the second factor that somebody's role demands, and lets them in. Answers the codes on paper, this once.
    ///
    /// # Errors
    /// [`Error::SignedOut`] when no sign-in waits for it, [`Error::Invalid`] for `code`.
    pub fn enrol_at_the_door(
        &self,
        token: &Token,
        code: &str,
        device: &Device,
    ) -> Result<(Vec<String>, Attempt)> {
        let waiting = self.waiting(token)?;
        if !waiting.enrols() {
            return Err(Error::SignedOut);
        }
        self.write(|conn| {
            self.takes(token, &waiting, conn)?;
            let codes = self.confirm((waiting.user, &waiting.email), code, device, conn)?;
            for done in [(Credential, Kind::SecondFactor), (SignIn, Kind::SecondFactor)] {
                self.note(waiting.user, done, &device.at(), conn)?;
            }
            Ok((codes, self.welcome((waiting.user, waiting.epoch + 1), device, waiting.stays, conn)?))
        })
    }

    /// Looks up again whose sign-in waits, with their account held: it may have become void since.
    fn still_waits(&self, token: &Token, before: &Waiting, conn: &mut PgConnection) -> Result<()> {
        user::hold((before.user, before.epoch), conn)?;
        pending::of(token, self.database.clock().now(), conn)?.map(|_| ()).ok_or(Error::SignedOut)
    }

    fn takes(&self, token: &Token, waiting: &Waiting, conn: &mut PgConnection) -> Result<()> {
        self.still_waits(token, waiting, conn)?;
        let taken = pending::take(token, self.database.clock().now(), conn)?;
        taken.then_some(()).ok_or(Error::SignedOut)
    }

    fn welcome(
        &self,
        who: (Uuid, i32),
        device: &Device,
        stays: bool,
        conn: &mut PgConnection,
    ) -> Result<Attempt> {
        user::has_come_in(who.0, conn)?;
        Ok(Attempt::Welcome {
            opened: self.open(who, device, stays, conn)?,
            device: device::remember(who.0, device.token.as_ref(), self.database.clock().now(), conn)?,
        })
    }
}
