//! What people read when something did not work: a page with a way on, or a notice for htmx.

use actix_web::{
    HttpMessage, HttpResponse,
    dev::ServiceRequest,
    http::{
        StatusCode,
        header::{HeaderValue, RETRY_AFTER},
    },
};
use askama::Template;
use tracing_actix_web::RequestId;

use super::filters;

/// Who is told, and by what number we find out what happened.
#[derive(Clone, Debug)]
pub struct Told {
    by_htmx: bool,
    request: Option<String>,
}

impl Told {
    /// Whoever sent this request.
    pub fn of(request: &ServiceRequest) -> Self {
        Self {
            by_htmx: request.headers().contains_key("hx-request"),
            request: request.extensions().get::<RequestId>().map(ToString::to_string),
        }
    }
}

/// What is said beyond the status.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// The domain's own words, where they say more than the status does.
    pub message: Option<String>,
    /// After how many seconds to come back, where that is known.
    pub retry: Option<u64>,
}

#[derive(Template)]
#[template(path = "errors/page.html")]
struct ErrorPage<'a> {
    status: u16,
    heading: &'static str,
    message: &'a str,
    request: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "errors/_notice.html")]
struct Notice<'a> {
    message: &'a str,
    request: Option<&'a str>,
}

/// The answer that says so.
pub fn answer(status: StatusCode, told: &Told, said: &Said) -> HttpResponse {
    let (heading, usual) = words(status);
    let message = said.message.as_deref().unwrap_or(usual);
    let request = told.request.as_deref().filter(|_| status.is_server_error());
    let text = if told.by_htmx {
        Notice { message, request }.render()
    } else {
        ErrorPage { status: status.as_u16(), heading, message, request }.render()
    };
    let mut answer = HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .body(text.unwrap_or_else(|_| heading.to_owned()));
    if matches!(status, StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS) {
        let retry = HeaderValue::from(said.retry.unwrap_or(5));
        answer.headers_mut().insert(RETRY_AFTER, retry);
    }
    answer
}

fn words(status: StatusCode) -> (&'static str, &'static str) {
    match status {
        StatusCode::FORBIDDEN => {
            ("You may not do this", "Your role does not include it. Ask an administrator if it should.")
        }
        StatusCode::NOT_FOUND => {
            ("There is nothing here", "It may have been moved, or it is not yours to see.")
        }
        StatusCode::METHOD_NOT_ALLOWED => {
            ("That does not work here", "This page cannot be used in that way.")
        }
        StatusCode::CONFLICT => ("That cannot be done now", "Load the page again and see what changed."),
        StatusCode::UNPROCESSABLE_ENTITY => {
            ("That cannot be saved", "Something in the form is not as it should be. Go back and correct it.")
        }
        StatusCode::PAYLOAD_TOO_LARGE => ("Too much at once", "What was sent is too large. Send less."),
        StatusCode::TOO_MANY_REQUESTS => ("Too many tries", "Wait a moment and try again."),
        StatusCode::SERVICE_UNAVAILABLE => {
            ("Back in a moment", "Belfry is busy or its database is away. Try again shortly.")
        }
        status if status.is_server_error() => {
            ("Something went wrong", "It is our fault and has been noted. Try again.")
        }
        _ => (
            "That could not be read",
            "Something in the request is not as it should be. Go back and try again.",
        ),
    }
}
