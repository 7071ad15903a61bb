//! Every form is kept whole or not at all: whatever it writes fails in turn, and nothing of it is there.

mod door;

use diesel::PgConnection;
use school::Uuid;

use crate::support::{
    cast::{Cast, send},
    database::{self, FAILING, lines, run},
    ground::fingerprint,
    routes,
};
use door::{LEFT_OUT, sent};

/// The most steps of one form that are made to fail.
const MOST: i64 = 12;

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
    let (mut owner, mut failed, mut at_the_door) = (database::owner(), 0, Vec::new());
    let left_out = |name: &str| LEFT_OUT.iter().any(|(route, _)| *route == name);

    for route in routes::all().iter().filter(|route| !route.looks() && !left_out(&route.name())) {
        for step in 1..=MOST {
            let sent = sent(&cast, route).await;
            let before = fingerprint(sent.organization);
            fails_at(step, sent.organization, &mut owner);
            let answer = send(&sent.by, route, &sent.values, &sent.form).await;
            if fails_no_more(&mut owner) < step {
                break;
            }
            let what = format!("{} whose step {step} failed", route.name());
            assert!(answer.status.is_server_error(), "{what}: {}", answer.status);
            assert_eq!(before, fingerprint(sent.organization), "{what} kept something");
            failed += 1;
            at_the_door.push(route.path.clone());
        }
    }

    assert!(failed > 150, "only {failed} steps were let fail");
    for path in [
        "/account",
        "/account/email",
        "/account/email/verification",
        "/account/password",
        "/account/second-factor",
        "/account/second-factor/enrolment",
        "/account/sessions/end",
        "/account/sessions/{id}/end",
        "/email-confirmation/{token}",
        "/organizations/{organization}",
        "/organizations/{organization}/invitation",
        "/organizations/{organization}/suspension",
        "/organizations/{organization}/visits",
        "/password-reset",
        "/password-reset/{token}",
        "/session",
        "/session/end",
        "/sign-in/second-factor",
        "/visit/end",
        "/visits/{visit}/end",
    ] {
        assert!(at_the_door.iter().any(|one| one == path), "no step of {path} was let fail");
    }
}
