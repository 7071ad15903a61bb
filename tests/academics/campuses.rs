//! Campuses as a school opens and keeps them, from its first one on.

use futures::future::join_all;
use reqwest::Method;

use crate::{
    access::organizations::begun,
    exchange::tables::{say, upload},
    support::{
        Administrator, Answer, Director, Office, Person, School, Teacher, form::Typed, school::unique,
    },
};

const CAMPUS: [(&str, &str); 4] =
    [("name", "Ferry Lane"), ("code", "FL"), ("day_starts_at", "08:15"), ("day_ends_at", "14:45")];
const NONE_YET: &str = "no campus yet";
const NO_YEAR: &str = "no year yet";

/// A new campus with another text in a field.
async fn opens(person: &Person, field: &str, typed: &str) -> Answer {
    let mut form: Vec<_> = CAMPUS.into_iter().filter(|(name, _)| *name != field).collect();
    form.push((field, typed));
    person.send(Method::POST, "/campuses", &form).await
}

/// Enrols a new student at a campus.
async fn enrols(person: &Person, school: &School, campus: &str) -> Answer {
    let (year, number) = (school.year.to_string(), unique("n"));
    let student = [
        ("student_number", &*number),
        ("first_name", "Ada"),
        ("last_name", "Byron"),
        ("gender", "female"),
        ("campus_id", campus),
        ("academic_year_id", &year),
        ("enters_on", "2026-11-23"),
    ];
    person.post("/students", student).await
}

/// The path of the school's first campus.
fn first(school: &School) -> String {
    format!("/campuses/{}", school.campus)
}

/// How many campuses there are, in use or not.
fn count(school: &School) -> i64 {
    school.number("select count(*) as n from campuses where organization_id = $1 and deleted_at is null")
}

#[actix_web::test]
async fn whoever_begins_a_school_opens_a_campus_and_a_year_and_brings_in_its_students() {
    let school = School::open().await;
    let (organization, head) = begun(&school).await;
    let home = head.get("/").await.leads();
    let needing = [&*home, "/students/new", "/classes/new", "/imports"];
    for page in needing {
        head.get(page).await.is_ok().shows(NONE_YET).shows("href=\"/campuses/new\"");
    }
    let waiting = upload(&head, "students", "pupils.csv", b"student_id\n100\n").await.leads();
    head.get(&waiting).await.is_ok().shows(NONE_YET);
    head.get("/campuses").await.is_ok().shows("No campus yet").shows("href=\"/campuses/new\"");
    head.get("/campuses/new").await.is_ok().shows("value=\"08:30\"");

    head.post("/campuses", CAMPUS).await.redirects_to("/campuses");

    for page in needing {
        head.get(page).await.is_ok().hides(NONE_YET);
    }
    head.get("/students/new").await.shows("Ferry Lane");
    let waiting = upload(&head, "students", "pupils.csv", b"student_id\n101\n").await.leads();
    for page in ["/students/new", "/classes/new", &*waiting] {
        head.get(page).await.is_ok().shows(NO_YEAR).shows("href=\"/years\"");
    }
    let year =
        [("name", "2026/27"), ("start_date", "2026-09-01"), ("end_date", "2027-07-31"), ("weekdays[]", "1")];
    head.post("/years", year).await.has_status(303);
    head.get("/students/new").await.is_ok().hides(NO_YEAR);
    let table = "student_id,first_name,last_name,birthdate,grade\n\
        101,Sofia,Kovalevskaya,2015-12-22,4\n102,Paul,Erdős,2016-03-26,4\n";
    let columns = upload(&head, "students", "pupils.csv", table.as_bytes()).await.leads();
    let path = say(&head, &columns, &[]).await.leads();
    school.works_at(organization);
    head.post(&format!("{path}/application"), []).await.redirects_to(&path);
    school.works_at(organization);
    head.get(&path).await.shows("Imported on");
    head.get("/students").await.shows("Kovalevskaya").shows("Erdős");
    head.get("/campuses")
        .await
        .shows("Ferry Lane")
        .shows("08:15 – 14:45")
        .shows("Europe/Lisbon")
        .shows("data-label=\"students\">2<");
}

#[actix_web::test]
async fn whoever_may_open_none_is_told_who_does() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;
    school.run("update classes set status = 'closed' where organization_id = $1 and $2 = ''", "");
    office.get("/board").await.is_ok().hides(NONE_YET);
    school.run("update campuses set deleted_at = now() where organization_id = $1 and $2 = ''", "");

    for page in ["/board", "/students/new"] {
        let told = office.get(page).await;
        told.is_ok().shows(NONE_YET).shows("An administrator opens the first one.").hides("/campuses/new");
    }
}

