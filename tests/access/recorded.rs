//! What the record of access keeps, of whom and for whom; and that nobody takes anything out of it.

use chrono::TimeDelta;

use crate::support::{
    Administrator, Answer, Office, School, Teacher,
    database::{app, lines, run, tried_between_others, within},
    school::{PASSWORD, morning, unique},
    second_factor::App,
};

/// What the record says, oldest first: the action, of what, and how many children.
fn said(school: &School, of: &str) -> Vec<String> {
    let query = format!(
        "select action || ' ' || kind || ' ' || shown as line from access_events where {of} order by at, id"
    );
    lines(&mut within(school.organization), &query)
}

#[actix_web::test]
async fn a_page_opened_again_is_the_same_look_and_later_another() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let teacher = school.sign_in(Teacher).await;
    let path = school.register();

    for minutes in [0, 9, 11, -60] {
        school.clock.set(morning() + TimeDelta::minutes(minutes));
        teacher.get(&path).await.shows("Abdullahi");
    }

    let looks = said(&school, "kind = 'attendance'");
    assert_eq!(
        looks, ["view attendance 1"; 3],
        "at first, after eleven minutes, and with the clock set back"
    );
    let by = lines(
        &mut within(school.organization),
        &format!(
            "select permission || ' ' || page as line from access_events join access_event_subjects on event_id = id where student_id = '{amal}' limit 1"
        ),
    );
    assert_eq!(by, ["READ_ATTENDANCE_SESSIONS GET /registers/{class}/{day}/{slot}"]);
}

#[actix_web::test]
async fn whom_to_call_is_a_look_each_time_and_so_is_every_file() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let office = school.sign_in(Office).await;

    for _ in 0..2 {
        office.get(&format!("/students/{amal}")).await.is_ok();
        office.get("/students.csv").await.is_ok();
        office.get("/registers-not-taken.csv").await.is_ok();
    }

    assert_eq!(said(&school, "kind = 'guardians'"), ["view guardians 1"; 2]);
    assert_eq!(said(&school, "action = 'export' and shown > 0"), ["export names 1"; 2]);
    let files = "select count(*) as n from access_events where organization_id = $1 and action = 'export' and page = 'GET /registers-not-taken.{format}' and permission <> ''";
    assert_eq!(school.number(files), 2, "a file that names no child");
    assert_eq!(said(&school, "kind = 'student'"), ["view student 1"]);
}

#[actix_web::test]
async fn a_board_that_stays_open_is_one_look_and_each_opening_another() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    school.contact_of(&amal.to_string());
    school.sign_in(Teacher).await.marks(&school, amal, "absent", 0).await.is_ok();
    let office = school.sign_in(Office).await;
    let again = async || {
        let refresh = office.request(reqwest::Method::GET, "/board").header("x-refresh", "live");
        Answer::of(refresh).await.is_ok().shows("Abdullahi");
    };

    office.get("/board").await.is_ok().shows("Abdullahi");
    for _ in 0..3 {
        again().await;
    }
    assert_eq!(said(&school, "kind = 'guardians'"), ["view guardians 1"]);
    office.get("/board").await.is_ok();
    assert_eq!(said(&school, "kind = 'guardians'"), ["view guardians 1"; 2]);
    school.clock.set(morning() + TimeDelta::minutes(11));
    again().await;
    again().await;
    assert_eq!(
        said(&school, "kind = 'guardians'"),
        ["view guardians 1"; 3],
        "whoever sits there for an hour looks"
    );
}

#[actix_web::test]
async fn whoever_is_refused_or_reaches_for_another_school_stands_in_their_own_record_only_a2_a3() {
    let (school, other) = (School::open().await, School::open().await);
    let theirs = other.enroll("Kwame", "Acheampong");
    let teacher = school.sign_in(Teacher).await;

    teacher.get("/board").await.is_forbidden();
    teacher.get(&format!("/students/{theirs}")).await.is_missing();
    teacher.get(&format!("/students/{theirs}")).await.is_missing();

    assert_eq!(said(&school, "action = 'denied'"), ["denied  0"]);
    assert_eq!(said(&school, "action = 'not_found'"), ["not_found  0"]);
    let gone = school.enroll("Amal", "Abdullahi");
    school.run(
        "update students set deleted_at = now() where organization_id = $1 and id = $2::uuid",
        &gone.to_string(),
    );
    teacher.get(&format!("/students/{gone}")).await.is_missing();
    assert_eq!(said(&school, "action = 'not_found'"), ["not_found  0"; 2]);
    assert_eq!(said(&other, "true"), Vec::<String>::new());
    assert_eq!(
        school.number("select count(*) as n from access_event_subjects where organization_id = $1"),
        0
    );
}

