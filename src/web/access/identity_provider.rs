//! Where the school's people sign in with the school's own account.

use actix_web::{
    get, post,
    web::{Data, Query, ServiceConfig},
};
use askama::Template;
use school::{
    access::identity_provider::IdentityProvider, lobby::Lobby, permit::UpdateIdentityProviders, text::line,
    words::ProviderKind,
};
use serde::Deserialize;

use crate::{
    sign_on::SignOn,
    web::{
        extract::{May, blocking},
        failure::Failure,
        filters,
        form::{Errors, Form, refused},
        page::{Area, Shell},
        reply::{Page, see_other, show, show_again},
    },
};

/// Google's address, the same for everybody.
const GOOGLE: &str = "https://accounts.google.com";
/// Addresses at which Microsoft lets anybody in, of any tenant and of none.
const OF_ANYBODY: [&str; 3] = ["/common/", "/organizations/", "/consumers/"];

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(edit).service(update).service(delete);
}

#[derive(Template)]
#[template(path = "access/identity_provider/edit.html")]
struct Edit {
    shell: Shell,
    form: ProviderForm,
    is_set_up: bool,
    callback: String,
    address: String,
    done: String,
    errors: Errors,
}

#[derive(Default, Deserialize)]
struct ProviderForm {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    issuer: String,
    #[serde(default)]
    client_id: String,
    #[serde(default)]
    client_secret: String,
    #[serde(default)]
    email_domains: String,
    #[serde(default)]
    creates_accounts: String,
}

impl ProviderForm {
    fn of(provider: &IdentityProvider) -> Self {
        let creates_accounts = if provider.creates_accounts { "yes" } else { "" };
        Self {
            kind: provider.kind.word().to_owned(),
            name: provider.name.clone(),
            issuer: provider.issuer.clone(),
            client_id: provider.client_id.clone(),
            client_secret: String::new(),
            email_domains: provider.email_domains.clone(),
            creates_accounts: creates_accounts.to_owned(),
        }
    }

    fn check(&self, sign_on: &SignOn) -> Result<IdentityProvider, Errors> {
        let mut errors = Errors::default();
        let mut required = |field: &'static str, typed: &str, max| {
            let read = match line(typed, max) {
                Ok(read) if read.is_empty() => Err("Fill this in.".to_owned()),
                read => read,
            };
            read.unwrap_or_else(|error| {
                errors.add(field, error);
                String::new()
            })
        };
        let name = required("name", &self.name, 60);
        let client_id = required("client_id", &self.client_id, 255);
        let kind = ProviderKind::named(&self.kind);
        let issuer = match kind {
            Some(ProviderKind::Google) => GOOGLE.to_owned(),
            _ => required("issuer", &self.issuer, 255),
        };
        if self.client_secret.len() > 500 {
            errors.add("client_secret", "At most 500 characters.");
        }
        let email_domains = domains(&self.email_domains).unwrap_or_else(|error| {
            errors.add("email_domains", error);
            String::new()
        });
        let Some(kind) = kind else {
            errors.add("kind", "Choose one.");
            return Err(errors);
        };
        if !issuer.is_empty() && !sign_on.may_ask(&issuer) {
            errors.add("issuer", "Write an address that begins with https://.");
        }
        if kind == ProviderKind::Microsoft {
            if OF_ANYBODY.iter().any(|part| issuer.contains(part)) {
                errors
                    .add("issuer", "Write your own tenant’s address: at this one Microsoft lets in anybody.");
            }
            if email_domains.is_empty() {
                errors.add(
                    "email_domains",
                    "Write your school’s domains: Microsoft does not verify addresses.",
                );
            }
        }
        let creates_accounts = self.creates_accounts == "yes";
        if creates_accounts && email_domains.is_empty() {
            errors.add("email_domains", "Write your school’s domains, or anybody gets an account.");
        }
        if errors.is_empty() {
            Ok(IdentityProvider { kind, name, issuer, client_id, email_domains, creates_accounts })
        } else {
            Err(errors)
        }
    }
}

/// Domains as people part them, as they are kept: lower case, one blank between two.
fn domains(typed: &str) -> Result<String, String> {
    let typed = line(typed, 1000)?.to_lowercase();
    let all: Vec<&str> = typed
        .split([' ', ',', ';'])
        .map(|one| one.trim_start_matches('@'))
        .filter(|one| !one.is_empty())
        .collect();
    let is_domain = |one: &&&str| {
        one.contains('.') && one.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '.' | '-'))
    };
    match all.iter().find(|one| !is_domain(one)) {
        Some(wrong) => Err(format!("{wrong} is no domain. Write it as in harbourside.example.")),
        None => Ok(all.join(" ")),
    }
}

async fn page(
    may: &May<UpdateIdentityProviders>,
    sign_on: &SignOn,
    form: Option<ProviderForm>,
    errors: Errors,
) -> Result<Edit, Failure> {
    let (known, slug) =
        may.db(|db| Ok((IdentityProvider::of_organization(db)?, IdentityProvider::place(db)?))).await?;
    let start = sign_on.callback().trim_end_matches(crate::sign_on::CALLBACK).to_owned();
    Ok(Edit {
        shell: Shell::of(may.signed_in(), Area::SignOn),
        is_set_up: known.is_some(),
        form: form.unwrap_or_else(|| known.as_ref().map(ProviderForm::of).unwrap_or_default()),
        callback: sign_on.callback().to_owned(),
        address: format!("{start}/sign-in/at/{slug}"),
        done: String::new(),
        errors,
    })
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    done: String,
}

#[get("/identity-provider")]
async fn edit(may: May<UpdateIdentityProviders>, sign_on: Data<SignOn>, asked: Query<Asked>) -> Page {
    let page = page(&may, &sign_on, None, Errors::default()).await?;
    show(&Edit { done: asked.into_inner().done, ..page })
}

#[post("/identity-provider")]
async fn update(
    may: May<UpdateIdentityProviders>,
    (lobby, sign_on): (Data<Lobby>, Data<SignOn>),
    Form(form): Form<ProviderForm>,
) -> Page {
    let errors = match form.check(&sign_on) {
        Ok(provider) => match kept(&may, &lobby, &sign_on, provider, form.client_secret.clone()).await {
            Ok(()) => return see_other("/identity-provider?done=kept"),
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&page(&may, &sign_on, Some(form), errors).await?)
}

/// Keeps a provider that answers as one.
async fn kept(
    may: &May<UpdateIdentityProviders>,
    lobby: &Data<Lobby>,
    sign_on: &SignOn,
    provider: IdentityProvider,
    secret: String,
) -> Result<(), Failure> {
    if let Err(error) = sign_on.knows(&provider.issuer).await {
        tracing::warn!(%error, issuer = provider.issuer, "no provider of sign-on answers");
        let word =
            "No provider of OpenID Connect answers there under this name. Compare it letter by letter.";
        return Err(school::Error::invalid("issuer", word).into());
    }
    let (lobby, who) = (lobby.clone(), may.signed_in().clone());
    let closed = match secret.as_str() {
        "" => None,
        _ => Some(blocking(move || lobby.close_secret(&who, &secret)).await?),
    };
    may.db(move |db| provider.keep(closed.as_deref(), db)).await
}

#[post("/identity-provider/removal")]
async fn delete(may: May<UpdateIdentityProviders>) -> Page {
    may.db(IdentityProvider::remove).await?;
    see_other("/identity-provider?done=removed")
}
