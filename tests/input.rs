//! What arrives may be anything: every field of every form, every question and every path, with what breaks programs.

use reqwest::Method;

use crate::support::{
    Administrator, Office, Platform, School, Teacher,
    answer::Answer,
    cast::{Cast, send},
    ground::paint,
    person::Person,
    routes::{self, Route},
    samples,
};

/// Texts that have broken programs.
const NAUGHTY: &[&str] = &[
    "\0",
    "a\0b",
    "a\r\nset-cookie: b=c",
    "'; drop table students; --",
    "' or '1'='1",
    "%",
    "_",
    "\\",
    "a\\",
    "%%%%%%%%%%%%%%%%%%%%%%%%%%",
    "$1",
    "0",
    "-1",
    "9223372036854775808",
    "1e400",
    "NaN",
    "Infinity",
    "2023-02-29",
    "0000-00-00",
    "infinity",
    "10000-01-01",
    "99:99",
    "../../../etc/passwd",
    "{{7*7}}",
    "${7*7}",
    "\u{202e}gnp.exe",
    "\u{feff}bom",
    "e\u{301}\u{200b}\u{2066}",
    "👩‍👩‍👧‍👦 \u{1f3f4}\u{e0067}",
    "\u{fdfd}\u{12031}",
    "true",
    "null",
    "[]",
];

/// What a database says when it should not have been asked.
const DATABASE_WORDS: &[&str] = &[
    "ERROR:",
    "syntax error",
    "invalid byte sequence",
    "invalid input",
    "relation \"",
    "diesel",
    "panicked at",
];

/// What lists are narrowed by.
const ASKED: [&[&str]; 3] = [
    &["q", "sort", "after", "page", "per_page", "day", "campus", "grade", "status", "next"],
    &["student", "entity", "kind", "action", "visit", "role", "district", "tier"],
    &["q", "state", "type", "person", "run", "rows", "class", "slot", "by"],
];

#[track_caller]
fn is_answered(answer: &Answer, what: &str) {
    assert!(answer.status.as_u16() < 500, "{what}: {}\n{}", answer.status, answer.body);
    for word in DATABASE_WORDS {
        assert!(!answer.body.contains(word), "{what} shows {word:?}");
    }
}

fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02x}")).collect()
}

#[actix_web::test]
async fn every_question_is_taken_literally_or_refused_t40_t42_t45_t46() {
    let cast = Cast::assemble().await;
    let mut values: Vec<String> = NAUGHTY.iter().map(|text| percent(text)).collect();
    values.extend(["%ff%fe", "%c0%ae", "%ed%a0%80", "%", "%zz"].map(str::to_owned));
    values.push("a".repeat(3000));

    for route in routes::all().iter().filter(|route| route.looks()) {
        let path = route.filled(&samples::values(route, &cast.school));
        for value in &values {
            // Apart, since what is refused by one field hides what another does.
            for names in ASKED {
                let query: String = names.iter().map(|name| format!("{name}={value}&")).collect();
                let answer = whoever(&cast, route).get(&format!("{path}?{query}")).await;
                is_answered(&answer, &format!("GET {path}?{query}"));
            }
        }
    }
}

/// Whoever may send what a route takes.
fn whoever<'c>(cast: &'c Cast, route: &Route) -> &'c Person {
    cast.the(if route.signature.contains("OfPlatform") { Platform } else { Administrator })
}

#[actix_web::test]
async fn every_path_takes_anything_t45_t46() {
    let cast = Cast::assemble().await;

    for route in routes::all().iter().filter(|route| !route.parameters().is_empty()) {
        let values = samples::values(route, &cast.school);
        for at in 0..values.len() {
            for naughty in NAUGHTY.iter().map(|text| percent(text)).chain(["%ff%fe".into(), "a".repeat(3000)])
            {
                let mut values = values.clone();
                values[at].clone_from(&naughty);
                let answer = send(whoever(&cast, route), route, &values, &Vec::new()).await;
                is_answered(&answer, &format!("{} with {naughty}", route.filled(&values)));
            }
        }
    }
}

