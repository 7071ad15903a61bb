//! Mail on its way: taken, written, sent or put off. Each step commits on its own.

use uuid::Uuid;

use super::Lobby;
use crate::{
    access::{
        link,
        mail::{self, Letter, Mail},
    },
    error::Result,
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
            let Some((address, first_name, last_name, organization)) = mail::reader(user, conn)? else {
                return Ok(None);
            };
            let purpose = match mail.kind {
                MailKind::PasswordReset => Some(LinkPurpose::PasswordReset),
                MailKind::Invitation => Some(LinkPurpose::Invitation),
                MailKind::PasswordChanged | MailKind::AddressChanged => None,
            };
            // Of another address the one before is told, too.
            let to = if mail.kind == MailKind::AddressChanged { mail.address.clone() } else { address };
            let link = match purpose {
                Some(purpose) => Some(link::issue(user, purpose, &mail.request_ip, now, conn)?),
                None => None,
            };
            Ok(Some(Letter { id: mail.id, to, first_name, last_name, organization, kind: mail.kind, link }))
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
}
