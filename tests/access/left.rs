//! Whoever has left the school, by their staff record, has an account that is closed until they are back.

use super::{closing::record, rights::clerk};
use crate::support::{
    Administrator, Office, Person, School, Teacher, database,
    form::Typed,
    school::{PASSWORD, unique},
};

/// Says on somebody's staff record that they have left, or are back.
async fn becomes(status: &str, email: &str, school: &School) {
    let administrator = school.sign_in(Administrator).await;
    let form = Typed::of(&administrator, &record(school, email)).await.with("status", status);
    form.send(&administrator).await.has_status(303);
}

async fn tries(school: &School, email: &str) -> u16 {
    school.outsider().post("/session", [("email", email), ("password", PASSWORD)]).await.status.as_u16()
}

#[actix_web::test]
async fn whoever_has_left_the_school_is_signed_out_and_stays_out() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    teacher.get("/today").await.is_ok();

    becomes("left", &teacher.email, &school).await;

    assert!(teacher.get("/today").await.leads_to("/sign-in"));
    assert_eq!(tries(&school, &teacher.email).await, 422);
    becomes("active", &teacher.email, &school).await;
    assert!(teacher.get("/today").await.leads_to("/sign-in"), "a session of before lives again");
    school.outsider().signing_in(&teacher.email, PASSWORD).await.get("/today").await.is_ok();
}

#[actix_web::test]
async fn whoever_is_on_leave_comes_in() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;

    becomes("on_leave", &teacher.email, &school).await;

    teacher.get("/today").await.is_ok();
    assert_eq!(tries(&school, &teacher.email).await, 303);
}

#[actix_web::test]
async fn who_has_left_stays_out_though_their_record_is_taken_away() {
    let school = School::open().await;
    let (email, _) = clerk(&school);
    becomes("left", &email, &school).await;

    school.run(
        "update staff set deleted_at = now() where organization_id = $1 and user_id = (select id from users where email = $2)",
        &email,
    );

    assert_eq!(tries(&school, &email).await, 422);
}

#[actix_web::test]
async fn accounts_of_whoever_has_left_are_shown_so_and_may_do_nothing() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let email = school.employ(Teacher);
    school.run("update users set last_name = 'Raman' where organization_id = $1 and email = $2", &email);
    let path = school.account(&email);
    let may = "/permissions/READ_STUDENTS";
    administrator.get(may).await.is_ok().shows("Raman");

    becomes("left", &email, &school).await;

    administrator.get("/users?state=left").await.shows("Raman").shows("Left the school");
    administrator.get("/users?state=active").await.hides("Raman");
    administrator.get(&path).await.shows("Left the school").hides("Send a link for a new password");
    administrator.get(may).await.is_ok().hides("Raman");
    becomes("active", &email, &school).await;
    administrator.get("/users?state=left").await.hides("Raman");
    administrator.get("/users?state=active").await.shows("Raman");
}

#[actix_web::test]
async fn an_account_that_is_back_says_whether_its_owner_comes_in() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    for (becoming, said) in [
        ("active", "its owner signs in as before"),
        ("left", "its owner has left"),
        ("disabled", "disabled as it was"),
    ] {
        let email = school.employ(Teacher);
        let path = school.account(&email);
        if becoming == "disabled" {
            administrator.post(&format!("{path}/disablement"), []).await.has_status(303);
        } else {
            becomes(becoming, &email, &school).await;
        }
        administrator.post(&format!("{path}/removal"), []).await.has_status(303);

        let back = administrator.post(&format!("{path}/return"), []).await.leads();

        administrator.get(&back).await.shows(said);
        assert_eq!(tries(&school, &email).await == 303, becoming == "active", "{becoming}");
    }
}

/// Somebody at work without an account: the id of their staff record.
fn newcomer(school: &School) -> String {
    let email = school.employ(Office);
    let id = record(school, &email).rsplit('/').next().unwrap().to_owned();
    school.run("update staff set user_id = null where organization_id = $1 and id = $2::uuid", &id);
    id
}

async fn unties(administrator: &Person, path: &str) -> u16 {
    administrator.post(&format!("{path}/staff/removal"), []).await.status.as_u16()
}

#[actix_web::test]
async fn untying_an_account_lets_nobody_in_who_has_left_unless_somebody_means_that() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let email = school.employ(Teacher);
    let (path, other) = (school.account(&email), newcomer(&school));
    becomes("left", &email, &school).await;

    let refused = administrator.post(&format!("{path}/staff/removal"), []).await;
    refused.has_status(409).shows("Disable the account first");
    let refused = administrator.post(&format!("{path}/staff"), [("staff_id", &*other)]).await;
    refused.field_error("staff_id", "Disable the account first");
    administrator.get(&path).await.hides("Untie from the staff record");
    assert_eq!(tries(&school, &email).await, 422);

    administrator.post(&format!("{path}/disablement"), []).await.has_status(303);
    administrator.get(&path).await.shows("Untie from the staff record");
    assert_eq!(unties(&administrator, &path).await, 303);
    assert_eq!(tries(&school, &email).await, 422);
    administrator.post(&format!("{path}/disablement/end"), []).await.has_status(303);
    assert_eq!(tries(&school, &email).await, 303);
}

#[actix_web::test]
async fn whatever_writes_the_record_of_whoever_leaves_closes_their_account() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let word = unique("left");

    school.run(
        "update staff set status = 'left', job_title = $2 where organization_id = $1 and status = 'active'",
        &word,
    );

    assert!(teacher.get("/today").await.leads_to("/sign-in"));
    let closed = format!(
        "select count(*)::text as line from users where organization_id = '{}' and left_at is not null",
        school.organization
    );
    assert_eq!(database::lines(&mut database::lobby(), &closed), ["1"]);
}
