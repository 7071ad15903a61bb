//! An address confirmed through the link that came there.

use actix_web::{
    HttpRequest, get,
    http::StatusCode,
    post,
    web::{Data, Path, ServiceConfig},
};
use askama::Template;
use school::{
    Error,
    access::{address::Proof, session::Token},
    lobby::Lobby,
};

use super::dead_link;
use crate::{
    mail::PostBell,
    web::{
        browser::{device, hold},
        extract::{Someone, blocking},
        failure::Failure,
        filters,
        limits::Limits,
        reply::{Page, fragment, see_other, show, show_again},
    },
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(edit).service(update);
}

#[derive(Template)]
#[template(path = "access/email_confirmation/edit.html")]
struct Edit {
    token: String,
    proof: Proof,
    error: String,
}

#[derive(Template)]
#[template(path = "access/email_confirmation/gone.html")]
struct Gone;

#[derive(Template)]
#[template(path = "access/email_confirmation/done.html")]
struct Done {
    proof: Proof,
}

/// What a link proves; none when it opens nothing any more.
async fn proof(lobby: &Data<Lobby>, written: &str) -> Result<Option<(Token, Proof)>, Failure> {
    let Some(token) = Token::read(written) else { return Ok(None) };
    let (lobby, wanted) = (lobby.clone(), token.clone());
    match blocking(move || lobby.address_link(&wanted)).await {
        Ok(proof) => Ok(Some((token, proof))),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

#[get("/email-confirmation/{token}")]
async fn edit(lobby: Data<Lobby>, token: Path<String>) -> Page {
    match proof(&lobby, &token).await? {
        Some((token, proof)) => show(&Edit { token: token.written(), proof, error: String::new() }),
        None => fragment(StatusCode::GONE, &Gone),
    }
}

#[post("/email-confirmation/{token}")]
async fn update(
    request: HttpRequest,
    someone: Option<Someone>,
    (lobby, limits): (Data<Lobby>, Data<Limits>),
    bell: Data<PostBell>,
    written: Path<String>,
) -> Page {
    let Some((token, proof)) = proof(&lobby, &written).await? else {
        dead_link::note(&request, &lobby, &limits, &written).await?;
        return fragment(StatusCode::GONE, &Gone);
    };
    let (device, used, at) = (device(&request), token.clone(), lobby.clone());
    let proved =
        blocking(move || at.prove_address(&used, someone.as_ref().map(|someone| &someone.0), &device));
    match proved.await {
        Ok(session) => {
            bell.ring();
            match session {
                Some(session) => {
                    hold(&request, &session)?;
                    see_other("/account?done=address")
                }
                None => show(&Done { proof }),
            }
        }
        Err(Error::NotFound) => {
            dead_link::note(&request, &lobby, &limits, &written).await?;
            fragment(StatusCode::GONE, &Gone)
        }
        Err(Error::Invalid { message, .. }) => {
            show_again(&Edit { token: token.written(), proof, error: message })
        }
        Err(error) => Err(error.into()),
    }
}
