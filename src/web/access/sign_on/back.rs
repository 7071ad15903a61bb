//! Coming back from the provider.

use actix_web::{
    HttpRequest, get,
    http::StatusCode,
    web::{Data, Query},
};
use school::{
    access::identity_provider::Provider,
    lobby::{Lobby, SignOn as Outcome},
};
use serde::Deserialize;

use super::{AWAY, At, FindSchool, Held, again, elsewhere, provider_at};
use crate::{
    sign_on::SignOn,
    web::{
        access::sign_in::lead_on,
        browser,
        extract::blocking,
        form::Errors,
        limits::Limits,
        reply::{Page, show_again},
    },
};

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
pub(super) async fn end(
    request: HttpRequest,
    (lobby, sign_on, limits): (Data<Lobby>, Data<SignOn>, Data<Limits>),
    answer: Query<Answer>,
) -> Page {
    limits.sign_on(&browser::device(&request).network())?;
    let Some(Held { slug, next, asked }) = browser::take_question(&request) else {
        let mut errors = Errors::default();
        errors.add("school", NOT_ASKED);
        return show_again(&FindSchool { school: String::new(), next: "/".to_owned(), errors });
    };
    let Some(provider) = provider_at(&lobby, &slug).await? else { return elsewhere(&slug) };
    let refuse = |provider, error, status| again(At { slug, provider, next: next.clone(), error }, status);
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
    match outcome {
        Outcome::Known(attempt) => lead_on(&request, attempt, &next),
        refused => {
            let error = why(&refused, &provider, &email);
            refuse(provider, error, StatusCode::FORBIDDEN)
        }
    }
}

/// What somebody reads whom the provider knows and who is not let in.
fn why(outcome: &Outcome, provider: &Provider, email: &str) -> String {
    let (here, there) = (&provider.organization, &provider.name);
    match outcome {
        Outcome::Unproved => {
            format!("{there} does not say that {email} is your address, so nobody is let in by it.")
        }
        Outcome::Taken => {
            format!("The account with {email} belongs to somebody else at {there}. Ask the administrator.")
        }
        Outcome::Unknown | Outcome::Known(_) => {
            format!("Nobody at {here} has an account with {email}. Ask its administrator.")
        }
    }
}
