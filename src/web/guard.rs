//! What every request passes and every answer carries: our own pages only, our own host, strict headers.

use actix_web::{
    Error, HttpResponse,
    body::{EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method, StatusCode,
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
    (
        "strict-transport-security",
        "max-age=63072000; includeSubDomains",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), microphone=(), geolocation=(), interest-cohort=()",
    ),
    ("x-frame-options", "DENY"),
];

/// The hosts that this program answers to.
#[derive(Clone, Debug)]
pub struct Hosts {
    base: Option<String>,
}

impl Hosts {
    /// The host of the base address; without one, this machine's own names.
    #[must_use]
    pub fn of(base_url: Option<&str>) -> Self {
        Self {
            base: base_url.map(|url| authority(url).to_owned()),
        }
    }

    fn include(&self, host: &str) -> bool {
        match &self.base {
            Some(base) => host.eq_ignore_ascii_case(base),
            None => {
                let name = host.rsplit_once(':').map_or(host, |(name, port)| {
                    if port.bytes().all(|byte| byte.is_ascii_digit()) {
                        name
                    } else {
                        host
                    }
                });
                matches!(name, "localhost" | "127.0.0.1" | "[::1]")
            }
        }
    }
}

fn authority(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

/// Middleware: refuses other hosts and other sites' forms before any handler, and gives every answer its headers.
pub async fn keep(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody>>, Error> {
    let refusal = refuse(&request);
    let mut answer = match refusal {
        Some(status) => request
            .into_response(HttpResponse::new(status))
            .map_into_right_body(),
        None => next.call(request).await?.map_into_left_body(),
    };
    let headers = answer.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    Ok(answer)
}

fn refuse(request: &ServiceRequest) -> Option<StatusCode> {
    let headers = request.headers();
    let host = single(headers, &header::HOST)?;
    let ours = request
        .app_data::<Data<Hosts>>()
        .is_some_and(|hosts| hosts.include(host));
    if !ours
        || request
            .uri()
            .host()
            .is_some_and(|named| !host.starts_with(named))
    {
        return Some(StatusCode::MISDIRECTED_REQUEST);
    }
    let looks = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    (!looks && !same_origin(headers, host)).then_some(StatusCode::FORBIDDEN)
}

/// A change must come from a page of ours: the browser says so (Sec-Fetch-Site), an old one by Origin.
fn same_origin(headers: &HeaderMap, host: &str) -> bool {
    match headers.get("sec-fetch-site").map(HeaderValue::as_bytes) {
        Some(site) => site == b"same-origin",
        None => single(headers, &header::ORIGIN).is_some_and(|origin| {
            origin
                .split_once("://")
                .is_some_and(|(scheme, from)| matches!(scheme, "http" | "https") && from == host)
        }),
    }
}

fn single<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    let mut all = headers.get_all(name);
    let one = all.next()?.to_str().ok()?;
    all.next().is_none().then_some(one)
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

/// Middleware: 503 when every turn is taken.
pub async fn take_turn(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody>>, Error> {
    let turns = request.app_data::<Data<Turns>>().cloned();
    let turn = turns.as_ref().map(|turns| turns.0.try_acquire());
    match turn {
        Some(Err(_)) => {
            let busy = HttpResponse::new(StatusCode::SERVICE_UNAVAILABLE);
            Ok(request.into_response(busy).map_into_right_body())
        }
        Some(Ok(_)) | None => Ok(next.call(request).await?.map_into_left_body()),
    }
}
