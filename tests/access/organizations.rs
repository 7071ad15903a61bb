//! Organizations as whoever works for the platform looks after them.

use crate::support::{
    Administrator, Office, Person, Platform, School, Teacher,
    command::said,
    database,
    form::Typed,
    school::{PASSWORD, unique},
};

/// What a form says of a new organization and its first administrator.
fn founding(slug: &str, email: &str) -> Vec<(&'static str, String)> {
    [
        ("name", "Wharf Schools"),
        ("slug", slug),
        ("time_zone", "Europe/Lisbon"),
        ("locale", "pt"),
        ("currency", "EUR"),
        ("week_start", "0"),
        ("first_name", "Ines"),
        ("last_name", "Aguiar"),
        ("email", email),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .into()
}

fn place(school: &School) -> String {
    format!("/organizations/{}", school.organization)
}

async fn suspends(platform: &Person, school: &School) {
    let path = format!("{}/suspension", place(school));
    platform.post(&path, [("suspended_because", "Unpaid since spring")]).await.has_status(303);
}

#[actix_web::test]
async fn the_platform_founds_an_organization_and_its_first_administrator_comes_in_by_mail() {
    let school = School::open().await;
    let platform = school.sign_in(Platform).await;
    platform.get("/").await.redirects_to("/organizations");
    let (slug, email) = (unique("wharf"), format!("{}@belfry.example", unique("first")));

    let page = platform.fill("/organizations", &founding(&slug, &email)).await.leads();

    let page = page.split('?').next().unwrap();
    platform.get(page).await.is_ok().shows("Wharf Schools").shows(&slug).shows("Sunday").shows("pt");
    platform.get(&format!("/organizations?q={slug}")).await.shows("Wharf Schools");
    let id: school::Uuid = page.rsplit('/').next().unwrap().parse().unwrap();
    let mail = school.post_comes_to(id).remove(0);
    assert_eq!(mail.to, email);
    let chosen = [("password", "quiet otters fold maps")];
    school.outsider().post(&mail.path(), chosen).await.has_status(303);
    let first = comes_in(&school, &email, chosen[0].1).await;
    first.get("/users").await.is_ok().shows("Ines Aguiar").hides("Lindqvist");
    first.get("/attendance-codes").await.is_ok().shows("Present");
}

/// Whoever a new organization entrusts with most signs in for the first time, and sets up a second factor at the door.
async fn comes_in(school: &School, email: &str, password: &str) -> Person {
    let door = school.outsider();
    let answer = door.post("/session", [("email", email), ("password", password)]).await;
    answer.redirects_to("/sign-in/second-factor");
    let waiting = door.keeps(&answer);
    let (_, _, answer) = school.sets_up(&waiting).await;
    waiting.keeps(&answer)
}

/// An organization that was just founded, and its first administrator, who has come in.
pub(crate) async fn begun(school: &School) -> (school::Uuid, Person) {
    let (_, id, email) = founded(&school.sign_in(Platform).await).await;
    let mail = school.post_comes_to(id).remove(0);
    let chosen = [("password", "quiet otters fold maps")];
    school.outsider().post(&mail.path(), chosen).await.has_status(303);
    (id, comes_in(school, &email, chosen[0].1).await)
}

/// The roles of which an organization demands a second factor.
fn demanded(organization: school::Uuid) -> Vec<String> {
    let query = "select name as line from second_factor_rules join roles on roles.id = role_id
                 where second_factor_rules.deleted_at is null order by 1";
    database::lines(&mut database::within(organization), query)
}

#[actix_web::test]
async fn a_new_organization_demands_a_second_factor_of_whom_it_entrusts_with_most_until_it_says_otherwise() {
    let school = School::open().await;
    let (id, first) = begun(&school).await;
    assert_eq!(demanded(id), ["Administrator", "Finance"]);

    first.post("/second-factor-rules", [("role[]", "")]).await.has_status(303);

    assert!(demanded(id).is_empty());
}

#[test]
fn so_does_one_that_is_founded_at_the_machine() {
    let slug = unique("hill");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_belfry"));
    command.args(["organization", "create", "--slug", &slug, "--name", "Hill School", "--time-zone", "UTC"]);

    let output = command.output().unwrap();

    assert!(
        output.status.success() && said(&output).contains("sign in with a second factor"),
        "{}",
        said(&output)
    );
    let id = format!("select id::text as line from organizations where slug = '{slug}'");
    let id = database::lines(&mut database::lobby(), &id).remove(0).parse().unwrap();
    assert_eq!(demanded(id), ["Administrator", "Finance"]);
}

/// An organization that the platform has just founded: its page, its id and where the first administrator's invitation went.
async fn founded(platform: &Person) -> (String, school::Uuid, String) {
    let email = format!("{}@belfry.example", unique("mistyped"));
    let page = platform.fill("/organizations", &founding(&unique("wharf"), &email)).await.leads();
    let page = page.split('?').next().unwrap().to_owned();
    let id = page.rsplit('/').next().unwrap().parse().unwrap();
    (page, id, email)
}

#[actix_web::test]
async fn a_mistyped_first_administrator_is_invited_at_the_right_address_and_the_wrong_link_opens_nothing() {
    let school = School::open().await;
    let platform = school.sign_in(Platform).await;
    let (page, id, wrong) = founded(&platform).await;
    let mistyped = school.post_comes_to(id).remove(0);
    assert_eq!(mistyped.to, wrong);
    platform.get(&page).await.shows("Nobody has come in yet").shows(&wrong);
    let invitation = format!("{page}/invitation");
    platform.post(&invitation, [("email", "nobody")]).await.field_error("email", "address");
    let taken = school.employ(Office);
    platform
        .post(&invitation, [("email", &taken)])
        .await
        .field_error("email", "Somebody signs in with this address already")
        .shows(&taken);
    school.outsider().get(&mistyped.path()).await.is_ok();

    let right = format!("{}@belfry.example", unique("right"));
    platform.post(&invitation, [("email", &right)]).await.redirects_to(&format!("{page}?done=invited"));

    school.outsider().get(&mistyped.path()).await.has_status(410).shows("opens nothing any more");
    let mail = school.post_comes_to(id).remove(0);
    assert_eq!(mail.to, right);
    let chosen = [("password", "quiet otters fold maps")];
    school.outsider().post(&mistyped.path(), chosen).await.has_status(410);
    school.outsider().post(&mail.path(), chosen).await.has_status(303);
    comes_in(&school, &right, chosen[0].1).await.get("/users").await.shows("Ines Aguiar");
}

#[actix_web::test]
async fn once_somebody_has_come_in_or_while_it_is_suspended_the_platform_invites_nobody() {
    let school = School::open().await;
    let platform = school.sign_in(Platform).await;
    let (page, id, email) = founded(&platform).await;
    let mail = school.post_comes_to(id).remove(0);
    let because = [("suspended_because", "Unpaid since spring")];
    platform.post(&format!("{page}/suspension"), because).await.has_status(303);
    platform.get(&page).await.hides("Nobody has come in yet");
    platform.post(&format!("{page}/invitation"), [("email", &email)]).await.has_status(409);
    platform.post(&format!("{page}/suspension/end"), []).await.has_status(303);
    let chosen = [("password", "quiet otters fold maps")];
    school.outsider().post(&mail.path(), chosen).await.has_status(410);
    platform.post(&format!("{page}/invitation"), [("email", &email)]).await.has_status(303);
    let mail = school.post_comes_to(id).remove(0);
    school.outsider().post(&mail.path(), chosen).await.has_status(303);

    let late = platform.post(&format!("{page}/invitation"), [("email", "thief@belfry.example")]).await;

    late.has_status(409).shows("Somebody of it has come in already");
    platform.get(&page).await.hides("Nobody has come in yet").hides("thief@belfry.example");
    assert!(school.post_comes_to(id).iter().all(|mail| mail.to == email));
}

#[actix_web::test]
async fn an_organization_is_founded_with_its_codes_or_not_at_all() {
    let school = School::open().await;
    let platform = school.sign_in(Platform).await;
    let (_, id, _) = founded(&platform).await;
    let codes = "select string_agg(code, ' ' order by position) as line from attendance_codes";
    assert_eq!(
        database::lines(&mut database::within(id), codes),
        ["present late absent left_early off_site ill excused unexcused"]
    );
    let (slug, email) = (unique("wharf"), format!("{}@belfry.example", unique("first")));
    // The invitation is the last of it that can fail.
    let wrong: Vec<(&str, String)> = founding(&slug, &school.employ(Office));

    platform.fill("/organizations", &wrong).await.field_error("email", "signs in with this address already");

    platform.fill("/organizations", &founding(&slug, &email)).await.has_status(303);
}

#[actix_web::test]
async fn what_cannot_be_is_refused_by_its_field_and_nothing_is_founded() {
    let school = School::open().await;
    let platform = school.sign_in(Platform).await;
    let taken = school.employ(Office);

    for (field, typed, said) in [
        ("name", "", "Fill this in"),
        ("slug", "Wharf Schools", "Small letters"),
        ("slug", "wharf-", "Small letters"),
        ("slug", &*school.slug, "This short name is taken"),
        ("time_zone", "Lisbon", "Name a time zone"),
        ("locale", "Portuguese!", "language tag"),
        ("currency", "Euro", "Three letters"),
        ("week_start", "3", "Choose one"),
        ("email", "nobody", "address"),
        ("email", &*taken, "signs in with this address already"),
        ("first_name", " ", "Fill this in"),
    ] {
        let (slug, email) = (unique("wharf"), format!("{}@belfry.example", unique("first")));
        let mut form = founding(&slug, &email);
        form.iter_mut().find(|(name, _)| *name == field).unwrap().1 = typed.to_owned();

        let refused = platform.fill("/organizations", &form).await;

        refused.field_error(field, said).shows("Aguiar");
        let kept = format!("select count(*)::text as line from organizations where slug = '{slug}'");
        assert_eq!(database::lines(&mut database::lobby(), &kept), ["0"], "{field}");
    }
}

#[actix_web::test]
async fn the_platform_changes_an_organization_and_whoever_is_slower_sees_it() {
    let school = School::open().await;
    let (one, other) = (school.sign_in(Platform).await, school.sign_in(Platform).await);
    let page = place(&school);
    let typed = Typed::of(&one, &page).await;
    let changed = Typed::of(&other, &page).await.with("name", "Harbourside Trust");
    changed.send(&other).await.redirects_to(&page);

    let refused = typed.with("name", "Harbourside Union").send(&one).await;

    refused.has_status(409).shows("Harbourside Trust").shows("Harbourside Union").shows("Rosa Lindqvist");
    let again = Typed::of(&one, &page).await.with("time_zone", "Europe/Berlin");
    again.send(&one).await.redirects_to(&page);
    one.get(&page).await.shows("Harbourside Trust").shows("Europe/Berlin");
}

#[actix_web::test]
async fn a_suspended_organization_is_out_at_the_next_click_and_stays_out_t19() {
    let school = School::open().await;
    let platform = school.sign_in(Platform).await;
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    let staying = school.outsider();
    let form = [("email", &*office.email), ("password", PASSWORD), ("stay", "yes")];
    let staying = staying.keeps(&staying.post("/session", form).await);
    office.get("/students").await.is_ok();

    platform
        .post(&format!("{}/suspension", place(&school)), [("suspended_because", " ")])
        .await
        .field_error("suspended_because", "Fill this in");
    suspends(&platform, &school).await;

    for person in [&office, &teacher, &staying] {
        assert!(person.get("/students").await.leads_to("/sign-in"), "a captured cookie opens nothing");
    }
    let page = platform.get(&place(&school)).await;
    page.shows("Suspended").shows("Unpaid since spring").hides("Enter for a while");
    let lifted = platform.post(&format!("{}/suspension/end", place(&school)), []).await;
    lifted.has_status(303);
    for person in [&office, &teacher, &staying] {
        assert!(person.get("/students").await.leads_to("/sign-in"), "nor does it after that was lifted");
    }
    let back = school.outsider().signing_in(&office.email, PASSWORD).await;
    back.get("/students").await.is_ok();
}

#[actix_web::test]
async fn at_the_door_of_a_suspended_organization_the_right_password_is_as_wrong_as_any() {
    let school = School::open().await;
    let platform = school.sign_in(Platform).await;
    let email = school.employ(Office);
    suspends(&platform, &school).await;

    let tries = |email: &str, password: &'static str| {
        let (person, email) = (school.outsider(), email.to_owned());
        async move { person.post("/session", [("email", &*email), ("password", password)]).await }
    };
    let right = tries(&email, PASSWORD).await;
    let wrong = tries(&email, "a wrong guess at it").await;

    assert_eq!(right.status, wrong.status);
    assert_eq!(right.body, wrong.body);
    right.hides("suspended").hides("Unpaid");
}

#[actix_web::test]
async fn nobody_else_looks_after_organizations() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;

    administrator.get("/organizations").await.is_forbidden();
    administrator.get(&place(&school)).await.is_forbidden();
    administrator
        .post(&format!("{}/suspension", place(&school)), [("suspended_because", "x")])
        .await
        .is_forbidden();
    let form = founding(&unique("wharf"), "first@belfry.example");
    administrator.fill("/organizations", &form).await.is_forbidden();
    administrator.get("/visits").await.is_ok().hides("/organizations");
}

#[actix_web::test]
async fn whoever_works_for_the_platform_no_more_changes_nothing_t05() {
    let school = School::open().await;
    let platform = school.sign_in(Platform).await;
    let gone = format!("update users set disabled_at = now() where email = '{}'", platform.email);
    database::run(&mut database::lobby(), &gone);

    let path = format!("{}/suspension", place(&school));
    let refused = platform.post(&path, [("suspended_because", "Out of spite")]).await;

    assert!(refused.leads_to("/sign-in"));
    school.sign_in(Office).await.get("/students").await.is_ok();
}
