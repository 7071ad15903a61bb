//! One's own second factor: how it stands, and what changes it.

mod enrolment;

use actix_web::{
    HttpRequest, get, post,
    web::{Data, ServiceConfig},
};
use askama::Template;
use school::{
    access::{password::LONGEST, second_factor::Standing, session::Device},
    lobby::{Lobby, Proof},
};
use serde::Deserialize;

use super::moment;
use crate::{
    mail::PostBell,
    web::{
        access::Computing,
        browser,
        extract::{Someone, blocking},
        failure::Failure,
        filters,
        form::{Errors, Form, refused},
        page::{Area, Shell},
        reply::{Page, see_other, show, show_again},
    },
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(show_own).service(begin).configure(enrolment::routes).service(renew).service(remove);
}

#[derive(Template)]
#[template(path = "access/account/second_factor.html")]
struct Show {
    shell: Shell,
    email: String,
    standing: Standing,
    since: Option<String>,
    errors: Errors,
}

#[derive(Template)]
#[template(path = "access/account/recovery_codes.html")]
struct RecoveryCodes {
    shell: Shell,
    codes: Vec<String>,
}

#[derive(Deserialize)]
struct ProofForm {
    #[serde(default)]
    current: String,
    #[serde(default)]
    code: String,
}

impl ProofForm {
    fn proof(&self) -> Proof<'_> {
        Proof { current: &self.current, code: &self.code }
    }
}

async fn page(someone: &Someone, lobby: &Data<Lobby>, errors: Errors) -> Result<Show, Failure> {
    let (who, lobby) = (someone.0.clone(), lobby.clone());
    let standing = blocking(move || lobby.second_factor(&who)).await?;
    Ok(Show {
        shell: Shell::of(&someone.0, Area::Elsewhere),
        email: someone.0.person().email().to_owned(),
        since: standing.since.map(|since| moment(since, &someone.0)),
        standing,
        errors,
    })
}

/// What a change answers to somebody who proves that it is they.
async fn proved<T: Send + 'static>(
    request: &HttpRequest,
    computing: &Data<Computing>,
    change: impl FnOnce(&Device) -> school::Result<T> + Send + 'static,
) -> school::Result<T> {
    let device = browser::device(request);
    let _turn = computing.turn().await?;
    blocking(move || change(&device)).await
}

#[get("/account/second-factor")]
async fn show_own(someone: Someone, lobby: Data<Lobby>) -> Page {
    show(&page(&someone, &lobby, Errors::default()).await?)
}

#[post("/account/second-factor/enrolment")]
async fn begin(
    request: HttpRequest,
    someone: Someone,
    (lobby, computing): (Data<Lobby>, Data<Computing>),
    bell: Data<PostBell>,
    Form(form): Form<ProofForm>,
) -> Page {
    let (who, at) = (someone.0.clone(), lobby.clone());
    let begun =
        proved(&request, &computing, move |device| at.begin_second_factor(&who, form.proof(), device));
    match begun.await {
        Ok(()) => {
            bell.ring();
            see_other("/account/second-factor/enrolment")
        }
        Err(error) => show_again(&page(&someone, &lobby, refused(error.into())?).await?),
    }
}

#[post("/account/second-factor/recovery-codes")]
async fn renew(
    request: HttpRequest,
    someone: Someone,
    (lobby, computing): (Data<Lobby>, Data<Computing>),
    bell: Data<PostBell>,
    Form(form): Form<ProofForm>,
) -> Page {
    let (who, at) = (someone.0.clone(), lobby.clone());
    let made =
        proved(&request, &computing, move |device| at.renew_recovery_codes(&who, form.proof(), device));
    match made.await {
        Ok(codes) => {
            bell.ring();
            show(&RecoveryCodes { shell: Shell::of(&someone.0, Area::Elsewhere), codes })
        }
        Err(error) => show_again(&page(&someone, &lobby, refused(error.into())?).await?),
    }
}

#[post("/account/second-factor/removal")]
async fn remove(
    request: HttpRequest,
    someone: Someone,
    (lobby, computing): (Data<Lobby>, Data<Computing>),
    bell: Data<PostBell>,
    Form(form): Form<ProofForm>,
) -> Page {
    let (who, at) = (someone.0.clone(), lobby.clone());
    let gone =
        proved(&request, &computing, move |device| at.remove_second_factor(&who, form.proof(), device));
    match gone.await {
        Ok(()) => {
            bell.ring();
            see_other("/account?done=second-factor-removed")
        }
        Err(error) => show_again(&page(&someone, &lobby, refused(error.into())?).await?),
    }
}
