//! The address that somebody signs in with: confirmed, and changed through a link that goes to the new one.

use chrono::TimeDelta;

use crate::support::{
    Administrator, Answer, Office, Person, School, Teacher, database,
    post::Received,
    school::{PASSWORD, unique},
};

async fn asks(person: &Person, email: &str) -> Answer {
    person.post("/account/email", [("email", email), ("current", PASSWORD)]).await
}

fn address() -> String {
    format!("{}@belfry.example", unique("moved"))
}

/// Asks for another address and reads the mail that comes there.
async fn link(school: &School, person: &Person, email: &str) -> String {
    asks(person, email).await.redirects_to("/account?done=address-asked");
    to(&school.post_comes(), email).path()
}

fn to<'m>(mails: &'m [Received], email: &str) -> &'m Received {
    mails.iter().find(|mail| mail.to == email).unwrap_or_else(|| panic!("no mail to {email}"))
}

async fn uses(person: &Person, link: &str) -> Answer {
    person.post(link, []).await
}

#[actix_web::test]
async fn a_teacher_moves_to_another_address_and_both_hear_of_it() {
    let school = School::open().await;
    let here = school.sign_in(Teacher).await;
    let elsewhere = school.outsider().signing_in(&here.email, PASSWORD).await;
    let new = address();
    asks(&here, &new).await.redirects_to("/account?done=address-asked");

    let mails = school.post_comes();
    assert_eq!(mails.len(), 2);
    assert_eq!(to(&mails, &new).subject, "Your new address at Harbourside Schools");
    assert_eq!(to(&mails, &here.email).subject, "Another address for your account at Harbourside Schools");
    assert!(!to(&mails, &here.email).text.contains("http"), "the old address gets no link");
    let link = to(&mails, &new).path();
    here.get(&link).await.is_ok().shows(&new).shows(&here.email);
    here.get("/account").await.shows(&here.email).hides(&new);
    let answer = uses(&here, &link).await;

    answer.redirects_to("/account?done=address");
    let here_again = here.holding(answer.cookie());
    here_again.get("/account").await.shows(&new).shows("Confirmed");
    for old in [&here, &elsewhere] {
        assert!(old.get("/account").await.leads_to("/sign-in"), "a session of before lives on");
    }
    let mails = school.post_comes();
    let told: Vec<_> = mails.iter().map(|mail| (&*mail.to, mail.text.contains(&new))).collect();
    assert!(told.contains(&(&*here.email, true)) && told.contains(&(&*new, true)), "{told:?}");
    school.outsider().signing_in(&new, PASSWORD).await;
    school
        .outsider()
        .post("/session", [("email", &*here.email), ("password", PASSWORD)])
        .await
        .has_status(422);
}

#[actix_web::test]
async fn a_link_used_in_another_browser_signs_nobody_in() {
    let school = School::open().await;
    let here = school.sign_in(Teacher).await;
    let colleague = school.sign_in(Office).await;
    let new = address();
    let link = link(&school, &here, &new).await;

    let answer = uses(&colleague, &link).await;

    answer.is_ok().shows("From now on you sign in with");
    assert_eq!(answer.cookie(), None);
    assert!(here.get("/account").await.leads_to("/sign-in"));
    colleague.get("/account").await.is_ok();
}

#[actix_web::test]
async fn nothing_changes_without_the_present_password_and_the_guess_counts() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;

    let wrong = teacher.post("/account/email", [("email", &*address()), ("current", "a wrong guess")]).await;

    wrong.has_status(422).shows("id=\"current-error\"");
    assert!(school.post_comes().is_empty());
    let query =
        format!("select failed_login_attempts::text as line from users where email = '{}'", teacher.email);
    assert_eq!(database::lines(&mut database::lobby(), &query), ["1"]);
}

#[actix_web::test]
async fn what_is_no_other_address_is_refused_by_the_field() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;

    for typed in
        ["", "rosa", "a\u{0}b@belfry.example", "a@b\r\nBcc: c@d.example", &teacher.email.to_uppercase()]
    {
        asks(&teacher, typed).await.has_status(422).shows("id=\"email-error\"");
    }
    assert!(school.post_comes().is_empty());
}

