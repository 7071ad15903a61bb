//! Looking after people's accounts: finding them, changing what is written, closing and opening.

use chrono::TimeDelta;
use reqwest::Method;

use crate::support::{
    Administrator, Office, Person, School, Teacher,
    form::Typed,
    school::{PASSWORD, unique},
};

async fn does(administrator: &Person, path: &str, verb: &str) {
    administrator.post(&format!("{path}/{verb}"), []).await.has_status(303);
}

async fn tries(school: &School, email: &str, password: &str) -> u16 {
    school.outsider().post("/session", [("email", email), ("password", password)]).await.status.as_u16()
}

#[actix_web::test]
async fn people_are_found_by_name_address_role_and_state() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let teacher = school.employ(Teacher);
    school.run(
        "update users set first_name = 'Gita', last_name = 'Raman' where organization_id = $1 and email = $2",
        &teacher,
    );
    let invited = school.invited();

    for question in
        ["q=raman+gita", &format!("q={teacher}"), &format!("role={}&q=Raman", school.role("Teacher"))]
    {
        administrator
            .get(&format!("/users?{question}"))
            .await
            .is_ok()
            .shows("Gita Raman")
            .hides("Lindqvist</bdi></a>");
    }
    administrator.get("/users?state=invited").await.shows(&invited).hides("Gita Raman");
    administrator.get("/users?state=active").await.shows("Gita Raman").hides(&invited);
    administrator.get("/users?state=disabled").await.shows("No account matches");
    let path = school.account(&teacher);
    does(&administrator, &path, "disablement").await;
    administrator.get("/users?state=disabled").await.shows("Gita Raman");
    administrator.get("/users?state=active").await.hides("Gita Raman");
    does(&administrator, &path, "removal").await;
    administrator.get("/users?q=Raman").await.hides("Gita Raman");
    administrator.get("/users?state=deleted").await.shows("Gita Raman").shows("Restore");
}

#[actix_web::test]
async fn a_long_list_goes_on_where_a_page_ends() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    for number in 0..52 {
        let id = school.invited();
        school.run("update users set last_name = 'Aguiar ' || right('0' || $2, 2) where organization_id = $1 and id = split_part($2, ' ', 2)::uuid", &format!("{number} {id}"));
    }

    let first = administrator.get("/users?q=Aguiar").await;
    let next = first
        .body
        .split("rel=\"next\" href=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .replace("&#38;", "&");
    let second = administrator.get(&next).await;

    assert_eq!(first.body.matches("href=\"/users/").count(), 51, "50 people and the way to invite another");
    assert_eq!(second.body.matches("<th scope=\"row\">").count(), 2);
}

#[actix_web::test]
async fn a_changed_address_ends_sessions_and_links_and_tells_both() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let (teacher, path) = school.colleague(Teacher).await;
    school.outsider().post("/password-reset", [("email", &*teacher.email)]).await.has_status(303);
    let link = school.post_comes().remove(0).path();
    let moved = format!("{}@belfry.example", unique("moved"));

    Typed::of(&administrator, &path)
        .await
        .with("email", &moved)
        .send(&administrator)
        .await
        .redirects_to(&path);

    let mails = school.post_comes();
    let mut told: Vec<&str> = mails.iter().map(|mail| &*mail.to).collect();
    told.sort_unstable();
    let mut both = [&*teacher.email, &*moved];
    both.sort_unstable();
    assert_eq!(told, both);
    assert!(mails.iter().all(|mail| mail.subject == "Your address at Harbourside Schools was changed"));
    assert!(teacher.get("/today").await.leads_to("/sign-in"));
    school.outsider().get(&link).await.has_status(410);
    assert_eq!(
        (tries(&school, &moved, PASSWORD).await, tries(&school, &teacher.email, PASSWORD).await),
        (303, 422)
    );
    administrator.get(&path).await.shows(&format!("E-mail: {} → {moved}", teacher.email));
}

#[actix_web::test]
async fn a_changed_name_ends_nothing_and_mails_nobody() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let (teacher, path) = school.colleague(Teacher).await;

    let form = Typed::of(&administrator, &path)
        .await
        .with("last_name", "Raman")
        .with("phone_number", "07700 900 111");
    form.send(&administrator).await.redirects_to(&path);

    teacher.get("/account").await.is_ok().shows("Rosa Raman");
    assert_eq!(school.post_comes().len(), 0);
    administrator.get(&path).await.shows("07700 900 111").shows("Family name: Lindqvist → Raman");
}

#[actix_web::test]
async fn a_changed_account_is_not_overwritten_unseen() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let path = school.account(&school.employ(Teacher));
    let mine = Typed::of(&administrator, &path).await.with("last_name", "Raman");
    let theirs = Typed::of(&administrator, &path).await.with("last_name", "Aguiar");
    mine.send(&administrator).await.redirects_to(&path);

    theirs.send(&administrator).await.has_status(409).shows("<td>Raman</td><td>Aguiar</td>");
    administrator.get(&path).await.shows("Rosa Raman");
}

