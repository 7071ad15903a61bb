//! What days add up to by grade, class and campus, as far as the reader sees and exactly as the marks stand.

use std::process::Command;

use school::Uuid;

use crate::support::{
    Administrator, Director, Finance, Office, Person, School, Teacher,
    command::said,
    database::{self, place},
};

const REPORT: &str = "/reports/attendance";

/// A saved report, a line for each place: the name, enrolled, and the sums.
async fn lines(person: &Person, query: &str) -> Vec<String> {
    let file = person.get(&format!("{REPORT}.csv{query}")).await;
    file.is_ok().body.lines().skip(1).map(|line| line.replace(',', " ")).collect()
}

#[actix_web::test]
async fn the_year_to_date_by_grade_follows_every_mark_at_once() {
    let school = School::open().await;
    let (amal, kwame) = (school.enroll("Amal", "Abdullahi"), school.enroll("Kwame", "Acheampong"));
    let (teacher, office) = (school.sign_in(Teacher).await, school.sign_in(Office).await);
    office.get(REPORT).await.shows("Attendance by grade").shows("<bdi>Grade 4</bdi>");
    teacher.submits(&school, &[(amal, "absent", 0), (kwame, "late", 0)]).await.has_status(303);
    office.get(REPORT).await.shows("50.0 %");
    assert_eq!(lines(&office, "").await, ["Grade 4 2 2 1 50 1 0 0 1 1 8", "All 2 2 1 50 1 0 0 1 1 8"]);

    office.marks(&school, amal, "ill", 1).await.is_ok();
    assert_eq!(lines(&office, "").await[0], "Grade 4 2 2 1 50 1 1 0 0 1 8");
    office.marks(&school, amal, "present", 2).await.is_ok();
    assert_eq!(lines(&office, "").await[0], "Grade 4 2 2 2 100 0 0 0 0 1 8");
    teacher.post(&format!("{}/withdrawal", school.register()), []).await.has_status(303);
    assert_eq!(lines(&office, "").await[0], "Grade 4 2 0 0  0 0 0 0 0 0");
}

#[actix_web::test]
async fn any_span_adds_up_to_its_days_and_not_one_more_t42() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    school.has_days(amal, "ppahpappah");
    let office = school.sign_in(Office).await;

    for (span, sums) in [
        ("from=2026-11-20&to=2026-11-20", "1 1 0.5 50 0.5 0 0.5 0 0 0"),
        ("from=2026-11-19&to=2026-11-20", "1 2 0.5 25 1.5 0 1.5 0 0 0"),
        ("from=2026-11-09&to=2026-11-13", "1 5 3.5 70 1.5 0 1.5 0 0 0"),
        ("from=2026-11-09&to=2199-12-31", "1 10 6 60 4 0 4 0 0 0"),
        ("from=2026-09-01&to=2026-11-08", "1 0 0  0 0 0 0 0 0"),
    ] {
        for by in ["grade", "class", "campus"] {
            let all = lines(&office, &format!("?by={by}&{span}")).await;
            assert!(
                all.last().is_some_and(|all| all.trim_start_matches("All").trim_start() == sums),
                "{by} {span}: {all:?}"
            );
        }
    }
}

#[actix_web::test]
async fn a_span_that_makes_no_sense_is_refused_by_the_field_t53() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;

    for (span, field) in [
        ("from=2026-11-20&to=2026-11-01", "from"),
        ("from=2026-02-30", "from"),
        ("to=yesterday", "to"),
        ("from=1999-01-01", "from"),
        ("from=infinity", "from"),
    ] {
        for file in ["", ".csv", ".xlsx"] {
            let answer = office.get(&format!("{REPORT}{file}?{span}")).await;
            answer.has_status(422).shows(&format!("id=\"{field}-error\""));
        }
    }
    office.get(&format!("{REPORT}?from=2026-02-30")).await.shows("value=\"2026-02-30\"");
    office.get(&format!("{REPORT}?by=nothing&campus=x")).await.is_ok().shows("Attendance by grade");
}

#[actix_web::test]
async fn whoever_changed_class_counts_in_each_for_the_days_there() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    school.has_days(amal, "appaap");
    let other = Uuid::new_v4();
    let moved = format!(
        "insert into classes (organization_id, id, campus_id, academic_year_id, grade_id, name, kind)
           select organization_id, '{other}', campus_id, academic_year_id, grade_id, 'Homeroom 4B', kind from classes where id = '{}';
         update class_enrollments set ended_on = '2026-11-16', status = 'withdrawn' where student_id = '{amal}';
         insert into class_enrollments (organization_id, id, class_id, student_id, enrolled_on)
           select organization_id, gen_random_uuid(), '{other}', id, '2026-11-17' from students where id = '{amal}'",
        school.class
    );
    database::run(&mut database::within(school.organization), &moved);
    let office = school.sign_in(Office).await;

    let all = lines(&office, "?by=class&from=2026-09-01&to=2026-11-22").await;

    assert_eq!(
        all,
        [
            "Homeroom 4A Grade 4 Quay Street 1 2 1 50 1 0 1 0 0 0",
            "Homeroom 4B Grade 4 Quay Street 1 4 2 50 2 0 2 0 0 0",
            "All   1 6 3 50 3 0 3 0 0 0"
        ]
    );
}

