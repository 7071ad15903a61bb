//! The walls between organizations: two schools of the same shape, and nobody of the one meets anything of the other.

use std::collections::BTreeSet;

use reqwest::Method;
use school::Uuid;

use crate::support::{
    Administrator, Office, School,
    answer::Answer,
    cast::{Cast, send},
    database,
    ground::{access_tables, fingerprint, is_kept, paint, tenant_tables},
    person::Person,
    routes::{self, Route},
    samples,
};

/// Stands in every text of the other school.
const CANARY: &str = "CANARY7f3";

/// The other school, full and painted, so that anything of it shows.
async fn other_school() -> School {
    let other = School::open().await;
    for role in [Office, crate::support::Teacher] {
        other.employ(role);
    }
    for route in routes::all() {
        samples::values(&route, &other);
    }
    paint(other.organization, CANARY);
    other
}

/// Forms of many rows that pass over a row they don't know: a child who left meanwhile must not hold up the others.
const PASSES_OVER: [&str; 1] = ["POST /registers/{class}/{day}/{slot}/submission"];

/// Whether somebody sees what is of no organization: the platform's own people see all organizations, and nothing in them.
fn sees_all(role: &str, route: &Route) -> bool {
    ["platform", "visiting"].contains(&role) && route.path.starts_with("/organizations")
}

/// A way to fill in a route: the values of its path and its form, one of them the other school's.
struct Mixed {
    what: String,
    values: Vec<String>,
    form: samples::Form,
    foreign: String,
}

/// Each id of the path and each id of the form, in turn, as the other school has it.
fn mixed(route: &Route, own: &School, other: &School) -> Vec<Mixed> {
    let (values, theirs) = (samples::values(route, own), samples::values(route, other));
    let (form, their_form) = (samples::filled(route, own, &values), samples::filled(route, other, &theirs));
    let mut all = Vec::new();
    for at in (0..values.len()).filter(|at| Uuid::parse_str(&values[*at]).is_ok()) {
        let mut values = values.clone();
        values[at].clone_from(&theirs[at]);
        all.push(Mixed {
            what: format!("{} of the path", route.parameters()[at]),
            values,
            form: form.clone(),
            foreign: theirs[at].clone(),
        });
    }
    let text = |form: &samples::Form| ids(&format!("{form:?}"));
    for (own, foreign) in text(&form).into_iter().zip(text(&their_form)).collect::<BTreeSet<_>>() {
        let put = |text: &String| text.replace(&own, &foreign);
        let form = form.iter().map(|(name, value)| (put(name), put(value))).collect();
        all.push(Mixed { what: format!("ids in the form {form:?}"), values: values.clone(), form, foreign });
    }
    all
}

/// The ids that stand in a text.
fn ids(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_ascii_hexdigit() && letter != '-');
    words.filter(|word| Uuid::parse_str(word).is_ok()).map(str::to_owned).collect()
}

/// The answer to the same with an id that never was, and the answer's text without either id.
async fn sent(person: &Person, route: &Route, mixed: &Mixed, id: &str) -> Answer {
    let put = |text: &String| text.replace(&mixed.foreign, id);
    let values: Vec<_> = mixed.values.iter().map(put).collect();
    let form = mixed.form.iter().map(|(name, value)| (put(name), put(value))).collect();
    let mut answer = send(person, route, &values, &form).await;
    answer.body = answer.body.replace(id, "ID");
    answer
}

