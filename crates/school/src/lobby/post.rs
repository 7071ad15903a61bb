//! Mail on its way: taken, written, sent or put off. Each step commits on its own.

use chrono::{DateTime, Utc};
use diesel::PgConnection;
use uuid::Uuid;

use super::Lobby;
use crate::{
    access::{
        address, link,
        mail::{self, Letter, Mail},
        session::Token,
        user,
    },
    error::Result,
    text::canonical_email,
    words::{LinkPurpose, MailKind},
};

impl Lobby {
    /// The next mail to send, of one organization where one is named; nobody else gets the same for a while.
    ///
    /// # Errors
    /// [`crate::Error::Unavailable`] when the database is away.
    pub fn next_mail(&self, whose: Option<Uuid>) -> Result<Option<Mail>> {
        let now = self.database.clock().now();
        self.write(|conn| mail::take(whose, now, conn))
    }

    /// What it says, with a new link in it where it has one; nothing when there is nobody to send it to.
    ///
    /// # Errors
    /// [`crate::Error::Unavailable`] when the database is away.
    pub fn write_mail(&self, mail: &Mail) -> Result<Option<Letter>> {
        let Some(user) = mail.user else { return Ok(None) };
        let now = self.database.clock().now();
        self.write(|conn| {
            if !mail::is_wanted(mail, user, conn)? {
                return Ok(None);
            }
            let Some((email, first_name, last_name, organization)) = mail::reader(user, conn)? else {
                return Ok(None);
            };
            let Some(link) = self.link_of(mail, (user, &email), now, conn)? else { return Ok(None) };
            let to = if mail.kind.is_about_an_address() { mail.address.clone() } else { email.clone() };
            let (id, kind) = (mail.id, mail.kind);
            Ok(Some(Letter { id, to, first_name, last_name, organization, email, kind, link }))
        })
    }

    /// It is sent, or there was nobody to send it to.
    ///
    /// # Errors
    /// [`crate::Error::Unavailable`] when the database is away.
    pub fn mail_sent(&self, mail: &Mail) -> Result<()> {
        let now = self.database.clock().now();
        self.write(|conn| Ok(mail::settle(mail.id, now, conn).map(|_| ())?))
    }

    /// It could not be sent, for this reason; it waits and is tried again.
    ///
    /// # Errors
    /// [`crate::Error::Unavailable`] when the database is away.
    pub fn mail_not_sent(&self, mail: &Mail, why: &str) -> Result<()> {
        let now = self.database.clock().now();
        self.write(|conn| Ok(mail::put_off(mail, why, now, conn).map(|_| ())?))
    }

    /// The link in a mail, if its kind has one; nothing at all where the mail is not to be sent any more. It follows from the
    /// mail by the server's key, so that a second copy of a mail that seemed lost opens the same.
    fn link_of(
        &self,
        mail: &Mail,
        (user, present): (Uuid, &str),
        now: DateTime<Utc>,
        conn: &mut PgConnection,
    ) -> Result<Option<Option<Token>>> {
        let token = || self.seal()?.token_of_mail(mail.id, &canonical_email(present));
        let purpose = match mail.kind {
            MailKind::PasswordReset => LinkPurpose::PasswordReset,
            MailKind::Invitation => LinkPurpose::Invitation,
            // Whoever has the address already is not bothered, and who asked is not told.
            MailKind::EmailChange if user::is_known(&canonical_email(&mail.address), conn)? => {
                return Ok(None);
            }
            MailKind::EmailVerification | MailKind::EmailChange => {
                return Ok(address::write(token()?, (user, &mail.address), now, conn)?.map(Some));
            }
            _ => return Ok(Some(None)),
        };
        Ok(link::issue(token()?, (user, purpose), &mail.request_ip, now, conn)?.map(Some))
    }
}
