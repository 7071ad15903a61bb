//! Visits: whoever works for the platform enters an organization with a reason and for a time, and it sees that.

use crate::support::{
    Administrator, Office, Person, Platform, School, Teacher,
    database::{self, lines, within},
    school::PASSWORD,
};

const REASON: &str = "Their board shows no registers since Monday";

/// Enters a school for half an hour: the same browser with what it holds then.
async fn enters(person: &Person, school: &School) -> Person {
    let path = format!("/organizations/{}/visits", school.organization);
    let answer = person.post(&path, [("reason", REASON), ("minutes", "30")]).await;
    answer.redirects_to("/");
    person.keeps(&answer)
}

/// Leaves it again.
async fn leaves(person: &Person) -> Person {
    let answer = person.post("/visit/end", []).await;
    answer.has_status(303);
    person.keeps(&answer)
}

/// Changes the one visit of this school, as time does.
fn change(school: &School, what: &str) {
    let statement =
        format!("update organization_visits set {what} where organization_id = '{}'", school.organization);
    database::run(&mut database::lobby(), &statement);
}

#[actix_web::test]
async fn without_a_visit_every_page_of_an_organization_is_closed_t08() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let platform = school.sign_in(Platform).await;

    for page in ["/students", "/board", "/users", "/access-log", "/visits", &*format!("/students/{amal}")] {
        platform.get(page).await.is_forbidden().hides("Abdullahi");
    }
    platform.get("/organizations").await.is_ok().hides("href=\"/students\"");
}

#[actix_web::test]
async fn a_visit_needs_a_reason_and_a_time_of_the_list() {
    let school = School::open().await;
    let platform = school.sign_in(Platform).await;
    let path = format!("/organizations/{}/visits", school.organization);
    let long = "because ".repeat(70);

    for (reason, minutes, field, said) in [
        ("", "30", "reason", "10 to 500"),
        ("Support   ", "30", "reason", "10 to 500"),
        (&*long, "30", "reason", "500"),
        (REASON, "600", "minutes", "Choose one"),
        (REASON, "-30", "minutes", "Choose one"),
        (REASON, "", "minutes", "Choose one"),
    ] {
        let refused = platform.post(&path, [("reason", reason), ("minutes", minutes)]).await;
        refused.field_error(field, said).shows("Enter for a while");
    }
    platform.get("/students").await.is_forbidden();
}

#[actix_web::test]
async fn on_a_visit_they_see_what_an_administrator_sees_and_change_nothing() {
    let school = School::open().await;
    let amal = format!("/students/{}", school.enroll("Amal", "Abdullahi"));
    let platform = school.sign_in(Platform).await;

    let platform = enters(&platform, &school).await;

    platform.get("/").await.redirects_to("/board");
    let page = platform.get(&amal).await;
    page.is_ok()
        .shows("Abdullahi")
        .shows("of the platform is inside")
        .shows("Harbourside Schools")
        .shows("/visit/end");
    page.hides(&format!("{amal}/edit"));
    for page in ["/board", "/users", "/access-log", "/visits", "/programs", "/staff"] {
        platform.get(page).await.is_ok().shows("of the platform is inside");
    }
    for page in [format!("{amal}/edit"), "/users/new".into(), "/imports".into()] {
        platform.get(&page).await.is_forbidden();
    }
    platform.post(&amal, [("first_name", "Nobody")]).await.is_forbidden();
    platform.post("/programs", [("name", "Reading Bridge")]).await.is_forbidden();
    platform.get("/organizations").await.is_ok().shows("of the platform is inside");
}

#[actix_web::test]
async fn a_visit_to_one_organization_never_opens_another_t08() {
    let (school, other) = (School::open().await, School::open().await);
    let (own, foreign) = (school.enroll("Amal", "Abdullahi"), other.enroll("Kwame", "Acheampong"));
    let platform = school.sign_in(Platform).await;

    let platform = enters(&platform, &school).await;

    platform.get("/students").await.shows("Abdullahi").hides("Acheampong");
    platform.get(&format!("/students/{foreign}")).await.is_missing();
    let platform = enters(&platform, &other).await;
    platform.get("/students").await.shows("Acheampong").hides("Abdullahi");
    platform.get(&format!("/students/{own}")).await.is_missing();
    let ended =
        "select count(*) as n from organization_visits where organization_id = $1 and ended_at is not null";
    assert_eq!((school.number(ended), other.number(ended)), (1, 0), "one at a time");
}

#[actix_web::test]
async fn a_visit_that_is_over_opens_nothing_at_the_next_click_t08() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    let platform = school.sign_in(Platform).await;
    let platform = enters(&platform, &school).await;
    platform.get("/students").await.is_ok();

    change(&school, "began_at = now() - interval '31 minutes', until_at = now() - interval '1 second'");

    platform.get("/students").await.is_forbidden().hides("Abdullahi");
    platform.get("/").await.redirects_to("/organizations");
    platform.get("/organizations").await.is_ok().hides("of the platform is inside");
    let platform = enters(&platform, &school).await;
    platform.get("/students").await.is_ok();
}

