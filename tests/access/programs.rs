//! Programs: who works in them, who is a student of them, and what holds one.

use crate::support::{Administrator, Counselor, Office, School, Teacher, database, form::Typed};

/// The id at the end of a path.
fn id(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

#[actix_web::test]
async fn an_administrator_adds_a_program_of_a_district() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let district = administrator.post("/districts", [("name", "Wharf District")]).await.leads();

    let fields = [
        ("name", "Reading Bridge"),
        ("code", "RB-4"),
        ("school_district_id", id(&district)),
        ("description", "For whoever reads below their grade.\r\nTwice a week."),
    ];
    let program = administrator.post("/programs", fields).await.leads();

    let page = administrator.get(&program).await;
    page.is_ok().shows("Reading Bridge").shows("RB-4").shows("Wharf District").shows("Twice a week.");
    administrator.get(&district).await.shows("Reading Bridge");
    let list = format!("/programs?district={}&q=rb-4", id(&district));
    administrator.get(&list).await.shows("Reading Bridge");
    let typed = Typed::of(&administrator, &program).await;
    typed.with("school_district_id", "").send(&administrator).await.redirects_to(&program);
    administrator.get(&program).await.shows("of no school district");
}

#[actix_web::test]
async fn a_program_takes_no_district_that_is_not_there_and_no_endless_description() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let district = administrator.post("/districts", [("name", "Wharf District")]).await.leads();
    administrator.post(&format!("{district}/removal"), []).await.redirects_to("/districts");

    let gone = [("name", "Reading Bridge"), ("school_district_id", id(&district))];
    let refused = administrator.post("/programs", gone).await;

    refused.field_error("school_district_id", "Choose one").shows("Reading Bridge");
    let long = "a".repeat(2001);
    let refused = administrator.post("/programs", [("name", "Reading Bridge"), ("description", &long)]).await;
    refused.field_error("description", "2000");
}

#[actix_web::test]
async fn whose_first_program_it_is_becomes_primary_and_another_takes_its_place() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let (_, account) = school.colleague(Counselor).await;
    let mut programs = Vec::new();
    for name in ["Reading Bridge", "Second Language"] {
        let program = administrator.post("/programs", [("name", name)]).await.leads();
        let added = administrator.post(&format!("{program}/people"), [("user_id", id(&account))]).await;
        added.redirects_to(&program);
        programs.push(program);
    }
    administrator.get(&programs[0]).await.shows("their primary program").hides("Make primary");
    administrator.get(&programs[1]).await.hides("their primary program").shows("Make primary");
    administrator
        .get(&account)
        .await
        .shows("Reading Bridge")
        .shows("Second Language")
        .shows("primary, since");

    let primary = format!("{}/people/{}/primary", programs[1], id(&account));
    administrator.post(&primary, []).await.redirects_to(&programs[1]);

    administrator.get(&programs[0]).await.hides("their primary program");
    administrator.get(&programs[1]).await.shows("their primary program");
    let page = administrator.get(&programs[1]).await;
    page.shows("Who changed what")
        .shows("Rosa Lindqvist joined")
        .shows("Rosa Lindqvist. Primary program: no → yes");
}

#[actix_web::test]
async fn whoever_left_a_program_stays_on_its_page_and_may_come_back() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let (_, account) = school.colleague(Counselor).await;
    let program = administrator.post("/programs", [("name", "Reading Bridge")]).await.leads();
    let people = format!("{program}/people");
    administrator.post(&people, [("user_id", id(&account))]).await.redirects_to(&program);
    administrator.post(&people, [("user_id", id(&account))]).await.field_error("user_id", "in it already");

    let end = format!("{people}/{}/end", id(&account));
    administrator.post(&end, []).await.redirects_to(&program);

    let page = administrator.get(&program).await;
    page.shows("Inactive").hides("their primary program").shows("Rosa Lindqvist. Status: active → inactive");
    administrator.post(&end, []).await.is_missing();
    administrator.post(&format!("{people}/{}/primary", id(&account)), []).await.is_missing();
    administrator.post(&people, [("user_id", id(&account))]).await.redirects_to(&program);
    administrator.get(&program).await.hides("Inactive").shows("their primary program");
    let kept =
        format!("select count(*)::text as line from user_programs where program_id = '{}'", id(&program));
    assert_eq!(database::lines(&mut database::within(school.organization), &kept), ["1"]);
}

#[actix_web::test]
async fn nobody_without_an_account_here_works_in_a_program() {
    let school = School::open().await;
    let other = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let program = administrator.post("/programs", [("name", "Reading Bridge")]).await.leads();
    let people = format!("{program}/people");

    let (_, foreign) = other.colleague(Counselor).await;
    administrator.post(&people, [("user_id", id(&foreign))]).await.field_error("user_id", "Choose one");
    let (_, gone) = school.colleague(Counselor).await;
    administrator.post(&format!("{gone}/removal"), []).await.has_status(303);
    administrator.post(&people, [("user_id", id(&gone))]).await.field_error("user_id", "Choose one");

    administrator.get(&program).await.shows("Nobody works in it yet");
}

