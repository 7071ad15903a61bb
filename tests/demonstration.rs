//! The demonstration: what a newcomer finds, and what stays the next day.

use belfry::config::Serving;
use chrono::{DateTime, TimeZone, Utc};
use diesel::prelude::*;
use school::{
    access::organization::NewOrganization,
    clock::Clock,
    db::Database,
    demonstration::{self, Demonstration},
    lobby::Lobby,
};

use crate::{keeping::ready, postgres::ask, support::database};

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    counted: i64,
}

/// Counts as the owner, in the demonstration's first school.
#[expect(clippy::disallowed_methods, reason = "a test asks the tables what no page shows")]
fn count(what: &str) -> i64 {
    let mut conn = database::owner();
    diesel::sql_query(
        "select set_config('app.organization_id', (select id::text from organizations where slug = 'harbourside'), false)",
    )
    .execute(&mut conn)
    .unwrap();
    diesel::sql_query(format!("select count(*) as counted from {what}"))
        .get_result::<Counted>(&mut conn)
        .unwrap()
        .counted
}

fn raise_at(year: i32, month: u32, day: u32) -> Vec<Demonstration> {
    let now: DateTime<Utc> = Utc.with_ymd_and_hms(year, month, day, 9, 30, 0).unwrap();
    let database = Database::new(&database::place().addresses, 2, Clock::fixed(now));
    demonstration::raise(&Lobby::of(&database, Serving::usual())).unwrap()
}

/// One test, because there is one demonstration and its days follow each other.
#[test]
fn a_newcomer_always_finds_registers_to_take() {
    let schools = raise_at(2026, 11, 22);

    assert_eq!(schools.len(), 2);
    assert_eq!(schools[0].people.len(), 8, "one for each role of a school");
    let students = count("students");
    assert!((500..700).contains(&students), "{students} students");
    assert_eq!(count("staff"), 45);
    let make_up = "calendar_days where day = '2026-11-22' and kind = 'make_up'";
    assert_eq!(count(make_up), 3, "a Sunday on which every campus holds school");
    assert!(
        count("(select distinct session_date from attendance_sessions where submitted_at is not null) d")
            >= 60
    );
    let (acted, templates) = (count("attendance_interventions"), count("letter_templates"));
    assert!(
        (10..150).contains(&acted) && templates == 2,
        "{acted} actions about absence, {templates} templates"
    );
    let came = count("staff_attendance_records where status = 'present'");
    let others = count("staff_attendance_records where status <> 'present' and note is not null");
    assert!(came > 800 && others > 20, "{came} days of the staff, {others} late or away");
    assert!(count("restrictions") > 1);
    let unsubmitted = "attendance_sessions where session_date < '2026-11-22' and submitted_at is null";
    assert_eq!(count(unsubmitted), 0);
    let today = "attendance_sessions where session_date = '2026-11-22'";
    let begun = count(today);
    assert!((5..20).contains(&begun), "{begun} of 25 registers begun");
    assert_eq!(count("attendance_records where is_here"), 3, "a conflict at each campus");

    raise_at(2026, 11, 24);

    assert_eq!(count("students"), students, "nobody comes twice");
    let monday = "attendance_sessions where session_date = '2026-11-23' and submitted_at is not null";
    assert_eq!(count(monday), 30, "20 homerooms once and 5 twice: the school went on");
    let unsubmitted = "attendance_sessions where session_date < '2026-11-24' and submitted_at is null";
    assert_eq!(count(unsubmitted), 0);
    assert!(count("attendance_sessions where session_date = '2026-11-24' and submitted_at is null") > 0);
}

/// ASVS 6.3.2: there is no account that nobody made.
#[test]
fn a_new_database_lets_nobody_in_and_only_the_demonstration_makes_accounts() {
    let (_folder, postgres, at) = ready();
    let accounts =
        |of: &str| ask(&postgres.addresses().superuser, &format!("select count(*)::text from {of}"));
    let morning = Utc.with_ymd_and_hms(2026, 11, 23, 9, 30, 0).unwrap();
    let lobby = Lobby::of(&Database::new(&at, 2, Clock::fixed(morning)), Serving::usual());
    assert_eq!(accounts("users"), "0", "after the migrations");
    assert_eq!(accounts("user_identities"), "0");

    let new = NewOrganization::read("hill", "Hill School", "UTC").unwrap();
    lobby.found(&new).unwrap();
    lobby.found_guarded(&NewOrganization { slug: "dale".into(), ..new }).unwrap();
    assert_eq!(accounts("users"), "0", "in a new organization");

    demonstration::raise(&lobby).unwrap();
    let to_come_in = "users where password_hash is not null and disabled_at is null";
    let others = "users where email not like '%.example' or organization_id in (select id from organizations where slug in ('hill', 'dale'))";
    assert!(accounts(to_come_in).parse::<usize>().unwrap() > 16, "the demonstration lets people in");
    assert_eq!(accounts(others), "0");
}