#[actix_web::test]
async fn nobody_takes_anything_out_of_the_record_a4() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    school.sign_in(Office).await.get("/students").await.is_ok();
    let place = school.organization;

    for table in ["access_events", "access_event_subjects", "change_events"] {
        for statement in [
            format!("update {table} set organization_id = organization_id"),
            format!("delete from {table}"),
            format!("truncate {table}"),
        ] {
            let tried = |mut conn: diesel::PgConnection| {
                run(&mut conn, &format!("set app.organization_id = '{place}'"));
                tried_between_others(&mut conn, &statement).unwrap_err()
            };
            assert!(tried(app()).contains("permission denied"), "{statement}");
            let by_owner = tried(within(place));
            let refused = ["is append-only", "cannot truncate"].iter().any(|word| by_owner.contains(word));
            assert!(refused, "{statement} as the owner: {by_owner}");
        }
    }
}

#[actix_web::test]
async fn who_comes_in_and_who_does_not_is_kept_with_the_reason() {
    let school = School::open().await;
    let email = school.employ(Office);
    let door = school.outsider();

    door.post("/session", [("email", &*email), ("password", "a wrong guess")]).await.has_status(422);
    door.post("/session", [("email", "nobody@belfry.example"), ("password", "a wrong guess")])
        .await
        .has_status(422);
    school.clock.set(morning() + TimeDelta::minutes(1));
    let office = door.signing_in(&email, PASSWORD).await;
    school.clock.set(morning() + TimeDelta::minutes(2));
    office.post("/session/end", []).await.has_status(303);

    let kept = ["sign_in_refused password 0", "sign_in password 0", "sign_out password 0"];
    assert_eq!(said(&school, "true"), kept);
    let places =
        lines(&mut within(school.organization), "select distinct ip_address as line from access_events");
    assert_eq!(places, ["127.0.0.1"]);
}

#[actix_web::test]
async fn sessions_that_somebody_ends_elsewhere_are_kept_in_the_record() {
    let school = School::open().await;
    let here = school.sign_in(Office).await;
    school.outsider().signing_in(&here.email, PASSWORD).await;
    let ended = || said(&school, "action = 'sign_out'");
    let page = here.get("/account").await.body;
    let id = page
        .split("/account/sessions/")
        .filter_map(|rest| rest.split("/end").next())
        .find(|id| id.len() == 36);
    let one = format!("/account/sessions/{}/end", id.unwrap());

    here.post(&one, []).await.redirects_to("/account?done=session");
    here.post(&one, []).await.is_missing();
    here.post("/account/sessions/end", [("but", "here")]).await.redirects_to("/account?done=sessions");
    assert_eq!(ended(), ["sign_out sessions 0"]);

    school.outsider().signing_in(&here.email, PASSWORD).await;
    here.post("/account/sessions/end", [("but", "here")]).await.redirects_to("/account?done=sessions");
    here.post("/account/sessions/end", []).await.redirects_to("/sign-in");
    assert_eq!(ended(), ["sign_out sessions 0"; 3]);
    let administrator = school.sign_in(Administrator).await;
    administrator
        .get("/access-log?kind=sessions")
        .await
        .shows("Sessions ended by whose they were")
        .shows("Rosa Lindqvist");
}

#[actix_web::test]
async fn the_administrator_reads_who_looked_and_stands_in_the_record_themselves() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    school.enroll("Kwame", "Acheampong");
    let teacher = school.sign_in(Teacher).await;
    teacher.get(&school.register()).await.is_ok();
    teacher.get(&format!("/students/{amal}")).await.is_ok();
    let administrator = school.sign_in(Administrator).await;

    administrator
        .get("/access-log")
        .await
        .shows("Rosa Lindqvist")
        .shows("Attendance")
        .shows("Acheampong")
        .shows("<div class=\"sub text-break\">Register</div>")
        .hides("/registers/{class}")
        .shows("Open registers and read them.")
        .shows("23 Nov 08:38");
    administrator
        .get("/access-log?kind=guardians&student=Abdul")
        .await
        .shows("Abdullahi")
        .hides("Acheampong");
    administrator.get("/access-log?q=nobody").await.shows("Nobody looked");
    administrator.get("/access-log.csv").await.shows("Acheampong");
    administrator.get("/access-log.csv?student=Abdul").await.shows("Abdullahi").hides("Acheampong");
    teacher.get("/access-log").await.is_forbidden();

    let looks = said(&school, "kind = 'log'");
    assert_eq!(looks.len(), 5, "{looks:?}");
    assert!(looks.iter().any(|look| look.starts_with("export")), "{looks:?}");
}

#[actix_web::test]
async fn what_a_family_is_told_is_what_was_kept_and_nothing_of_other_children_a11() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    school.enroll("Kwame", "Acheampong");
    let teacher = school.sign_in(Teacher).await;
    teacher.get(&school.register()).await.is_ok();
    teacher.get(&format!("/students/{amal}")).await.is_ok();
    let administrator = school.sign_in(Administrator).await;
    let query =
        format!("select count(*)::text as line from access_event_subjects where student_id = '{amal}'");
    let kept: usize = lines(&mut within(school.organization), &query).concat().parse().unwrap();

    let page = administrator.get(&format!("/students/{amal}/access-history")).await;
    let file = administrator.get(&format!("/students/{amal}/access-history.csv")).await;

    assert_eq!(page.body.matches("<th scope=\"row\">").count(), kept);
    // The heading, and that the page itself was looked at.
    assert_eq!(file.body.lines().count(), kept + 2, "{}", file.body);
    for answer in [page, file] {
        answer.hides("Acheampong").shows("Rosa Lindqvist");
    }
}

