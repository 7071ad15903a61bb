//! Every kind of table comes in once, and again without a change.

use super::{ALL, CLASSES, STUDENTS};
use crate::support::{Administrator, School, command::said};

#[actix_web::test]
async fn a_school_comes_in_as_six_tables() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;

    school.brings_all(&administrator).await;

    assert_eq!(
        school.text("select string_agg(employee_number || staff_type::text, ' ' order by 1) from staff where employee_number in ('46', '47')"),
        "46counselor 47teacher"
    );
    assert_eq!(
        school.text("select c.name || '|' || c.kind || '|' || s.employee_number from classes c join staff s on s.id = homeroom_teacher_id where c.kind = 'homeroom' and c.name <> 'Homeroom 4A'"),
        "Homeroom, Grade 4|homeroom|47"
    );
    assert_eq!(
        school.text("select string_agg(concat_ws(' ', student_number, first_name, date_of_birth, gender), '|' order by student_number) from students"),
        "101 Sofia 2015-12-22 female|102 Paul 2016-03-26 male"
    );
    assert_eq!(
        school.text("select string_agg(concat_ws(' ', relationship, primary_contact), '|' order by relationship) from guardians"),
        "father t|other f"
    );
    assert_eq!(school.count("school_enrollments where leaves_on is null and is_main"), 2);
    assert_eq!(school.count("class_enrollments where status = 'active'"), 4);
    assert_eq!(school.count("attendance_sessions where submitted_at is not null"), 2);
    assert_eq!(
        school.text("select string_agg(days, '|' order by days) from (select concat_ws(' ', student_number, sum(possible)::int, sum(attended)::int) as days from attendance_days join students on students.id = student_id group by student_number) d"),
        "101 2 2|102 2 1"
    );
}

#[actix_web::test]
async fn the_same_tables_again_say_nothing_new_t90() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    school.brings_all(&administrator).await;

    for (kind, content) in ALL {
        let mut lines: Vec<_> = content.lines().collect();
        let header = lines.remove(0);
        lines.reverse();
        let rows = lines.iter().map(|line| format!("x,{line}\r\n")).collect::<String>();
        let odd = format!("\u{feff}Something else,{header}\r\n{rows}");
        for content in [content, &odd] {
            let path = school.matches(&administrator, (kind, content.as_bytes()), &[]).await;
            let numbers = school.numbers(&path);
            assert!(numbers.starts_with("0 0 0 ") && numbers.ends_with(" 0 0"), "{kind}: {numbers}");
        }
    }
}

#[actix_web::test]
async fn a_changed_row_changes_and_what_was_edited_here_is_kept() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    school.brings_all(&administrator).await;
    school.run(
        "update students set first_name = 'Sonya' where organization_id = $1 and student_number = $2",
        "101",
    );

    let changed = STUDENTS.replace("Sofia", "Sofya").replace("Paul", "Pál");
    let path = school.brings(&administrator, ("students", changed.as_bytes()), &[]).await;

    assert!(school.numbers(&path).starts_with("0 1 0 ") && school.numbers(&path).ends_with(" 0 1"));
    assert_eq!(
        school.text("select string_agg(first_name, ' ' order by student_number) from students"),
        "Sonya Pál"
    );
    administrator.get(&format!("{path}?rows=kept")).await.shows("Sofya");
}

#[actix_web::test]
async fn whoever_is_not_in_a_table_stays_unless_it_is_the_whole_list() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let table = |first: u32| {
        let rows = (first..=30).map(|n| format!("{n},Ada,Byron\n"));
        format!("student_id,first_name,last_name\n{}", rows.collect::<String>()).into_bytes()
    };
    school.brings(&administrator, ("students", &table(1)), &[]).await;

    let path = school.brings(&administrator, ("students", &table(22)), &[]).await;
    assert!(school.numbers(&path).starts_with("0 0 0 "));
    assert_eq!(school.count("students where status = 'active'"), 30);

    let path = school.matches(&administrator, ("students", &table(22)), &[("is_whole", "yes")]).await;
    administrator
        .get(&path)
        .await
        .shows("21 of 30 students")
        .shows("would be marked as no longer there, more than one in ten");
    administrator.post(&format!("{path}/application"), []).await.field_error("end_many", "Tick this");
    administrator.post(&format!("{path}/application"), [("end_many", "yes")]).await.redirects_to(&path);
    school.works();

    assert_eq!(school.count("students where status = 'active'"), 9);
    assert_eq!(school.count("students where status = 'withdrawn'"), 21);
}

#[actix_web::test]
async fn rows_that_speak_of_nobody_are_told_with_line_column_and_value() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let odd = format!("{CLASSES}M2,Mathematics,4,999\n,Biology,4,\nM3,Physics,4,#REF!\n");

    let path = school
        .matches(&administrator, ("classes", odd.replace("47", "").replace("46", "").as_bytes()), &[])
        .await;

    let page = administrator.get(&path).await;
    page.shows("classes.csv</bdi>, line 4")
        .shows("\">teacher_id</td><td data-label=\"The file says:\"><bdi>999</bdi>");
    page.shows("There is no member of staff of this number. Bring in the staff first.");
    page.shows("line 5").shows("A value is needed here.");
    page.shows("line 6").shows("The spreadsheet could not compute this value.");
    assert!(school.numbers(&path).ends_with(" 3 0"), "{}", school.numbers(&path));
}

#[actix_web::test]
async fn a_table_comes_in_from_the_command_line_too() {
    let school = School::open().await;
    let email = school.employ(Administrator);
    let folder = crate::support::export::fresh_path("d");
    std::fs::create_dir_all(&folder).unwrap();
    for (kind, content) in ALL {
        let file = folder.join(format!("{kind}.csv"));
        std::fs::write(&file, content).unwrap();
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_belfry"));
        command.args(["import", "table", kind]).arg(&file);
        let output = command.args(["--organization", &school.slug, "--as", &email]).output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
    }
    assert_eq!(school.count("attendance_records"), 4);
    assert_eq!(school.count("import_runs where status = 'done'"), 6);
}
