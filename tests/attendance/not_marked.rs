//! Children of whom a submitted register says nothing yet.

use crate::{
    attendance::twice_a_day::is_checked,
    support::{Office, Person, School, Teacher, command::miscounted},
};

/// Enrolled, present, absent, late and share of the campus's day, as a saved file has them.
async fn campus_day(office: &Person) -> String {
    let file = office.get("/campus-days.csv").await;
    let line = file.is_ok().body.lines().nth(1).unwrap_or_default().to_owned();
    line.split(',').skip(2).take(5).collect::<Vec<_>>().join(" ")
}

/// Enrolled, possible and attended of the whole school today, as a saved report has them.
async fn reported(office: &Person) -> String {
    let file = office.get("/reports/attendance.csv?from=2026-11-23&to=2026-11-23").await;
    file.is_ok().body.lines().last().unwrap().split(',').skip(1).take(3).collect::<Vec<_>>().join(" ")
}

#[actix_web::test]
async fn who_joins_a_class_after_its_register_went_in_is_not_marked_until_somebody_marks_them() {
    let school = School::open().await;
    let (ada, chidi) = (school.enroll("Ada", "Nwosu"), school.enroll("Chidi", "Okonkwo"));
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    teacher.submits(&school, &[(ada, "present", 0), (chidi, "absent", 0)]).await.has_status(303);

    let li = school.enroll("Li", "Wei");

    for person in [&teacher, &office] {
        let page = person.get(&school.register()).await;
        page.shows("Not marked. The register is in")
            .shows("data-count=\"here\">1</dd>")
            .shows("data-count=\"unmarked\">1</dd>");
        assert!(["present", "late", "absent"].iter().all(|code| !is_checked(&page.body, li, code)));
    }
    let board = office.get("/board").await;
    board.shows("1 of 3 here").shows("<dd>1 <small>of 2 counted, 1 not marked</small></dd>");
    board.shows(&format!("<a class=\"state is-late\" href=\"{}\">", school.register()));
    teacher.get("/today").await.shows("1 of 3 here · 1 absent · 1 not marked");
    assert_eq!((&*campus_day(&office).await, &*reported(&office).await), ("2 1 1 0 50.00", "3 2 1"));

    teacher.marks(&school, li, "present", 0).await.is_ok().hides("Not marked");

    teacher
        .get(&school.register())
        .await
        .hides("Not marked. The register is in")
        .shows("data-count=\"here\">2</dd>");
    office
        .get("/board")
        .await
        .shows("2 of 3 here")
        .shows("2 <small>of 3 counted</small>")
        .hides("not marked");
    assert_eq!((&*campus_day(&office).await, &*reported(&office).await), ("3 2 1 0 66.67", "3 3 2"));
    assert_eq!(miscounted(&school), "");
}

#[actix_web::test]
async fn without_scripts_corrections_leave_whoever_is_not_marked_as_they_are() {
    let school = School::open().await;
    let ada = school.enroll("Ada", "Nwosu");
    let teacher = school.sign_in(Teacher).await;
    teacher.submits(&school, &[(ada, "present", 0)]).await.has_status(303);
    let li = school.enroll("Li", "Wei");
    let path = format!("{}/submission", school.register());
    let (theirs, new) = (format!("code[{ada}]"), format!("version[{li}]"));
    let version = format!("version[{ada}]");

    let fields = [("act", "save"), (&*theirs, "absent"), (&*version, "1"), (&*new, "0")];
    teacher.post(&path, fields).await.redirects_to(&school.register());

    teacher
        .get(&school.register())
        .await
        .shows("data-count=\"absent\">1</dd>")
        .shows("Not marked. The register is in");
    assert_eq!(school.marks_kept(), 1);
}

#[actix_web::test]
async fn what_the_office_knew_of_somebody_who_joined_later_is_no_mark_in_a_register_that_is_in() {
    let school = School::open().await;
    let ada = school.enroll("Ada", "Nwosu");
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    teacher.submits(&school, &[(ada, "present", 0)]).await.has_status(303);
    let li = school.enroll("Li", "Wei");
    school.run(
        "insert into planned_absences (organization_id, id, student_id, attendance_code_id, starts_on, ends_on, reason)
         select $1, gen_random_uuid(), $2::uuid, id, '2026-11-23', '2026-11-23', 'Hospital'
         from attendance_codes where organization_id = $1 and code = 'ill'",
        &li.to_string(),
    );

    office.get("/board").await.shows("1 of 2 here").shows("1 not marked").shows("Nobody is absent");
    teacher
        .get(&school.register())
        .await
        .shows("Not marked. The register is in")
        .shows("data-count=\"absent\">0</dd>");

    office.marks(&school, li, "ill", 0).await.is_ok();
    office.get("/board").await.shows("1 of 2 here").hides("not marked").shows("Hospital");
}