#[actix_web::test]
async fn a_visitor_leaves_and_signing_out_leaves_too() {
    let school = School::open().await;
    let platform = school.sign_in(Platform).await;
    let platform = enters(&platform, &school).await;

    let place = format!("/organizations/{}", school.organization);
    let answer = platform.post("/visit/end", []).await;
    answer.redirects_to(&place);
    let platform = platform.keeps(&answer);

    platform.get("/students").await.is_forbidden();
    platform.post("/visit/end", []).await.redirects_to("/organizations");
    let platform = enters(&platform, &school).await;
    platform.post("/session/end", []).await.has_status(303);
    let open =
        "select count(*) as n from organization_visits where organization_id = $1 and ended_at is null";
    assert_eq!(school.number(open), 0);
}

#[actix_web::test]
async fn the_organizations_administrator_sees_who_was_here_why_and_how_much_they_saw() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    school.enroll("Kwame", "Acheampong");
    let administrator = school.sign_in(Administrator).await;
    administrator.get("/visits").await.shows("Nobody of the platform was here");
    let platform = school.sign_in(Platform).await;
    let platform = enters(&platform, &school).await;
    platform.get(&format!("/students/{amal}")).await.is_ok();
    platform.get("/users/new").await.is_forbidden();

    let page = administrator.get("/visits").await;

    page.is_ok().shows("Rosa Lindqvist").shows(REASON).shows("Inside").shows(">1<");
    let log = administrator.get("/access-log").await;
    log.shows("Rosa Lindqvist").shows(&format!("On a visit of the platform: {REASON}")).shows("Was refused");
    let visit = school.number(
        "select count(*) as n from access_events where organization_id = $1 and visit_id is not null",
    );
    assert_eq!(
        visit, 6,
        "came in; particulars, attendance, guardians, follow-up; was refused; and each says in which visit"
    );
    let history = administrator.get(&format!("/students/{amal}/access-history")).await;
    history.shows("Rosa Lindqvist").shows(REASON);
    leaves(&platform).await;
    administrator.get("/visits").await.shows("Over").hides("Inside");
}

#[actix_web::test]
async fn every_look_on_another_visit_is_kept_though_it_is_the_same_page() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    let mut platform = school.sign_in(Platform).await;
    for _ in 0..2 {
        platform = enters(&platform, &school).await;
        platform.get("/students").await.is_ok();
        platform.get("/students").await.is_ok();
        platform = leaves(&platform).await;
    }

    let seen = "select count(*) as n from access_events where organization_id = $1 and page = 'GET /students' and shown = 1";
    assert_eq!(school.number(seen), 2);
    let visits = "select count(distinct visit_id) as n from access_events where organization_id = $1 and page = 'GET /students'";
    assert_eq!(school.number(visits), 2);
}

#[actix_web::test]
async fn whatever_is_opened_on_a_visit_leaves_a_line_though_it_shows_no_child_t08() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    let platform = enters(&school.sign_in(Platform).await, &school).await;

    for page in
        ["/users", "/users", "/students", "/students", "/campus-days", "/campus-days.csv", "/campus-days.csv"]
    {
        platform.get(page).await.is_ok();
    }

    let kept = format!(
        "select concat_ws(' ', action, page) as line from access_events
         where organization_id = '{}' and visit_id is not null and page like 'GET %' order by id",
        school.organization
    );
    assert_eq!(
        lines(&mut within(school.organization), &kept),
        [
            "view GET /users",
            "view GET /students",
            "view GET /campus-days",
            "export GET /campus-days.{format}",
            "export GET /campus-days.{format}",
        ]
    );
    let administrator = school.sign_in(Administrator).await;
    administrator.get("/access-log").await.shows(REASON).shows("Campus days");
}

#[actix_web::test]
async fn an_administrator_ends_a_visit_and_the_visitor_is_out_at_the_next_click() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let platform = school.sign_in(Platform).await;
    let platform = enters(&platform, &school).await;
    let id = database::lines(
        &mut database::lobby(),
        &format!(
            "select id::text as line from organization_visits where organization_id = '{}'",
            school.organization
        ),
    )
    .remove(0);

    administrator.post(&format!("/visits/{id}/end"), []).await.redirects_to("/visits");

    platform.get("/students").await.is_forbidden();
    administrator.post(&format!("/visits/{id}/end"), []).await.has_status(409).shows("over already");
    let told = "select count(*) as n from change_events where organization_id = $1 and entity = 'organization_visits' and user_id is not null";
    assert_eq!(school.number(told), 1);
    school.sign_in(Teacher).await.get("/visits").await.is_forbidden();
    school.sign_in(Office).await.post(&format!("/visits/{id}/end"), []).await.is_forbidden();
}

#[actix_web::test]
async fn a_visitor_cannot_end_the_visits_of_others_or_reach_for_more_t11() {
    let school = School::open().await;
    let other = school.visit();
    let platform = school.sign_in(Platform).await;
    let platform = enters(&platform, &school).await;
    let (_, account) = school.colleague(Teacher).await;

    platform.post(&format!("/visits/{other}/end"), []).await.is_forbidden();
    platform.post(&format!("{account}/password-reset"), []).await.is_forbidden();
    platform
        .post(&format!("{account}/role"), [("role_id", &*school.role("Administrator"))])
        .await
        .is_forbidden();
    let invite = [("first_name", "Ines"), ("last_name", "Aguiar"), ("email", "ines@belfry.example")];
    platform.post("/users", invite).await.is_forbidden();
    platform.get("/roles").await.is_ok();
}

