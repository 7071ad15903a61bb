//! How much somebody may ask for, and that one school's many searches and files are no other's trouble.

use std::num::NonZeroU32;

use belfry::web::limits::Pace;

use crate::support::{
    Administrator, Office, School, Teacher,
    answer::Answer,
    person::Person,
    school::{morning, unique},
};

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
async fn a_search_is_one_however_its_field_is_written_and_wherever_a_name_is_sought() {
    for path in ["/students?%71=Abdullahi", "/students?page=1&q=Abdullahi", "/access-log?student=Abdullahi"] {
        let school = strict().await;
        let administrator = school.sign_in(Administrator).await;

        let answers = at_once(&[&administrator; 40], path).await;

        assert!(has(&answers, 200) && has(&answers, 429), "{path} is no search");
    }
}

#[actix_web::test]
async fn whoever_takes_one_complete_file_after_another_is_told_when_to_come_back() {
    let school = strict().await;
    let administrator = school.sign_in(Administrator).await;
    let student = school.enroll("Amal", "Abdullahi");
    let page = format!("/students/{student}/files");
    let asked = [("recipient_name", "The family"), ("ground", "parent"), ("purpose", "They asked")];

    for _ in 0..2 {
        administrator.post(&page, asked).await.is_ok();
    }

    administrator.post(&page, asked).await.has_status(429).hides("Abdullahi");
    administrator.get(&page).await.is_ok();
}

#[actix_web::test]
async fn what_strangers_ask_for_holds_up_no_invitation() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let email = format!("{}@belfry.example", unique("gita"));
    for _ in 0..3 {
        school.outsider().post("/password-reset", [("email", &*email)]).await;
    }
    school.outsider().post("/password-reset", [("email", &*email)]).await.has_status(429);

    let role = school.role("Supervisor");
    let invited = [("first_name", "Gita"), ("last_name", "Raman"), ("email", &email), ("role_id", &role)];
    administrator.post("/users", invited).await.has_status(303);
}

#[actix_web::test]
async fn who_invites_one_address_again_and_again_is_told_to_wait_and_types_nothing_twice() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let email = format!("{}@belfry.example", unique("gita"));
    let role = school.role("Supervisor");
    let form = [("first_name", "Gita"), ("last_name", "Raman"), ("email", &*email), ("role_id", &*role)];
    for _ in 0..3 {
        let page = administrator.post("/users", form).await.leads();
        let account = page.split('?').next().unwrap().to_owned();
        administrator.post(&format!("{account}/invitation/withdrawal"), []).await.has_status(303);
    }

    let refused = administrator.post("/users", form).await;

    refused.has_status(429).shows("Too much mail was sent there").shows("value=\"Raman\"");
    assert!(!refused.header("retry-after").is_empty());
    assert_eq!(school.post_comes().len(), 0, "what was withdrawn is sent to nobody");
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

#[actix_web::test]
async fn whoever_tries_one_short_name_after_another_is_told_when_to_come_back() {
    let school = School::open().await;
    let door = school.outsider();

    for (page, found) in [("/sign-in/school?school=", 422), ("/sign-in/at/", 303)] {
        let mut tried = 0;
        let refused = loop {
            let answer = door.get(&format!("{page}guess-{tried}")).await;
            if answer.status == 429 {
                break answer;
            }
            answer.has_status(found);
            tried += 1;
            assert!(tried < 1000, "{page} is tried without end");
        };
        assert!(refused.header("retry-after").parse::<u64>().unwrap() > 0);
        if page.contains('?') {
            refused.shows("id=\"school-error\"").shows("Too many names");
            refused.shows(&format!("value=\"guess-{tried}\""));
        }
    }
}
