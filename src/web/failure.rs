//! The one place where errors become pages.

use actix_web::{
    HttpMessage, HttpRequest, HttpResponse, Responder, ResponseError,
    body::{BoxBody, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{StatusCode, header},
    middleware::Next,
};
use askama::Template;
use askama_web::WebTemplate;
use school::Error;
use tracing_actix_web::RequestId;

use super::filters;

/// An error of the domain on its way to a person.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Failure(#[from] pub Error);

impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        match &self.0 {
            Error::SignedOut => StatusCode::UNAUTHORIZED,
            Error::Forbidden => StatusCode::FORBIDDEN,
            Error::NotFound => StatusCode::NOT_FOUND,
            Error::Conflict(_) => StatusCode::CONFLICT,
            Error::Invalid { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Error::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Error::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Bare; [`render`] gives it a page, since only there the request is known.
    fn error_response(&self) -> HttpResponse {
        if let Error::Internal(source) = &self.0 {
            tracing::error!(error = %source, "a request failed");
        }
        HttpResponse::new(self.status_code())
    }
}

#[derive(Template)]
#[template(path = "errors/page.html")]
struct ErrorPage {
    status: u16,
    heading: &'static str,
    message: String,
    request: Option<String>,
}

#[derive(Template)]
#[template(path = "errors/_notice.html")]
struct Notice {
    message: String,
    request: Option<String>,
}

/// Middleware: gives every error answer a page with a way on, or a notice for htmx.
pub async fn render(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<EitherBody<BoxBody>>, actix_web::Error> {
    let answer = next.call(request).await?.map_into_boxed_body();
    let status = answer.status();
    if !(status.is_client_error() || status.is_server_error()) || has_body(&answer) {
        return Ok(answer.map_into_left_body());
    }
    let message = answer
        .response()
        .error()
        .and_then(|error| error.as_error::<Failure>())
        .map(ToString::to_string);
    let (request, _) = answer.into_parts();
    let reply = reply(&request, status, message);
    Ok(ServiceResponse::new(request, reply).map_into_left_body())
}

fn has_body(answer: &ServiceResponse) -> bool {
    answer
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

fn reply(request: &HttpRequest, status: StatusCode, message: Option<String>) -> HttpResponse {
    let by_htmx = request.headers().contains_key("hx-request");
    if status == StatusCode::UNAUTHORIZED {
        return to_sign_in(request, by_htmx);
    }
    let (heading, usual) = words(status);
    let message = message.unwrap_or_else(|| usual.to_owned());
    let id = status
        .is_server_error()
        .then(|| request_id(request))
        .flatten();
    let mut reply = if by_htmx {
        WebTemplate(Notice {
            message,
            request: id,
        })
        .respond_to(request)
    } else {
        WebTemplate(ErrorPage {
            status: status.as_u16(),
            heading,
            message,
            request: id,
        })
        .respond_to(request)
    };
    *reply.status_mut() = status;
    if matches!(
        status,
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS
    ) {
        reply
            .headers_mut()
            .insert(header::RETRY_AFTER, header::HeaderValue::from_static("5"));
    }
    reply
}

/// Signed out: a page goes to sign-in and comes back after, htmx is told to go there.
fn to_sign_in(request: &HttpRequest, by_htmx: bool) -> HttpResponse {
    let back = request
        .uri()
        .path_and_query()
        .map_or("/", |path| path.as_str());
    let back = percent_encoding::utf8_percent_encode(back, percent_encoding::NON_ALPHANUMERIC);
    let place = if by_htmx || request.method() != actix_web::http::Method::GET {
        "/sign-in".to_owned()
    } else {
        format!("/sign-in?next={back}")
    };
    if by_htmx {
        HttpResponse::Unauthorized()
            .insert_header(("hx-redirect", place))
            .finish()
    } else {
        HttpResponse::SeeOther()
            .insert_header((header::LOCATION, place))
            .finish()
    }
}

fn request_id(request: &HttpRequest) -> Option<String> {
    request
        .extensions()
        .get::<RequestId>()
        .map(ToString::to_string)
}

fn words(status: StatusCode) -> (&'static str, &'static str) {
    match status {
        StatusCode::FORBIDDEN => (
            "You may not do this",
            "Your role does not include it. Ask an administrator if it should.",
        ),
        StatusCode::NOT_FOUND => (
            "There is nothing here",
            "It may have been moved, or it is not yours to see.",
        ),
        StatusCode::METHOD_NOT_ALLOWED => (
            "That does not work here",
            "This page cannot be used in that way.",
        ),
        StatusCode::CONFLICT => (
            "Somebody was faster",
            "Load the page again and see what changed.",
        ),
        StatusCode::PAYLOAD_TOO_LARGE => {
            ("Too much at once", "What was sent is too large. Send less.")
        }
        StatusCode::TOO_MANY_REQUESTS => ("Too many tries", "Wait a moment and try again."),
        StatusCode::SERVICE_UNAVAILABLE => (
            "Back in a moment",
            "Belfry is busy or its database is away. Try again shortly.",
        ),
        status if status.is_server_error() => (
            "Something went wrong",
            "It is our fault and has been noted. Try again.",
        ),
        _ => (
            "That could not be read",
            "Something in the request is not as it should be. Go back and try again.",
        ),
    }
}
