//! Changing what is written of somebody else's account: particulars and address.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use schema::users;
use uuid::Uuid;

use super::{
    account::{Account, visible},
    authority::administer,
    email::Email,
    invitation::{Asking, elsewhere, leave},
};
use crate::{
    db::Db,
    edit::{Edit, author},
    error::{Error, Result},
    permit::{Permission, UpdateUsers},
    words::MailKind,
};

/// What an administrator writes of somebody.
#[derive(Clone, Debug)]
pub struct Particulars {
    /// First name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// What they sign in with.
    pub email: Email,
    /// Telephone.
    pub phone_number: Option<String>,
    /// BCP 47 tag of their language.
    pub locale: Option<String>,
}

impl Particulars {
    /// Changes what is written of somebody, unless somebody else did since it was `seen`. With another address every
    /// session and every link ends, and both addresses are told; both mails are counted, the one to the new address before
    /// anybody looks who has it.
    ///
    /// # Errors
    /// [`Error::NotFound`] out of reach, [`Error::Forbidden`] for one's own account or one that opens more,
    /// [`Error::Invalid`] when the address cannot be used, and what refuses the mail.
    pub fn keep(
        &self,
        id: Uuid,
        seen: DateTime<Utc>,
        asking: Asking<'_>,
        db: &mut Db<'_, UpdateUsers>,
    ) -> Result<Edit<Account>> {
        administer(id, db, |account, db| {
            if account.updated_at != seen {
                let by = author(account.updated_by_id, db)?;
                return Ok(Edit::Stale { now: Box::new(account.clone()), by });
            }
            diesel::update(users::table.find(id))
                .set((
                    users::first_name.eq(&self.first_name),
                    users::last_name.eq(&self.last_name),
                    users::phone_number.eq(&self.phone_number),
                    users::locale.eq(&self.locale),
                ))
                .execute(db.conn())?;
            if account.email != self.email.typed() {
                self.move_to_address(account, asking, db)?;
            }
            Ok(Edit::Kept)
        })
    }

    fn move_to_address(
        &self,
        account: &Account,
        asking: Asking<'_>,
        db: &mut Db<'_, UpdateUsers>,
    ) -> Result<()> {
        (asking.count)(self.email.canonical())?;
        if let Some(taken) = address_taken(&self.email, account.id, db)? {
            return Err(taken);
        }
        diesel::update(users::table.find(account.id))
            .set((
                users::email.eq(self.email.typed()),
                users::email_canonical.eq(self.email.canonical()),
                users::email_verified_at.eq(None::<DateTime<Utc>>),
                users::epoch.eq(users::epoch + 1),
            ))
            .execute(db.conn())
            .map_err(elsewhere)?;
        (asking.count)(&account.email)?;
        let from = asking.request_ip;
        for address in [&*account.email, self.email.typed()] {
            leave(MailKind::EmailChanged, account.id, address, from, db)?;
        }
        if account.is_invited() {
            leave(MailKind::Invitation, account.id, self.email.typed(), from, db)?;
        }
        Ok(())
    }
}

/// What to say when somebody in sight has an address.
pub(super) fn address_taken<P: Permission>(
    email: &Email,
    but_for: Uuid,
    db: &mut Db<'_, P>,
) -> Result<Option<Error>> {
    let holder: Option<(String, String)> = visible(db)
        .filter(users::email_canonical.eq(email.canonical().to_owned()))
        .filter(users::deleted_at.is_null())
        .filter(users::id.ne(but_for))
        .select((users::first_name, users::last_name))
        .first(db.conn())
        .optional()?;
    let taken = |(first, last)| {
        Error::invalid("email", format!("{first} {last} signs in with this address already."))
    };
    Ok(holder.map(taken))
}
