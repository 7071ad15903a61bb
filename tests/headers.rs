//! What every answer carries, whatever it is: the headers that keep other sites, caches and frames out.

use std::io::Read as _;

use flate2::read::GzDecoder;
use reqwest::Method;

use crate::support::{Administrator, School, Teacher, answer::Answer, cast::Cast, routes, samples};

/// Each header and what must stand in it.
const CARRIED: [(&str, &[&str]); 8] = [
    (
        "content-security-policy",
        &[
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        ],
    ),
    ("strict-transport-security", &["max-age=63072000", "includeSubDomains"]),
    ("x-content-type-options", &["nosniff"]),
    ("referrer-policy", &["same-origin"]),
    ("cross-origin-opener-policy", &["same-origin"]),
    ("cross-origin-resource-policy", &["same-origin"]),
    ("permissions-policy", &["camera=()", "microphone=()", "geolocation=()"]),
    ("x-frame-options", &["DENY"]),
];

#[track_caller]
fn carries_the_headers(answer: &Answer, what: &str) {
    for (name, parts) in CARRIED {
        let value = answer.header(name);
        for part in parts {
            assert!(value.contains(part), "{what} ({}): {name} is {value:?} and lacks {part}", answer.status);
        }
    }
    let policy = answer.header("content-security-policy");
    assert!(!policy.contains("unsafe") && !policy.contains('*'), "{what}: {policy}");
    assert!(
        answer.headers.get("access-control-allow-origin").is_none(),
        "{what} opens itself to other origins"
    );
    let kept = answer.header("cache-control");
    let may_be_kept = what.contains("/static/") && answer.status.is_success();
    assert_eq!(kept == "no-store", !may_be_kept, "{what} ({}): cache-control is {kept:?}", answer.status);
    if !answer.body.is_empty() {
        let kind = answer.header("content-type");
        assert!(!kind.starts_with("text/") || kind.ends_with("charset=utf-8"), "{what}: {kind}");
        assert!(!kind.is_empty(), "{what} says nothing of its kind");
    }
    assert!(answer.headers.get("server").is_none() && answer.headers.get("x-powered-by").is_none(), "{what}");
}

#[actix_web::test]
async fn every_route_carries_the_headers_for_everybody() {
    let cast = Cast::assemble().await;

    for route in routes::all() {
        for person in [&cast.school.outsider(), cast.the(Administrator), cast.the(Teacher)] {
            let answer = cast.tries(person, &route).await;
            carries_the_headers(&answer, &route.name());
        }
    }
}

#[actix_web::test]
async fn refusals_and_missing_pages_carry_them_too() {
    let school = School::open().await;
    let stranger = school.outsider();
    let teacher = school.sign_in(Teacher).await;
    let platform = school.sign_in(crate::support::Platform).await;

    let answers = [
        ("GET /nowhere", teacher.get("/nowhere").await, 404),
        ("GET /static/nowhere.css", stranger.get("/static/nowhere.css").await, 404),
        ("GET /students as nobody", platform.get("/students").await, 403),
        ("POST /session from elsewhere", Answer::of(stranger.form(Method::POST, "/session", &[])).await, 403),
        ("POST /session as text", posting(&teacher, "text/plain", "x".into()).await, 415),
        (
            "POST /session too large",
            posting(&teacher, "application/x-www-form-urlencoded", "a".repeat(300_000)).await,
            413,
        ),
        (
            "POST /session garbled",
            posting(&teacher, "application/x-www-form-urlencoded", "a=%ff%fe".into()).await,
            400,
        ),
        (
            "GET for another host",
            Answer::of(stranger.request(Method::GET, "/sign-in").header("host", "evil.example")).await,
            421,
        ),
    ];

    for (what, answer, status) in answers {
        assert_eq!(answer.status.as_u16(), status, "{what}");
        carries_the_headers(&answer, what);
    }
}

#[actix_web::test]
async fn what_a_page_loads_comes_packed_to_whoever_can_unpack_it() {
    let school = School::open().await;
    let sheet = |encodings: &str| {
        let wanted = school.outsider().request(Method::GET, "/static/css/belfry.css");
        wanted.header("accept-encoding", encodings.to_owned()).send()
    };

    let packed = sheet("gzip, deflate, br").await.unwrap();
    let plain = sheet("identity").await.unwrap();

    assert_eq!(packed.headers()["content-encoding"], "gzip");
    for answer in [&packed, &plain] {
        assert_eq!(answer.headers()["vary"], "Accept-Encoding");
    }
    assert!(!plain.headers().contains_key("content-encoding"));
    let (packed, plain) = (packed.bytes().await.unwrap(), plain.bytes().await.unwrap());
    assert!(packed.len() * 3 < plain.len(), "{} of {}", packed.len(), plain.len());
    let mut unpacked = Vec::new();
    GzDecoder::new(&*packed).read_to_end(&mut unpacked).unwrap();
    assert!(unpacked == plain, "the packed sheet is another one");
}

async fn posting(person: &crate::support::person::Person, kind: &str, body: String) -> Answer {
    let request = person.request(Method::POST, "/session").header("content-type", kind);
    Answer::of(request.header("sec-fetch-site", "same-origin").body(body)).await
}

#[actix_web::test]
async fn unknown_methods_are_refused_everywhere() {
    let cast = Cast::assemble().await;
    let administrator = cast.the(Administrator);
    let all = routes::all();

    for route in all.iter().filter(|route| route.looks()) {
        let path = route.filled(&samples::values(route, &cast.school));
        for method in ["TRACE", "CONNECTX", "PATCH", "DELETE"] {
            let name = format!("{method} {}", route.path);
            if all.iter().any(|route| route.name() == name) {
                continue;
            }
            let answer = administrator.send(method.parse().unwrap(), &path, &[]).await;
            assert!([404, 405].contains(&answer.status.as_u16()), "{name} answers {}", answer.status);
            carries_the_headers(&answer, &name);
        }
    }
}
