//! The record is sealed: what was changed afterwards is found, by whatever hand it was changed.

use std::process::Command;

use chrono::TimeDelta;
use school::{Uuid, access::record_seal, access::record_seal::RecordSeal, clock::Clock};

use crate::support::{
    Office, School, Teacher,
    command::said,
    database::{owner, place, run, run_between_others, within},
};

/// Seals everything that a school has recorded until now.
pub(super) fn sealed(school: &School) -> Option<RecordSeal> {
    // What is recorded is stamped by the machine's clock, not by the test's; nothing more is until this moment is over.
    let machine = Clock::default();
    let until = machine.now() + TimeDelta::milliseconds(1);
    while machine.now() <= until + TimeDelta::milliseconds(1) {}
    school.lobby.seed(school.organization, |db| RecordSeal::until(until, db)).unwrap()
}

/// What does not fit.
pub(super) fn broken(school: &School) -> Vec<String> {
    let found = school.lobby.seed(school.organization, record_seal::broken).unwrap();
    found.iter().map(ToString::to_string).collect()
}

/// A school in which somebody changed something and somebody looked, twice, each time sealed.
async fn recorded() -> School {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    teacher.submits(&school, &[(amal, "absent", 0)]).await.has_status(303);
    office.get(&format!("/students/{amal}")).await.is_ok();
    assert_eq!(sealed(&school).unwrap().number, 1);
    office.marks(&school, amal, "ill", 1).await.is_ok();
    assert_eq!(sealed(&school).unwrap().number, 2);
    school
}

/// Changes rows with the trigger that forbids it switched off, as only who owns the database can.
fn tampered(school: &School, place: &str, change: &str) {
    let change = change.replace("{}", &school.organization.to_string());
    run_between_others(
        &mut owner(),
        &format!(
            "begin; set local app.organization_id = '{}'; alter table {place} disable trigger append_only; {change};
             alter table {place} enable trigger append_only; commit",
            school.organization
        ),
    );
}

#[actix_web::test]
async fn whatever_is_changed_in_the_record_afterwards_is_found_a5() {
    let (changes, events) = ("partitions.change_events_default", "partitions.access_events_default");
    let second = "stands on what was changed, added or taken away afterwards";
    for (place, change, said) in [
        (
            changes,
            "update partitions.change_events_default set changes = replace(changes::text, 'absent', 'present')::jsonb where organization_id = '{}'",
            second,
        ),
        (
            changes,
            "update partitions.change_events_default set user_id = null where organization_id = '{}' and entity = 'attendance_records'",
            second,
        ),
        (
            events,
            "update partitions.access_events_default set at = at - interval '1 microsecond' where organization_id = '{}'",
            second,
        ),
        ("access_event_subjects", "delete from access_event_subjects where organization_id = '{}'", second),
        (
            changes,
            "insert into change_events (organization_id, id, entity, subject_id, operation, changes) values ('{}', '00000000-0001-7000-8000-000000000000', 'students', '{}', 'update', '[]')",
            second,
        ),
        (
            "record_seals",
            "delete from record_seals where organization_id = '{}' and number = 1",
            "seal 2 follows upon one that is missing",
        ),
        (
            "record_seals",
            "update record_seals set events = events + 1 where organization_id = '{}' and number = 2",
            "seal 2 does not follow from the one before",
        ),
    ] {
        let school = recorded().await;
        assert_eq!(broken(&school), Vec::<String>::new());

        tampered(&school, place, change);

        let found = broken(&school).join("; ");
        assert!(found.contains(said), "{change}: {found}");
    }
}

#[actix_web::test]
async fn the_doctor_says_whose_record_is_as_it_was_sealed() {
    let school = recorded().await;
    let doctor = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_belfry"));
        command.args(["doctor", "record", "--organization", &school.slug]);
        command.env("DATABASE_URL", &place().addresses.app);
        command.env("BELFRY_LOBBY_URL", &place().addresses.lobby).env("BELFRY_OWNER_URL", &place().owner);
        let output = command.output().unwrap();
        (output.status.success(), said(&output))
    };
    let (well, words) = doctor();
    assert!(well && words.contains(&format!("{}: the record is as it was sealed.", school.slug)), "{words}");

    tampered(
        &school,
        "partitions.access_events_default",
        "update partitions.access_events_default set shown = 0 where organization_id = '{}' and shown > 0",
    );

    let (well, words) = doctor();
    assert!(!well && words.contains("WRONG") && words.contains("compare it with a backup"), "{words}");
}

#[actix_web::test]
async fn a_seal_is_made_of_what_is_new_and_of_nothing_else() {
    let school = recorded().await;
    assert!(sealed(&school).is_none(), "nothing happened since");
    let other = School::open().await;
    let refused = format!(
        "insert into record_seals (organization_id, number, after_id, until_id, events, digest, chain)
         values ('{}', 9, '{nobody}', '{nobody}', 1, '', '')",
        other.organization,
        nobody = Uuid::nil()
    );
    let mut inside = within(school.organization);
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| run(&mut inside, &refused)));
    assert!(outcome.is_err(), "nobody seals another organization's record");
}
