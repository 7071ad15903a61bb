//! Wrong guesses: counted, slowed down, and never a way to shut somebody out.

use std::{
    net::Ipv4Addr,
    sync::atomic::{AtomicU32, Ordering},
};

use chrono::TimeDelta;
use school::{
    Error,
    access::{
        password::{Work, computed_here},
        session::{Device, Token},
    },
    lobby::Attempt,
};

use crate::support::{
    School, Teacher, database,
    school::{LITTLE, PASSWORD, unique},
};

/// A browser at a network address of its own, so that tests don't count for one another.
pub(crate) fn browser(token: Option<Token>) -> Device {
    static COUNT: AtomicU32 = AtomicU32::new(0x0a00_0000);
    Device {
        address: Ipv4Addr::from(COUNT.fetch_add(1, Ordering::Relaxed)).to_string(),
        user_agent: "A browser".into(),
        token,
        renewal: None,
    }
}

/// The same at a given address.
fn browser_at(address: &str) -> Device {
    Device { address: address.to_owned(), ..browser(None) }
}

/// What one password costs.
fn of(work: Work) -> u64 {
    u64::from(work.memory) * u64::from(work.passes)
}

impl School {
    fn tries(&self, email: &str, password: &str, device: &Device) -> Attempt {
        self.lobby.sign_in((email, password), false, device, None).unwrap()
    }

    fn guesses_on(&self, email: &str) -> String {
        let query = format!("select failed_login_attempts::text as line from users where email = '{email}'");
        database::lines(&mut database::lobby(), &query).remove(0)
    }
}

#[actix_web::test]
async fn a_hundred_guesses_at_once_count_a_hundred_t21() {
    let school = School::open().await;
    let email = school.employ(Teacher);

    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..25 {
                    let attempt = school.tries(&email, "a wrong guess", &browser(None));
                    assert!(matches!(attempt, Attempt::Wrong));
                }
            });
        }
    });

    assert_eq!(school.guesses_on(&email), "100");
    let siege = school.tries(&email, PASSWORD, &browser(None));
    assert!(matches!(siege, Attempt::Wrong), "the lock does not hold: {siege:?}");
}

#[actix_web::test]
async fn a_stranger_does_not_shut_a_teacher_out_of_their_own_browser_t22() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    let Attempt::Welcome { device, .. } = school.tries(&email, PASSWORD, &browser(None)) else {
        panic!("the teacher is not let in at first");
    };

    for _ in 0..1000 {
        school.tries(&email, "a wrong guess", &browser(None));
    }

    let elsewhere = school.tries(&email, PASSWORD, &browser(None));
    assert!(!matches!(elsewhere, Attempt::Welcome { .. }), "the lock does not hold");
    let own = school.tries(&email, PASSWORD, &browser(Some(device)));
    assert!(matches!(own, Attempt::Welcome { .. }), "the teacher is shut out: {own:?}");
}

#[actix_web::test]
async fn the_ladder_is_short_and_ends_t22() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    let steps = [(1, 1), (3, 3), (9, 5), (25, 10), (100, 60)];
    let mut guesses = 0;

    for (after, seconds) in steps {
        while guesses < after {
            school.clock.set(school.clock.now() + TimeDelta::minutes(1));
            school.tries(&email, "a wrong guess", &browser(None));
            guesses += 1;
        }
        let attempt = school.tries(&email, PASSWORD, &browser(None));
        match attempt {
            Attempt::Wait(wait) => assert_eq!(wait, seconds, "after {after}"),
            Attempt::Wrong => assert!(after >= 25, "after {after}"),
            other => panic!("no wait after {after}: {other:?}"),
        }
    }

    school.clock.set(school.clock.now() + TimeDelta::seconds(60));
    let attempt = school.tries(&email, PASSWORD, &browser(None));
    assert!(matches!(attempt, Attempt::Welcome { .. }), "{attempt:?}");
    assert_eq!(school.guesses_on(&email), "0");
}

#[actix_web::test]
async fn each_step_of_the_ladder_lasts_to_its_last_moment_t22() {
    let school = School::open().await;
    let (start, milliseconds) = (school.clock.now(), TimeDelta::milliseconds);

    for (at, waits) in [(-2, true), (1, true), (999, true), (1000, false)] {
        let email = school.employ(Teacher);
        school.clock.set(start);
        school.tries(&email, "a wrong guess", &browser(None));
        school.clock.set(start + milliseconds(at));

        let attempt = school.tries(&email, PASSWORD, &browser(None));

        assert_eq!(matches!(attempt, Attempt::Wait(1 | 2)), waits, "after {at} ms: {attempt:?}");
    }
}

