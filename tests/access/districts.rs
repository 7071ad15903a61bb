//! School districts: added, changed, deleted when they offer nothing, and given back.

use crate::support::{Administrator, Counselor, Director, Finance, School, Teacher, form::Typed};

#[actix_web::test]
async fn an_administrator_adds_a_district_and_whom_to_ask_there() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;

    let fields = [
        ("name", "Wharf District"),
        ("contact_name", "Ines Aguiar"),
        ("contact_email", "ask@wharf.example"),
        ("contact_phone", "07700 900 132"),
    ];
    let page = administrator.post("/districts", fields).await.leads();

    let page = administrator.get(&page).await;
    page.is_ok()
        .shows("Wharf District")
        .shows("Ines Aguiar")
        .shows("ask@wharf.example")
        .shows("07700 900 132");
    administrator.get("/districts?q=wharf").await.shows("Wharf District");
    administrator.get("/districts?q=aguiar").await.shows("Wharf District");
    administrator.get("/districts?q=quay").await.hides("Wharf District").shows("No district matches");
}

#[actix_web::test]
async fn two_districts_do_not_share_a_name_and_what_was_typed_is_kept() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    administrator.post("/districts", [("name", "Wharf District")]).await.leads();

    let again = [("name", "Wharf District"), ("contact_name", "Ines Aguiar"), ("contact_email", "nobody")];
    let refused = administrator.post("/districts", again).await;

    refused.field_error("contact_email", "address");
    refused.shows("Ines Aguiar");
    administrator
        .post("/districts", [("name", "Wharf District")])
        .await
        .field_error("name", "Another district");
    administrator.post("/districts", [("name", " ")]).await.field_error("name", "Fill this in");
}

#[actix_web::test]
async fn whoever_was_slower_sees_what_the_other_wrote() {
    let school = School::open().await;
    let (one, other) = (school.sign_in(Administrator).await, school.sign_in(Administrator).await);
    let page = one.post("/districts", [("name", "Wharf District")]).await.leads();
    let typed = Typed::of(&one, &page).await;
    Typed::of(&other, &page).await.with("contact_name", "Ines Aguiar").send(&other).await.has_status(303);

    let typed = typed.with("contact_name", "Kwame Acheampong");
    let refused = typed.with("contact_phone", "1").send(&one).await;

    refused.has_status(409).shows("Ines Aguiar").shows("Kwame Acheampong");
    one.get(&page).await.shows("Ines Aguiar").hides("Kwame");
}

#[actix_web::test]
async fn a_district_that_offers_programs_is_not_deleted_and_says_which() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let district = administrator.post("/districts", [("name", "Wharf District")]).await.leads();
    let id = district.rsplit('/').next().unwrap();
    let program = administrator
        .post("/programs", [("name", "Reading Bridge"), ("school_district_id", id)])
        .await
        .leads();

    let refused = administrator.post(&format!("{district}/removal"), []).await;

    refused.has_status(409).shows("Wharf District offers Reading Bridge");
    administrator.post(&format!("{program}/removal"), []).await.redirects_to("/programs");
    administrator.post(&format!("{district}/removal"), []).await.redirects_to("/districts");
    administrator.get(&district).await.is_missing();
}

#[actix_web::test]
async fn a_deleted_district_comes_back_as_it_was_unless_its_name_is_taken() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let fields = [("name", "Wharf District"), ("contact_name", "Ines Aguiar")];
    let district = administrator.post("/districts", fields).await.leads();
    administrator.post(&format!("{district}/removal"), []).await.redirects_to("/districts");
    administrator.get("/districts").await.hides("Wharf District");
    administrator.get("/districts?state=deleted").await.shows("Wharf District").shows("Restore");
    let other = administrator.post("/districts", [("name", "Wharf District")]).await.leads();

    let back = format!("{district}/return");
    administrator.post(&back, []).await.has_status(409).shows("Another district has this name");
    administrator.post(&format!("{other}/removal"), []).await.redirects_to("/districts");
    administrator.post(&back, []).await.redirects_to(&district);

    administrator.get(&district).await.is_ok().shows("Ines Aguiar");
    administrator.post(&back, []).await.is_missing();
}

#[actix_web::test]
async fn who_looks_at_districts_does_not_change_them() {
    let school = School::open().await;
    let district =
        school.sign_in(Administrator).await.post("/districts", [("name", "Wharf District")]).await.leads();

    for role in [Director, Counselor] {
        let person = school.sign_in(role).await;
        person.get(&district).await.is_ok().hides("Edit").hides("/removal");
        person.get("/districts").await.is_ok().hides("New district");
        person.post(&format!("{district}/removal"), []).await.is_forbidden();
        person.post("/districts", [("name", "Quay District")]).await.is_forbidden();
    }
    for role in [Teacher, Finance] {
        school.sign_in(role).await.get(&district).await.is_forbidden();
    }
}
