//! Accounts that the school's provider opens: made anew after one was deleted, and without a password here.

use crate::support::{
    Administrator, Person, School, Teacher,
    provider::Claimed,
    school::{PASSWORD, unique},
};

/// Deletes an account and invites somebody to another one with the same address.
async fn makes_anew(administrator: &Person, path: &str, email: &str) {
    administrator.post(&format!("{path}/removal"), []).await.has_status(303);
    let form = [("first_name", "Rosa"), ("last_name", "Raman"), ("email", email)];
    administrator.post("/users", form).await.has_status(303);
}

#[actix_web::test]
async fn whoever_is_invited_anew_after_their_account_was_deleted_signs_on_as_before() {
    let school = School::open().await;
    let _provider = school.signs_on(&[]).await;
    let administrator = school.sign_in(Administrator).await;
    let email = school.employ(Teacher);
    let (path, door) = (school.account(&email), school.outsider());
    let there = Claimed { subject: "4417", ..Claimed::of(&email) };
    door.comes_by(&school, there).await.1.redirects_to("/");
    makes_anew(&administrator, &path, &email).await;

    let (here, answer) = door.comes_by(&school, there).await;

    answer.redirects_to("/");
    here.get("/account").await.is_ok().shows("Rosa Raman");
    let (again, _) = door.comes_by(&school, Claimed { verified: false, ..there }).await;
    again.get("/account").await.is_ok().shows("Rosa Raman");
    let ties = "select count(*) as n from user_identities where organization_id = $1";
    assert_eq!(school.number(ties), 1);
    let tied = "select count(*) as n from users where organization_id = $1 and sign_on_at is not null";
    assert_eq!(school.number(tied), 1, "the deleted account says that it is tied still");
}

#[actix_web::test]
async fn nobody_takes_over_an_account_made_anew_whose_address_is_not_proved() {
    let school = School::open().await;
    let _provider = school.signs_on(&[]).await;
    let administrator = school.sign_in(Administrator).await;
    let email = school.employ(Teacher);
    let path = school.account(&email);
    let there = Claimed { subject: "4417", ..Claimed::of(&email) };
    school.outsider().comes_by(&school, there).await.1.redirects_to("/");
    makes_anew(&administrator, &path, &email).await;

    let (here, answer) = school.outsider().comes_by(&school, Claimed { verified: false, ..there }).await;

    answer.is_forbidden().shows("does not say that");
    assert!(here.get("/account").await.leads_to("/sign-in"));
}

#[actix_web::test]
async fn whose_account_was_deleted_gets_no_other_by_coming_again() {
    let school = School::open().await;
    let domain = format!("{}.example", unique("harbour"));
    let _provider = school.signs_on(&[("creates_accounts", "yes"), ("email_domains", &domain)]).await;
    let administrator = school.sign_in(Administrator).await;
    let (email, door) = (format!("gita@{domain}"), school.outsider());
    door.comes_by(&school, Claimed::of(&email)).await.1.redirects_to("/");
    let path = school.account(&email);
    administrator.post(&format!("{path}/removal"), []).await.has_status(303);

    let (_, answer) = door.comes_by(&school, Claimed::of(&email)).await;

    answer.is_forbidden().shows("Nobody at Harbourside Schools has an account with");
    administrator.post(&format!("{path}/return"), []).await.has_status(303);
    door.comes_by(&school, Claimed::of(&email)).await.1.redirects_to("/");
}

#[actix_web::test]
async fn whoever_has_no_password_reads_so_by_the_field_with_the_way_to_one_and_no_guess_counts() {
    let school = School::open().await;
    let domain = format!("{}.example", unique("harbour"));
    let _provider = school.signs_on(&[("creates_accounts", "yes"), ("email_domains", &domain)]).await;
    let email = format!("gita@{domain}");
    let (here, _) = school.outsider().comes_by(&school, Claimed::of(&email)).await;
    school.post_comes();
    here.get("/account").await.shows("None yet").shows("/password-reset/new");

    for (path, field, value) in [
        ("/account/password", "password", "quiet otters fold maps"),
        ("/account/email", "email", "gita@elsewhere.example"),
        ("/account/second-factor/enrolment", "code", ""),
    ] {
        let refused = here.post(path, [("current", PASSWORD), (field, value)]).await;
        refused.field_error("current", "You have no password yet");
        refused.shows("<a href=\"/password-reset/new\">Have it sent</a>");
    }

    assert_eq!(school.kept(&email, "failed_login_attempts"), "0");
    let refused =
        "select count(*) as n from access_events where organization_id = $1 and action = 'sign_in_refused'";
    assert_eq!(school.number(refused), 0);
    here.post("/password-reset", [("email", &*email)]).await.redirects_to("/password-reset/sent");
    let link = school.post_comes().remove(0).path();
    here.post(&link, [("password", "quiet otters fold maps")]).await.has_status(303);
    let here = school.outsider().signing_in(&email, "quiet otters fold maps").await;
    let form = [("current", "quiet otters fold maps")];
    here.post("/account/second-factor/enrolment", form).await.has_status(303);
}
