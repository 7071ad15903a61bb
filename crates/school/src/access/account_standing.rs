//! Whether the owner of an account comes in: closing it and opening it again, signing out, deleting.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use schema::{change_events as changes, users};
use serde_json::json;
use uuid::Uuid;

use super::{account::Account, authority::administer, invitation::leave};
use crate::{
    db::Db,
    error::{Error, Result},
    permit::{DeleteUsers, Permission, UpdateUsers},
    words::MailKind,
};

/// Closes an account until it is restored: every session and link ends. Its member of staff may have another meanwhile.
pub(super) fn close<P: Permission>(id: Uuid, db: &mut Db<'_, P>) -> Result<()> {
    let now = db.now();
    diesel::update(users::table.find(id))
        .set((users::deleted_at.eq(now), users::epoch.eq(users::epoch + 1)))
        .execute(db.conn())?;
    Ok(())
}

/// Writes in an account's history what was done and changes nothing that stands there.
pub(super) fn tell<P: Permission>(id: Uuid, done: &str, db: &mut Db<'_, P>) -> Result<()> {
    diesel::insert_into(changes::table)
        .values((
            changes::organization_id.eq(db.organization()),
            changes::entity.eq("users"),
            changes::subject_id.eq(id),
            changes::operation.eq("update"),
            changes::changes.eq(json!([{ "id": id, done: true }])),
        ))
        .execute(db.conn())?;
    Ok(())
}

impl Account {
    /// Lets somebody in no more: they are signed out at once, and no link opens anything.
    ///
    /// # Errors
    /// [`Error::NotFound`] out of reach, [`Error::Forbidden`] for one's own account or one that opens more,
    /// [`Error::Conflict`] for the last administrator.
    pub fn disable(id: Uuid, db: &mut Db<'_, UpdateUsers>) -> Result<()> {
        administer(id, db, |account, db| {
            if account.is_disabled() {
                return Ok(());
            }
            let now = db.now();
            diesel::update(users::table.find(id))
                .set((users::disabled_at.eq(now), users::epoch.eq(users::epoch + 1)))
                .execute(db.conn())?;
            Ok(())
        })
    }

    /// Lets somebody in again, with the password that they have.
    ///
    /// # Errors
    /// As [`Account::disable`].
    pub fn enable(id: Uuid, db: &mut Db<'_, UpdateUsers>) -> Result<()> {
        administer(id, db, |_, db| {
            diesel::update(users::table.find(id))
                .set(users::disabled_at.eq(None::<DateTime<Utc>>))
                .execute(db.conn())?;
            Ok(())
        })
    }

    /// Forgets wrong guesses, so that nobody waits for them.
    ///
    /// # Errors
    /// As [`Account::disable`].
    pub fn forget_wrong_guesses(id: Uuid, db: &mut Db<'_, UpdateUsers>) -> Result<()> {
        administer(id, db, |_, db| {
            diesel::update(users::table.find(id))
                .set((users::failed_login_attempts.eq(0), users::locked_until.eq(None::<DateTime<Utc>>)))
                .execute(db.conn())?;
            tell(id, "unlocked", db)
        })
    }

    /// Ends every session of somebody.
    ///
    /// # Errors
    /// As [`Account::disable`].
    pub fn sign_out_everywhere(id: Uuid, db: &mut Db<'_, UpdateUsers>) -> Result<()> {
        administer(id, db, |_, db| {
            diesel::update(users::table.find(id))
                .set(users::epoch.eq(users::epoch + 1))
                .execute(db.conn())?;
            Ok(())
        })
    }

    /// Takes away the second factor of somebody who has lost it. They are signed out everywhere, told by mail, and come in
    /// with the password alone, or set up another where their role demands one.
    ///
    /// # Errors
    /// As [`Account::disable`], and [`Error::Conflict`] when there is none.
    pub fn take_second_factor_away(id: Uuid, request_ip: &str, db: &mut Db<'_, UpdateUsers>) -> Result<()> {
        administer(id, db, |account, db| {
            if account.second_factor_at.is_none() {
                return Err(Error::Conflict("Sign-in asks them for no code.".into()));
            }
            diesel::update(users::table.find(id))
                .set((users::second_factor_at.eq(None::<DateTime<Utc>>), users::epoch.eq(users::epoch + 1)))
                .execute(db.conn())?;
            leave(MailKind::SecondFactorRemoved, id, &account.email, request_ip, db)
        })
    }

    /// Unties somebody from the account at the organization's provider that opens theirs, and signs them out everywhere. The
    /// next one there with their address, once it is verified, is tied in its place.
    ///
    /// # Errors
    /// As [`Account::disable`], and [`Error::Conflict`] when there is none.
    pub fn untie_sign_on(id: Uuid, db: &mut Db<'_, UpdateUsers>) -> Result<()> {
        administer(id, db, |account, db| {
            if account.sign_on_at.is_none() {
                return Err(Error::Conflict("No account of the school’s provider opens theirs.".into()));
            }
            diesel::update(users::table.find(id))
                .set((users::sign_on_at.eq(None::<DateTime<Utc>>), users::epoch.eq(users::epoch + 1)))
                .execute(db.conn())?;
            Ok(())
        })
    }

    /// Leaves a mail with a link to choose a new password by, and answers its address. Nobody chooses one for somebody else.
    ///
    /// # Errors
    /// As [`Account::disable`], and [`Error::Conflict`] when they would not be let in.
    pub fn send_password_reset(id: Uuid, request_ip: &str, db: &mut Db<'_, UpdateUsers>) -> Result<String> {
        administer(id, db, |account, db| {
            account.may_be_sent_a_link()?;
            leave(MailKind::PasswordReset, id, &account.email, request_ip, db)?;
            tell(id, "link_sent", db)?;
            Ok(account.email.clone())
        })
    }

    /// Deletes an account; it can be restored.
    ///
    /// # Errors
    /// As [`Account::disable`].
    pub fn delete(id: Uuid, db: &mut Db<'_, DeleteUsers>) -> Result<()> {
        administer(id, db, |_, db| close(id, db))
    }
}
