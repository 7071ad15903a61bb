//! A link by mail that opens nothing any more: whoever it was sent to belongs to a school that can read of its use.

use actix_web::{HttpRequest, web::Data};
use school::{access::session::Token, lobby::Lobby};

use crate::web::{browser::device, extract::blocking, failure::Failure, limits::Limits};

/// Keeps that such a link was used, not so often that anybody fills the record with it.
pub(super) async fn note(
    request: &HttpRequest,
    lobby: &Data<Lobby>,
    limits: &Data<Limits>,
    written: &str,
) -> Result<(), Failure> {
    let device = device(request);
    limits.use_dead_link(&device.network())?;
    let Some(token) = Token::read(written) else { return Ok(()) };
    let lobby = lobby.clone();
    Ok(blocking(move || lobby.note_dead_link(&token, &device)).await?)
}
