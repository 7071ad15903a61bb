//! Which registers are due: not where nobody is on the roll, where it is kept elsewhere, or where a class is closed by now.

use chrono::TimeDelta;
use school::Uuid;

use crate::support::{Office, School, Teacher, database, school::morning};

const UNTAKEN: &str = "/registers-not-taken?from=2026-11-02&to=2026-11-23";

fn after_due() -> chrono::DateTime<chrono::Utc> {
    morning() + TimeDelta::minutes(49)
}

/// A second campus with homeroom 1B and nobody on its roll.
fn hill_road(school: &School) -> String {
    let campus = school.second_campus("Hill Road");
    let statement = "insert into classes (organization_id, id, campus_id, academic_year_id, name, kind)
        select organization_id, gen_random_uuid(), $2::uuid, academic_year_id, 'Homeroom 1B', kind from classes where organization_id = $1";
    school.run(statement, &campus);
    campus
}

#[actix_web::test]
async fn a_homeroom_with_nobody_on_its_roll_has_no_register_due() {
    let school = School::open_at(after_due()).await;
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);

    office
        .get("/board")
        .await
        .shows("Nobody on the roll")
        .shows("<dt>Missing</dt><dd>0</dd>")
        .hides("Not taken");
    teacher.get("/today").await.shows("Nobody on the roll").shows("No register today").hides("late");
    office.get(UNTAKEN).await.shows("No register was due");

    school.enroll("Amal", "Abdullahi");
    office.get("/board").await.shows("Not taken, 27 min late");
}

#[actix_web::test]
async fn a_homeroom_that_opened_last_week_misses_no_register_from_before() {
    let school = School::open_at(after_due()).await;
    school.enroll("Amal", "Abdullahi");
    let opens =
        "update class_enrollments set enrolled_on = '2026-11-19' where organization_id = $1 and $2 = ''";
    school.run(opens, "");
    let office = school.sign_in(Office).await;

    let page = office.get(UNTAKEN).await;

    let register = |day: &str| format!("/registers/{}/{day}/day", school.class);
    page.shows(&register("2026-11-19")).shows(&register("2026-11-20")).shows(&register("2026-11-23"));
    page.hides(&register("2026-11-18")).shows("<dt>Due</dt><dd>3</dd>");
    office.get("/board?day=2026-11-18").await.shows("Nobody on the roll").hides("Not taken");
}

#[actix_web::test]
async fn a_class_that_is_closed_by_now_stays_on_the_boards_of_its_days() {
    let school = School::open_at(after_due()).await;
    let chidi = school.enroll("Chidi", "Okonkwo");
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    teacher.submits(&school, &[(chidi, "absent", 0)]).await.has_status(303);
    school.run("update classes set status = $2::class_status where organization_id = $1", "closed");
    school.clock.set(after_due() + TimeDelta::days(1));

    let then = office.get("/board?day=2026-11-23").await;

    then.shows("Homeroom 4A").shows("Chidi Okonkwo").shows("Submitted 09:27");
    office.get("/board?day=2026-11-20").await.hides("Homeroom 4A");
    office.get("/board").await.hides("Homeroom 4A");
    let late = office.get(UNTAKEN).await;
    late.shows("27 min late").shows("<dt>Due</dt><dd>1</dd>").hides("Never taken");
}

#[actix_web::test]
async fn a_campus_that_keeps_its_roll_elsewhere_has_a_link_and_nothing_missing() {
    let school = School::open_at(after_due()).await;
    let amal = school.enroll("Amal", "Abdullahi");
    school.run(
        "insert into campus_attendance_config (organization_id, id, campus_id, applies_from, attendance_link)
         select $1, gen_random_uuid(), id, '2026-09-01', $2 from campuses where organization_id = $1",
        "https://rolls.example/quay-street",
    );
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    let link = "href=\"https://rolls.example/quay-street\"";

    let board = office.get("/board").await;
    board.shows(link).shows("Kept elsewhere").shows("<dt>Missing</dt><dd>0</dd>").hides("Not taken");
    office.get(UNTAKEN).await.shows("No register was due");
    let today = teacher.get("/today").await;
    today.shows(link).shows("Kept elsewhere").shows("No register today").hides(&school.register());

    teacher.submits(&school, &[(amal, "present", 0)]).await.has_status(303);
    office.get("/board").await.shows("Submitted 09:27").hides(link);
}

#[actix_web::test]
async fn a_board_is_looked_at_campus_by_campus() {
    let school = School::open_at(after_due()).await;
    let amal = school.enroll("Amal", "Abdullahi");
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    teacher.submits(&school, &[(amal, "absent", 0)]).await.has_status(303);
    office.get("/board").await.hides("<label for=\"f-campus\">");
    let hill = hill_road(&school);
    let quay = school.campus.to_string();

    office.get("/board").await.shows("Homeroom 4A").shows("Homeroom 1B").shows("<label for=\"f-campus\">");
    let one = office.get(&format!("/board?campus={hill}")).await;
    one.shows("Homeroom 1B").hides("Homeroom 4A").hides("Amal").shows(&format!("value=\"{hill}\" selected"));
    one.shows(&format!("/board?day=2026-11-22&amp;campus={hill}").replace("&amp;", "&#38;"));
    let other = office.get(&format!("/board?campus={quay}")).await;
    other.shows("Homeroom 4A").shows("Amal Abdullahi").hides("Homeroom 1B");
    let who = format!("{}/day/{amal}/1", school.class);
    let excused = [("day", "2026-11-23"), ("campus", &*quay), ("code", "ill"), ("only", &*who)];
    office
        .post("/board/excuses", excused)
        .await
        .redirects_to(&format!("/board?day=2026-11-23&campus={quay}"));
    office.get(&format!("/board.csv?campus={quay}")).await.shows("Amal");
    office.get(&format!("/board.csv?campus={hill}")).await.is_ok().hides("Amal");
    office.get(&format!("/board?campus={}", Uuid::new_v4())).await.is_ok().shows("No registers on this day");
    office.get("/board?campus=x").await.shows("Homeroom 4A").shows("Homeroom 1B");
}

#[actix_web::test]
async fn a_board_that_is_too_long_says_so() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    teacher.submits(&school, &[(amal, "absent", 0)]).await.has_status(303);
    let more = |how_many: i32| {
        let statements = format!(
            "insert into students (organization_id, id, student_number, first_name, last_name)
               select organization_id, gen_random_uuid(), 'more-{how_many}-' || n, 'Ada', 'Nwosu'
               from students, generate_series(1, {how_many}) n where id = '{amal}';
             insert into class_enrollments (organization_id, id, class_id, student_id, enrolled_on)
               select e.organization_id, gen_random_uuid(), e.class_id, s.id, e.enrolled_on from class_enrollments e, students s
               where e.student_id = '{amal}' and s.student_number like 'more-{how_many}-%';
             insert into attendance_records (organization_id, id, attendance_session_id, student_id, session_date, teacher_code_id, status)
               select r.organization_id, gen_random_uuid(), r.attendance_session_id, s.id, r.session_date, r.teacher_code_id, r.status
               from attendance_records r, students s
               where r.student_id = '{amal}' and s.student_number like 'more-{how_many}-%'"
        );
        database::run(&mut database::within(school.organization), &statements);
    };

    more(499);
    office.get("/board").await.hides("There is more on this day");
    more(1);
    office.get("/board").await.shows("There is more on this day").shows("Choose a campus");
}