#[actix_web::test]
async fn whoever_stood_in_no_class_is_counted_in_the_line_of_none_and_in_all() {
    let school = School::open().await;
    let (amal, zoe) = (school.enroll("Amal", "Abdullahi"), school.enroll("Zoe", "Papadaki"));
    school.has_days(amal, "appaap");
    school.has_days(zoe, "pp");
    let later =
        format!("update class_enrollments set enrolled_on = '2026-11-23' where student_id = '{amal}'");
    database::run(&mut database::within(school.organization), &later);
    let office = school.sign_in(Office).await;

    let all = lines(&office, "?by=class&from=2026-09-01&to=2026-11-22").await;

    assert_eq!(
        all,
        [
            "Homeroom 4A Grade 4 Quay Street 1 2 2 100 0 0 0 0 0 0",
            "No class   1 6 3 50 3 0 3 0 0 0",
            "All   2 8 5 62.5 3 0 3 0 0 0"
        ]
    );
}

/// A second campus with a student who was there on every one of five days.
fn hill_road(school: &School) -> String {
    let zoe = school.enroll("Zoe", "Papadaki");
    school.has_days(zoe, "ppppp");
    let id = Uuid::new_v4();
    let made = format!(
        "insert into campuses (organization_id, id, name, code) select organization_id, '{id}', 'Hill Road', 'HR' from classes limit 1;
         update school_enrollments set campus_id = '{id}' where student_id = '{zoe}';
         update attendance_days set campus_id = '{id}' where student_id = '{zoe}'"
    );
    database::run(&mut database::within(school.organization), &made);
    id.to_string()
}

#[actix_web::test]
async fn a_director_of_one_campus_counts_only_that_one_everywhere() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    school.has_days(amal, "papap");
    let hill = hill_road(&school);
    let (everywhere, bound) = (school.sign_in(Director).await, school.sign_in(Finance).await);
    let given = "insert into user_custom_permissions (user_id, permission, scope) select id, 'READ_ATTENDANCE_REPORTS', 'campuses' from users";
    database::run(&mut database::lobby(), &format!("{given} where email = '{}'", bound.email));
    let span = "from=2026-11-01&to=2026-11-22";
    let by_campus = format!("?by=campus&{span}");
    assert_eq!(
        lines(&everywhere, &by_campus).await,
        ["Hill Road 1 5 5 100 0 0 0 0 0 0", "Quay Street 1 5 3 60 2 0 2 0 0 0", "All 2 10 8 80 2 0 2 0 0 0"]
    );

    assert_eq!(
        lines(&bound, &by_campus).await,
        ["Quay Street 1 5 3 60 2 0 2 0 0 0", "All 1 5 3 60 2 0 2 0 0 0"]
    );
    for query in [format!("?by=grade&{span}"), format!("?by=campus&{span}&campus={hill}")] {
        assert_eq!(lines(&bound, &query).await.last().unwrap(), "All 1 5 3 60 2 0 2 0 0 0", "{query}");
    }
    bound.get(&format!("{REPORT}{by_campus}")).await.hides("Hill Road");
    bound.get("/campus-days").await.is_ok().hides("Hill Road");
    bound.get(&format!("/campus-days.csv?campus={hill}")).await.is_ok().hides("Hill Road");
    everywhere.get(&format!("/campus-days.csv?campus={hill}")).await.shows("Hill Road").hides("Quay Street");
}

#[actix_web::test]
async fn a_teacher_reads_no_report_of_the_school() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;

    for path in [REPORT, "/reports/attendance.csv", "/campus-days", "/campus-days.xlsx"] {
        teacher.get(path).await.is_forbidden();
    }
}

#[actix_web::test]
async fn the_doctor_finds_a_total_that_is_not_what_its_days_add_up_to_and_mends_it() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    school.sign_in(Teacher).await.submits(&school, &[(amal, "absent", 0)]).await.has_status(303);
    let office = school.sign_in(Administrator).await;
    let doctor = |more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_belfry"));
        command.args(["doctor", "attendance", "--organization", &school.slug]).args(more);
        command.env("DATABASE_URL", &place().addresses.app);
        command.env("BELFRY_LOBBY_URL", &place().addresses.lobby).env("BELFRY_OWNER_URL", &place().owner);
        let output = command.output().unwrap();
        (output.status.success(), said(&output))
    };
    assert!(doctor(&[]).0);

    school.run("update attendance_totals set attended = 2 where organization_id = $1 and $2 = ''", "");

    let (well, found) = doctor(&[]);
    assert!(!well && found.contains("in the half-year from 2026-07-01 is totalled as 2 of 2"), "{found}");
    assert!(doctor(&["--mend"]).0);
    assert!(doctor(&[]).0);
    assert_eq!(lines(&office, "").await[0], "Grade 4 1 1 0 0 1 0 0 1 0 0");
}
