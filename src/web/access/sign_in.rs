//! Signing in and out.

use actix_web::{
    HttpRequest, get,
    http::StatusCode,
    post,
    web::{Data, Query, ServiceConfig},
};
use askama::Template;
use askama_web::WebTemplate;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use school::lobby::{Attempt, Lobby};
use serde::Deserialize;

use super::{computing::Computing, evenly};
use crate::web::{
    browser,
    extract::blocking,
    filters,
    form::Form,
    reply::{Page, fragment, see_other},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(new).service(create).service(delete);
}

#[derive(Template)]
#[template(path = "access/sign_in.html")]
struct SignIn {
    next: String,
    has_new_password: bool,
    /// Whether this browser may stay signed in.
    may_stay: bool,
    stays: bool,
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
async fn new(lobby: Data<Lobby>, onward: Query<Onward>) -> WebTemplate<SignIn> {
    WebTemplate(SignIn {
        next: local(&onward.next).to_owned(),
        has_new_password: !onward.new_password.is_empty(),
        may_stay: lobby.lets_stay(),
        stays: false,
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
    #[serde(default)]
    stay: String,
}

#[post("/session")]
async fn create(
    request: HttpRequest,
    lobby: Data<Lobby>,
    computing: Data<Computing>,
    Form(form): Form<SignInForm>,
) -> Page {
    let (before, device) = (browser::token(&request), browser::device(&request));
    let (email, password, stays) = (form.email.clone(), form.password, form.stay == "yes");
    let (may_stay, begun) = (lobby.lets_stay(), evenly::begin());
    let turn = computing.turn(device.network()).await?;
    let attempt = blocking(move || lobby.sign_in((&email, &password), stays, &device, before.as_ref())).await;
    drop(turn);
    let attempt = attempt?;
    if matches!(attempt, Attempt::Wrong | Attempt::Wait(_)) {
        begun.on_the_beat().await;
    }
    match attempt {
        Attempt::Wrong => again(form.email, &form.next, (may_stay, stays), WRONG.to_owned()),
        Attempt::Wait(seconds) => again(form.email, &form.next, (may_stay, stays), wait(seconds)),
        proved => lead_on(&request, proved, &form.next),
    }
}

/// Lets somebody in who proved who they are, or leads them to what is still missing.
pub(super) fn lead_on(request: &HttpRequest, attempt: Attempt, next: &str) -> Page {
    let step = match attempt {
        Attempt::Welcome { opened, device } => {
            browser::hold(request, &opened)?;
            browser::remember(request, &device);
            return see_other(local(next));
        }
        Attempt::Code(pending) => ("/sign-in/code", pending),
        Attempt::Enrolment(pending) => ("/sign-in/second-factor", pending),
        Attempt::Wrong | Attempt::Wait(_) => return Err(school::Error::SignedOut.into()),
    };
    browser::wait(request, &step.1)?;
    see_other(onward(step.0, next))
}

/// What is said of a guess, whoever it is about.
const WRONG: &str =
    "That address and password do not belong together, or there were too many wrong guesses just now.";

fn wait(seconds: u64) -> String {
    match seconds {
        1 => "There was a wrong guess just now. Wait a moment and try again.".to_owned(),
        _ => format!("There were wrong guesses just now. Wait {seconds} seconds and try again."),
    }
}

/// The page as it was typed, with what is wrong.
fn again(email: String, next: &str, (may_stay, stays): (bool, bool), error: String) -> Page {
    let next = local(next).to_owned();
    let page = SignIn { next, has_new_password: false, may_stay, stays, email, error };
    fragment(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

#[post("/session/end")]
async fn delete(request: HttpRequest, lobby: Data<Lobby>) -> Page {
    let (token, device) = (browser::token(&request), browser::device(&request));
    blocking(move || lobby.sign_out(token.as_ref(), &device)).await?;
    browser::let_go(&request);
    let mut answer = see_other("/sign-in")?;
    answer.headers_mut().insert(
        actix_web::http::header::HeaderName::from_static("clear-site-data"),
        actix_web::http::header::HeaderValue::from_static("\"cache\", \"storage\""),
    );
    Ok(answer)
}

/// A step of signing in that leads on to where somebody wanted to be.
fn onward(step: &str, next: &str) -> String {
    match local(next) {
        "/" => step.to_owned(),
        next => format!("{step}?next={}", utf8_percent_encode(next, NON_ALPHANUMERIC)),
    }
}

/// A path on this site, or the front page: `next` must not lead anywhere else.
pub(super) fn local(next: &str) -> &str {
    let plain = next.chars().all(|letter| letter.is_ascii_graphic() && letter != '\\');
    let own = next.starts_with('/')
        && !next.starts_with("//")
        && plain
        && !next.to_ascii_lowercase().starts_with("/%");
    if own { next } else { "/" }
}
