//! Staying signed in: a session that has lapsed is renewed, and its owner notices nothing.

use belfry::config::Serving;
use chrono::TimeDelta;
use reqwest::Method;
use school::{access::session::Limits, clock::Clock, db::Database, lobby::Lobby};

use crate::support::{
    Answer, Office, Person, Platform, School, Teacher, database,
    person::Role,
    school::{PASSWORD, morning},
};

/// The cookie that renews.
pub(crate) const STAY: &str = "__Host-belfry-stay";

impl School {
    /// Somebody with an account who stays signed in in this browser.
    pub(crate) async fn stays(&self, role: Role) -> Person {
        let email = self.employ(role);
        let mut person = self.outsider().staying(&email).await;
        person.email = email;
        person
    }

    /// Somebody's sessions have rested for too long.
    pub(crate) fn lapses(&self, email: &str) {
        let rested = format!(
            "update sessions set seen_at = now() - interval '61 minutes' where user_id = (select id from users where email = '{email}')"
        );
        database::run(&mut database::lobby(), &rested);
    }

    /// How many tokens somebody has, of those for which `that` holds.
    pub(crate) fn tokens(&self, email: &str, that: &str) -> i64 {
        self.number(&format!(
            "select count(*) as n from auth_refresh_tokens t join users on users.id = user_id
             where users.organization_id = $1 and email = '{email}' and {that}"
        ))
    }
}

impl Person {
    async fn staying(&self, email: &str) -> Self {
        let form = [("email", email), ("password", PASSWORD), ("stay", "yes")];
        let answer = self.post("/session", form).await;
        answer.redirects_to("/");
        self.keeps(&answer)
    }

    /// Only what renews, as after the browser was closed.
    fn closed(&self) -> Self {
        let held = self.cookie.as_deref().unwrap_or_default();
        self.holding(held.split("; ").find(|held| held.starts_with(STAY)).map(str::to_owned))
    }
}

async fn is_out(person: &Person) -> bool {
    person.get("/account").await.leads_to("/sign-in")
}

#[actix_web::test]
async fn whoever_stays_signed_in_is_renewed_after_a_rest_and_gets_another_token() {
    let school = School::open().await;
    let teacher = school.stays(Teacher).await;
    school.lapses(&teacher.email);

    let answer = teacher.get("/today").await;

    answer.is_ok().shows("Homeroom 4A");
    let after = teacher.keeps(&answer);
    assert_ne!(after.cookie, teacher.cookie);
    let again = after.get("/today").await;
    again.is_ok();
    assert_eq!(again.headers.get("set-cookie"), None, "a session that runs is left alone");
    assert_eq!(school.tokens(&teacher.email, "true"), 2);
}

#[actix_web::test]
async fn whoever_does_not_ask_for_it_does_not_stay() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    let answer = school.outsider().post("/session", [("email", &*email), ("password", PASSWORD)]).await;

    assert_eq!(answer.cookie_called(STAY), None);
    school.lapses(&email);

    assert!(is_out(&school.outsider().keeps(&answer)).await);
    school.outsider().get("/sign-in").await.shows("Stay signed in on this device");
}

#[actix_web::test]
async fn a_form_and_a_piece_of_a_page_are_renewed_as_a_page_is() {
    let school = School::open().await;
    let teacher = school.stays(Teacher).await;
    let student = school.enroll("Amal", "Abdullahi");
    school.lapses(&teacher.email);

    let answer = teacher.post(&school.mark(student), [("code", "late"), ("version", "0")]).await;
    assert!(answer.status.is_success() || answer.status == 303, "{}", answer.status);
    let teacher = teacher.keeps(&answer);
    assert_eq!(school.marks_kept(), 1);

    school.lapses(&teacher.email);
    let by_htmx = teacher.request(Method::GET, &school.register()).header("hx-request", "true");
    let answer = Answer::of(by_htmx).await;
    answer.is_ok();
    assert!(answer.cookie_called(STAY).is_some());
}

#[actix_web::test]
async fn a_browser_that_was_closed_is_renewed() {
    let school = School::open().await;
    let teacher = school.stays(Teacher).await;

    let answer = teacher.closed().get("/today").await;

    answer.is_ok();
    assert!(!is_out(&teacher.closed().keeps(&answer)).await);
}

