//! Giving somebody an account: an invitation by mail, and what becomes of it.

use chrono::TimeDelta;
use reqwest::Method;

use crate::support::{
    Administrator, Answer, Office, Person, School, Teacher, database,
    post::BASE,
    school::{PASSWORD, unique},
};

/// A password that is good enough.
const NEW: &str = "quiet otters fold maps";

async fn invites(administrator: &Person, school: &School, email: &str) -> Answer {
    let teacher = school.role("Teacher");
    let fields = [
        ("first_name", "Gita"),
        ("last_name", "Raman"),
        ("email", email),
        ("role_id", &*teacher),
        ("locale", "pt"),
    ];
    administrator.post("/users", fields).await
}

fn address() -> String {
    format!("{}@belfry.example", unique("gita"))
}

#[actix_web::test]
async fn whoever_is_invited_chooses_a_password_and_comes_in() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    administrator.get("/users/new").await.is_ok().shows("Teacher").hides("Platform administrator");
    let email = address();

    let path = invites(&administrator, &school, &email).await.leads();

    administrator.get(&path).await.shows("Gita Raman").shows("Invited").shows("An invitation is on its way");
    let mails = school.post_comes();
    assert_eq!((&*mails[0].to, &*mails[0].subject), (&*email, "Your account at Harbourside Schools"));
    assert!(mails[0].text.contains("within 7 days"), "{}", mails[0].text);
    let link = mails[0].path();
    school.outsider().get(&link).await.shows("Welcome");
    school.outsider().post(&link, [("password", NEW)]).await.redirects_to("/sign-in?new-password=1");
    school.outsider().signing_in(&email, NEW).await.get("/account").await.is_ok();
    administrator.get(&school.account(&email)).await.shows("Active").hides("Invite again");
    assert_eq!(school.kept(&email, "password_updated_at is not null"), "true");
}

#[actix_web::test]
async fn an_invitation_is_sent_again_and_the_older_link_is_worth_nothing_t28() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let email = address();
    invites(&administrator, &school, &email).await.has_status(303);
    let older = school.post_comes().remove(0).path();
    let again = administrator
        .form(Method::POST, &format!("{}/invitation", school.account(&email)), &[])
        .header("sec-fetch-site", "same-origin")
        .header("x-forwarded-host", "evil.example")
        .header("forwarded", "host=evil.example");

    Answer::of(again).await.has_status(303);

    let mail = school.post_comes().remove(0);
    assert!(mail.html.contains(&format!("href=\"{BASE}/password-reset/")), "{}", mail.html);
    assert!(!mail.text.contains("evil") && !mail.html.contains("evil"));
    school.outsider().get(&older).await.has_status(410);
    school.outsider().get(&mail.path()).await.is_ok();
}

#[actix_web::test]
async fn an_invitation_lasts_seven_days() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    invites(&administrator, &school, &address()).await.has_status(303);
    let link = school.post_comes().remove(0).path();
    let sent = school.clock.now();

    school.clock.set(sent + TimeDelta::days(7) - TimeDelta::seconds(1));
    school.outsider().get(&link).await.is_ok();
    school.clock.set(sent + TimeDelta::days(7));

    school.outsider().get(&link).await.has_status(410);
}

#[actix_web::test]
async fn an_invitation_taken_back_opens_nothing_and_frees_the_address() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let email = address();
    invites(&administrator, &school, &email).await.has_status(303);
    let link = school.post_comes().remove(0).path();
    let path = school.account(&email);

    administrator.post(&format!("{path}/invitation/withdrawal"), []).await.redirects_to("/users");

    school.outsider().get(&link).await.has_status(410);
    administrator.get(&path).await.is_missing();
    invites(&administrator, &school, &email).await.has_status(303);
    administrator
        .post(&format!("{path}/return"), [])
        .await
        .has_status(422)
        .shows("signs in with this address already");
    school.outsider().get(&link).await.has_status(410);
}

#[actix_web::test]
async fn whoever_was_never_in_is_invited_again_after_their_account_is_back() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let email = address();
    invites(&administrator, &school, &email).await.has_status(303);
    let link = school.post_comes().remove(0).path();
    let path = school.account(&email);
    administrator.post(&format!("{path}/invitation/withdrawal"), []).await.has_status(303);

    let back = administrator.post(&format!("{path}/return"), []).await.leads();

    let page = administrator.get(&back).await;
    page.is_ok().shows("Nobody has come in by it yet").hides("signs in as before");
    page.shows(&format!("action=\"{path}/invitation\""));
    school.outsider().get(&link).await.has_status(410);
    administrator.post(&format!("{path}/invitation"), []).await.has_status(303);
    school.outsider().get(&school.post_comes().remove(0).path()).await.is_ok();
}

#[actix_web::test]
async fn whoever_has_come_in_is_neither_invited_again_nor_uninvited() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let (_, path) = school.colleague(Teacher).await;

    for verb in ["invitation", "invitation/withdrawal"] {
        administrator.post(&format!("{path}/{verb}"), []).await.has_status(409);
    }
    administrator.get(&path).await.is_ok().shows("Active");
}

