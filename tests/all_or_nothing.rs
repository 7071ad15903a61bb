//! Every form is kept whole or not at all: whatever it writes fails in turn, and nothing of it is there.

use diesel::PgConnection;
use school::Uuid;

use crate::support::{
    Administrator,
    cast::Cast,
    database::{self, FAILING, lines, run},
    ground::fingerprint,
    routes::{self, Route},
    samples,
};

/// The most rows of one form that are made to fail.
const MOST: i64 = 12;

/// Whether it is about a school's day and not about who comes in.
fn is_of_the_day(route: &Route) -> bool {
    let door = ["/account", "/session", "/sign-in", "/organizations", "/visit", "/password", "/email"];
    !route.looks() && !door.iter().any(|path| route.path.starts_with(path))
}

/// Lets the so manieth change of an organization fail from now on.
fn fails_at(step: i64, organization: Uuid, owner: &mut PgConnection) {
    run(
        owner,
        &format!(
            "select setval('failing_for_test', {step}), setval('steps_for_test', 1, false),
                    pg_advisory_lock({FAILING}, hashtext('{organization}'))"
        ),
    );
}

/// Nothing fails any more; answers how many changes were tried.
fn fails_no_more(owner: &mut PgConnection) -> i64 {
    run(owner, "select pg_advisory_unlock_all()");
    let tried = "select (last_value * is_called::int)::text as line from steps_for_test";
    lines(owner, tried).remove(0).parse().unwrap()
}

#[actix_web::test]
async fn whichever_step_of_a_form_fails_nothing_of_it_is_kept_t85() {
    let cast = Cast::assemble().await;
    let (school, mut owner) = (&cast.school, database::owner());
    let mut failed = 0;

    for route in routes::all().iter().filter(|route| is_of_the_day(route)) {
        for step in 1..=MOST {
            let values = samples::values(route, school);
            let form = samples::filled(route, school, &values);
            let before = fingerprint(school.organization);
            fails_at(step, school.organization, &mut owner);
            let answer = cast.sends(cast.the(Administrator), route, &values, &form).await;
            if fails_no_more(&mut owner) < step {
                break;
            }
            let what = format!("{} whose step {step} failed", route.name());
            assert!(answer.status.is_server_error(), "{what}: {}", answer.status);
            assert_eq!(before, fingerprint(school.organization), "{what} kept something");
            failed += 1;
        }
    }

    assert!(failed > 100, "only {failed} steps were let fail");
}
