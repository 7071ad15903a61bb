//! The rules that nobody gets around: nobody gives what they do not hold, changes their own rights, or removes the last
//! administrator.

use reqwest::Method;

use crate::support::{
    Administrator, Office, Person, School, Teacher, database, form::Typed, provider::settings, school::unique,
};

/// Somebody who looks after accounts and roles and holds nothing else.
async fn helper(school: &School) -> Person {
    let helper = school.sign_in(Office).await;
    let held = ["READ_USERS", "CREATE_USERS", "UPDATE_USERS", "DELETE_USERS", "READ_ROLES", "UPDATE_ROLES"];
    school.holds(&helper.email, "Helper", &held.map(|name| (name, "organization")));
    helper
}

/// An account that opens nothing.
fn nobody(school: &School) -> String {
    let id = school.invited();
    school.run("update users set role_id = null where organization_id = $1 and id = $2::uuid", &id);
    format!("/users/{id}")
}

/// What everybody of a school holds, as one text.
fn rights(school: &School) -> String {
    let query = format!(
        "select string_agg(r, E'\\n' order by r) as line from (
           select id::text || coalesce(role_id::text, '') || role_campus_ids::text || coalesce(disabled_at::text, '') || coalesce(deleted_at::text, '') as r
             from users where organization_id = '{0}'
           union all select user_id::text || permission || scope::text from user_custom_permissions where organization_id = '{0}'
           union all select role_id::text || permission || scope::text from role_permissions where organization_id = '{0}'
           union all select name || coalesce(deleted_at::text, '') from roles where organization_id = '{0}') all_of_it",
        school.organization
    );
    database::lines(&mut database::lobby(), &query).remove(0)
}

#[actix_web::test]
async fn nobody_gives_a_role_or_right_that_they_do_not_hold_t11() {
    let school = School::open().await;
    let helper = helper(&school).await;
    let path = nobody(&school);
    let before = rights(&school);

    for role in ["Teacher", "Administrator", "Supervisor"].map(|name| school.role(name)) {
        helper.post(&format!("{path}/role"), [("role_id", &*role)]).await.is_forbidden();
        let address = format!("{}@belfry.example", unique("new"));
        let fields = [("first_name", "G"), ("last_name", "R"), ("email", &*address), ("role_id", &*role)];
        helper.post("/users", fields).await.is_forbidden();
        helper.post(&format!("/roles/{role}/copies"), []).await.is_forbidden();
    }
    for permission in ["READ_STUDENTS", "CREATE_IMPORT_RUNS"] {
        let fields = [("permission", permission), ("scope", "organization")];
        helper.post(&format!("{path}/permissions"), fields).await.is_forbidden();
    }
    helper.get("/users/new").await.is_ok().shows("Helper").hides(">Teacher<");
    assert_eq!(rights(&school), before);
    assert_eq!(school.post_comes().len(), 0, "what is refused mails nobody");
}

#[actix_web::test]
async fn nobody_gives_more_than_they_reach_t11() {
    let school = School::open().await;
    let helper = helper(&school).await;
    let (here, other) = (school.campus.to_string(), school.second_campus("Hill Road"));
    school.gives(&helper.email, "READ_STAFF", "campuses");
    let path = format!("{}/permissions", nobody(&school));

    for (scope, campus) in [("organization", ""), ("campuses", &*other)] {
        let fields = [("permission", "READ_STAFF"), ("scope", scope), ("campus[]", campus)];
        helper.post(&path, fields).await.is_forbidden();
    }
    let within = [("permission", "READ_STAFF"), ("scope", "campuses"), ("campus[]", &*here)];
    helper.post(&path, within).await.has_status(303);
}

