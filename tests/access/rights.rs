//! A right that is taken away is gone: at the next click, and in a write under way.

use diesel::connection::SimpleConnection;
use school::{
    Error,
    db::{Intent, SignedIn},
    lobby::Attempt,
    people::student::Student,
    permit::CreateStudents,
};

use super::guesses::browser;
use crate::support::{
    Finance, Office, School, database,
    school::{PASSWORD, new_student},
};

/// Somebody of the office, as the domain sees them between check and write, and their address.
pub(crate) fn clerk(school: &School) -> (String, SignedIn) {
    let email = school.employ(Office);
    let attempt = school.lobby.sign_in((&email, PASSWORD), false, &browser(None), None);
    let Ok(Attempt::Welcome { opened, .. }) = attempt else {
        panic!("the clerk is not let in: {attempt:?}");
    };
    (email, school.lobby.resume(&opened.session).unwrap())
}

fn as_lobby(statement: &str) {
    database::run(&mut database::lobby(), statement);
}

fn give(permission: &str, scope: &str, email: &str) {
    as_lobby(&format!(
        "insert into user_custom_permissions (user_id, permission, scope) select id, '{permission}', '{scope}' from users where email = '{email}'"
    ));
}

#[actix_web::test]
async fn a_permission_given_opens_and_taken_away_closes_at_the_next_click_t04_t05() {
    let school = School::open().await;
    let finance = school.sign_in(Finance).await;
    finance.get("/board").await.is_forbidden();

    give("READ_CAMPUS_ATTENDANCE", "organization", &finance.email);
    finance.get("/board").await.is_ok();

    as_lobby(&format!(
        "delete from user_custom_permissions where user_id = (select id from users where email = '{}')",
        finance.email
    ));
    finance.get("/board").await.is_forbidden();
}

#[actix_web::test]
async fn a_role_taken_away_closes_everything_at_the_next_click_t05() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;
    office.get("/students").await.is_ok();

    as_lobby(&format!("update users set role_id = null where email = '{}'", office.email));

    office.get("/students").await.is_forbidden();
    office.get("/account").await.is_ok().shows("opens no part of Belfry yet");
}

#[actix_web::test]
async fn the_wider_of_two_holdings_counts_t04() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    let counselor = school.sign_in(crate::support::Counselor).await;
    counselor.get("/students").await.is_ok().hides("Abdullahi");

    give("READ_STUDENTS", "organization", &counselor.email);
    counselor.get("/students").await.is_ok().shows("Abdullahi");
}

#[actix_web::test]
async fn a_right_taken_away_between_check_and_write_is_gone_t05b() {
    let school = School::open().await;
    let takes = [
        ("update users set disabled_at = now() where email = 'EMAIL'", "signed out"),
        ("update users set epoch = epoch + 1 where email = 'EMAIL'", "signed out"),
        (
            "update sessions set ended_at = now() where user_id = (select id from users where email = 'EMAIL')",
            "signed out",
        ),
        ("update users set role_id = null where email = 'EMAIL'", "forbidden"),
        (
            "update organizations set suspended_at = now() where id = (select organization_id from users where email = 'EMAIL')",
            "signed out",
        ),
    ];

    for (take, expected) in takes {
        let (email, someone) = clerk(&school);
        let access = someone.may::<CreateStudents>(Intent::Write).unwrap();
        as_lobby(&take.replace("EMAIL", &email));

        let refused = access.run(|db| Student::enroll(&new_student("Ada", "Byron"), db));

        let answer = match refused {
            Err(Error::SignedOut) => "signed out",
            Err(Error::Forbidden) => "forbidden",
            other => panic!("{take}: {other:?}"),
        };
        assert_eq!(answer, expected, "{take}");
    }
    assert_eq!(school.number("select count(*) as n from students where organization_id = $1"), 0);
}

