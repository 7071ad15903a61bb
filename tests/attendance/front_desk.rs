//! The front desk: a name, Enter, done; register and day follow.

use chrono::TimeDelta;
use school::Uuid;

use crate::support::{
    Answer, Office, Person, School, Teacher,
    database::{lines, within},
    form::fields,
    school::morning,
};

fn mark(school: &School, student: Uuid) -> String {
    let query = format!(
        "select concat_ws(' ', r.status, r.minutes_late, r.arrived_at, r.left_at) as line from attendance_records r
         where student_id = '{student}'"
    );
    lines(&mut within(school.organization), &query).concat()
}

fn worth(school: &School, student: Uuid) -> String {
    let query = format!(
        "select concat_ws(' of ', attended, possible) as line from attendance_days where student_id = '{student}'"
    );
    lines(&mut within(school.organization), &query).concat()
}

#[actix_web::test]
async fn a_child_who_comes_25_minutes_after_submission_is_late_with_minutes_everywhere_and_the_teacher_did_nothing()
 {
    let school = School::open().await;
    let (ada, chidi) = (school.enroll("Ada", "Nwosu"), school.enroll("Chidi", "Okonkwo"));
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    teacher.submits(&school, &[(ada, "present", 0), (chidi, "absent", 0)]).await;
    assert_eq!(worth(&school, chidi), "0.0 of 1.0");
    school.clock.set(morning() + TimeDelta::minutes(25));

    let stamped = office.post("/front-desk/arrivals", [("q", "chidi okonkwo")]).await;

    assert!(stamped.leads_to("/front-desk"), "{}", stamped.leads());
    office.get(&stamped.leads()).await.shows("Came at 09:03, 33 min late");
    teacher.get(&school.register()).await.shows("Late").shows("set by the office");
    office.get("/board").await.shows("Nobody is absent").shows("Came late").shows("33 min late");
    office.get(&format!("/students/{chidi}")).await.shows("100.0 %").shows("1 of 1 days");
    assert_eq!(mark(&school, chidi), "late 33 09:03:00");
    assert_eq!(worth(&school, chidi), "1.0 of 1.0");
}

#[actix_web::test]
async fn of_several_of_a_name_somebody_chooses() {
    let school = School::open().await;
    let (ada, other) = (school.enroll("Ada", "Nwosu"), school.enroll("Ada", "Nkosi"));
    let office = school.sign_in(Office).await;

    let asked = office.post("/front-desk/arrivals", [("q", "ada")]).await;
    asked.has_status(422).shows("Several may be meant").shows("Ada Nwosu").shows("Ada Nkosi");
    office.post("/front-desk/arrivals", [("q", "zzz")]).await.has_status(422).shows("Nobody on a roll today");
    office.get("/front-desk?q=nko").await.shows("Ada Nkosi").hides("Ada Nwosu");

    let stamped = office.post("/front-desk/arrivals", [("student", &*other.to_string())]).await;
    assert!(stamped.leads_to("/front-desk"));
    assert_eq!(mark(&school, ada), "");
    assert_eq!(mark(&school, other), "late 8 08:38:00");
}

#[actix_web::test]
async fn whose_whole_number_or_name_it_is_comes_before_all_in_whose_it_stands() {
    let school = School::open().await;
    let ada = school.enroll("Zora", "Zuniga");
    for family in ["Abara", "Bello", "Chukwu", "Danso", "Eze", "Fofana", "Gueye", "Hassan", "Iyer"] {
        let longer = school.enroll("Zora", &format!("{family} Zuniga"));
        school.run("update students set student_number = '77' || student_number where organization_id = $1 and id = $2::uuid", &longer.to_string());
    }
    school.run(
        "update students set student_number = '7' where organization_id = $1 and id = $2::uuid",
        &ada.to_string(),
    );
    let office = school.sign_in(Office).await;

    for words in ["7", "zora ZUNIGA"] {
        let page = office.get(&format!("/front-desk?q={}", words.replace(' ', "+"))).await;
        page.shows(&format!("value=\"{ada}\"")).hides("Abara");
    }
    office.post("/front-desk/arrivals", [("q", "7")]).await.has_status(303);
    assert_eq!(mark(&school, ada), "late 8 08:38:00");
}

#[actix_web::test]
async fn enter_does_not_stamp_a_child_who_is_in_school_already() {
    let school = School::open().await;
    let (ada, chidi) = (school.enroll("Ada", "Nwosu"), school.enroll("Chidi", "Okonkwo"));
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    teacher.submits(&school, &[(ada, "present", 0), (chidi, "absent", 0)]).await;

    let asked = office.post("/front-desk/arrivals", [("q", "nwo")]).await;
    asked.field_error("q", "Ada Nwosu is in school already");
    asked.shows(&format!("name=\"student\" value=\"{ada}\""));
    assert_eq!(mark(&school, ada), "present");
    office.post("/front-desk/arrivals", [("q", "chid")]).await.has_status(303);
    office.post("/front-desk/arrivals", [("q", "chid")]).await.field_error("q", "is in school already");
    assert_eq!(school.number("select count(*) as n from attendance_movements where organization_id = $1"), 1);

    office.post("/front-desk/arrivals", [("student", &*ada.to_string())]).await.has_status(303);
    assert_eq!(mark(&school, ada), "late 8 08:38:00");
}

