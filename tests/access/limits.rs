//! How much somebody may ask for, and that one school's many searches and files are no other's trouble.

use std::num::NonZeroU32;

use belfry::web::limits::Pace;

use crate::support::{Office, School, Teacher, answer::Answer, person::Person, school::morning};

/// A school where nobody takes more than two files and three searches at once.
async fn strict() -> School {
    let pace = Pace { searches: NonZeroU32::new(3).unwrap(), files: NonZeroU32::new(2).unwrap() };
    School::open_with(morning(), |parts| parts.pace = pace).await
}

/// The same page asked for many times at once.
async fn at_once(people: &[&Person], path: &str) -> Vec<Answer> {
    let asked = people.iter().map(|person| person.get(path));
    futures::future::join_all(asked).await
}

fn has(answers: &[Answer], status: u16) -> bool {
    answers.iter().any(|answer| answer.status == status)
}

#[actix_web::test]
async fn whoever_takes_file_after_file_is_told_when_to_come_back_and_others_are_not() {
    let school = strict().await;
    school.enroll("Amal", "Abdullahi");
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);

    for _ in 0..2 {
        office.get("/students.csv").await.is_ok();
    }
    let refused = office.get("/students.xlsx").await;
    refused.has_status(429).shows("Too many tries").hides("Abdullahi");
    let wait: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=10).contains(&wait), "{wait}");

    office.get("/students").await.is_ok().shows("Abdullahi");
    teacher.get("/students.csv").await.is_ok();
    assert_eq!(
        school.number(
            "select count(*) as n from access_events where organization_id = $1 and action = 'export'"
        ),
        3,
        "what was refused was shown to nobody"
    );
}

#[actix_web::test]
async fn whoever_searches_without_end_is_told_when_to_come_back() {
    let school = strict().await;
    let office = school.sign_in(Office).await;

    let answers = at_once(&[&office; 40], "/students?q=Abdullahi").await;

    let refused = answers.iter().find(|answer| answer.status == 429).unwrap();
    assert!(!refused.header("retry-after").is_empty());
    assert!(has(&answers, 200), "nobody may search");
    office.get("/students?q=").await.is_ok();
}

#[actix_web::test]
async fn a_storm_of_searches_and_files_in_one_school_is_no_trouble_of_another() {
    let (school, other) = (School::open().await, School::open().await);
    let clerks = [school.sign_in(Office).await, school.sign_in(Office).await];
    let storm: Vec<&Person> = clerks.iter().cycle().take(60).collect();
    // The same server, another school.
    let email = other.employ(Office);
    let elsewhere = school.outsider().signing_in(&email, crate::support::school::PASSWORD).await;

    let calm = async {
        let mut answers = Vec::new();
        for _ in 0..10 {
            answers.push(elsewhere.get("/students?q=a").await);
            answers.push(elsewhere.get("/students.csv").await);
            answers.push(elsewhere.get("/students").await);
        }
        answers
    };
    let (answers, calm) = futures::join!(at_once(&storm, "/students.csv"), calm);

    assert!(calm.iter().all(|answer| answer.status == 200), "another school had to wait");
    assert!(
        answers.iter().all(|answer| [200, 429].contains(&answer.status.as_u16())),
        "somebody got an error"
    );
    assert!(has(&answers, 200) && has(&answers, 429), "a school that asks for sixty files at once waits");
}
