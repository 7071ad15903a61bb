//! A token that renews is used once: whoever uses it again has copied it, or asked twice at once.

use chrono::TimeDelta;
use proptest::prelude::{Strategy, prop};
use reqwest::Method;
use school::{
    Error,
    access::{renewal::Opened, session::Token},
    lobby::Attempt,
};

use super::{guesses::browser, staying::STAY};
use crate::support::{Answer, School, Teacher, database, school::PASSWORD};

/// What a browser holds that stays signed in.
struct Held {
    email: String,
    first: Token,
}

impl School {
    fn signs_in_to_stay(&self) -> Held {
        let email = self.employ(Teacher);
        let attempt = self.lobby.sign_in((&email, PASSWORD), true, &browser(None), None).unwrap();
        let Attempt::Welcome { opened, .. } = attempt else { panic!("not let in") };
        Held { email, first: next(&opened) }
    }

    fn presents(&self, token: &Token) -> Result<Opened, Error> {
        self.lobby.renew(token, &browser(None)).map(|(_, opened)| opened)
    }

    fn later(&self, seconds: i64) {
        self.clock.set(self.clock.now() + TimeDelta::seconds(seconds));
    }
}

fn next(opened: &Opened) -> Token {
    opened.renewal.as_ref().unwrap().token.clone()
}

#[track_caller]
fn is_refused(answer: &Result<Opened, Error>) {
    assert!(matches!(answer, Err(Error::SignedOut)), "{answer:?}");
}

fn lines(query: &str) -> Vec<String> {
    database::lines(&mut database::lobby(), query)
}

#[actix_web::test]
async fn of_fifty_renewals_each_token_is_used_once_and_they_make_one_list_t34() {
    let school = School::open().await;
    let held = school.signs_in_to_stay();
    let mut token = held.first.clone();
    let mut seen = vec![token.written()];

    for _ in 0..50 {
        school.later(60);
        token = next(&school.presents(&token).unwrap());
        assert!(!seen.contains(&token.written()));
        seen.push(token.written());
    }

    is_one_list(&held.email, 51);
}

/// Every token but the last names the next, and the next names it.
#[track_caller]
fn is_one_list(email: &str, length: usize) {
    let walked = lines(&format!(
        "with recursive walk as (
           select t.* from auth_refresh_tokens t join users on users.id = user_id where email = '{email}' and previous_token_id is null
           union all select t.* from walk join auth_refresh_tokens t on t.id = walk.replaced_by_token_id and t.previous_token_id = walk.id)
         select count(*) || ' of ' || (select count(*) from auth_refresh_tokens t join users on users.id = user_id where email = '{email}')
           || ' in ' || count(distinct family_id) || ' until ' || count(distinct expires_at) as line from walk"
    ));
    assert_eq!(walked, [format!("{length} of {length} in 1 until 1")]);
}

/// What a browser, or a thief, does next with the tokens that were given out so far.
#[derive(Clone, Copy, Debug)]
enum Step {
    Renews,
    AsksAgain,
    Presents(usize),
    Waits(i64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop::sample::select(vec![0, 0, 0, 1, 2, 3]).prop_flat_map(|kind| match kind {
        0 => prop::sample::select(vec![Step::Renews]).boxed(),
        1 => prop::sample::select(vec![Step::AsksAgain]).boxed(),
        2 => (0..6_usize).prop_map(Step::Presents).boxed(),
        _ => (1..25_i64).prop_map(Step::Waits).boxed(),
    });
    prop::collection::vec(step, 1..24)
}

/// Whatever is done in whatever order: the tokens make one list, a token opens only while the rules say so, and once
/// one was used that should not have been, nothing of the family opens any more.
#[actix_web::test]
async fn whatever_is_presented_in_whatever_order_the_family_stays_one_list_t34() {
    use proptest::test_runner::{Config, TestRunner};
    let school = School::open().await;
    let mut runner = TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });

    let outcome = runner.run(&steps(), |steps| {
        let held = school.signs_in_to_stay();
        let mut given = vec![(held.first.clone(), school.clock.now())];
        let mut is_over = false;
        for step in steps {
            let last = given.len() - 1;
            let at = match step {
                Step::Waits(seconds) => {
                    school.later(seconds);
                    continue;
                }
                Step::Renews => last,
                Step::AsksAgain => last.saturating_sub(1),
                Step::Presents(back) => last.saturating_sub(back),
            };
            // The successor was given when this one was used.
            let since = given.get(at + 1).map(|(_, used)| school.clock.now() - *used);
            let is_good = at == last || (at + 1 == last && since <= Some(TimeDelta::seconds(10)));
            let answer = school.presents(&given[at].0);
            assert_eq!(answer.is_ok(), is_good && !is_over, "{step:?}: {answer:?}");
            match answer {
                Ok(opened) if at == last => given.push((next(&opened), school.clock.now())),
                Ok(opened) => assert!(next(&opened) == given[last].0, "the same successor"),
                Err(_) => is_over = true,
            }
        }
        is_one_list(&held.email, given.len());
        Ok(())
    });

    outcome.unwrap();
}