#[actix_web::test]
async fn an_address_that_a_colleague_has_is_said_to_be_theirs_however_it_is_spelled_t33() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let known = school.employ(Teacher);

    for spelled in [known.clone(), known.to_uppercase(), known.replace("teacher", "\u{ff54}eacher")] {
        let answer = invites(&administrator, &school, &spelled).await;
        answer.field_error("email", "Rosa Lindqvist signs in with this address already.");
        answer.shows("value=\"Gita\"");
    }
    for wrong in ["", "gita", "gita@", "gi\u{200b}ta@belfry.example", "gi\u{202e}ta@belfry.example"] {
        invites(&administrator, &school, wrong).await.field_error("email", "");
    }
}

#[actix_web::test]
async fn nobody_learns_of_another_schools_people_by_inviting_them_t23() {
    let (school, elsewhere) = (School::open().await, School::open().await);
    let administrator = school.sign_in(Administrator).await;
    let states = [
        "update users set first_name = first_name where organization_id = $1 and email = $2",
        "update users set disabled_at = now() where organization_id = $1 and email = $2",
        "update users set locked_until = now() + interval '1 hour', failed_login_attempts = 90 where organization_id = $1 and email = $2",
        "update users set password_hash = null where organization_id = $1 and email = $2",
    ];
    let mut bodies = Vec::new();
    for state in states {
        let theirs = elsewhere.employ(Teacher);
        elsewhere.run(state, &theirs);
        let answer = invites(&administrator, &school, &theirs).await;
        answer.field_error("email", "This address cannot be used.");
        bodies.push(answer.body.replace(&theirs, "ADDRESS").replace(&administrator.email, ""));
    }
    assert!(bodies.iter().all(|body| *body == bodies[0]), "the answers differ");
    assert!(!bodies[0].contains("Lindqvist signs in"));

    let gone = elsewhere.employ(Teacher);
    elsewhere.run("update users set deleted_at = now() where organization_id = $1 and email = $2", &gone);
    invites(&administrator, &school, &gone).await.has_status(303);
}

#[actix_web::test]
async fn a_member_of_staff_gets_an_account_from_their_page() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let email = address();
    let staff = [
        ("first_name", "Gita"),
        ("last_name", "Raman"),
        ("employee_number", "E-17"),
        ("staff_type", "teacher"),
        ("status", "active"),
        ("email", &*email),
    ];
    let page = administrator.post("/staff", staff).await.leads();
    let id = page.rsplit('/').next().unwrap();
    let offer = format!("/users/new?staff={id}");
    administrator.get(&page).await.shows("Give an account").shows(&offer);
    school.sign_in(Office).await.get(&page).await.hides("Give an account");
    let form = administrator.get(&offer).await;
    form.shows("value=\"Gita\"").shows(&email);

    let teacher = school.role("Teacher");
    let fields = [
        ("first_name", "Gita"),
        ("last_name", "Raman"),
        ("email", &*email),
        ("role_id", &*teacher),
        ("staff_id", id),
    ];
    administrator.post("/users", fields).await.has_status(303);

    administrator.get(&page).await.shows(&school.account(&email)).hides("Give an account");
    administrator.get(&school.account(&email)).await.shows(&page);
    administrator.get(&offer).await.is_missing();
    let twice = [("first_name", "G"), ("last_name", "R"), ("email", &*address()), ("staff_id", id)];
    administrator.post("/users", twice).await.field_error("staff_id", "Choose one from the list.");
}

#[actix_web::test]
async fn every_wrong_field_of_an_invitation_has_its_message_and_nobody_is_invited() {
    let (school, elsewhere) = (School::open().await, School::open().await);
    let administrator = school.sign_in(Administrator).await;
    let (platform, foreign) = (school.role("Platform administrator"), elsewhere.own_role());
    let count = "select count(*) as n from users where organization_id = $1";
    let before = school.number(count);

    for (field, name, typed) in [
        ("first_name", "first_name", ""),
        ("last_name", "last_name", "a\u{1b}[31m"),
        ("locale", "locale", "portuguese!"),
        ("role_id", "role_id", &*platform),
        ("role_id", "role_id", &*foreign),
        ("role_id", "role_id", "director"),
        ("campus", "campus[]", &*elsewhere.campus.to_string()),
        ("campus", "campus[]", "everywhere"),
        ("staff_id", "staff_id", &*elsewhere.campus.to_string()),
    ] {
        let email = address();
        let mut fields = vec![("first_name", "Gita"), ("last_name", "Raman"), ("email", &*email)];
        fields.retain(|(other, _)| *other != name);
        fields.push((name, typed));
        administrator.send(Method::POST, "/users", &fields).await.field_error(field, "");
    }
    assert_eq!(school.number(count), before);
    assert_eq!(school.post_comes().len(), 0);
}

#[actix_web::test]
async fn an_invitation_chooses_no_password_and_sets_nothing_else_t07() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let email = address();
    let fields = [
        ("first_name", "Gita"),
        ("last_name", "Raman"),
        ("email", &*email),
        ("password", PASSWORD),
        ("password_hash", "$argon2id$mine"),
        ("email_verified_at", "2026-01-01"),
        ("last_seen_at", "2026-01-01"),
        ("epoch", "77"),
    ];

    administrator.post("/users", fields).await.has_status(303);

    let untouched =
        "(password_hash is null and email_verified_at is null and last_seen_at is null and epoch = 0)";
    assert_eq!(school.kept(&email, untouched), "true");
    school.outsider().post("/session", [("email", &*email), ("password", PASSWORD)]).await.has_status(422);
    let kept = database::lines(
        &mut database::lobby(),
        &format!("select kind::text as line from outgoing_mail where address = '{email}'"),
    );
    assert_eq!(kept, ["invitation"]);
}