#[actix_web::test]
async fn every_field_takes_anything_t40_t45_t46_t56() {
    let cast = Cast::assemble().await;
    let long = ["a".repeat(10_000), "é".repeat(9_000)];

    for route in routes::all().iter().filter(|route| !route.looks() && !route.path.starts_with("/session")) {
        let values = samples::values(route, &cast.school);
        let form = samples::filled(route, &cast.school, &values);
        for at in 0..form.len() {
            for text in NAUGHTY.iter().copied().chain(long.iter().map(String::as_str)) {
                let mut form = form.clone();
                text.clone_into(&mut form[at].1);
                let answer = send(whoever(&cast, route), route, &values, &form).await;
                is_answered(&answer, &format!("{} with {} = {text:.40?}", route.name(), form[at].0));
            }
        }
    }
}

async fn sent_raw(person: &Person, route: &Route, values: &[String], body: Vec<u8>) -> Answer {
    let request =
        person.request(route.method(), &route.filled(values)).header("sec-fetch-site", "same-origin");
    Answer::of(request.header("content-type", "application/x-www-form-urlencoded").body(body)).await
}

#[actix_web::test]
async fn a_form_that_is_no_form_is_refused_t46_t55_t56() {
    let cast = Cast::assemble().await;
    let many: String = (0..10_000).map(|at| format!("k{at}=v&")).collect();
    let bodies: [(&str, Vec<u8>, u16); 6] = [
        ("a field twice", b"email=a&email=b".to_vec(), 400),
        ("ten thousand fields", many.into_bytes(), 400),
        ("bytes that are no text", b"email=%ff%fe".to_vec(), 400),
        ("a lone surrogate", b"email=%ed%a0%80".to_vec(), 400),
        ("an overlong dot", b"email=%c0%ae".to_vec(), 400),
        ("a megabyte", vec![b'a'; 1_000_000], 413),
    ];

    for route in routes::all().iter().filter(|route| !route.looks() && takes_a_form(route)) {
        let values = samples::values(route, &cast.school);
        for (what, body, status) in &bodies {
            let answer = sent_raw(whoever(&cast, route), route, &values, body.clone()).await;
            assert_eq!(answer.status.as_u16(), *status, "{} with {what}", route.name());
        }
    }
}

/// Whether the handler reads what is sent at all.
fn takes_a_form(route: &Route) -> bool {
    ["Form<", "Fields"].iter().any(|reader| route.signature.contains(reader))
}

/// Written into every text, short enough for the shortest; a page that shows it unescaped runs it.
const MARKUP: [&str; 2] = ["\"'><img src=x>", "<b hx-get=/>"];

#[actix_web::test]
async fn no_kept_text_becomes_markup_t43_t44() {
    let cast = Cast::assemble().await;
    let looks: Vec<_> = routes::all().into_iter().filter(Route::looks).collect();
    let paths: Vec<_> =
        looks.iter().map(|route| route.filled(&samples::values(route, &cast.school))).collect();

    for markup in MARKUP {
        let painted = paint(cast.school.organization, markup);
        assert!(painted > 30, "only {painted} columns took {markup}");
        let mut shown = 0;
        for path in &paths {
            for (role, person) in cast.people() {
                let answer = person.get(path).await;
                is_plain(&answer, &format!("{path} as {role}"));
                shown += usize::from(answer.body.contains("&#60;"));
            }
        }
        assert!(shown > 20, "{markup} shows nowhere, so nothing was tried");
    }
}

#[track_caller]
fn is_plain(answer: &Answer, what: &str) {
    // What is no page is no place for markup: a file of a list says what stands there.
    if !answer.header("content-type").starts_with("text/html") {
        return;
    }
    is_answered(answer, what);
    for sign in ["<img src=x", "<b hx-get", "\"'>"] {
        assert!(!answer.body.contains(sign), "{what} shows {sign} as markup:\n{}", answer.body);
    }
}

