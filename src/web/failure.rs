//! The one place where errors become pages.

use std::{
    future::{Future as _, poll_fn},
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    task::Poll,
};

use actix_web::{
    HttpRequest, HttpResponse, ResponseError,
    body::{BoxBody, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{StatusCode, header},
    middleware::Next,
};
use school::Error;

use super::{
    error_page::{self, Said, Told},
    guard, through,
};

/// An error of the domain on its way to a person.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Failure(#[from] pub Error);

impl Failure {
    fn says_more(&self) -> bool {
        matches!(self.0, Error::Conflict(_) | Error::Invalid { .. } | Error::TooMany(_))
    }
}

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
        if let Error::TooMany(seconds) = self.0 {
            tracing::warn!(seconds, "somebody asks too often and was told to come back");
        }
        HttpResponse::new(self.status_code())
    }
}

/// Middleware: gives every error answer a page with a way on, or a notice for htmx.
pub async fn render(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<EitherBody<BoxBody>>, actix_web::Error> {
    let told = Told::of(&request);
    let answer = next.call(request).await?.map_into_boxed_body();
    let mut status = answer.status();
    let is_page = has_body(&answer);
    if through::keep(answer.request(), status, is_page).await.is_err() {
        status = StatusCode::SERVICE_UNAVAILABLE;
    } else if !(status.is_client_error() || status.is_server_error()) || is_page {
        return Ok(answer.map_into_left_body());
    }
    let said = said(&answer);
    let (request, refused) = answer.into_parts();
    let mut reply = if status == StatusCode::UNAUTHORIZED {
        to_sign_in(&request)
    } else {
        error_page::answer(status, &told, &said)
    };
    // A session that was renewed on the way is the browser's all the same.
    for cookie in refused.headers().get_all(header::SET_COOKIE) {
        reply.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    Ok(ServiceResponse::new(request, reply).map_into_left_body())
}

fn has_body(answer: &ServiceResponse) -> bool {
    answer.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

/// What the domain said of it: the rule, the value or the wait. Of the rest the page says more, and what to do.
fn said(answer: &ServiceResponse) -> Said {
    let error = answer.response().error();
    let failure = error.and_then(|error| error.as_error::<Failure>());
    Said {
        message: failure.filter(|failure| failure.says_more()).map(ToString::to_string),
        retry: match failure {
            Some(Failure(Error::TooMany(seconds))) => Some(*seconds),
            _ => None,
        },
    }
}

/// A request that ended in no answer at all: a panic, or an error before any handler.
#[derive(Debug, thiserror::Error)]
#[error("no handler answered")]
struct Broken {
    status: StatusCode,
    told: Told,
}

impl ResponseError for Broken {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    fn error_response(&self) -> HttpResponse {
        let mut answer = error_page::answer(self.status, &self.told, &Said::default());
        guard::stamp(answer.headers_mut());
        answer
    }
}

/// Middleware: a panic is one person's error page and nobody else's trouble. What it said is in the log.
pub async fn catch<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    let told = Told::of(&request);
    let mut call = pin!(async move { next.call(request).await });
    let ended = poll_fn(|context| {
        let polled = catch_unwind(AssertUnwindSafe(|| call.as_mut().poll(context)));
        polled.map_or_else(|_| Poll::Ready(Err(())), |poll| poll.map(Ok))
    });
    let status = match ended.await {
        Ok(Ok(answer)) => return Ok(answer),
        Ok(Err(error)) => error.as_response_error().status_code(),
        Err(()) => {
            tracing::error!("a handler panicked");
            StatusCode::INTERNAL_SERVER_ERROR
        }
    };
    Err(Broken { status, told }.into())
}

/// Signed out: a page goes to sign-in and comes back after, htmx is told to go there.
fn to_sign_in(request: &HttpRequest) -> HttpResponse {
    let by_htmx = request.headers().contains_key("hx-request");
    let back = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let back = percent_encoding::utf8_percent_encode(back, percent_encoding::NON_ALPHANUMERIC);
    let looks = request.method() == actix_web::http::Method::GET && !request.path().starts_with("/sign-in");
    let place = if by_htmx || !looks { "/sign-in".to_owned() } else { format!("/sign-in?next={back}") };
    if by_htmx {
        HttpResponse::Unauthorized().insert_header(("hx-redirect", place)).finish()
    } else {
        HttpResponse::SeeOther().insert_header((header::LOCATION, place)).finish()
    }
}
