//! That the record of access is kept before anybody sees anything, and what happens while it cannot be.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::PgConnection;

use crate::support::{
    Administrator, Office, School, Teacher,
    database::{self, lines, run, within},
    school::morning,
};

/// Holds up whatever is to be written into a school's record.
fn holds_up(school: &School) -> PgConnection {
    let mut conn = database::owner();
    run(&mut conn, "begin");
    let lock = format!(
        "select pg_advisory_xact_lock({}, hashtext('{}'))::text as line",
        database::RECORD,
        school.organization
    );
    lines(&mut conn, &lock);
    conn
}

fn kept(school: &School) -> i64 {
    school.number("select count(*) as n from access_events where organization_id = $1")
}

#[actix_web::test]
async fn while_the_record_cannot_be_kept_no_child_is_shown_and_none_marked_t98_a7() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let teacher = school.sign_in(Teacher).await;
    let before = kept(&school);
    let held = holds_up(&school);

    for page in [
        school.register(),
        format!("/students/{amal}"),
        "/students?q=Abd".to_owned(),
        "/students.csv".to_owned(),
    ] {
        let answer = teacher.get(&page).await;
        answer.has_status(503).hides("Abdullahi");
        assert!(!answer.header("retry-after").is_empty(), "{page}");
    }
    teacher.get("/board").await.has_status(503);
    teacher.marks(&school, amal, "present", 0).await.has_status(503);
    // What shows no child needs no record.
    teacher.get("/account").await.is_ok();

    drop(held);
    assert_eq!((kept(&school), school.marks_kept()), (before, 0));
    teacher.get(&school.register()).await.is_ok().shows("Abdullahi");
    assert_eq!(kept(&school), before + 1);
}

#[actix_web::test]
async fn a_refusal_that_could_not_be_kept_is_kept_when_it_comes_again_a2_t98() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let missing = format!("/students/{}", school::Uuid::new_v4());
    let before = kept(&school);
    let held = holds_up(&school);

    teacher.get("/board").await.has_status(503);
    teacher.get(&missing).await.has_status(503);

    drop(held);
    assert_eq!(kept(&school), before);
    for _ in 0..2 {
        teacher.get("/board").await.is_forbidden();
        teacher.get(&missing).await.is_missing();
    }
    assert_eq!(kept(&school), before + 2);
}

#[actix_web::test]
async fn nobody_sees_a_page_before_the_record_of_it_is_kept_a6() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    let teacher = school.sign_in(Teacher).await;
    let (before, path) = (kept(&school), school.register());
    let mut held = holds_up(&school);

    let looks = async {
        let answer = teacher.get(&path).await;
        (answer, kept(&school))
    };
    let waits = async {
        database::waits_for(&mut held).await;
        let unkept = kept(&school);
        run(&mut held, "rollback");
        unkept
    };
    let ((answer, after), unkept) = futures::join!(looks, waits);

    answer.is_ok().shows("Abdullahi");
    assert_eq!((unkept, after), (before, before + 1));
}

#[actix_web::test]
async fn whatever_a_browser_calls_itself_a_look_is_one_row_of_a_known_size_a8() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    let teacher = school.sign_in(Teacher).await;
    let before = kept(&school);
    let called = |name: String| teacher.request(reqwest::Method::GET, "/students").header("user-agent", name);

    for name in ["%0d%0a\tset-cookie: a=b".to_owned(), "Mozilla ".repeat(4_000)] {
        let answer = called(name).send().await.unwrap();
        assert!(answer.status().is_success() || answer.status().is_client_error(), "{answer:?}");
    }
    // A megabyte is refused unread, or the line is cut.
    if let Ok(answer) = called("Mozilla ".repeat(125_000)).send().await {
        assert!(answer.status().is_client_error(), "{answer:?}");
    }

    assert_eq!(kept(&school), before + 1);
    let longest = "select max(length(e::text))::text as line from access_events e";
    let longest: usize = lines(&mut within(school.organization), longest).concat().parse().unwrap();
    assert!(longest < 500, "{longest}");
}

#[actix_web::test]
async fn a_look_is_kept_in_universal_time_and_read_in_the_schools_a10() {
    let tokyo_evening =
        DateTime::parse_from_rfc3339("2026-11-23T23:50:00+09:00").unwrap().with_timezone(&Utc);
    let school = School::open_at(tokyo_evening).await;
    run(
        &mut database::lobby(),
        &format!("update organizations set time_zone = 'Asia/Tokyo' where id = '{}'", school.organization),
    );
    school.enroll("Amal", "Abdullahi");
    school.sign_in(Office).await.get("/students").await.is_ok();
    let administrator = school.sign_in(Administrator).await;

    let at = "select to_char(at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as line from access_events where kind = 'names'";
    assert_eq!(lines(&mut within(school.organization), at), ["2026-11-23 14:50"]);
    administrator.get("/access-log?kind=names").await.shows("23 Nov 23:50");
}

#[actix_web::test]
async fn years_ahead_a_look_is_kept_as_today_a12() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");

    for years in [1, 5, 40] {
        school.clock.set(morning() + TimeDelta::days(366 * years));
        let office = school.sign_in(Office).await;
        let before = kept(&school);
        office.get("/students").await.is_ok();
        assert_eq!(kept(&school), before + 1, "{years} years ahead");
    }
}
