//! Giving people a role or a right, as far as it goes, and taking it away again.

use crate::support::{
    Administrator, Counselor, Director, Finance, Office, Person, School, Teacher, form::Typed,
    school::PASSWORD,
};

async fn gives_role(administrator: &Person, path: &str, role: &str, campuses: &[&str]) -> u16 {
    let mut fields = vec![("role_id", role)];
    fields.extend(campuses.iter().map(|campus| ("campus[]", *campus)));
    let answer = administrator.send(reqwest::Method::POST, &format!("{path}/role"), &fields).await;
    answer.status.as_u16()
}

#[actix_web::test]
async fn a_role_given_counts_at_the_next_click_and_one_taken_is_gone_t04_t05() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let (finance, path) = school.colleague(Finance).await;
    finance.get("/board").await.is_forbidden();

    let form =
        Typed::of(&administrator, &format!("{path}/role")).await.with("role_id", &school.role("Office"));
    form.send(&administrator).await.redirects_to(&format!("{path}?done=role"));
    finance.get("/board").await.is_ok();

    assert_eq!(gives_role(&administrator, &path, "", &[]).await, 303);
    finance.get("/board").await.is_forbidden();
    finance.get("/account").await.is_ok().shows("opens no part of Belfry yet");
    administrator.get(&path).await.shows("Role: Finance → Office").shows("Role: Office → empty");
}

#[actix_web::test]
async fn a_right_given_directly_adds_to_the_role_and_goes_again_t04() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    let administrator = school.sign_in(Administrator).await;
    let (counselor, path) = school.colleague(Counselor).await;
    counselor.get("/students").await.is_ok().hides("Abdullahi");

    let wide = [("permission", "READ_STUDENTS"), ("scope", "organization")];
    administrator.post(&format!("{path}/permissions"), wide).await.has_status(303);
    counselor.get("/students").await.is_ok().shows("Abdullahi");
    let narrow = [("permission", "READ_STUDENTS"), ("scope", "assigned")];
    administrator.post(&format!("{path}/permissions"), narrow).await.has_status(303);
    counselor.get("/students").await.is_ok().hides("Abdullahi");

    administrator.post(&format!("{path}/permissions/READ_STUDENTS/removal"), []).await.has_status(303);
    counselor.get("/students").await.is_ok();
    administrator.post(&format!("{path}/permissions/READ_STUDENTS/removal"), []).await.is_missing();
    administrator
        .get(&path)
        .await
        .shows("Given: See students and their particulars, the whole organization")
        .shows("See students and their particulars: the whole organization → classes and students assigned to them")
        .shows("Taken away: See students and their particulars");
}

#[actix_web::test]
async fn whoever_is_given_another_campus_keeps_the_classes_assigned_to_them_t04() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    let other = school.second_campus("Hill Road");
    let administrator = school.sign_in(Administrator).await;
    let (teacher, path) = school.colleague(Teacher).await;
    teacher.get(&school.register()).await.is_ok().shows("Abdullahi");

    for (permission, campus) in [
        ("READ_ATTENDANCE_SESSIONS", &*other),
        ("UPDATE_ATTENDANCE_RECORDS", &*other),
        ("READ_STUDENTS", &*other),
        ("READ_CLASSES", ""),
    ] {
        let mut fields = vec![("permission", permission), ("scope", "campuses")];
        fields.extend(Some(("campus[]", campus)).filter(|_| !campus.is_empty()));
        let given = administrator.send(reqwest::Method::POST, &format!("{path}/permissions"), &fields).await;
        given.has_status(303);
    }

    teacher.get(&school.register()).await.is_ok().shows("Abdullahi");
    teacher.get("/students").await.is_ok().shows("Abdullahi");
    teacher.get(&format!("/classes/{}", school.class)).await.is_ok();
    administrator.get(&path).await.shows("Hill Road and what is assigned to them");
}

#[actix_web::test]
async fn along_with_a_right_goes_what_it_includes_and_nothing_it_needs_is_taken_from_under_it() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let (finance, path) = school.colleague(Finance).await;

    let letters = [("permission", "CREATE_LETTERS"), ("scope", "organization")];
    administrator.post(&format!("{path}/permissions"), letters).await.has_status(303);

    finance.get("/absence-follow-ups").await.is_ok();
    let page = administrator.get(&path).await;
    page.shows("Needed for: Write letters to guardians about absence.").shows("Role <bdi>Finance</bdi>");
    let taking =
        administrator.post(&format!("{path}/permissions/READ_ATTENDANCE_INTERVENTIONS/removal"), []).await;
    taking.has_status(409).shows("take it away first");
    administrator.post(&format!("{path}/permissions/CREATE_LETTERS/removal"), []).await.has_status(303);
    administrator
        .post(&format!("{path}/permissions/UPDATE_ATTENDANCE_INTERVENTIONS/removal"), [])
        .await
        .has_status(303);
    administrator
        .post(&format!("{path}/permissions/READ_ATTENDANCE_INTERVENTIONS/removal"), [])
        .await
        .has_status(303);
    finance.get("/absence-follow-ups").await.is_forbidden();
}

