//! Passwords forgotten, chosen anew and changed.

use diesel::{PgConnection, prelude::*};
use schema::users;
use uuid::Uuid;

use super::{Lobby, person_of};
use crate::{
    access::{
        address, device,
        email::Email,
        link::{self, Holder},
        looked::Kind,
        mail::{self, Asked},
        password, past_password,
        renewal::{self, Opened},
        session::{Device, Token},
        user,
    },
    db::SignedIn,
    error::{Error, Result},
    sql::person,
    words::{AccessAction, MailKind},
};

impl Lobby {
    /// Somebody forgot their password. Whoever they are, the same is done: a mail is left, which goes out if somebody
    /// signs in with this address.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database is away.
    pub fn forgot_password(&self, email: &Email, request_ip: &str) -> Result<()> {
        let now = self.database.clock().now();
        let account = self.write(|conn| Ok(user::credentials(email.canonical(), conn)?))?;
        self.note_asked(account.as_ref(), request_ip)?;
        let asked = Asked { address: email.canonical(), request_ip, now };
        let user = account.map(|account| account.id);
        self.write(|conn| Ok(mail::leave(MailKind::PasswordReset, user, asked, conn).map(|_| ())?))
    }

    /// Whom a link belongs to. Looking does not use it up, since mail scanners look.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it opens nothing, or nothing any more.
    pub fn link(&self, token: &Token) -> Result<Holder> {
        let now = self.database.clock().now();
        self.write(|conn| link::holder(token, now, conn)?.ok_or(Error::NotFound))
    }

    /// Uses a link to set a password. Nobody is signed in by it, and everybody who was is signed out. Answers the token by
    /// which this browser is known from now on: strangers' guesses do not keep whoever reads their mail from signing in here.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the link opens nothing any more, [`Error::Invalid`] for field `password`.
    pub fn choose_password(&self, token: &Token, password: &str, device: &Device) -> Result<Token> {
        let holder = self.link(token)?;
        self.check(&holder, password)?;
        self.refuse_past(holder.id, password)?;
        let hash = self.work.hash(password)?;
        self.write(|conn| {
            if !link::take(token, self.database.clock().now(), conn)? {
                return Err(Error::NotFound);
            }
            // The link was read at the address that it went to.
            let now = self.database.clock().now();
            user::verify_email(holder.id, now, conn)?;
            self.replace(holder.id, &hash, device, conn)?;
            self.note(holder.id, (AccessAction::Credential, Kind::Password), &device.address, conn)?;
            renewal::revoke_ended(holder.id, now, conn)?;
            device::remember(holder.id, device.token.as_ref(), now, conn)
        })
    }

    /// Sets somebody's own password anew, and signs them out everywhere but here: answers what this browser holds from now on.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `current` when that is not the password, for `password` when the new one cannot be taken;
    /// [`Error::TooMany`] after too many wrong guesses.
    pub fn change_password(
        &self,
        who: &SignedIn,
        (current, password): (&str, &str),
        device: &Device,
    ) -> Result<Opened> {
        let person = who.person();
        let account = self.proves(who, current, device)?;
        password::check(password, &person.context())?;
        self.refuse_past(account.id, password)?;
        let hash = self.work.hash(password)?;
        self.write_for(who, |conn| {
            // Of two changes at once, the second finds that its current password is none any more.
            let kept: Option<String> =
                users::table.find(account.id).select(users::password_hash).for_update().first(conn)?;
            if kept != account.password_hash {
                return Err(Error::invalid("current", "Your password was changed just now."));
            }
            self.replace(account.id, &hash, device, conn)?;
            who.did(AccessAction::Credential, Kind::Password)?;
            self.open_again(account.id, device, conn)
        })
    }

    /// The same words are refused through a link as on one's own page, where the campus is known, too.
    fn check(&self, holder: &Holder, password: &str) -> Result<()> {
        password::check(password, &holder.context())?;
        let known: Option<serde_json::Value> =
            self.write(|conn| Ok(diesel::select(person(holder.id)).get_result(conn)?))?;
        known.map_or(Ok(()), |known| password::check(password, &person_of(known)?.context()))
    }

    /// One of the last passwords is not taken again.
    fn refuse_past(&self, user: Uuid, password: &str) -> Result<()> {
        for hash in self.write(|conn| Ok(past_password::last(user, conn)?))? {
            if self.work.verify(password, Some(&hash))? {
                return Err(Error::invalid("password", "You have had this one before. Choose a new one."));
            }
        }
        Ok(())
    }

    /// Keeps a new password, ends every session, and lets nothing that was sent before, or waits to be sent, open anything.
    fn replace(&self, user: Uuid, hash: &str, device: &Device, conn: &mut PgConnection) -> Result<()> {
        let now = self.database.clock().now();
        let address: String = users::table.find(user).select(users::email).first(conn)?;
        user::set_password(user, hash, now, conn)?;
        past_password::keep(user, hash, now, conn)?;
        link::invalidate(user, now, conn)?;
        mail::call_back(user, now, conn)?;
        address::invalidate(user, now, conn)?;
        device::forget_others(user, device.token.as_ref(), conn)?;
        mail::leave(
            MailKind::PasswordChanged,
            Some(user),
            Asked { address: &address, request_ip: &device.address, now },
            conn,
        )?;
        Ok(())
    }
}
