//! A campus's day in numbers: from the registers, or by hand where the roll is kept elsewhere.

use crate::support::{Administrator, Director, Office, Person, School, Teacher, form::Typed};

const DAYS: &str = "/campus-days";

fn at(school: &School, day: &str) -> String {
    format!("{DAYS}/{}/{day}", school.campus)
}

/// The campus keeps its roll elsewhere.
fn keeps_its_roll_elsewhere(school: &School) {
    school.run(
        "insert into campus_attendance_config (organization_id, id, campus_id, applies_from, attendance_link)
         select $1, gen_random_uuid(), id, '2026-09-01', $2 from campuses where organization_id = $1",
        "https://rolls.example/quay-street",
    );
}

/// What is entered of a day: enrolled, present, absent, late.
async fn by_hand(person: &Person, school: &School, day: &str, numbers: [&str; 4]) -> Typed {
    let form = Typed::of(person, &at(school, day)).await.with("source", "hand");
    ["total_enrolled", "total_present", "total_absent", "total_tardy"]
        .iter()
        .zip(numbers)
        .fold(form.with("attendance_percentage", ""), |form, (field, number)| form.with(field, number))
}

/// What is entered of a day, as its form shows it.
async fn shown(person: &Person, day: &str) -> Typed {
    Typed::of(person, day).await.with("source", "hand")
}

/// The saved row of today.
async fn today(person: &Person) -> String {
    let file = person.get("/campus-days.csv").await;
    file.is_ok().body.lines().nth(1).unwrap_or_default().to_owned()
}

#[actix_web::test]
async fn the_registers_say_the_day_and_a_correction_shows_at_once() {
    let school = School::open().await;
    let (amal, kwame) = (school.enroll("Amal", "Abdullahi"), school.enroll("Kwame", "Acheampong"));
    let (teacher, office) = (school.sign_in(Teacher).await, school.sign_in(Office).await);
    office.get(DAYS).await.shows("No numbers yet").shows("Mon 23 Nov 2026").hides("Tue 24 Nov 2026");
    teacher.submits(&school, &[(amal, "absent", 0), (kwame, "late", 0)]).await.has_status(303);
    office.get(DAYS).await.shows("Attended share at Quay Street").shows("50.0 %").shows("Registers");
    assert_eq!(today(&office).await, "Quay Street,2026-11-23,2,1,1,1,50.00,Registers,,");

    office.marks(&school, amal, "present", 1).await.is_ok();

    assert_eq!(today(&office).await, "Quay Street,2026-11-23,2,2,0,1,100.00,Registers,,");
}

#[actix_web::test]
async fn a_note_to_the_registers_numbers_keeps_no_numbers() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let (teacher, office) = (school.sign_in(Teacher).await, school.sign_in(Office).await);
    teacher.submits(&school, &[(amal, "absent", 0)]).await.has_status(303);

    let noted = Typed::of(&office, &at(&school, "2026-11-23"))
        .await
        .with("source", "registers")
        .with("notes", "Snow, buses late");
    noted.send(&office).await.has_status(303);
    office.marks(&school, amal, "present", 1).await.is_ok();

    assert_eq!(
        today(&office).await,
        "Quay Street,2026-11-23,1,1,0,0,100.00,Registers,Rosa Lindqvist,\"Snow, buses late\""
    );
}

#[actix_web::test]
async fn what_was_entered_by_hand_is_never_written_over_by_registers() {
    let school = School::open().await;
    keeps_its_roll_elsewhere(&school);
    let amal = school.enroll("Amal", "Abdullahi");
    let (teacher, office) = (school.sign_in(Teacher).await, school.sign_in(Office).await);
    by_hand(&office, &school, "2026-11-23", ["120", "113", "7", "4"])
        .await
        .send(&office)
        .await
        .has_status(303);
    let entered = "Quay Street,2026-11-23,120,113,7,4,94.17,By hand,Rosa Lindqvist,";
    assert_eq!(today(&office).await, entered);

    teacher.submits(&school, &[(amal, "present", 0)]).await.has_status(303);

    assert_eq!(today(&office).await, entered);
    office.get(DAYS).await.shows("Entered by hand").shows("Registers say 1 of 1");
    let back = Typed::of(&office, &at(&school, "2026-11-23")).await.with("source", "registers");
    back.send(&office).await.has_status(303);
    assert_eq!(today(&office).await, "Quay Street,2026-11-23,1,1,0,0,100.00,Registers,Rosa Lindqvist,");
}

