//! What the office and the director look back at: registers that were not taken, and marks that were corrected after.

use reqwest::Method;

use crate::support::{Director, Office, School, Teacher};

const UNTAKEN: &str = "/registers-not-taken";

#[actix_web::test]
async fn a_register_that_nobody_took_is_named_with_the_way_to_it() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    let office = school.sign_in(Office).await;

    let report = office.get(&format!("{UNTAKEN}?from=2026-11-19&to=2026-11-22")).await;

    report
        .shows("Never taken")
        .shows(&format!("/registers/{}/2026-11-20/day", school.class))
        .shows(&format!("/registers/{}/2026-11-19/day", school.class))
        .hides("2026-11-21/day")
        .hides("2026-11-23/day");
}

#[actix_web::test]
async fn a_register_of_today_is_missed_only_once_it_is_due() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    let today = format!("{UNTAKEN}?from=2026-11-23&to=2026-11-23");
    let office = school.sign_in(Office).await;
    office.get(&today).await.shows("No register was due");

    school.clock.set("2026-11-23T09:01:00Z".parse().unwrap());

    office.get(&today).await.shows("Never taken");
}

#[actix_web::test]
async fn a_late_register_says_how_late_and_one_in_time_is_left_out() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    let today = format!("{UNTAKEN}?from=2026-11-23&to=2026-11-23&by=campus");
    school.clock.set("2026-11-23T10:34:00Z".parse().unwrap());
    teacher.marks(&school, amal, "present", 0).await.is_ok();
    office.get(&today).await.shows("Begun, never submitted");

    teacher.submits(&school, &[(amal, "present", 1)]).await.has_status(303);

    office
        .get(&today)
        .await
        .shows("1 h 34 min late")
        .shows("By campus")
        .shows("Quay Street")
        .hides("never submitted</span>");
    school.run("update attendance_sessions set submitted_at = '2026-11-23T08:58:00Z' where organization_id = $1 and $2 = ''", "");
    office.get(&today).await.shows("Every register was in time");
}

#[actix_web::test]
async fn no_register_is_missed_on_a_day_without_school_or_in_a_half_that_is_not_held() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    school.calls_the_roll_twice();
    let day = "insert into calendar_days (organization_id, id, campus_id, day, kind, ends_at)
         select $1, gen_random_uuid(), id, day::date, kind::calendar_day_kind, ends::time from campuses,
           (values ('2026-11-19', 'closure', null), ('2026-11-20', 'half_day', $2)) days (day, kind, ends)
         where organization_id = $1";
    school.run(day, "12:00");
    let office = school.sign_in(Office).await;

    let report = office.get(&format!("{UNTAKEN}?from=2026-11-18&to=2026-11-22")).await;

    let register = |day: &str| format!("/registers/{}/{day}", school.class);
    report
        .shows(&register("2026-11-18/am"))
        .shows(&register("2026-11-18/pm"))
        .hides(&register("2026-11-19"))
        .shows(&register("2026-11-20/am"))
        .hides(&register("2026-11-20/pm"));
}

#[actix_web::test]
async fn a_report_of_any_span_is_bounded_and_goes_on_page_by_page_t42_t53_t65() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    let office = school.sign_in(Office).await;

    let whole = office.get(&format!("{UNTAKEN}?from=1999-01-01&to=9999-12-31")).await;
    whole.shows("At most 92 days").shows("<dd>59</dd>").shows("rel=\"next\"");
    let next = whole.body.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let second = office.get(&crate::support::form::read(next)).await;

    let registers = |body: &str| body.matches("<th scope=\"row\"><a href=\"/registers/").count();
    assert_eq!((registers(&whole.body), registers(&second.body)), (50, 9));
    for odd in
        ["from=2026-02-30&to=x", "from=2026-11-25&to=2026-11-01", "from=infinity&to=-1", "class=x&campus=y"]
    {
        office.get(&format!("{UNTAKEN}?{odd}")).await.is_ok();
        office.get(&format!("/corrections?{odd}")).await.is_ok();
    }
}