#[actix_web::test]
async fn whatever_is_done_with_a_way_in_and_every_way_that_stays_shut_is_kept() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;
    let happened = || {
        said(&school, "action <> 'sign_in'").into_iter().map(|one| one.replace(" 0", "")).collect::<Vec<_>>()
    };
    let mut before = Vec::new();
    let mut is_new = |what: &str| {
        let now = happened();
        assert_eq!(now[before.len()..], [what], "after {before:?}");
        before = now;
    };
    let later = |seconds| school.clock.set(school.clock.now() + TimeDelta::seconds(seconds));
    let (one, other) = ("quiet otters fold maps", "grey socks under a lamp");

    let refused = teacher.post("/account/password", [("current", "a wrong guess"), ("password", one)]).await;
    refused.has_status(422);
    is_new("sign_in_refused password");
    later(2);
    let changed = teacher.post("/account/password", [("current", PASSWORD), ("password", one)]).await;
    changed.redirects_to("/account?done=password");
    is_new("credential password");
    let teacher = teacher.keeps(&changed);
    school.outsider().post("/password-reset", [("email", &*teacher.email)]).await.has_status(303);
    is_new("asked password");
    let link = school.post_comes().iter().find(|mail| mail.subject.starts_with("A new")).unwrap().path();
    school.outsider().post(&link, [("password", PASSWORD)]).await.has_status(422);
    school.outsider().post(&link, [("password", other)]).await.has_status(303);
    is_new("credential password");
    let teacher = school.outsider().signing_in(&teacher.email, other).await;
    let moved = unique("moved@belfry.example");
    let asked = teacher.post("/account/email", [("email", &*moved), ("current", other)]).await;
    asked.redirects_to("/account?done=address-asked");
    let mails = school.post_comes();
    let link = mails.iter().find(|mail| mail.to == moved).unwrap().path();
    let teacher = teacher.keeps(&teacher.post(&link, []).await);
    is_new("credential address");
    school
        .outsider()
        .post("/session", [("email", &*moved), ("password", "a wrong guess")])
        .await
        .has_status(422);
    is_new("sign_in_refused password");
    school.outsider().post("/session", [("email", &*moved), ("password", other)]).await.has_status(422);
    is_new("sign_in_refused wait");
    later(2);
    let begun = teacher.post("/account/second-factor/enrolment", [("current", other)]).await;
    begun.redirects_to("/account/second-factor/enrolment");
    let app = App::reads(&teacher.get("/account/second-factor/enrolment").await.body);
    teacher.post("/account/second-factor", [("code", &*app.shows(&school, 0))]).await.is_ok();
    is_new("credential second_factor");
    let waiting = school.outsider().post("/session", [("email", &*moved), ("password", other)]).await;
    let waiting = school.outsider().keeps(&waiting);
    waiting.post("/sign-in/code", [("code", "000000")]).await.field_error("code", "not right");
    is_new("sign_in_refused code");
}

#[actix_web::test]
async fn the_record_is_read_by_day_by_what_was_done_and_by_whom() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    let (teacher, office) = (school.sign_in(Teacher).await, school.sign_in(Office).await);
    school.run(
        "update users set last_name = 'Brandt' where organization_id = $1 and email = $2",
        &office.email,
    );
    teacher.get(&school.register()).await.is_ok();
    office.get("/students.csv").await.is_ok();
    office.get("/roles").await.is_forbidden();
    let administrator = school.sign_in(Administrator).await;
    let by = |email: &str| school.account(email).replace("/users/", "person=");

    for (filter, told, untold) in [
        ("from=2026-11-23&to=2026-11-23", "Abdullahi", "Nobody looked"),
        ("from=2026-11-22&to=2026-11-22", "Nobody looked", "Abdullahi"),
        ("action=export", "Took away as a file", "Open registers and read them."),
        ("action=denied", "Was refused", "Abdullahi"),
        ("action=sign_in", "Brandt", "Abdullahi"),
        ("q=Brandt", "Took away as a file", "Open registers and read them."),
        (&by(&teacher.email), "Open registers and read them.", "Took away as a file"),
        (&by(&office.email), "Took away as a file", "Open registers and read them."),
        ("kind=attendance", "Open registers and read them.", "Took away as a file"),
    ] {
        let page = administrator.get(&format!("/access-log?{filter}")).await;
        let table = page
            .body
            .split("<tbody")
            .nth(1)
            .unwrap_or(page.body.split("empty-state").nth(1).unwrap_or_default());
        assert!(table.contains(told), "{filter} does not tell {told}: {table}");
        assert!(!table.contains(untold), "{filter} tells {untold}: {table}");
    }
}
