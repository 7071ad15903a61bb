//! Suspending an organization, and lifting that.

use actix_web::{
    post,
    web::{Data, Path, ServiceConfig},
};
use school::{Uuid, lobby::Lobby};
use serde::Deserialize;

use super::show::page;
use crate::web::{
    extract::{OfPlatform, blocking},
    form::{Errors, Form},
    reply::{Page, see_other, show_again},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(create).service(end);
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct SuspensionForm {
    suspended_because: String,
}

#[post("/organizations/{organization}/suspension")]
async fn create(
    who: OfPlatform,
    lobby: Data<Lobby>,
    id: Path<Uuid>,
    Form(form): Form<SuspensionForm>,
) -> Page {
    let id = *id;
    let mut again = page(&who.0, &lobby, id).await?;
    let mut errors = Errors::default();
    let because = errors.needed("suspended_because", &form.suspended_because, 300);
    match errors.or(because) {
        Ok(because) => {
            blocking(move || lobby.suspend(&who.0, id, &because)).await?;
            see_other(format!("/organizations/{id}?done=suspended"))
        }
        Err(errors) => {
            again.errors = errors;
            again.suspended_because = form.suspended_because;
            show_again(&again)
        }
    }
}

#[post("/organizations/{organization}/suspension/end")]
async fn end(who: OfPlatform, lobby: Data<Lobby>, id: Path<Uuid>) -> Page {
    let id = *id;
    blocking(move || lobby.lift_suspension(&who.0, id)).await?;
    see_other(format!("/organizations/{id}?done=lifted"))
}
