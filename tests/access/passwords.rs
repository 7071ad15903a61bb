//! Which passwords are taken, and how one's own is changed.

use chrono::TimeDelta;

use super::guesses::browser;
use crate::support::{Answer, Person, School, Teacher, school::PASSWORD};

const NEW: &str = "quiet otters fold maps";

async fn changes(person: &Person, current: &str, password: &str) -> Answer {
    person.post("/account/password", [("current", current), ("password", password)]).await
}

#[actix_web::test]
async fn a_teacher_changes_their_password_and_stays_signed_in_here_alone_t19() {
    let school = School::open().await;
    let here = school.sign_in(Teacher).await;
    let elsewhere = school.outsider().signing_in(&here.email, PASSWORD).await;
    here.get("/account").await.shows("/account/password");

    let answer = changes(&here, PASSWORD, NEW).await;

    answer.redirects_to("/account?done=password");
    here.holding(answer.cookie()).get("/today").await.is_ok();
    for old in [&here, &elsewhere] {
        old.get("/today").await.redirects_to("/sign-in?next=%2Ftoday");
    }
    school.outsider().signing_in(&here.email, NEW).await;
}

#[actix_web::test]
async fn without_the_present_password_nothing_is_changed_and_the_guess_counts() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;

    changes(&teacher, "a wrong guess", NEW).await.has_status(422).shows("id=\"current-error\"");

    teacher.get("/today").await.is_ok();
    assert_eq!(
        school.number(&format!(
            "select failed_login_attempts::bigint as n from users where organization_id = $1 and email = '{}'",
            teacher.email
        )),
        1
    );
}

#[actix_web::test]
async fn what_everybody_or_a_colleague_would_guess_is_not_taken() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;

    for guessed in [
        "short one",
        "password1234",
        "qwertyuiopas",
        "RosaLindqvist",
        "harbourside1",
        "belfrybelfry",
        "aaaaaaaaaaaaaaa",
    ] {
        changes(&teacher, PASSWORD, guessed).await.has_status(422).shows("id=\"password-error\"");
    }
    school.run("update campuses set name = $2 where organization_id = $1", "Quollingbrook Street");
    let email = teacher.email.clone();
    let teacher = school.outsider().signing_in(&email, PASSWORD).await;
    let campus = "quollingbrook1";
    changes(&teacher, PASSWORD, campus).await.has_status(422).shows("id=\"password-error\"");
    school.outsider().post("/password-reset", [("email", &*email)]).await.has_status(303);
    let link = school.post_comes().remove(0).path();
    school.outsider().post(&link, [("password", campus)]).await.has_status(422).shows("guessed too easily");
    let long = "ä".repeat(129);
    changes(&teacher, PASSWORD, &long).await.has_status(422).shows("id=\"password-error\"");
}

/// Long enough, and on every list of what people choose.
const COMMON: [&str; 40] = [
    "123456789012",
    "1234567890123",
    "987654321012",
    "111111111111",
    "000000000000",
    "121212121212",
    "123123123123",
    "112233445566",
    "qwertyuiop12",
    "qwerty123456",
    "qwertyqwerty",
    "qwertyuiop123",
    "1q2w3e4r5t6y",
    "q1w2e3r4t5y6",
    "1qaz2wsx3edc",
    "qazwsxedcrfv",
    "zxcvbnm12345",
    "asdfghjkl123",
    "asdfasdfasdf",
    "passwordpassword",
    "password12345",
    "password2026",
    "Password123!",
    "P@ssw0rd1234",
    "iloveyou1234",
    "iloveyouiloveyou",
    "welcome12345",
    "letmein12345",
    "football1234",
    "baseball1234",
    "princess1234",
    "sunshine1234",
    "superman1234",
    "dragon123456",
    "monkey123456",
    "michael12345",
    "abcdefghijkl",
    "abc123abc123",
    "administrator",
    "trustno1trustno1",
];

#[test]
fn what_stands_on_lists_of_passwords_is_not_taken() {
    let taken: Vec<_> =
        COMMON.iter().filter(|common| school::access::password::check(common, &[]).is_ok()).collect();

    assert!(taken.is_empty(), "{taken:?}");
}

/// Nobody would guess them by rule; they were stolen elsewhere.
const STOLEN: [&str; 8] = [
    "raidersofthelostark",
    "RaidersOfTheLostArk",
    "worldoftanks2012",
    "dashonok666777",
    "lainus2425396",
    "washingtom197",
    "vjqgfhjkmdtxty86",
    " yanochka6396679 ",
];

#[test]
fn what_was_stolen_elsewhere_is_not_taken() {
    for stolen in STOLEN {
        let refused = school::access::password::check(stolen, &[]).unwrap_err().to_string();
        assert!(refused.contains("stolen elsewhere"), "{stolen}: {refused}");
    }
}

#[actix_web::test]
async fn no_kind_of_letter_is_asked_for_and_spaces_count() {
    let school = School::open().await;
    for taken in
        ["nur kleine buchstaben hier", "  außen leer  innen auch  ", "猫は屋根の上で静かに眠っている"]
    {
        let teacher = school.sign_in(Teacher).await;

        changes(&teacher, PASSWORD, taken).await.redirects_to("/account?done=password");

        school.outsider().signing_in(&teacher.email, taken).await;
        let trimmed = [("email", &*teacher.email), ("password", taken.trim())];
        if taken.trim() != taken {
            school.outsider().post("/session", trimmed).await.has_status(422);
        }
    }
}

