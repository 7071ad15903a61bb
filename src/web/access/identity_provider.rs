//! Where the school's people sign in with the school's own account.

mod form;

use actix_web::{
    get, post,
    web::{Data, Query, ServiceConfig},
};
use askama::Template;
use school::{
    access::identity_provider::IdentityProvider, lobby::Lobby, permit::UpdateIdentityProviders,
    words::ProviderKind,
};
use serde::Deserialize;

use self::form::ProviderForm;
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
    /// Whether whoever looks may name one.
    is_open: bool,
    callback: String,
    address: String,
    done: String,
    errors: Errors,
}

async fn page(
    may: &May<UpdateIdentityProviders>,
    sign_on: &SignOn,
    form: Option<ProviderForm>,
    errors: Errors,
) -> Result<Edit, Failure> {
    let (known, slug, is_open) = may
        .db(|db| {
            let is_open = IdentityProvider::is_open_to_change(db)?;
            Ok((IdentityProvider::of_organization(db)?, IdentityProvider::place(db)?, is_open))
        })
        .await?;
    let start = sign_on.callback().trim_end_matches(crate::sign_on::CALLBACK).to_owned();
    Ok(Edit {
        shell: Shell::of(may.signed_in(), Area::SignOn),
        is_set_up: known.is_some(),
        is_open,
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

/// Keeps a provider that answers as one. Nothing is asked of it for whoever may not name one.
async fn kept(
    may: &May<UpdateIdentityProviders>,
    lobby: &Data<Lobby>,
    sign_on: &SignOn,
    provider: IdentityProvider,
    secret: String,
) -> Result<(), Failure> {
    if !may.db(IdentityProvider::is_open_to_change).await? {
        return Err(school::Error::Forbidden.into());
    }
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
