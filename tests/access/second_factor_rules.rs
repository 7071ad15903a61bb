//! A second factor that a role demands.

use chrono::TimeDelta;
use diesel::connection::SimpleConnection as _;

use crate::support::{
    Administrator, Office, Person, Platform, School, Teacher, database, person::Role, school::PASSWORD,
    second_factor::App,
};

fn role(role: Role) -> String {
    let name = match role {
        Role::Teacher => "Teacher",
        Role::Office => "Office",
        Role::Administrator => "Administrator",
        _ => "Platform administrator",
    };
    let query =
        format!("select id::text as line from roles where organization_id is null and name = '{name}'");
    database::lines(&mut database::lobby(), &query).remove(0)
}

async fn demands(administrator: &Person, of: &[Role]) {
    let roles: Vec<String> = of.iter().map(|one| role(*one)).collect();
    let form: Vec<(&str, String)> = roles.into_iter().map(|role| ("role[]", role)).collect();
    administrator.fill("/second-factor-rules", &form).await.redirects_to("/second-factor-rules?done=kept");
}

#[actix_web::test]
async fn whoever_must_and_has_none_sets_it_up_at_the_door_and_can_do_nothing_before() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    demands(&administrator, &[Teacher]).await;
    let email = school.employ(Teacher);
    let stranger = school.outsider();
    let answer =
        stranger.post("/session", [("email", &*email), ("password", PASSWORD), ("next", "/today")]).await;
    answer.redirects_to("/sign-in/second-factor?next=%2Ftoday");
    let waiting = stranger.keeps(&answer);

    for path in ["/today", "/account", "/students", "/", "/sign-in/code"] {
        assert!(waiting.get(path).await.leads_to("/sign-in"), "{path} opens");
    }
    let app = App::reads(&waiting.get("/sign-in/second-factor").await.is_ok().body);
    let wrong = waiting.post("/sign-in/second-factor", [("code", "000000")]).await;
    wrong.field_error("code", "not right");
    assert!(App::reads(&wrong.body).shows(&school, 0) == app.shows(&school, 0), "the picture is another");
    let form = [("code", &*app.shows(&school, 0)), ("next", "/today")];
    let answer = waiting.post("/sign-in/second-factor", form).await;

    answer.is_ok().shows("Your recovery codes").shows("href=\"/today\"");
    let teacher = waiting.keeps(&answer);
    teacher.get("/today").await.is_ok();
    assert!(waiting.post("/sign-in/second-factor", form).await.leads_to("/sign-in"), "it is set up twice");
    assert_eq!(school.post_comes()[0].to, email);
}

#[actix_web::test]
async fn a_rule_signs_out_whoever_has_none_at_once_and_nobody_else() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let (has_none, office) = (school.sign_in(Teacher).await, school.sign_in(Office).await);
    let (has_one, _, _) = school.turns_on(&school.sign_in(Teacher).await).await;
    let other = School::open().await;
    let elsewhere = other.sign_in(Teacher).await;

    demands(&administrator, &[Teacher]).await;

    assert!(has_none.get("/today").await.leads_to("/sign-in"));
    for person in [&has_one, &elsewhere] {
        person.get("/today").await.is_ok();
    }
    office.get("/board").await.is_ok();
    administrator.get("/second-factor-rules").await.is_ok();
}

#[actix_web::test]
async fn whoever_makes_a_rule_for_their_own_role_sets_it_up_when_their_session_lapses() {
    let school = School::open().await;
    let administrator = school.stays(Administrator).await;
    demands(&administrator, &[Administrator]).await;
    administrator.get("/users").await.is_ok();
    school.lapses(&administrator.email);

    let answer = administrator.get("/users").await;

    assert!(answer.leads_to("/sign-in"), "the session is renewed");
    let door = administrator.keeps(&answer);
    assert!(door.get("/users").await.leads_to("/sign-in"));
    let (again, _, _) = school.enrols(&school.outsider(), &administrator.email).await;
    again.get("/users").await.is_ok();
}