#[actix_web::test]
async fn who_leaves_in_the_morning_has_left_in_the_afternoon_or_is_excused_as_it_is_said() {
    let school = School::open_at(morning() + TimeDelta::hours(1)).await;
    school.calls_the_roll_twice();
    let (ada, chidi) = (school.enroll("Ada", "Nwosu"), school.enroll("Chidi", "Okonkwo"));
    let office = school.sign_in(Office).await;
    let marks = |student: Uuid| {
        let query = format!(
            "select concat_ws(' ', t.slot, c.code, r.left_at) as line from attendance_records r
             join attendance_sessions t on t.id = attendance_session_id join attendance_codes c on c.id = office_code_id
             where student_id = '{student}' order by t.slot"
        );
        lines(&mut within(school.organization), &query)
    };
    let departures = |student: Uuid| format!("/students/{student}/departures");
    let page = office.get(&format!("{}/new", departures(ada))).await;
    page.shows("The rest of the day").shows("<option value=\"ill\">").hides("<option value=\"unexcused\">");

    office.post(&departures(ada), [("collected_by", "Ifeoma Nwosu")]).await.has_status(303);
    assert_eq!(marks(ada), ["am left_early 09:38:00", "pm left_early 09:38:00"]);
    let invented = [("collected_by", "Obi"), ("rest_of_day", "unexcused")];
    office.post(&departures(chidi), invented).await.field_error("rest_of_day", "Choose one from the list");
    assert!(marks(chidi).is_empty());
    let ill = [("collected_by", "Obi"), ("rest_of_day", "ill")];
    office.post(&departures(chidi), ill).await.has_status(303);
    assert_eq!(marks(chidi), ["am left_early 09:38:00", "pm ill"]);
}

#[actix_web::test]
async fn who_leaves_is_collected_and_comes_back() {
    let school = School::open_at(morning() + TimeDelta::hours(2)).await;
    let ada = school.enroll("Ada", "Nwosu");
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    teacher.submits(&school, &[(ada, "present", 0)]).await;
    let student = ada.to_string();
    let departures = format!("/students/{ada}/departures");

    let nobody = office.post(&departures, []).await;
    nobody.field_error("collector", "Say who collects");
    let left = [("collected_by", "Ifeoma Nwosu"), ("note", "Dentist")];
    let stamped = office.post(&departures, left).await;
    office.get(&stamped.leads()).await.shows("Left at 10:38, with <bdi>Ifeoma Nwosu</bdi>");
    assert_eq!(mark(&school, ada), "left_early 10:38:00");
    assert_eq!(worth(&school, ada), "0.5 of 1.0");

    office.post("/front-desk/returns", [("student", &*student)]).await;
    assert_eq!(mark(&school, ada), "present");
    assert_eq!(worth(&school, ada), "1.0 of 1.0");
}

async fn is_back(office: &Person, student: Uuid) -> Answer {
    office.post("/front-desk/returns", [("student", &*student.to_string())]).await
}

#[actix_web::test]
async fn who_has_not_left_does_not_come_back_and_nobody_comes_back_twice() {
    let school = School::open_at(morning() + TimeDelta::hours(2)).await;
    let (ada, chidi) = (school.enroll("Ada", "Nwosu"), school.enroll("Chidi", "Okonkwo"));
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    teacher.submits(&school, &[(ada, "present", 0), (chidi, "absent", 0)]).await;
    let stamped = "select count(*) as n from attendance_movements where organization_id = $1";

    is_back(&office, ada).await.field_error("q", "has not left today");
    is_back(&office, chidi).await.field_error("q", "has not left today");
    office.post("/front-desk/returns", [("q", "ada")]).await.field_error("q", "has not left today");
    assert_eq!(school.number(stamped), 0);
    let office_marks = "select count(*) as n from attendance_records where organization_id = $1 and office_code_id is not null";
    assert_eq!(school.number(office_marks), 0);

    let departures = format!("/students/{ada}/departures");
    office.post(&departures, [("collected_by", "Ifeoma Nwosu")]).await.has_status(303);
    is_back(&office, ada).await.has_status(303);
    is_back(&office, ada).await.field_error("q", "is back already");
    assert_eq!(school.number(stamped), 2);
    office.marks(&school, chidi, "left_early", 1).await.is_ok();
    is_back(&office, chidi).await.has_status(303);
    assert_eq!(mark(&school, chidi), "present");
}

