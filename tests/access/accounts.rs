//! Accounts made at the machine: `belfry user create`.

use std::{
    io::Write,
    process::{Command, Output, Stdio},
};

use school::{
    access::{email::Email, user::NewUser},
    people::staff::{self, NewStaff},
    words::{StaffStatus, StaffType},
};

use crate::support::{
    School,
    command::{create_user, said},
    school::unique,
};

/// `belfry user create` with a password on standard input.
fn create(options: &[&str], password: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_belfry"));
    command.args(["user", "create", "--password-stdin"]).args(options);
    let mut running =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Whoever is refused for an option is refused before the password is read.
    running.stdin.take().unwrap().write_all(password).ok();
    running.wait_with_output().unwrap()
}

const PASSWORD: &[u8] = b"a long way round the lake\n";

#[actix_web::test]
async fn whoever_types_an_option_wrong_reads_which_one_and_no_account_is_made() {
    let school = School::open().await;
    let email = format!("{}@belfry.example", unique("ines"));
    let long = "x".repeat(101);
    let usual = [
        ("--organization", &*school.slug),
        ("--role", "office"),
        ("--email", &*email),
        ("--first-name", "Ines"),
        ("--last-name", "Aguiar"),
    ];
    for (option, value, sentence) in [
        ("--organization", None, "Say with --organization where the role office is held."),
        ("--role", Some("platform"), "Leave --organization out"),
        ("--role", Some("king"), "There is no role called king."),
        ("--email", Some("ines"), "--email ines: Write an e-mail address"),
        ("--first-name", Some(" "), "--first-name: Say a name of 1 to 100 characters."),
        ("--last-name", Some(&*long), "--last-name: At most 100 characters."),
    ] {
        let others = usual.into_iter().filter(|(name, _)| *name != option);
        let typed = others.chain(value.map(|value| (option, value)));
        let options: Vec<&str> = typed.flat_map(|(name, value)| [name, value]).collect();
        let said = refused(&create(&options, PASSWORD));
        assert!(said.contains(sentence), "{said}");
    }
    let options: Vec<&str> = usual.into_iter().flat_map(|(name, value)| [name, value]).collect();
    for (password, sentence) in [
        (&b"caf\xe9 by the long lake\n"[..], "The password on standard input is not UTF-8 text."),
        (b"short\n", "The password: At least 12 characters"),
        (b"", "No password came"),
        (b"password1234\n", "The password: This password was stolen elsewhere"),
        (b"harbourside1\n", "The password: This is guessed too easily."),
    ] {
        let said = refused(&create(&options, password));
        assert!(said.contains(sentence), "{said}");
    }
    assert_eq!(school.number("select count(*) as n from users where organization_id = $1"), 0);

    let made = create(&options, PASSWORD);
    assert!(made.status.success(), "{}", said(&made));
    let outsider = school.outsider();
    let signed_in =
        outsider.post("/session", [("email", &*email), ("password", "a long way round the lake")]);
    signed_in.await.has_status(303);
}

#[actix_web::test]
async fn whoever_works_for_the_platform_gets_an_account_in_no_organization() {
    let school = School::open().await;
    let email = format!("{}@belfry.example", unique("ines"));
    let options = ["--role", "platform", "--email", &*email, "--first-name", "Ines", "--last-name", "Aguiar"];
    let of_staff = [&options[..], &["--staff", "17"]].concat();
    let said = refused(&create(&of_staff, PASSWORD));
    assert!(said.contains("Leave --staff out."), "{said}");

    let made = create(&options, PASSWORD);

    assert!(made.status.success(), "{}", crate::support::command::said(&made));
    let outsider = school.outsider();
    let typed = [("email", &*email), ("password", "a long way round the lake")];
    outsider.post("/session", typed).await.has_status(303);
}

#[track_caller]
fn refused(output: &Output) -> String {
    let said = said(output);
    assert!(!output.status.success(), "{said}");
    said
}

#[actix_web::test]
async fn an_account_that_was_made_half_way_is_tied_to_its_person_by_the_next_run() {
    let school = School::open().await;
    let (number, email) = (unique("s"), format!("{}@belfry.example", unique("ines")));
    let person = NewStaff {
        campus_id: Some(school.campus),
        employee_number: number.clone(),
        first_name: "Ines".into(),
        last_name: "Aguiar".into(),
        email: Some(email.clone()),
        phone: None,
        job_title: None,
        staff_type: StaffType::Teacher,
        status: StaffStatus::Active,
        hire_date: None,
    };
    school.seed(|db| staff::hire(&person, db).map(|_| ()));
    school.run("update campuses set name = $2 where organization_id = $1", "Quollingbrook Street");
    let options = ["--staff", &*number, "--organization", &*school.slug, "--role", "office"];
    let said = refused(&create(&options, b"Quollingbrook1\n"));
    assert!(said.contains("guessed too easily"), "the campus is no password: {said}");
    let half = NewUser {
        email: Email::read(&email).unwrap(),
        first_name: "Ines".into(),
        last_name: "Aguiar".into(),
        password_hash: None,
    };
    school.lobby.create_user(&half, "teacher", Some(school.organization)).unwrap();
    let tied = "select count(*) as n from staff where organization_id = $1 and user_id is not null";

    let said = refused(&create_user(&number, "office", &school).output().unwrap());
    assert!(said.contains("Somebody signs in with this address already."), "{said}");
    assert_eq!(school.number(tied), 0);

    let done = create_user(&number, "teacher", &school).output().unwrap();
    assert!(done.status.success(), "{}", crate::support::command::said(&done));
    assert_eq!(school.number(tied), 1);
    assert!(!crate::support::command::said(&done).contains("shown this once"), "its password stays");
}
