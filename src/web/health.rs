//! Whether Belfry lives, whether it is ready to work, and whether it is about to go.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use actix_web::{
    Error as WebError, HttpResponse,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    get,
    http::ConnectionType,
    middleware::Next,
    web::Data,
};
use school::{Error, lobby::Lobby};

use super::{extract::blocking, reply::Page};

/// Whether Belfry was told to stop: from then on it is not ready, and lets connections go with their answers.
#[derive(Clone, Debug, Default)]
pub struct Leaving(Arc<AtomicBool>);

impl Leaving {
    /// From now on.
    pub fn begin(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was told to.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Middleware: while Belfry leaves, no connection is kept after its answer, so that a page which looks every few
/// seconds does not hold it up.
pub async fn let_go<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, WebError> {
    let leaving = request.app_data::<Data<Leaving>>().cloned();
    let mut answer = next.call(request).await?;
    if leaving.is_some_and(|leaving| leaving.has_begun()) {
        answer.response_mut().head_mut().set_connection_type(ConnectionType::Close);
    }
    Ok(answer)
}

/// The process answers.
#[get("/live")]
pub(super) async fn live() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("live\n")
}

/// The database answers too, is of the shape that this program knows, and nobody has told Belfry to stop.
#[get("/ready")]
pub(super) async fn ready(lobby: Data<Lobby>, leaving: Data<Leaving>) -> Page {
    if leaving.has_begun() {
        return Err(Error::Unavailable.into());
    }
    blocking(move || lobby.is_ready()).await?;
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ready\n"))
}
