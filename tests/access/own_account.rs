//! One's own account: particulars, and where one is signed in.

use reqwest::{Method, header::USER_AGENT};

use crate::support::{
    Answer, Office, Person, School, Teacher, database,
    school::{PASSWORD, unique},
};

const FIREFOX: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0";

/// The same person in a browser that says what it is.
async fn signs_in_with(school: &School, email: &str, browser: &str) -> Person {
    let stranger = school.outsider();
    let form = stranger.form(Method::POST, "/session", &[("email", email), ("password", PASSWORD)]);
    let answer = Answer::of(form.header("sec-fetch-site", "same-origin").header(USER_AGENT, browser)).await;
    answer.redirects_to("/");
    stranger.holding(answer.cookie())
}

/// The ids of the sessions that somebody's page offers to end.
async fn offered(person: &Person) -> Vec<String> {
    let page = person.get("/account").await;
    page.is_ok();
    page.body
        .split("/account/sessions/")
        .skip(1)
        .filter_map(|rest| rest.split("/end").next())
        .filter(|id| id.len() == 36)
        .map(str::to_owned)
        .collect()
}

async fn is_out(person: &Person) -> bool {
    person.get("/account").await.leads_to("/sign-in")
}

#[actix_web::test]
async fn a_teacher_changes_how_colleagues_see_them() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    teacher.get("/account/edit").await.shows("value=\"Lindqvist\"");

    let form = [
        ("first_name", "Rósa"),
        ("last_name", "Lindqvist-Bae"),
        ("phone", " 07700 900 132 "),
        ("language", "en-GB"),
    ];
    teacher.post("/account", form).await.redirects_to("/account?done=particulars");

    let page = teacher.get("/account?done=particulars").await;
    page.shows("Rósa Lindqvist-Bae").shows(">07700 900 132<").shows("English (United Kingdom)");
    page.shows("Your particulars are kept.");
    teacher
        .post("/account", [("first_name", "Rosa"), ("last_name", "Bae")])
        .await
        .redirects_to("/account?done=particulars");
    teacher.get("/account").await.hides("07700").shows("the school’s");
}

#[actix_web::test]
async fn what_is_typed_wrongly_is_kept_and_said_by_the_field() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;

    for (field, value) in [
        ("first_name", ""),
        ("first_name", "a\u{200b}b"),
        ("last_name", &*"x".repeat(101)),
        ("phone", &*"1".repeat(41)),
        ("language", "tlh"),
    ] {
        let mut form =
            vec![("first_name", "Rosa"), ("last_name", "Typed-Again"), ("phone", "1"), ("language", "")];
        form.retain(|(name, _)| *name != field);
        form.push((field, value));
        let answer = teacher.send(Method::POST, "/account", &form).await;
        answer.has_status(422).shows(&format!("id=\"{field}-error\""));
        assert!(field == "last_name" || answer.body.contains("Typed-Again"), "{}", answer.body);
    }
    teacher.get("/account").await.shows("Rosa Lindqvist");
}

#[actix_web::test]
async fn somebody_sees_where_they_are_signed_in_and_which_one_this_is() {
    let school = School::open().await;
    let here = school.sign_in(Teacher).await;
    signs_in_with(&school, &here.email, FIREFOX).await;
    school.sign_in(Office).await;

    let page = here.get("/account").await;

    page.shows("Firefox on Windows").shows("127.0.0.1").shows("This browser");
    assert_eq!(page.body.matches("last seen").count(), 2, "{}", page.body);
    assert_eq!(offered(&here).await.len(), 1, "the one that asks is not offered");
}

#[actix_web::test]
async fn one_browser_is_signed_out_and_the_others_stay_t19() {
    let school = School::open().await;
    let here = school.sign_in(Teacher).await;
    let one = signs_in_with(&school, &here.email, FIREFOX).await;
    let [id] = &offered(&here).await[..] else { panic!("not one other") };
    let other = signs_in_with(&school, &here.email, "Another").await;

    here.post(&format!("/account/sessions/{id}/end"), []).await.redirects_to("/account?done=session");

    assert!(is_out(&one).await);
    assert!(!is_out(&other).await && !is_out(&here).await);
    here.post(&format!("/account/sessions/{id}/end"), []).await.is_missing();
}

#[actix_web::test]
async fn nobody_ends_a_colleagues_session_t01() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let elsewhere = signs_in_with(&school, &teacher.email, FIREFOX).await;
    let [id] = &offered(&teacher).await[..] else { panic!("not one other") };
    let colleague = school.sign_in(Office).await;

    colleague.post(&format!("/account/sessions/{id}/end"), []).await.is_missing();

    assert!(!is_out(&elsewhere).await);
}

#[actix_web::test]
async fn somebody_signs_out_everywhere_but_here_and_then_everywhere_t19() {
    let school = School::open().await;
    let here = school.sign_in(Teacher).await;
    let elsewhere = signs_in_with(&school, &here.email, FIREFOX).await;
    let colleague = school.sign_in(Office).await;

    here.post("/account/sessions/end", [("but", "here")]).await.redirects_to("/account?done=sessions");
    assert!(is_out(&elsewhere).await && !is_out(&here).await);
    let elsewhere = signs_in_with(&school, &here.email, FIREFOX).await;
    here.post("/account/sessions/end", []).await.redirects_to("/sign-in");

    assert!(is_out(&elsewhere).await && is_out(&here).await);
    assert!(!is_out(&colleague).await);
}

#[actix_web::test]
async fn a_browser_that_says_strange_things_of_itself_is_shown_safely_t43() {
    let school = School::open().await;
    let here = school.sign_in(Teacher).await;
    signs_in_with(&school, &here.email, &format!("<script>alert(1)</script>{}", "x".repeat(4000))).await;

    here.get("/account").await.is_ok().hides("<script>alert").shows("Unknown browser");
}

#[actix_web::test]
async fn whoever_sends_more_than_their_particulars_changes_no_more_t07() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let before = kept(&teacher.email);

    let other = unique("nobody");
    let form = [
        ("first_name", "Rosa"),
        ("last_name", "Lindqvist"),
        ("email", &*other),
        ("epoch", "7"),
        ("role_id", "x"),
    ];
    teacher.post("/account", form).await.redirects_to("/account?done=particulars");

    assert_eq!(kept(&teacher.email), before);
}

fn kept(email: &str) -> Vec<String> {
    let query = format!(
        "select (to_jsonb(u) - 'updated_at' - 'updated_by_id' - 'last_seen_at')::text as line from users u where email = '{email}'"
    );
    database::lines(&mut database::lobby(), &query)
}
