//! One's own second factor: how it stands, and what changes it.

mod enrolment;

use actix_web::{
    HttpRequest, get, post,
    web::{Data, ServiceConfig},
};
use askama::Template;
use school::{
    Error,
    access::{password::LONGEST, second_factor::Standing, session::Device},
    db::SignedIn,
    lobby::{Lobby, Proof},
};
use serde::Deserialize;

use super::moment;
use crate::{
    mail::PostBell,
    web::{
        access::{Computing, password::too_soon},
        browser,
        extract::{Someone, blocking},
        failure::Failure,
        filters,
        form::{Errors, Form, refused},
        page::{Area, Shell},
        reply::{Page, see_other, show, show_again, show_again_later},
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

/// What a change comes with.
type Asked = (HttpRequest, Someone, Data<Lobby>, Data<Computing>, Data<PostBell>);

/// Makes a change for somebody who proves that it is they, and answers with what it made.
async fn change<T: Send + 'static>(
    (request, someone, lobby, computing, bell): Asked,
    form: ProofForm,
    make: fn(&Lobby, &SignedIn, Proof<'_>, &Device) -> school::Result<T>,
    answer: impl FnOnce(&Someone, T) -> Page,
) -> Page {
    let (who, at, device) = (someone.0.clone(), lobby.clone(), browser::device(&request));
    let turn = computing.turn(device.network()).await?;
    let made = blocking(move || make(&at, &who, form.proof(), &device)).await;
    drop(turn);
    match made {
        Ok(made) => {
            bell.ring();
            answer(&someone, made)
        }
        Err(Error::TooMany(seconds)) => {
            // The wait may be for the password or for the code: the word stands above both.
            show_again_later(seconds, &page(&someone, &lobby, Errors::about("", too_soon(seconds))).await?)
        }
        Err(error) => show_again(&page(&someone, &lobby, refused(error.into())?).await?),
    }
}

#[get("/account/second-factor")]
async fn show_own(someone: Someone, lobby: Data<Lobby>) -> Page {
    show(&page(&someone, &lobby, Errors::default()).await?)
}

#[post("/account/second-factor/enrolment")]
async fn begin(asked: Asked, Form(form): Form<ProofForm>) -> Page {
    let answer = |_: &Someone, ()| see_other("/account/second-factor/enrolment");
    change(asked, form, Lobby::begin_second_factor, answer).await
}

#[post("/account/second-factor/recovery-codes")]
async fn renew(asked: Asked, Form(form): Form<ProofForm>) -> Page {
    let answer = |someone: &Someone, codes| {
        show(&RecoveryCodes { shell: Shell::of(&someone.0, Area::Elsewhere), codes })
    };
    change(asked, form, Lobby::renew_recovery_codes, answer).await
}

#[post("/account/second-factor/removal")]
async fn remove(asked: Asked, Form(form): Form<ProofForm>) -> Page {
    let answer = |_: &Someone, ()| see_other("/account?done=second-factor-removed");
    change(asked, form, Lobby::remove_second_factor, answer).await
}