#[actix_web::test]
async fn a_teacher_reads_neither_report() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;

    teacher.get(UNTAKEN).await.is_forbidden();
    teacher.get("/corrections").await.is_forbidden();
}

#[actix_web::test]
async fn a_mark_that_the_office_changes_after_submission_is_a_correction() {
    let school = School::open().await;
    let (amal, kwame) = (school.enroll("Amal", "Abdullahi"), school.enroll("Kwame", "Acheampong"));
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    teacher.marks(&school, kwame, "late", 0).await.is_ok();
    teacher.marks(&school, kwame, "present", 1).await.is_ok();
    teacher.submits(&school, &[(amal, "absent", 0), (kwame, "present", 2)]).await.has_status(303);
    let director = school.sign_in(Director).await;
    director.get("/corrections").await.shows("Nothing was corrected");

    let rang = [("code", "ill"), ("remark", "Mother rang"), ("version", "1")];
    office.send(Method::PUT, &school.mark(amal), &rang).await.is_ok();

    director
        .get("/corrections")
        .await
        .shows("Amal Abdullahi")
        .shows("Office’s mark: none → Excused, illness")
        .shows("Office’s note: none → Mother rang")
        .shows(">office<")
        .shows(&school.register())
        .hides("Kwame");
}

#[actix_web::test]
async fn taking_a_register_back_hides_no_change() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    teacher.submits(&school, &[(amal, "present", 0)]).await.has_status(303);

    teacher.post(&format!("{}/withdrawal", school.register()), []).await.has_status(303);
    teacher.submits(&school, &[(amal, "absent", 1)]).await.has_status(303);

    office
        .get("/corrections")
        .await
        .shows("Mark: Present → Absent")
        .shows(">teacher<")
        .shows("Rosa Lindqvist");
}

#[actix_web::test]
async fn corrections_are_narrowed_by_day_and_class() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    teacher.submits(&school, &[(amal, "present", 0)]).await.has_status(303);
    teacher.marks(&school, amal, "absent", 1).await.is_ok();

    let class = school.class;
    office.get(&format!("/corrections?class={class}&from=2026-11-23")).await.shows("Amal Abdullahi");
    office.get("/corrections?to=2026-11-22").await.hides("Amal Abdullahi");
    office.get(&format!("/corrections?class={}", school::Uuid::new_v4())).await.hides("Amal Abdullahi");
}

#[actix_web::test]
async fn two_classes_of_one_name_are_counted_apart() {
    let school = School::open().await;
    let (amal, zoe) = (school.enroll("Amal", "Abdullahi"), school.enroll("Zoe", "Zander"));
    let hill = school.second_campus("Hill Road");
    let twin = "insert into classes (organization_id, id, campus_id, academic_year_id, name, kind)
         select organization_id, gen_random_uuid(), $2::uuid, academic_year_id, name, kind from classes where organization_id = $1";
    school.run(twin, &hill);
    let moved = "update class_enrollments set class_id = (select id from classes where campus_id = $2::uuid and organization_id = $1)
         where organization_id = $1 and student_id = (select id from students where first_name = 'Zoe' and organization_id = $1)";
    school.run(moved, &hill);
    let (teacher, office) = (school.sign_in(Teacher).await, school.sign_in(Office).await);
    school.clock.set("2026-11-23T08:50:00Z".parse().unwrap());
    teacher.submits(&school, &[(amal, "present", 0)]).await.has_status(303);
    school.clock.set("2026-11-23T11:00:00Z".parse().unwrap());

    let page = office.get(&format!("{UNTAKEN}?from=2026-11-23&to=2026-11-23&by=class")).await;

    page.shows("<bdi>Homeroom 4A, Hill Road</bdi>").shows("<bdi>Homeroom 4A, Quay Street</bdi>");
    assert_ne!(amal, zoe);
}
