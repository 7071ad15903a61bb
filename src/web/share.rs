//! Nobody takes more than people do, and no school takes the program from another: searches and files are counted for each
//! person and network, and done a few at a time for each school.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    body::{BoxBody, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
    web::Data,
};
use school::{Error, Result, Uuid, words::AccessAction};

use super::{
    browser, extract,
    failure::Failure,
    limits::Limits,
    queue::{Queue, Queues},
    through,
};

/// Searches and files of one school at once, and how many wait for each of them.
const AT_ONCE: usize = 2;
const WAITING: usize = 12;

/// Each school's queue.
pub struct Shares(Queues<Uuid>);

impl Default for Shares {
    fn default() -> Self {
        Self(Queues::of(AT_ONCE, WAITING))
    }
}

/// Middleware: a search or a file waits for its school's turn. Who asks for too many is told when to come back.
pub async fn take_share(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> std::result::Result<ServiceResponse<EitherBody<impl MessageBody, BoxBody>>, actix_web::Error> {
    let queue = match counted(request.request()).await {
        Ok(queue) => queue,
        Err(error) => return Ok(turned_away(request, error)),
    };
    let turn = match &queue {
        Some(queue) => Some(queue.turn().await),
        None => None,
    };
    match turn {
        Some(Err(error)) => Ok(turned_away(request, error)),
        Some(Ok(_)) | None => Ok(next.call(request).await?.map_into_left_body()),
    }
}

/// Counts a search or a file, and answers where it waits.
async fn counted(request: &HttpRequest) -> Result<Option<Arc<Queue>>> {
    let action = through::action(request);
    if !matches!(action, AccessAction::Export | AccessAction::Search) {
        return Ok(None);
    }
    // Whoever is not signed in is sent to sign in, by the page.
    let Ok(who) = extract::signed_in(request).await else { return Ok(None) };
    let limits = request.app_data::<Data<Limits>>().ok_or_else(|| Error::internal("no limits"))?;
    let (person, network) = (who.person().id(), browser::device(request).network());
    match action {
        AccessAction::Export => limits.export(person, &network)?,
        _ => limits.search(person, &network)?,
    }
    let shares = request.app_data::<Data<Shares>>().ok_or_else(|| Error::internal("no shares"))?;
    Ok(who.person().organization().map(|organization| shares.0.queue(organization)))
}

fn turned_away<B>(request: ServiceRequest, error: Error) -> ServiceResponse<EitherBody<B, BoxBody>> {
    request.into_response(HttpResponse::from_error(Failure(error))).map_into_right_body()
}