#[actix_web::test]
async fn who_has_to_wait_keeps_what_they_typed() {
    let school = School::open().await;
    let (teacher, new) = (school.sign_in(Teacher).await, address());
    let guess = [("email", &*new), ("current", "a wrong guess")];
    teacher.post("/account/email", guess).await.has_status(422);

    let too_soon = asks(&teacher, &new).await;
    school.clock.set(school.clock.now() + TimeDelta::minutes(1));
    asks(&teacher, &new).await.redirects_to("/account?done=address-asked");
    let too_much = asks(&teacher, &new).await;

    for (answer, field) in [(too_soon, "current"), (too_much, "email")] {
        answer
            .has_status(429)
            .shows(&format!("id=\"{field}-error\""))
            .shows(&format!("value=\"{new}\""))
            .hides(PASSWORD);
        assert!(answer.header("retry-after").parse::<u64>().unwrap() > 0);
    }
}

#[actix_web::test]
async fn looking_at_a_link_uses_nothing_up_and_using_it_does_t26() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let new = address();
    let link = link(&school, &teacher, &new).await;

    for _ in 0..3 {
        school.outsider().get(&link).await.is_ok();
    }
    uses(&school.outsider(), &link).await.is_ok();

    uses(&school.outsider(), &link).await.has_status(410);
    school.outsider().get(&link).await.has_status(410).shows("opens nothing any more");
}

#[actix_web::test]
async fn no_link_to_an_address_stands_in_the_database_t26() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let new = address();
    let link = link(&school, &teacher, &new).await;
    let token = link.rsplit('/').next().unwrap();

    let kept = database::lines(
        &mut database::lobby(),
        &format!(
            "select row_to_json(t)::text as line from email_verification_tokens t where email = '{new}'
            union all select row_to_json(m)::text from outgoing_mail m where address = '{new}'"
        ),
    );

    assert_eq!(kept.len(), 2);
    assert!(kept.iter().all(|row| !row.contains(token)), "{kept:?}");
}

#[actix_web::test]
async fn a_link_is_worth_nothing_after_an_hour_t27() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let link = link(&school, &teacher, &address()).await;
    let asked = school.clock.now();

    school.clock.set(asked + TimeDelta::minutes(60) - TimeDelta::seconds(1));
    school.outsider().get(&link).await.is_ok();
    school.clock.set(asked + TimeDelta::minutes(60));

    uses(&school.outsider(), &link).await.has_status(410);
}

#[actix_web::test]
async fn an_older_link_is_worth_nothing_once_a_newer_one_was_asked_for_t27() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let (one, other) = (address(), address());
    let older = link(&school, &teacher, &one).await;

    asks(&teacher, &other).await.redirects_to("/account?done=address-asked");

    uses(&school.outsider(), &older).await.has_status(410);
    let newer = to(&school.post_comes(), &other).path();
    uses(&school.outsider(), &newer).await.is_ok();
}

#[actix_web::test]
async fn a_link_is_worth_nothing_once_the_account_is_another_t27() {
    let school = School::open().await;
    for change in [
        "update users set email_canonical = 'again-' || email_canonical where organization_id = $1 and email = $2",
        "update users set disabled_at = now() where organization_id = $1 and email = $2",
        "update users set deleted_at = now() where organization_id = $1 and email = $2",
    ] {
        let teacher = school.sign_in(Teacher).await;
        let link = link(&school, &teacher, &address()).await;

        school.run(change, &teacher.email);

        uses(&school.outsider(), &link).await.has_status(410);
        school.run(
            "update users set email_canonical = email, disabled_at = null, deleted_at = null where organization_id = $1 and email = $2",
            &teacher.email,
        );
        uses(&school.outsider(), &link).await.has_status(410);
    }
}

#[actix_web::test]
async fn what_waits_in_the_post_while_an_account_is_disabled_opens_nothing_later() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    asks(&teacher, &address()).await.redirects_to("/account?done=address-asked");
    let forgets = school.outsider().post("/password-reset", [("email", &*teacher.email)]).await;
    forgets.redirects_to("/password-reset/sent");

    for disabled in ["now()", "null"] {
        let change =
            format!("update users set disabled_at = {disabled} where organization_id = $1 and email = $2");
        school.run(&change, &teacher.email);
    }

    let came = school.post_comes();
    assert!(came.iter().all(|mail| !mail.text.contains("http")), "a link came after all");
}

#[actix_web::test]
async fn a_new_password_ends_a_change_that_somebody_else_asked_for_even_if_its_mail_comes_later() {
    let school = School::open().await;
    for comes_before in [true, false] {
        let teacher = school.sign_in(Teacher).await;
        let new = address();
        asks(&teacher, &new).await.redirects_to("/account?done=address-asked");
        let link = comes_before.then(|| to(&school.post_comes(), &new).path());

        let form = [("current", PASSWORD), ("password", "quiet otters fold maps")];
        teacher.post("/account/password", form).await.redirects_to("/account?done=password");

        match link {
            Some(link) => drop(uses(&school.outsider(), &link).await.has_status(410)),
            None => assert!(school.post_comes().iter().all(|mail| mail.to != new), "a link came to {new}"),
        }
    }
}