#[actix_web::test]
async fn an_administrator_sees_who_holds_a_role_and_who_has_one_and_takes_the_rule_back() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    school.sign_in(Teacher).await;
    school.turns_on(&school.sign_in(Teacher).await).await;
    demands(&administrator, &[Teacher, Administrator]).await;

    let page = administrator.get("/second-factor-rules").await;
    let row = page.body.split(&format!("id=\"role-{}\"", role(Teacher))).nth(1).unwrap();
    let row = row.split("</tr>").next().unwrap();
    assert!(row.contains(">2</td>") && row.contains(">1</td>") && row.contains(" checked"), "{row}");
    assert_eq!(page.body.matches(" checked> Demanded").count(), 2);
    page.hides("Platform");
    demands(&administrator, &[]).await;

    assert_eq!(administrator.get("/second-factor-rules").await.body.matches(" checked> Demanded").count(), 0);
    school.outsider().signing_in(&school.employ(Teacher), PASSWORD).await;
    let told = school.number("select count(*) as n from change_events where organization_id = $1 and entity = 'second_factor_rules'");
    assert!(told >= 2, "who made and took back the rule is not told");
}

#[actix_web::test]
async fn whoever_must_have_one_cannot_turn_it_off() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let (teacher, app, _) = school.turns_on(&school.sign_in(Teacher).await).await;
    demands(&administrator, &[Teacher]).await;
    school.clock.set(school.clock.now() + TimeDelta::seconds(60));

    let form = [("current", PASSWORD), ("code", &*app.shows(&school, 0))];
    let answer = teacher.post("/account/second-factor/removal", form).await;

    answer.has_status(409).shows("Your role demands a second factor.");
    teacher.get("/account/second-factor").await.shows("Your role demands it.").hides("Turn it off");
}

#[actix_web::test]
async fn platform_staff_must_always_have_one() {
    let school = School::open().await;
    let email = school.employ(Platform);

    let (person, _, _) = school.enrols(&school.outsider(), &email).await;

    person.get("/account").await.is_ok().shows("On since");
    let again = school.outsider().post("/session", [("email", &*email), ("password", PASSWORD)]).await;
    again.redirects_to("/sign-in/code");
}

#[actix_web::test]
async fn a_rule_is_about_roles_that_there_are_t01() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let nobodys = school::Uuid::new_v4().to_string();

    for (typed, status) in [(&*nobodys, 404), ("teacher", 422), (&*role(Platform), 404)] {
        administrator.post("/second-factor-rules", [("role[]", typed)]).await.has_status(status);
    }
    assert_eq!(school.number("select count(*) as n from second_factor_rules where organization_id = $1"), 0);
}

#[actix_web::test]
async fn who_has_lost_phone_and_paper_is_let_in_again_by_an_administrator() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let (teacher, path) = school.colleague(Teacher).await;
    let (here, _, codes) = school.turns_on(&teacher).await;
    school.post_comes();
    administrator.get(&path).await.shows("Take the second factor away").shows("on since 23 Nov 2026");
    let removal = format!("{path}/second-factor/removal");
    here.post(&removal, []).await.is_forbidden();

    administrator.post(&removal, []).await.has_status(303);

    assert!(here.get("/today").await.leads_to("/sign-in"), "whoever came in with the lost phone stays in");
    let mails = school.post_comes();
    assert_eq!(mails.len(), 1);
    assert_eq!(
        (&*mails[0].to, mails[0].subject.ends_with("asks for no code any more")),
        (&*teacher.email, true)
    );
    let kept = format!(
        "select count(*)::text as line from users left join second_factors f on f.user_id = users.id
         left join recovery_codes c on c.user_id = users.id where email = '{}' and (f.user_id is not null or c.id is not null)",
        teacher.email
    );
    assert_eq!(database::lines(&mut database::lobby(), &kept), ["0"]);
    let back = school.outsider().signing_in(&teacher.email, PASSWORD).await;
    back.get("/today").await.is_ok();
    assert!(!codes.is_empty());
    administrator.get(&path).await.shows("Second factor taken away").hides("Take the second factor away");
    administrator.post(&removal, []).await.has_status(409);
}