#[actix_web::test]
async fn nobody_enters_a_suspended_organization_and_whoever_is_inside_is_out() {
    let school = School::open().await;
    let platform = school.sign_in(Platform).await;
    let platform = enters(&platform, &school).await;
    let place = format!("/organizations/{}", school.organization);

    platform
        .post(&format!("{place}/suspension"), [("suspended_because", "Unpaid since spring")])
        .await
        .has_status(303);

    platform.get("/students").await.is_forbidden();
    let form = [("reason", REASON), ("minutes", "30")];
    platform.post(&format!("{place}/visits"), form).await.has_status(409).shows("Lift that first");
    platform.get("/students").await.is_forbidden();
}

#[actix_web::test]
async fn a_visitor_who_is_dismissed_is_out_of_everything_t05() {
    let school = School::open().await;
    let platform = school.sign_in(Platform).await;
    let platform = enters(&platform, &school).await;

    let demoted = format!("update users set role_id = null where email = '{}'", platform.email);
    database::run(&mut database::lobby(), &demoted);

    platform.get("/students").await.is_forbidden();
    platform.get("/organizations").await.is_forbidden();
}

#[actix_web::test]
async fn entering_and_leaving_give_the_browser_another_session_and_the_one_before_is_dead_t18() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    let before = school.sign_in(Platform).await;

    let inside = enters(&before, &school).await;

    assert!(before.get("/students").await.leads_to("/sign-in"), "what it held before opens the school");
    assert!(before.get("/organizations").await.leads_to("/sign-in"));
    inside.get("/students").await.is_ok().shows("Abdullahi");
    let after = leaves(&inside).await;
    assert!(
        inside.get("/organizations").await.leads_to("/sign-in"),
        "what it held inside opens the platform"
    );
    after.get("/students").await.is_forbidden();
    after.get("/organizations").await.is_ok();
    after.get("/account").await.is_ok();
}

/// Somebody of the platform in two browsers.
async fn in_two_browsers(school: &School) -> (Person, Person) {
    let email = school.employ(Platform);
    let (one, app, _) = school.enrols(&school.outsider(), &email).await;
    let door = school.outsider();
    let waiting = door.keeps(&door.post("/session", [("email", &*email), ("password", PASSWORD)]).await);
    let answer = waiting.post("/sign-in/code", [("code", &*app.shows(school, 1))]).await;
    answer.redirects_to("/");
    (one, waiting.keeps(&answer))
}

#[actix_web::test]
async fn a_visit_is_of_the_browser_that_entered_and_of_no_other_t18() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    let (one, other) = in_two_browsers(&school).await;

    let one = enters(&one, &school).await;

    other.get("/students").await.is_forbidden().hides("Abdullahi");
    other.get("/organizations").await.is_ok().hides("of the platform is inside");
    other.post("/visit/end", []).await.redirects_to("/organizations");
    one.get("/students").await.is_ok();
    let other = enters(&other, &school).await;
    other.get("/students").await.is_ok();
    one.get("/students").await.is_forbidden();
    one.post("/session/end", []).await.has_status(303);
    other.get("/students").await.is_ok();
}

#[actix_web::test]
async fn a_visit_ends_with_the_session_that_it_is_on() {
    let school = School::open().await;
    let (one, other) = in_two_browsers(&school).await;
    enters(&one, &school).await;

    other.post("/account/sessions/end", [("but", "here")]).await.has_status(303);

    let open =
        "select count(*) as n from organization_visits where organization_id = $1 and ended_at is null";
    assert_eq!(school.number(open), 0);
}

#[actix_web::test]
async fn a_visit_ends_where_its_session_ended_with_the_password() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let (one, other) = in_two_browsers(&school).await;
    enters(&one, &school).await;
    administrator.get("/visits").await.shows("Inside");

    let form = [("current", PASSWORD), ("password", "quiet otters fold maps")];
    other.post("/account/password", form).await.has_status(303);

    administrator.get("/visits").await.shows("Over").hides("Inside");
    let open =
        "select count(*) as n from organization_visits where organization_id = $1 and ended_at is null";
    assert_eq!(school.number(open), 0);
}

#[actix_web::test]
async fn nobody_stands_as_inside_whose_session_rests_for_too_long_or_has_run_out() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;

    for over in ["seen_at = now() - interval '2 hours'", "expires_at = now()", "epoch = epoch - 1"] {
        enters(&school.sign_in(Platform).await, &school).await;
        administrator.get("/visits").await.shows("Inside");
        let here = format!(
            "select session_id from organization_visits where organization_id = '{}' and ended_at is null",
            school.organization
        );

        database::run(&mut database::lobby(), &format!("update sessions set {over} where id in ({here})"));

        administrator.get("/visits").await.shows("Over").hides("Inside");
    }
}
