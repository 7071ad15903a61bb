//! An import that would end more than one in ten of something stops and asks, in a small school too.

use school::{Error, exchange::roster::Wishes};

use crate::support::{Administrator, School, export::Export};

/// Sixty more students with a parent each, and ten more classes with a teacher each.
fn a_school_of_sixty() -> Export {
    let mut export = Export::of_a_small_school();
    for n in 0..60 {
        export = export
            .add("users.csv", &format!("x{n},,,true,S1,student,x{n},,First,Last,,,,,,p{n},03,"))
            .add("users.csv", &format!("p{n},,,true,S1,parent,p{n},,First,Parent,,,,,,,,"));
    }
    for n in 0..10 {
        export = export
            .add("classes.csv", &format!("C{n},,,Art {n},03,CM,A{n},scheduled,14,S1,Y,Art,,"))
            .add("enrollments.csv", &format!("t{n},,,C{n},S1,teacher,teacher,true,2026-08-15,2027-06-11"));
    }
    export
}

/// The same without the lines of a file that begin so.
fn without(file: &str, starts: &[String]) -> Export {
    let export = a_school_of_sixty();
    let text = export.text(file);
    let kept = text.split_inclusive('\n').filter(|line| !starts.iter().any(|start| line.starts_with(start)));
    let kept: String = kept.collect();
    export.with(file, kept)
}

fn lines(letter: &str, how_many: usize) -> Vec<String> {
    (0..how_many).map(|n| format!("{letter}{n},")).collect()
}

/// What an export is refused with after the whole school came in; nothing where it is taken.
async fn refusal(export: Export) -> String {
    let school = School::open().await;
    school.imports(&a_school_of_sixty());
    let refused = school.try_import(export.open().unwrap(), &Wishes::default()).err();
    let wishes = Wishes { end_many: true, ..Wishes::default() };
    assert!(school.try_import(export.open().unwrap(), &wishes).is_ok(), "it goes on when somebody says so");
    match refused {
        Some(Error::Conflict(sentence)) => sentence,
        Some(other) => panic!("{other}"),
        None => String::new(),
    }
}

#[actix_web::test]
async fn a_third_of_a_small_school_does_not_leave_without_a_word() {
    let refused = refusal(without("users.csv", &lines("x", 20))).await;
    assert!(
        refused.starts_with(
            "After this import 20 of 62 students would no longer be there, more than one in ten."
        ),
        "{refused}"
    );
}

#[actix_web::test]
async fn six_of_sixty_two_leave_as_they_do_in_any_year() {
    assert_eq!(refusal(without("users.csv", &lines("x", 6))).await, "");
}

#[actix_web::test]
async fn parents_who_are_all_at_once_nobodys_are_asked_about() {
    let apart = a_school_of_sixty().each(|text| {
        text.lines()
            .map(|line| {
                let is_child = line.starts_with('x');
                let line = if is_child {
                    line.split(",p").next().unwrap().to_owned() + ",,03,"
                } else {
                    line.to_owned()
                };
                line + "\n"
            })
            .collect()
    });
    let refused = refusal(apart).await;
    assert!(
        refused.starts_with(
            "After this import 60 of 61 links between students and contacts would no longer be there,"
        ),
        "{refused}"
    );
}

#[actix_web::test]
async fn classes_that_are_missing_are_asked_about() {
    let refused = refusal(without("classes.csv", &lines("C", 4))).await;
    assert!(refused.starts_with("After this import 4 of 12 classes would no longer be there,"), "{refused}");
}

#[actix_web::test]
async fn teachers_who_no_longer_stand_in_front_are_asked_about() {
    let refused = refusal(without("enrollments.csv", &lines("t", 4))).await;
    assert!(
        refused.starts_with("After this import 4 of 13 class staff would no longer be there,"),
        "{refused}"
    );
}

#[actix_web::test]
async fn a_page_says_all_that_would_vanish() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    school.applies(&administrator, &a_school_of_sixty()).await;

    let path = school.rehearses(&administrator, &without("users.csv", &lines("x", 20))).await;

    let said = "20 of 62 students, 20 of 61 links between students and contacts would be marked as no longer there, more than one in ten";
    administrator.get(&path).await.shows(said);
    administrator
        .post(&format!("{path}/application"), [])
        .await
        .field_error("end_many", "Tick this to go on");
}