#[actix_web::test]
async fn a_renewal_is_not_lost_with_a_page_that_is_refused() {
    let school = School::open().await;
    for (path, status) in [("/nowhere-at-all", 404), ("/imports", 403), ("/students/not-an-id", 404)] {
        let teacher = school.stays(Teacher).await;
        school.lapses(&teacher.email);

        let answer = teacher.get(path).await;

        answer.has_status(status);
        let after =
            if answer.cookie_called(STAY).is_some() { teacher.keeps(&answer) } else { teacher.clone() };
        school.clock.set(school.clock.now() + TimeDelta::seconds(11));
        let next = after.get("/today").await;
        next.is_ok();
        assert!(school.post_comes().is_empty(), "{path}");
    }
}

#[actix_web::test]
async fn a_cookie_that_renews_is_closed_and_says_nothing_t20() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    let form = [("email", &*email), ("password", PASSWORD), ("stay", "yes")];
    let answer = school.outsider().post("/session", form).await;
    let sets = answer.headers.get_all("set-cookie").iter().map(|set| set.to_str().unwrap());
    let cookie = sets.into_iter().find(|set| set.starts_with(STAY)).unwrap();

    for part in ["; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/", "; Max-Age=1209600"] {
        assert!(cookie.contains(part), "{cookie} lacks {part}");
    }
    assert!(!cookie.to_lowercase().contains("domain="), "{cookie}");
    let token = answer.cookie_called(STAY).unwrap().split_once('=').unwrap().1.to_owned();
    let kept = database::lines(
        &mut database::lobby(),
        "select row_to_json(t)::text as line from auth_refresh_tokens t",
    );
    assert!(kept.iter().all(|row| !row.contains(&token)), "the database keeps the token");
}

#[actix_web::test]
async fn whoever_signs_in_next_finds_nothing_of_whoever_stayed_before_t18() {
    let school = School::open().await;
    let teacher = school.stays(Teacher).await;
    let office = school.employ(Office);

    let answer = teacher.post("/session", [("email", &*office), ("password", PASSWORD)]).await;

    let after = teacher.keeps(&answer);
    assert!(!after.cookie.as_deref().unwrap().contains(STAY), "{:?}", after.cookie);
    assert!(is_out(&teacher).await && is_out(&teacher.closed()).await);
    after.get("/account").await.shows(&office);
}

#[actix_web::test]
async fn a_captured_token_dies_with_the_sign_in_t19() {
    let school = School::open().await;
    for what in [
        "sign out",
        "sign out everywhere",
        "another password",
        "a reset",
        "a new address",
        "update users set epoch = epoch + 1 where organization_id = $1 and email = $2",
        "update users set disabled_at = now() where organization_id = $1 and email = $2",
        "update users set deleted_at = now() where organization_id = $1 and email = $2",
        "update sessions set ended_at = now() where user_id = (select id from users where organization_id = $1 and email = $2)",
    ] {
        school.post_comes();
        let teacher = school.stays(Teacher).await;
        assert!(!is_out(&teacher).await);
        match what {
            "sign out" => drop(teacher.post("/session/end", []).await),
            "sign out everywhere" => drop(teacher.post("/account/sessions/end", []).await),
            "another password" => {
                let form = [("current", PASSWORD), ("password", "quiet otters fold maps")];
                teacher.post("/account/password", form).await.has_status(303);
            }
            "a reset" => {
                school.outsider().post("/password-reset", [("email", &*teacher.email)]).await.has_status(303);
                let link = school.post_comes().remove(0).path();
                school.outsider().post(&link, [("password", "quiet otters fold maps")]).await.has_status(303);
            }
            "a new address" => {
                let email = format!("moved-{}", teacher.email);
                let form = [("email", &*email), ("current", PASSWORD)];
                teacher.post("/account/email", form).await.has_status(303);
                let mails = school.post_comes();
                let link = mails.iter().find(|mail| mail.to == email).unwrap().path();
                school.outsider().post(&link, []).await.is_ok();
            }
            statement if statement.contains("sessions") => {
                let named = statement.replace("$2", &format!("'{}'", teacher.email));
                let named = named.replace("$1", &format!("'{}'", school.organization));
                database::run(&mut database::lobby(), &named);
            }
            statement => school.run(statement, &teacher.email),
        }

        assert!(is_out(&teacher).await, "{}: the session lives on", what);
        let answer = teacher.closed().get("/account").await;
        assert!(answer.leads_to("/sign-in"), "{what}: the token renews");
        assert!(!teacher.closed().keeps(&answer).cookie.is_some_and(|held| held.contains(STAY)), "{what}");
    }
}

