//! From where a request may come, and to which host: our own pages, our own name.

use actix_web::{
    Error, HttpResponse,
    body::{EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method, StatusCode,
        header::{self, HeaderMap, HeaderName},
        uri::Authority,
    },
    middleware::Next,
    web::Data,
};

/// The host that this program answers to.
#[derive(Clone, Debug)]
pub struct Hosts {
    base: Option<Base>,
}

#[derive(Clone, Debug)]
struct Base {
    scheme: String,
    authority: String,
}

impl Hosts {
    /// The host of the base address; without one, this machine's own names.
    #[must_use]
    pub fn of(base_url: Option<&str>) -> Self {
        Self { base: base_url.map(Base::of) }
    }

    fn include(&self, host: &str) -> bool {
        match &self.base {
            Some(base) => base.authority.eq_ignore_ascii_case(host),
            None => is_this_machine(host),
        }
    }

    /// Whether an `Origin` is that of a page of ours on `host`.
    fn served(&self, origin: &str, host: &str) -> bool {
        origin.split_once("://").is_some_and(|(scheme, from)| match &self.base {
            Some(base) => scheme == base.scheme && from.eq_ignore_ascii_case(host),
            None => matches!(scheme, "http" | "https") && from == host,
        })
    }
}

impl Base {
    /// Scheme and authority as browsers send them: without a port that goes without saying.
    fn of(url: &str) -> Self {
        let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
        let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
        let usual = if scheme == "http" { ":80" } else { ":443" };
        Self {
            scheme: scheme.to_ascii_lowercase(),
            authority: authority.strip_suffix(usual).unwrap_or(authority).to_owned(),
        }
    }
}

fn is_this_machine(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

/// Middleware: turns away what names another host, and what another site's page would change.
pub async fn admit(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody>>, Error> {
    match refusal(&request) {
        Some(status) => {
            let refused = HttpResponse::new(status);
            Ok(request.into_response(refused).map_into_right_body())
        }
        None => Ok(next.call(request).await?.map_into_left_body()),
    }
}

/// Why a request is turned away before any handler, if it is: named another host, or a change from elsewhere.
fn refusal(request: &ServiceRequest) -> Option<StatusCode> {
    let headers = request.headers();
    let Some(host) = host(request) else {
        return Some(StatusCode::BAD_REQUEST);
    };
    let Some(hosts) = request.app_data::<Data<Hosts>>() else {
        return Some(StatusCode::INTERNAL_SERVER_ERROR);
    };
    if !hosts.include(host) {
        return Some(StatusCode::MISDIRECTED_REQUEST);
    }
    let looks = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let ours = looks || is_same_origin(headers, |origin| hosts.served(origin, host));
    (!ours).then_some(StatusCode::FORBIDDEN)
}

/// The one host that a request names: in its one header, in its address (HTTP/2), or in both alike.
fn host(request: &ServiceRequest) -> Option<&str> {
    let named = request.uri().authority().map(Authority::as_str);
    if !request.headers().contains_key(header::HOST) {
        return named;
    }
    let host = single(request.headers(), &header::HOST)?;
    named.is_none_or(|named| named == host).then_some(host)
}

/// A change must come from a page of ours: the browser says so (Sec-Fetch-Site), an old one by Origin.
fn is_same_origin(headers: &HeaderMap, served: impl Fn(&str) -> bool) -> bool {
    let site = HeaderName::from_static("sec-fetch-site");
    if headers.contains_key(&site) {
        single(headers, &site) == Some("same-origin")
    } else {
        single(headers, &header::ORIGIN).is_some_and(served)
    }
}

/// A header's value, if it was sent once.
fn single<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    let mut all = headers.get_all(name);
    let one = all.next()?.to_str().ok()?;
    all.next().is_none().then_some(one)
}

#[cfg(test)]
mod tests {
    use super::Hosts;

    #[test]
    fn the_base_address_names_the_only_host_t28() {
        let hosts = Hosts::of(Some("https://belfry.school.example:443/"));

        assert!(hosts.include("belfry.school.example"));
        assert!(hosts.include("Belfry.School.Example"));
        for other in [
            "localhost",
            "127.0.0.1",
            "evil.example",
            "belfry.school.example:80",
            "belfry.school.example:443@evil",
            "xbelfry.school.example",
            "",
        ] {
            assert!(!hosts.include(other), "{other}");
        }
    }

    #[test]
    fn an_origin_must_have_the_scheme_of_the_base_address_t14() {
        let host = "belfry.school.example";
        let hosts = Hosts::of(Some("https://belfry.school.example"));

        assert!(hosts.served("https://belfry.school.example", host));
        for other in ["http://belfry.school.example", "https://belfry.school.example.evil", "null", ""] {
            assert!(!hosts.served(other, host), "{other}");
        }
    }
}
