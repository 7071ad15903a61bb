//! Roles: looked at, copied, changed and deleted.

use crate::support::{Administrator, Office, Person, School, Teacher, form::Typed};

/// A copy of a role, and its path.
async fn copies(administrator: &Person, school: &School, role: &str) -> String {
    let form = administrator.post(&format!("/roles/{}/copies", school.role(role)), []).await.leads();
    form.strip_suffix("/edit").unwrap().to_owned()
}

#[actix_web::test]
async fn the_list_names_built_in_and_own_roles_and_how_many_have_each() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let teacher = school.employ(Teacher);
    school.holds(&teacher, "Trips", &[("READ_STUDENTS", "assigned")]);

    let list = administrator.get("/roles").await;

    list.is_ok().shows("Trips").shows("Administrator").hides("Platform administrator");
    let row = list.body.split("Trips").nth(1).unwrap().split("</tr>").next().unwrap();
    assert!(row.contains("Own") && row.contains("data-label=\"people\">1<"), "{row}");
    let page = administrator.get(&format!("/roles/{}", school.role("Teacher"))).await;
    page.shows("Built in").shows("Assigned").shows("Take a register and submit it.").hides("/edit");
    school.sign_in(Office).await.get("/roles").await.is_forbidden();
}

#[actix_web::test]
async fn a_copy_is_changed_and_whoever_has_it_loses_what_is_gone_at_the_next_click_t05() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let path = copies(&administrator, &school, "Office").await;
    administrator.get(&path).await.shows("Office (copy)").shows("Delete this role");
    let form = Typed::of(&administrator, &path)
        .await
        .with("name", "Front office")
        .with("scope[READ_CAMPUS_ATTENDANCE]", "");
    form.send(&administrator).await.redirects_to(&path);
    let (office, account) = school.colleague(Office).await;
    office.get("/board").await.is_ok();

    let role = path.rsplit('/').next().unwrap();
    administrator.post(&format!("{account}/role"), [("role_id", role)]).await.has_status(303);

    office.get("/board").await.is_forbidden();
    office.get("/students").await.is_ok();
    Typed::of(&administrator, &path)
        .await
        .with("scope[READ_CAMPUS_ATTENDANCE]", "campuses")
        .send(&administrator)
        .await
        .redirects_to(&path);
    office.get("/board").await.is_ok();
    administrator
        .get(&path)
        .await
        .shows("Front office")
        .shows("Name: Office (copy) → Front office")
        .shows("Copied")
        .hides("Given: See students")
        .shows("Taken away: See the day&#39;s board")
        .hides("Delete this role");
}

#[actix_web::test]
async fn along_with_a_permission_goes_what_it_includes() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let path = format!("/roles/{}", school.own_role());

    let form = Typed::of(&administrator, &path)
        .await
        .with("scope[READ_STAFF]", "")
        .with("scope[CREATE_LETTERS]", "campuses");
    form.send(&administrator).await.redirects_to(&path);

    let page = administrator.get(&format!("{path}/edit")).await;
    for included in ["READ_ATTENDANCE_INTERVENTIONS", "UPDATE_ATTENDANCE_INTERVENTIONS", "READ_GUARDIANS"] {
        let field = page.body.split(&format!("name=\"scope[{included}]\"")).nth(1).unwrap();
        let chosen = field.split("</select>").next().unwrap();
        assert!(chosen.contains("value=\"campuses\" selected"), "{included}: {chosen}");
    }
    administrator.get(&path).await.hides("See members of staff. <span");
}