#[actix_web::test]
async fn guesses_while_the_wait_runs_count_and_make_it_no_longer_t22() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    let start = school.clock.now();
    let at = |seconds| school.clock.set(start + TimeDelta::seconds(seconds));
    for _ in 0..100 {
        school.tries(&email, "a wrong guess", &browser(None));
    }

    for seconds in [1, 2, 20, 40, 59, 60] {
        at(seconds);
        school.tries(&email, "a wrong guess", &browser(None));
        let in_vain = school.tries(&email, PASSWORD, &browser(None));
        assert!(matches!(in_vain, Attempt::Wrong), "let in after {seconds} s: {in_vain:?}");
    }

    assert_eq!(school.guesses_on(&email), "106");
    at(61);
    let attempt = school.tries(&email, PASSWORD, &browser(None));
    assert!(matches!(attempt, Attempt::Welcome { .. }), "the owner is shut out: {attempt:?}");
}

#[actix_web::test]
async fn who_guesses_all_the_time_is_answered_truly_once_a_minute_t22() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    let start = school.clock.now();
    let waits_until = || school.kept(&email, "locked_until");
    for _ in 0..100 {
        school.tries(&email, "a wrong guess", &browser(None));
    }

    let mut waits = std::collections::BTreeSet::new();
    for seconds in 1..=180 {
        school.clock.set(start + TimeDelta::seconds(seconds));
        school.tries(&email, "a wrong guess", &browser(None));
        waits.insert(waits_until());
    }

    assert_eq!(waits.len(), 3, "{waits:?}");
}

#[actix_web::test]
async fn guesses_of_yesterday_are_forgotten() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    for _ in 0..30 {
        school.tries(&email, "a wrong guess", &browser(None));
    }

    school.clock.set(school.clock.now() + TimeDelta::hours(25));
    school.tries(&email, "a wrong guess", &browser(None));

    assert_eq!(school.guesses_on(&email), "1");
    let attempt = school.tries(&email, PASSWORD, &browser(None));
    assert!(matches!(attempt, Attempt::Wait(1)), "{attempt:?}");
}

#[actix_web::test]
async fn a_known_browser_that_guesses_too_often_is_any_browser() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    let Attempt::Welcome { device, .. } = school.tries(&email, PASSWORD, &browser(None)) else {
        panic!("the teacher is not let in at first");
    };

    for _ in 0..40 {
        school.tries(&email, "a wrong guess", &browser(Some(device.clone())));
    }

    assert_eq!(school.guesses_on(&email), "30", "the first ten are its own");
    let attempt = school.tries(&email, PASSWORD, &browser(Some(device)));
    assert!(!matches!(attempt, Attempt::Welcome { .. }), "{attempt:?}");
}

#[actix_web::test]
async fn a_browser_known_to_one_is_not_known_to_another_t22() {
    let school = School::open().await;
    let (one, other) = (school.employ(Teacher), school.employ(Teacher));
    let Attempt::Welcome { device, .. } = school.tries(&one, PASSWORD, &browser(None)) else {
        panic!("the teacher is not let in at first");
    };
    for _ in 0..30 {
        school.tries(&other, "a wrong guess", &browser(None));
    }

    let attempt = school.tries(&other, PASSWORD, &browser(Some(device.clone())));

    assert!(!matches!(attempt, Attempt::Welcome { .. }), "{attempt:?}");
    school.clock.set(school.clock.now() + TimeDelta::minutes(2));
    let Attempt::Welcome { device: shared, .. } =
        school.tries(&other, PASSWORD, &browser(Some(device.clone())))
    else {
        panic!("the other is not let in");
    };
    assert!(shared == device, "two who share a browser share its token");
}

#[actix_web::test]
async fn a_made_up_device_is_not_taken_over() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    let planted = Token::random().unwrap();

    let Attempt::Welcome { device, .. } = school.tries(&email, PASSWORD, &browser(Some(planted.clone())))
    else {
        panic!("the teacher is not let in");
    };

    assert!(device != planted);
}

#[actix_web::test]
async fn a_school_behind_one_address_may_slip_and_a_flood_from_it_waits() {
    let school = School::open().await;
    let (email, owner) = (school.employ(Teacher), school.employ(Teacher));
    let address = format!("2001:db8:{:x}:7::5", std::process::id() % 0xffff);
    let Attempt::Welcome { device, .. } = school.tries(&owner, PASSWORD, &browser_at(&address)) else {
        panic!("not let in");
    };

    for slip in 0..300 {
        school.tries(
            &unique("nobody@belfry.example"),
            "a wrong guess",
            &browser_at(&format!("2001:db8:{:x}:7::{slip:x}", std::process::id() % 0xffff)),
        );
    }

    let refused = school.lobby.sign_in((&email, PASSWORD), false, &browser_at(&address), None);
    assert!(matches!(refused, Err(Error::TooMany(2))), "{refused:?}");
    let known = Device { token: Some(device), ..browser_at(&address) };
    assert!(matches!(school.tries(&owner, PASSWORD, &known), Attempt::Welcome { .. }));
    school.clock.set(school.clock.now() + TimeDelta::minutes(2));
    assert!(matches!(school.tries(&email, PASSWORD, &browser_at(&address)), Attempt::Welcome { .. }));
}

