//! Cover: the office gives a class away for a day, the right ends by itself, and a submission says who took it for whom.

use chrono::{DateTime, Utc};
use school::Uuid;

use super::staff::{call, id, somebody};
use crate::support::{Director, Office, Person, School, Teacher, database};

fn at(instant: &str) -> DateTime<Utc> {
    instant.parse().unwrap()
}

/// The class's teacher, called Tariq, and a teacher of no class, called Sana, with their staff ids.
async fn two_teachers(school: &School) -> ((Person, String), (Person, String)) {
    let teacher = somebody(school, Teacher, "Tariq").await;
    let substitute = school.sign_in_elsewhere(Teacher).await;
    let id = id(school, &substitute);
    call(school, &id, "Sana");
    (teacher, (substitute, id))
}

/// Gives homeroom 4A to somebody for some days in the place of another, from the board.
async fn give(
    office: &Person,
    school: &School,
    to: &str,
    of: &str,
    days: [&str; 2],
) -> crate::support::Answer {
    let fields = [
        ("staff_id", to),
        ("covers", of),
        ("duty", "substitute"),
        ("starts_on", days[0]),
        ("ends_on", days[1]),
        ("back", "board"),
    ];
    office.post(&format!("/classes/{}/covers", school.class), fields).await
}

const TODAY: [&str; 2] = ["2026-11-23", "2026-11-23"];

/// Where the board takes the class back.
fn takes_back(page: &crate::support::Answer) -> String {
    let all = page.body.split("action=\"").filter_map(|rest| rest.split('"').next());
    all.into_iter().find(|path| path.ends_with("/removal")).unwrap().to_owned()
}

#[actix_web::test]
async fn a_substitute_given_a_class_at_8_02_takes_its_register_at_8_03_and_gets_404_tomorrow() {
    let school = School::open_at(at("2026-11-23T08:02:00Z")).await;
    let amal = school.enroll("Amal", "Abdullahi");
    let office = school.sign_in(Office).await;
    let ((teacher, teachers), (substitute, subs)) = two_teachers(&school).await;
    substitute.get(&school.register()).await.is_missing();
    office.get("/board").await.shows(&format!("/classes/{}/covers/new?back=board", school.class));

    give(&office, &school, &subs, &teachers, TODAY).await.redirects_to("/board");
    school.clock.set(at("2026-11-23T08:03:00Z"));
    substitute.get("/today").await.shows("Homeroom 4A").shows("Substitute for <bdi>Tariq Lindqvist</bdi>");
    substitute.get(&school.register()).await.is_ok();
    substitute.submits(&school, &[(amal, "present", 0)]).await.has_status(303);

    let said = "Submitted 08:03 by Rosa Lindqvist for Tariq Lindqvist";
    substitute.get(&school.register()).await.shows(said);
    office
        .get("/board")
        .await
        .shows("Rosa Lindqvist for Tariq Lindqvist")
        .shows("Covered by <bdi>Sana Lindqvist</bdi>");
    school.clock.set(at("2026-11-24T08:03:00Z"));
    let tomorrow = format!("/registers/{}/2026-11-24/day", school.class);
    substitute.get(&tomorrow).await.is_missing();
    substitute.get(&school.register()).await.is_missing();
    substitute.get("/today").await.hides("Homeroom 4A");
    teacher.get(&tomorrow).await.is_ok();
    teacher.get(&school.register()).await.shows(said);
}

#[actix_web::test]
async fn the_teacher_covered_keeps_their_class_meanwhile() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;
    let ((teacher, teachers), (_, subs)) = two_teachers(&school).await;

    give(&office, &school, &subs, &teachers, ["2026-11-23", "2026-11-27"]).await.redirects_to("/board");

    teacher.get(&school.register()).await.is_ok();
    teacher.get("/today").await.shows("Homeroom 4A").hides("Substitute");
}

#[actix_web::test]
async fn a_class_is_taken_back_in_one_click_and_the_right_is_gone() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;
    let ((_, teachers), (substitute, subs)) = two_teachers(&school).await;
    give(&office, &school, &subs, &teachers, ["2026-11-23", "2026-11-27"]).await.redirects_to("/board");
    substitute.get(&school.register()).await.is_ok();

    let path = takes_back(&office.get("/board").await);
    office.post(&path, [("back", "board")]).await.redirects_to("/board");

    substitute.get(&school.register()).await.is_missing();
    office.get("/board").await.hides("Covered by");
}