#[actix_web::test]
async fn a_students_form_says_program_year_graduation_and_review() {
    let school = School::open().await;
    let amal = format!("/students/{}", school.enroll("Amal", "Abdullahi"));
    let office = school.sign_in(Office).await;
    let administrator = school.sign_in(Administrator).await;
    let program = administrator.post("/programs", [("name", "Reading Bridge")]).await.leads();

    let typed = Typed::of(&office, &amal).await.with("program_id", id(&program)).with("program_year", "2");
    let typed = typed.with("expected_grad", "2030-06-30").with("next_review_on", "2026-11-02");
    typed.with("identifier", "D-4417").send(&office).await.redirects_to(&amal);

    let page = office.get(&amal).await;
    page.shows("Reading Bridge")
        .shows("year 2")
        .shows("30 Jun 2030")
        .shows("2 Nov 2026")
        .shows("past")
        .shows("D-4417");
    page.shows("Program: empty → Reading Bridge");
    office.get(&format!("/students?program={}", id(&program))).await.shows("Abdullahi");
    administrator.get(&program).await.shows("Abdullahi");
}

#[actix_web::test]
async fn a_program_year_or_a_day_that_cannot_be_is_refused_by_its_field() {
    let school = School::open().await;
    let amal = format!("/students/{}", school.enroll("Amal", "Abdullahi"));
    let office = school.sign_in(Office).await;

    for (field, typed, said) in [
        ("program_year", "21", "from 1 to 20"),
        ("program_year", "1e1", "from 1 to 20"),
        ("expected_grad", "2030-02-30", "Write a day"),
        ("next_review_on", "soon", "Write a day"),
        ("program_id", "00000000-0000-4000-8000-000000000000", "Choose one"),
        ("program_id", "bridge", "Choose one"),
    ] {
        let form = Typed::of(&office, &amal).await;
        form.with(field, typed).send(&office).await.field_error(field, said);
    }
}

#[actix_web::test]
async fn a_program_in_which_somebody_is_is_not_deleted_and_says_who_holds_it() {
    let school = School::open().await;
    let amal = format!("/students/{}", school.enroll("Amal", "Abdullahi"));
    let administrator = school.sign_in(Administrator).await;
    let (_, account) = school.colleague(Counselor).await;
    let program = administrator.post("/programs", [("name", "Reading Bridge")]).await.leads();
    administrator.post(&format!("{program}/people"), [("user_id", id(&account))]).await.has_status(303);
    let typed = Typed::of(&administrator, &amal).await.with("program_id", id(&program));
    typed.send(&administrator).await.has_status(303);
    let removal = format!("{program}/removal");

    administrator.post(&removal, []).await.has_status(409).shows("1 person and 1 student");
    administrator.post(&format!("{program}/people/{}/end", id(&account)), []).await.has_status(303);
    administrator.post(&removal, []).await.has_status(409).shows("1 student").hides("person");
    let typed = Typed::of(&administrator, &amal).await.with("program_id", "");
    typed.send(&administrator).await.has_status(303);
    administrator.post(&removal, []).await.redirects_to("/programs");

    administrator.get("/programs").await.hides("Reading Bridge");
    administrator.get("/programs?state=deleted").await.shows("Reading Bridge");
    administrator.post(&format!("{program}/return"), []).await.redirects_to(&program);
    administrator.get(&program).await.shows("Inactive");
}

#[actix_web::test]
async fn a_program_does_not_come_back_before_its_district() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let district = administrator.post("/districts", [("name", "Wharf District")]).await.leads();
    let fields = [("name", "Reading Bridge"), ("school_district_id", id(&district))];
    let program = administrator.post("/programs", fields).await.leads();
    administrator.post(&format!("{program}/removal"), []).await.has_status(303);
    administrator.post(&format!("{district}/removal"), []).await.has_status(303);

    let back = format!("{program}/return");
    administrator.post(&back, []).await.has_status(409).shows("Restore the district first");

    administrator.post(&format!("{district}/return"), []).await.has_status(303);
    administrator.post(&back, []).await.redirects_to(&program);
}

#[actix_web::test]
async fn a_programs_page_shows_only_students_in_reach_and_the_record_keeps_whom() {
    let school = School::open().await;
    let (amal, kwame) = (school.enroll("Amal", "Abdullahi"), school.enroll("Kwame", "Acheampong"));
    let administrator = school.sign_in(Administrator).await;
    let program = administrator.post("/programs", [("name", "Reading Bridge")]).await.leads();
    school.run("update students set program_id = $2::uuid where organization_id = $1", id(&program));
    let (counselor, account) = school.colleague(Counselor).await;
    let given = format!(
        "insert into user_students (organization_id, id, user_id, student_id, access_level, starts_on, reason)
         values ($1, gen_random_uuid(), '{}', $2::uuid, 'view', '2026-09-01', 'Caseload')",
        id(&account)
    );
    school.run(&given, &amal.to_string());

    counselor.get(&program).await.is_ok().shows("Abdullahi").hides("Acheampong");

    let seen = |student| {
        school.number(&format!(
            "select count(*) as n from access_events e join access_event_subjects s on s.organization_id = e.organization_id and s.event_id = e.id
             where e.organization_id = $1 and e.user_id = '{}' and s.student_id = '{student}' and page = 'GET /programs/{{id}}'",
            id(&account)
        ))
    };
    assert_eq!((seen(amal), seen(kwame)), (1, 0));
    school.sign_in(Teacher).await.get(&program).await.is_forbidden();
}
