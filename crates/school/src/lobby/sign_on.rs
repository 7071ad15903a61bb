//! Coming in by the organization's own provider.

use diesel::{PgConnection, prelude::*};
use serde_json::json;
use uuid::Uuid;

use super::{Attempt, Lobby};
use crate::{
    access::{
        email::Email,
        identity::{self, Identity},
        identity_provider::Provider,
        looked::Kind,
        session::{Device, Token},
        user::{self, Credentials},
    },
    db::SignedIn,
    error::{Error, Result},
    sql::identity_provider_at,
    words::{AccessAction, MailKind},
};

/// What became of signing in elsewhere.
#[derive(Debug)]
pub enum SignOn {
    /// There is an account: let in, or asked for the second factor.
    Known(Attempt),
    /// The provider does not say that the address is theirs.
    Unproved,
    /// Nobody here has the address, or is not let in.
    Unknown,
    /// The account belongs to somebody else there.
    Taken,
}

/// Whose account an identity is.
enum Found {
    Account(Box<Credentials>),
    Nobody,
    Taken(Box<Credentials>),
}

impl Lobby {
    /// Where the people of the organization sign in elsewhere that a sign-in address names.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such organization, or it has no provider.
    pub fn provider_at(&self, slug: &str) -> Result<Provider> {
        let held: Option<serde_json::Value> =
            self.write(|conn| Ok(diesel::select(identity_provider_at(slug)).get_result(conn)?))?;
        Provider::read(held.ok_or(Error::NotFound)?, self.seal()?)
    }

    /// Closes what a provider knows Belfry by, for the organization of whoever says it.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for who has no organization.
    pub fn close_secret(&self, who: &SignedIn, secret: &str) -> Result<Vec<u8>> {
        let organization = who.person().organization().ok_or(Error::Forbidden)?;
        self.seal()?.close(secret.as_bytes(), organization.as_bytes())
    }

    /// Lets somebody in whom the provider knows: by what they were called there before, else by their address, once the
    /// provider says that it is theirs. A second factor is asked for as after a password.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database is away.
    pub fn sign_on(
        &self,
        provider: &Provider,
        identity: &Identity,
        device: &Device,
        before: Option<&Token>,
    ) -> Result<SignOn> {
        let tie = self.write(|conn| Ok(identity::tied(provider, &identity.subject, conn)?))?;
        let known = tie.as_ref().filter(|tie| !tie.is_of_deleted).map(|tie| tie.user);
        let deleted = tie.filter(|tie| tie.is_of_deleted).map(|tie| tie.user);
        if known.is_none() && !provider.proves(identity) {
            self.note_stranger(provider.organization_id, device)?;
            return Ok(SignOn::Unproved);
        }
        let found = self.write(|conn| match known {
            Some(user) => Ok(account(user::credentials_of(user, conn)?, provider)),
            None => self.by_address(provider, (identity, deleted), device, conn),
        })?;
        match found {
            Found::Nobody => {
                self.note_stranger(provider.organization_id, device)?;
                Ok(SignOn::Unknown)
            }
            Found::Taken(account) => {
                self.note_refusal(Some(&account), Kind::SignOn, device)?;
                Ok(SignOn::Taken)
            }
            Found::Account(account) => self.write(|conn| {
                self.end(before, device.renewal.as_ref(), conn)?;
                Ok(SignOn::Known(self.after_proof(&account, Kind::SignOn, (device, false), conn)?))
            }),
        }
    }

    /// Ties the account that has the address, or a new one where the organization wants that, and tells its owner that it opens
    /// by that from now on. Whose account was deleted gets no new one by coming here, but may have been given one.
    fn by_address(
        &self,
        provider: &Provider,
        (identity, deleted): (&Identity, Option<Uuid>),
        device: &Device,
        conn: &mut PgConnection,
    ) -> Result<Found> {
        let now = self.database.clock().now();
        let Ok(email) = Email::read(&identity.email) else { return Ok(Found::Nobody) };
        let mut found = account(user::credentials(email.canonical(), conn)?, provider);
        // An account that is closed, or another organization's, stays what it is.
        if provider.creates_accounts && deleted.is_none() && user::is_free(email.canonical(), conn)? {
            let new = identity.newcomer(email.clone());
            let id = user::create(&new, Some(provider.organization_id), None, now, conn)?;
            let (first_name, last_name) = (&new.first_name, &new.last_name);
            let told = json!({ "first_name": first_name, "last_name": last_name, "email": email.typed(), "sign_on": true });
            user::tell(id, "insert", &told, conn)?;
            found = account(user::credentials_of(id, conn)?, provider);
        }
        match found {
            Found::Account(account) => {
                if let Some(deleted) = deleted {
                    identity::forget(provider, &identity.subject, deleted, conn)?;
                }
                if !identity::tie(account.id, provider, &identity.subject, now, conn)? {
                    return Ok(Found::Taken(account));
                }
                self.tell(MailKind::SignOnTied, (account.id, email.typed()), device, conn)?;
                self.note(account.id, (AccessAction::Credential, Kind::SignOn), &device.at(), conn)?;
                Ok(Found::Account(account))
            }
            found => Ok(found),
        }
    }
}

fn account(found: Option<Credentials>, provider: &Provider) -> Found {
    let own = found.filter(|account| account.organization == Some(provider.organization_id));
    own.map_or(Found::Nobody, |account| Found::Account(Box::new(account)))
}