#[actix_web::test]
async fn who_comes_late_and_leaves_early_was_late_and_there_in_between() {
    let school = School::open().await;
    let ada = school.enroll("Ada", "Nwosu");
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    teacher.submits(&school, &[(ada, "absent", 0)]).await;
    school.clock.set("2026-11-23T11:30:00Z".parse().unwrap());
    office.post("/front-desk/arrivals", [("q", "ada")]).await.has_status(303);
    school.clock.set("2026-11-23T14:00:00Z".parse().unwrap());
    let left = [("collected_by", "Ifeoma Nwosu")];

    office.post(&format!("/students/{ada}/departures"), left).await.has_status(303);

    assert_eq!(mark(&school, ada), "left_early 180 11:30:00 14:00:00");
    assert_eq!(worth(&school, ada), "0.5 of 1.0");
    let late = "select count(*) as n from attendance_days where organization_id = $1 and is_late and minutes_late = 180";
    assert_eq!(school.number(late), 1);
    school.clock.set("2026-11-23T14:20:00Z".parse().unwrap());
    office.post("/front-desk/returns", [("student", &*ada.to_string())]).await.has_status(303);
    assert_eq!(mark(&school, ada), "late 180 11:30:00");
}

#[actix_web::test]
async fn whom_the_teacher_marked_late_is_late_still_when_they_leave_and_come_back() {
    let school = School::open().await;
    let ada = school.enroll("Ada", "Nwosu");
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    teacher.submits(&school, &[(ada, "present", 0)]).await;
    let late = [("code", "late"), ("minutes", "20"), ("version", "1")];
    teacher.send(reqwest::Method::PUT, &school.mark(ada), &late).await.is_ok();
    school.clock.set("2026-11-23T10:00:00Z".parse().unwrap());
    let left = [("collected_by", "Ifeoma Nwosu")];
    office.post(&format!("/students/{ada}/departures"), left).await.has_status(303);
    school.clock.set("2026-11-23T11:00:00Z".parse().unwrap());

    office.post("/front-desk/returns", [("student", &*ada.to_string())]).await.has_status(303);

    assert_eq!(mark(&school, ada), "late 20");
    let late = "select count(*) as n from attendance_days where organization_id = $1 and is_late and minutes_late = 20";
    assert_eq!(school.number(late), 1);
}

#[actix_web::test]
async fn whoever_is_barred_does_not_collect() {
    let school = School::open().await;
    let ada = school.enroll("Ada", "Nwosu");
    school.run(
        "insert into restrictions (organization_id, id, student_id, person_name, bars_collection, starts_on)
         select $1, gen_random_uuid(), id, $2, true, '2026-11-01' from students where organization_id = $1",
        "Emeka Nwosu",
    );
    let office = school.sign_in(Office).await;
    let departures = format!("/students/{ada}/departures");

    let page = office.get(&format!("{departures}/new")).await;
    page.is_ok().shows("<bdi>Emeka Nwosu</bdi> may not collect this child");
    let tried = [("collected_by", "  emeka  NWOSU ")];
    office.post(&departures, tried).await.field_error("collected_by", "may not collect this child");
    assert_eq!(mark(&school, ada), "");
    assert!(!fields(&page.body).is_empty());
}

#[actix_web::test]
async fn a_slip_says_who_came_and_when() {
    let school = School::open().await;
    school.enroll("Ada", "Nwosu");
    let office = school.sign_in(Office).await;
    office.post("/front-desk/arrivals", [("q", "Ada Nwosu")]).await;
    let id =
        lines(&mut within(school.organization), "select id::text as line from attendance_movements").concat();

    office
        .get(&format!("/front-desk/movements/{id}/slip"))
        .await
        .shows("Ada Nwosu")
        .shows("08:38")
        .shows("8 min late")
        .hides("data-prints=\"now\"");
    let desk = office.get(&format!("/front-desk?done={id}")).await;
    desk.shows(&format!("href=\"/front-desk/movements/{id}/slip?print\""));
    let again = office.post("/front-desk/arrivals", [("q", " "), ("done", &*id)]).await;
    again.redirects_to(&format!("/front-desk?done={id}"));
    office.post("/front-desk/arrivals", [("q", " ")]).await.has_status(422);
    office.get(&format!("/front-desk/movements/{id}/slip?print")).await.shows("data-prints=\"now\"");
}

#[actix_web::test]
async fn a_child_on_no_roll_is_not_stamped_and_a_teacher_has_no_front_desk() {
    let school = School::open().await;
    let ada = school.enroll("Ada", "Nwosu").to_string();
    school.run("delete from class_enrollments where organization_id = $1 and $2 <> ''", "all");
    let office = school.sign_in(Office).await;

    office
        .post("/front-desk/arrivals", [("student", &*ada)])
        .await
        .has_status(409)
        .shows("no homeroom’s roll today");
    school.sign_in(Teacher).await.get("/front-desk").await.is_forbidden();
}
