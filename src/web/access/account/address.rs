//! The address that one signs in with: another asked for, or the present one to be confirmed.

use actix_web::{
    HttpRequest, get, post,
    web::{Data, ServiceConfig},
};
use askama::Template;
use school::{
    Error,
    access::{email::Email, password::LONGEST},
    lobby::Lobby,
};
use serde::Deserialize;

use crate::{
    mail::PostBell,
    web::{
        access::{Computing, password::too_soon},
        browser::device,
        extract::{Someone, blocking},
        filters,
        form::{Errors, Form, refused},
        limits::Limits,
        page::{Area, Shell},
        reply::{Page, see_other, show, show_again, show_again_later},
    },
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(edit).service(update).service(create_verification);
}

#[derive(Template)]
#[template(path = "access/account/address.html")]
struct Edit {
    shell: Shell,
    present: String,
    email: String,
    errors: Errors,
}

impl Edit {
    fn of(someone: &Someone, email: String, errors: Errors) -> Self {
        let present = someone.0.person().email().to_owned();
        Self { shell: Shell::of(&someone.0, Area::Elsewhere), present, email, errors }
    }
}

#[derive(Deserialize)]
struct AddressForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    current: String,
}

#[get("/account/email/edit")]
async fn edit(someone: Someone) -> Page {
    show(&Edit::of(&someone, String::new(), Errors::default()))
}

#[post("/account/email")]
async fn update(
    request: HttpRequest,
    someone: Someone,
    (lobby, limits): (Data<Lobby>, Data<Limits>),
    (computing, bell): (Data<Computing>, Data<PostBell>),
    Form(form): Form<AddressForm>,
) -> Page {
    let email = match Email::read(&form.email) {
        Ok(email) => email,
        Err(message) => {
            return show_again(&Edit::of(&someone, form.email, Errors::about("email", message)));
        }
    };
    let (who, device) = (someone.0.clone(), device(&request));
    let spent = limits.ask_for_mail(email.canonical(), &device.network());
    if let Err(Error::TooMany(seconds)) = spent {
        let errors =
            Errors::about("email", format!("Too much mail was asked for. Wait {seconds} s and try again."));
        return show_again_later(seconds, &Edit::of(&someone, form.email, errors));
    }
    spent?;
    let turn = computing.turn(device.network()).await?;
    let asked = blocking(move || lobby.ask_for_address(&who, &form.current, &email, &device)).await;
    drop(turn);
    match asked {
        Ok(()) => {
            bell.ring();
            see_other("/account?done=address-asked")
        }
        Err(Error::TooMany(seconds)) => {
            let errors = Errors::about("current", too_soon(seconds));
            show_again_later(seconds, &Edit::of(&someone, form.email, errors))
        }
        Err(error) => show_again(&Edit::of(&someone, form.email, refused(error.into())?)),
    }
}

#[post("/account/email/verification")]
async fn create_verification(
    request: HttpRequest,
    someone: Someone,
    (lobby, limits): (Data<Lobby>, Data<Limits>),
    bell: Data<PostBell>,
) -> Page {
    let device = device(&request);
    limits.ask_for_mail(&school::text::canonical_email(someone.0.person().email()), &device.network())?;
    blocking(move || lobby.ask_to_verify(&someone.0, &device.address)).await?;
    bell.ring();
    see_other("/account?done=link")
}
