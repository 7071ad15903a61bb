//! What a student's page says of their days.

use crate::support::{Finance, Office, School, Teacher};

#[actix_web::test]
async fn a_submitted_register_stands_on_the_students_page() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let teacher = school.sign_in(Teacher).await;
    let path = format!("/students/{amal}");
    teacher.get(&path).await.shows("No register with this student was submitted yet");

    teacher.marks(&school, amal, "absent", 0).await.is_ok();
    teacher.get(&path).await.shows("No register with this student was submitted yet");
    teacher.submits(&school, &[(amal, "absent", 1)]).await;

    teacher
        .get(&path)
        .await
        .shows("1 day with a submitted register since Mon 23 Nov")
        .shows("Mon 23 Nov: absent")
        .shows("Homeroom 4A");
}

#[actix_web::test]
async fn the_totals_count_each_day_once_and_exceptions_stand_beneath() {
    let school = School::open().await;
    let (amal, kwame) = (school.enroll("Amal", "Abdullahi"), school.enroll("Kwame", "Acheampong"));
    let teacher = school.sign_in(Teacher).await;
    teacher.submits(&school, &[(amal, "late", 0), (kwame, "present", 0)]).await;
    let office = school.sign_in(Office).await;

    office.get(&format!("/students/{amal}")).await.shows("late 1, present on all others").shows("8 min");
    office
        .get(&format!("/students/{kwame}"))
        .await
        .shows("present on all of them")
        .hides("Days that were not simply present");
}

#[actix_web::test]
async fn whoever_may_not_read_marks_sees_none() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let teacher = school.sign_in(Teacher).await;
    teacher.submits(&school, &[(amal, "absent", 0)]).await;
    let finance = school.sign_in(Finance).await;

    finance.get(&format!("/students/{amal}")).await.is_ok().hides("Attendance").hides("absent");
}

#[actix_web::test]
async fn a_student_s_year_is_a_calendar_with_sums_for_each_term() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let term = "insert into terms (organization_id, id, academic_year_id, name, kind, start_date, end_date)
         select $1, gen_random_uuid(), id, $2, 'term', '2026-11-18', '2026-12-18' from academic_years where organization_id = $1";
    school.run(term, "Late autumn");
    school.has_days(amal, "ppahp");
    let teacher = school.sign_in(Teacher).await;
    teacher.submits(&school, &[(amal, "late", 0)]).await.has_status(303);
    let path = format!("/students/{amal}/attendance");

    let year = teacher.get(&path).await;

    year.shows("September 2026")
        .shows("November 2026")
        .hides("December 2026")
        .shows("half the day attended")
        // A day missed whole, whatever became of its mark.
        .shows("<td class=\"a\" title=\"Absent\">")
        .shows("Late 8 min");
    let sums = |name: &str| {
        let row = year
            .body
            .split(&format!("<th scope=\"row\">{name} "))
            .nth(1)
            .unwrap()
            .split("</tr>")
            .next()
            .unwrap();
        let cells = row
            .split("<td class=\"num")
            .skip(1)
            .map(|cell| cell.split('>').nth(1).unwrap().split('<').next().unwrap());
        cells.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(sums("2026/27"), "6 4½ 75.0 % 1½ 0 1½ 0 1 8");
    assert_eq!(sums("Late autumn"), "4 2½ 62.5 % 1½ 0 1½ 0 1 8");
    teacher.get(&format!("/students/{amal}")).await.shows(&path);
    teacher.get(&format!("{path}?year={}", school::Uuid::new_v4())).await.is_missing();
    teacher.get(&format!("{path}?year=x")).await.is_ok();
}

#[actix_web::test]
async fn a_mark_has_its_code_s_letter_on_every_page() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let (teacher, office) = (school.sign_in(Teacher).await, school.sign_in(Office).await);
    office.marks(&school, amal, "ill", 0).await.is_ok();
    teacher.submits(&school, &[(amal, "absent", 1)]).await.has_status(303);

    teacher.get(&format!("/students/{amal}/attendance")).await.shows("<b aria-hidden=\"true\">I</b>");
    teacher.get(&format!("/students/{amal}")).await.shows(">I</text>").shows("Excused, illness");
    school.clock.set("2026-11-24T08:38:00Z".parse().unwrap());
    let tuesday = format!("/registers/{}/2026-11-24/day", school.class);
    teacher.get(&tuesday).await.shows("<i class=\"excused\">I</i>");
}

#[actix_web::test]
async fn a_year_is_read_by_whoever_reads_the_student_s_marks_and_nobody_else() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let (elsewhere, finance) = (school.sign_in_elsewhere(Teacher).await, school.sign_in(Finance).await);

    for path in [format!("/students/{amal}/attendance"), format!("/students/{amal}/attendance.csv")] {
        elsewhere.get(&path).await.is_missing();
        finance.get(&path).await.is_forbidden();
    }
}
