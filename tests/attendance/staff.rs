//! Who of the staff is here, as the office records it and as people say themselves.

use chrono::NaiveTime;
use school::academics::campus::{Campus, NewCampus};

use crate::support::{
    Administrator, Counselor, Director, Finance, Office, Person, School, Supervisor, Teacher, database,
    person::Role,
};

/// Somebody's staff id by the address with which they sign in.
pub(super) fn id(school: &School, person: &Person) -> String {
    let query = format!(
        "select staff.id::text as line from staff join users on users.id = user_id where users.email = '{}'",
        person.email
    );
    database::lines(&mut database::within(school.organization), &query).remove(0)
}

/// Gives the colleague a name of their own.
pub(super) fn call(school: &School, id: &str, name: &str) {
    let renamed = format!("update staff set first_name = '{name}' where id = '{id}'");
    database::run(&mut database::within(school.organization), &renamed);
}

pub(super) async fn somebody(school: &School, role: Role, name: &str) -> (Person, String) {
    let person = school.sign_in(role).await;
    let id = id(school, &person);
    call(school, &id, name);
    (person, id)
}

/// The office's list of the day, one colleague on it changed.
async fn records(office: &Person, school: &School, id: &str, [status, note, was]: [&str; 3]) -> u16 {
    let fields = [
        (format!("status[{id}]"), status),
        (format!("note[{id}]"), note),
        (format!("was[{id}]"), was),
        ("act".to_owned(), "save"),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    office.send(reqwest::Method::POST, &path(school), &fields).await.status.as_u16()
}

fn path(school: &School) -> String {
    format!("/staff-attendance/{}/2026-11-23", school.campus)
}

/// What is recorded of a colleague, as the form carries it.
async fn recorded(office: &Person, id: &str) -> String {
    let page = office.get("/staff-attendance").await;
    let field = format!("name=\"was[{id}]\" value=\"");
    let rest = page.is_ok().body.split(&field).nth(1).unwrap_or_else(|| panic!("{id} is not on the list"));
    rest.split('"').next().unwrap().to_owned()
}

#[actix_web::test]
async fn the_office_records_who_is_late_and_the_rest_in_one_click() {
    let school = School::open().await;
    let (office, me) = somebody(&school, Office, "Olga").await;
    let (_, tariq) = somebody(&school, Teacher, "Tariq").await;
    office
        .get("/staff-attendance")
        .await
        .shows("Tariq Lindqvist")
        .shows("Monday 23 November")
        .shows("2 not yet");

    let late = [
        (format!("status[{tariq}]"), "late"),
        (format!("note[{tariq}]"), "Train"),
        (format!("was[{tariq}]"), ""),
        (format!("status[{me}]"), ""),
        (format!("note[{me}]"), ""),
        (format!("was[{me}]"), ""),
        ("act".to_owned(), "rest"),
    ];
    let fields: Vec<(&str, &str)> = late.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    let answer = office.send(reqwest::Method::POST, &path(&school), &fields).await;

    assert!(answer.leads_to("/staff-attendance"), "{}", answer.body);
    assert_eq!(recorded(&office, &tariq).await, "late Train");
    assert_eq!(recorded(&office, &me).await, "present");
    office.get("/staff-attendance").await.shows("Everybody is recorded");
    let kept = "select count(*) as n from staff_attendance_records where organization_id = $1
        and user_name in ('Tariq Lindqvist', 'Olga Lindqvist') and user_role in ('Teacher', 'Office and support')";
    assert_eq!(school.number(kept), 2);
}

#[actix_web::test]
async fn a_persons_month_stands_on_their_page() {
    let school = School::open().await;
    let (office, _) = somebody(&school, Office, "Olga").await;
    let (_, tariq) = somebody(&school, Teacher, "Tariq").await;
    assert_eq!(records(&office, &school, &tariq, ["absent", "Funeral", ""]).await, 303);

    let page = format!("/staff/{tariq}");
    office
        .get(&page)
        .await
        .shows("November 2026")
        .shows("Funeral")
        .shows("rel=\"prev\"")
        .hides("rel=\"next\"");
    office.get(&format!("{page}?month=2026-10")).await.shows("Nothing is recorded").shows("rel=\"next\"");
    office.get(&format!("{page}?month=nonsense")).await.shows("Funeral");
}

#[actix_web::test]
async fn a_record_is_changed_and_taken_back_and_history_keeps_it() {
    let school = School::open().await;
    let (office, _) = somebody(&school, Office, "Olga").await;
    let (_, tariq) = somebody(&school, Teacher, "Tariq").await;

    assert_eq!(records(&office, &school, &tariq, ["absent", "", ""]).await, 303);
    assert_eq!(records(&office, &school, &tariq, ["late", "Bus", "absent"]).await, 303);
    assert_eq!(recorded(&office, &tariq).await, "late Bus");
    assert_eq!(records(&office, &school, &tariq, ["", "", "late Bus"]).await, 303);

    assert_eq!(recorded(&office, &tariq).await, "");
    let told = "select count(*) as n from change_events where organization_id = $1
        and entity = 'staff_attendance_records'";
    assert_eq!(school.number(told), 3);
}

#[actix_web::test]
async fn whoever_saves_second_sees_what_was_recorded_meanwhile_and_nothing_is_kept() {
    let school = School::open().await;
    let (office, me) = somebody(&school, Office, "Olga").await;
    let (_, tariq) = somebody(&school, Teacher, "Tariq").await;
    assert_eq!(records(&office, &school, &tariq, ["late", "Bus", ""]).await, 303);

    let overtaken = [
        (format!("status[{tariq}]"), "absent"),
        (format!("note[{tariq}]"), "Rang in"),
        (format!("was[{tariq}]"), ""),
        (format!("status[{me}]"), "present"),
        (format!("was[{me}]"), ""),
    ];
    let fields: Vec<(&str, &str)> = overtaken.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    let answer = office.send(reqwest::Method::POST, &path(&school), &fields).await;

    answer
        .has_status(409)
        .shows("Tariq Lindqvist: recorded meanwhile as late, Bus.")
        .shows("value=\"Rang in\"")
        .shows(&format!("name=\"was[{tariq}]\" value=\"late Bus\""));
    assert_eq!(recorded(&office, &me).await, "");
    assert_eq!(records(&office, &school, &tariq, ["absent", "Rang in", "late Bus"]).await, 303);
}

#[actix_web::test]
async fn a_note_without_a_word_of_presence_is_refused_by_its_field() {
    let school = School::open().await;
    let (office, me) = somebody(&school, Office, "Olga").await;
    let (status, note, was) = (format!("status[{me}]"), format!("note[{me}]"), format!("was[{me}]"));
    let long = "a".repeat(301);

    for (word, text, message) in [("", "Dentist", "Choose present"), ("late", &*long, "At most 300")] {
        let answer = office.post(&path(&school), [(&*status, word), (&*note, text), (&*was, "")]).await;
        answer.field_error(&format!("note-{me}"), message).shows(&format!("value=\"{text}\""));
    }
    assert_eq!(recorded(&office, &me).await, "");
}

#[actix_web::test]
async fn nobody_is_recorded_on_a_day_without_school_or_ahead() {
    let school = School::open().await;
    let (office, me) = somebody(&school, Office, "Olga").await;
    office
        .get("/staff-attendance?day=2026-11-22")
        .await
        .shows("There is no school on a Sunday")
        .hides("was[");
    office.get("/staff-attendance?day=2027-01-01").await.shows("Monday 23 November");

    for day in ["2026-11-22", "2026-11-24", "2031-01-01"] {
        let path = format!("/staff-attendance/{}/{day}", school.campus);
        let fields = [(format!("status[{me}]"), "present".to_owned()), (format!("was[{me}]"), String::new())];
        let fields: Vec<(&str, String)> =
            fields.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
        office.fill(&path, &fields).await.has_status(409);
    }
    office.post(&format!("/staff-attendance/{}/tomorrow", school.campus), []).await.is_missing();
}

#[actix_web::test]
async fn somebody_says_once_and_only_of_themselves_that_they_are_here() {
    let school = School::open().await;
    let (office, _) = somebody(&school, Office, "Olga").await;
    let (teacher, tariq) = somebody(&school, Teacher, "Tariq").await;
    let (_, other) = somebody(&school, Teacher, "Ute").await;
    teacher.get("/today").await.hides("I am here");
    teacher.post("/arrival", []).await.has_status(409);
    office
        .post(&format!("/staff-attendance/{}/settings", school.campus), [("staff_sign_in", "yes")])
        .await
        .leads();

    school.clock.set("2026-11-23T08:21:00Z".parse().unwrap());
    teacher.get("/today").await.shows("I am here").hides("recorded as late");
    let forged = [("staff_id", &*other), ("note", "Early bird")];
    teacher.post("/arrival", forged).await.redirects_to("/today");

    teacher.get("/today").await.shows("recorded as present").shows("08:21").hides("I am here");
    teacher.post("/arrival", []).await.has_status(409);
    assert_eq!(recorded(&office, &tariq).await, "present Early bird");
    assert_eq!(recorded(&office, &other).await, "");
    office.get("/staff-attendance").await.shows("Signed in at 08:21");
}

#[actix_web::test]
async fn whoever_comes_after_the_campuss_time_is_late() {
    let school = School::open().await;
    let (office, _) = somebody(&school, Office, "Olga").await;
    let (counselor, carl) = somebody(&school, Counselor, "Carl").await;
    school.asks_its_staff();

    counselor.get("/account").await.shows("Sign in to work");
    counselor.get("/arrival").await.shows("You are recorded as late now");
    let long = "a".repeat(301);
    counselor.post("/arrival", [("note", &*long)]).await.field_error("note", "At most 300");
    counselor.post("/arrival", [("note", "Train")]).await.redirects_to("/arrival");

    assert_eq!(recorded(&office, &carl).await, "late Train");
}

#[actix_web::test]
async fn the_offices_word_stands_over_what_people_said() {
    let school = School::open().await;
    let (office, _) = somebody(&school, Office, "Olga").await;
    let (teacher, tariq) = somebody(&school, Teacher, "Tariq").await;
    let (absent, ute) = somebody(&school, Teacher, "Ute").await;
    school.asks_its_staff();
    assert_eq!(records(&office, &school, &ute, ["absent", "Called in ill", ""]).await, 303);

    absent.get("/today").await.shows("recorded as absent").hides("I am here");
    absent.post("/arrival", []).await.has_status(409).shows("recorded as absent");
    teacher.post("/arrival", []).await.redirects_to("/today");
    assert_eq!(records(&office, &school, &tariq, ["present", "", "late"]).await, 303);

    assert_eq!(recorded(&office, &ute).await, "absent Called in ill");
    assert_eq!(recorded(&office, &tariq).await, "present");
    teacher.post("/arrival", []).await.has_status(409).shows("recorded as present");
    office.get("/staff-attendance").await.hides("Signed in at");
}

#[actix_web::test]
async fn a_list_opened_before_somebody_signed_in_does_not_undo_it() {
    let school = School::open().await;
    let (office, me) = somebody(&school, Office, "Olga").await;
    let (teacher, tariq) = somebody(&school, Teacher, "Tariq").await;
    school.asks_its_staff();
    teacher.post("/arrival", []).await.redirects_to("/today");

    let opened_before = [
        (format!("status[{tariq}]"), ""),
        (format!("was[{tariq}]"), ""),
        (format!("status[{me}]"), "present"),
        (format!("was[{me}]"), ""),
        ("act".to_owned(), "rest"),
    ];
    let fields: Vec<(&str, &str)> =
        opened_before.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    office.send(reqwest::Method::POST, &path(&school), &fields).await.has_status(303);

    assert_eq!(recorded(&office, &tariq).await, "late");
    assert_eq!(recorded(&office, &me).await, "present");
}

#[actix_web::test]
async fn nobody_is_asked_on_a_day_without_school() {
    let school = School::open_at("2026-11-22T08:00:00Z".parse().unwrap()).await;
    let (teacher, _) = somebody(&school, Teacher, "Tariq").await;
    school.asks_its_staff();

    teacher.get("/today").await.is_ok().hides("I am here");
    teacher.get("/arrival").await.shows("Nobody asks you today");
    teacher.post("/arrival", []).await.has_status(409);
}

#[actix_web::test]
async fn only_the_office_records_others_and_the_director_only_looks() {
    let school = School::open().await;
    let (administrator, me) = somebody(&school, Administrator, "Ada").await;
    assert_eq!(records(&administrator, &school, &me, ["present", "", ""]).await, 303);
    let director = school.sign_in(Director).await;
    director.get("/staff-attendance").await.shows("Ada Lindqvist").hides("was[").hides("All others");
    director.post(&path(&school), []).await.is_forbidden();

    for role in [Teacher, Counselor, Supervisor] {
        let person = school.sign_in(role).await;
        person.get("/staff-attendance").await.is_forbidden();
        person.post(&path(&school), []).await.is_forbidden();
        let settings = format!("/staff-attendance/{}/settings", school.campus);
        person.post(&settings, [("staff_sign_in", "yes")]).await.is_forbidden();
    }
}

fn second_campus(school: &School) -> String {
    let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    let new = NewCampus {
        name: "Hill Road".into(),
        code: "HR".into(),
        time_zone: None,
        color: None,
        day_starts_at: at(8),
        day_ends_at: at(15),
    };
    school.seed(|db| Campus::open(&new, db)).to_string()
}

/// Lets somebody record the staff of the campus where they work, and no other.
fn works_at_the_desk(person: &Person) {
    let given = format!(
        "insert into user_custom_permissions (user_id, permission, scope)
           select id, permission, 'campuses' from users, unnest(array['READ_STAFF_ATTENDANCE', 'UPDATE_STAFF_ATTENDANCE']) permission
           where email = '{}'",
        person.email
    );
    database::run(&mut database::lobby(), &given);
}

#[actix_web::test]
async fn an_office_of_one_campus_sees_only_its_own_staff() {
    let school = School::open().await;
    let (_, tariq) = somebody(&school, Teacher, "Tariq").await;
    let office = school.sign_in(Office).await;
    let (desk, _) = somebody(&school, Finance, "Fay").await;
    let hill = second_campus(&school);
    let moved = format!("update staff set campus_id = '{hill}' where id = '{tariq}'");
    database::run(&mut database::within(school.organization), &moved);
    let list = |campus: &str| format!("/staff-attendance?campus={campus}");
    office.get(&list(&hill)).await.shows("Tariq Lindqvist").shows("Hill Road");
    works_at_the_desk(&desk);

    desk.get("/staff-attendance").await.shows("Fay Lindqvist").hides("Tariq").hides("Hill Road");
    desk.get(&list(&hill)).await.shows("Fay Lindqvist").hides("Tariq");
    let there = format!("/staff-attendance/{hill}/2026-11-23");
    let fields =
        [(format!("status[{tariq}]"), "absent".to_owned()), (format!("was[{tariq}]"), String::new())];
    let fields: Vec<(&str, String)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    desk.fill(&there, &fields).await.is_missing();
    desk.fill(&path(&school), &fields).await.has_status(422);
    desk.post(&format!("/staff-attendance/{hill}/settings"), [("staff_sign_in", "yes")]).await.is_missing();
    office.fill(&there, &fields).await.leads();
}

#[actix_web::test]
async fn staff_of_another_organization_is_on_no_list_t01() {
    let school = School::open().await;
    let elsewhere = School::open().await;
    let (office, _) = somebody(&school, Office, "Olga").await;
    let (there, theirs) = somebody(&elsewhere, Office, "Canary").await;

    office.get(&format!("/staff-attendance?campus={}", elsewhere.campus)).await.hides("Canary");
    assert_eq!(records(&office, &school, &theirs, ["absent", "", ""]).await, 422);
    assert_eq!(records(&office, &elsewhere, &theirs, ["absent", "", ""]).await, 404);
    assert_eq!(recorded(&there, &theirs).await, "");
}