#[actix_web::test]
async fn a_right_that_does_not_reach_so_or_is_none_is_refused_by_the_field() {
    let (school, elsewhere) = (School::open().await, School::open().await);
    let administrator = school.sign_in(Administrator).await;
    let path = school.account(&school.employ(Finance));
    let foreign = elsewhere.campus.to_string();

    for (permission, scope, campus, field) in [
        ("READ_MINDS", "organization", "", "permission"),
        ("", "organization", "", "permission"),
        ("SEED", "organization", "", "permission"),
        ("READ_STAFF", "assigned", "", "scope"),
        ("READ_STAFF", "global", "", "scope"),
        ("CREATE_IMPORT_RUNS", "campuses", "", "scope"),
        ("READ_STAFF", "", "", "scope"),
        ("READ_STAFF", "campuses", &*foreign, "campus"),
        ("READ_STAFF", "campuses", "here", "campus"),
    ] {
        let fields = [("permission", permission), ("scope", scope), ("campus[]", campus)];
        administrator.post(&format!("{path}/permissions"), fields).await.field_error(field, "");
    }
    administrator.get(&path).await.hides("Given beside the role");
}

#[actix_web::test]
async fn a_role_bound_to_a_campus_opens_that_campus_and_nothing_of_the_whole_organization() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    let administrator = school.sign_in(Administrator).await;
    let other = school.second_campus("Hill Road");
    let (colleague, path) = school.colleague(Finance).await;
    let role = school.role("Administrator");
    let here = school.campus.to_string();

    assert_eq!(gives_role(&administrator, &path, &role, &[&here]).await, 303);
    colleague.get("/students").await.is_ok().shows("Abdullahi");
    colleague.get("/arrival").await.is_ok();
    for whole in ["/imports", "/attendance-codes/new", "/years/new", "/roles"] {
        colleague.get(whole).await.is_forbidden();
    }
    administrator
        .get(&path)
        .await
        .shows("only at Quay Street")
        .shows("<td>Quay Street</td>")
        .hides("Bring in a roster");

    assert_eq!(gives_role(&administrator, &path, &role, &[&other]).await, 303);
    colleague.get("/students").await.is_ok().hides("Abdullahi");
    assert_eq!(gives_role(&administrator, &path, &role, &[&other, &here]).await, 303);
    colleague.get("/students").await.is_ok().shows("Abdullahi");
    assert_eq!(gives_role(&administrator, &path, &role, &[]).await, 303);
    colleague.get("/imports").await.is_ok();
    administrator.get(&path).await.shows("Only at: empty → Quay Street");
}

#[actix_web::test]
async fn a_write_is_bound_to_the_campus_as_well_as_a_look() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let other = school.second_campus("Hill Road");
    let (office, path) = school.colleague(Office).await;
    assert_eq!(gives_role(&administrator, &path, &school.role("Office"), &[&other]).await, 303);
    let here = school.campus.to_string();
    let staff = [
        ("first_name", "Gita"),
        ("last_name", "Raman"),
        ("employee_number", "E-17"),
        ("staff_type", "teacher"),
        ("status", "active"),
        ("campus_id", &*here),
    ];

    office.post("/staff", staff).await.field_error("campus_id", "Choose one");
    let there = staff.map(|(name, value)| (name, if name == "campus_id" { &*other } else { value }));
    office.post("/staff", there).await.has_status(303);
}

#[actix_web::test]
async fn a_right_for_campuses_opens_those_and_adds_to_a_bound_role() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    let administrator = school.sign_in(Administrator).await;
    let other = school.second_campus("Hill Road");
    let (office, path) = school.colleague(Office).await;
    assert_eq!(gives_role(&administrator, &path, &school.role("Office"), &[&other]).await, 303);
    office.get("/students").await.is_ok().hides("Abdullahi");

    let here =
        [("permission", "READ_STUDENTS"), ("scope", "campuses"), ("campus[]", &*school.campus.to_string())];
    administrator.post(&format!("{path}/permissions"), here).await.has_status(303);

    office.get("/students").await.is_ok().shows("Abdullahi");
    administrator.get(&path).await.shows("Hill Road, Quay Street").shows("Given directly");
}

#[actix_web::test]
async fn why_somebody_may_do_this_and_who_may_do_this_say_the_same() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let (director, path) = school.colleague(Director).await;
    let teacher = school.account(&school.employ(Teacher));
    let closed = school.account(&school.employ(Office));
    administrator.post(&format!("{closed}/disablement"), []).await.has_status(303);
    school.gives(&director.email, "CREATE_IMPORT_RUNS", "organization");

    let who = administrator.get("/permissions/CREATE_IMPORT_RUNS").await;
    who.is_ok()
        .shows("Bring in a roster from another system.")
        .shows(&path)
        .hides(&teacher)
        .shows("Given directly");
    let who = administrator.get("/permissions/READ_STUDENTS").await;
    who.shows(&path)
        .shows(&teacher)
        .hides(&closed)
        .shows("Role <bdi>Teacher</bdi>")
        .shows("assigned to them");
    administrator.get(&path).await.shows("/permissions/CREATE_IMPORT_RUNS").shows("Role <bdi>Director</bdi>");
    administrator.get("/permissions/READ_MINDS").await.is_missing();
    director.get("/permissions/READ_STUDENTS").await.is_forbidden();
}

