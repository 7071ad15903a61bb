//! Somebody who is let near one student sees what their right opens of that one, and not even that there is more.

use reqwest::StatusCode;

use crate::support::{
    Counselor, Office, Person, School, Teacher,
    database::{run, within},
    routes, samples,
};

const CANARY: &str = "Zarathustrova";
/// A name, and what only family and telephone would find.
const SEARCHES: [&str; 3] = ["Amal", CANARY, "07700"];

/// Every page that there is, at this student's place where it is about one. What tells of one's own account changes by itself.
fn places(school: &School, student: &str) -> Vec<String> {
    let all = routes::all().into_iter().filter(|route| route.looks() && !route.path.starts_with("/account"));
    all.map(|route| {
        let mut values = samples::values(&route, school);
        if route.path.starts_with("/students/{id}") {
            student.clone_into(&mut values[0]);
        }
        route.filled(&values)
    })
    .chain(SEARCHES.iter().flat_map(|words| {
        ["students", "students.csv", "front-desk"].map(|list| format!("/{list}?q={words}"))
    }))
    .collect()
}

async fn seen(person: &Person, places: &[String]) -> Vec<(StatusCode, String)> {
    let mut all = Vec::new();
    for place in places {
        let answer = person.get(place).await;
        all.push((answer.status, answer.body));
    }
    all
}

/// Everything that a school may know of a student and that no right to look at students opens.
async fn more_is_known(school: &School, student: &str) {
    let contact = school.contact_of(student);
    run(
        &mut within(school.organization),
        &format!(
            "update contacts set full_name = '{CANARY}', address = '{CANARY} 12' where id = '{contact}';
             insert into restrictions (organization_id, id, student_id, person_name, bars_contact, starts_on)
               select organization_id, gen_random_uuid(), id, 'Pavel {CANARY}', true, date '2026-09-01' from students where id = '{student}';
             insert into planned_absences (organization_id, id, student_id, attendance_code_id, starts_on, ends_on, reason)
               select s.organization_id, gen_random_uuid(), s.id, c.id, date '2026-11-24', date '2026-11-25', '{CANARY} operates'
               from students s, attendance_codes c where s.id = '{student}' and c.code = 'ill'"
        ),
    );
    let teacher = school.sign_in(Teacher).await;
    teacher.submits(school, &[(student.parse().unwrap(), "absent", 0)]).await.has_status(303);
    run(
        &mut within(school.organization),
        &format!(
            "update attendance_records set office_note = '{CANARY} rang' where student_id = '{student}'"
        ),
    );
}

#[actix_web::test]
async fn what_a_right_does_not_open_leaves_no_trace_on_any_page_t06() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi").to_string();
    let (near, office) = (school.sign_in(Counselor).await, school.sign_in(Office).await);
    school.holds(&near.email, "Near", &[("READ_STUDENTS", "assigned")]);
    let grant = format!(
        "insert into user_students (organization_id, id, user_id, student_id, access_level, starts_on, reason)
           select organization_id, gen_random_uuid(), id, '{amal}', 'view', date '2026-09-01', 'Mentor' from users where email = '{}'",
        near.email
    );
    run(&mut within(school.organization), &grant);
    let places = places(&school, &amal);
    let before = seen(&near, &places).await;
    let opened = before.iter().filter(|(status, _)| status.is_success()).count();
    assert!(opened > 5, "only {opened} pages are open, so nothing was tried");

    more_is_known(&school, &amal).await;

    for (place, (before, after)) in places.iter().zip(before.iter().zip(seen(&near, &places).await)) {
        assert_eq!(*before, after, "{place} tells that there is more");
        assert!(place.contains(CANARY) || !after.1.contains(CANARY), "{place}");
    }
    near.get("/students").await.shows("Amal Abdullahi");
    let theirs = office.get(&format!("/students/{amal}")).await;
    theirs.shows(CANARY);
    office.get("/board").await.shows(&format!("{CANARY} rang"));
}
