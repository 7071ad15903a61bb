//! What strangers try at accounts that are shut, and what is asked for by mail: the school reads of it, they do not.

use crate::support::{
    Administrator, School, Teacher,
    database::{lines, within},
    school::PASSWORD,
};

/// What the record says of an account beside sign-ins, oldest first.
fn said(school: &School, email: &str) -> Vec<String> {
    let id = school.account(email).replace("/users/", "");
    let query = format!(
        "select action || ' ' || kind as line from access_events where user_id = '{id}' and action <> 'sign_in' order by at, id"
    );
    lines(&mut within(school.organization), &query)
}

#[actix_web::test]
async fn guesses_at_an_account_that_is_shut_stand_in_its_schools_record() {
    let (school, other) = (School::open().await, School::open().await);
    let all = [0; 4].map(|_| school.employ(Teacher));
    let [open, disabled, deleted, left] = &all;
    for (change, email) in [("disabled_at", disabled), ("deleted_at", deleted)] {
        school.run(
            &format!("update users set {change} = now() where organization_id = $1 and email = $2"),
            email,
        );
    }
    school.run(
        "update staff set status = 'left' where organization_id = $1 and user_id = (select id from users where email = $2)",
        left,
    );

    for email in &all {
        for password in ["a wrong guess", "another wrong guess"] {
            let guess = [("email", &**email), ("password", password)];
            school.outsider().post("/session", guess).await.has_status(422);
        }
    }
    for email in [disabled, deleted] {
        school
            .outsider()
            .post("/session", [("email", &**email), ("password", PASSWORD)])
            .await
            .has_status(422);
    }

    for email in [open, left] {
        assert_eq!(said(&school, email), ["sign_in_refused password"; 2]);
    }
    for email in [disabled, deleted] {
        assert_eq!(said(&school, email), ["sign_in_refused password"; 3], "with the right password, too");
    }
    assert_eq!(other.number("select count(*) as n from access_events where organization_id = $1"), 0);
    let administrator = school.sign_in(Administrator).await;
    administrator.get("/access-log?action=sign_in_refused").await.shows("Was not let in");
}

#[actix_web::test]
async fn of_two_accounts_that_had_an_address_a_guess_is_noted_at_the_one_that_has_it() {
    let (before, school) = (School::open().await, School::open().await);
    let email = before.employ(Teacher);
    before.run("update users set deleted_at = now() where organization_id = $1 and email = $2", &email);
    let here = school.employ(Teacher);
    school.run(&format!("update users set email = '{email}', email_canonical = '{email}' where organization_id = $1 and email = $2"), &here);

    let guess = [("email", &*email), ("password", "a wrong guess")];
    school.outsider().post("/session", guess).await.has_status(422);

    let refused =
        "select count(*) as n from access_events where organization_id = $1 and action = 'sign_in_refused'";
    assert_eq!((before.number(refused), school.number(refused)), (0, 1));
}

#[actix_web::test]
async fn whoever_asks_for_a_new_password_or_confirms_an_address_is_noted_where_there_is_an_account() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let shut = school.employ(Teacher);
    school.run("update users set disabled_at = now() where organization_id = $1 and email = $2", &shut);

    for email in [&teacher.email, &shut, "nobody@belfry.example"] {
        let asked = school.outsider().post("/password-reset", [("email", email)]).await;
        asked.redirects_to("/password-reset/sent");
    }
    assert_eq!(said(&school, &teacher.email), ["asked password"]);
    assert_eq!(said(&school, &shut), Vec::<String>::new());

    school.post_comes();
    teacher.post("/account/email/verification", []).await.redirects_to("/account?done=link");
    school.outsider().post(&school.post_comes()[0].path(), []).await.is_ok();
    assert_eq!(said(&school, &teacher.email), ["asked password", "credential address"]);
    let administrator = school.sign_in(Administrator).await;
    let page = administrator.get("/access-log?action=asked").await;
    page.shows("A new way in was asked for").shows("Rosa Lindqvist").hides("Nobody looked");
}

/// Uses a link, and again when it is used up.
async fn uses(school: &School, link: &str, password: &str) {
    let form = [("password", password)];
    let once = school.outsider().post(link, form).await;
    assert!(!once.status.is_client_error(), "{}", once.body);
    school.outsider().get(link).await.has_status(410);
    school.outsider().post(link, form).await.has_status(410);
}

#[actix_web::test]
async fn whoever_uses_a_link_that_opens_nothing_any_more_stands_in_the_record_of_whoever_it_was_sent_to() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;

    school.outsider().post("/password-reset", [("email", &*teacher.email)]).await.has_status(303);
    let forgotten = school.post_comes()[0].path();
    uses(&school, &forgotten, "quiet otters fold maps").await;
    let noted = ["asked password", "credential password", "sign_in_refused link"];
    assert_eq!(said(&school, &teacher.email), noted, "looking at it is nothing: mail scanners look");

    let again = school.outsider().signing_in(&teacher.email, "quiet otters fold maps").await;
    school.post_comes();
    again.post("/account/email/verification", []).await.redirects_to("/account?done=link");
    uses(&school, &school.post_comes()[0].path(), "").await;
    assert_eq!(said(&school, &teacher.email)[3..], ["credential address", "sign_in_refused link"]);

    let nobodys = format!("/password-reset/{}", "5f2b".repeat(16));
    school.outsider().post(&nobodys, [("password", "quiet otters fold maps")]).await.has_status(410);
    assert_eq!(said(&school, &teacher.email).len(), 5);
    let administrator = school.sign_in(Administrator).await;
    let page = administrator.get("/access-log?action=sign_in_refused").await;
    page.shows("A link that opens nothing any more");
}
