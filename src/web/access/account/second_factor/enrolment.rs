//! Setting up one's own second factor: the picture for the app, and the code that proves that the app has it.

use actix_web::{
    HttpRequest, get, post,
    web::{Data, ServiceConfig},
};
use askama::Template;
use school::{Error, lobby::Lobby};

use super::{ProofForm, RecoveryCodes};
use crate::{
    mail::PostBell,
    web::{
        access::qr::{self, Drawn},
        browser,
        extract::{Someone, blocking},
        filters,
        form::{Errors, Form, refused},
        page::{Area, Shell},
        reply::{Page, see_other, show, show_again},
    },
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(edit).service(update);
}

#[derive(Template)]
#[template(path = "access/account/enrolment.html")]
struct Edit {
    shell: Shell,
    drawn: Drawn,
    key: String,
    errors: Errors,
}

async fn enrolment(someone: &Someone, lobby: &Data<Lobby>, errors: Errors) -> Page {
    let (who, lobby) = (someone.0.clone(), lobby.clone());
    let made = match blocking(move || lobby.enrolment(&who)).await {
        // Nothing was begun, or too long ago.
        Err(Error::NotFound) => return see_other("/account/second-factor"),
        made => made?,
    };
    let shell = Shell::of(&someone.0, Area::Elsewhere);
    let is_first = errors.is_empty();
    let page = Edit { shell, drawn: qr::drawn(&made.url)?, key: made.key, errors };
    if is_first { show(&page) } else { show_again(&page) }
}

#[get("/account/second-factor/enrolment")]
async fn edit(someone: Someone, lobby: Data<Lobby>) -> Page {
    enrolment(&someone, &lobby, Errors::default()).await
}

#[post("/account/second-factor")]
async fn update(
    request: HttpRequest,
    someone: Someone,
    lobby: Data<Lobby>,
    bell: Data<PostBell>,
    Form(form): Form<ProofForm>,
) -> Page {
    let (who, at, device) = (someone.0.clone(), lobby.clone(), browser::device(&request));
    match blocking(move || at.confirm_second_factor(&who, &form.code, &device)).await {
        Ok((codes, opened)) => {
            browser::hold(&request, &opened)?;
            bell.ring();
            show(&RecoveryCodes { shell: Shell::of(&someone.0, Area::Elsewhere), codes })
        }
        Err(Error::NotFound) => see_other("/account/second-factor"),
        Err(error) => enrolment(&someone, &lobby, refused(error.into())?).await,
    }
}