#[actix_web::test]
async fn a_week_of_cover_taken_back_on_its_second_day_was_one_day() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;
    let ((_, teachers), (substitute, subs)) = two_teachers(&school).await;
    give(&office, &school, &subs, &teachers, ["2026-11-23", "2026-11-27"]).await.redirects_to("/board");
    school.clock.set(at("2026-11-24T08:30:00Z"));
    substitute.get(&school.register()).await.is_ok();

    let path = takes_back(&office.get("/board").await);
    office.post(&path, [("back", "board")]).await.redirects_to("/board");

    substitute.get(&school.register()).await.is_missing();
    office.get("/board?day=2026-11-23").await.shows("Covered by <bdi>Sana Lindqvist</bdi>");
}

#[actix_web::test]
async fn a_cover_that_has_ended_is_not_made_longer_by_being_taken_back() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;
    let ((_, teachers), (substitute, subs)) = two_teachers(&school).await;
    give(&office, &school, &subs, &teachers, ["2026-11-23", "2026-11-24"]).await.redirects_to("/board");
    let path = takes_back(&office.get("/board").await);
    school.clock.set(at("2026-11-27T08:30:00Z"));

    office.post(&path, [("back", "board")]).await.has_status(409).shows("has ended by itself already");

    let last = format!(
        "select ends_on::text as line from class_staff where staff_id = '{subs}' and covers_id is not null"
    );
    assert_eq!(database::lines(&mut database::within(school.organization), &last), ["2026-11-24"]);
    substitute.get(&school.register()).await.is_missing();
}

#[actix_web::test]
async fn a_substitute_has_the_registers_of_their_days_and_none_before_or_after() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let office = school.sign_in(Office).await;
    let ((teacher, teachers), (substitute, subs)) = two_teachers(&school).await;
    teacher.submits(&school, &[(amal, "present", 0)]).await.has_status(303);
    school.clock.set(at("2026-11-24T08:02:00Z"));

    give(&office, &school, &subs, &teachers, ["2026-11-24"; 2]).await.redirects_to("/board");

    let of = |day: &str| school.register().replace("2026-11-23", day);
    substitute.get(&of("2026-11-24")).await.is_ok();
    for day in ["2026-11-23", "2026-11-25"] {
        substitute.get(&of(day)).await.is_missing();
        teacher.get(&of(day)).await.is_ok();
    }
    substitute.get("/today?day=2026-11-24").await.shows("Homeroom 4A");
    substitute.get("/today?day=2026-11-23").await.is_ok().hides("Homeroom 4A");
    substitute.marks(&school, amal, "absent", 1).await.is_missing();
    substitute.post(&format!("{}/withdrawal", school.register()), []).await.is_missing();
    teacher.get("/today?day=2026-11-23").await.shows("Homeroom 4A");
    teacher.get(&school.register()).await.shows("Submitted 08:38");
}

#[actix_web::test]
async fn whoever_looks_after_the_class_is_not_offered_as_their_own_cover() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;
    let ((_, teachers), (_, subs)) = two_teachers(&school).await;
    let page = format!("/classes/{}/covers/new", school.class);
    let offers = |id: &str| format!("name=\"staff_id\" value=\"{id}\"");
    school.run("update classes set homeroom_teacher_id = $2::uuid where organization_id = $1", &teachers);
    school.run(
        "update class_staff set deleted_at = now() where organization_id = $1 and staff_id = $2::uuid",
        &teachers,
    );

    let offered = office.get(&page).await;

    offered.shows(&offers(&subs)).hides(&offers(&teachers)).shows("Tariq Lindqvist");
}