#[actix_web::test]
async fn nobody_puts_into_a_role_or_out_of_one_what_they_do_not_hold_t11() {
    let school = School::open().await;
    let (helper, administrator) = (helper(&school).await, school.sign_in(Administrator).await);
    let path = format!("/roles/{}", school.own_role());
    let form = Typed::of(&administrator, &path).await;
    let before = rights(&school);

    helper.get(&format!("{path}/edit")).await.is_forbidden();
    form.with("scope[READ_STAFF]", "").send(&helper).await.is_forbidden();
    helper.post(&format!("{path}/removal"), []).await.is_forbidden();
    school.gives(&helper.email, "READ_STAFF", "organization");
    let form = Typed::of(&helper, &path).await.with("scope[READ_STUDENTS]", "assigned");
    form.send(&helper).await.is_forbidden();
    assert_eq!(
        rights(&school).lines().filter(|line| !before.contains(*line)).count(),
        1,
        "only the right given here"
    );
    Typed::of(&helper, &path)
        .await
        .with("scope[READ_STAFF]", "campuses")
        .send(&helper)
        .await
        .redirects_to(&path);
}

#[actix_web::test]
async fn nobody_touches_an_account_that_opens_more_than_theirs_t11() {
    let school = School::open().await;
    let helper = helper(&school).await;
    let (administrator, path) = school.colleague(Administrator).await;
    let (before, epoch) = (rights(&school), school.kept(&administrator.email, "epoch"));

    for page in ["edit", "role/edit", "permissions/new", "staff/edit"] {
        helper.get(&format!("{path}/{page}")).await.is_forbidden();
    }
    for verb in [
        "disablement",
        "disablement/end",
        "wait/end",
        "sessions/end",
        "password-reset",
        "removal",
        "staff/removal",
    ] {
        helper.post(&format!("{path}/{verb}"), []).await.is_forbidden();
    }
    let moved = [("first_name", "R"), ("last_name", "L"), ("email", "mine@belfry.example")];
    helper.post(&path, moved).await.is_forbidden();
    helper.post(&format!("{path}/role"), [("role_id", "")]).await.is_forbidden();
    helper.get(&path).await.is_ok().shows("it opens something that yours does not").hides("Disable");
    assert_eq!((rights(&school), school.kept(&administrator.email, "epoch")), (before, epoch));
    assert_eq!(school.kept(&administrator.email, "email"), administrator.email);
}

#[actix_web::test]
async fn nobody_names_a_provider_by_which_they_could_come_in_as_somebody_with_more_t11() {
    let school = School::open().await;
    school.employ(Administrator);
    let provider = school.provider(&[]);
    let (helper, fields) = (helper(&school).await, settings(&provider.issuer, &[]));
    school.gives(&helper.email, "UPDATE_IDENTITY_PROVIDERS", "organization");
    let kept = || school.number("select count(*) as n from identity_providers where organization_id = $1");

    helper.get("/identity-provider").await.is_ok().shows("may do all that anybody here may").hides(">Save<");
    helper.fill("/identity-provider", &fields).await.is_forbidden();
    let nowhere = settings("http://127.0.0.1:9", &[]);
    helper.fill("/identity-provider", &nowhere).await.is_forbidden();
    assert_eq!(kept(), 0);

    // An administrator of one campus is less than one of the whole school.
    let campus = school.second_campus("Hill");
    let bound = school.sign_in(Administrator).await;
    school.run(
        &format!("update users set role_campus_ids = array['{campus}'::uuid] where organization_id = $1 and email = $2"),
        &bound.email,
    );
    bound.fill("/identity-provider", &fields).await.is_forbidden();
    assert_eq!(kept(), 0);
    school.sign_in(Administrator).await.fill("/identity-provider", &fields).await.has_status(303);
    assert_eq!(kept(), 1);
}

