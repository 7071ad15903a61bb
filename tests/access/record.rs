//! The record of access: whoever a page shows stands in it, and nobody else.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use chrono::{DurationRound as _, TimeDelta};

use crate::support::{
    Administrator, Counselor, Office, School, Teacher,
    cast::Cast,
    database::{lines, run, within},
    person::{Person, Role},
    routes::{self, Route},
    samples,
    school::morning,
};

/// Pages about a child that need not name it: what is kept of its family, a letter as it was written.
const NAMELESS: [&str; 2] = ["/guardians/{contact}/edit", "/letters/{letter}"];

/// Who looks: whoever reaches the whole school, and those who reach some of it.
const READERS: [Role; 4] = [Administrator, Office, Teacher, Counselor];

/// Gives every student a family name that nobody else has and that is no part of another.
fn name_apart(school: &School) {
    run(
        &mut within(school.organization),
        "update students set last_name = 'Za' || md5(id::text) where last_name <> 'Za' || md5(id::text)",
    );
}

/// Everybody whose name stands in a page.
fn shown(school: &School, body: &str) -> BTreeSet<String> {
    let all = lines(&mut within(school.organization), "select id || ' ' || last_name as line from students");
    let named = all.iter().filter_map(|line| line.split_once(' '));
    named.filter(|(_, name)| body.contains(name)).map(|(id, _)| id.to_owned()).collect()
}

/// Everybody whom the record names after an event.
fn recorded(school: &School, after: &str) -> BTreeSet<String> {
    let query =
        format!("select student_id::text as line from access_event_subjects where event_id > '{after}'");
    lines(&mut within(school.organization), &query).into_iter().collect()
}

fn last_event(school: &School) -> String {
    let query = "select coalesce((select id::text from access_events order by id desc limit 1), '00000000-0000-0000-0000-000000000000') as line";
    lines(&mut within(school.organization), query).remove(0)
}

/// What kinds of looks are kept of each page that shows children, by which right: reviewed, a line for each.
const KEPT: (&str, &str) = ("record.txt", include_str!("record.txt"));
/// The same of each answer to a form.
const KEPT_OF_FORMS: (&str, &str) = ("record-of-forms.txt", include_str!("record-of-forms.txt"));

/// The looks that the record has after an event: what was done, at what of a child, how close that is, by which right.
fn looks_kept(school: &School, after: &str) -> Vec<String> {
    let query = format!(
        "select distinct format('%s of %s, %s, by %s', action, kind, data_class, permission) as line from access_events
         where id > '{after}' and action not in ('denied', 'not_found') order by 1"
    );
    lines(&mut within(school.organization), &query)
}

/// Compares what was kept of each route with the reviewed file.
fn is_reviewed(found: &BTreeMap<String, BTreeSet<String>>, (file, reviewed): (&str, &str)) {
    let told: Vec<String> = found
        .iter()
        .flat_map(|(route, looks)| looks.iter().map(move |look| format!("{route}: {look}")))
        .collect();
    let said: Vec<&str> = reviewed.lines().filter(|line| !line.starts_with('#')).collect();
    if told != said {
        let fresh = Path::new(env!("CARGO_TARGET_TMPDIR")).join(file);
        let head: Vec<&str> = reviewed.lines().filter(|line| line.starts_with('#')).collect();
        fs::write(&fresh, format!("{}\n{}\n", head.join("\n"), told.join("\n"))).unwrap();
        let new: Vec<_> = told.iter().filter(|line| !said.contains(&line.as_str())).collect();
        let gone: Vec<_> = said.iter().filter(|line| !told.iter().any(|told| told == *line)).collect();
        panic!(
            "The record keeps otherwise than tests/access/{file} says. New: {new:#?}\nGone: {gone:#?}\n(As it is now: {})",
            fresh.display()
        );
    }
}

/// A school with something on every page: marks, corrections, absences ahead, follow-ups.
async fn busy(cast: &Cast) {
    let school = &cast.school;
    let [amal, kwame, ines, dov] = ["Amal", "Kwame", "Ines", "Dov"].map(|name| school.enroll(name, "Aguiar"));
    school.has_days(amal, "ppppppppppppppppaaaa");
    school.contact_of(&amal.to_string());
    let teacher = cast.the(Teacher);
    teacher
        .submits(school, &[(amal, "absent", 0), (kwame, "late", 0), (ines, "present", 0), (dov, "late", 0)])
        .await;
    cast.the(Office).marks(school, kwame, "ill", 1).await.is_ok();
    school.changed_it_today();
    cast.the(Administrator).get("/change-log").await.shows("Aguiar");
}

