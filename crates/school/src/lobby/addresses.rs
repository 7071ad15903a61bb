//! The address that somebody signs in with: proved, and changed.

use diesel::PgConnection;
use serde_json::json;

use super::Lobby;
use crate::{
    access::{
        address::{self, Proof},
        email::Email,
        held_session, link,
        looked::Kind,
        mail::{self, Asked},
        renewal::{self, Opened},
        session::{Device, Token},
        user,
    },
    db::SignedIn,
    error::{Error, Result},
    words::{AccessAction, MailKind},
};

impl Lobby {
    /// Somebody wants a link that proves the address that they have.
    ///
    /// # Errors
    /// [`Error::SignedOut`] when their session ended meanwhile, [`Error::Unavailable`] when the database is away.
    pub fn ask_to_verify(&self, who: &SignedIn, request_ip: &str) -> Result<()> {
        let (user, now) = (who.person().id(), self.database.clock().now());
        let email = Email::read(who.person().email()).map_err(Error::internal)?;
        self.write_for(who, |conn| {
            address::ask(user, &email, request_ip, now, conn)?;
            let asked = Asked { address: email.typed(), request_ip, now };
            Ok(mail::leave(MailKind::EmailVerification, Some(user), asked, conn).map(|_| ())?)
        })
    }

    /// Somebody wants to sign in with another address. A link goes there and a word to the one they have; whether
    /// somebody else has it already, nobody learns here.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `current` when that is not their password or for `email` when it is the one they have,
    /// [`Error::TooMany`] after too many wrong guesses.
    pub fn ask_for_address(
        &self,
        who: &SignedIn,
        current: &str,
        email: &Email,
        device: &Device,
    ) -> Result<()> {
        let (request_ip, now) = (&*device.address, self.database.clock().now());
        let user = self.proves(who, current, device)?.id;
        let present = who.person().email();
        if crate::text::canonical_email(present) == email.canonical() {
            return Err(Error::invalid("email", "You sign in with this address already."));
        }
        self.write_for(who, |conn| {
            address::ask(user, email, request_ip, now, conn)?;
            for (kind, to) in [(MailKind::EmailChange, email.typed()), (MailKind::EmailChangeAsked, present)]
            {
                mail::leave(kind, Some(user), Asked { address: to, request_ip, now }, conn)?;
            }
            Ok(())
        })
    }

    /// What a link proves. Looking does not use it up, since mail scanners look.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it opens nothing, or nothing any more.
    pub fn address_link(&self, token: &Token) -> Result<Proof> {
        let now = self.database.clock().now();
        self.write(|conn| address::proof(token, now, conn)?.ok_or(Error::NotFound))
    }

    /// Uses a link: the address is theirs from now on. Where it is another than they had, everybody who was signed in is
    /// signed out, but for whoever uses it in their own session: answers what that browser holds from now on.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the link opens nothing any more, [`Error::Invalid`] for `email` when somebody else has the
    /// address meanwhile, [`Error::SignedOut`] when their own session ended meanwhile.
    pub fn prove_address(
        &self,
        token: &Token,
        held: Option<&SignedIn>,
        device: &Device,
    ) -> Result<Option<Opened>> {
        let now = self.database.clock().now();
        self.write(|conn| {
            let proof = address::proof(token, now, conn)?.ok_or(Error::NotFound)?;
            let own = held.filter(|held| held.person().id() == proof.user);
            own.map_or(Ok(()), |own| held_session::hold(own.person(), conn))?;
            if !address::take(&proof, now, conn)? {
                return Err(Error::NotFound);
            }
            if !proof.is_change() {
                user::verify_email(proof.user, now, conn)?;
                self.note(proof.user, (AccessAction::Credential, Kind::Address), &device.at(), conn)?;
                return Ok(None);
            }
            self.move_address(&proof, device, conn)?;
            self.note(proof.user, (AccessAction::Credential, Kind::Address), &device.at(), conn)?;
            if own.is_none() {
                renewal::revoke_ended(proof.user, now, conn)?;
                return Ok(None);
            }
            self.open_again(proof.user, device, conn).map(Some)
        })
    }

    /// Gives somebody the address that a link proves; nothing that was sent before opens anything, and both addresses
    /// hear of it.
    fn move_address(&self, proof: &Proof, device: &Device, conn: &mut PgConnection) -> Result<()> {
        let now = self.database.clock().now();
        let email = Email::read(&proof.email).map_err(Error::internal)?;
        user::move_to(proof.user, &email, now, conn)?;
        let told = json!({ "email": [proof.present, email.typed()] });
        user::tell(proof.user, "update", &told, conn)?;
        link::invalidate(proof.user, now, conn)?;
        address::invalidate(proof.user, now, conn)?;
        for to in [&proof.present, &proof.email] {
            let asked = Asked { address: to, request_ip: &device.address, now };
            mail::leave(MailKind::EmailChanged, Some(proof.user), asked, conn)?;
        }
        Ok(())
    }
}