#[actix_web::test]
async fn every_wrong_field_of_a_role_has_its_message() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let (path, other) = (format!("/roles/{}", school.own_role()), school.own_role());
    let known = format!("select name as line from roles where id = '{other}'");
    let known = crate::support::database::lines(&mut crate::support::database::lobby(), &known).remove(0);

    for (name, typed, field, message) in [
        ("name", "", "name", "Fill this in"),
        ("name", "teacher", "name", "A built-in role is called so"),
        ("name", &*known, "name", "Another role is called so"),
        ("name", "a\u{202e}b", "name", "invisible"),
        ("description", &"x".repeat(301), "description", "At most 300"),
        ("scope[READ_STAFF]", "assigned", "scopes", "does not reach so"),
        ("scope[READ_STAFF]", "global", "scopes", "does not reach so"),
        ("scope[READ_STAFF]", "everything", "scopes", "Choose from the list"),
    ] {
        let form = Typed::of(&administrator, &path).await.with(name, typed);
        form.send(&administrator).await.field_error(field, message);
    }
}

#[actix_web::test]
async fn a_changed_role_is_not_overwritten_unseen() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let path = format!("/roles/{}", school.own_role());
    let mine = Typed::of(&administrator, &path)
        .await
        .with("description", "Trips")
        .with("scope[READ_CLASSES]", "campuses");
    let theirs = Typed::of(&administrator, &path).await.with("description", "Camps");
    mine.send(&administrator).await.redirects_to(&path);

    let answer = theirs.send(&administrator).await;

    answer
        .has_status(409)
        .shows("Rosa Lindqvist changed this meanwhile")
        .shows("<td>Trips</td><td>Camps</td>");
    theirs.seen_in(&answer).send(&administrator).await.redirects_to(&path);
}

#[actix_web::test]
async fn a_role_that_somebody_has_stays_and_one_that_nobody_has_goes() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let (teacher, account) = school.colleague(Teacher).await;
    let path = format!("/roles/{}", school.holds(&teacher.email, "Trips", &[("READ_STUDENTS", "assigned")]));

    administrator
        .post(&format!("{path}/removal"), [])
        .await
        .has_status(409)
        .shows("One person has this role.");
    administrator.post(&format!("{account}/role"), [("role_id", "")]).await.has_status(303);
    administrator.post(&format!("{path}/removal"), []).await.redirects_to("/roles");

    administrator.get(&path).await.is_missing();
    let gone = path.rsplit('/').next().unwrap();
    administrator
        .post(&format!("{account}/role"), [("role_id", gone)])
        .await
        .field_error("role_id", "Choose one");
    let again = copies(&administrator, &school, "Teacher").await;
    Typed::of(&administrator, &again)
        .await
        .with("name", "Trips")
        .send(&administrator)
        .await
        .redirects_to(&again);
}

#[actix_web::test]
async fn whoever_comes_back_to_a_role_that_is_gone_has_none() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let (teacher, account) = school.colleague(Teacher).await;
    let role = school.holds(&teacher.email, "Trips", &[("READ_STUDENTS", "assigned")]);
    administrator.post(&format!("{account}/removal"), []).await.has_status(303);
    administrator.post(&format!("/roles/{role}/removal"), []).await.redirects_to("/roles");

    administrator.post(&format!("{account}/return"), []).await.has_status(303);

    administrator.get(&account).await.is_ok().shows("no role");
}

#[actix_web::test]
async fn two_copies_of_a_role_have_names_of_their_own() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    for _ in 0..2 {
        copies(&administrator, &school, "Teacher").await;
    }

    administrator.get("/roles").await.shows("Teacher (copy)").shows("Teacher (copy 2)");
}

#[actix_web::test]
async fn a_role_of_another_school_is_none_t01_t02() {
    let (school, elsewhere) = (School::open().await, School::open().await);
    let administrator = school.sign_in(Administrator).await;
    let foreign = elsewhere.own_role();

    for path in [format!("/roles/{foreign}"), format!("/roles/{foreign}/edit")] {
        administrator.get(&path).await.is_missing();
    }
    for path in ["", "/copies", "/removal"] {
        administrator.post(&format!("/roles/{foreign}{path}"), [("name", "Mine")]).await.is_missing();
    }
    let account = school.account(&school.employ(Teacher));
    administrator
        .post(&format!("{account}/role"), [("role_id", &*foreign)])
        .await
        .field_error("role_id", "Choose");
}
