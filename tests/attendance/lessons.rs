//! A campus that calls the roll in each lesson.

use reqwest::Method;
use school::Uuid;

use super::{
    roll_calls::fire,
    twice_a_day::{is_checked, slot, submits},
};
use crate::support::{Administrator, Answer, Office, Person, School, Teacher, database};

/// From today on the roll is called in lessons that start then, and a register is due ten minutes after.
async fn calls_by_lesson(administrator: &Person, school: &School, starts: &str) -> Answer {
    let campus = school.campus.to_string();
    let fields = [
        ("campus_id", &*campus),
        ("applies_from", "2026-11-23"),
        ("basis", "period"),
        ("lesson_starts", starts),
        ("due_time", "08:40"),
        ("late_after", "08:30"),
        ("half_day_minutes", "120"),
        ("full_day_minutes", "240"),
        ("teacher_edit_days", "1"),
    ];
    administrator.post("/attendance-policies", fields).await
}

/// A school with three lessons a day, at 08:38.
async fn by_lesson() -> School {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let set = calls_by_lesson(&administrator, &school, "08:30, 09:20 10:10").await;
    set.redirects_to("/attendance-policies");
    administrator.get("/attendance-policies").await.shows("Each lesson").shows("08:30, 09:20, 10:10");
    school
}

fn clock(school: &School, time: &str) {
    school.clock.set(format!("2026-11-23T{time}:00Z").parse().unwrap());
}

/// Slot, status, minutes late of every mark.
fn marks(school: &School) -> Vec<String> {
    let query = "select concat_ws(' ', t.slot, t.session_type, r.status, r.minutes_late) as line from attendance_records r
                 join attendance_sessions t on t.id = attendance_session_id where r.deleted_at is null order by 1";
    database::lines(&mut database::within(school.organization), query)
}

fn day(school: &School, student: Uuid) -> String {
    let query = format!(
        "select concat_ws(' ', possible, attended, excused, derived_from) as line from attendance_days where student_id = '{student}'"
    );
    database::lines(&mut database::within(school.organization), &query).concat()
}

#[actix_web::test]
async fn registers_are_due_lesson_by_lesson() {
    let school = by_lesson().await;
    school.enroll("Amal", "Abdullahi");
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    let (first, second, third) = (slot(&school, "08:30"), slot(&school, "09:20"), slot(&school, "10:10"));

    let today = teacher.get("/today").await;
    today.shows("3 registers").shows(&first).shows(&second).shows(&third).hides("lesson at 09:20");
    today.shows("Not taken, due in 2 min").shows("Due 10:20");
    assert_eq!(today.body.matches("class=\"now\"").count(), 1, "only the first has begun");
    teacher.get(&second).await.is_ok().shows("lesson at 09:20 · due 09:30");
    teacher.get(&school.register()).await.is_missing();
    teacher.get(&slot(&school, "09:21")).await.is_missing();
    clock(&school, "09:25");
    let board = office.get("/board").await;
    board.shows("4A, lesson at 08:30").shows("Not taken, 45 min late").shows("Not taken, due in 5 min");
    clock(&school, "09:31");

    let untaken = office.get("/registers-not-taken").await;
    untaken.shows(&first).shows(&second).hides(&third).shows("Homeroom 4A</bdi>, lesson at 08:30");
}

#[actix_web::test]
async fn a_child_late_to_the_second_lesson_has_minutes_from_its_start() {
    let school = by_lesson().await;
    let (amal, chidi) = (school.enroll("Amal", "Abdullahi"), school.enroll("Chidi", "Okonkwo"));
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    submits(&teacher, &slot(&school, "08:30"), &[(amal, "absent"), (chidi, "present")]).await;
    clock(&school, "09:27");
    let second = slot(&school, "09:20");
    submits(&teacher, &second, &[(amal, "absent"), (chidi, "late")]).await;

    let stamped = office.post("/front-desk/arrivals", [("student", &*amal.to_string())]).await;

    office.get(&stamped.leads()).await.shows("Came at 09:27, 7 min late");
    teacher.get(&second).await.shows("data-starts=\"2026-11-23T09:20:00Z\"");
    office.get("/board").await.shows("7 min late");
    let kept = ["08:30 period absent", "08:30 period present", "09:20 period late 7", "09:20 period late 7"];
    assert_eq!(marks(&school), kept);
    assert_eq!(day(&school, chidi), "1.0 1.0 0.0 2 of 2 lessons");
    assert_eq!(day(&school, amal), "1.0 0.5 0.0 1 of 2 lessons");
}

