//! Fire rolls and trip lists: who should be here now, ticked off by several at once, closed with what is to be said.

use reqwest::Method;
use school::Uuid;

use super::staff::id;
use crate::support::{Answer, Director, Office, Person, School, Teacher, database, school::morning};

/// Begins a fire roll of the school's campus and answers its path.
pub(super) async fn fire(person: &Person, school: &School) -> String {
    let campus = school.campus.to_string();
    let begun = person.post("/roll-calls", [("kind", "fire"), ("campus_id", &*campus)]).await;
    assert!(begun.leads().starts_with("/roll-calls/"), "{}", begun.body);
    begun.leads()
}

/// Where a student is ticked off on a page.
fn tick_of(page: &Answer, student: Uuid) -> String {
    let forms = page.body.split("action=\"").filter_map(|rest| rest.split('"').next());
    forms.into_iter().find(|path| path.ends_with(&format!("/ticks/{student}"))).unwrap().to_owned()
}

async fn ticks(person: &Person, list: &str, student: Uuid, is_there: &str) -> Answer {
    let path = tick_of(&person.get(list).await, student);
    person.send(Method::PUT, &path, &[("is_there", is_there)]).await
}

/// The figures above a list: here, missing, expected.
fn figures(page: &Answer) -> [String; 3] {
    let counts = page.body.split("class=\"n\"").skip(1).take(3);
    let counts: Vec<String> =
        counts.map(|rest| rest.split(['>', '<']).nth(1).unwrap_or_default().to_owned()).collect();
    counts.try_into().unwrap()
}

fn there(school: &School) -> i64 {
    school.number("select count(*) as n from headcount_ticks where organization_id = $1 and is_there")
}

/// A homeroom beside the school's own, with one student.
fn another_homeroom(school: &School) -> (String, Uuid) {
    let student = school.enroll("Zoe", "Zander");
    let class = school.line(
        "insert into classes (organization_id, id, campus_id, academic_year_id, name, kind) select organization_id,
         gen_random_uuid(), campus_id, academic_year_id, 'Homeroom 4B', kind from classes limit 1 returning id::text as line",
    );
    let moved = format!("update class_enrollments set class_id = '{class}' where student_id = '{student}'");
    database::run(&mut database::within(school.organization), &moved);
    (class, student)
}

#[actix_web::test]
async fn a_fire_roll_knows_from_the_registers_who_should_be_on_the_site() {
    let school = School::open().await;
    let [here, absent, late, gone] =
        [("Amal", "Abdullahi"), ("Chidi", "Okonkwo"), ("Li", "Wei"), ("Ada", "Nwosu")]
            .map(|(first, last)| school.enroll(first, last));
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    teacher
        .submits(
            &school,
            &[(here, "present", 0), (absent, "absent", 0), (late, "absent", 0), (gone, "present", 0)],
        )
        .await;
    office.post("/front-desk/arrivals", [("q", "Li Wei")]).await.has_status(303);
    let left = [("collected_by", "Ifeoma Nwosu")];
    office.post(&format!("/students/{gone}/departures"), left).await.has_status(303);

    let list = fire(&office, &school).await;

    let page = office.get(&list).await;
    page.is_ok().shows("Fire roll").shows("Came late").shows("At the assembly point");
    assert_eq!(figures(&page), ["0", "2", "2"]);
    let (expected, others) = page.body.split_once("Not expected").unwrap();
    assert!(expected.contains("Amal") && expected.contains("Li Wei"), "{expected}");
    assert!(others.contains("Chidi Okonkwo") && others.contains("Ada Nwosu"), "{others}");
    page.shows("Homeroom 4A · Absent").shows("Homeroom 4A · Left");
}

#[actix_web::test]
async fn before_any_register_everybody_on_a_roll_should_be_here_except_who_was_said_to_be_away() {
    let school = School::open().await;
    let (amal, _) = (school.enroll("Amal", "Abdullahi"), school.enroll("Chidi", "Okonkwo"));
    let planned = format!(
        "insert into planned_absences (organization_id, id, student_id, attendance_code_id, starts_on, ends_on, reason)
         select organization_id, gen_random_uuid(), '{amal}', id, '2026-11-23', '2026-11-23', $2 from attendance_codes
         where organization_id = $1 and code = 'ill'"
    );
    school.run(&planned, "Wedding");
    let office = school.sign_in(Office).await;

    let page = office.get(&fire(&office, &school).await).await;

    page.shows("No register yet").shows("Away, as said before");
    assert_eq!(figures(&page), ["0", "1", "1"]);
}

