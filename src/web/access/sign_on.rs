//! Signing in with the school's own account, at its provider.

mod back;

use actix_web::{
    HttpRequest, get,
    http::{StatusCode, header},
    web::{Data, Path, Query, ServiceConfig},
};
use askama::Template;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use school::{Error, access::identity_provider::Provider, lobby::Lobby, text};
use serde::{Deserialize, Serialize};

use super::sign_in::local;
use crate::{
    sign_on::{Asked, SignOn},
    web::{
        browser,
        extract::blocking,
        failure::Failure,
        filters,
        form::Errors,
        limits::Limits,
        reply::{Page, fragment, see_other, show, show_again, show_again_later},
    },
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(find_school).service(begin).service(back::end).service(show_school);
}

#[derive(Template)]
#[template(path = "access/sign_on/school.html")]
struct FindSchool {
    school: String,
    next: String,
    errors: Errors,
}

#[derive(Template)]
#[template(path = "access/sign_on/at.html")]
struct At {
    slug: String,
    provider: Provider,
    next: String,
    error: String,
}

#[derive(Deserialize)]
struct Onward {
    #[serde(default)]
    school: Option<String>,
    #[serde(default)]
    next: String,
}

/// What a browser holds while somebody is at the provider.
#[derive(Deserialize, Serialize)]
struct Held {
    slug: String,
    next: String,
    asked: Asked,
}

/// The provider of a school, if there is such a school and it has one.
async fn provider_at(lobby: &Data<Lobby>, slug: &str) -> Result<Option<Provider>, Failure> {
    // What no school can be called is not looked for.
    let Ok(slug) = text::line(slug, 255) else { return Ok(None) };
    let lobby = lobby.clone();
    match blocking(move || lobby.provider_at(&slug)).await {
        Ok(provider) => Ok(Some(provider)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Nobody signs in there: the page that says so and asks for another.
fn elsewhere(slug: &str) -> Page {
    see_other(format!("/sign-in/school?school={}", utf8_percent_encode(slug, NON_ALPHANUMERIC)))
}

#[get("/sign-in/school")]
async fn find_school(
    request: HttpRequest,
    (lobby, limits): (Data<Lobby>, Data<Limits>),
    onward: Query<Onward>,
) -> Page {
    let (next, mut errors) = (local(&onward.next).to_owned(), Errors::default());
    let Some(school) = &onward.school else {
        return show(&FindSchool { school: String::new(), next, errors });
    };
    if let Err(Error::TooMany(seconds)) = limits.look_for_school(&browser::device(&request).network()) {
        errors.add("school", format!("Too many names were tried from here. Wait {seconds} s and try again."));
        return show_again_later(seconds, &FindSchool { school: school.clone(), next, errors });
    }
    let slug = school.trim().to_lowercase();
    if provider_at(&lobby, &slug).await?.is_some() {
        let next = utf8_percent_encode(&next, NON_ALPHANUMERIC);
        return see_other(format!("/sign-in/at/{slug}?next={next}"));
    }
    errors.add("school", "No school of this short name signs in with an account of its own.");
    show_again(&FindSchool { school: school.clone(), next, errors })
}

#[get("/sign-in/at/{slug}")]
async fn show_school(
    request: HttpRequest,
    (lobby, limits): (Data<Lobby>, Data<Limits>),
    slug: Path<String>,
    onward: Query<Onward>,
) -> Page {
    limits.look_for_school(&browser::device(&request).network())?;
    let Some(provider) = provider_at(&lobby, &slug).await? else { return elsewhere(&slug) };
    let next = local(&onward.next).to_owned();
    show(&At { slug: slug.into_inner(), provider, next, error: String::new() })
}

/// A link and not a form: a browser lets no form of ours lead to another site.
#[get("/sign-in/at/{slug}/provider")]
async fn begin(
    request: HttpRequest,
    (lobby, sign_on, limits): (Data<Lobby>, Data<SignOn>, Data<Limits>),
    slug: Path<String>,
    onward: Query<Onward>,
) -> Page {
    limits.sign_on(&browser::device(&request).network())?;
    let Some(provider) = provider_at(&lobby, &slug).await? else { return elsewhere(&slug) };
    let held = |asked| Held { slug: slug.clone(), next: local(&onward.next).to_owned(), asked };
    match sign_on.ask(&provider).await {
        Ok((address, asked)) => {
            browser::hold_question(&request, &held(asked))?;
            see_other(address)
        }
        Err(error) => {
            tracing::warn!(%error, issuer = provider.issuer, "a provider of sign-on cannot be asked");
            let next = local(&onward.next).into();
            again(
                At { slug: slug.into_inner(), provider, next, error: AWAY.to_owned() },
                StatusCode::SERVICE_UNAVAILABLE,
            )
        }
    }
}

const AWAY: &str = "The place where you sign in does not answer just now. Try again in a minute, or sign in with a password.";
fn again(page: At, status: StatusCode) -> Page {
    let mut answer = fragment(status, &page)?;
    if status == StatusCode::SERVICE_UNAVAILABLE {
        answer.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("60"));
    }
    Ok(answer)
}