#[actix_web::test]
async fn the_last_five_are_not_taken_again_and_the_sixth_is_t30() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let names = ["first", "second", "third", "fourth", "fifth"].map(|word| format!("{NEW} {word}"));
    let (mut now, mut current) = (teacher.clone(), PASSWORD.to_owned());
    for name in &names[..4] {
        let answer = changes(&now, &current, name).await;
        answer.redirects_to("/account?done=password");
        (now, current) = (now.holding(answer.cookie()), name.clone());
    }

    changes(&now, &current, &names[0]).await.has_status(422).shows("had this one before");
    let answer = changes(&now, &current, &names[4]).await;

    answer.redirects_to("/account?done=password");
    let now = now.holding(answer.cookie());
    changes(&now, &names[4], &names[0]).await.has_status(422).shows("had this one before");
    changes(&now, &names[4], PASSWORD).await.redirects_to("/account?done=password");
}

#[actix_web::test]
async fn of_two_changes_at_once_one_is_kept_t30() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let (one, other) = (format!("{NEW} one"), format!("{NEW} other"));

    let answers =
        futures::future::join(changes(&teacher, PASSWORD, &one), changes(&teacher, PASSWORD, &other)).await;

    // The second may be signed out by then, which leads to another page.
    let kept = [&answers.0, &answers.1].map(|answer| answer.leads_to("/account"));
    assert_eq!(kept.iter().filter(|kept| **kept).count(), 1, "{kept:?}");
    // Whoever came second may have guessed wrong by then.
    school.clock.set(school.clock.now() + TimeDelta::seconds(2));
    let now = if kept[0] { &one } else { &other };
    school.outsider().signing_in(&teacher.email, now).await;
}

#[actix_web::test]
async fn a_password_is_the_same_in_whatever_codes_a_keyboard_writes_it_t30() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let (composed, apart) = ("caf\u{e9} otters fold maps", "cafe\u{301} otters fold maps");
    let answer = changes(&teacher, PASSWORD, composed).await;
    answer.redirects_to("/account?done=password");
    let now = teacher.holding(answer.cookie());

    changes(&now, composed, apart).await.has_status(422).shows("had this one before");
    school.outsider().signing_in(&teacher.email, apart).await.get("/today").await.is_ok();
}

#[actix_web::test]
async fn a_password_is_counted_in_letters_and_its_most_in_bytes() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let eleven_letters = "\u{3bb}\u{3ce}\u{3c1}\u{3b1}\u{3c7}\u{3b8}\u{3c5}\u{3bc}\u{3ac}\u{3c6}\u{3bf}";
    let (longest, longer) = (long(256), long(257));

    let wide =
        "\u{ff50}\u{ff41}\u{ff53}\u{ff53}\u{ff57}\u{ff4f}\u{ff52}\u{ff44}\u{ff11}\u{ff12}\u{ff13}\u{ff14}";
    changes(&teacher, PASSWORD, wide).await.has_status(422).shows("stolen elsewhere");
    changes(&teacher, PASSWORD, eleven_letters).await.has_status(422).shows("12 characters");
    changes(&teacher, PASSWORD, &longer).await.has_status(422).shows("256 bytes");
    changes(&teacher, PASSWORD, &longest).await.redirects_to("/account?done=password");
    let here = school.outsider().signing_in(&teacher.email, &longest).await;
    here.get("/today").await.is_ok();
    // Three bytes each as they are typed, and one as they are kept.
    let typed: String = NEW.chars().map(wide_of).cycle().take(150).collect();
    changes(&here, &longest, &typed).await.redirects_to("/account?done=password");
    school.outsider().signing_in(&teacher.email, &typed).await.get("/today").await.is_ok();
}

fn wide_of(letter: char) -> char {
    if letter.is_ascii_lowercase() { char::from_u32(u32::from(letter) + 0xfee0).unwrap() } else { letter }
}

/// So many bytes that nobody guesses.
fn long(bytes: usize) -> String {
    format!("{NEW} ").chars().cycle().take(bytes).collect()
}

#[actix_web::test]
async fn strangers_guesses_do_not_keep_somebody_who_is_signed_in_from_a_new_password_t22() {
    let school = School::open().await;
    let email = school.employ(Teacher);
    let door = school.outsider();
    let teacher = door.keeps(&door.post("/session", [("email", &*email), ("password", PASSWORD)]).await);
    let unknown = school.outsider().signing_in(&email, PASSWORD).await;

    for _ in 0..30 {
        school.lobby.sign_in((&email, "a wrong guess"), false, &browser(None), None).unwrap();
    }

    let waits = changes(&unknown, PASSWORD, NEW).await;
    waits.has_status(429).shows("id=\"current-error\"").hides(NEW).hides(PASSWORD);
    assert!(waits.header("retry-after").parse::<u64>().unwrap() > 0);
    changes(&teacher, "a wrong guess", NEW).await.field_error("current", "not your password");
    changes(&teacher, PASSWORD, NEW).await.redirects_to("/account?done=password");
}