#[actix_web::test]
async fn numbers_that_do_not_add_up_are_refused_by_the_field() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;

    for (numbers, field, message) in [
        (["120", "113", "6", "4"], "total_absent", "113 present and 6 absent are not 120 enrolled"),
        (["120", "113", "7", "114"], "total_tardy", "Whoever came late was present"),
        (["", "113", "7", "4"], "total_enrolled", ""),
        (["120", "-1", "121", "0"], "total_present", ""),
        (["2147483648", "0", "0", "0"], "total_enrolled", ""),
        (["1.5", "0", "0", "0"], "total_enrolled", ""),
    ] {
        let refused = by_hand(&office, &school, "2026-11-23", numbers).await.send(&office).await;
        refused.field_error(field, message).shows(&format!("value=\"{}\"", numbers[1]));
    }
    for share in ["100.01", "-1", "94.123", "NaN", "1e2"] {
        let form = by_hand(&office, &school, "2026-11-23", ["120", "113", "7", "4"]).await;
        let refused = form.with("attendance_percentage", share).send(&office).await;
        refused.field_error("attendance_percentage", "Write a percentage from 0 to 100");
    }
    assert_eq!(today(&office).await, "Quay Street,2026-11-23,,,,,,,,");
}

#[actix_web::test]
async fn where_the_registers_are_here_nobody_enters_other_numbers() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let (teacher, office) = (school.sign_in(Teacher).await, school.sign_in(Office).await);
    let before = by_hand(&office, &school, "2026-11-23", ["120", "113", "7", "4"]).await;
    teacher.submits(&school, &[(amal, "present", 0)]).await.has_status(303);
    let page = office.get(&format!("{}/edit", at(&school, "2026-11-23"))).await;
    page.is_ok().hides("Entered by hand").hides("total_enrolled").shows("The registers of this day are here");

    let refused = before.send(&office).await;

    refused.field_error("source", "The registers of Quay Street are here").shows("value=\"120\"");
}

#[actix_web::test]
async fn a_share_follows_the_numbers_unless_half_days_were_entered() {
    let school = School::open().await;
    keeps_its_roll_elsewhere(&school);
    let office = school.sign_in(Office).await;
    let day = at(&school, "2026-11-23");
    by_hand(&office, &school, "2026-11-23", ["200", "190", "10", ""])
        .await
        .send(&office)
        .await
        .has_status(303);
    assert_eq!(today(&office).await, "Quay Street,2026-11-23,200,190,10,0,95.00,By hand,Rosa Lindqvist,");

    let again = shown(&office, &day).await.with("total_present", "199").with("total_absent", "1");
    again.send(&office).await.has_status(303);
    assert_eq!(today(&office).await, "Quay Street,2026-11-23,200,199,1,0,99.50,By hand,Rosa Lindqvist,");

    let halves = shown(&office, &day).await.with("attendance_percentage", "90.5");
    halves.send(&office).await.has_status(303);
    office.get(DAYS).await.shows("half days count half");
    shown(&office, &day).await.with("notes", "Snow").send(&office).await.has_status(303);
    assert_eq!(today(&office).await, "Quay Street,2026-11-23,200,199,1,0,90.50,By hand,Rosa Lindqvist,Snow");
}

#[actix_web::test]
async fn a_day_of_the_campus_is_entered_that_has_come_and_had_school_t60_t61_t64() {
    let school = School::open().await;
    school.run(
        "insert into calendar_days (organization_id, id, campus_id, day, kind, note)
         select $1, gen_random_uuid(), id, '2026-11-18', 'holiday', $2 from campuses where organization_id = $1",
        "Founders’ Day",
    );
    let office = school.sign_in(Office).await;

    for (day, message) in
        [("2026-11-24", "still to come"), ("2026-11-22", ""), ("2026-11-18", "Founders"), ("2025-11-20", "")]
    {
        let refused = by_hand(&office, &school, day, ["120", "113", "7", "4"]).await.send(&office).await;
        refused.has_status(409).shows(message);
    }
    school.clock.set("2026-11-24T00:01:00Z".parse().unwrap());
    by_hand(&office, &school, "2026-11-24", ["120", "113", "7", "4"])
        .await
        .send(&office)
        .await
        .has_status(303);
    for odd in ["2026-02-30", "x", "9999-01-01", "-1"] {
        office.get(&format!("{}/edit", at(&school, odd))).await.is_missing();
    }
}

#[actix_web::test]
async fn whoever_is_slower_is_shown_what_stands_t65() {
    let school = School::open().await;
    let (office, other) = (school.sign_in(Office).await, school.sign_in(Administrator).await);
    let slow = by_hand(&office, &school, "2026-11-23", ["120", "113", "7", "4"]).await;
    by_hand(&other, &school, "2026-11-23", ["119", "113", "6", "4"]).await.send(&other).await.has_status(303);

    let refused = slow.send(&office).await;

    refused.has_status(409).shows("119").shows("120").shows("changed this meanwhile");
    assert!(today(&office).await.contains(",119,"));
}