/// The address of a route: as it is, and searched or filled as far as any page can be.
fn addresses(route: &Route, school: &School) -> [String; 2] {
    let values: Vec<String> = samples::values(route, school);
    let values: Vec<String> = values.iter().map(|value| value.replace("xlsx", "csv")).collect();
    let path = route.filled(&values);
    let student = lines(
        &mut within(school.organization),
        "select student_id::text as line from attendance_days order by id limit 1",
    );
    let filled =
        format!("{path}?q=a&day=2026-11-23&class={}&student%5B%5D={}", school.class, student.concat());
    [path, filled]
}

/// Who was shown and not recorded, or recorded and not shown, when somebody opened an address.
async fn differences(
    school: &School,
    person: &Person,
    address: &str,
) -> (BTreeSet<String>, BTreeSet<String>) {
    let before = last_event(school);
    let answer = person.get(address).await;
    assert!(!answer.status.is_server_error(), "{address}: {} {}", answer.status, answer.body);
    if !answer.status.is_success() {
        return (BTreeSet::new(), recorded(school, &before));
    }
    let text = format!("{} {}", answer.header("content-disposition"), answer.body);
    let (shown, recorded) = (shown(school, &text), recorded(school, &before));
    (shown.difference(&recorded).cloned().collect(), recorded.difference(&shown).cloned().collect())
}

#[actix_web::test]
async fn whoever_a_page_shows_stands_in_the_record_and_nobody_else_a1() {
    let cast = Cast::assemble().await;
    busy(&cast).await;
    let (school, mut looks) = (&cast.school, 0);
    let midnight = morning().duration_trunc(TimeDelta::days(1)).unwrap();
    let mut wrong = Vec::new();
    let (mut seen, mut kept) = (BTreeSet::new(), BTreeMap::new());

    for route in routes::all().iter().filter(|route| route.looks()) {
        let addresses = addresses(route, school);
        name_apart(school);
        for (role, address) in READERS.iter().flat_map(|role| addresses.iter().map(move |one| (*role, one))) {
            // Each look is ten minutes from every other of the same person, and all are on one day.
            looks = (looks + 10) % (139 * 10);
            school.clock.set(midnight + TimeDelta::minutes(looks));
            let before = last_event(school);
            let (missing, more) = differences(school, cast.the(role), address).await;
            seen.extend(recorded(school, &before).into_iter().map(|_| route.path.clone()));
            let of_route: &mut BTreeSet<_> = kept.entry(route.name()).or_default();
            of_route.extend(looks_kept(school, &before));
            let more = if NAMELESS.contains(&route.path.as_str()) { BTreeSet::new() } else { more };
            if !missing.is_empty() || !more.is_empty() {
                wrong.push(format!(
                    "{} {address} as {}: {} shown and not recorded, {} recorded and not shown",
                    route.name(),
                    role.slug(),
                    missing.len(),
                    more.len()
                ));
            }
        }
    }

    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen.len() > 25, "children were shown on {} routes only: {seen:?}", seen.len());
    is_reviewed(&kept, KEPT);
}

#[actix_web::test]
async fn whoever_an_answer_to_a_form_shows_stands_in_the_record_a1() {
    let cast = Cast::assemble().await;
    busy(&cast).await;
    let school = &cast.school;
    let midnight = morning().duration_trunc(TimeDelta::days(1)).unwrap();
    let (mut looks, mut wrong, mut seen) = (0, Vec::new(), BTreeSet::new());
    let mut kept = BTreeMap::new();

    for route in routes::all().iter().filter(|route| !route.looks()) {
        for (role, is_nonsense) in
            [(Administrator, true), (Administrator, false), (Teacher, true), (Teacher, false)]
        {
            let values = samples::values(route, school);
            let mut form = samples::filled(route, school, &values);
            let typed = form.iter_mut().filter(|(field, _)| is_nonsense && !field.starts_with('@'));
            typed.for_each(|(_, value)| *value = "?".into());
            name_apart(school);
            looks = (looks + 10) % (139 * 10);
            school.clock.set(midnight + TimeDelta::minutes(looks));
            let before = last_event(school);
            let answer = cast.sends(cast.the(role), route, &values, &form).await;
            assert!(!answer.status.is_server_error(), "{}: {} {}", route.name(), answer.status, answer.body);
            let of_route: &mut BTreeSet<_> = kept.entry(route.name()).or_default();
            // What happens at the door is by no right, and told of in `recorded`.
            of_route.extend(looks_kept(school, &before).into_iter().filter(|look| !look.ends_with("by ")));
            let (shown, recorded) = (shown(school, &answer.body), recorded(school, &before));
            if !shown.is_empty() {
                seen.insert(route.path.clone());
            }
            if !shown.is_subset(&recorded) {
                wrong.push(format!("{} as {}, {}", route.name(), role.slug(), answer.status));
            }
        }
    }

    assert!(wrong.is_empty(), "shown and not recorded:\n{}", wrong.join("\n"));
    assert!(seen.len() > 10, "children were shown by {} forms only: {seen:?}", seen.len());
    is_reviewed(&kept, KEPT_OF_FORMS);
}