#[actix_web::test]
async fn another_schools_id_answers_like_one_that_never_was_t01_t02() {
    let cast = Cast::assemble().await;
    let other = other_school().await;

    for route in routes::all() {
        let fillings = mixed(&route, &cast.school, &other);
        let before = fingerprint(other.organization);
        for (role, person) in cast.people().filter(|(role, _)| *role != "anonymous") {
            for mixed in fillings.iter().filter(|_| !sees_all(role, &route)) {
                let what = format!("{} as {role} with the other school's {}", route.name(), mixed.what);
                let foreign = sent(person, &route, mixed, &mixed.foreign).await;
                let nobodys = sent(person, &route, mixed, &Uuid::new_v4().to_string()).await;

                let refused = [403, 404, 422].contains(&foreign.status.as_u16());
                let passed_over =
                    PASSES_OVER.contains(&route.name().as_str()) && mixed.what.starts_with("ids");
                assert!(refused || passed_over, "{what}: {}", foreign.status);
                assert!(!is_kept(&mixed.foreign, cast.school.organization), "{what} was kept");
                assert_eq!(foreign.status, nobodys.status, "{what}");
                assert_eq!(foreign.body, nobodys.body, "{what}");
                assert_eq!(names(&foreign), names(&nobodys), "{what}");
                assert!(!foreign.body.contains(CANARY), "{what} shows it");
            }
        }
        assert_eq!(before, fingerprint(other.organization), "{} changed the other school", route.name());
    }
}

/// The headers that an answer has, and what they say but for the hour.
fn names(answer: &Answer) -> Vec<(String, String)> {
    let mut all: Vec<_> = answer
        .headers
        .iter()
        .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .filter(|(name, _)| !["connection", "date", "set-cookie"].contains(&name.as_str()))
        .collect();
    all.sort();
    all
}

#[actix_web::test]
async fn nothing_of_another_school_shows_on_any_page() {
    let cast = Cast::assemble().await;
    let other = other_school().await;
    let place = other.organization.to_string();
    other.changed_it_today();
    other.sign_in(Administrator).await.get("/change-log").await.shows(CANARY);

    for route in routes::all().iter().filter(|route| route.looks()) {
        let path = route.filled(&samples::values(route, &cast.school));
        for (role, person) in cast.people().filter(|(role, _)| !sees_all(role, route)) {
            for query in [
                "",
                "?q=CANARY",
                "?q=%25",
                &format!("?organization_id={place}&organization={place}&campus={}", other.campus),
            ] {
                let answer = person.get(&format!("{path}{query}")).await;
                assert!(
                    !answer.body.contains(CANARY),
                    "{path}{query} shows {role} another school:\n{}",
                    answer.body
                );
                assert!(answer.status.as_u16() < 500, "{path}{query} as {role}: {}", answer.status);
            }
        }
    }
}

#[actix_web::test]
async fn no_field_moves_anything_between_schools_t07() {
    let cast = Cast::assemble().await;
    let other = other_school().await;
    let before = fingerprint(other.organization);
    let place = other.organization.to_string();

    let ends =
        |route: &Route| ["/session", "/account/sessions"].iter().any(|path| route.path.starts_with(path));
    for route in routes::all().iter().filter(|route| !route.looks() && !ends(route)) {
        for (role, person) in cast.people() {
            let values = samples::values(route, &cast.school);
            let mut form = samples::filled(route, &cast.school, &values);
            for (name, value) in overreaching(&place) {
                if !form.iter().any(|(named, _)| named == name) {
                    form.push((name.to_owned(), value));
                }
            }
            let answer = send(person, route, &values, &form).await;
            assert!(answer.status.as_u16() < 500, "{} as {role}: {}", route.name(), answer.status);
        }
    }

    assert_eq!(before, fingerprint(other.organization));
    let raised = database::lines(
        &mut database::lobby(),
        &format!(
            "select email as line from users where organization_id = '{}' and (
             deleted_at = '2026-01-01' or email_verified_at is not null or locked_until is not null or 77 in (failed_login_attempts, epoch)
             or password_hash not like '$argon2id%' or exists (select from roles where roles.id = role_id and global_access))",
            cast.school.organization
        ),
    );
    assert_eq!(raised, [""; 0]);
}