#[actix_web::test]
async fn links_for_passwords_die_with_the_address_t25() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    school
        .outsider()
        .post("/password-reset", [("email", &*teacher.email)])
        .await
        .redirects_to("/password-reset/sent");
    let reset = school.post_comes().remove(0).path();
    school.outsider().get(&reset).await.is_ok();
    let new = address();
    let link = link(&school, &teacher, &new).await;

    uses(&school.outsider(), &link).await.is_ok();

    school.outsider().get(&reset).await.has_status(410);
}

#[actix_web::test]
async fn of_two_who_want_one_address_one_gets_it_and_the_other_is_told_t27() {
    let school = School::open().await;
    let (one, other) = (school.sign_in(Teacher).await, school.sign_in(Teacher).await);
    let new = address();
    let links = [link(&school, &one, &new).await, link(&school, &other, &new.to_uppercase()).await];
    let stranger = school.outsider();

    let answers = futures::future::join(uses(&stranger, &links[0]), uses(&stranger, &links[1])).await;

    let (won, lost) = if answers.0.status == 200 { answers } else { (answers.1, answers.0) };
    won.is_ok();
    lost.has_status(422).shows("Somebody signs in with this address already.");
    let query = format!("select count(*)::text as line from users where email_canonical = '{new}'");
    assert_eq!(database::lines(&mut database::lobby(), &query), ["1"]);
}

#[actix_web::test]
async fn nobody_learns_from_asking_who_has_an_address_t23() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let taken = school.employ(Office);

    let (known, unknown) = (asks(&teacher, &taken).await, asks(&teacher, &address()).await);

    assert_eq!((known.status, known.header("location")), (unknown.status, unknown.header("location")));
    assert_eq!(known.headers.len(), unknown.headers.len());
    assert!(school.post_comes().iter().all(|mail| mail.to != taken), "a stranger is bothered");
}

#[actix_web::test]
async fn somebody_confirms_the_address_that_they_have() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    teacher.get("/account").await.shows("Not confirmed");
    teacher.post("/account/email/verification", []).await.redirects_to("/account?done=link");
    let mails = school.post_comes();
    assert_eq!(mails[0].to, teacher.email);
    assert!(mails[0].text.contains("within 60 minutes"), "{}", mails[0].text);

    uses(&school.outsider(), &mails[0].path()).await.is_ok().shows("reaches you");

    teacher.get("/account").await.is_ok().shows("Confirmed").hides("Send a link");
    uses(&school.outsider(), &mails[0].path()).await.has_status(410);
}

#[actix_web::test]
async fn a_password_chosen_through_a_link_confirms_the_address_that_it_went_to() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    school
        .outsider()
        .post("/password-reset", [("email", &*email)])
        .await
        .redirects_to("/password-reset/sent");
    let link = school.post_comes().remove(0).path();

    let chosen = "quiet otters fold maps";
    school.outsider().post(&link, [("password", chosen)]).await.redirects_to("/sign-in?new-password=1");

    let teacher = school.outsider().signing_in(&email, chosen).await;
    teacher.get("/account").await.shows("Confirmed").hides("Not confirmed");
}

#[actix_web::test]
async fn one_address_is_not_flooded_with_links() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let new = address();
    for _ in 0..3 {
        asks(&teacher, &new).await.redirects_to("/account?done=address-asked");
    }

    asks(&teacher, &new).await.has_status(429);
}

#[actix_web::test]
async fn the_change_log_says_which_address_somebody_had_and_which_they_moved_to() {
    let school = School::open().await;
    let here = school.sign_in(Teacher).await;
    let new = address();
    let link = link(&school, &here, &new).await;

    uses(&school.outsider(), &link).await.is_ok();

    let own = "select count(*) as n from change_events where organization_id = $1 and entity = 'users' and user_id = subject_id";
    assert_eq!(school.number(own), 1);
    school.changed_it_today();
    let administrator = school.sign_in(Administrator).await;
    let moved = format!("{} → {new}", here.email);
    administrator.get("/change-log?entity=users").await.shows(&moved);
    administrator.get(&school.account(&new)).await.shows(&moved);
}