#[actix_web::test]
async fn an_old_token_ends_the_family_for_both_and_its_owner_is_told_t35() {
    let school = School::open().await;
    let held = school.signs_in_to_stay();
    let second = next(&school.presents(&held.first).unwrap());
    let third = school.presents(&second).unwrap();

    is_refused(&school.presents(&held.first));

    assert_eq!(school.tokens(&held.email, "revoked_at is null"), 0, "kept although the answer is a refusal");
    is_refused(&school.presents(&next(&third)));
    assert!(matches!(school.lobby.resume(&third.session), Err(Error::SignedOut)));
    is_refused(&school.presents(&held.first));
    let kept = "select count(*) as n from access_events where organization_id = $1 and action = 'sign_in_refused' and kind = 'renewal'";
    assert_eq!(school.number(kept), 1);
    let mails = school.post_comes();
    assert_eq!(mails.len(), 1, "told once");
    assert_eq!(
        (&*mails[0].to, &*mails[0].subject),
        (&*held.email, "You were signed out at Harbourside Schools")
    );
}

#[actix_web::test]
async fn twenty_renewals_at_once_rotate_once_and_all_get_the_same_session_t36() {
    let school = School::open().await;
    let teacher = school.stays(Teacher).await;
    school.lapses(&teacher.email);
    let asked = (0..20).map(|_| {
        let teacher = teacher.clone();
        async move { teacher.get("/today").await }
    });

    let answers = futures::future::join_all(asked).await;

    let given: Vec<_> = answers.iter().map(|answer| answer.is_ok().cookie_called(STAY).unwrap()).collect();
    assert!(given.iter().all(|cookie| *cookie == given[0]), "{given:?}");
    assert_eq!(school.tokens(&teacher.email, "true"), 2, "rotated once");
    for answer in &answers {
        teacher.keeps(answer).get("/today").await.is_ok();
    }
    assert_eq!(school.tokens(&teacher.email, "true"), 2);
}

#[actix_web::test]
async fn whoever_signs_out_does_not_wait_for_a_renewal_that_waits_for_them_t36() {
    let school = School::open().await;
    let teacher = school.stays(Teacher).await;
    school.lapses(&teacher.email);
    let mut leaving = database::lobby();
    let theirs = |change: &str| {
        format!("{change} where user_id = (select id from users where email = '{}')", teacher.email)
    };
    database::run(&mut leaving, &format!("begin; {}", theirs("update sessions set ended_at = now()")));

    let (answer, ()) = futures::join!(teacher.get("/today"), async {
        database::waits_for(&mut leaving).await;
        let gives_back = theirs("update auth_refresh_tokens set revoked_at = now()");
        database::run(&mut leaving, &format!("set local lock_timeout = '200ms'; {gives_back}; commit"));
    });

    assert!(answer.leads_to("/sign-in"), "{}", answer.status);
    assert_eq!(school.tokens(&teacher.email, "revoked_at is null"), 0);
}

#[actix_web::test]
async fn whoever_never_got_the_answer_asks_again_and_goes_on_from_there_t37() {
    let school = School::open().await;
    let held = school.signs_in_to_stay();
    let lost = school.presents(&held.first).unwrap();

    school.later(10);
    let again = school.presents(&held.first).unwrap();

    assert!(again.session == lost.session && next(&again) == next(&lost));
    assert_eq!(school.tokens(&held.email, "true"), 2);
    school.later(3600);
    school.presents(&next(&again)).unwrap();
    assert!(school.post_comes().is_empty());
}

#[actix_web::test]
async fn the_token_before_is_a_copy_after_ten_seconds_t38() {
    let school = School::open().await;
    let held = school.signs_in_to_stay();
    let second = school.presents(&held.first).unwrap();

    school.later(11);

    is_refused(&school.presents(&held.first));
    is_refused(&school.presents(&next(&second)));
    assert_eq!(school.post_comes().len(), 1);
}

