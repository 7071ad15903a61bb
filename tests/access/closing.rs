//! Who may close a way in that opens more than their own: by a staff record, by what a role demands, by a provider.

use crate::support::{
    Administrator, Office, Person, School, Teacher, database, form::Typed, provider::settings,
};

/// The path of somebody's staff record.
pub(super) fn record(school: &School, email: &str) -> String {
    let account = school.account(email);
    let query = format!(
        "select '/staff/' || id as line from staff where user_id = '{}'",
        account.rsplit('/').next().unwrap()
    );
    database::lines(&mut database::within(school.organization), &query).remove(0)
}

async fn leaves(record: &str, by: &Person) -> crate::support::Answer {
    Typed::of(by, record).await.with("status", "left").send(by).await
}

#[actix_web::test]
async fn nobody_closes_an_account_that_opens_more_than_theirs_by_its_staff_record_t11() {
    let school = School::open().await;
    let (office, administrator) = (school.sign_in(Office).await, school.sign_in(Administrator).await);
    let (teacher, _) = school.colleague(Teacher).await;
    school.employ(Administrator);

    leaves(&record(&school, &administrator.email), &office)
        .await
        .field_error("status", "opens more than yours");

    administrator.get("/users").await.is_ok();
    let disabled = school.employ(Administrator);
    school.run("update users set disabled_at = now() where organization_id = $1 and email = $2", &disabled);
    leaves(&record(&school, &disabled), &office).await.field_error("status", "opens more than yours");
    leaves(&record(&school, &teacher.email), &office).await.has_status(303);
    assert!(teacher.get("/account").await.leads_to("/sign-in"));
}

#[actix_web::test]
async fn who_has_left_stays_written_by_the_office_whatever_their_account_opened() {
    let school = School::open().await;
    let (office, administrator) = (school.sign_in(Office).await, school.sign_in(Administrator).await);
    let record = record(&school, &school.employ(Administrator));
    leaves(&record, &administrator).await.has_status(303);

    let again = Typed::of(&office, &record).await.with("job_title", "Head").send(&office).await;

    again.has_status(303);
}

#[actix_web::test]
async fn the_last_administrator_does_not_leave_by_their_staff_record_t11() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let own = record(&school, &administrator.email);

    let refused = leaves(&own, &administrator).await;
    refused.has_status(409).shows("Nobody would remain who can sign in and change accounts");

    administrator.get("/users").await.is_ok();
    school.employ(Administrator);
    leaves(&own, &administrator).await.has_status(303);
    assert!(administrator.get("/users").await.leads_to("/sign-in"));
}

#[actix_web::test]
async fn an_administrator_who_cannot_come_in_is_none_t11() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    for state in [
        "disabled_at = now()",
        "deleted_at = now()",
        "password_hash = null",
        "role_campus_ids = array[gen_random_uuid()]",
    ] {
        let other = school.employ(Administrator);
        school.run(&format!("update users set {state} where organization_id = $1 and email = $2"), &other);
    }

    leaves(&record(&school, &administrator.email), &administrator).await.has_status(409);
}

#[actix_web::test]
async fn nobody_says_what_a_role_demands_that_opens_more_than_theirs_t11() {
    let school = School::open().await;
    let (office, administrator) = (school.sign_in(Office).await, school.sign_in(Administrator).await);
    let [teachers, offices, heads] = ["Teacher", "Office", "Administrator"].map(|name| school.role(name));
    let saves = async |by: &Person, roles: &[&String]| {
        let form: Vec<(&str, String)> = roles.iter().map(|role| ("role[]", (*role).clone())).collect();
        by.fill("/second-factor-rules", &form).await
    };
    let demanded = || {
        school.number(
            "select count(*) as n from second_factor_rules where organization_id = $1 and deleted_at is null",
        )
    };
    school.gives(&office.email, "UPDATE_SECOND_FACTOR_RULES", "organization");
    saves(&administrator, &[&heads]).await.has_status(303);

    let page = office.get("/second-factor-rules").await;
    page.is_ok().shows("Opens more than you may.");
    assert!(!page.body.contains(&format!("type=\"checkbox\" name=\"role[]\" value=\"{heads}\"")));
    saves(&office, &[]).await.is_forbidden();
    saves(&office, &[&heads, &school.role("Director")]).await.is_forbidden();
    assert_eq!(demanded(), 1);
    saves(&office, &[&heads, &teachers]).await.has_status(303);
    assert_eq!(demanded(), 2);
    saves(&administrator, &[&offices]).await.has_status(303);
}

#[actix_web::test]
async fn nobody_takes_a_provider_away_by_which_people_with_more_come_in_t11() {
    let school = School::open().await;
    let provider = school.provider(&[]);
    let (office, administrator) = (school.sign_in(Office).await, school.sign_in(Administrator).await);
    administrator.fill("/identity-provider", &settings(&provider.issuer, &[])).await.has_status(303);
    school.gives(&office.email, "UPDATE_IDENTITY_PROVIDERS", "organization");
    let kept = || {
        school.number(
            "select count(*) as n from identity_providers where organization_id = $1 and deleted_at is null",
        )
    };

    office.get("/identity-provider").await.is_ok().hides("Take it away");
    office.post("/identity-provider/removal", []).await.is_forbidden();
    assert_eq!(kept(), 1);

    administrator.get("/identity-provider").await.shows("Take it away");
    administrator.post("/identity-provider/removal", []).await.has_status(303);
    assert_eq!(kept(), 0);
}