#[actix_web::test]
async fn a_double_lesson_has_a_register_for_each_and_the_first_suggests_the_second() {
    let school = by_lesson().await;
    let (amal, chidi) = (school.enroll("Amal", "Abdullahi"), school.enroll("Chidi", "Okonkwo"));
    let teacher = school.sign_in(Teacher).await;
    teacher.get(&slot(&school, "08:30")).await.is_ok().shows("lesson at 08:30");
    submits(&teacher, &slot(&school, "08:30"), &[(amal, "absent"), (chidi, "present")]).await;

    let second = teacher.get(&slot(&school, "09:20")).await;

    second.is_ok().shows("Absent at 08:30").shows("lesson at 09:20").hides("Submitted 08");
    assert!(is_checked(&second.body, amal, "absent") && is_checked(&second.body, chidi, "present"));
    submits(&teacher, &slot(&school, "09:20"), &[(amal, "present"), (chidi, "present")]).await;
    assert_eq!(school.marks_kept(), 4);
    let sheet = teacher.get(&format!("/classes/{}/register-sheet.csv", school.class)).await;
    let amal = sheet.body.lines().find(|line| line.starts_with("Amal")).unwrap();
    assert!(amal.contains(",A P,"), "{amal}");
}

#[actix_web::test]
async fn who_leaves_in_a_lesson_was_in_it_and_not_in_those_to_come_until_they_are_back() {
    let school = by_lesson().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    for lesson in ["08:30", "09:20", "10:10"] {
        submits(&teacher, &slot(&school, lesson), &[(amal, "present")]).await;
    }
    clock(&school, "09:25");

    let left = [("collected_by", "Hodan Abdi")];
    office.post(&format!("/students/{amal}/departures"), left).await.has_status(303);
    let kept = ["08:30 period present", "09:20 period left_early", "10:10 period left_early"];
    assert_eq!(marks(&school), kept);
    assert_eq!(day(&school, amal), "1.0 1.0 0.0 2 of 3 lessons", "four hours and forty minutes of seven");

    clock(&school, "10:05");
    office.post("/front-desk/returns", [("student", &*amal.to_string())]).await.has_status(303);
    let kept = ["08:30 period present", "09:20 period present", "10:10 period present"];
    assert_eq!(marks(&school), kept);
    let locked = "select count(*) as n from attendance_records where organization_id = $1 and office_code_id is not null";
    assert_eq!(school.number(locked), 1, "the desk speaks of the lesson that they came back into");
}

#[actix_web::test]
async fn who_has_left_is_not_here_in_the_lessons_after_on_board_register_and_day() {
    let school = by_lesson().await;
    let (amal, chidi) = (school.enroll("Amal", "Abdullahi"), school.enroll("Chidi", "Okonkwo"));
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    submits(&teacher, &slot(&school, "08:30"), &[(amal, "present"), (chidi, "present")]).await;
    clock(&school, "09:25");
    let left = [("collected_by", "Hodan Abdi")];
    office.post(&format!("/students/{amal}/departures"), left).await.has_status(303);

    for lesson in ["09:20", "10:10"] {
        submits(&teacher, &slot(&school, lesson), &[(amal, ""), (chidi, "present")]).await;
    }

    let board = office.get("/board").await;
    board.shows("1 of 2 here · 1 left before").shows("<dd>5 <small>of 6 counted</small></dd>");
    assert_eq!(board.body.matches("2 of 2 here").count(), 2, "they were in the lesson that they left");
    teacher.get("/today").await.shows("1 of 2 here · 1 left before");
    let third = teacher.get(&slot(&school, "10:10")).await;
    third.shows("data-count=\"here\">1</dd>").shows("data-count=\"away\">1</dd>");
    assert_eq!(day(&school, amal), "1.0 1.0 0.0 2 of 3 lessons");
    assert_eq!(day(&school, chidi), "1.0 1.0 0.0 3 of 3 lessons");
}

#[actix_web::test]
async fn who_is_back_at_the_desk_and_missed_in_the_next_lesson_is_missing_now() {
    let school = by_lesson().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    for lesson in ["08:30", "09:20"] {
        submits(&teacher, &slot(&school, lesson), &[(amal, "present")]).await;
    }
    clock(&school, "09:25");
    for collector in ["Hodan Abdi", "Hodan Abdi-Said"] {
        let left = [("collected_by", collector)];
        office.post(&format!("/students/{amal}/departures"), left).await.has_status(303);
    }
    clock(&school, "10:05");
    let back = office.post("/front-desk/returns", [("student", &*amal.to_string())]).await.leads();
    assert_eq!(marks(&school), ["08:30 period present", "09:20 period present"]);

    clock(&school, "10:12");
    let third = slot(&school, "10:10");
    teacher.get(&third).await.hides("set by the office").shows("data-version=\"3\"");
    let missed = [("code", "absent"), ("version", "3")];
    teacher.send(Method::PUT, &format!("{third}/marks/{amal}"), &missed).await.is_ok();

    assert_eq!(marks(&school)[2], "10:10 period absent");
    office.get("/board").await.shows("Seen at 09:20, missing now");
    let back = back.strip_prefix("/front-desk?done=").unwrap();
    office.post(&format!("/front-desk/movements/{back}/removal"), []).await.has_status(409);
    assert_eq!(marks(&school)[2], "10:10 period absent");
}