#[actix_web::test]
async fn a_class_on_a_trip_is_not_searched_for_in_a_fire_and_is_expected_on_the_trips_own_list() {
    let school = School::open().await;
    let [away, here, told] = [("Amal", "Abdullahi"), ("Chidi", "Okonkwo"), ("Li", "Wei")]
        .map(|(first, last)| school.enroll(first, last));
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    let marks = [(away, "off_site", 0), (here, "present", 0), (told, "present", 0)];
    teacher.submits(&school, &marks).await.has_status(303);
    office.marks(&school, told, "ill", 1).await.is_ok();
    let against = [("code", ""), ("here", "1"), ("version", "2")];
    teacher.send(Method::PUT, &school.mark(told), &against).await.is_ok();

    let page = office.get(&fire(&office, &school).await).await;

    assert_eq!(figures(&page), ["0", "2", "2"]);
    let (expected, others) = page.body.split_once("Not expected").unwrap();
    assert!(expected.contains("Chidi Okonkwo") && expected.contains("Li Wei"), "{expected}");
    assert!(others.contains("Amal Abdullahi") && others.contains("Away, as said before"), "{others}");
    let campus = school.campus.to_string();
    let trip = [
        ("kind", "trip"),
        ("name", "Harbour"),
        ("moment", "Departure"),
        ("campus_id", &*campus),
        ("who", "Amal Abdullahi"),
    ];
    let trip = office.post("/roll-calls", trip).await.leads();
    assert_eq!(figures(&office.get(&trip).await), ["0", "1", "1"]);
}

#[actix_web::test]
async fn an_absence_of_the_afternoon_takes_nobody_off_a_fire_roll_of_the_morning() {
    let school = School::open().await;
    school.calls_the_roll_twice();
    let (amal, chidi) = (school.enroll("Amal", "Abdullahi"), school.enroll("Chidi", "Okonkwo"));
    let office = school.sign_in(Office).await;
    for (student, slot) in [(amal, "pm"), (chidi, "am")] {
        let mark = format!("/registers/{}/2026-11-23/{slot}/marks/{student}", school.class);
        office.send(Method::PUT, &mark, &[("code", "ill"), ("version", "0")]).await.is_ok();
    }
    school.run("update campuses set time_zone = $2 where organization_id = $1", "Africa/Cairo");
    let shows = |page: &Answer, state: &str| assert!(page.body.contains(state), "{state}: {}", page.body);

    school.clock.set("2026-11-23T09:59:00Z".parse().unwrap());
    let page = office.get(&fire(&office, &school).await).await;
    assert_eq!(figures(&page), ["0", "1", "1"], "11:59 in Cairo");
    shows(&page, "No register yet");

    school.clock.set("2026-11-23T10:00:00Z".parse().unwrap());
    let page = office.get(&fire(&office, &school).await).await;
    assert_eq!(figures(&page), ["0", "0", "0"], "noon in Cairo");
    shows(&page, "Nobody is expected");
}

#[actix_web::test]
async fn two_wardens_tick_off_at_once_and_nothing_is_lost_t76() {
    let school = School::open().await;
    let students: Vec<Uuid> = (0..12).map(|n| school.enroll(&format!("Amal{n}"), "Abdullahi")).collect();
    let (office, other) = (school.sign_in(Office).await, school.sign_in(Director).await);
    let list = fire(&office, &school).await;
    let page = office.get(&list).await;

    let sent = students.iter().enumerate().map(|(n, student)| {
        let (person, path) = (if n % 2 == 0 { &office } else { &other }, tick_of(&page, *student));
        async move { person.send(Method::PUT, &path, &[("is_there", "yes")]).await }
    });
    for answer in futures::future::join_all(sent).await {
        answer.is_ok().shows("data-there=\"yes\"");
    }
    let same = tick_of(&page, students[0]);
    let both = [&office, &other].map(|person| person.send(Method::PUT, &same, &[("is_there", "yes")]));
    for answer in futures::future::join_all(both).await {
        answer.is_ok().shows("data-version=\"1\"");
    }

    assert_eq!(figures(&other.get(&list).await), ["12", "0", "12"]);
    assert_eq!(there(&school), 12);
}

