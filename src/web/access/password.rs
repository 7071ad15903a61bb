//! One's own password, changed.

use actix_web::{
    HttpRequest, get, post,
    web::{Data, ServiceConfig},
};
use askama::Template;
use school::{
    Error,
    access::password::{LONGEST, SHORTEST},
    lobby::Lobby,
};
use serde::Deserialize;

use super::Computing;
use crate::{
    mail::PostBell,
    web::{
        browser::{device, hold},
        extract::{Someone, blocking},
        filters,
        form::{Errors, Form, refused},
        page::{Area, Shell},
        reply::{Page, see_other, show, show_again, show_again_later},
    },
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(edit).service(update);
}

#[derive(Template)]
#[template(path = "access/password.html")]
struct Edit {
    shell: Shell,
    email: String,
    errors: Errors,
}

impl Edit {
    fn of(someone: &Someone, errors: Errors) -> Self {
        let email = someone.0.person().email().to_owned();
        Self { shell: Shell::of(&someone.0, Area::Elsewhere), email, errors }
    }
}

#[derive(Deserialize)]
struct PasswordForm {
    #[serde(default)]
    current: String,
    #[serde(default)]
    password: String,
}

/// What is said by the present password after wrong ones.
pub(super) fn too_soon(seconds: u64) -> String {
    format!("There was a wrong guess just now. Wait {seconds} s and try again.")
}

#[get("/account/password")]
async fn edit(someone: Someone) -> Page {
    show(&Edit::of(&someone, Errors::default()))
}

#[post("/account/password")]
async fn update(
    request: HttpRequest,
    someone: Someone,
    lobby: Data<Lobby>,
    (computing, bell): (Data<Computing>, Data<PostBell>),
    Form(form): Form<PasswordForm>,
) -> Page {
    let (who, device) = (someone.0.clone(), device(&request));
    let turn = computing.turn(device.network()).await?;
    let done = blocking(move || lobby.change_password(&who, (&form.current, &form.password), &device)).await;
    drop(turn);
    match done {
        Ok(session) => {
            hold(&request, &session)?;
            bell.ring();
            see_other("/account?done=password")
        }
        Err(Error::TooMany(seconds)) => {
            let errors = Errors::about("current", too_soon(seconds));
            show_again_later(seconds, &Edit::of(&someone, errors))
        }
        Err(error) => show_again(&Edit::of(&someone, refused(error.into())?)),
    }
}
