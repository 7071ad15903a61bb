//! Clocks that jump, and transactions that take long.

use chrono::TimeDelta;
use school::job::Job;

use crate::support::{
    Administrator, School, Teacher,
    answer::Answer,
    database::{self, lines},
    school::PASSWORD,
};

#[actix_web::test]
async fn when_the_clock_jumps_nobody_is_out_and_whoever_knows_their_password_comes_in_t62() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let stranger = school.outsider();
    let start = school.clock.now();

    for jump in [TimeDelta::hours(-1), TimeDelta::days(1), TimeDelta::hours(-25), TimeDelta::days(400)] {
        // Guessed at before the jump, so that somebody waits when it comes.
        let wrong: Answer =
            stranger.post("/session", [("email", &*teacher.email), ("password", "a guess")]).await;
        wrong.has_status(422);
        school.clock.set(start + jump);

        teacher.get("/account").await.is_ok();
        school.clock.set(school.clock.now() + TimeDelta::seconds(5));
        let right = stranger.post("/session", [("email", &*teacher.email), ("password", PASSWORD)]).await;
        right.redirects_to("/");
    }
}

/// Somebody asks for a link to a new password.
async fn forgets(school: &School, email: &str) {
    let asked = school.outsider().post("/password-reset", [("email", email)]).await;
    asked.redirects_to("/password-reset/sent");
}

#[actix_web::test]
async fn when_the_clock_jumps_a_link_opens_or_another_does_t62() {
    let school = School::open().await;
    let start = school.clock.now();
    let new = "quiet otters fold maps";

    for (jump, opens) in [
        (TimeDelta::hours(-1), true),
        (TimeDelta::hours(-25), true),
        (TimeDelta::minutes(29), true),
        (TimeDelta::days(1), false),
    ] {
        let (email, other) = (school.employ(Teacher), school.employ(Teacher));
        for one in [&email, &other] {
            forgets(&school, one).await;
        }
        let came: Vec<_> =
            school.post_comes().into_iter().filter(|mail| mail.text.contains("http")).collect();
        let link = |to: &str| came.iter().find(|mail| mail.to == to).unwrap().path();

        school.clock.set(start + jump);

        let status = if opens { 303 } else { 410 };
        school.outsider().post(&link(&email), [("password", new)]).await.has_status(status);
        forgets(&school, &other).await;
        let newer = school
            .post_comes()
            .iter()
            .find(|mail| mail.to == other && mail.text.contains("http"))
            .unwrap()
            .path();
        school.outsider().post(&link(&other), [("password", new)]).await.has_status(410);
        school.outsider().post(&newer, [("password", new)]).await.redirects_to("/sign-in?new-password=1");
        school.outsider().post(&newer, [("password", new)]).await.has_status(410);
        school.outsider().signing_in(&other, new).await;
        school.clock.set(start);
    }
}

#[actix_web::test]
async fn when_the_clock_jumps_no_mail_waits_for_it_and_none_comes_twice_t62() {
    let school = School::open().await;
    let start = school.clock.now();

    for jump in [TimeDelta::hours(-1), TimeDelta::hours(-25), TimeDelta::days(1)] {
        let email = school.employ(Teacher);
        for was_tried in [false, true] {
            forgets(&school, &email).await;
            if was_tried {
                assert!(school.lobby.next_mail(Some(school.organization)).unwrap().is_some());
                assert!(school.lobby.next_mail(Some(school.organization)).unwrap().is_none(), "it waits");
            }

            school.clock.set(start + jump);

            assert_eq!(school.post_comes().len(), 1, "{jump}, tried: {was_tried}");
            assert_eq!(school.post_comes().len(), 0);
            school.clock.set(start);
            assert_eq!(school.post_comes().len(), 0);
        }
    }
}

#[actix_web::test]
async fn when_the_clock_jumps_no_job_waits_for_it_and_one_whose_worker_died_is_taken_again_t62() {
    let school = School::open().await;
    let (start, email) = (school.clock.now(), school.employ(Administrator));
    let takes = || school.seed(Job::take);

    for jump in [TimeDelta::hours(-1), TimeDelta::hours(-25), TimeDelta::days(1)] {
        let given = format!(
            "insert into jobs (organization_id, id, kind, payload, user_id, run_after)
             select $1, gen_random_uuid(), 'erasure', jsonb_build_object('subject', id), id, '{}' from users where email = $2",
            start.to_rfc3339()
        );
        school.run(&given, &email);

        school.clock.set(start + jump);
        let job = takes().unwrap_or_else(|| panic!("{jump}: it waits"));
        assert!(takes().is_none(), "{jump}: two work on it");
        school.clock.set(start);
        let again = takes().unwrap_or_else(|| panic!("{jump}: it waits for a worker who died"));

        assert_eq!((again.id, again.attempt), (job.id, 2));
        assert!(school.seed(|db| again.end(None, db)));
    }
}

#[actix_web::test]
async fn what_ran_out_during_a_transaction_has_run_out_t63() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    teacher.get("/account").await.is_ok();
    let mine =
        format!("from sessions where user_id = (select id from users where email = '{}')", teacher.email);
    let mut conn = database::owner();
    database::run(&mut conn, "begin");
    // By the clock that stands still in a transaction they run on.
    let runs_on = lines(&mut conn, &format!("select (expires_at > now())::text as line {mine}"));
    database::run(
        &mut conn,
        &format!("update sessions set expires_at = clock_timestamp() where id = (select id {mine})"),
    );
    let still = lines(&mut conn, &format!("select (expires_at > now())::text as line {mine}"));

    let resumed = lines(
        &mut conn,
        &format!("select (resume_session(token_hash, interval '1 hour') is null)::text as line {mine}"),
    );
    let entered = lines(
        &mut conn,
        &format!(
            "select (enter_organization(id, user_id, '{}', array['READ_ATTENDANCE_SESSIONS'], false) is null)::text as line {mine}",
            school.organization
        ),
    );
    database::run(&mut conn, "rollback");

    assert_eq!((runs_on, still), (vec!["true".to_owned()], vec!["true".to_owned()]));
    assert_eq!((resumed, entered), (vec!["true".to_owned()], vec!["true".to_owned()]));
    teacher.get("/account").await.is_ok();
}

#[actix_web::test]
async fn whoever_waits_until_their_session_has_run_out_changes_nothing_of_their_own_t63() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let mut held = database::lobby();
    database::run(
        &mut held,
        &format!("begin; select id from users where email = '{}' for update", teacher.email),
    );

    let form = [("first_name", "Ottilie"), ("last_name", "Nakamura"), ("phone", ""), ("language", "")];
    let (answer, ()) = futures::join!(teacher.post("/account", form), async {
        database::waits_for(&mut held).await;
        let runs_out = "update sessions set expires_at = clock_timestamp() where user_id = (select id from users where email = 'EMAIL')";
        database::run(&mut database::lobby(), &runs_out.replace("EMAIL", &teacher.email));
        database::run(&mut held, "rollback");
    });

    assert!(answer.leads_to("/sign-in"), "{}", answer.status);
    let named = format!("select first_name as line from users where email = '{}'", teacher.email);
    assert_ne!(lines(&mut database::owner(), &named), ["Ottilie"]);
}
