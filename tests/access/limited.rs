//! Administrators who are limited to campuses: they appoint people there, and nothing that is held is lost on the way.

use reqwest::Method;

use super::closing::record;
use crate::support::{
    Administrator, Answer, Director, Finance, Office, Person, School,
    form::{Typed, fields},
    school::unique,
};

/// Binds the role of somebody to campuses.
fn bind(school: &School, email: &str, campuses: &[&str]) {
    let bound = format!(
        "update users set role_campus_ids = '{{{}}}' where organization_id = $1 and email = $2",
        campuses.join(",")
    );
    school.run(&bound, email);
}

/// An administrator of these campuses only.
async fn limited(school: &School, campuses: &[&str]) -> Person {
    let person = school.sign_in(Administrator).await;
    bind(school, &person.email, campuses);
    person
}

fn held(school: &School, email: &str) -> String {
    school.kept(email, "coalesce(role_id::text, 'none') || ' at ' || role_campus_ids::text")
}

async fn gives(person: &Person, path: &str, role: &str, campuses: &[&str]) -> Answer {
    let mut typed = vec![("role_id", role)];
    typed.extend(campuses.iter().map(|campus| ("campus[]", *campus)));
    person.send(Method::POST, &format!("{path}/role"), &typed).await
}

#[actix_web::test]
async fn a_role_that_is_saved_as_it_is_stays_though_whoever_saves_it_is_limited_to_campuses() {
    let school = School::open().await;
    let (here, hill) = (school.campus.to_string(), school.second_campus("Hill Road"));
    for campuses in [&[&*here][..], &[&*here, &*hill][..]] {
        let bea = limited(&school, campuses).await;
        let email = school.employ(Office);
        bind(&school, &email, &[&here]);
        let (path, before) = (school.account(&email), held(&school, &email));

        let form = Typed::of(&bea, &format!("{path}/role")).await;

        form.send(&bea).await.redirects_to(&path);
        assert_eq!(held(&school, &email), before);
    }
}

#[actix_web::test]
async fn a_role_that_may_not_be_given_is_shown_to_whoever_changes_the_account_and_stays() {
    let school = School::open().await;
    let here = school.campus.to_string();
    let (helper, clerk) = (school.sign_in(Office).await, school.employ(Office));
    let accounts = ["READ_USERS", "CREATE_USERS", "UPDATE_USERS", "READ_STAFF"];
    school.holds(&helper.email, "Helper", &accounts.map(|name| (name, "organization")));
    let both = [("READ_STAFF", "organization"), ("CREATE_IMPORT_RUNS", "organization")];
    let importer = school.holds(&clerk, "Importer", &both);
    bind(&school, &clerk, &[&here]);
    let (path, before) = (school.account(&clerk), held(&school, &clerk));

    helper.get("/users/new").await.is_ok().hides(">Importer<");
    helper.get(&format!("{path}/role/edit")).await.is_ok().shows(" selected>Importer<");
    Typed::of(&helper, &format!("{path}/role")).await.send(&helper).await.redirects_to(&path);

    gives(&helper, &path, &importer, &[]).await.is_forbidden();
    assert_eq!(held(&school, &clerk), before);
    gives(&helper, &path, "", &[]).await.has_status(303);
    gives(&helper, &path, &importer, &[]).await.is_forbidden();
    assert_eq!(held(&school, &clerk), "none at {}");
}

#[actix_web::test]
async fn a_role_at_the_only_campus_of_a_school_stays_there_when_it_is_saved_as_it_is() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let email = school.employ(Office);
    bind(&school, &email, &[&school.campus.to_string()]);
    let (path, before) = (school.account(&email), held(&school, &email));

    Typed::of(&administrator, &format!("{path}/role")).await.send(&administrator).await.redirects_to(&path);

    assert_eq!(held(&school, &email), before);
}

#[actix_web::test]
async fn whoever_is_limited_to_one_campus_gives_roles_there_and_the_campus_goes_without_saying() {
    let school = School::open().await;
    let (here, hill) = (school.campus.to_string(), school.second_campus("Hill Road"));
    school.holds(&school.employ(Director), "Importer", &[("CREATE_IMPORT_RUNS", "organization")]);
    let bea = limited(&school, &[&here]).await;
    let email = school.employ(Finance);
    school.run("update users set role_id = null where organization_id = $1 and email = $2", &email);
    let (path, office) = (school.account(&email), school.role("Office"));

    for page in ["/users/new", &*format!("{path}/role/edit")] {
        let page = bea.get(page).await;
        page.is_ok().shows("Only at").shows(">Quay Street").hides("Hill Road").hides(">Importer<");
        for role in ["Administrator", "Director", "Finance", "Office", "Teacher"] {
            page.shows(&format!(">{role}</option>"));
        }
        assert!(fields(&page.body).contains(&("campus[]".into(), here.clone())));
    }
    let form = Typed::of(&bea, &format!("{path}/role")).await.with("role_id", &office);
    form.send(&bea).await.redirects_to(&format!("{path}?done=role"));

    assert_eq!(held(&school, &email), format!("{office} at {{{here}}}"));
    let role = school.role("Administrator");
    gives(&bea, &path, &role, &[&hill]).await.is_forbidden();
    gives(&bea, &path, &role, &[&here, &hill]).await.is_forbidden();
    assert_eq!(held(&school, &email), format!("{office} at {{{here}}}"));
}

#[actix_web::test]
async fn whoever_is_limited_to_campuses_and_names_none_reads_so_by_the_field_and_loses_nothing_typed() {
    let school = School::open().await;
    let (here, hill) = (school.campus.to_string(), school.second_campus("Hill Road"));
    let bea = limited(&school, &[&here, &hill]).await;
    let email = school.employ(Finance);
    let path = school.account(&email);
    bind(&school, &email, &[&here]);

    for role in ["Teacher", "Finance", "Office"] {
        let answer = gives(&bea, &path, &school.role(role), &[]).await;
        answer.field_error("campus", "Tick at least one").shows(&format!(" selected>{role}</option>"));
    }
    gives(&bea, &path, &school.role("Teacher"), &[&hill]).await.redirects_to(&format!("{path}?done=role"));
    gives(&bea, &path, "", &[]).await.redirects_to(&format!("{path}?done=role"));
}

#[actix_web::test]
async fn whoever_is_limited_to_a_campus_invites_people_there() {
    let school = School::open().await;
    school.second_campus("Hill Road");
    let here = school.campus.to_string();
    let bea = limited(&school, &[&here]).await;
    let staff = record(&school, &school.employ(Office)).rsplit('/').next().unwrap().to_owned();
    school.run("update staff set user_id = null where organization_id = $1 and id = $2::uuid", &staff);
    let (email, office) = (format!("{}@belfry.example", unique("gita")), school.role("Office"));
    let mut form = vec![
        ("first_name", "Gita"),
        ("last_name", "Raman"),
        ("email", &*email),
        ("role_id", &*office),
        ("staff_id", &*staff),
    ];

    let refused = bea.send(Method::POST, "/users", &form).await;
    refused.field_error("campus", "Tick at least one").shows("value=\"Gita\"");
    form.push(("campus[]", &*here));
    bea.send(Method::POST, "/users", &form).await.has_status(303);

    assert_eq!(held(&school, &email), format!("{office} at {{{here}}}"));
}