#[actix_web::test]
async fn a_tick_by_mistake_is_taken_back_and_the_missing_stand_first() {
    let school = School::open().await;
    let (amal, chidi) = (school.enroll("Amal", "Abdullahi"), school.enroll("Chidi", "Okonkwo"));
    let office = school.sign_in(Office).await;
    let list = fire(&office, &school).await;

    ticks(&office, &list, amal, "yes").await.is_ok().shows("08:38 · Rosa Lindqvist");
    let page = office.get(&list).await;
    let place = |student: Uuid| page.body.find(&format!("id=\"t-{student}\"")).unwrap();
    assert!(place(chidi) < place(amal), "who is missing does not stand first");
    let path = tick_of(&page, amal);
    office.post(&path, [("is_there", "no")]).await.has_status(303);

    assert_eq!(figures(&office.get(&list).await), ["0", "2", "2"]);
    office.get(&list).await.hides("08:38 · Rosa");
}

#[actix_web::test]
async fn a_teacher_sees_their_own_class_and_whoever_holds_the_list_all_of_it_with_what_to_mind() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let (class, zoe) = another_homeroom(&school);
    school.run("update students set alert = $2 where organization_id = $1", "Carries an adrenaline pen");
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    let leader = school.sign_in_elsewhere(Teacher).await;
    let campus = school.campus.to_string();
    let list = fire(&office, &school).await;

    teacher
        .get(&list)
        .await
        .is_ok()
        .shows("Amal Abdullahi")
        .hides("Zoe Zander")
        .shows("your classes")
        .hides("Close the list");
    teacher.get("/roll-calls").await.shows("Fire roll");
    ticks(&teacher, &list, amal, "yes").await.is_ok();
    let path = tick_of(&office.get(&list).await, zoe);
    teacher.send(Method::PUT, &path, &[("is_there", "yes")]).await.is_missing();
    teacher.post(&format!("{list}/closure"), []).await.is_forbidden();
    teacher.post(&format!("{list}/headcounts"), [("name", "Again")]).await.is_forbidden();
    leader.get(&list).await.is_missing();
    leader.get("/roll-calls").await.hides("Fire roll<");

    let holder = id(&school, &leader);
    let trip = [
        ("kind", "trip"),
        ("name", "Harbour"),
        ("moment", "Departure"),
        ("campus_id", &*campus),
        ("class[]", &*class),
        ("held_by", &*holder),
    ];
    let trip = office.post("/roll-calls", trip).await.leads();
    leader
        .get(&trip)
        .await
        .is_ok()
        .shows("Zoe Zander")
        .shows("Carries an adrenaline pen")
        .shows("Close the list");
    ticks(&leader, &trip, zoe, "yes").await.is_ok();
    teacher.get(&trip).await.is_missing();
    assert_eq!(there(&school), 2);
}

#[actix_web::test]
async fn a_trip_names_classes_and_students_and_is_counted_at_several_moments() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let (class, zoe) = another_homeroom(&school);
    let office = school.sign_in(Office).await;
    office.get("/roll-calls/new").await.is_ok().shows("Homeroom 4B");
    let campus = school.campus.to_string();
    let trip = [
        ("kind", "trip"),
        ("name", "Harbour"),
        ("moment", "Departure"),
        ("campus_id", &*campus),
        ("class[]", &*class),
        ("who", "amal abdullahi\n"),
    ];

    let list = office.post("/roll-calls", trip).await.leads();
    for student in [amal, zoe] {
        ticks(&office, &list, student, "yes").await.is_ok();
    }
    let again = office.post(&format!("{list}/headcounts"), [("name", "At the bus")]).await.leads();
    assert_eq!(figures(&office.get(&again).await), ["0", "2", "2"]);
    ticks(&office, &again, zoe, "yes").await.is_ok();

    let page = office.get(&list).await;
    page.shows("At the bus").shows("Departure");
    assert_eq!(figures(&page), ["1", "1", "2"]);
    let first = page
        .body
        .split("/roll-calls/")
        .find_map(|rest| rest.split('"').next().filter(|path| path.contains("?headcount=")))
        .unwrap();
    assert_eq!(figures(&office.get(&format!("/roll-calls/{first}")).await), ["2", "0", "2"]);
}