#[actix_web::test]
async fn who_is_here_and_free_stands_first_and_who_is_not_is_said() {
    let school = School::open().await;
    let (office, _) = somebody(&school, Office, "Olga").await;
    let ((_, teachers), (_, free)) = two_teachers(&school).await;
    let other = school.line(
        "insert into classes (organization_id, id, campus_id, academic_year_id, name, kind) select organization_id,
         gen_random_uuid(), campus_id, academic_year_id, 'Homeroom 4B', kind from classes limit 1 returning id::text as line",
    );
    let (_, busy) = somebody(&school, Teacher, "Bela").await;
    let (_, ill) = somebody(&school, Office, "Ute").await;
    let moved = format!("update class_staff set class_id = '{other}' where staff_id = '{busy}'");
    database::run(&mut database::within(school.organization), &moved);
    for (who, status) in [(&free, "present"), (&busy, "present"), (&ill, "absent")] {
        let recorded = format!(
            "insert into staff_attendance_records (organization_id, id, staff_id, campus_id, attendance_date, status, user_name)
             select organization_id, gen_random_uuid(), id, campus_id, '2026-11-23', '{status}', first_name from staff where id = '{who}'"
        );
        database::run(&mut database::within(school.organization), &recorded);
    }

    let page = office.get(&format!("/classes/{}/covers/new?back=board", school.class)).await;
    page.is_ok().shows("Stands in Homeroom 4B").shows("Absent").shows("Give all the same");
    let places: Vec<usize> =
        [&free, &busy, &ill].map(|who| page.body.find(&format!("value=\"{who}\"")).unwrap()).into();
    assert!(places.is_sorted(), "the best does not stand first: {places:?}");
    let offered = page.body.matches(&format!("name=\"staff_id\" value=\"{teachers}\"")).count();
    assert_eq!(offered, 0, "whoever stands there already is offered");

    give(&office, &school, &ill, &teachers, TODAY).await.redirects_to("/board");
    office.get("/board").await.shows("Covered by <bdi>Ute Lindqvist</bdi>").shows("absent today");
}

#[actix_web::test]
async fn from_an_absent_teacher_their_classes_are_given_away() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;
    let ((_, teachers), (substitute, subs)) = two_teachers(&school).await;
    let list = format!("/staff-attendance/{}/2026-11-23", school.campus);
    let [status, was] = ["status", "was"].map(|field| format!("{field}[{teachers}]"));
    office.post(&list, [(&*status, "absent"), (&*was, ""), ("act", "save")]).await.has_status(303);
    let path = format!("/staff/{teachers}/cover?day=2026-11-23");
    office.get("/staff-attendance").await.shows(&path);

    office.get(&path).await.is_ok().shows("Cover for <bdi>Tariq Lindqvist</bdi>").shows("Homeroom 4A");
    let fields = [
        ("staff_id", &*subs),
        ("covers", &teachers),
        ("duty", "substitute"),
        ("starts_on", "2026-11-23"),
        ("ends_on", "2026-11-23"),
        ("back", &teachers),
    ];
    office.post(&format!("/classes/{}/covers", school.class), fields).await.redirects_to(&path);

    office.get(&path).await.shows("Sana Lindqvist").shows("Take back");
    substitute.get(&school.register()).await.is_ok();
}

/// Somebody who helps out and cannot sign in.
fn without_an_account(school: &School) -> String {
    school.line(
        "insert into staff (organization_id, id, employee_number, first_name, last_name, staff_type, campus_id)
         select organization_id, gen_random_uuid(), 'outside', 'Piet', 'Mulder', 'support', campus_id from classes limit 1
         returning id::text as line",
    )
}

#[actix_web::test]
async fn a_substitute_without_an_account_takes_a_printed_roll_and_the_office_enters_it() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    school.run("update students set alert = $2 where organization_id = $1", "Carries an adrenaline pen");
    let office = school.sign_in(Office).await;
    let ((_, teachers), _) = two_teachers(&school).await;
    let helper = without_an_account(&school);
    give(&office, &school, &helper, &teachers, TODAY).await.redirects_to("/board");
    let paper = format!("{}/paper", school.register());
    office.get("/board").await.shows(&paper);

    let page = office.get(&paper).await;
    page.is_ok().shows("Piet Mulder").shows("substitute for <bdi>Tariq Lindqvist</bdi>");
    page.shows("Amal Abdullahi").shows("Carries an adrenaline pen").hides("tel:");
    office.get(&school.register()).await.shows("Piet Mulder, on paper");
    let form = [
        ("act".to_owned(), "submit"),
        ("paper".to_owned(), &*helper),
        (format!("code[{amal}]"), "absent"),
        (format!("version[{amal}]"), "0"),
    ];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (&**name, *value)).collect();
    let path = format!("{}/submission", school.register());
    office.send(reqwest::Method::POST, &path, &form).await.redirects_to(&school.register());

    let said = "by Rosa Lindqvist, taken by Piet Mulder for Tariq Lindqvist";
    office.get(&school.register()).await.shows(said).hides("on paper");
    office.get("/board").await.shows("taken by Piet Mulder for Tariq Lindqvist");
    let mark = office.get(&school.mark(amal)).await;
    mark.shows("Submitted, taken by Piet Mulder for Tariq Lindqvist");
}