#[actix_web::test]
async fn a_campus_says_what_is_wrong_by_the_field() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;

    for (field, typed, message) in [
        ("name", " ", "Fill this in"),
        ("name", "Ferry\u{0}Lane", "cannot be kept"),
        ("code", "", "At most 20 letters"),
        ("code", "Ferry Lane", "At most 20 letters"),
        ("code", "qs", "Another campus has this code"),
        ("day_starts_at", "25:00", "Write a time"),
        ("day_ends_at", "", "Write a time"),
        ("day_ends_at", "08:15", "ends after it begins"),
        ("time_zone", "Lisbon", "Name a time zone"),
        ("email", "nobody", "address"),
        ("phone", &"1".repeat(41), "At most 40"),
        ("address", &"a".repeat(301), "At most 300"),
        ("mascot", "\u{202e}retto", "invisible"),
        ("description", &"a".repeat(2001), "At most 2000"),
    ] {
        opens(&administrator, field, typed).await.field_error(field, message);
    }
    assert_eq!(count(&school), 1);
}

#[actix_web::test]
async fn all_that_is_wrong_is_said_at_once_and_nothing_typed_is_lost() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let form = [
        ("name", ""),
        ("code", "F L"),
        ("day_starts_at", "09:00"),
        ("day_ends_at", "08:00"),
        ("time_zone", "Lisbon"),
        ("mascot", "Otter"),
        ("description", "By the river"),
        ("has_color", "yes"),
        ("color", "#2f6f5e"),
        ("text_color", "#777777"),
    ];

    let answer = administrator.post("/campuses", form).await;

    answer
        .field_error("name", "Fill")
        .field_error("code", "letters")
        .field_error("day_ends_at", "ends after");
    answer.field_error("time_zone", "Name a time zone").field_error("text_color", "4.5 to 1 is the least");
    for kept in ["\"F L\"", "\"09:00\"", "\"08:00\"", "\"Lisbon\"", "\"Otter\"", "\"#777777\""] {
        answer.shows(&format!("value={kept}"));
    }
    answer.shows("By the river</textarea>").shows("name=\"has_color\" value=\"yes\" checked");
    let odd = [("has_color", "yes"), ("color", "red"), ("text_color", "#fff")];
    administrator
        .post("/campuses", odd)
        .await
        .field_error("color", "such as #2f6f5e")
        .field_error("text_color", "such as");
}

#[actix_web::test]
async fn what_is_written_of_a_campus_is_kept_and_changed_and_stands_in_the_history() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let path = first(&school);

    let form = Typed::of(&administrator, &path).await.with("name", "Quay Street Upper").with("code", "QSU");
    let form = form.with("time_zone", "Atlantic/Azores").with("description", "By the river\r\nand the quay");
    let form = form.with("has_color", "yes").with("color", "#2F6F5E").with("text_color", "#ffffff");
    form.send(&administrator).await.redirects_to("/campuses");

    administrator.get("/campuses").await.shows("Quay Street Upper").shows("Atlantic/Azores").shows("#2f6f5e");
    let again = administrator.get(&format!("{path}/edit")).await;
    again.shows("and the quay</textarea>").shows("value=\"Atlantic/Azores\"").shows("value=\"QSU\"");
    school.changed_it_today();
    let told = administrator.get("/change-log?entity=campuses").await;
    told.is_ok().shows("Quay Street Upper").shows("Time zone");
}

#[actix_web::test]
async fn a_hostile_name_is_shown_as_it_was_typed_and_does_nothing() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let hostile = "\"><script>alert(1)</script>'; drop table campuses; --";

    opens(&administrator, "name", hostile).await.redirects_to("/campuses");

    let id = school.line("select id::text as line from campuses where code = 'FL'");
    for page in ["/campuses", &format!("/campuses/{id}/edit"), "/students/new"] {
        administrator.get(page).await.is_ok().hides("<script>alert").shows("&#60;script&#62;alert(1)");
    }
}

#[actix_web::test]
async fn two_people_with_one_code_at_once_open_one_campus() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;

    let answers = join_all((0..8).map(|_| administrator.post("/campuses", CAMPUS))).await;

    let (kept, refused): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 303);
    assert_eq!((kept.len(), refused.len()), (1, 7));
    for answer in refused {
        answer.field_error("code", "Another campus has this code");
    }
    assert_eq!(count(&school), 2);
}

