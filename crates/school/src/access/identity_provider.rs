//! Where an organization's people sign in elsewhere: its provider of OpenID Connect.

use diesel::prelude::*;
use schema::{identity_providers as providers, organizations};
use serde::Deserialize;
use uuid::Uuid;

use super::{authority::covers_everybody, identity::Identity, seal::Seal};
use crate::{
    clock::new_id,
    db::Db,
    error::{Error, Result},
    permit::UpdateIdentityProviders,
    text::canonical_email,
    words::ProviderKind,
};

/// An organization's provider as its administrator sees it; what the provider knows it by stays closed.
#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = providers)]
pub struct IdentityProvider {
    /// Whose it is.
    pub kind: ProviderKind,
    /// What people call it.
    pub name: String,
    /// Its address, exactly as its tokens say.
    pub issuer: String,
    /// What it calls Belfry.
    pub client_id: String,
    /// Domains of the school's own addresses, parted by blanks.
    pub email_domains: Option<String>,
    /// Whether who has no account here gets one, without a role.
    pub creates_accounts: bool,
}

impl IdentityProvider {
    /// The organization's own, if it has one.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database is away.
    pub fn of_organization(db: &mut Db<'_, UpdateIdentityProviders>) -> Result<Option<Self>> {
        Ok(Self::query()
            .filter(providers::organization_id.eq(db.organization()))
            .filter(providers::deleted_at.is_null())
            .first(db.conn())
            .optional()?)
    }

    /// The organization's short name, which its people's sign-in address holds.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database is away.
    pub fn place(db: &mut Db<'_, UpdateIdentityProviders>) -> Result<String> {
        Ok(organizations::table.find(db.organization()).select(organizations::slug).first(db.conn())?)
    }

    /// Whether whoever is at work may name a provider. It says who people are, so whoever names one could come in as any of
    /// them: only who may do all that they may does.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database is away.
    pub fn is_open_to_change(db: &mut Db<'_, UpdateIdentityProviders>) -> Result<bool> {
        covers_everybody(db)
    }

    /// Keeps it in place of the one before. `secret` was closed by the lobby; none: the one before stays.
    ///
    /// # Errors
    /// [`Error::Forbidden`] where somebody holds more; [`Error::Invalid`] for `client_secret` when there is none yet.
    pub fn keep(&self, secret: Option<&[u8]>, db: &mut Db<'_, UpdateIdentityProviders>) -> Result<()> {
        if !Self::is_open_to_change(db)? {
            return Err(Error::Forbidden);
        }
        let organization = db.organization();
        let values = (
            providers::kind.eq(self.kind),
            providers::name.eq(&self.name),
            providers::issuer.eq(&self.issuer),
            providers::client_id.eq(&self.client_id),
            providers::email_domains.eq(&self.email_domains),
            providers::creates_accounts.eq(self.creates_accounts),
        );
        let kept = diesel::update(providers::table)
            .filter(providers::organization_id.eq(organization))
            .filter(providers::deleted_at.is_null())
            .set((values, secret.map(|secret| providers::client_secret.eq(secret))))
            .execute(db.conn())?;
        if kept == 0 {
            let secret = secret.ok_or_else(|| Error::invalid("client_secret", "Write the secret."))?;
            diesel::insert_into(providers::table)
                .values((
                    providers::organization_id.eq(organization),
                    providers::id.eq(new_id()),
                    values,
                    providers::client_secret.eq(secret),
                ))
                .execute(db.conn())?;
        }
        Ok(())
    }

    /// From now on nobody signs in by it; who did has the accounts that they had.
    ///
    /// # Errors
    /// [`Error::Forbidden`] where somebody holds more.
    pub fn remove(db: &mut Db<'_, UpdateIdentityProviders>) -> Result<()> {
        if !Self::is_open_to_change(db)? {
            return Err(Error::Forbidden);
        }
        diesel::update(providers::table)
            .filter(providers::organization_id.eq(db.organization()))
            .filter(providers::deleted_at.is_null())
            .set(providers::deleted_at.eq(diesel::dsl::now))
            .execute(db.conn())?;
        Ok(())
    }
}

