//! Where one is signed in, and signing out there.

use actix_web::{
    HttpRequest, post,
    web::{Data, Path, ServiceConfig},
};
use school::{Uuid, access::session::Session, db::SignedIn, lobby::Lobby};
use serde::Deserialize;

use super::moment;
use crate::web::{
    access::browsers::Known,
    browser,
    extract::{Someone, blocking},
    form::Form,
    reply::{Page, see_other},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(delete_all).service(delete);
}

/// A session as its owner sees it.
pub(super) struct Place {
    pub(super) id: Uuid,
    pub(super) browser: Known,
    pub(super) address: String,
    pub(super) since: String,
    pub(super) seen: String,
    pub(super) is_here: bool,
    /// Until when it stays signed in, if it does.
    pub(super) stays_until: Option<String>,
}

impl Place {
    pub(super) fn of(session: &Session, who: &SignedIn) -> Self {
        Self {
            id: session.id,
            browser: Known::by(&session.user_agent),
            address: session.address.clone(),
            since: moment(session.created_at, who),
            seen: moment(session.seen_at, who),
            is_here: who.person().is_in(session.id),
            stays_until: session.stays_until.map(|until| moment(until, who)),
        }
    }
}

#[post("/account/sessions/{id}/end")]
async fn delete(someone: Someone, lobby: Data<Lobby>, id: Path<Uuid>) -> Page {
    let is_here = someone.0.person().is_in(*id);
    blocking(move || lobby.end_session(&someone.0, *id)).await?;
    see_other(if is_here { "/sign-in" } else { "/account?done=session" })
}

#[derive(Deserialize)]
struct Which {
    /// `here` keeps the session that asks.
    #[serde(default)]
    but: String,
}

#[post("/account/sessions/end")]
async fn delete_all(
    request: HttpRequest,
    someone: Someone,
    lobby: Data<Lobby>,
    Form(which): Form<Which>,
) -> Page {
    let but_here = which.but == "here";
    blocking(move || lobby.end_sessions(&someone.0, but_here)).await?;
    if but_here {
        return see_other("/account?done=sessions");
    }
    browser::let_go(&request);
    see_other("/sign-in")
}