/// Fields that no form has and that nobody may set by sending them.
fn overreaching(other: &str) -> Vec<(&'static str, String)> {
    let mut fields: Vec<_> = ["organization_id", "id", "role_id", "role_ids", "created_by_id"]
        .map(|name| (name, other.to_owned()))
        .into();
    let words = [
        "is_super_admin",
        "global_access",
        "email_verified_at",
        "deleted_at",
        "password_hash",
        "locked_until",
        "import_hash",
    ];
    fields.extend(words.map(|name| (name, "2026-01-01".to_owned())));
    fields.extend(["failed_login_attempts", "epoch", "version"].map(|name| (name, "77".to_owned())));
    fields
}

#[actix_web::test]
async fn looking_changes_nothing_t17() {
    let cast = Cast::assemble().await;

    for route in routes::all().iter().filter(|route| route.looks()) {
        let path = route.filled(&samples::values(route, &cast.school));
        let before = fingerprint(cast.school.organization);
        for (_, person) in cast.people() {
            person.get(&path).await;
            Answer::of(person.request(Method::HEAD, &path)).await;
            let disguised = person.request(Method::GET, &format!("{path}?_method=delete"));
            Answer::of(disguised.header("x-http-method-override", "DELETE")).await;
        }
        assert_eq!(before, fingerprint(cast.school.organization), "GET {path}");
    }
}

#[actix_web::test]
async fn the_database_itself_shows_one_organization_only() {
    let own = School::open().await;
    let other = other_school().await;
    let mut app = database::app();
    let tables = tenant_tables(&mut app);
    assert!(tables.len() > 20, "{tables:?}");
    database::run(
        &mut app,
        &format!("begin; select set_config('app.organization_id', '{}', true)", own.organization),
    );

    for table in &tables {
        let query = format!(
            "select count(*)::text as line from {table} where organization_id <> '{}'",
            own.organization
        );
        assert_eq!(database::lines(&mut app, &query), ["0"], "{table} shows another organization's rows");
        let query = format!(
            "select count(*)::text as line from {table} where organization_id = '{}'",
            other.organization
        );
        assert_eq!(database::lines(&mut app, &query), ["0"], "{table}");
    }
    let query = "select count(*)::text as line from users where organization_id is distinct from current_setting('app.organization_id')::uuid";
    assert_eq!(database::lines(&mut app, query), ["0"], "users shows people of others");
    // Names of organizations are no secret of the platform's own list.
    for table in access_tables(&mut app).iter().filter(|table| !table.starts_with("organizations ")) {
        let (name, key) = table.split_once(' ').unwrap();
        let may_read = format!("select has_column_privilege('{name}', '{key}', 'select')::text as line");
        if database::lines(&mut app, &may_read) != ["true"] {
            continue;
        }
        let others = match key {
            "user_id" => "user_id not in (select id from users)".to_owned(),
            key => format!("{key} <> '{}'", own.organization),
        };
        let query = format!("select count(*)::text as line from {name} where {others}");
        assert_eq!(database::lines(&mut app, &query), ["0"], "{name} shows what is of others");
    }
}

#[actix_web::test]
async fn without_an_organization_the_database_shows_nothing() {
    other_school().await;
    let mut app = database::app();

    for table in tenant_tables(&mut app).iter().map(String::as_str).chain(["users"]) {
        let query = format!("select count(*)::text as line from {table}");
        assert_eq!(database::lines(&mut app, &query), ["0"], "{table}");
    }
}

#[actix_web::test]
async fn the_other_school_is_painted_all_over() {
    let other = other_school().await;
    let mut conn = database::within(other.organization);

    for (table, column) in
        [("students", "last_name"), ("classes", "name"), ("campuses", "name"), ("staff", "last_name")]
    {
        let query = format!("select count(*)::text as line from {table} where {column} not like '{CANARY}%'");
        assert_eq!(database::lines(&mut conn, &query), ["0"], "{table}.{column} lacks the canary");
    }
    let office = cast_office(&other).await;
    assert!(office.get("/students").await.body.contains(CANARY), "the canary would not be seen where it is");
}

async fn cast_office(school: &School) -> Person {
    school.enroll("Amal", "Abdullahi");
    paint(school.organization, CANARY);
    school.sign_in(Administrator).await
}