#[actix_web::test]
async fn nobody_changes_their_own_rights_t11() {
    let school = School::open().await;
    let (administrator, path) = school.colleague(Administrator).await;
    school.gives(&administrator.email, "READ_STAFF", "organization");
    let before = rights(&school);

    for page in ["edit", "role/edit", "permissions/new", "staff/edit"] {
        administrator.get(&format!("{path}/{page}")).await.is_forbidden();
    }
    for verb in ["disablement", "removal", "staff/removal", "permissions/READ_STAFF/removal", "sessions/end"]
    {
        administrator.post(&format!("{path}/{verb}"), []).await.is_forbidden();
    }
    let role = school.role("Director");
    administrator.post(&format!("{path}/role"), [("role_id", &*role)]).await.is_forbidden();
    let right = [("permission", "READ_STUDENTS"), ("scope", "organization")];
    administrator.post(&format!("{path}/permissions"), right).await.is_forbidden();
    let moved = [("first_name", "R"), ("last_name", "L"), ("email", "mine@belfry.example")];
    administrator.post(&path, moved).await.is_forbidden();
    administrator.get(&path).await.is_ok().shows("This is your own account").hides("Disable");
    assert_eq!(rights(&school), before);
}

#[actix_web::test]
async fn nobody_changes_the_role_that_they_hold_t11() {
    let school = School::open().await;
    let helper = helper(&school).await;
    let path = format!("/roles/{}", school.role("Helper"));
    let before = rights(&school);

    helper.get(&path).await.is_ok().hides("/edit");
    helper.get(&format!("{path}/edit")).await.is_forbidden();
    helper.post(&path, [("name", "Helper"), ("scope[READ_STUDENTS]", "organization")]).await.is_forbidden();
    helper.post(&format!("{path}/removal"), []).await.is_forbidden();
    assert_eq!(rights(&school), before);
}

#[actix_web::test]
async fn a_built_in_role_stays_as_it_is_t11() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let path = format!("/roles/{}", school.role("Teacher"));
    let count = "select count(*) as n from roles where organization_id is null and $1 = $1";
    let before = school.number(count);

    administrator.get(&format!("{path}/edit")).await.is_forbidden();
    administrator
        .post(&path, [("name", "Teacher"), ("scope[READ_STUDENTS]", "organization")])
        .await
        .is_forbidden();
    administrator.post(&format!("{path}/removal"), []).await.is_forbidden();
    let platform = format!("/roles/{}", school.role("Platform administrator"));
    administrator.get(&platform).await.is_missing();
    administrator.post(&format!("{platform}/copies"), []).await.is_missing();
    assert_eq!(school.number(count), before);
}

#[actix_web::test]
async fn whoever_only_looks_changes_nothing_by_any_verb_t11() {
    let school = School::open().await;
    let looker = school.sign_in(Office).await;
    school.holds(&looker.email, "Looker", &[("READ_USERS", "organization"), ("READ_ROLES", "organization")]);
    let (path, role) = (nobody(&school), format!("/roles/{}", school.own_role()));
    let before = rights(&school);
    looker.get(&path).await.is_ok().hides("Disable").hides("/edit");
    looker.get(&role).await.is_ok().hides("/edit").hides("Copy</button>");

    for page in
        [format!("{path}/edit"), format!("{path}/role/edit"), format!("{role}/edit"), "/users/new".into()]
    {
        looker.get(&page).await.is_forbidden();
    }
    for change in
        ["", "/role", "/permissions", "/staff", "/disablement", "/removal", "/invitation", "/password-reset"]
    {
        looker.post(&format!("{path}{change}"), [("role_id", "")]).await.is_forbidden();
    }
    for change in ["", "/copies", "/removal"] {
        looker.post(&format!("{role}{change}"), []).await.is_forbidden();
    }
    assert_eq!(rights(&school), before);
}

#[actix_web::test]
async fn two_administrators_who_demote_each_other_leave_one_t11() {
    for _ in 0..4 {
        let school = School::open().await;
        let (first, first_path) = school.colleague(Administrator).await;
        let (second, second_path) = school.colleague(Administrator).await;
        let role = school.role("Teacher");
        let field = [("role_id", &*role)];

        let (a, b) = (format!("{second_path}/role"), format!("{first_path}/role"));
        let (one, other) = futures::future::join(first.post(&a, field), second.post(&b, field)).await;

        let mut statuses = [one.status.as_u16(), other.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 403], "{}\n{}", one.body, other.body);
        let left = if one.status.as_u16() == 303 { &first } else { &second };
        left.get("/users").await.is_ok();
    }
}