#[actix_web::test]
async fn a_director_reads_campus_days_and_leaves_them_as_they_are() {
    let school = School::open().await;
    let director = school.sign_in(Director).await;

    director.get(DAYS).await.is_ok().hides("/edit");
    director.get(&format!("{}/edit", at(&school, "2026-11-23"))).await.is_forbidden();
}

#[actix_web::test]
async fn a_month_that_is_none_is_this_one_and_one_before_the_year_is_empty_t53() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;

    for odd in ["2026-13", "9999-01", "2027-03", "x"] {
        office.get(&format!("{DAYS}?month={odd}")).await.is_ok().shows("days of November 2026");
    }
    office.get(&format!("{DAYS}?month=1999-01&campus=x")).await.is_ok();
    office.get(&format!("{DAYS}.pdf")).await.is_missing();
}

#[actix_web::test]
async fn a_percentage_by_hand_fits_its_counts() {
    let school = School::open().await;
    keeps_its_roll_elsewhere(&school);
    let office = school.sign_in(Office).await;

    for (numbers, share) in [
        (["100", "0", "100", "0"], "100.00"),
        (["120", "113", "7", "4"], "94.19"),
        (["120", "113", "7", "4"], "47.07"),
    ] {
        let form =
            by_hand(&office, &school, "2026-11-23", numbers).await.with("attendance_percentage", share);
        form.send(&office).await.field_error("attendance_percentage", "percent");
    }
    for share in ["94.17", "94.16", "47.08", "60"] {
        let form = by_hand(&office, &school, "2026-11-23", ["120", "113", "7", "4"]).await;
        form.with("attendance_percentage", share).send(&office).await.has_status(303);
    }
}

#[actix_web::test]
async fn numbers_of_a_day_that_was_closed_afterwards_count_for_nothing_and_are_taken_back() {
    let school = School::open().await;
    keeps_its_roll_elsewhere(&school);
    let office = school.sign_in(Office).await;
    let entered = by_hand(&office, &school, "2026-11-20", ["120", "113", "7", "4"]).await;
    entered.send(&office).await.has_status(303);
    office.get(DAYS).await.shows("Attended share at Quay Street");
    school.run(
        "insert into calendar_days (organization_id, id, campus_id, day, kind, note)
         select $1, gen_random_uuid(), id, '2026-11-20', 'closure', $2 from campuses where organization_id = $1",
        "Storm",
    );

    office.get(DAYS).await.shows("No school; not counted").hides("Attended share at Quay Street");
    let back = Typed::of(&office, &at(&school, "2026-11-20")).await.with("source", "registers");
    back.send(&office).await.has_status(303);

    assert!(!office.get("/campus-days.csv").await.body.contains("113"));
}

#[actix_web::test]
async fn a_day_says_how_many_of_its_registers_are_not_in() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let (teacher, office) = (school.sign_in(Teacher).await, school.sign_in(Office).await);
    let class = "insert into classes (organization_id, id, campus_id, academic_year_id, name, kind)
         select organization_id, gen_random_uuid(), campus_id, academic_year_id, $2, kind from classes where organization_id = $1";
    school.run(class, "Homeroom 4B");
    let zoe = school.enroll("Zoe", "Zander");
    let moved = "update class_enrollments set class_id = (select id from classes where name = 'Homeroom 4B' and organization_id = $1)
         where organization_id = $1 and student_id = $2::uuid";
    school.run(moved, &zoe.to_string());
    teacher.submits(&school, &[(amal, "present", 0)]).await.has_status(303);
    assert_eq!(today(&office).await, "Quay Street,2026-11-23,1,1,0,0,100.00,Registers,,");

    school.clock.set("2026-11-23T11:00:00Z".parse().unwrap());

    assert_eq!(today(&office).await, "Quay Street,2026-11-23,1,1,0,0,100.00,\"Registers, 1 of 2 missing\",,");
    office.get(DAYS).await.shows("1 of 2 missing");
}

#[actix_web::test]
async fn between_two_years_the_one_that_ended_is_shown_and_a_month_of_both_shows_both() {
    let school = School::open_at("2027-08-20T08:00:00Z".parse().unwrap()).await;
    let office = school.sign_in(Office).await;
    let next = "insert into academic_years (organization_id, id, name, start_date, end_date, school_weekdays)
         select organization_id, gen_random_uuid(), $2, '2027-08-25', '2028-07-31', school_weekdays from academic_years where organization_id = $1";
    school.run(next, "2027/28");
    school.run("update academic_years set current = false, end_date = end_date + 6 where organization_id = $1 and name <> $2", "2027/28");

    office.get(DAYS).await.shows("School year 2026/27").shows("Fri 6 Aug 2027");
    school.clock.set("2027-08-27T08:00:00Z".parse().unwrap());

    office.get(DAYS).await.shows("School year 2027/28").shows("Fri 6 Aug 2027").shows("Thu 26 Aug 2027");
}
