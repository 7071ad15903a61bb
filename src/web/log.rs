//! What the program's log says of a request: which page, for whom it was answered and how, never what was typed and never
//! what an address carried. A link that came by mail opens an account to whoever reads it.

use actix_web::{
    Error, HttpMessage,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::StatusCode,
};
use tracing::{Span, field};
use tracing_actix_web::{RequestId, RootSpanBuilder};

use super::server::Peer;

/// Makes the span around each request.
pub struct Pages;

impl RootSpanBuilder for Pages {
    fn on_request_start(request: &ServiceRequest) -> Span {
        let page = request.match_pattern().unwrap_or_else(|| "elsewhere".to_owned());
        let id = request.extensions().get::<RequestId>().map(ToString::to_string).unwrap_or_default();
        // At the gravest level, so that an error names its request whatever `RUST_LOG` leaves out.
        tracing::error_span!(
            "request",
            method = %request.method(),
            page,
            address = Peer::of(request.request()),
            request_id = id,
            status = field::Empty,
            error = field::Empty,
        )
    }

    /// What was wrong with a form names people, so only what broke here is said.
    fn on_request_end<B: MessageBody>(span: Span, outcome: &Result<ServiceResponse<B>, Error>) {
        let (status, error) = match outcome {
            Ok(answer) => (answer.status(), answer.response().error()),
            Err(error) => (error.as_response_error().status_code(), Some(error)),
        };
        span.record("status", status.as_u16());
        if let Some(error) = error.filter(|_| status >= StatusCode::INTERNAL_SERVER_ERROR) {
            span.record("error", field::display(error));
        }
    }
}