/// A provider as sign-in needs it.
#[derive(Clone)]
pub struct Provider {
    /// Whose people sign in by it.
    pub(crate) organization_id: Uuid,
    /// What the organization is called.
    pub organization: String,
    /// Whose it is.
    pub(crate) kind: ProviderKind,
    /// What people call it.
    pub name: String,
    /// Its address, exactly as its tokens say.
    pub issuer: String,
    /// What it calls Belfry.
    pub client_id: String,
    /// By what it knows Belfry.
    ///
    /// None where the server's own secret was replaced since it was written.
    pub client_secret: Option<String>,
    pub(crate) creates_accounts: bool,
    domains: Vec<String>,
}

#[derive(Deserialize)]
struct Row {
    organization_id: Uuid,
    organization: String,
    kind: ProviderKind,
    name: String,
    issuer: String,
    client_id: String,
    /// As PostgreSQL writes bytes: `\x` and hexadecimal digits.
    client_secret: String,
    email_domains: Option<String>,
    creates_accounts: bool,
}

impl Provider {
    /// Reads what the database answers and opens the secret.
    pub(crate) fn read(held: serde_json::Value, seal: &Seal) -> Result<Self> {
        let row: Row = serde_json::from_value(held).map_err(Error::internal)?;
        let closed = bytes(&row.client_secret).unwrap_or_default();
        let secret = seal.open(&closed, row.organization_id.as_bytes());
        let secret = secret.and_then(|secret| String::from_utf8(secret).ok());
        Ok(Self {
            organization_id: row.organization_id,
            organization: row.organization,
            kind: row.kind,
            name: row.name,
            issuer: row.issuer,
            client_id: row.client_id,
            client_secret: secret,
            creates_accounts: row.creates_accounts,
            domains: row
                .email_domains
                .unwrap_or_default()
                .split_whitespace()
                .map(str::to_lowercase)
                .collect(),
        })
    }

    /// Whether an address is somebody's there. Microsoft verifies none, so a tenant's own word counts for its own domains.
    pub(crate) fn proves(&self, identity: &Identity) -> bool {
        let address = canonical_email(&identity.email);
        let domain = address.rsplit_once('@').map(|(_, domain)| domain).unwrap_or_default();
        if domain.is_empty() {
            return false;
        }
        let is_own = self.domains.iter().any(|own| own == domain);
        match self.kind {
            ProviderKind::Microsoft => is_own,
            ProviderKind::Google | ProviderKind::Other => {
                identity.is_verified && (self.domains.is_empty() || is_own)
            }
        }
    }
}

fn bytes(written: &str) -> Option<Vec<u8>> {
    let digits = written.strip_prefix("\\x")?.as_bytes();
    digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{Identity, Provider, ProviderKind};

    #[test]
    fn whose_an_address_is_each_kind_proves_in_its_own_way() {
        use ProviderKind::{Google, Microsoft, Other};
        let own = ["harbourside.example", "hill.example"];
        for (kind, domains, email, is_verified, proves) in [
            (Microsoft, &own[..], "ada@harbourside.example", false, true),
            (Microsoft, &own, "Ada@HILL.example", true, true),
            (Microsoft, &own, "ada@elsewhere.example", true, false),
            (Microsoft, &own, "ada@not-hill.example", true, false),
            (Microsoft, &own, "ada@hill.example@elsewhere.example", true, false),
            (Microsoft, &own, "", true, false),
            (Microsoft, &[], "ada@harbourside.example", true, false),
            (Google, &own, "ada@harbourside.example", true, true),
            (Google, &own, "ada@harbourside.example", false, false),
            (Google, &own, "ada@elsewhere.example", true, false),
            (Google, &[], "ada@elsewhere.example", true, true),
            (Google, &[], "", true, false),
            (Other, &own, "ada@hill.example", true, true),
            (Other, &own, "ada@elsewhere.example", true, false),
            (Other, &[], "ada@elsewhere.example", true, true),
            (Other, &[], "ada@elsewhere.example", false, false),
        ] {
            let identity = Identity { email: email.into(), is_verified, ..Identity::default() };
            let said = format!("{kind:?} of {domains:?}: {email}, verified: {is_verified}");
            assert_eq!(provider(kind, domains).proves(&identity), proves, "{said}");
        }
    }

    fn provider(kind: ProviderKind, domains: &[&str]) -> Provider {
        Provider {
            organization_id: Uuid::nil(),
            organization: String::new(),
            kind,
            name: String::new(),
            issuer: String::new(),
            client_id: String::new(),
            client_secret: None,
            creates_accounts: false,
            domains: domains.iter().map(ToString::to_string).collect(),
        }
    }
}