#[actix_web::test]
async fn whoever_saves_later_sees_what_the_other_wrote() {
    let school = School::open().await;
    let (one, other) = (school.sign_in(Administrator).await, school.sign_in(Administrator).await);
    let late = Typed::of(&one, &first(&school)).await.with("mascot", "Otter");
    Typed::of(&other, &first(&school)).await.with("mascot", "Heron").send(&other).await.has_status(303);

    let answer = late.send(&one).await;

    answer.has_status(409).shows("Heron").shows("Otter");
    late.seen_in(&answer).send(&one).await.redirects_to("/campuses");
    assert_eq!(school.line("select mascot as line from campuses"), "Otter");
}

#[actix_web::test]
async fn the_office_sees_campuses_and_another_schools_are_not_there() {
    let (school, other) = (School::open().await, School::open().await);
    for role in [Office, Director] {
        let person = school.sign_in(role).await;
        person.get("/campuses").await.is_ok().shows("Quay Street").hides("/edit").hides("/campuses/new");
        person.get("/campuses/new").await.is_forbidden();
        person.post("/campuses", CAMPUS).await.is_forbidden();
        person.get(&format!("{}/edit", first(&school))).await.is_forbidden();
    }
    school.sign_in(Teacher).await.get("/campuses").await.is_forbidden();
    let administrator = school.sign_in(Administrator).await;
    administrator.get(&format!("{}/edit", first(&other))).await.is_missing();
    for deed in ["", "/retirement", "/return"] {
        administrator.post(&format!("{}{deed}", first(&other)), CAMPUS).await.is_missing();
    }
}

#[actix_web::test]
async fn who_keeps_one_campus_changes_that_one_and_opens_none() {
    let school = School::open().await;
    let clerk = school.sign_in(Office).await;
    let hill = format!("/campuses/{}", school.second_campus("Hill Road"));
    for permission in ["UPDATE_CAMPUSES", "CREATE_CAMPUSES"] {
        school.gives(&clerk.email, permission, "campuses");
    }

    let list = clerk.get("/campuses").await;
    list.is_ok().shows("Hill Road").shows(&format!("{}/edit", first(&school))).hides(&format!("{hill}/edit"));
    let form = Typed::of(&clerk, &first(&school)).await.with("mascot", "Otter");
    form.send(&clerk).await.redirects_to("/campuses");
    clerk.get(&format!("{hill}/edit")).await.is_missing();
    for deed in ["", "/retirement", "/return"] {
        clerk.post(&format!("{hill}{deed}"), CAMPUS).await.is_missing();
    }
    clerk.post("/campuses", CAMPUS).await.is_forbidden();
    assert_eq!(count(&school), 2);
}

#[actix_web::test]
async fn a_campus_goes_out_of_use_once_nobody_is_there_and_is_offered_nowhere() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    let administrator = school.sign_in(Administrator).await;
    let retirement = format!("{}/retirement", first(&school));
    let refused = administrator.post(&retirement, []).await;
    refused.has_status(409).shows("Quay Street has 1 student, 1 class and 1 member of staff there.");

    let hill = school.second_campus("Hill Road");
    administrator.post(&format!("/campuses/{hill}/retirement"), []).await.redirects_to("/campuses");

    administrator.get("/campuses").await.shows("Hill Road").shows("Out of use");
    for page in
        ["/students/new", "/classes/new", "/staff/new", "/attendance-policies/new", "/calendar/days/new"]
    {
        administrator.get(page).await.is_ok().hides("Hill Road");
    }
    for past in ["/campus-days", "/reports/attendance", "/registers-not-taken", "/corrections"] {
        administrator.get(past).await.is_ok().shows("Hill Road");
    }
    enrols(&administrator, &school, &hill).await.field_error("campus_id", "Choose one from the list");
    administrator.get(&format!("/campuses/{hill}/edit")).await.is_ok().shows("Use again");
    administrator.post(&format!("/campuses/{hill}/return"), []).await.redirects_to("/campuses");
    enrols(&administrator, &school, &hill).await.has_status(303);
}

#[actix_web::test]
async fn nobody_comes_to_a_campus_while_it_goes_out_of_use() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let hill = school.second_campus("Hill Road");
    let [retirement, back] = ["retirement", "return"].map(|deed| format!("/campuses/{hill}/{deed}"));

    for _ in 0..5 {
        let (came, gone) =
            futures::join!(enrols(&administrator, &school, &hill), administrator.post(&retirement, []));
        assert!(!(came.status == 303 && gone.status == 303), "somebody is at a campus that is out of use");
        let all = "update school_enrollments set deleted_at = now() where organization_id = $1 and campus_id = $2::uuid";
        school.run(all, &hill);
        administrator.post(&back, []).await.redirects_to("/campuses");
    }
}