#[actix_web::test]
async fn who_is_missed_inside_the_building_is_expected_at_the_assembly_point() {
    let school = by_lesson().await;
    let [seen, absent, known] = [("Amal", "Abdullahi"), ("Chidi", "Okonkwo"), ("Li", "Wei")]
        .map(|(first, last)| school.enroll(first, last));
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    let first = [(seen, "present"), (absent, "absent"), (known, "present")];
    submits(&teacher, &slot(&school, "08:30"), &first).await;
    clock(&school, "09:28");
    let second = slot(&school, "09:20");
    submits(&teacher, &second, &first.map(|(student, _)| (student, "absent"))).await;
    let ill = [("code", "ill"), ("version", "1")];
    office.send(Method::PUT, &format!("{second}/marks/{known}"), &ill).await.is_ok();
    office.get("/board").await.shows("Seen at 08:30, missing now");
    clock(&school, "09:30");

    let list = fire(&office, &school).await;

    let page = office.get(&list).await;
    let (expected, others) = page.body.split_once("Not expected").unwrap();
    assert!(expected.contains("Amal") && expected.contains("Seen earlier, missing now"), "{expected}");
    assert!(others.contains("Chidi") && others.contains("Li Wei") && !others.contains("Amal"), "{others}");
}

#[actix_web::test]
async fn half_a_day_calls_the_lessons_within_its_hours() {
    let school = by_lesson().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let teacher = school.sign_in(Teacher).await;
    for lesson in ["08:30", "09:20", "10:10"] {
        submits(&teacher, &slot(&school, lesson), &[(amal, "present")]).await;
    }
    school.run(
        "insert into calendar_days (organization_id, id, campus_id, day, kind, ends_at, note)
         select $1, gen_random_uuid(), id, '2026-11-24', 'half_day', '10:10', $2 from campuses where organization_id = $1",
        "Snow",
    );
    school.clock.set("2026-11-24T08:31:00Z".parse().unwrap());
    let tomorrow = |lesson: &str| slot(&school, lesson).replace("11-23", "11-24");

    let today = teacher.get("/today").await;

    today.shows(&tomorrow("08:30")).shows(&tomorrow("09:20")).hides(&tomorrow("10:10"));
    teacher.get(&tomorrow("10:10")).await.is_missing();
    submits(&teacher, &tomorrow("09:20"), &[(amal, "present")]).await;
    let worth =
        "select concat_ws(' ', attended, possible, derived_from) as line from attendance_days order by day";
    let worth = database::lines(&mut database::within(school.organization), worth);
    assert_eq!(worth, ["1.0 1.0 3 of 3 lessons", "0.5 0.5 1 of 1 lessons"]);
}

#[actix_web::test]
async fn a_rule_for_each_lesson_says_when_they_start_and_another_does_not() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let many = (0..13).map(|n| format!("{:02}:00", 8 + n)).collect::<Vec<_>>().join(", ");
    for (starts, wrong) in [
        ("", "Say when each lesson starts."),
        ("08:30, nine", "Write times with commas"),
        ("09:20, 08:30", "later than the one before"),
        ("08:30, 08:30", "later than the one before"),
        (&*many, "at most 12 lessons"),
    ] {
        let answer = calls_by_lesson(&administrator, &school, starts).await;
        answer.field_error("lesson_starts", wrong).shows(&format!("value=\"{starts}\""));
    }
    let campus = school.campus.to_string();
    let fields = [
        ("campus_id", &*campus),
        ("applies_from", "2026-11-24"),
        ("basis", "daily"),
        ("lesson_starts", "08:30"),
        ("due_time", "08:40"),
        ("late_after", "08:30"),
        ("half_day_minutes", "120"),
        ("full_day_minutes", "240"),
        ("teacher_edit_days", "1"),
    ];
    let answer = administrator.post("/attendance-policies", fields).await;
    answer.field_error("lesson_starts", "Only where the roll is called in each lesson");
}

#[actix_web::test]
async fn other_lessons_begin_tomorrow_once_today_s_registers_have_begun() {
    let school = by_lesson().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let (administrator, teacher) = (school.sign_in(Administrator).await, school.sign_in(Teacher).await);
    let path = format!("{}/marks/{amal}", slot(&school, "08:30"));
    teacher.send(Method::PUT, &path, &[("code", "present"), ("version", "0")]).await.is_ok();

    let moved = calls_by_lesson(&administrator, &school, "08:35, 09:20").await;

    moved.field_error("applies_from", "registers have begun");
    calls_by_lesson(&administrator, &school, "08:30, 09:20, 10:10")
        .await
        .redirects_to("/attendance-policies");
}