#[actix_web::test]
async fn whoever_is_disabled_is_out_at_once_and_comes_back_with_their_password_t05_t19() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let (teacher, path) = school.colleague(Teacher).await;
    school.outsider().post("/password-reset", [("email", &*teacher.email)]).await.has_status(303);
    let link = school.post_comes().remove(0).path();

    does(&administrator, &path, "disablement").await;

    assert!(teacher.get("/today").await.leads_to("/sign-in"));
    assert_eq!(tries(&school, &teacher.email, PASSWORD).await, 422);
    school.outsider().get(&link).await.has_status(410);
    administrator.post(&format!("{path}/password-reset"), []).await.has_status(409);
    administrator.get(&path).await.shows("Disabled").shows("Enable");

    does(&administrator, &path, "disablement/end").await;
    assert!(teacher.get("/today").await.leads_to("/sign-in"), "a session from before lives again");
    school.outsider().get(&link).await.has_status(410);
    assert_eq!(tries(&school, &teacher.email, PASSWORD).await, 303);
}

#[actix_web::test]
async fn whoever_is_deleted_is_out_and_missing_and_comes_back_as_they_were_t09() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let (teacher, path) = school.colleague(Teacher).await;

    administrator.post(&format!("{path}/removal"), []).await.redirects_to("/users");

    assert!(teacher.get("/today").await.leads_to("/sign-in"));
    assert_eq!(tries(&school, &teacher.email, PASSWORD).await, 422);
    administrator.get(&path).await.is_missing();
    for verb in [
        "disablement",
        "disablement/end",
        "wait/end",
        "sessions/end",
        "password-reset",
        "removal",
        "staff/removal",
    ] {
        administrator.post(&format!("{path}/{verb}"), []).await.is_missing();
    }
    does(&administrator, &path, "return").await;
    administrator.get(&path).await.shows("Teacher").shows("Restored").shows("Deleted");
    assert_eq!(tries(&school, &teacher.email, PASSWORD).await, 303);
    administrator.post(&format!("{path}/return"), []).await.is_missing();
}

#[actix_web::test]
async fn whoever_may_only_change_accounts_neither_deletes_nor_restores_them_t09() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let helper = school.sign_in(Office).await;
    school.holds(
        &helper.email,
        "Helper",
        &[("READ_USERS", "organization"), ("UPDATE_USERS", "organization")],
    );
    let id = school.invited();
    school.run("update users set role_id = null where organization_id = $1 and id = $2::uuid", &id);
    let path = format!("/users/{id}");
    helper.get(&path).await.is_ok().shows("Disable").hides("Delete</button>").hides("Invite again");

    helper.post(&format!("{path}/removal"), []).await.is_forbidden();
    does(&administrator, &path, "removal").await;
    helper.post(&format!("{path}/return"), []).await.is_forbidden();
    administrator.get("/users?state=deleted").await.shows("Ines Aguiar");
}

#[actix_web::test]
async fn wrong_guesses_are_forgotten_with_a_click() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let teacher = school.employ(Teacher);
    for _ in 0..9 {
        assert_eq!(tries(&school, &teacher, "a wrong guess").await, 422);
    }
    let path = school.account(&teacher);
    administrator.get("/users?state=guessed").await.shows("Rosa Lindqvist");
    administrator.get(&path).await.shows("9 wrong guesses within a day");
    assert_eq!(tries(&school, &teacher, PASSWORD).await, 422, "they have to wait");

    does(&administrator, &path, "wait/end").await;

    assert_eq!(tries(&school, &teacher, PASSWORD).await, 303);
    administrator.get("/users?state=guessed").await.shows("No account matches");
}

#[actix_web::test]
async fn an_administrator_signs_somebody_out_and_sends_a_link_but_chooses_no_password() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let (teacher, path) = school.colleague(Teacher).await;

    does(&administrator, &path, "sessions/end").await;
    assert!(teacher.get("/today").await.leads_to("/sign-in"));
    administrator
        .post(&format!("{path}/password-reset"), [("password", "chosen by somebody else")])
        .await
        .has_status(303);

    assert_eq!(
        tries(&school, &teacher.email, PASSWORD).await,
        303,
        "the old one holds until the link is used"
    );
    assert_eq!(tries(&school, &teacher.email, "chosen by somebody else").await, 422);
    let mail = school.post_comes().remove(0);
    assert_eq!(mail.to, teacher.email);
    school.outsider().post(&mail.path(), [("password", "quiet otters fold maps")]).await.has_status(303);
    administrator.get(&path).await.shows("Signed out everywhere");
}

