//! Signing in and out.

use std::time::Duration;

use actix_session::SessionExt;
use actix_web::{
    HttpRequest, get,
    http::StatusCode,
    post,
    web::{Data, Query, ServiceConfig},
};
use askama::Template;
use school::{
    Error,
    access::session::Device,
    lobby::{Attempt, Lobby},
};
use serde::Deserialize;
use tokio::{sync::Semaphore, time::timeout};

use crate::web::{
    extract::{TOKEN, blocking, token},
    filters,
    form::Form,
    reply::{Page, fragment, see_other, show},
    server::Peer,
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(new).service(create).service(delete);
}

/// How many passwords are computed at once: each takes 19 MiB and a core.
pub struct Computing(pub Semaphore);

/// How long somebody waits for a turn before being told to come back.
const PATIENCE: Duration = Duration::from_secs(4);

#[derive(Template)]
#[template(path = "access/sign_in.html")]
struct SignIn {
    next: String,
    email: String,
    error: String,
}

#[derive(Deserialize)]
struct Onward {
    #[serde(default)]
    next: String,
}

#[get("/sign-in")]
async fn new(onward: Query<Onward>) -> Page {
    show(&SignIn {
        next: local(&onward.next).to_owned(),
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
    let device = Device {
        address: Peer::of(&request),
        user_agent: user_agent(&request),
    };
    let turn = timeout(PATIENCE, computing.0.acquire())
        .await
        .map_err(|_| Error::TooMany(5))?;
    let (email, password) = (form.email.clone(), form.password);
    let attempt =
        blocking(move || lobby.sign_in(&email, &password, &device, before.as_ref())).await?;
    drop(turn);
    let error = match attempt {
        Attempt::Welcome(token) => {
            let session = request.get_session();
            session.clear();
            session.renew();
            session
                .insert(TOKEN, token.written())
                .map_err(|error| Error::internal(error.to_string()))?;
            return see_other(local(&form.next));
        }
        Attempt::Wrong => "That address and password do not belong together.".to_owned(),
        Attempt::Wait(seconds) => {
            format!("There were wrong guesses just now. Wait {seconds} seconds and try again.")
        }
    };
    let page = SignIn {
        next: local(&form.next).to_owned(),
        email: form.email,
        error,
    };
    fragment(StatusCode::UNPROCESSABLE_ENTITY, &page)
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

fn user_agent(request: &HttpRequest) -> String {
    request
        .headers()
        .get("user-agent")
        .map(|agent| String::from_utf8_lossy(agent.as_bytes()).into_owned())
        .unwrap_or_default()
}

/// A path on this site, or the front page: `next` must not lead anywhere else.
fn local(next: &str) -> &str {
    let plain = next
        .chars()
        .all(|letter| letter.is_ascii_graphic() && letter != '\\');
    let own = next.starts_with('/')
        && !next.starts_with("//")
        && plain
        && !next.to_ascii_lowercase().starts_with("/%");
    if own { next } else { "/" }
}