#[actix_web::test]
async fn a_closed_list_says_when_and_who_is_missing_and_changes_no_more() {
    let school = School::open().await;
    let (amal, chidi) = (school.enroll("Amal", "Abdullahi"), school.enroll("Chidi", "Okonkwo"));
    let office = school.sign_in(Office).await;
    let list = fire(&office, &school).await;
    ticks(&office, &list, amal, "yes").await.is_ok();
    let path = tick_of(&office.get(&list).await, chidi);
    school.clock.set(morning() + chrono::TimeDelta::minutes(7));

    let note = "x".repeat(501);
    office.post(&format!("{list}/closure"), [("note", &*note)]).await.field_error("note", "500");
    let said = [("note", "Chidi was at the dentist")];
    office.post(&format!("{list}/closure"), said).await.redirects_to(&list);

    let page = office.get(&list).await;
    page.shows("Closed 08:45").shows("1 here, 1 missing").shows("Chidi was at the dentist").hides("Tick off");
    office.send(Method::PUT, &path, &[("is_there", "yes")]).await.has_status(409).shows("closed");
    office.post(&path, [("is_there", "yes")]).await.has_status(409);
    office.post(&format!("{list}/headcounts"), [("name", "Again")]).await.has_status(409);
    office.post(&format!("{list}/closure"), []).await.has_status(409);
    assert_eq!(there(&school), 1);
}

#[actix_web::test]
async fn what_is_wrong_with_a_list_is_said_by_the_field_and_none_is_begun() {
    let school = School::open().await;
    let elsewhere = School::open().await;
    school.enroll("Amal", "Abdullahi");
    school.enroll("Amal", "Abdi");
    let office = school.sign_in(Office).await;
    let (campus, other) = (school.campus.to_string(), elsewhere.campus.to_string());
    let (class, other_class) = (school.class.to_string(), elsewhere.class.to_string());
    let stranger = id(&elsewhere, &elsewhere.sign_in(Teacher).await);

    for (name, campus, class, holder, who, field, message) in [
        ("", &*campus, &*class, "", "", "name", "Fill this in"),
        ("Harbour", "", &*class, "", "", "campus_id", "Choose"),
        ("Harbour", &*other, &*class, "", "", "campus_id", "Choose one"),
        ("Harbour", &*campus, &*other_class, "", "", "class", "Choose from the list"),
        ("Harbour", &*campus, "", &*stranger, "Amal Abdi", "held_by", "Choose one"),
        ("Harbour", &*campus, "", "", "", "who", "Nobody would be"),
        ("Harbour", &*campus, "", "", "Zzz", "who", "Line 1: nobody"),
        ("Harbour", &*campus, "", "", "Amal Abdi\nAmal", "who", "Line 2: “Amal” may be"),
    ] {
        let mut form = vec![
            ("kind", "trip"),
            ("name", name),
            ("moment", "Departure"),
            ("campus_id", campus),
            ("held_by", holder),
            ("who", who),
        ];
        form.extend((!class.is_empty()).then_some(("class[]", class)));
        office.send(Method::POST, "/roll-calls", &form).await.field_error(field, message);
    }
    assert_eq!(school.number("select count(*) as n from roll_calls where organization_id = $1"), 0);
    office
        .post("/roll-calls", [("kind", "fire"), ("campus_id", &*other)])
        .await
        .field_error("campus_id", "Choose");
}

#[actix_web::test]
async fn while_a_fire_roll_is_called_a_teachers_day_leads_to_it() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    teacher.get("/today").await.hides("is being called");

    let list = fire(&office, &school).await;
    teacher.get("/today").await.shows("is being called").shows(&format!("href=\"{list}\""));

    office.post(&format!("{list}/closure"), [("note", "")]).await;
    teacher.get("/today").await.hides("is being called");
}

#[actix_web::test]
async fn whoever_is_enrolled_and_in_no_class_yet_is_on_the_fire_roll() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    let new = school.enroll("Zoe", "Zander");
    school.run(
        "delete from class_enrollments where organization_id = $1 and student_id = $2::uuid",
        &new.to_string(),
    );
    let office = school.sign_in(Office).await;

    let list = office.get(&fire(&office, &school).await).await;

    list.shows("Zoe Zander").shows("Amal Abdullahi");
    assert_eq!(figures(&list), ["0", "2", "2"]);
}