#[actix_web::test]
async fn as_much_is_computed_whoever_tries_t24() {
    let school = School::open().await;
    let [known, locked, disabled, without] = [0; 4].map(|_| school.employ(Teacher));
    for _ in 0..30 {
        school.tries(&locked, "a wrong guess", &browser(None));
    }
    let mut lobby = database::lobby();
    database::run(&mut lobby, &format!("update users set disabled_at = now() where email = '{disabled}'"));
    database::run(&mut lobby, &format!("update users set password_hash = null where email = '{without}'"));

    for email in [&*known, &*locked, &*disabled, &*without, "nobody@belfry.example", "no address"] {
        for password in [PASSWORD, "a wrong guess"] {
            let before = computed_here();
            school.tries(email, password, &browser(None));
            assert_eq!(computed_here() - before, of(LITTLE), "{email}");
        }
    }
}

#[actix_web::test]
async fn a_password_kept_with_less_work_is_computed_anew_at_the_next_sign_in() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    let more = Work { passes: LITTLE.passes + 1, ..LITTLE };
    let lobby = school.lobby.clone().computing(more);
    let kept = || {
        let query = format!(
            "select users.password_hash as line from users join password_histories past
               on past.user_id = users.id and past.password_hash = users.password_hash where email = '{email}'"
        );
        database::lines(&mut database::lobby(), &query).remove(0)
    };
    let computes = |password: &str| {
        let before = computed_here();
        lobby.sign_in((&email, password), false, &browser(None), None).unwrap();
        computed_here() - before
    };
    let before = kept();

    assert_eq!(computes("a wrong guess"), of(LITTLE));
    assert_eq!(kept(), before, "a wrong guess was kept");
    school.clock.set(school.clock.now() + TimeDelta::seconds(2));
    assert_eq!(computes(PASSWORD), of(LITTLE) + of(more), "once to look, once more to keep");

    assert!(kept().contains(&format!("t={}", more.passes)), "{}", kept());
    assert_eq!(computes(PASSWORD), of(more));
    let attempt = lobby.sign_in((&email, PASSWORD), false, &browser(None), None).unwrap();
    assert!(matches!(attempt, Attempt::Welcome { .. }), "{attempt:?}");
}

#[actix_web::test]
async fn nobody_learns_which_addresses_are_known_t23() {
    let school = School::open().await;
    let [known, locked, disabled, deleted] = [0; 4].map(|_| school.employ(Teacher));
    for _ in 0..30 {
        school.tries(&locked, "a wrong guess", &browser(None));
    }
    let mut lobby = database::lobby();
    database::run(&mut lobby, &format!("update users set disabled_at = now() where email = '{disabled}'"));
    database::run(&mut lobby, &format!("update users set deleted_at = now() where email = '{deleted}'"));
    let stranger = school.outsider();
    let said = async |email: &str, password: &str| {
        let answer = stranger.post("/session", [("email", email), ("password", password)]).await;
        let mut headers: Vec<_> = answer.headers.keys().map(ToString::to_string).collect();
        headers.sort();
        (answer.status, headers, answer.body.replace(email, "EMAIL"))
    };

    let nobody = said("nobody@belfry.example", "a wrong guess").await;

    for email in [&known, &locked, &disabled, &deleted] {
        assert_eq!(said(email, "a wrong guess").await, nobody, "{email}");
    }
    for email in [&locked, &disabled, &deleted] {
        assert_eq!(said(email, PASSWORD).await, nobody, "{email} with the right password");
    }
}

#[actix_web::test]
async fn networks_that_were_quiet_for_a_week_are_forgotten() {
    let school = School::open().await;
    let (old, new) = (browser(None), browser(None));
    let kept = |address: &str| {
        let query = format!("select address as line from sign_in_failures where address = '{address}'");
        database::lines(&mut database::lobby(), &query).len()
    };
    school.tries("nobody@belfry.example", "a wrong guess", &old);
    assert_eq!(kept(&old.address), 1);

    let long_ago =
        format!("update sign_in_failures set failed_at = '2020-01-01' where address = '{}'", old.address);
    database::run(&mut database::lobby(), &long_ago);
    school.tries("nobody@belfry.example", "a wrong guess", &new);

    assert_eq!((kept(&old.address), kept(&new.address)), (0, 1));
}
