//! Giving somebody an account: a mail with a link, and no password that anybody else knows.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use schema::{roles, users};
use uuid::Uuid;

use super::{
    account::{Account, visible},
    account_change::address_taken,
    account_staff::tie,
    account_standing::{close, tell},
    authority::{administer, is_within_ones_own},
    email::Email,
    given_role::GivenRole,
    mail::{self, Asked},
};
use crate::{
    clock::new_id,
    db::Db,
    error::{Error, Result},
    permit::{CreateUsers, Permission},
    words::MailKind,
};

/// Somebody who is to have an account.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// What they sign in with.
    pub email: Email,
    /// First name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Telephone.
    pub phone_number: Option<String>,
    /// BCP 47 tag of their language.
    pub locale: Option<String>,
    /// What they may do, and where.
    pub given: GivenRole,
    /// Their staff record, if they work here.
    pub staff: Option<Uuid>,
}

/// How mail to other people is asked for.
#[derive(Clone, Copy)]
pub struct Asking<'a> {
    /// From which network address.
    pub request_ip: &'a str,
    /// Counts a mail to an address before anybody looks who has it, and may refuse it.
    pub count: &'a dyn Fn(&str) -> Result<()>,
}

impl Invitation {
    /// Makes the account, leaves a mail with a link to choose a password by, and answers the account's id. Whether anybody
    /// has the address is looked at last, once the mail is counted, so that no other mistake tells it for nothing.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `email` when the address cannot be used, for `role_id`, `campus` and `staff_id` when they are
    /// not offered; [`Error::Forbidden`] when the role opens more than one's own does; and what refuses the mail.
    pub fn send(&self, asking: Asking<'_>, db: &mut Db<'_, CreateUsers>) -> Result<Uuid> {
        self.given.check(&[], db)?;
        let id = new_id();
        let nobodys = Email::read(&format!("{id}@belfry.invalid")).map_err(Error::internal)?;
        db.tries(|db| self.make(id, &nobodys, db))?;
        (asking.count)(self.email.canonical())?;
        if let Some(taken) = address_taken(&self.email, id, db)? {
            return Err(taken);
        }
        self.make(id, &self.email, db)?;
        leave(MailKind::Invitation, id, self.email.typed(), asking.request_ip, db)?;
        Ok(id)
    }

    fn make(&self, id: Uuid, email: &Email, db: &mut Db<'_, CreateUsers>) -> Result<()> {
        diesel::insert_into(users::table)
            .values((
                users::id.eq(id),
                users::organization_id.eq(db.organization()),
                users::role_id.eq(self.given.role),
                users::role_campus_ids.eq(self.given.bound_to()),
                users::first_name.eq(&self.first_name),
                users::last_name.eq(&self.last_name),
                users::phone_number.eq(&self.phone_number),
                users::locale.eq(&self.locale),
                users::email.eq(email.typed()),
                users::email_canonical.eq(email.canonical()),
            ))
            .execute(db.conn())
            .map_err(elsewhere)?;
        if let Some(staff) = self.staff {
            tie(id, staff, db)?;
        }
        let in_sight: Option<Uuid> =
            visible(db).filter(users::id.eq(id)).select(users::id).first(db.conn()).optional()?;
        if in_sight.is_none() {
            return Err(Error::invalid("staff_id", "Choose a member of staff at a campus of yours."));
        }
        is_within_ones_own(id, db)
    }
}

/// What to say of an address that somebody of another organization has, which is nobody's business here.
pub(super) fn elsewhere(error: diesel::result::Error) -> Error {
    Error::from(error).taken("users_email", "email", NOT_HERE)
}

/// What is said of an address that somebody of another organization has.
pub const NOT_HERE: &str = "This address cannot be used. Ask the person which other address they have.";

/// Leaves a mail for somebody of this organization.
pub(super) fn leave<P: Permission>(
    kind: MailKind,
    user: Uuid,
    address: &str,
    request_ip: &str,
    db: &mut Db<'_, P>,
) -> Result<()> {
    let asked = Asked { address, request_ip, now: db.now() };
    mail::leave(kind, Some(user), asked, db.conn())?;
    Ok(())
}

impl Account {
    /// Sends an invitation once more; the links before it open nothing any more.
    ///
    /// # Errors
    /// [`Error::NotFound`] out of reach, [`Error::Forbidden`] when it opens more than one's own does, [`Error::Conflict`] when
    /// they have come in, or are not let in.
    pub fn invite_again(id: Uuid, request_ip: &str, db: &mut Db<'_, CreateUsers>) -> Result<String> {
        administer(id, db, |account, db| {
            if !account.is_invited() {
                return Err(Error::Conflict("They have chosen their password already.".into()));
            }
            account.may_be_sent_a_link()?;
            leave(MailKind::Invitation, id, &account.email, request_ip, db)?;
            tell(id, "invited_again", db)?;
            Ok(account.email.clone())
        })
    }

    /// Takes an invitation back: the account, into which nobody ever came, is deleted.
    ///
    /// # Errors
    /// As [`Account::invite_again`].
    pub fn withdraw_invitation(id: Uuid, db: &mut Db<'_, CreateUsers>) -> Result<()> {
        administer(id, db, |account, db| {
            if !account.is_invited() {
                return Err(Error::Conflict(
                    "They have come in already. Delete or disable the account.".into(),
                ));
            }
            close(id, db)
        })
    }

    /// Gives a deleted account back: its owner signs in as before, or is invited again if they never came in. A role that is gone meanwhile is gone from it too. It is
    /// counted like a mail to its address before anybody looks who has that, and may be refused.
    ///
    /// # Errors
    /// [`Error::NotFound`] when none that is deleted is in reach, [`Error::Forbidden`] when it opens more than one's own does,
    /// [`Error::Invalid`] for `email` when somebody has the address meanwhile, and what refuses to count it.
    pub fn restore(id: Uuid, count: &dyn Fn(&str) -> Result<()>, db: &mut Db<'_, CreateUsers>) -> Result<()> {
        let gone: Self = visible(db)
            .filter(users::id.eq(id))
            .filter(users::deleted_at.is_not_null())
            .select(Self::as_select())
            .first(db.conn())?;
        let email = Email::read(&gone.email).map_err(Error::internal)?;
        count(email.canonical())?;
        if let Some(taken) = address_taken(&email, id, db)? {
            return Err(taken);
        }
        let role = roles::table
            .filter(roles::id.nullable().eq(gone.role_id))
            .filter(roles::deleted_at.is_null())
            .select(roles::id);
        let role: Option<Uuid> = role.first(db.conn()).optional()?;
        diesel::update(users::table.find(id))
            .set((users::deleted_at.eq(None::<DateTime<Utc>>), users::role_id.eq(role)))
            .execute(db.conn())
            .map_err(elsewhere)?;
        is_within_ones_own(id, db)
    }
}
