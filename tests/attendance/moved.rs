//! A child changes class, or leaves it, while registers are taken.

use reqwest::Method;
use school::Uuid;

use crate::{
    academics::rolls::{other_class, seat},
    support::{Office, Person, School, Teacher, command::miscounted},
};

#[actix_web::test]
async fn a_child_moved_from_4a_to_4b_today_is_on_exactly_one_register_and_last_week_still_says_4a() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    school.enroll("Chidi", "Okonkwo");
    let office = school.sign_in(Office).await;
    let class = format!("/classes/{}", school.class);
    let other = other_class(&office, &school, "25").await;
    let to = other.rsplit('/').next().unwrap().to_owned();
    let seat = seat(&office, &class, "Abdullahi").await;
    let on = |class: &str, day: &str| format!("/registers/{class}/{day}/day");
    let own = school.class.to_string();

    office.post(&format!("{seat}/transfer"), [("to", &*to), ("on", "2026-11-23")]).await.has_status(303);

    let today = [on(&own, "2026-11-23"), on(&to, "2026-11-23")];
    office.get(&today[0]).await.is_ok().hides("Amal Abdullahi").shows("Chidi Okonkwo");
    office.get(&today[1]).await.is_ok().shows("Amal Abdullahi");
    office.get(&on(&own, "2026-11-17")).await.is_ok().shows("Amal Abdullahi");
    office.get(&on(&to, "2026-11-17")).await.is_ok().hides("Amal Abdullahi");
    let mark = [("code", "absent"), ("version", "0")];
    office.send(Method::PUT, &format!("{}/marks/{amal}", today[0]), &mark).await.is_missing();
    office.send(Method::PUT, &format!("{}/marks/{amal}", today[1]), &mark).await.is_ok();
    assert_eq!(school.marks_kept(), 1);
}

#[actix_web::test]
async fn a_child_taken_off_the_roll_while_it_is_called_holds_nobody_up_t77() {
    let school = School::open().await;
    let (amal, chidi) = (school.enroll("Amal", "Abdullahi"), school.enroll("Chidi", "Okonkwo"));
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    let class = format!("/classes/{}", school.class);
    teacher.get(&school.register()).await.shows("Amal Abdullahi");
    let seat = seat(&office, &class, "Abdullahi").await;
    let gone = [("last_day", "2026-11-20"), ("status", "withdrawn")];
    office.post(&format!("{seat}/withdrawal"), gone).await.has_status(303);

    teacher.marks(&school, amal, "absent", 0).await.is_missing();
    teacher.submits(&school, &[(amal, "present", 0), (chidi, "present", 0)]).await.has_status(303);

    teacher.get(&school.register()).await.shows("Submitted").hides("Amal Abdullahi");
    assert_eq!(school.marks_kept(), 1);
    assert_eq!(
        school.number(
            "select count(*) as n from attendance_days where organization_id = $1 and day = '2026-11-23'"
        ),
        1
    );
}

/// What the days of everybody count, and how much of that they attended.
fn counted(school: &School) -> String {
    school.line(
        "select coalesce(sum(possible), 0)::float || ' ' || coalesce(sum(attended), 0)::float as line from attendance_days",
    )
}

/// Sends a class's register of a day with marks.
async fn submits(person: &Person, register: &str, marks: &[(Uuid, &str)]) {
    let mut fields = vec![("act".to_owned(), "submit".to_owned())];
    for (student, code) in marks {
        fields.push((format!("code[{student}]"), (*code).to_owned()));
        fields.push((format!("version[{student}]"), "0".to_owned()));
    }
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    person.send(Method::POST, &format!("{register}/submission"), &fields).await.has_status(303);
}

#[actix_web::test]
async fn a_child_moved_after_the_register_went_in_is_on_the_board_of_the_new_class_only() {
    let school = School::open().await;
    let (amal, chidi) = (school.enroll("Amal", "Abdullahi"), school.enroll("Chidi", "Okonkwo"));
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    let other = other_class(&office, &school, "25").await;
    let to = other.rsplit('/').next().unwrap().to_owned();
    teacher.submits(&school, &[(amal, "absent", 0), (chidi, "absent", 0)]).await.has_status(303);
    office.get("/board").await.shows("Amal Abdullahi");
    let seat = seat(&office, &format!("/classes/{}", school.class), "Abdullahi").await;

    office.post(&format!("{seat}/transfer"), [("to", &*to), ("on", "2026-11-23")]).await.has_status(303);

    office.get("/board").await.hides("Amal Abdullahi").shows("Chidi Okonkwo");
    assert_eq!(counted(&school), "1 0", "her absence in 4A counts no more");
    let who = format!("{}/day/{chidi}/1", school.class);
    let excused = [("day", "2026-11-23"), ("code", "ill"), ("only", &*who)];
    office.post("/board/excuses", excused).await.has_status(303);
    submits(&office, &format!("/registers/{to}/2026-11-23/day"), &[(amal, "present")]).await;
    assert_eq!(counted(&school), "2 1");
    assert_eq!(miscounted(&school), "");
}

#[actix_web::test]
async fn the_board_asks_the_roll_whose_absence_it_tells() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    teacher.submits(&school, &[(amal, "absent", 0)]).await.has_status(303);
    office.get("/board").await.shows("Amal Abdullahi");

    school.run("update class_enrollments set ended_on = $2::date where organization_id = $1", "2026-11-20");

    office.get("/board").await.hides("Amal Abdullahi");
}

#[actix_web::test]
async fn a_child_entered_as_gone_since_friday_was_not_absent_on_monday_and_tuesday() {
    let school = School::open_at("2026-11-25T09:00:00Z".parse().unwrap()).await;
    let amal = school.enroll("Amal", "Abdullahi");
    let office = school.sign_in(Office).await;
    let register = |day: &str| format!("/registers/{}/{day}/day", school.class);
    submits(&office, &register("2026-11-20"), &[(amal, "present")]).await;
    submits(&office, &register("2026-11-23"), &[(amal, "absent")]).await;
    submits(&office, &register("2026-11-24"), &[(amal, "absent")]).await;
    assert_eq!(counted(&school), "3 1");

    let left = [("last_day", "2026-11-20"), ("reason", "Moved to Porto")];
    office.post(&format!("/students/{amal}/withdrawal"), left).await.has_status(303);

    assert_eq!(counted(&school), "1 1");
    assert_eq!(miscounted(&school), "");
    let kept =
        "select count(*) as n from attendance_records where organization_id = $1 and deleted_at is not null";
    assert_eq!(school.number(kept), 2, "they are put away, and can be restored");
}

#[actix_web::test]
async fn whoever_is_taken_off_a_roll_from_an_earlier_day_on_is_not_counted_there_after_it() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    teacher.submits(&school, &[(amal, "absent", 0)]).await.has_status(303);
    let seat = seat(&office, &format!("/classes/{}", school.class), "Abdullahi").await;

    let gone = [("last_day", "2026-11-20"), ("status", "withdrawn")];
    office.post(&format!("{seat}/withdrawal"), gone).await.has_status(303);

    assert_eq!(counted(&school), "0 0");
    assert_eq!(miscounted(&school), "");
}
