//! A password forgotten, or the first one: asked for by address, chosen through a link that comes by mail.

use actix_web::{
    HttpRequest, get,
    http::StatusCode,
    post,
    web::{Data, Path, ServiceConfig},
};
use askama::Template;
use askama_web::WebTemplate;
use school::{
    Error,
    access::{
        email::Email,
        link::Holder,
        password::{LONGEST, SHORTEST},
        session::Token,
    },
    lobby::Lobby,
    words::LinkPurpose,
};
use serde::Deserialize;

use super::{Computing, Mailbox, dead_link, evenly};
use crate::{
    mail::PostBell,
    web::{
        browser::{device, remember},
        extract::blocking,
        failure::Failure,
        filters,
        form::Form,
        limits::Limits,
        reply::{Page, fragment, see_other, show, show_again},
    },
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(new).service(sent).service(create).service(edit).service(update);
}

#[derive(Template)]
#[template(path = "access/password_reset/new.html")]
struct New {
    email: String,
    error: String,
}

#[derive(Template)]
#[template(path = "access/password_reset/sent.html")]
struct Sent {
    /// Whether what is sent stands on a page for everybody, as in the demonstration.
    is_shown: bool,
}

#[derive(Template)]
#[template(path = "access/password_reset/edit.html")]
struct Edit {
    token: String,
    holder: Holder,
    error: String,
}

#[derive(Template)]
#[template(path = "access/password_reset/gone.html")]
struct Gone;

#[get("/password-reset/new")]
async fn new() -> WebTemplate<New> {
    WebTemplate(New { email: String::new(), error: String::new() })
}

#[get("/password-reset/sent")]
async fn sent(mailbox: Data<Mailbox>) -> WebTemplate<Sent> {
    WebTemplate(Sent { is_shown: mailbox.is_shown() })
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    email: String,
}

#[post("/password-reset")]
async fn create(
    request: HttpRequest,
    lobby: Data<Lobby>,
    limits: Data<Limits>,
    bell: Data<PostBell>,
    Form(form): Form<Asked>,
) -> Page {
    let email = match Email::read(&form.email) {
        Ok(email) => email,
        Err(error) => return show_again(&New { email: form.email, error }),
    };
    let (device, begun) = (device(&request), evenly::begin());
    limits.ask_for_mail(email.canonical(), &device.network())?;
    blocking(move || lobby.forgot_password(&email, &device.address)).await?;
    bell.ring();
    begun.on_the_beat().await;
    see_other("/password-reset/sent")
}

/// The holder of a link; none when it opens nothing any more.
async fn holder(lobby: &Data<Lobby>, written: &str) -> Result<Option<(Token, Holder)>, Failure> {
    let Some(token) = Token::read(written) else { return Ok(None) };
    let (lobby, wanted) = (lobby.clone(), token.clone());
    match blocking(move || lobby.link(&wanted)).await {
        Ok(holder) => Ok(Some((token, holder))),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

#[get("/password-reset/{token}")]
async fn edit(lobby: Data<Lobby>, token: Path<String>) -> Page {
    match holder(&lobby, &token).await? {
        Some((token, holder)) => show(&Edit { token: token.written(), holder, error: String::new() }),
        None => fragment(StatusCode::GONE, &Gone),
    }
}

#[derive(Deserialize)]
struct Chosen {
    #[serde(default)]
    password: String,
}

#[post("/password-reset/{token}")]
async fn update(
    request: HttpRequest,
    (lobby, limits): (Data<Lobby>, Data<Limits>),
    (computing, bell): (Data<Computing>, Data<PostBell>),
    written: Path<String>,
    Form(form): Form<Chosen>,
) -> Page {
    let Some((token, holder)) = holder(&lobby, &written).await? else {
        dead_link::note(&request, &lobby, &limits, &written).await?;
        return fragment(StatusCode::GONE, &Gone);
    };
    let (device, chosen, at) = (device(&request), token.clone(), lobby.clone());
    let turn = computing.turn(device.network()).await?;
    let done = blocking(move || at.choose_password(&chosen, &form.password, &device)).await;
    drop(turn);
    match done {
        Ok(known) => {
            remember(&request, &known);
            bell.ring();
            see_other("/sign-in?new-password=1")
        }
        Err(Error::NotFound) => {
            dead_link::note(&request, &lobby, &limits, &written).await?;
            fragment(StatusCode::GONE, &Gone)
        }
        Err(Error::Invalid { message, .. }) => {
            show_again(&Edit { token: token.written(), holder, error: message })
        }
        Err(error) => Err(error.into()),
    }
}
