//! The second step of signing in: a code, or the second factor that has to be set up first.

use actix_web::{
    HttpRequest, get, post,
    web::{Data, Query, ServiceConfig},
};
use askama::Template;
use school::{
    Error,
    access::session::Token,
    lobby::{Attempt, Lobby},
};
use serde::Deserialize;

use super::{
    qr::{self, Drawn},
    sign_in::local,
};
use crate::{
    mail::PostBell,
    web::{
        browser,
        extract::blocking,
        failure::Failure,
        filters,
        form::Form,
        reply::{Page, see_other, show, show_again, show_again_later},
    },
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(new).service(create).service(new_enrolment).service(create_enrolment);
}

#[derive(Template)]
#[template(path = "access/second_step/code.html")]
struct Code {
    email: String,
    next: String,
    error: String,
}

#[derive(Template)]
#[template(path = "access/second_step/enrolment.html")]
struct Enrolment {
    drawn: Drawn,
    key: String,
    next: String,
    error: String,
}

#[derive(Template)]
#[template(path = "access/second_step/recovery_codes.html")]
struct RecoveryCodes {
    codes: Vec<String>,
    next: String,
}

#[derive(Deserialize)]
struct Onward {
    #[serde(default)]
    next: String,
}

#[derive(Deserialize)]
struct Shown {
    #[serde(default)]
    code: String,
    #[serde(default)]
    next: String,
}

/// What was wrong with a code, in words for its field, and how long to wait if it came too soon; anything else goes on.
fn wrong(error: Error) -> Result<(String, Option<u64>), Failure> {
    match error {
        Error::Invalid { message, .. } => Ok((message, None)),
        Error::TooMany(seconds) => {
            let said = format!("There was a wrong code just now. Wait {seconds} s and try again.");
            Ok((said, Some(seconds)))
        }
        other => Err(other.into()),
    }
}

/// The page once more, with what was wrong with its code.
fn again(page: &impl Template, wait: Option<u64>) -> Page {
    wait.map_or_else(|| show_again(page), |seconds| show_again_later(seconds, page))
}

async fn code_page(lobby: &Data<Lobby>, pending: Token, next: &str, error: String) -> Result<Code, Failure> {
    let lobby = lobby.clone();
    let waiting = blocking(move || lobby.waiting(&pending)).await?;
    if waiting.enrols() {
        return Err(Error::SignedOut.into());
    }
    Ok(Code { email: waiting.email, next: local(next).to_owned(), error })
}

#[get("/sign-in/code")]
async fn new(request: HttpRequest, lobby: Data<Lobby>, onward: Query<Onward>) -> Page {
    show(&code_page(&lobby, browser::pending(&request)?, &onward.next, String::new()).await?)
}

#[post("/sign-in/code")]
async fn create(
    request: HttpRequest,
    lobby: Data<Lobby>,
    bell: Data<PostBell>,
    Form(form): Form<Shown>,
) -> Page {
    let (pending, device) = (browser::pending(&request)?, browser::device(&request));
    let (tried, at_the_door) = (pending.clone(), lobby.clone());
    let attempt = blocking(move || at_the_door.sign_in_with_code(&tried, &form.code, &device)).await;
    match attempt {
        Ok(attempt) => {
            bell.ring();
            come_in(&request, &attempt)?;
            see_other(local(&form.next))
        }
        Err(error) => {
            let (said, wait) = wrong(error)?;
            again(&code_page(&lobby, pending, &form.next, said).await?, wait)
        }
    }
}

/// The browser holds the session of whoever was let in.
fn come_in(request: &HttpRequest, attempt: &Attempt) -> school::Result<()> {
    let Attempt::Welcome { opened, device } = attempt else { return Err(Error::SignedOut) };
    browser::hold(request, opened)?;
    browser::remember(request, device);
    Ok(())
}

async fn enrolment_page(
    lobby: &Data<Lobby>,
    pending: Token,
    next: &str,
    error: String,
) -> Result<Enrolment, Failure> {
    let lobby = lobby.clone();
    let made = blocking(move || lobby.enrolment_at_the_door(&pending)).await?;
    Ok(Enrolment { drawn: qr::drawn(&made.url)?, key: made.key, next: local(next).to_owned(), error })
}

#[get("/sign-in/second-factor")]
async fn new_enrolment(request: HttpRequest, lobby: Data<Lobby>, onward: Query<Onward>) -> Page {
    show(&enrolment_page(&lobby, browser::pending(&request)?, &onward.next, String::new()).await?)
}

#[post("/sign-in/second-factor")]
async fn create_enrolment(
    request: HttpRequest,
    lobby: Data<Lobby>,
    bell: Data<PostBell>,
    Form(form): Form<Shown>,
) -> Page {
    let (pending, device) = (browser::pending(&request)?, browser::device(&request));
    let (tried, at_the_door) = (pending.clone(), lobby.clone());
    let enrolled = blocking(move || at_the_door.enrol_at_the_door(&tried, &form.code, &device)).await;
    match enrolled {
        Ok((codes, attempt)) => {
            bell.ring();
            come_in(&request, &attempt)?;
            show(&RecoveryCodes { codes, next: local(&form.next).to_owned() })
        }
        Err(error) => {
            let (said, wait) = wrong(error)?;
            again(&enrolment_page(&lobby, pending, &form.next, said).await?, wait)
        }
    }
}
