//! What every answer carries, and how many requests are answered at once.

use actix_web::{
    Error, HttpResponse,
    body::{EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        StatusCode,
        header::{self, HeaderMap, HeaderName, HeaderValue},
    },
    middleware::Next,
    web::Data,
};
use tokio::sync::Semaphore;

/// Nothing inline, nothing from elsewhere; Tabler's stylesheet holds data: images.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
    connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

const HEADERS: [(&str, &str); 8] = [
    ("content-security-policy", POLICY),
    ("strict-transport-security", "max-age=63072000; includeSubDomains"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=(), interest-cohort=()"),
    ("x-frame-options", "DENY"),
];

/// Middleware: gives every answer its headers.
pub async fn keep<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let mut answer = next.call(request).await?;
    stamp(answer.headers_mut());
    Ok(answer)
}

/// Gives an answer the headers that every answer has.
pub(super) fn stamp(headers: &mut HeaderMap) {
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

/// How many requests are answered at once; more are told to come back rather than kept waiting.
pub struct Turns(Semaphore);

impl Turns {
    /// So many turns.
    #[must_use]
    pub fn of(at_once: usize) -> Self {
        Self(Semaphore::new(at_once))
    }
}

/// Middleware: 503 when every turn is taken; only whether the process lives is told at any time.
pub async fn take_turn(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody>>, Error> {
    let turns = request.app_data::<Data<Turns>>().filter(|_| request.path() != "/live").cloned();
    let turn = turns.as_ref().map(|turns| turns.0.try_acquire());
    match turn {
        Some(Err(_)) => {
            let busy = HttpResponse::new(StatusCode::SERVICE_UNAVAILABLE);
            Ok(request.into_response(busy).map_into_right_body())
        }
        Some(Ok(_)) | None => Ok(next.call(request).await?.map_into_left_body()),
    }
}