#[actix_web::test]
async fn of_many_who_disable_each_other_at_once_one_remains_t11() {
    let school = School::open().await;
    let mut people = Vec::new();
    for _ in 0..5 {
        people.push(school.colleague(Administrator).await);
    }
    let clicks = (0..people.len()).map(|at| {
        let (person, next) = (people[at].0.clone(), people[(at + 1) % people.len()].1.clone());
        async move { person.post(&format!("{next}/disablement"), []).await.status.as_u16() }
    });

    let statuses = futures::future::join_all(clicks).await;

    let able = "select count(*) as n from users where organization_id = $1 and disabled_at is null";
    assert!(school.number(able) >= 1 && statuses.contains(&303), "{statuses:?}");
    assert!(statuses.iter().all(|status| *status < 500), "{statuses:?}");
}

#[actix_web::test]
async fn what_is_posted_along_changes_nothing_t07() {
    let (school, elsewhere) = (School::open().await, School::open().await);
    let administrator = school.sign_in(Administrator).await;
    let id = school.invited();
    let (path, other) = (format!("/users/{id}"), elsewhere.organization.to_string());
    let columns = "row(id, organization_id, role_id, password_hash, failed_login_attempts, locked_until, email_verified_at, epoch, deleted_at, disabled_at, provider, last_seen_at)";
    let query = format!("select {columns}::text as line from users where id = '{id}'");
    let kept = || database::lines(&mut database::lobby(), &query).remove(0);
    let before = kept();
    let email = database::lines(
        &mut database::lobby(),
        &format!("select email as line from users where id = '{id}'"),
    )
    .remove(0);
    let along = [
        ("organization_id", &*other),
        ("id", &other),
        ("role_ids", &other),
        ("role_id", &other),
        ("password_hash", "$argon2id$mine"),
        ("failed_login_attempts", "77"),
        ("locked_until", "2030-01-01"),
        ("email_verified_at", "2026-01-01"),
        ("epoch", "77"),
        ("deleted_at", "2026-01-01"),
        ("provider", "mine"),
        ("global_access", "true"),
    ];

    let mut form = Typed::of(&administrator, &path).await.with("email", &email);
    for (name, value) in along {
        form = form.with(name, value);
    }
    form.send(&administrator).await.redirects_to(&path);
    assert_eq!(kept(), before);

    let role = format!("/roles/{}", school.own_role());
    let mut form = Typed::of(&administrator, &role).await;
    for (name, value) in along {
        form = form.with(name, value);
    }
    form.send(&administrator).await.redirects_to(&role);
    let raised = "select count(*) as n from roles where organization_id = $1 and (global_access or deleted_at is not null)";
    assert_eq!(school.number(raised), 0);
    administrator.send(Method::GET, &role, &[]).await.is_ok();
}

#[actix_web::test]
async fn no_account_of_another_school_is_touched_or_seen_t01_t02() {
    let (school, elsewhere) = (School::open().await, School::open().await);
    let administrator = school.sign_in(Administrator).await;
    let (teacher, path) = elsewhere.colleague(Teacher).await;
    let before = rights(&elsewhere);

    administrator.get(&path).await.is_missing();
    for verb in
        ["disablement", "removal", "return", "invitation", "password-reset", "sessions/end", "staff/removal"]
    {
        administrator.post(&format!("{path}/{verb}"), []).await.is_missing();
    }
    administrator.post(&format!("{path}/role"), [("role_id", "")]).await.is_missing();
    administrator.get(&format!("/users?q={}", teacher.email)).await.shows("No account matches");
    administrator.get("/permissions/READ_STUDENTS").await.hides(&path);
    teacher.get("/today").await.is_ok();
    assert_eq!(rights(&elsewhere), before);
}
