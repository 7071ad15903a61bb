//! What an administrator writes of a provider of sign-on, and what is wrong with it.

use school::{access::identity_provider::IdentityProvider, text::line, words::ProviderKind};
use serde::Deserialize;

use crate::{sign_on::SignOn, web::form::Errors};

/// Google's address, the same for everybody.
const GOOGLE: &str = "https://accounts.google.com";
/// Addresses at which Microsoft lets anybody in, of any tenant and of none.
const OF_ANYBODY: [&str; 3] = ["/common/", "/organizations/", "/consumers/"];

/// The form as it was typed.
#[derive(Default, Deserialize)]
pub(super) struct ProviderForm {
    #[serde(default)]
    pub(super) kind: String,
    #[serde(default)]
    pub(super) name: String,
    #[serde(default)]
    pub(super) issuer: String,
    #[serde(default)]
    pub(super) client_id: String,
    #[serde(default)]
    pub(super) client_secret: String,
    #[serde(default)]
    pub(super) email_domains: String,
    #[serde(default)]
    pub(super) creates_accounts: String,
}

impl ProviderForm {
    pub(super) fn of(provider: &IdentityProvider) -> Self {
        let creates_accounts = if provider.creates_accounts { "yes" } else { "" };
        Self {
            kind: provider.kind.word().to_owned(),
            name: provider.name.clone(),
            issuer: provider.issuer.clone(),
            client_id: provider.client_id.clone(),
            client_secret: String::new(),
            email_domains: provider.email_domains.clone().unwrap_or_default(),
            creates_accounts: creates_accounts.to_owned(),
        }
    }

    pub(super) fn check(&self, sign_on: &SignOn) -> Result<IdentityProvider, Errors> {
        let mut errors = Errors::default();
        let kind = ProviderKind::named(&self.kind);
        if kind.is_none() {
            errors.add("kind", "Choose one.");
        }
        let name = errors.needed("name", &self.name, 60);
        let issuer = match kind {
            Some(ProviderKind::Google) => GOOGLE.to_owned(),
            _ => errors.needed("issuer", &self.issuer, 255),
        };
        let is_microsofts = kind == Some(ProviderKind::Microsoft);
        if is_microsofts && OF_ANYBODY.iter().any(|part| issuer.contains(part)) {
            errors.add("issuer", "Write your own tenant’s address: at this one Microsoft lets in anybody.");
        } else if !issuer.is_empty() && !sign_on.may_ask(&issuer) {
            errors.add("issuer", "Write an address that begins with https:// and is on the open internet.");
        }
        let client_id = errors.needed("client_id", &self.client_id, 255);
        if self.client_secret.len() > 500 {
            errors.add("client_secret", "At most 500 characters.");
        }
        let creates_accounts = self.creates_accounts == "yes";
        let email_domains = domains(&self.email_domains, is_microsofts, creates_accounts);
        let email_domains = email_domains.map_err(|error| errors.add("email_domains", error)).ok().flatten();
        let Some(kind) = kind else { return Err(errors) };
        errors.or(IdentityProvider { kind, name, issuer, client_id, email_domains, creates_accounts })
    }
}

/// Domains as people part them, as they are kept: lower case, one blank between two. None only where whoever comes in is
/// somebody of the school without them.
fn domains(typed: &str, is_microsofts: bool, creates_accounts: bool) -> Result<Option<String>, String> {
    let typed = line(typed, 1000)?.to_lowercase();
    let all: Vec<&str> = typed
        .split([' ', ',', ';'])
        .map(|one| one.trim_start_matches('@'))
        .filter(|one| !one.is_empty())
        .collect();
    let is_domain = |one: &&&str| {
        one.contains('.') && one.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '.' | '-'))
    };
    if let Some(wrong) = all.iter().find(|one| !is_domain(one)) {
        return Err(format!("{wrong} is no domain. Write it as in harbourside.example."));
    }
    match all.is_empty() {
        true if is_microsofts => {
            Err("Write your school’s domains: Microsoft does not verify addresses.".into())
        }
        true if creates_accounts => Err("Write your school’s domains, or anybody gets an account.".into()),
        true => Ok(None),
        false => Ok(Some(all.join(" "))),
    }
}

#[cfg(test)]
mod tests {
    use school::words::ProviderKind;

    use super::ProviderForm;
    use crate::sign_on::SignOn;

    fn form(kind: &str, issuer: &str) -> ProviderForm {
        ProviderForm {
            kind: kind.into(),
            name: "Harbourside ID".into(),
            issuer: issuer.into(),
            client_id: "belfry".into(),
            email_domains: "@Harbourside.Example, hill.example".into(),
            ..ProviderForm::default()
        }
    }

    #[test]
    fn googles_address_is_known_whatever_is_typed_for_it() {
        let sign_on = SignOn::from("https://belfry.school.example", false).unwrap();

        for typed in ["", "https://elsewhere.example"] {
            let provider = form("google", typed).check(&sign_on).ok().unwrap();
            assert_eq!(
                (provider.kind, &*provider.issuer),
                (ProviderKind::Google, "https://accounts.google.com")
            );
            assert_eq!(provider.email_domains.as_deref(), Some("harbourside.example hill.example"));
        }
    }

    #[test]
    fn of_microsoft_it_takes_a_tenant_and_no_address_of_everybody() {
        let sign_on = SignOn::from("https://belfry.school.example", false).unwrap();
        let at = |tenant| format!("https://login.microsoftonline.com/{tenant}/v2.0");

        assert!(form("microsoft", &at("2f1e")).check(&sign_on).is_ok());
        for tenant in ["common", "organizations", "consumers"] {
            assert!(form("microsoft", &at(tenant)).check(&sign_on).is_err(), "{tenant}");
        }
    }
}
