//! From where a request comes, and to which host: our own pages only.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use reqwest::Method;

use crate::support::{
    Administrator, School, Teacher,
    answer::Answer,
    cast::Cast,
    ground::fingerprint,
    person::Person,
    routes::{self, Route},
    samples,
    school::PASSWORD,
};

/// What a page of another site, or a browser that says nothing, sends along.
const ELSEWHERE: &[&[(&str, &str)]] = &[
    &[("sec-fetch-site", "cross-site")],
    &[("sec-fetch-site", "same-site")],
    &[("sec-fetch-site", "none")],
    &[("sec-fetch-site", "")],
    &[("sec-fetch-site", "same-origin, cross-site")],
    &[("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-origin")],
    &[("sec-fetch-site", "cross-site"), ("origin", "OWN")],
    &[("origin", "https://evil.example")],
    &[("origin", "null")],
    &[("origin", "OWN.evil.example")],
    &[("origin", "https://evil.example"), ("referer", "OWN")],
    &[("origin", "OWN"), ("origin", "https://evil.example")],
    &[("referer", "https://evil.example/page")],
    &[],
];

async fn from_elsewhere(
    person: &Person,
    route: &Route,
    values: &[String],
    form: &samples::Form,
    said: &[(&str, &str)],
) -> Answer {
    let fields: Vec<_> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let mut request = person.form(route.method(), &route.filled(values), &fields);
    for (name, value) in said {
        request = request.header(*name, value.replace("OWN", &person.address));
    }
    Answer::of(request).await
}

#[actix_web::test]
async fn no_other_site_changes_anything_t12_t13_t14() {
    let cast = Cast::assemble().await;
    let administrator = cast.the(Administrator);

    for route in routes::all().iter().filter(|route| !route.looks()) {
        let values = samples::values(route, &cast.school);
        let form = samples::filled(route, &cast.school, &values);
        let before = fingerprint(cast.school.organization);
        for said in ELSEWHERE {
            let answer = from_elsewhere(administrator, route, &values, &form, said).await;
            assert_eq!(answer.status.as_u16(), 403, "{} with {said:?}", route.name());
        }
        assert_eq!(before, fingerprint(cast.school.organization), "{}", route.name());
    }
}

#[actix_web::test]
async fn an_old_browser_of_ours_says_its_origin_and_is_let_in_t14() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    let stranger = school.outsider();
    let form = stranger.form(Method::POST, "/session", &[("email", &email), ("password", PASSWORD)]);

    let answer = Answer::of(form.header("origin", &stranger.address)).await;

    answer.redirects_to("/");
}

#[actix_web::test]
async fn no_other_site_signs_anybody_in_or_out_t16() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let attacker = school.employ(Teacher);
    let fields = [("email", &*attacker), ("password", PASSWORD)];

    let sign_in =
        Answer::of(teacher.form(Method::POST, "/session", &fields).header("sec-fetch-site", "cross-site"))
            .await;
    let sign_out =
        Answer::of(teacher.form(Method::POST, "/session/end", &[]).header("sec-fetch-site", "cross-site"))
            .await;

    sign_in.is_forbidden();
    sign_out.is_forbidden();
    assert!(sign_in.cookie().is_none());
    teacher.get("/account").await.is_ok().shows(&teacher.email);
}

#[actix_web::test]
async fn only_a_form_is_taken_for_a_form_t15() {
    let cast = Cast::assemble().await;
    let administrator = cast.the(Administrator);
    let before = fingerprint(cast.school.organization);

    for kind in ["text/plain", "application/json", "multipart/form-data; boundary=x", "application/xml", ""] {
        let request = administrator.request(Method::POST, "/session").header("sec-fetch-site", "same-origin");
        let answer = Answer::of(request.header("content-type", kind).body("email=a&password=b")).await;
        assert_eq!(answer.status.as_u16(), 415, "{kind:?}");
    }
    assert_eq!(before, fingerprint(cast.school.organization));
}

