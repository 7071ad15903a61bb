//! An administrator whose role is bound to one campus reaches nothing of another: on no route, whatever it is sent.

use std::fmt::Write as _;

use crate::support::{
    Answer, School,
    cast::{Cast, send},
    database::{lines, within},
    ground::fingerprint,
    person::Person,
    routes::{self, Route},
    samples::{self, Form},
};

/// Pages of the door and of one's own account, which are of no campus.
const OWN: [&str; 6] =
    ["/account", "/email-confirmation", "/password-reset", "/session", "/sign-in", "/static"];
/// Routes that look at one thing of the whole school, or change something of one's own.
const OPEN: [(&str, &str); 3] = [
    ("GET /years/{id}", "years and terms are the whole school's"),
    ("GET /sign-in/at/{slug}", "whoever knows its short name may know where a school signs in"),
    ("POST /arrival", "one says that one is here oneself"),
];
/// What children, contacts and classes of the school's first campus are called here, and its staff.
const THEIRS: [&str; 3] = ["Aguiar", "Homeroom 4", COLLEAGUE];
const COLLEAGUE: &str = "Nakagawa";
/// Forms in which somebody of the whole staff is given work at one's own campus: there colleagues are known by name.
const GIVES_WORK: [&str; 4] =
    ["GET /classes/new", "POST /classes", "GET /roll-calls/new", "POST /roll-calls"];

/// Whether a route is of a campus: it names something in its path, or changes something. A list or an empty form without
/// either shows what is in reach.
fn names_something(route: &Route) -> bool {
    let of_one = route.path.replace(".{format}", "").contains('{');
    let is_open = OPEN.iter().any(|(name, _)| *name == route.name());
    (of_one || !route.looks()) && !is_open && !OWN.iter().any(|own| route.path.starts_with(own))
}

/// What is wrong with an answer to somebody who reaches nothing of all this.
fn wrong_with(route: &Route, form: &Form, answer: &Answer) -> String {
    let mut wrong = String::new();
    let is_shut = [403, 404, 409, 422].contains(&answer.status.as_u16());
    if names_something(route) && !is_shut || answer.status.is_server_error() {
        writeln!(wrong, "{} answers {}", route.name(), answer.status).unwrap();
    }
    let typed: String = form.iter().map(|(_, value)| value.as_str()).collect();
    let is_known =
        |name: &str| typed.contains(name) || name == COLLEAGUE && GIVES_WORK.contains(&route.name().as_str());
    for theirs in THEIRS.into_iter().filter(|theirs| !is_known(theirs) && answer.body.contains(theirs)) {
        writeln!(wrong, "{} shows {theirs}", route.name()).unwrap();
    }
    wrong
}

/// A school with something of everything at its first campus, and who is bound to its second.
async fn at_work() -> (Cast, Person) {
    let cast = Cast::with_somebody_bound().await;
    for route in routes::all() {
        let values = samples::values(&route, &cast.school);
        samples::filled(&route, &cast.school, &values);
    }
    let bound = cast.people().find(|(name, _)| *name == "bound").unwrap().1.clone();
    (cast, bound)
}

#[actix_web::test]
async fn whoever_is_bound_to_a_campus_reaches_nothing_of_another_t03() {
    let (cast, bound) = at_work().await;
    let (school, mut wrong) = (&cast.school, String::new());

    for route in routes::all() {
        let values = samples::values(&route, school);
        let form = samples::filled(&route, school, &values);
        let renamed = format!(
            "update staff set last_name = '{COLLEAGUE}' where organization_id = $1 and last_name = $2"
        );
        school.run(&renamed, "Aguiar");
        let by = cast.spare(&bound, &route).await;
        let before = (names_something(&route) && !route.looks()).then(|| fingerprint(school.organization));
        let answer = send(&by, &route, &values, &form).await;
        wrong += &wrong_with(&route, &form, &answer);
        if let Some(before) = before {
            let after = fingerprint(school.organization);
            let changed = before.iter().filter(|(table, print)| after[*table] != **print);
            for (table, _) in changed {
                writeln!(wrong, "{} changes {table}", route.name()).unwrap();
            }
        }
    }

    assert!(wrong.is_empty(), "{wrong}");
}

#[actix_web::test]
async fn whoever_is_bound_to_a_campus_works_at_it() {
    let (cast, bound) = at_work().await;
    let school = &cast.school;
    let there = lines(
        &mut within(school.organization),
        "select id::text as line from campuses where name = 'Hill Road'",
    )
    .remove(0);

    for name in ["POST /classes", "POST /closures", "POST /staff", "POST /students"] {
        let route = routes::all().into_iter().find(|route| route.name() == name).unwrap();
        let form = moved(school, samples::filled(&route, school, &[]), &there);
        send(&bound, &route, &[], &form).await.has_status(303);
    }

    bound.get("/staff").await.shows("Aguiar");
    bound.get("/classes").await.shows("Homeroom 4");
}

/// A form of the first campus, of another.
fn moved(school: &School, form: Form, there: &str) -> Form {
    let here = school.campus.to_string();
    form.into_iter().map(|(name, value)| (name, value.replace(&here, there))).collect()
}
