//! The invitation of a first administrator once more, perhaps to another address.

use actix_web::{
    HttpRequest, post,
    web::{Data, Path, ServiceConfig},
};
use school::{Uuid, access::email::Email, lobby::Lobby};
use serde::Deserialize;

use super::show::page;
use crate::{
    mail::PostBell,
    web::{
        browser,
        extract::{OfPlatform, blocking},
        failure::Failure,
        form::{Errors, Form, refused},
        limits::Limits,
        reply::{Page, see_other, show_again},
    },
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(create);
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct InvitationForm {
    email: String,
}

#[post("/organizations/{organization}/invitation")]
async fn create(
    request: HttpRequest,
    who: OfPlatform,
    (lobby, limits, bell): (Data<Lobby>, Data<Limits>, Data<PostBell>),
    id: Path<Uuid>,
    Form(form): Form<InvitationForm>,
) -> Page {
    let (id, address, by) = (*id, browser::device(&request).address, who.0.clone());
    let mut again = page(&who.0, &lobby, id).await?;
    again.errors = match Email::read(&form.email) {
        Ok(email) => {
            limits.send_mail(by.signed_in().person().id(), email.canonical()).map_err(Failure)?;
            match blocking(move || lobby.invite_first(&by, id, &email, &address)).await.map_err(Failure) {
                Ok(()) => {
                    bell.ring();
                    return see_other(format!("/organizations/{id}?done=invited"));
                }
                Err(error) => refused(error)?,
            }
        }
        Err(message) => {
            let mut errors = Errors::default();
            errors.add("email", message);
            errors
        }
    };
    again.email = form.email;
    show_again(&again)
}