#[actix_web::test]
async fn whoever_unlocks_sends_a_link_or_invites_again_is_written_down_with_whom() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let path = school.colleague(Teacher).await.1;
    let invited = format!("/users/{}", school.invited());
    let done = [
        (&*path, "wait/end", "Wrong guesses forgotten"),
        (&path, "password-reset", "A link for a new password was sent"),
        (&invited, "invitation", "Invited again"),
    ];

    for (whom, verb, _) in done {
        does(&administrator, whom, verb).await;
    }

    let by = school.account(&administrator.email).replace("/users/", "");
    let written = "select count(*) as n from change_events where organization_id = $1 and entity = 'users'";
    for (whom, verb, said) in done {
        let (id, of) = (whom.replace("/users/", ""), "operation = 'update' and subject_id");
        let column =
            ["unlocked", "link_sent", "invited_again"].iter().zip(done).find(|(_, one)| one.1 == verb);
        let one = format!(
            "{written} and user_id = '{by}' and {of} = '{id}' and changes -> 0 ? '{}'",
            column.unwrap().0
        );
        assert_eq!(school.number(&one), 1, "{verb}");
        administrator.get(whom).await.shows(said);
    }
    school.changed_it_today();
    let page = administrator.get("/change-log?entity=users").await;
    for (_, _, said) in done {
        page.shows(said);
    }
    page.shows("Ines Aguiar").shows("Rosa Lindqvist");
}

#[actix_web::test]
async fn one_address_is_not_flooded_by_an_administrator_either() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let path = format!("/users/{}", school.invited());
    for _ in 0..3 {
        does(&administrator, &path, "invitation").await;
    }

    let answer = administrator.post(&format!("{path}/invitation"), []).await;

    answer.has_status(429);
    assert!(answer.header("retry-after").parse::<u64>().unwrap() > 0);
    assert_eq!(school.post_comes().len(), 3, "what is refused leaves no mail");
}

#[actix_web::test]
async fn an_account_is_tied_to_a_staff_record_and_the_classes_come_with_it() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let (teacher, path) = school.colleague(Teacher).await;
    teacher.get("/today").await.shows("Homeroom 4A");

    does(&administrator, &path, "staff/removal").await;
    teacher.get("/today").await.hides("Homeroom 4A");
    let form = administrator.get(&format!("{path}/staff/edit")).await;
    let staff = form.body.split("<option value=\"").nth(2).unwrap().split('"').next().unwrap().to_owned();
    administrator.post(&format!("{path}/staff"), [("staff_id", &*staff)]).await.has_status(303);

    teacher.get("/today").await.shows("Homeroom 4A");
    administrator
        .post(&format!("{path}/staff"), [("staff_id", &*staff)])
        .await
        .field_error("staff_id", "Choose");
    let left =
        "update staff set status = 'left', user_id = null where organization_id = $1 and id = $2::uuid";
    school.run(left, &staff);
    administrator
        .post(&format!("{path}/staff"), [("staff_id", &*staff)])
        .await
        .field_error("staff_id", "Choose");
}

#[actix_web::test]
async fn accounts_of_a_campus_are_those_of_its_staff() {
    let school = School::open().await;
    let helper = school.sign_in(Office).await;
    school.holds(
        &helper.email,
        "Campus helper",
        &[("READ_USERS", "campuses"), ("CREATE_USERS", "campuses"), ("UPDATE_USERS", "campuses")],
    );
    let (near, far) = (school.account(&school.employ(Teacher)), school.account(&school.employ(Teacher)));
    let other = school.second_campus("Hill Road");
    school.run("update staff set campus_id = split_part($2, ' ', 1)::uuid where organization_id = $1 and user_id = split_part($2, ' ', 2)::uuid", &format!("{other} {}", far.rsplit('/').next().unwrap()));

    helper.get("/users").await.is_ok().shows(&near).hides(&far);
    helper.get(&near).await.is_ok();
    helper.get(&far).await.is_missing();
    helper.post(&format!("{far}/disablement"), []).await.is_missing();
    let stranger = [
        ("first_name", "Gita"),
        ("last_name", "Raman"),
        ("email", &*format!("{}@belfry.example", unique("g"))),
    ];
    helper
        .post("/users", stranger)
        .await
        .field_error("staff_id", "Choose a member of staff at a campus of yours.");
}

#[actix_web::test]
async fn a_page_of_the_accounts_says_when_somebody_was_last_in() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let id = school.invited();
    administrator.get(&format!("/users/{id}")).await.shows("never");
    school.clock.set(school.clock.now() + TimeDelta::hours(1));

    let seen =
        "update users set last_seen_at = '2026-11-22 09:15Z' where organization_id = $1 and id = $2::uuid";
    school.run(seen, &id);

    administrator.get(&format!("/users/{id}")).await.shows("22 Nov 2026, 09:15");
    administrator.send(Method::GET, "/users?q=aguiar", &[]).await.shows("22 Nov 2026");
}