/// Somebody of the office who was given three rights beside that, each of which includes looking at students or guardians.
async fn keeper(school: &School, administrator: &Person) -> (Person, String) {
    let (office, path) = school.colleague(Office).await;
    for right in ["CREATE_STUDENT_FILES", "UPDATE_GUARDIANS", "READ_ACCESS_EVENTS"] {
        let fields = [("permission", right), ("scope", "organization")];
        administrator.post(&format!("{path}/permissions"), fields).await.has_status(303);
    }
    (office, path)
}

#[actix_web::test]
async fn what_a_right_includes_stays_with_it_though_the_role_goes() {
    let school = School::open().await;
    let student = school.enroll("Amal", "Abdullahi");
    let administrator = school.sign_in(Administrator).await;
    let (office, path) = keeper(&school, &administrator).await;

    assert_eq!(gives_role(&administrator, &path, "", &[]).await, 303);

    office.get("/students").await.is_ok().shows("Abdullahi");
    office.get("/guardians").await.is_ok();
    office.get(&format!("/students/{student}")).await.is_ok();
    office.get(&format!("/students/{student}/files")).await.is_ok();
    office.get("/board").await.is_forbidden();
}

#[actix_web::test]
async fn what_a_right_includes_stays_with_it_though_the_role_opens_less_or_is_gone_when_the_account_is_back()
{
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    let administrator = school.sign_in(Administrator).await;
    let (office, path) = school.colleague(Office).await;
    let both = [("READ_STUDENTS", "organization"), ("READ_GUARDIANS", "organization")];
    let role = school.holds(&office.email, "Front office", &both);
    let files = [("permission", "CREATE_STUDENT_FILES"), ("scope", "organization")];
    administrator.post(&format!("{path}/permissions"), files).await.has_status(303);

    let form = Typed::of(&administrator, &format!("/roles/{role}")).await;
    let form = form.with("scope[READ_STUDENTS]", "").with("scope[READ_GUARDIANS]", "");
    form.send(&administrator).await.has_status(303);

    office.get("/students").await.is_ok().shows("Abdullahi");
    administrator.post(&format!("{path}/removal"), []).await.has_status(303);
    administrator.post(&format!("/roles/{role}/removal"), []).await.has_status(303);
    administrator.post(&format!("{path}/return"), []).await.has_status(303);
    let back = school.outsider().signing_in(&office.email, PASSWORD).await;
    back.get("/students").await.is_ok().shows("Abdullahi");
    back.get("/guardians").await.is_ok();
}

#[actix_web::test]
async fn what_a_right_includes_is_neither_taken_away_nor_given_less_far_from_under_it_though_the_role_holds_it()
 {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let (_, path) = keeper(&school, &administrator).await;

    let taken = administrator.post(&format!("{path}/permissions/READ_STUDENTS/removal"), []).await;
    taken.has_status(409).shows("take it away first");
    let here = school.campus.to_string();
    let narrow = [("permission", "READ_STUDENTS"), ("scope", "campuses"), ("campus[]", &*here)];
    let given = administrator.post(&format!("{path}/permissions"), narrow).await;
    given.field_error("scope", "give it as far");

    for right in ["CREATE_STUDENT_FILES", "READ_ACCESS_EVENTS", "READ_STUDENTS"] {
        administrator.post(&format!("{path}/permissions/{right}/removal"), []).await.has_status(303);
    }
}

#[actix_web::test]
async fn what_is_included_by_rights_for_two_campuses_opens_both() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let (here, hill) = (school.campus.to_string(), school.second_campus("Hill Road"));
    let (finance, path) = school.colleague(Finance).await;
    for (right, campus) in [("UPDATE_STUDENTS", &here), ("CREATE_STUDENTS", &hill)] {
        let fields = [("permission", right), ("scope", "campuses"), ("campus[]", &**campus)];
        administrator.post(&format!("{path}/permissions"), fields).await.has_status(303);
    }

    assert_eq!(gives_role(&administrator, &path, "", &[]).await, 303);

    let reached = |campus: &str| {
        let held = format!(
            "select count(*) as n from user_custom_permissions where organization_id = $1 and permission = 'READ_STUDENTS' and '{campus}' = any (campus_ids)"
        );
        school.number(&held)
    };
    assert_eq!((reached(&here), reached(&hill)), (1, 1));
    finance.get("/students").await.is_ok();
}
