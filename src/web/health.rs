//! Whether Belfry lives, and whether it is ready to work.

use actix_web::{HttpResponse, get, web::Data};
use school::lobby::Lobby;

use super::{extract::blocking, reply::Page};

/// The process answers.
#[get("/live")]
pub(super) async fn live() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("live\n")
}

/// The database answers too, and is of the shape that this program knows.
#[get("/ready")]
pub(super) async fn ready(lobby: Data<Lobby>) -> Page {
    blocking(move || lobby.is_ready()).await?;
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ready\n"))
}
