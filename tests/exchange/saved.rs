//! Lists saved as files: what is shown and nothing else, harmless in a spreadsheet, and read back as it was.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use csv::ReaderBuilder;
use reqwest::Method;
use school::exchange::formula::restore;

use crate::support::{Office, Person, School, Teacher};

/// Names that spreadsheets would calculate or that tear a table apart.
const NAMES: [(&str, &str); 5] = [
    ("=HYPERLINK(\"http://x\")", "Cmd"),
    ("-2+3", "Minus"),
    ("@SUM", "At"),
    ("Ana, \"Nia\"", "O'Brien"),
    ("عائشة", "Şahin"),
];

async fn saved_csv(person: &Person, path: &str) -> Vec<Vec<String>> {
    let answer = person.get(path).await;
    answer.is_ok();
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
    let body = answer.body.strip_prefix('\u{feff}').unwrap_or(&answer.body);
    let mut file = ReaderBuilder::new().has_headers(false).from_reader(body.as_bytes());
    file.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

async fn saved_xlsx(person: &Person, path: &str) -> Vec<Vec<Data>> {
    let answer = person.request(Method::GET, path).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let mut book = Xlsx::new(Cursor::new(answer.bytes().await.unwrap().to_vec())).unwrap();
    assert!(book.worksheet_formula("Sheet1").unwrap().is_empty(), "nothing in it calculates");
    book.worksheet_range("Sheet1").unwrap().rows().map(<[Data]>::to_vec).collect()
}

#[actix_web::test]
async fn every_name_comes_back_as_it_was_and_none_calculates_t47() {
    let school = School::open().await;
    for (first, last) in NAMES {
        school.enroll(first, last);
    }
    let office = school.sign_in(Office).await;

    let csv = saved_csv(&office, "/students.csv").await;
    let xlsx = saved_xlsx(&office, "/students.xlsx").await;

    assert_eq!(csv.len(), 6);
    for (first, last) in NAMES {
        let name = format!("{first} {last}");
        assert!(csv.iter().any(|row| restore(&row[0]) == name), "{name}: {csv:?}");
        assert!(xlsx.iter().any(|row| row[0] == Data::String(name.clone())), "{name}: {xlsx:?}");
    }
    let begins = |row: &Vec<String>| row.iter().any(|cell| cell.starts_with(['=', '+', '-', '@']));
    assert!(!csv.iter().any(begins), "{csv:?}");
}

#[actix_web::test]
async fn a_file_holds_whom_the_same_search_finds_in_the_same_order_and_all_of_them() {
    let school = School::open().await;
    for n in 0..53 {
        school.enroll("Amal", &format!("Abdullahi {n:02}"));
    }
    school.enroll("Kwame", "Acheampong");
    let office = school.sign_in(Office).await;

    let found = saved_csv(&office, "/students.csv?q=amal&after=00000000-0000-0000-0000-000000000000+x").await;

    let names: Vec<&str> = found.iter().skip(1).map(|row| row[0].as_str()).collect();
    let expected: Vec<String> = (0..53).map(|n| format!("Amal Abdullahi {n:02}")).collect();
    assert_eq!(names, expected);
    office.get("/students?q=amal").await.shows("/students.csv?q=amal").shows("/students.xlsx?q=amal");
    assert_eq!(saved_csv(&office, "/students.csv?q=nobody").await.len(), 1);
}

#[actix_web::test]
async fn days_are_days_and_numbers_are_numbers_in_a_workbook() {
    let school = School::open().await;
    let (amal, kwame) = (school.enroll("Amal", "Abdullahi"), school.enroll("Kwame", "Acheampong"));
    let (teacher, office) = (school.sign_in(Teacher).await, school.sign_in(Office).await);
    teacher.submits(&school, &[(amal, "absent", 0), (kwame, "late", 0)]).await.has_status(303);

    let year = saved_xlsx(&office, &format!("/students/{kwame}/attendance.xlsx")).await;
    let report = saved_xlsx(&office, "/reports/attendance.xlsx").await;

    let Data::DateTime(day) = year[1][0] else { panic!("{year:?}") };
    assert_eq!(day.as_datetime().unwrap().date().to_string(), "2026-11-23");
    assert_eq!(report[1][0], Data::String("Grade 4".into()));
    assert_eq!(report[1][1..5], [2.0, 2.0, 1.0, 50.0].map(Data::Float));
    assert_eq!(report[1].len(), report[0].len());
}

#[actix_web::test]
async fn a_class_by_any_name_is_saved_under_a_safe_one_t57() {
    let school = School::open().await;
    school.run(
        "update classes set name = $2 where organization_id = $1",
        "4A\"; filename=evil.exe; ../../الرابع",
    );
    let office = school.sign_in(Office).await;

    let answer = office.get(&format!("/classes/{}/register-sheet.csv", school.class)).await;

    let said = answer.is_ok().header("content-disposition");
    assert!(
        said.starts_with("attachment; filename=\"4a-filename-evil-exe-2026-11.csv\"; filename*=UTF-8''4A%3B"),
        "{said}"
    );
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
}

#[actix_web::test]
async fn the_roll_the_board_and_the_staff_are_saved_as_they_are_shown() {
    let school = School::open().await;
    let (amal, kwame) = (school.enroll("Amal", "Abdullahi"), school.enroll("Kwame", "Acheampong"));
    let (teacher, office) = (school.sign_in(Teacher).await, school.sign_in(Office).await);
    teacher.submits(&school, &[(amal, "absent", 0), (kwame, "present", 0)]).await.has_status(303);

    let roll = saved_csv(&teacher, &format!("/classes/{}/roll.csv", school.class)).await;
    let board = saved_csv(&office, "/board.csv").await;
    let staff = saved_csv(&office, "/staff-attendance.csv").await;

    assert_eq!(
        roll.iter().skip(1).map(|row| row[0].as_str()).collect::<Vec<_>>(),
        ["Amal Abdullahi", "Kwame Acheampong"]
    );
    assert_eq!(board[1][..4], ["Amal Abdullahi", "Homeroom 4A", "day", "Awaiting word"]);
    assert_eq!(board.len(), 2);
    assert_eq!(staff.len(), 3);
    assert!(staff.iter().skip(1).all(|row| row[0] == "Rosa Lindqvist" && row[2] == "Not yet"), "{staff:?}");
}

#[actix_web::test]
async fn what_goes_on_page_by_page_is_saved_whole() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    school.has_days(amal, "aappppppppaaa");
    let (teacher, office) = (school.sign_in(Teacher).await, school.sign_in(Office).await);
    let span = "?from=1999-01-01&to=2199-12-31";
    office
        .get(&format!("/registers-not-taken{span}"))
        .await
        .shows("/registers-not-taken.csv?")
        .shows("rel=\"next\"");

    let untaken = saved_csv(&office, &format!("/registers-not-taken.csv{span}")).await;

    assert_eq!((untaken.len(), untaken[1][4].as_str()), (60, "Never taken"));
    let absent = saved_csv(&office, "/absence-follow-ups.csv").await;
    assert_eq!(absent[1][..2], ["Amal Abdullahi".to_owned(), absent[1][1].clone()]);
    assert_eq!(absent[1][3..8], ["13", "5", "38.5", "Severe", "3"]);
    teacher.submits(&school, &[(amal, "absent", 0)]).await.has_status(303);
    office.marks(&school, amal, "ill", 1).await.is_ok();
    let corrected = saved_csv(&office, "/corrections.csv").await;
    assert_eq!(
        (corrected.len(), corrected[1][0].as_str(), corrected[1][3].as_str()),
        (2, "Amal Abdullahi", "2026-11-23")
    );
    assert!(corrected[1][1].contains("Excused, illness") && corrected[1][7] == "office", "{corrected:?}");
}
