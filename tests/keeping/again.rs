//! An erasure that could not be carried out waits for a second person again.

use super::erasing::{GIVEN, ask};
use crate::support::{
    Administrator, Person, School,
    database::{refused, run, within},
};

const SHORT: [(&str, &str); 4] =
    [("particulars", "5"), ("attendance", "5"), ("follow_up", "3"), ("family", "1")];
const LONG: [(&str, &str); 4] =
    [("particulars", "30"), ("attendance", "5"), ("follow_up", "3"), ("family", "1")];

/// One that was approved, and then the periods grew before its job came to it.
async fn failed(school: &School) -> (Person, Person, String, String) {
    let student = school.long_gone("Kwame", "Acheampong");
    let (one, another) = (school.sign_in(Administrator).await, school.sign_in(Administrator).await);
    let stone = ask(&one, &student).await;
    another.post(&format!("{stone}/approval"), GIVEN).await.redirects_to(&stone);
    another.post("/retention", LONG).await.redirects_to("/retention");
    school.works();
    another.post("/retention", SHORT).await.redirects_to("/retention");
    (one, another, student, stone)
}

#[actix_web::test]
async fn what_could_not_be_carried_out_says_so_and_is_approved_again_by_a_second_person() {
    let school = School::open().await;
    let (one, another, student, stone) = failed(&school).await;

    for page in ["/erasures", &*stone] {
        another.get(page).await.shows("Waits for a second person").shows("Could not be carried out");
    }
    another.get(&stone).await.shows("Nothing was changed").shows("Approve the erasure").shows("Acheampong");
    one.get(&stone).await.shows("You asked for this").shows("Nothing was changed");
    one.post(&format!("{stone}/approval"), GIVEN).await.has_status(409);
    school.works();
    one.get(&format!("/students/{student}")).await.is_ok();

    another.post(&format!("{stone}/approval"), GIVEN).await.redirects_to(&stone);
    another.get(&stone).await.hides("Could not be carried out");
    school.works();

    another.get(&stone).await.shows("Carried out").hides("could not be carried out");
    another.get(&format!("/students/{student}")).await.is_missing();
}

#[actix_web::test]
async fn what_could_not_be_carried_out_may_be_declined_and_asked_anew() {
    let school = School::open().await;
    let (one, another, student, stone) = failed(&school).await;

    let why = [("why_not", "A court still asks for it")];
    another.post(&format!("{stone}/refusal"), why).await.redirects_to(&stone);

    another.get(&stone).await.shows("Declined").shows("Nothing was changed").hides("Approve the erasure");
    another.get("/erasures").await.hides("Could not be carried out");
    let anew = ask(&one, &student).await;
    assert_ne!(anew, stone);
    another.post(&format!("{anew}/approval"), GIVEN).await.redirects_to(&anew);
    school.works();
    another.get(&format!("/students/{student}")).await.is_missing();
}

#[actix_web::test]
async fn the_database_takes_an_approval_back_only_where_it_says_what_went_wrong() {
    let school = School::open().await;
    let student = school.long_gone("Kwame", "Acheampong");
    let (one, another) = (school.sign_in(Administrator).await, school.sign_in(Administrator).await);
    let stone = ask(&one, &student).await;
    another.post(&format!("{stone}/approval"), GIVEN).await.redirects_to(&stone);
    let id = stone.rsplit('/').next().unwrap();
    let back = |more: &str| {
        format!(
            "update erasures set state = 'asked', decided_by_id = null, decided_at = null{more} where id = '{id}'"
        )
    };
    let mut conn = within(school.organization);

    assert!(refused(&mut conn, &back("")).contains("stays said"));
    assert!(refused(&mut conn, &back(", failure = 'Broken', asked_at = now()")).contains("stays said"));
    let declined = format!("update erasures set state = 'declined' where id = '{id}'");
    assert!(refused(&mut conn, &declined).contains("stays said"));
    run(&mut conn, &back(", failure = 'Broken'"));
}
