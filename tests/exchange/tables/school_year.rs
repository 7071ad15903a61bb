//! A whole school year of another system, where the collection of sample data stands beside the project.

use std::{collections::BTreeMap, fs, path::Path};

use chrono::NaiveDate;
use school::academics::year::{AcademicYear, NewAcademicYear};

use crate::support::{Administrator, Person, School};

/// Days there and days in all.
type Days = (u32, u32);

fn file(name: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/school-year").join(name);
    let found = fs::read_to_string(&path).ok();
    if found.is_none() {
        eprintln!("skipped: {} is not there", path.display());
    }
    found
}

/// What the file itself says of each student: whoever came late was there.
fn told(attendance: &str) -> BTreeMap<String, Days> {
    let mut told: BTreeMap<String, Days> = BTreeMap::new();
    for row in attendance.lines().skip(1) {
        let cells: Vec<_> = row.trim_end().split(',').collect();
        let days = told.entry(cells[1].to_owned()).or_default();
        days.0 += u32::from(cells[3] != "Absent");
        days.1 += 1;
    }
    told
}

/// Per grade: the days of its students, who stand in `students` as number and grade.
fn by_grade(told: &BTreeMap<String, Days>, students: &str) -> BTreeMap<String, Days> {
    let mut grades: BTreeMap<String, Days> = BTreeMap::new();
    for row in students.lines().skip(1) {
        let cells: Vec<_> = row.trim_end().split(',').collect();
        let days = grades.entry(format!("{:0>2}", cells[5])).or_default();
        let of = told.get(cells[0]).copied().unwrap_or_default();
        *days = (days.0 + of.0, days.1 + of.1);
    }
    grades
}

/// `key there all`, a line each.
fn lines(days: &BTreeMap<String, Days>) -> String {
    let lines = days.iter().map(|(key, (there, all))| format!("{key} {there} {all}"));
    lines.collect::<Vec<_>>().join("\n")
}

fn opens_the_year(school: &School) -> String {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
    let new = NewAcademicYear {
        name: "2015/16".into(),
        start_date: day(2015, 8, 24),
        end_date: day(2016, 6, 9),
        current: false,
    };
    school.seed(|db| AcademicYear::open(&new, db)).to_string()
}

const FILES: [(&str, &str); 7] = [
    ("staff", "teachers.csv"),
    ("classes", "classes.csv"),
    ("students", "students.csv"),
    ("contacts", "guardians.csv"),
    ("contacts", "student_guardians.csv"),
    ("enrollments", "enrollments.csv"),
    ("attendance", "attendance.csv"),
];

#[actix_web::test]
async fn a_year_of_500_students_goes_in_through_the_page_and_adds_up() {
    let (Some(attendance), Some(students)) = (file("attendance.csv"), file("students.csv")) else {
        return;
    };
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let year = opens_the_year(&school);
    for (kind, name) in FILES {
        let content = file(name).unwrap();
        let said: &[(&str, &str)] =
            if ["classes", "students"].contains(&kind) { &[("year", &year)] } else { &[] };
        let path = school.brings(&administrator, (kind, content.as_bytes()), said).await;
        assert!(school.numbers(&path).ends_with(" 0 0"), "{name}: {}", school.numbers(&path));
    }

    let told = told(&attendance);
    let sums = "sum(attended)::int, sum(possible)::int";
    assert_eq!(
        school.text(&format!("select string_agg(line, e'\\n' order by line collate \"C\") from (select concat_ws(' ', student_number, {sums}) as line from attendance_days join students on students.id = student_id group by student_number) l")),
        sorted(&lines(&told))
    );
    assert_eq!(
        school.text(&format!("select string_agg(line, e'\\n' order by line) from (select concat_ws(' ', g.code, {sums}) as line from attendance_days d join school_enrollments e using (student_id) join grades g on g.id = grade_id group by g.code) l")),
        lines(&by_grade(&told, &students))
    );
    assert_eq!(report(&administrator).await, percentages(&by_grade(&told, &students)));
    let again = school.matches(&administrator, ("attendance", attendance.as_bytes()), &[]).await;
    assert_eq!(school.numbers(&again), "0 0 0 93000 0 0");
}

/// What the page's file says of each grade: possible and attended days, and the percentage.
async fn report(administrator: &Person) -> Vec<String> {
    let page = "/reports/attendance.csv?by=grade&from=2015-08-24&to=2016-06-09";
    let file = administrator.get(page).await.is_ok().body.clone();
    let grades = file.lines().skip(1).filter(|line| !line.starts_with("All,"));
    in_order(grades.map(|line| line.split(',').skip(2).take(3).collect::<Vec<_>>().join(" ")))
}

/// The same, computed from the file to a tenth of a percent.
fn percentages(days: &BTreeMap<String, Days>) -> Vec<String> {
    let said = |(there, all): &Days| {
        let tenths = (there * 1000 + all / 2) / all;
        let percent = format!("{}.{}", tenths / 10, tenths % 10);
        format!("{all} {there} {}", percent.trim_end_matches(".0"))
    };
    in_order(days.values().map(said))
}

fn in_order(lines: impl Iterator<Item = String>) -> Vec<String> {
    let mut lines: Vec<_> = lines.collect();
    lines.sort_unstable();
    lines
}

fn sorted(lines: &str) -> String {
    in_order(lines.lines().map(str::to_owned)).join("\n")
}