#[actix_web::test]
async fn paper_of_somebody_who_does_not_cover_is_not_entered() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let office = school.sign_in(Office).await;
    let helper = without_an_account(&school);
    let (code, version) = (format!("code[{amal}]"), format!("version[{amal}]"));
    let form = [("act", "submit"), ("paper", &*helper), (&code, "present"), (&version, "0")];

    office.post(&format!("{}/submission", school.register()), form).await.has_status(422);

    office.get(&school.register()).await.hides("Submitted");
    assert_eq!(school.marks_kept(), 0);
}

#[actix_web::test]
async fn whoever_has_the_children_today_sees_what_to_mind() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    school.run("update students set alert = $2 where organization_id = $1", "Carries an adrenaline pen");
    let office = school.sign_in(Office).await;
    let ((_, teachers), (substitute, subs)) = two_teachers(&school).await;
    give(&office, &school, &subs, &teachers, TODAY).await.redirects_to("/board");

    for path in [school.register(), format!("{}/paper", school.register())] {
        substitute.get(&path).await.is_ok().shows("Carries an adrenaline pen");
    }
}

#[actix_web::test]
async fn what_is_wrong_with_a_cover_is_said_by_the_field_and_nobody_is_given_anything() {
    let school = School::open().await;
    let elsewhere = School::open().await;
    let office = school.sign_in(Office).await;
    let ((teacher, teachers), (_, subs)) = two_teachers(&school).await;
    let stranger = id(&elsewhere, &elsewhere.sign_in(Teacher).await);
    let today = "2026-11-23";

    for (to, of, first, last, field, message) in [
        ("", &*teachers, today, today, "staff_id", "Choose one"),
        (&*stranger, &*teachers, today, today, "staff_id", "Choose one"),
        (&*teachers, "", today, today, "staff_id", "in front of this class already"),
        (&*subs, &*subs, today, today, "covers", "Choose one"),
        (&*subs, &*stranger, today, today, "covers", "Choose one"),
        (&*subs, &*teachers, "", today, "starts_on", "Choose a day"),
        (&*subs, &*teachers, "2026-11-20", today, "starts_on", "from today on"),
        (&*subs, &*teachers, today, "", "ends_on", "Choose the last day"),
        (&*subs, &*teachers, today, "2026-11-20", "ends_on", "before the first day"),
    ] {
        give(&office, &school, to, of, [first, last]).await.field_error(field, message);
    }
    let wrong = [("staff_id", &*subs), ("duty", "teacher"), ("starts_on", today), ("ends_on", today)];
    office.post(&format!("/classes/{}/covers", school.class), wrong).await.field_error("duty", "Choose one");
    for person in [&teacher, &school.sign_in(Director).await] {
        give(person, &school, &subs, &teachers, TODAY).await.is_forbidden();
    }
    office.get("/board").await.hides("Covered by");
}

#[actix_web::test]
async fn a_class_of_another_organization_is_given_to_nobody_t01() {
    let school = School::open().await;
    let elsewhere = School::open().await;
    let office = elsewhere.sign_in(Office).await;
    let ((_, teachers), (_, subs)) = two_teachers(&school).await;

    give(&office, &school, &subs, &teachers, TODAY).await.is_missing();
    office.get(&format!("/staff/{teachers}/cover")).await.is_missing();
    office.get(&format!("{}/paper", school.register())).await.is_missing();
    office.get(&format!("/registers/{}/2026-11-23/day/paper", Uuid::new_v4())).await.is_missing();
}

#[actix_web::test]
async fn a_class_taken_back_is_given_to_the_same_person_again_t79() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;
    let ((_, teachers), (substitute, subs)) = two_teachers(&school).await;

    for _ in 0..2 {
        give(&office, &school, &subs, &teachers, TODAY).await.redirects_to("/board");
        give(&office, &school, &subs, &teachers, TODAY).await.field_error("staff_id", "already");
        substitute.get(&school.register()).await.is_ok();
        let path = takes_back(&office.get("/board").await);
        office.post(&path, [("back", "board")]).await.redirects_to("/board");
        substitute.get(&school.register()).await.is_missing();
    }
}

#[actix_web::test]
async fn a_register_says_who_took_it_also_once_the_class_was_taken_back_t78() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let office = school.sign_in(Office).await;
    let ((teacher, teachers), (substitute, subs)) = two_teachers(&school).await;
    give(&office, &school, &subs, &teachers, TODAY).await.redirects_to("/board");
    substitute.submits(&school, &[(amal, "present", 0)]).await.has_status(303);

    let path = takes_back(&office.get(&format!("/classes/{}/covers/new", school.class)).await);
    office.post(&path, [("back", "board")]).await.redirects_to("/board");

    teacher.get(&school.register()).await.shows("for Tariq Lindqvist");
}