#[actix_web::test]
async fn a_role_that_opens_less_between_check_and_write_and_a_right_withdrawn_are_gone_t05b() {
    let school = School::open().await;
    let withdrawals = [
        ("role_permissions", "role_id = (select role_id from users where email = 'EMAIL')"),
        ("user_custom_permissions", "user_id = (select id from users where email = 'EMAIL')"),
    ];

    for (given_in, theirs) in withdrawals {
        let (email, someone) = clerk(&school);
        match given_in {
            "role_permissions" => {
                school.holds(&email, "Enrolment", &[("CREATE_STUDENTS", "organization")]);
            }
            _ => {
                school.holds(&email, "Nothing yet", &[]);
                school.gives(&email, "CREATE_STUDENTS", "organization");
            }
        }
        let access = someone.may::<CreateStudents>(Intent::Write).unwrap();
        access.run(|db| Student::enroll(&new_student("Ada", "Byron"), db)).unwrap();
        let theirs = theirs.replace("EMAIL", &email);
        as_lobby(&format!("delete from {given_in} where permission = 'CREATE_STUDENTS' and {theirs}"));

        let refused = access.run(|db| Student::enroll(&new_student("Grace", "Hopper"), db));

        assert!(matches!(refused, Err(Error::Forbidden)), "{given_in}: {refused:?}");
    }
    assert_eq!(school.number("select count(*) as n from students where organization_id = $1"), 2);
}

#[actix_web::test]
async fn a_right_in_use_is_taken_away_after_the_write_t05b() {
    let school = School::open().await;
    let (email, someone) = clerk(&school);
    let access = someone.may::<CreateStudents>(Intent::Write).unwrap();

    let written = access.run(|db| {
        let mut other = database::lobby();
        let take = format!(
            "set lock_timeout = '200ms'; update users set disabled_at = now() where email = '{email}'"
        );
        let waits = other.batch_execute(&take).unwrap_err().to_string();
        assert!(waits.contains("lock timeout"), "the right was taken from under the write: {waits}");
        Student::enroll(&new_student("Ada", "Byron"), db)
    });

    assert!(written.is_ok(), "{written:?}");
}

#[actix_web::test]
async fn a_look_cannot_write() {
    let school = School::open().await;
    let (_, someone) = clerk(&school);
    let access = someone.may::<CreateStudents>(Intent::Read).unwrap();

    let refused = access.run(|db| Student::enroll(&new_student("Ada", "Byron"), db));

    assert!(matches!(refused, Err(Error::Internal(_))), "{refused:?}");
}

#[actix_web::test]
async fn a_page_opens_while_the_same_session_is_writing() {
    let school = School::open().await;
    let email = school.employ(Office);
    let attempt = school.lobby.sign_in((&email, PASSWORD), false, &browser(None), None);
    let Ok(Attempt::Welcome { opened, .. }) = attempt else {
        panic!("the clerk is not let in: {attempt:?}");
    };
    let someone = school.lobby.resume(&opened.session).unwrap();
    as_lobby(&format!(
        "update sessions set seen_at = now() - interval '5 minutes'
         where user_id = (select id from users where email = '{email}')"
    ));
    let access = someone.may::<CreateStudents>(Intent::Write).unwrap();

    let opened = access.run(|_| Ok(school.lobby.resume(&opened.session).is_ok()));

    assert!(matches!(opened, Ok(true)), "the next page waits for the write: {opened:?}");
}

#[actix_web::test]
async fn an_office_right_at_another_campus_makes_nobody_the_office_here() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let teacher = school.sign_in(crate::support::Teacher).await;
    as_lobby(&format!(
        "insert into user_custom_permissions (user_id, permission, scope, campus_ids)
         select id, 'UPDATE_ATTENDANCE_RECORDS', 'campuses', array[gen_random_uuid()] from users where email = '{}'",
        teacher.email
    ));

    teacher.submits(&school, &[(amal, "absent", 0)]).await.redirects_to(&school.register());
    teacher.marks(&school, amal, "late", 1).await.is_ok();

    let by_office = "select count(*) as n from attendance_records where organization_id = $1 and office_code_id is not null";
    assert_eq!((school.number(by_office), school.marks_kept()), (0, 1));
}
