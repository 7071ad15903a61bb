//! School years that are added by mistake, or by two people at once.

use futures::future::join_all;

use crate::support::{Administrator, Office, School, export::Export};

const YEAR: [(&str, &str); 4] =
    [("name", "2027/28"), ("start_date", "2027-09-01"), ("end_date", "2028-07-31"), ("weekdays[]", "1")];

#[actix_web::test]
async fn a_year_added_by_mistake_is_taken_out_and_may_be_added_again() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let year = administrator.post("/years", YEAR).await.leads();
    administrator.get(&year).await.shows(&format!("{year}/removal"));
    let office = school.sign_in(Office).await;
    office.get(&year).await.is_ok().hides("/removal");
    office.post(&format!("{year}/removal"), []).await.is_forbidden();

    administrator.post(&format!("{year}/removal"), []).await.redirects_to("/years");

    administrator.get("/years").await.hides("2027/28");
    administrator.get(&year).await.is_missing();
    administrator.post(&format!("{year}/removal"), []).await.is_missing();
    administrator.post("/years", YEAR).await.has_status(303);
}

#[actix_web::test]
async fn a_year_with_something_in_it_says_what_and_stays() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    let administrator = school.sign_in(Administrator).await;
    let year = format!("/years/{}", school.year);

    let refused = administrator.post(&format!("{year}/removal"), []).await;

    refused.has_status(409).shows("2026/27 has 1 class and 1 student’s place in it.");
    let next = administrator.post("/years", YEAR).await.leads();
    let term =
        [("name", "Autumn"), ("kind", "term"), ("start_date", "2027-09-01"), ("end_date", "2027-12-17")];
    administrator.post(&format!("{next}/terms"), term).await.redirects_to(&next);
    administrator.get(&next).await.hides(&format!("{next}/removal"));
    administrator
        .post(&format!("{next}/removal"), [])
        .await
        .has_status(409)
        .shows("2027/28 has 1 term in it. Only an empty year can be taken out.");
    administrator.get(&year).await.is_ok();
}

#[actix_web::test]
async fn a_year_that_an_import_brings_stays() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let file = Export::of_a_small_school().zip();
    let output = crate::support::command::import(&file, &school, &administrator.email).output().unwrap();
    assert!(output.status.success());
    let year = school.line(
        "select entity_id::text as line from external_ids where entity = 'academic_years' order by 1 limit 1",
    );
    for table in ["terms", "classes", "school_enrollments"] {
        school.run(
            &format!("update {table} set deleted_at = now() where organization_id = $1 and academic_year_id = $2::uuid"),
            &year,
        );
    }

    let refused = administrator.post(&format!("/years/{year}/removal"), []).await;

    refused.has_status(409).shows("2026-2027 came with an import");
}

#[actix_web::test]
async fn two_first_years_at_once_end_in_one() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let gone = "update academic_years set deleted_at = now() where organization_id = $1 and name <> $2";
    school.run(gone, "");

    let answers = join_all((0..8).map(|_| administrator.post("/years", YEAR))).await;

    let kept = answers.iter().filter(|answer| answer.status == 303).count();
    assert_eq!(kept, 1, "{:?}", answers.iter().map(|answer| answer.status).collect::<Vec<_>>());
    assert!(answers.iter().all(|answer| [303, 422].contains(&answer.status.as_u16())));
}