#[actix_web::test]
async fn the_one_before_the_token_before_is_a_copy_at_once_t38() {
    let school = School::open().await;
    let held = school.signs_in_to_stay();
    let second = next(&school.presents(&held.first).unwrap());
    let third = next(&school.presents(&second).unwrap());

    is_refused(&school.presents(&held.first));

    is_refused(&school.presents(&third));
}

#[actix_web::test]
async fn a_family_ends_after_two_weeks_however_often_it_was_renewed_t39() {
    let school = School::open().await;
    let held = school.signs_in_to_stay();
    let start = school.clock.now();
    let unused = school.signs_in_to_stay();
    let mut token = held.first.clone();
    for day in 1..14 {
        school.clock.set(start + TimeDelta::days(day));
        token = next(&school.presents(&token).unwrap());
    }

    school.clock.set(start + TimeDelta::days(14) - TimeDelta::seconds(1));
    token = next(&school.presents(&token).unwrap());
    school.clock.set(start + TimeDelta::days(14));

    is_refused(&school.presents(&token));
    is_refused(&school.presents(&unused.first));
    assert!(school.post_comes().is_empty(), "what is old is no theft");
}

#[actix_web::test]
async fn nobodys_token_and_half_a_token_renew_nothing_t39() {
    let school = School::open().await;
    let teacher = school.stays(Teacher).await;
    let whole = teacher.cookie.clone().unwrap().split(&format!("{STAY}=")).nth(1).unwrap()[..64].to_owned();

    is_refused(&school.presents(&Token::random().unwrap()));
    for value in [
        &whole[..63],
        &whole[..32],
        "",
        "%ff",
        &"a".repeat(6000),
        &format!("{whole}00"),
        &whole.to_uppercase(),
    ] {
        let person = school.outsider().holding(Some(format!("{STAY}={value}")));
        let answer = person.get("/account").await;
        let is_whole = value.eq_ignore_ascii_case(&whole);
        assert!(answer.leads_to("/sign-in") != is_whole, "{value}: {}", answer.status);
    }
}

#[actix_web::test]
async fn whoever_may_not_come_in_is_not_renewed_and_loses_nothing_by_asking_t39() {
    let school = School::open().await;
    for (leaves, comes_back) in
        [("disabled_at = now()", "disabled_at = null"), ("deleted_at = now()", "deleted_at = null")]
    {
        let held = school.signs_in_to_stay();
        let set = |what: &str| {
            school.run(
                &format!("update users set {what} where organization_id = $1 and email = $2"),
                &held.email,
            );
        };

        set(leaves);
        is_refused(&school.presents(&held.first));
        set(comes_back);

        school.presents(&held.first).unwrap();
    }
}

#[actix_web::test]
async fn whoever_asked_a_moment_before_and_came_a_moment_later_is_no_thief_t36() {
    let school = School::open().await;
    let held = school.signs_in_to_stay();
    let start = school.clock.now();
    school.clock.set(start + TimeDelta::milliseconds(2));
    let first = school.presents(&held.first).unwrap();

    school.clock.set(start);
    let other = school.presents(&held.first).unwrap();

    assert!(other.session == first.session && next(&other) == next(&first));
    assert!(school.post_comes().is_empty(), "two tabs are no theft");
}

#[actix_web::test]
async fn a_clock_that_went_back_renews_nothing_t39() {
    let school = School::open().await;
    let held = school.signs_in_to_stay();
    let second = next(&school.presents(&held.first).unwrap());

    school.later(-300);

    is_refused(&school.presents(&second));
    school.later(300);
    school.presents(&second).unwrap();
    school.later(-300);
    is_refused(&school.presents(&second));
    assert_eq!(school.post_comes().len(), 1, "a used token, and no time that it was used at");
}

#[actix_web::test]
async fn a_thief_and_the_owner_are_both_at_the_door_and_the_owner_reads_why() {
    let school = School::open().await;
    let owner = school.stays(Teacher).await;
    let thief = owner.clone();
    school.lapses(&owner.email);
    let stolen = thief.get("/today").await;
    let thief = thief.keeps(&stolen);
    school.later(60);
    school.lapses(&owner.email);

    let answer = owner.get("/today").await;

    answer.redirects_to("/sign-in?next=%2Ftoday");
    assert!(
        !owner.keeps(&answer).cookie.is_some_and(|held| held.contains(STAY)),
        "the token stays in the browser"
    );
    assert!(thief.get("/today").await.leads_to("/sign-in"));
    let by_htmx = thief.request(Method::GET, "/today").header("hx-request", "true");
    Answer::of(by_htmx).await.has_status(401);
    assert!(school.post_comes()[0].text.contains("used a second time"));
}
