//! A class's month on one sheet: letters, sums, and who may read it.

use crate::support::{Office, Person, School, Teacher};

fn sheet(school: &School, month: &str) -> String {
    format!("/classes/{}/register-sheet{month}", school.class)
}

/// The cells of a row of a saved sheet.
async fn row(person: &Person, school: &School, name: &str) -> Vec<String> {
    let file = person.get(&sheet(school, ".csv")).await;
    let line = file.is_ok().body.lines().find(|line| line.starts_with(name)).map(str::to_owned);
    line.unwrap_or_else(|| panic!("no row of {name} in\n{}", file.body))
        .split(',')
        .map(str::to_owned)
        .collect()
}

/// The last cells of such a row: possible, attended, percentage, absent, excused, late, minutes.
async fn sums(person: &Person, school: &School, name: &str) -> String {
    let row = row(person, school, name).await;
    row[row.len() - 7..].join(" ")
}

#[actix_web::test]
async fn a_class_s_month_stands_on_one_sheet_and_a_correction_shows_at_once() {
    let school = School::open().await;
    let (amal, kwame) = (school.enroll("Amal", "Abdullahi"), school.enroll("Kwame", "Acheampong"));
    let (teacher, office) = (school.sign_in(Teacher).await, school.sign_in(Office).await);
    teacher.get(&sheet(&school, "")).await.shows("0 of 21 school days with a register");
    teacher.submits(&school, &[(amal, "absent", 0), (kwame, "late", 0)]).await.has_status(303);

    let page = teacher.get(&sheet(&school, "")).await;

    page.shows("Homeroom 4A, November 2026")
        .shows("1 of 21 school days with a register")
        .shows("<b class=\"is-bad\">A</b>")
        .shows("<b class=\"is-late\">L</b>");
    assert_eq!(sums(&teacher, &school, "Amal").await, "1 0 0 1 0 0 0");
    assert_eq!(sums(&teacher, &school, "Kwame").await, "1 1 100 0 0 1 8");
    office.marks(&school, amal, "ill", 1).await.is_ok();
    assert_eq!(sums(&teacher, &school, "Amal").await, "1 0 0 1 1 0 0");
    assert_eq!(sums(&teacher, &school, "All").await, "2 1 50 1 1 1 8");
}

#[actix_web::test]
async fn an_open_register_counts_for_nothing_on_the_sheet() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let teacher = school.sign_in(Teacher).await;

    teacher.marks(&school, amal, "absent", 0).await.is_ok();

    teacher.get(&sheet(&school, "")).await.shows("0 of 21 school days").hides("class=\"is-bad\"");
    assert_eq!(sums(&teacher, &school, "Amal").await, "0 0  0 0 0 0");
}

#[actix_web::test]
async fn whoever_left_keeps_the_row_of_the_days_on_the_roll() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let teacher = school.sign_in(Teacher).await;
    school.has_days(amal, "papa");

    let left = "update class_enrollments set ended_on = '2026-11-18', status = 'withdrawn' where organization_id = $1 and $2 = ''";
    school.run(left, "");

    teacher.get(&sheet(&school, "")).await.shows("Amal Abdullahi").shows("not on the roll");
    assert_eq!(sums(&teacher, &school, "Amal").await, "2 1 50 1 0 0 0");
    let october = teacher.get(&sheet(&school, "?month=2026-10")).await;
    october.shows("Homeroom 4A, October 2026").shows("Amal Abdullahi").hides("not on the roll");
    teacher.get(&sheet(&school, "?month=2026-08")).await.shows("Nobody was on the roll in this month");
}

#[actix_web::test]
async fn a_month_that_is_none_or_still_to_come_is_this_one_t53() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;

    for odd in ["2026-13", "9999-01", "2027-01", "x", "%00", "-1"] {
        let page = teacher.get(&sheet(&school, &format!("?month={odd}"))).await;
        page.is_ok().shows("Homeroom 4A, November 2026").hides("December 2026");
    }
    teacher.get(&sheet(&school, ".pdf")).await.is_missing();
}

#[actix_web::test]
async fn a_colleague_s_sheet_is_missing_and_the_office_reads_it() {
    let school = School::open().await;
    let (elsewhere, office) = (school.sign_in_elsewhere(Teacher).await, school.sign_in(Office).await);

    for path in [sheet(&school, ""), sheet(&school, ".csv"), sheet(&school, ".xlsx")] {
        elsewhere.get(&path).await.is_missing();
        office.get(&path).await.is_ok();
    }
}