#[actix_web::test]
async fn nobody_gives_somebody_else_a_second_factor() {
    let school = School::open().await;
    let teacher = school.employ(Teacher);
    let mut app = database::app();
    database::run(&mut app, &format!("set app.organization_id = '{}'", school.organization));

    let tried =
        app.batch_execute(&format!("update users set second_factor_at = now() where email = '{teacher}'"));

    let refused = tried.unwrap_err().to_string();
    assert!(refused.contains("nobody sets up a second factor for somebody else"), "{refused}");
}

#[actix_web::test]
async fn whoever_is_given_a_role_that_demands_one_and_has_none_is_signed_out_at_once() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let (has_none, theirs) = school.colleague(Office).await;
    let (office, other) = school.colleague(Office).await;
    let (has_one, _, _) = school.turns_on(&office).await;
    demands(&administrator, &[Teacher]).await;

    for path in [&theirs, &other] {
        let given = administrator.post(&format!("{path}/role"), [("role_id", &*role(Teacher))]).await;
        given.redirects_to(&format!("{path}?done=role"));
    }

    assert!(
        has_none.get("/account").await.leads_to("/sign-in"),
        "one factor is enough for a role that demands two"
    );
    has_one.get("/account").await.is_ok();
    school.enrols(&school.outsider(), &has_none.email).await.0.get("/account").await.is_ok();
}

#[actix_web::test]
async fn a_role_that_demands_nothing_and_a_role_bound_elsewhere_sign_nobody_out() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let (teacher, path) = school.colleague(Teacher).await;
    demands(&administrator, &[Office]).await;

    let given = administrator
        .post(
            &format!("{path}/role"),
            [("role_id", &*role(Teacher)), ("campus[]", &*school.campus.to_string())],
        )
        .await;

    given.redirects_to(&format!("{path}?done=role"));
    teacher.get("/account").await.is_ok();
}

#[actix_web::test]
async fn a_copy_of_a_role_demands_what_the_role_does() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    demands(&administrator, &[Teacher]).await;
    let copied = async |of: Role| {
        let form = administrator.post(&format!("/roles/{}/copies", role(of)), []).await.leads();
        form.trim_start_matches("/roles/").trim_end_matches("/edit").to_owned()
    };

    let (demanding, other) = (copied(Teacher).await, copied(Office).await);

    let (colleague, path) = school.colleague(Office).await;
    let gives = async |role: &str| administrator.post(&format!("{path}/role"), [("role_id", role)]).await;
    gives(&other).await.has_status(303);
    colleague.get("/account").await.is_ok();
    gives(&demanding).await.has_status(303);
    assert!(colleague.get("/account").await.leads_to("/sign-in"), "the copy demands nothing");
    assert_eq!(administrator.get("/second-factor-rules").await.body.matches(" checked> Demanded").count(), 2);
}

#[actix_web::test]
async fn a_rule_for_the_last_of_many_roles_is_shown_and_stays_when_others_are_made() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    demands(&administrator, &[Teacher]).await;
    school.run(
        "insert into roles (id, organization_id, name, description) select gen_random_uuid(), $1, 'A role ' || n, $2 from generate_series(1, 200) n",
        "One of many",
    );

    let page = administrator.get("/second-factor-rules").await;
    page.shows("A role 200").shows(&format!("id=\"role-{}\"", role(Teacher)));
    demands(&administrator, &[Teacher, Office]).await;

    let rules =
        "select count(*) as n from second_factor_rules where organization_id = $1 and deleted_at is null";
    assert_eq!(school.number(rules), 2);
}
