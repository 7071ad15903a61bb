//! What a browser says of itself, and what it is given to hold: the session, what renews it, and by what it is known.

use actix_session::SessionExt;
use actix_web::{
    Error, HttpMessage, HttpRequest,
    body::MessageBody,
    cookie::{Cookie, SameSite, time::Duration},
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
};
use chrono::TimeDelta;
use school::access::{
    device::REMEMBERED,
    renewal::Opened,
    session::{Device, Token},
};

use serde::{Serialize, de::DeserializeOwned};

use super::server::Peer;

/// Where the encrypted cookie keeps the session's token.
const TOKEN: &str = "token";
/// Where it keeps what a provider was asked.
const ASKED: &str = "asked";
/// Where it keeps the token of a sign-in that waits for a code.
const PENDING: &str = "pending";
/// The cookie by which a browser is known from an earlier time; it opens nothing.
const DEVICE: &str = "__Host-belfry-device";
/// The cookie that renews the session of whoever stays signed in.
const STAY: &str = "__Host-belfry-stay";

/// The session token that the browser holds, if it holds one.
pub fn token(request: &HttpRequest) -> Option<Token> {
    let written: String = request.get_session().get(TOKEN).ok().flatten()?;
    Token::read(&written)
}

/// The token of the sign-in that waits for a code here, if one does.
///
/// # Errors
/// [`school::Error::SignedOut`] where none does.
pub fn pending(request: &HttpRequest) -> school::Result<Token> {
    let written: Option<String> = request.get_session().get(PENDING).ok().flatten();
    written.and_then(|written| Token::read(&written)).ok_or(school::Error::SignedOut)
}

/// A sign-in waits for a code here; nobody is signed in.
///
/// # Errors
/// When the cookie cannot be written.
pub fn wait(request: &HttpRequest, pending: &Token) -> school::Result<()> {
    forget_renewal(request);
    put(request, PENDING, pending)
}

/// Holds what a provider was asked until somebody comes back from there. Whoever is signed in here stays so.
///
/// # Errors
/// When the cookie cannot be written.
pub fn hold_question(request: &HttpRequest, asked: &impl Serialize) -> school::Result<()> {
    request.get_session().insert(ASKED, asked).map_err(|error| school::Error::internal(error.to_string()))
}

/// What a provider was asked from here, this once.
pub fn take_question<T: DeserializeOwned>(request: &HttpRequest) -> Option<T> {
    let held = request.get_session().get(ASKED).ok().flatten();
    request.get_session().remove(ASKED);
    held
}

fn put(request: &HttpRequest, name: &str, token: &Token) -> school::Result<()> {
    let session = request.get_session();
    session.clear();
    session.renew();
    session.insert(name, token.written()).map_err(|error| school::Error::internal(error.to_string()))
}

/// The browser that asks.
pub fn device(request: &HttpRequest) -> Device {
    let agent = request.headers().get("user-agent");
    let held = |name| request.cookie(name).and_then(|cookie| Token::read(cookie.value()));
    Device {
        address: Peer::of(request),
        user_agent: agent
            .map(|agent| String::from_utf8_lossy(agent.as_bytes()).into_owned())
            .unwrap_or_default(),
        token: held(DEVICE),
        renewal: held(STAY),
    }
}

/// A new session in place of whatever the browser held, and what renews it.
///
/// # Errors
/// When the session cannot be written.
pub fn hold(request: &HttpRequest, opened: &Opened) -> school::Result<()> {
    put(request, TOKEN, &opened.session)?;
    match &opened.renewal {
        Some(renewal) => give(request, kept(STAY, renewal.token.written(), renewal.lasts)),
        None => forget_renewal(request),
    }
    Ok(())
}

/// By this the browser is known next time.
pub fn remember(request: &HttpRequest, device: &Token) {
    give(request, kept(DEVICE, device.written(), REMEMBERED));
}

/// The session and what renews it are over.
pub fn let_go(request: &HttpRequest) {
    request.get_session().purge();
    forget_renewal(request);
}

/// What renewed the session opens nothing any more.
pub fn forget_renewal(request: &HttpRequest) {
    if stays(request) {
        give(request, kept(STAY, "", TimeDelta::zero()));
    }
}

/// Whether it holds what renews a session.
pub fn stays(request: &HttpRequest) -> bool {
    request.cookie(STAY).is_some()
}

/// Cookies for the answer to a request.
#[derive(Default)]
struct Given(Vec<Cookie<'static>>);

fn give(request: &HttpRequest, cookie: Cookie<'static>) {
    let mut extensions = request.extensions_mut();
    let mut given = extensions.remove::<Given>().unwrap_or_default();
    given.0.retain(|other| other.name() != cookie.name());
    given.0.push(cookie);
    extensions.insert(given);
}

fn kept(name: &'static str, value: impl Into<String>, lasts: TimeDelta) -> Cookie<'static> {
    Cookie::build(name, value.into())
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(Duration::seconds(lasts.num_seconds()))
        .finish()
}

/// Middleware: the cookies go out with the answer, whatever it is.
pub async fn carry<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let mut answer = next.call(request).await?;
    let given = answer.request().extensions_mut().remove::<Given>().unwrap_or_default();
    for cookie in &given.0 {
        answer.response_mut().add_cookie(cookie)?;
    }
    Ok(answer)
}
