//! Signing in and out.

use actix_session::SessionExt;
use actix_web::{
    HttpRequest,
    cookie::{Cookie, SameSite, time::Duration},
    get,
    http::StatusCode,
    post,
    web::{Data, Query, ServiceConfig},
};
use askama::Template;
use askama_web::WebTemplate;
use school::{
    Error,
    access::{
        device::REMEMBERED,
        session::{Device, Token},
    },
    lobby::{Attempt, Lobby},
};
use serde::Deserialize;

use super::computing::Computing;
use crate::web::{
    extract::{TOKEN, blocking, token},
    filters,
    form::Form,
    reply::{Page, fragment, see_other},
    server::Peer,
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(new).service(create).service(delete);
}

/// The cookie by which a browser is known from an earlier time; it opens nothing.
const DEVICE: &str = "__Host-belfry-device";

#[derive(Template)]
#[template(path = "access/sign_in.html")]
struct SignIn {
    next: String,
    has_new_password: bool,
    email: String,
    error: String,
}

#[derive(Deserialize)]
struct Onward {
    #[serde(default)]
    next: String,
    #[serde(default, rename = "new-password")]
    new_password: String,
}

#[get("/sign-in")]
async fn new(onward: Query<Onward>) -> WebTemplate<SignIn> {
    WebTemplate(SignIn {
        next: local(&onward.next).to_owned(),
        has_new_password: !onward.new_password.is_empty(),
        email: String::new(),
        error: String::new(),
    })
}

#[derive(Deserialize)]
struct SignInForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

#[post("/session")]
async fn create(
    request: HttpRequest,
    lobby: Data<Lobby>,
    computing: Data<Computing>,
    Form(form): Form<SignInForm>,
) -> Page {
    let before = token(&request);
    let device = device(&request);
    let (email, password) = (form.email.clone(), form.password);
    let turn = computing.turn().await?;
    let attempt = blocking(move || lobby.sign_in(&email, &password, &device, before.as_ref())).await?;
    drop(turn);
    let error = match attempt {
        Attempt::Welcome { session, device } => {
            return welcome(&request, &session, &device, &form.next);
        }
        Attempt::Wrong => {
            "That address and password do not belong together, or there were too many wrong guesses just now."
                .to_owned()
        }
        Attempt::Wait(1) => "There was a wrong guess just now. Wait a moment and try again.".to_owned(),
        Attempt::Wait(seconds) => {
            format!("There were wrong guesses just now. Wait {seconds} seconds and try again.")
        }
    };
    let page =
        SignIn { next: local(&form.next).to_owned(), has_new_password: false, email: form.email, error };
    fragment(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// A new session in place of whatever the browser held.
pub(super) fn hold(request: &HttpRequest, opened: &Token) -> school::Result<()> {
    let session = request.get_session();
    session.clear();
    session.renew();
    session.insert(TOKEN, opened.written()).map_err(|error| Error::internal(error.to_string()))
}

/// Holds a new session, in a browser that is known next time.
fn welcome(request: &HttpRequest, opened: &Token, device: &Token, next: &str) -> Page {
    hold(request, opened)?;
    let known = Cookie::build(DEVICE, device.written())
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(Duration::seconds(REMEMBERED.num_seconds()))
        .finish();
    let mut answer = see_other(local(next))?;
    answer.add_cookie(&known).map_err(|error| Error::internal(error.to_string()))?;
    Ok(answer)
}

#[post("/session/end")]
async fn delete(request: HttpRequest, lobby: Data<Lobby>) -> Page {
    if let Some(token) = token(&request) {
        blocking(move || lobby.sign_out(&token)).await?;
    }
    request.get_session().purge();
    let mut answer = see_other("/sign-in")?;
    answer.headers_mut().insert(
        actix_web::http::header::HeaderName::from_static("clear-site-data"),
        actix_web::http::header::HeaderValue::from_static("\"cache\", \"storage\""),
    );
    Ok(answer)
}

pub(super) fn device(request: &HttpRequest) -> Device {
    let agent = request.headers().get("user-agent");
    Device {
        address: Peer::of(request),
        user_agent: agent
            .map(|agent| String::from_utf8_lossy(agent.as_bytes()).into_owned())
            .unwrap_or_default(),
        token: request.cookie(DEVICE).and_then(|cookie| Token::read(cookie.value())),
    }
}

/// A path on this site, or the front page: `next` must not lead anywhere else.
fn local(next: &str) -> &str {
    let plain = next.chars().all(|letter| letter.is_ascii_graphic() && letter != '\\');
    let own = next.starts_with('/')
        && !next.starts_with("//")
        && plain
        && !next.to_ascii_lowercase().starts_with("/%");
    if own { next } else { "/" }
}