#[actix_web::test]
async fn whoever_changes_their_password_stays_signed_in_where_they_did() {
    let school = School::open().await;
    let teacher = school.stays(Teacher).await;
    let form = [("current", PASSWORD), ("password", "quiet otters fold maps")];

    let answer = teacher.post("/account/password", form).await;

    answer.redirects_to("/account?done=password");
    let after = teacher.keeps(&answer);
    school.lapses(&after.email);
    assert!(!is_out(&after).await);
}

#[actix_web::test]
async fn a_browser_that_stays_is_shown_and_can_be_signed_out_from_another_after_its_session_lapsed() {
    let school = School::open().await;
    let away = school.stays(Teacher).await;
    school.lapses(&away.email);
    let here = school.outsider().signing_in(&away.email, PASSWORD).await;

    let page = here.get("/account").await;
    page.shows("stays signed in until 7 Dec 2026");
    let id = page.body.split("/account/sessions/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    here.post(&format!("/account/sessions/{id}/end"), []).await.redirects_to("/account?done=session");

    assert!(is_out(&away).await);
    assert_eq!(school.tokens(&away.email, "revoked_at is null"), 0);
}

/// The first of somebody's sessions that can be signed out from another browser.
async fn elsewhere(here: &Person) -> String {
    let page = here.get("/account").await;
    page.body.split("/account/sessions/").nth(1).unwrap().split('/').next().unwrap().to_owned()
}

#[actix_web::test]
async fn a_browser_that_was_renewed_after_the_list_was_shown_is_signed_out_all_the_same() {
    let school = School::open().await;
    let away = school.stays(Teacher).await;
    let id = elsewhere(&school.outsider().signing_in(&away.email, PASSWORD).await).await;
    school.lapses(&away.email);
    let renewed = away.keeps(&away.get("/account").await);
    school.lapses(&away.email);
    let renewed = renewed.keeps(&renewed.get("/account").await);
    let here = school.outsider().signing_in(&away.email, PASSWORD).await;
    assert!(!is_out(&renewed).await);

    here.post(&format!("/account/sessions/{id}/end"), []).await.redirects_to("/account?done=session");

    assert!(is_out(&renewed).await && is_out(&renewed.closed()).await);
    assert_eq!(school.tokens(&away.email, "revoked_at is null"), 0);
    assert!(!is_out(&here).await, "only that browser is signed out");
    here.post(&format!("/account/sessions/{id}/end"), []).await.is_missing();
    let stranger = school.sign_in(Office).await;
    stranger.post(&format!("/account/sessions/{id}/end"), []).await.is_missing();
}

#[actix_web::test]
async fn a_browser_that_renews_at_the_moment_it_is_signed_out_stays_out() {
    let school = School::open().await;
    for _ in 0..6 {
        let away = school.stays(Teacher).await;
        let here = school.outsider().signing_in(&away.email, PASSWORD).await;
        let id = elsewhere(&here).await;
        let end = format!("/account/sessions/{id}/end");

        let (renewed, ended) =
            futures::future::join(away.closed().get("/account"), here.post(&end, [])).await;

        ended.redirects_to("/account?done=session");
        let after = away.closed().keeps(&renewed);
        assert!(is_out(&after).await, "it was renewed past its end");
        assert!(!is_out(&here).await);
    }
}

#[actix_web::test]
async fn platform_staff_never_stay() {
    let school = School::open().await;
    let email = school.employ(Platform);
    let form = [("email", &*email), ("password", PASSWORD), ("stay", "yes")];

    let answer = school.outsider().post("/session", form).await;

    answer.redirects_to("/sign-in/second-factor");
    let (_, _, answer) = school.sets_up(&school.outsider().keeps(&answer)).await;
    assert_eq!(answer.cookie_called(STAY), None);
}

#[actix_web::test]
async fn nobody_stays_where_the_settings_say_so() {
    let school = School::open_with(morning(), |parts| {
        let limits = Limits { stay: TimeDelta::zero(), ..Serving::usual() };
        let database = Database::new(&database::place().addresses, 2, Clock::default());
        parts.lobby = Lobby::of(&database, limits).sealing_with(parts.key.master()).unwrap();
    })
    .await;
    let email = school.employ(Teacher);
    let form = [("email", &*email), ("password", PASSWORD), ("stay", "yes")];

    let answer = school.outsider().post("/session", form).await;

    answer.redirects_to("/");
    assert_eq!(answer.cookie_called(STAY), None);
    school.outsider().get("/sign-in").await.hides("Stay signed in");
}
