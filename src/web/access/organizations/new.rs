//! A new organization and the invitation of its first administrator.

use actix_web::{
    HttpRequest, get, post,
    web::{Data, ServiceConfig},
};
use askama::Template;
use school::lobby::Lobby;

use super::form::{OrganizationForm, WEEK_STARTS};
use crate::{
    mail::PostBell,
    web::{
        browser,
        extract::{OfPlatform, blocking},
        failure::Failure,
        filters,
        form::{Errors, Form, refused},
        limits::Limits,
        page::{Area, Shell},
        reply::{Page, see_other, show, show_again},
    },
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(new).service(create);
}

#[derive(Template)]
#[template(path = "access/organizations/new.html")]
struct New {
    shell: Shell,
    form: OrganizationForm,
    errors: Errors,
}

#[get("/organizations/new")]
async fn new(who: OfPlatform) -> Page {
    let shell = Shell::of(who.0.signed_in(), Area::Organizations);
    show(&New { shell, form: OrganizationForm::blank(), errors: Errors::default() })
}

#[post("/organizations")]
async fn create(
    request: HttpRequest,
    who: OfPlatform,
    (lobby, limits, bell): (Data<Lobby>, Data<Limits>, Data<PostBell>),
    Form(form): Form<OrganizationForm>,
) -> Page {
    let (address, by) = (browser::device(&request).address, who.0.clone());
    let errors = match form.founding() {
        Ok(founding) => {
            limits.send_mail(by.signed_in().person().id(), founding.email.canonical()).map_err(Failure)?;
            match blocking(move || lobby.found_for(&by, &founding, &address)).await.map_err(Failure) {
                Ok(id) => {
                    bell.ring();
                    return see_other(format!("/organizations/{id}?done=founded"));
                }
                Err(error) => refused(error)?,
            }
        }
        Err(errors) => errors,
    };
    show_again(&New { shell: Shell::of(who.0.signed_in(), Area::Organizations), form, errors })
}
