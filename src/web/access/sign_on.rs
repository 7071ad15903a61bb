//! Signing in with the school's own account, at its provider.

use actix_web::{
    HttpRequest, get,
    http::{StatusCode, header},
    web::{Data, Path, Query, ServiceConfig},
};
use askama::Template;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use school::{
    Error,
    access::identity_provider::Provider,
    lobby::{Lobby, SignOn as Outcome},
};
use serde::{Deserialize, Serialize};

use super::sign_in::{lead_on, local};
use crate::{
    sign_on::{Asked, SignOn},
    web::{
        browser,
        extract::blocking,
        failure::Failure,
        filters,
        form::Errors,
        limits::Limits,
        reply::{Page, fragment, see_other, show, show_again},
        server::Peer,
    },
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(find_school).service(begin).service(end).service(show_school);
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

async fn provider_at(lobby: &Data<Lobby>, slug: &str) -> Result<Provider, Failure> {
    let (lobby, slug) = (lobby.clone(), slug.to_owned());
    Ok(blocking(move || lobby.provider_at(&slug)).await?)
}

#[get("/sign-in/school")]
async fn find_school(lobby: Data<Lobby>, onward: Query<Onward>) -> Page {
    let (next, mut errors) = (local(&onward.next).to_owned(), Errors::default());
    let Some(school) = &onward.school else {
        return show(&FindSchool { school: String::new(), next, errors });
    };
    let slug = school.trim().to_lowercase();
    match provider_at(&lobby, &slug).await {
        Ok(_) => {
            see_other(format!("/sign-in/at/{slug}?next={}", utf8_percent_encode(&next, NON_ALPHANUMERIC)))
        }
        Err(Failure(Error::NotFound)) => {
            errors.add("school", "No school of this short name signs in with an account of its own.");
            show_again(&FindSchool { school: school.clone(), next, errors })
        }
        Err(error) => Err(error),
    }
}

#[get("/sign-in/at/{slug}")]
async fn show_school(lobby: Data<Lobby>, slug: Path<String>, onward: Query<Onward>) -> Page {
    let provider = provider_at(&lobby, &slug).await?;
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
    limits.sign_on(&Peer::of(&request))?;
    let provider = provider_at(&lobby, &slug).await?;
    let held = |asked| Held { slug: slug.clone(), next: local(&onward.next).to_owned(), asked };
    match sign_on.ask(&provider).await {
        Ok((address, asked)) => {
            browser::hold_question(&request, &held(asked))?;
            see_other(address)
        }
        Err(error) => {
            tracing::warn!(%error, issuer = provider.issuer, "a provider of sign-on cannot be asked");
            let next = local(&onward.next).to_owned();
            again(
                At { slug: slug.into_inner(), provider, next, error: AWAY.to_owned() },
                StatusCode::SERVICE_UNAVAILABLE,
            )
        }
    }
}

const AWAY: &str = "The place where you sign in does not answer just now. Try again in a minute, or sign in with a password.";
const NOT_ASKED: &str = "That was begun in another window, or is over. Begin again.";

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
    /// Who answers, where a provider says so: another than was asked is not listened to.
    #[serde(default)]
    iss: String,
}

/// Somebody comes back: the one page that is only looked at and opens a session, since that is how providers send people.
#[get("/sign-in/callback")]
async fn end(
    request: HttpRequest,
    (lobby, sign_on, limits): (Data<Lobby>, Data<SignOn>, Data<Limits>),
    answer: Query<Answer>,
) -> Page {
    limits.sign_on(&Peer::of(&request))?;
    let Some(Held { slug, next, asked }) = browser::take_question(&request) else {
        let mut errors = Errors::default();
        errors.add("school", NOT_ASKED);
        return show_again(&FindSchool { school: String::new(), next: "/".to_owned(), errors });
    };
    let provider = provider_at(&lobby, &slug).await?;
    let refuse = |provider: Provider, error: String, status| {
        again(At { slug: slug.clone(), provider, next: next.clone(), error }, status)
    };
    if answer.state != asked.state || !answer.iss.is_empty() && answer.iss != provider.issuer {
        return refuse(provider, NOT_ASKED.to_owned(), StatusCode::UNPROCESSABLE_ENTITY);
    }
    if answer.code.is_empty() {
        let error = format!("You did not sign in at {}.", provider.name);
        return refuse(provider, error, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let identity = match sign_on.identity(&provider, answer.code.clone(), asked).await {
        Ok(identity) => identity,
        Err(error) => {
            tracing::warn!(%error, issuer = provider.issuer, "a provider's answer is not believed");
            return refuse(provider, AWAY.to_owned(), StatusCode::SERVICE_UNAVAILABLE);
        }
    };
    let email = identity.email.clone();
    let (at, known, device, before) =
        (lobby.clone(), provider.clone(), browser::device(&request), browser::token(&request));
    let outcome = blocking(move || at.sign_on(&known, &identity, &device, before.as_ref())).await?;
    let error = match outcome {
        Outcome::Known(attempt) => return lead_on(&request, attempt, &next),
        Outcome::Unproved => {
            format!("{} does not say that {email} is your address, so nobody is let in by it.", provider.name)
        }
        Outcome::Unknown => {
            format!("Nobody at {} has an account with {email}. Ask its administrator.", provider.organization)
        }
        Outcome::Taken => format!(
            "The account with {email} belongs to somebody else at {}. Ask the administrator.",
            provider.name
        ),
    };
    refuse(provider, error, StatusCode::FORBIDDEN)
}

fn again(page: At, status: StatusCode) -> Page {
    let mut answer = fragment(status, &page)?;
    if status == StatusCode::SERVICE_UNAVAILABLE {
        answer.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("60"));
    }
    Ok(answer)
}