#[actix_web::test]
async fn another_hosts_name_is_refused_t28() {
    let school = School::open().await;
    let stranger = school.outsider();
    let own = stranger.address.trim_start_matches("http://").to_owned();
    let port = own.rsplit(':').next().unwrap();

    for host in [
        "evil.example",
        "localhost.evil.example",
        "evil.example:80",
        "",
        "127.0.0.1.evil.example",
        &format!("127.0.0.1:{port}@evil.example"),
        "127.0.0.1:80:evil",
        "local host",
        "127.0.0.2",
    ] {
        let answer = Answer::of(stranger.request(Method::GET, "/sign-in").header("host", host)).await;
        assert!([400, 421].contains(&answer.status.as_u16()), "{host:?}: {}", answer.status);
        assert!(host.is_empty() || !answer.body.contains(host), "{host} is echoed");
    }
    for (name, value) in [
        ("x-forwarded-host", "evil.example"),
        ("forwarded", "host=evil.example"),
        ("x-host", "evil.example"),
        ("x-forwarded-proto", "gopher"),
    ] {
        let answer = Answer::of(stranger.request(Method::GET, "/account").header(name, value)).await;
        assert!(
            answer.leads_to("/sign-in") && !answer.header("location").contains("evil"),
            "{name}: {}",
            answer.header("location")
        );
    }
}

#[actix_web::test]
async fn a_raw_request_cannot_name_two_hosts_t28() {
    let school = School::open().await;
    let own = school.address.trim_start_matches("http://").to_owned();
    let requests = [
        format!("GET /sign-in HTTP/1.1\r\nHost: {own}\r\nHost: evil.example\r\nConnection: close\r\n\r\n"),
        "GET /sign-in HTTP/1.1\r\nConnection: close\r\n\r\n".to_owned(),
        format!("GET http://evil.example/sign-in HTTP/1.1\r\nHost: {own}\r\nConnection: close\r\n\r\n"),
        format!("GET http://127.0.0.1/sign-in HTTP/1.1\r\nHost: {own}\r\nConnection: close\r\n\r\n"),
        "POST /session HTTP/1.1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_owned(),
    ];

    for request in requests {
        let answer = raw(&own, &request).await;
        let status = answer.split(' ').nth(1).unwrap_or_default().to_owned();
        assert!(["400", "421"].contains(&&*status), "{request}\n{answer}");
    }
    let plain =
        raw(&own, &format!("GET http://{own}/live HTTP/1.1\r\nHost: {own}\r\nConnection: close\r\n\r\n"))
            .await;
    assert!(plain.starts_with("HTTP/1.1 200"), "{plain}");
}

/// The answer to bytes sent as they are.
pub(crate) async fn raw(address: &str, request: &str) -> String {
    let (address, request) = (address.to_owned(), request.to_owned());
    actix_web::rt::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    })
    .await
    .unwrap()
}

#[actix_web::test]
async fn after_sign_in_nobody_is_led_elsewhere_t29() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    let stranger = school.outsider();

    for next in [
        "//evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "https:evil.example",
        "https://evil.example",
        "%2f%2fevil.example",
        "/%2fevil.example",
        "/%09/evil.example",
        "/\t/evil.example",
        "/a\r\nset-cookie: b=c",
        "javascript:alert(1)",
        " /students",
        "evil",
        "///evil.example",
        "/%5cevil.example",
    ] {
        let answer =
            stranger.post("/session", [("email", &*email), ("password", PASSWORD), ("next", next)]).await;
        answer.redirects_to("/");
        let page = stranger.get(&format!("/sign-in?next={}", percent(next))).await;
        page.is_ok().shows(r#"name="next" value="/""#);
    }
    let answer = stranger
        .post("/session", [("email", &*email), ("password", PASSWORD), ("next", "/students?q=a")])
        .await;
    answer.redirects_to("/students?q=a");
}

fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02x}")).collect()
}

#[actix_web::test]
async fn nobody_says_where_they_come_from_but_the_trusted_proxy_t31() {
    let school = School::open().await;
    let behind = School::open_behind("127.0.0.1").await;
    let kept = async |at: &School, told: &[&str]| {
        let email = at.employ(Teacher);
        let mut form =
            at.outsider().form(Method::POST, "/session", &[("email", &email), ("password", PASSWORD)]);
        for value in told {
            form = form.header("x-forwarded-for", *value);
        }
        Answer::of(form.header("sec-fetch-site", "same-origin")).await.redirects_to("/");
        let query = format!(
            "select ip_address as line from sessions where user_id = (select id from users where email = '{email}')"
        );
        crate::support::database::lines(&mut crate::support::database::lobby(), &query).remove(0)
    };

    assert_eq!(kept(&school, &["203.0.113.9"]).await, "127.0.0.1");
    assert_eq!(kept(&behind, &["203.0.113.9"]).await, "203.0.113.9");
    assert_eq!(kept(&behind, &["198.51.100.1, 203.0.113.9"]).await, "203.0.113.9");
    assert_eq!(kept(&behind, &["198.51.100.1", "203.0.113.9"]).await, "203.0.113.9");
    assert_eq!(kept(&behind, &["rubbish"]).await, "127.0.0.1");
}