#[actix_web::test]
async fn no_typed_text_becomes_markup_t43_t44() {
    let cast = Cast::assemble().await;

    for route in routes::all() {
        let values = samples::values(&route, &cast.school);
        if route.looks() {
            let query: String = ["q", "sort", "day", "next", "status"]
                .map(|name| format!("{name}={}&", percent(&MARKUP.concat())))
                .concat();
            let answer = whoever(&cast, &route).get(&format!("{}?{query}", route.filled(&values))).await;
            is_plain(&answer, &route.name());
            continue;
        }
        let mut form = samples::filled(&route, &cast.school, &values);
        for field in &mut form {
            field.1 = MARKUP.concat();
        }
        is_plain(&cast.sends(whoever(&cast, &route), &route, &values, &form).await, &route.name());
    }
    let answer = cast
        .school
        .outsider()
        .post("/session", [("email", &*MARKUP.concat()), ("password", "x"), ("next", &*MARKUP.concat())])
        .await;
    is_plain(&answer, "the sign-in page");
}

#[actix_web::test]
async fn a_search_finds_what_was_typed_and_no_pattern_t41() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    school.enroll("Per", "100%_\\ Sure");
    let office = school.sign_in(Office).await;

    for typed in ["%", "_", "\\", "100%_\\", "%_"] {
        let found = office.get(&format!("/students?q={}", percent(typed))).await;
        found.is_ok().shows("Sure").hides("Abdullahi");
    }
    for typed in ["%%", "__", "a%l", "\\\\", "*", ".*"] {
        let found = office.get(&format!("/students?q={}", percent(typed))).await;
        found.is_ok().hides("Abdullahi").hides("Sure");
    }
}

#[actix_web::test]
async fn a_list_is_bounded_whatever_is_asked_t42() {
    let school = School::open().await;
    for number in 0..60 {
        school.enroll("Amal", &format!("Abdullahi {number}"));
    }
    let office = school.sign_in(Office).await;

    for query in
        ["", "?per_page=1000000000", "?page=0", "?page=-1", "?limit=9000000000000000000", "?after=rubbish"]
    {
        let list = office.get(&format!("/students{query}")).await;
        list.is_ok();
        assert_eq!(list.body.matches("Abdullahi ").count() / shown_per_row(&list), 50, "{query}");
    }
}

/// How often a row says the name.
fn shown_per_row(list: &Answer) -> usize {
    list.body.matches("Abdullahi 0").count().max(1)
}

#[actix_web::test]
async fn names_of_every_script_come_back_as_they_were_typed_t46() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;

    for name in ["Nguyễn", "Þórdís", "O’Brien", "مريم", "Ελένη", "张伟", "Zoë", "Jürgen-Karl", "न्यूज़"]
    {
        let id = school.enroll("Ada", name);
        office.get(&format!("/students?q={}", percent(name))).await.is_ok().shows(name);
        office.get(&format!("/students/{id}")).await.is_ok().shows(name);
    }
}

#[actix_web::test]
async fn no_header_can_be_written_into_t57() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;

    for path in [
        "/students?q=%0d%0aset-cookie:%20a=b",
        "/%0d%0aset-cookie:a=b",
        "/sign-in?next=%0d%0aset-cookie:a=b",
        "/students%0d%0aset-cookie:a=b",
    ] {
        let answer = teacher.get(path).await;
        let planted =
            answer.headers.get_all("set-cookie").iter().any(|cookie| cookie.as_bytes().starts_with(b"a=b"));
        assert!(!planted, "{path}");
        is_answered(&answer, path);
    }
    let stranger = school.outsider();
    let led = Answer::of(stranger.request(Method::GET, "/students?q=%0d%0aset-cookie:a=b")).await;
    assert!(led.leads_to("/sign-in") && led.cookie_called("a").is_none());
}
