//! The matrix: every route, tried by every role, answers as the reviewed table `authorization.txt` says.

use std::{collections::BTreeSet, fmt::Write as _, fs, path::Path};

use belfry::web::page::ENTRIES;
use school::Uuid;

use crate::support::{
    cast::Cast,
    routes::{self, Route},
    samples,
};

const TABLE: &str = include_str!("authorization.txt");

#[actix_web::test]
async fn every_role_gets_from_every_route_what_the_table_says_t03() {
    let cast = Cast::with_somebody_bound().await;
    let mut found = Vec::new();

    for route in routes::all() {
        found.push(line(&cast, &route).await);
    }

    assert!(
        TABLE.lines().any(|line| line == heading(&cast)),
        "the table's heading must be:\n{}",
        heading(&cast)
    );
    let said: Vec<&str> = lines(TABLE).collect();
    let missing: Vec<_> = found.iter().filter(|line| !said.contains(&line.as_str())).collect();
    let gone: Vec<_> = said.iter().filter(|line| !found.iter().any(|found| found == *line)).collect();
    if !missing.is_empty() || !gone.is_empty() {
        let fresh = Path::new(env!("CARGO_TARGET_TMPDIR")).join("authorization.txt");
        fs::write(&fresh, table(&cast, &found)).unwrap();
        panic!(
            "Routes answer otherwise than tests/authorization.txt says. Where the answers are right, \
             take these lines in:\n{}\nand these out:\n{}\n(The whole table as it is now: {})",
            joined(&missing),
            joined(&gone),
            fresh.display()
        );
    }
}

/// One line of the table: the route, then a status for each role.
async fn line(cast: &Cast, route: &Route) -> String {
    let mut line = format!("{:<56}", route.name());
    let mut statuses = BTreeSet::new();
    for (_, person) in cast.people() {
        let answer = cast.tries(person, route).await;
        let status = answer.status.as_u16();
        let door = if answer.leads_to("/sign-in") { "*" } else { "" };
        statuses.insert(status);
        write!(line, " {:>5}", format!("{status}{door}")).unwrap();
    }
    assert_ne!(
        statuses,
        BTreeSet::from([404]),
        "{} ({}) is not there for anybody: is it mounted?",
        route.name(),
        route.file
    );
    assert!(statuses.iter().all(|status| *status < 500), "{line}");
    line
}

fn lines(table: &str) -> impl Iterator<Item = &str> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn heading(cast: &Cast) -> String {
    let mut heading = format!("#{:<55}", "");
    for (name, _) in cast.people() {
        write!(heading, " {name:>5.5}").unwrap();
    }
    heading
}

fn table(cast: &Cast, found: &[String]) -> String {
    let comments: String = TABLE
        .lines()
        .filter(|line| line.starts_with("# ") && !line.starts_with("#  "))
        .map(|line| format!("{line}\n"))
        .collect();
    format!("{comments}{}\n{}\n", heading(cast), found.join("\n"))
}

fn joined<T: AsRef<str>>(lines: &[T]) -> String {
    lines.iter().map(AsRef::as_ref).collect::<Vec<_>>().join("\n")
}

#[actix_web::test]
async fn htmx_is_sent_to_sign_in_where_a_page_would_be() {
    let cast = Cast::assemble().await;
    let stranger = cast.school.outsider();

    for route in routes::all() {
        let values = samples::values(&route, &cast.school);
        let page = cast.sends(&stranger, &route, &values, &Vec::new()).await;
        if !page.leads_to("/sign-in") || route.path.starts_with("/session") {
            continue;
        }
        let request = stranger.request(route.method(), &route.filled(&values)).header("hx-request", "true");
        let request = request
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded");
        let piece = crate::support::answer::Answer::of(request).await;

        assert_eq!(
            (piece.status.as_u16(), piece.header("hx-redirect")),
            (401, "/sign-in"),
            "{}",
            route.name()
        );
    }
}

#[actix_web::test]
async fn what_was_deleted_is_missing_for_everybody_t09() {
    let cast = Cast::assemble().await;

    for route in routes::all() {
        let values = samples::values(&route, &cast.school);
        let form = samples::filled(&route, &cast.school, &values);
        // The one way to what was deleted gives it back.
        // And of the record of access nothing is ever deleted, nor a visit.
        let never_deleted = ["/access-log/{event}", "/visits/{visit}/end"];
        let ways_back =
            ["/users/{id}", "/districts/{id}", "/programs/{id}"].map(|path| format!("{path}/return"));
        let is_way_back = ways_back.contains(&route.path) || never_deleted.contains(&&*route.path);
        for id in values.iter().filter(|value| Uuid::parse_str(value).is_ok() && !is_way_back) {
            cast.school.deletes(id, true);
            for (role, person) in cast.people().filter(|(role, _)| *role != "anonymous") {
                let answer = cast.sends(person, &route, &values, &form).await;
                let status = answer.status.as_u16();
                assert!([403, 404].contains(&status), "{} as {role}, without {id}: {status}", route.name());
            }
            cast.school.deletes(id, false);
        }
    }
}

#[test]
fn every_sample_belongs_to_a_route() {
    let routes = routes::all();
    for (name, is_parameter) in samples::named() {
        let belongs = routes.iter().any(|route| {
            if is_parameter {
                route.path == name || route.parameters().contains(&name)
            } else {
                route.name() == name && !route.looks()
            }
        });
        assert!(belongs, "no route has {name}: take it out of tests/support/samples.rs");
    }
}

#[test]
fn the_navigation_asks_what_its_first_page_asks() {
    let routes = routes::all();
    for entry in ENTRIES {
        let name = format!("GET {}", entry.path);
        let Some(route) = routes.iter().find(|route| route.name() == name) else {
            continue;
        };
        let asked = route.permission.as_deref().unwrap_or_else(|| panic!("{name} asks for no permission"));
        assert_eq!(
            screaming(asked),
            entry.permission(),
            "the navigation and {name} ({}) ask for different permissions",
            route.file
        );
    }
}

/// `READ_STUDENTS` of `ReadStudents`.
fn screaming(camel: &str) -> String {
    camel.char_indices().fold(String::new(), |mut text, (at, letter)| {
        if letter.is_uppercase() && at > 0 {
            text.push('_');
        }
        text.extend(letter.to_uppercase());
        text
    })
}
