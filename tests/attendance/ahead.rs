//! Absences known beforehand, for a child and for a trip.

use school::Uuid;

use crate::support::{
    Answer, Office, Person, School, Teacher,
    command::miscounted,
    database::{lines, within},
};

fn code(school: &School, word: &str) -> String {
    let query = format!("select id::text as line from attendance_codes where code = '{word}'");
    lines(&mut within(school.organization), &query).concat()
}

async fn note(office: &Person, school: &School, who: &str, more: &[(&str, &str)]) -> Answer {
    let ill = code(school, "ill");
    let mut fields = vec![
        ("who", who),
        ("code", &*ill),
        ("starts_on", "2026-11-23"),
        ("ends_on", "2026-11-25"),
        ("reason", "Appendix, hospital"),
        ("told_by", "Mother"),
    ];
    fields.retain(|(field, _)| more.iter().all(|(other, _)| other != field));
    let fields: Vec<_> =
        fields.iter().chain(more).map(|(name, value)| (*name, (*value).to_owned())).collect();
    office.fill("/planned-absences", &fields).await
}

fn standing(school: &School, student: Uuid) -> String {
    let query = format!("select status::text as line from attendance_records where student_id = '{student}'");
    lines(&mut within(school.organization), &query).concat()
}

#[actix_web::test]
async fn a_call_in_the_morning_stands_on_the_register_before_it_is_taken() {
    let school = School::open().await;
    let (ada, chidi) = (school.enroll("Ada", "Nwosu"), school.enroll("Chidi", "Okonkwo"));
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);

    note(&office, &school, "chidi okonkwo", &[]).await.redirects_to("/planned-absences");

    office
        .get("/planned-absences")
        .await
        .shows("Chidi Okonkwo")
        .shows("Appendix, hospital")
        .shows("told by Mother");
    teacher.get(&school.register()).await.shows("Excused, illness").shows("set by the office, locked");
    teacher.submits(&school, &[(ada, "present", 0), (chidi, "present", 0)]).await;
    assert_eq!(standing(&school, chidi), "excused");
    let worth = "select count(*) as n from attendance_days where organization_id = $1 and excused = 1";
    assert_eq!(school.number(worth), 1);
}

#[actix_web::test]
async fn a_call_after_the_register_excuses_whoever_was_marked_absent_without_word() {
    let school = School::open().await;
    let (ada, chidi) = (school.enroll("Ada", "Nwosu"), school.enroll("Chidi", "Okonkwo"));
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    teacher.submits(&school, &[(ada, "absent", 0), (chidi, "absent", 0)]).await;
    office.marks(&school, ada, "unexcused", 1).await.is_ok();
    office.get("/board").await.shows("Awaiting word");
    let worth = "select count(*) as n from attendance_days where organization_id = $1 and excused = 1 and awaiting = 0";
    assert_eq!(school.number(worth), 0);

    note(&office, &school, "Ada Nwosu\nChidi Okonkwo", &[]).await.redirects_to("/planned-absences");

    office
        .get("/board")
        .await
        .hides("Awaiting word")
        .shows("Excused, illness")
        .shows("Appendix, hospital")
        .shows("Unexcused");
    assert_eq!((standing(&school, chidi), standing(&school, ada)), ("excused".into(), "absent".into()));
    assert_eq!(school.number(worth), 1);
    let mark = office.get(&school.mark(chidi)).await;
    mark.shows("Office’s mark: none → Excused, illness").shows("Rosa Lindqvist");
}

#[actix_web::test]
async fn a_call_about_hours_explains_the_register_that_falls_into_them_and_no_other() {
    let school = School::open().await;
    let (ada, chidi) = (school.enroll("Ada", "Nwosu"), school.enroll("Chidi", "Okonkwo"));
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    teacher.submits(&school, &[(ada, "absent", 0), (chidi, "absent", 0)]).await;

    let comes = [("ends_at", "10:00"), ("reason", "Dentist")];
    note(&office, &school, "Ada Nwosu", &comes).await.redirects_to("/planned-absences");
    let later = [("starts_at", "11:15"), ("ends_at", "12:30"), ("reason", "Dentist")];
    note(&office, &school, "Chidi Okonkwo", &later).await.redirects_to("/planned-absences");

    assert_eq!((standing(&school, ada), standing(&school, chidi)), ("excused".into(), "absent".into()));
    office.get("/board").await.shows("1 awaiting word");
}

#[actix_web::test]
async fn hours_told_beforehand_explain_the_register_that_falls_into_them_as_if_told_afterwards() {
    let school = School::open().await;
    let (ada, chidi) = (school.enroll("Ada", "Nwosu"), school.enroll("Chidi", "Okonkwo"));
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    let comes = vec![("ends_at", "10:00"), ("reason", "Dentist")];
    let again = vec![("starts_at", "13:00"), ("ends_at", "14:00"), ("reason", "Choir")];
    let later = vec![("starts_at", "11:15"), ("ends_at", "12:30"), ("reason", "Dentist")];
    for (who, hours) in [("Ada Nwosu", comes), ("Ada Nwosu", again), ("Chidi Okonkwo", later)] {
        note(&office, &school, who, &hours).await.redirects_to("/planned-absences");
    }

    teacher.submits(&school, &[(ada, "absent", 0), (chidi, "absent", 0)]).await.has_status(303);

    assert_eq!((standing(&school, ada), standing(&school, chidi)), ("excused".into(), "absent".into()));
    office.get("/board").await.shows("1 awaiting word").shows("Excused, illness");
    let worth = "select count(*) as n from attendance_days where organization_id = $1 and excused = 1 and awaiting = 0";
    assert_eq!(school.number(worth), 1);
}

#[actix_web::test]
async fn a_call_on_the_second_day_excuses_the_first_and_leaves_who_was_there_then() {
    let school = School::open().await;
    let (ada, chidi) = (school.enroll("Ada", "Nwosu"), school.enroll("Chidi", "Okonkwo"));
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    teacher.submits(&school, &[(ada, "present", 0), (chidi, "absent", 0)]).await;
    school.clock.set("2026-11-24T08:50:00Z".parse().unwrap());

    note(&office, &school, "Ada Nwosu\nChidi Okonkwo", &[]).await.redirects_to("/planned-absences");

    assert_eq!((standing(&school, ada), standing(&school, chidi)), ("present".into(), "excused".into()));
    office.get("/board?day=2026-11-23").await.hides("Is here").hides("Awaiting word");
}

#[actix_web::test]
async fn a_call_about_a_child_whom_the_teacher_sees_is_a_conflict_to_look_at_now() {
    let school = School::open().await;
    let (ada, chidi) = (school.enroll("Ada", "Nwosu"), school.enroll("Chidi", "Okonkwo"));
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    teacher.submits(&school, &[(ada, "present", 0), (chidi, "present", 0)]).await;

    let museum = code(&school, "off_site");
    let trip = [("code", &*museum), ("reason", "Maritime museum")];
    note(&office, &school, "Ada Nwosu", &trip).await.redirects_to("/planned-absences");
    office.get("/board").await.hides("Is here, against the office’s mark");
    note(&office, &school, "Chidi Okonkwo", &[]).await.redirects_to("/planned-absences");

    let board = office.get("/board").await;
    board.shows("Is here, against the office’s mark").shows("Appendix, hospital").shows("Keep absent");
    let present = [("code", "present"), ("version", "2"), ("back", "board")];
    office.post(&school.mark(chidi), present).await.has_status(303);
    office.get("/board").await.hides("Is here, against the office’s mark");
    assert_eq!(standing(&school, chidi), "present");
}

/// Takes the absence back that was told last, with its list, and answers what is said then.
async fn takes_back(office: &Person, school: &School) -> Answer {
    let last = "select id::text as line from planned_absences where deleted_at is null order by id desc";
    let last = lines(&mut within(school.organization), last).remove(0);
    let back = office.post(&format!("/planned-absences/{last}/removal"), [("list", "yes")]).await;
    office.get(&back.leads()).await
}

#[actix_web::test]
async fn an_absence_taken_back_leaves_the_marks_as_they_were_before_it_was_told() {
    let school = School::open().await;
    let (ada, chidi) = (school.enroll("Ada", "Nwosu"), school.enroll("Chidi", "Okonkwo"));
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    teacher.submits(&school, &[(ada, "present", 0), (chidi, "absent", 0)]).await;
    note(&office, &school, "Ada Nwosu\nChidi Okonkwo", &[]).await.redirects_to("/planned-absences");
    assert_eq!((standing(&school, ada), standing(&school, chidi)), ("excused".into(), "excused".into()));

    let said = takes_back(&office, &school).await;

    said.shows("Nothing is known ahead").hides("/marks/");
    assert_eq!((standing(&school, ada), standing(&school, chidi)), ("present".into(), "absent".into()));
    office.get("/board").await.hides("Is here, against").shows("1 of 2 here").shows("Awaiting word");
    let locked = "select count(*) as n from attendance_records where organization_id = $1 and (office_code_id is not null or office_note is not null)";
    assert_eq!(school.number(locked), 0);
    assert_eq!(miscounted(&school), "");
}

#[actix_web::test]
async fn a_mark_that_the_office_has_touched_stays_when_the_absence_is_taken_back_and_is_told_of() {
    let school = School::open().await;
    let (ada, chidi) = (school.enroll("Ada", "Nwosu"), school.enroll("Chidi", "Okonkwo"));
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    note(&office, &school, "Chidi Okonkwo", &[]).await.redirects_to("/planned-absences");
    teacher.submits(&school, &[(ada, "present", 0), (chidi, "", 0)]).await.has_status(303);
    let told = takes_back(&office, &school).await;
    told.shows("what registers say by it stays").shows(&format!("href=\"{}\"", school.mark(chidi)));

    note(&office, &school, "Ada Nwosu", &[]).await.redirects_to("/planned-absences");
    let keeps = [("code", "ill"), ("version", "2"), ("back", "board")];
    office.post(&school.mark(ada), keeps).await.has_status(303);
    let told = takes_back(&office, &school).await;

    told.shows(&format!("href=\"{}\"", school.mark(ada))).hides(&school.mark(chidi));
    assert_eq!((standing(&school, ada), standing(&school, chidi)), ("excused".into(), "excused".into()));
    assert_eq!(miscounted(&school), "");
}

#[actix_web::test]
async fn of_two_words_on_one_day_the_whole_day_comes_first_and_then_the_last_word() {
    let school = School::open().await;
    let ada = school.enroll("Ada", "Nwosu");
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    let museum = code(&school, "off_site");
    let trip = [("code", &*museum), ("reason", "Maritime museum")];
    let dentist = [("starts_at", "11:15"), ("ends_at", "12:30"), ("reason", "Dentist")];

    note(&office, &school, "Ada Nwosu", &trip).await.redirects_to("/planned-absences");
    note(&office, &school, "Ada Nwosu", &dentist).await.redirects_to("/planned-absences");
    teacher.get(&school.register()).await.shows("Maritime museum").shows("Off site").hides("Leaves 11:15");

    note(&office, &school, "Ada Nwosu", &[]).await.redirects_to("/planned-absences");
    teacher.get(&school.register()).await.shows("Appendix, hospital").hides("Maritime museum");
    teacher.submits(&school, &[(ada, "present", 0)]).await;
    assert_eq!(standing(&school, ada), "excused");
}

#[actix_web::test]
async fn a_trips_list_goes_on_every_register_and_is_taken_back_as_one() {
    let school = School::open().await;
    for (first, last) in [("Ada", "Nwosu"), ("Chidi", "Okonkwo"), ("Bea", "Lima")] {
        school.enroll(first, last);
    }
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    let whole = office.get(&format!("/planned-absences/new?class={}", school.class)).await;
    let numbers =
        lines(&mut within(school.organization), "select student_number as line from students").join("\n");
    for number in numbers.lines() {
        whole.shows(number);
    }

    let museum = code(&school, "off_site");
    let trip = [("code", &*museum), ("reason", "Maritime museum"), ("ends_on", "2026-11-23")];
    note(&office, &school, &numbers, &trip).await.redirects_to("/planned-absences");

    office.get("/planned-absences").await.shows("3 students");
    teacher.get(&school.register()).await.shows("Maritime museum").shows("Off site");
    let one =
        lines(&mut within(school.organization), "select id::text as line from planned_absences limit 1")
            .concat();
    office.post(&format!("/planned-absences/{one}/removal"), []).await;
    office.get("/planned-absences").await.shows("2 students");
    let one = "select id::text as line from planned_absences where deleted_at is null limit 1";
    let one = lines(&mut within(school.organization), one).concat();
    office.post(&format!("/planned-absences/{one}/removal"), [("list", "yes")]).await;
    office.get("/planned-absences").await.shows("Nothing is known ahead");
}

#[actix_web::test]
async fn hours_stand_beside_the_name_and_lock_nothing() {
    let school = School::open().await;
    school.enroll("Ada", "Nwosu");
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);

    let dentist = [("starts_at", "11:15"), ("ends_at", "12:30"), ("reason", "Dentist")];
    note(&office, &school, "Ada Nwosu", &dentist).await.redirects_to("/planned-absences");

    teacher.get(&school.register()).await.shows("Leaves 11:15, Dentist").hides("set by the office, locked");
}

#[actix_web::test]
async fn an_absence_ahead_says_what_is_wrong_line_by_line_and_notes_nobody() {
    let school = School::open().await;
    school.enroll("Ada", "Nwosu");
    school.enroll("Ada", "Nkosi");
    let office = school.sign_in(Office).await;

    note(&office, &school, "Ada Nwosu\nNobody Known", &[])
        .await
        .field_error("who", "Line 2: nobody on a roll");
    note(&office, &school, "ada", &[]).await.field_error("who", "Write the number");
    note(&office, &school, "", &[]).await.field_error("who", "between one and 200 lines");
    let passed = [("starts_on", "2026-11-01"), ("ends_on", "2026-11-02")];
    note(&office, &school, "Ada Nwosu", &passed).await.field_error("ends_on", "have passed");
    let turned = [("starts_on", "2026-11-26"), ("ends_on", "2026-11-24")];
    note(&office, &school, "Ada Nwosu", &turned).await.field_error("ends_on", "before the first");
    assert_eq!(school.number("select count(*) as n from planned_absences where organization_id = $1"), 0);
}

#[actix_web::test]
async fn a_teacher_notes_no_absence_ahead() {
    let school = School::open().await;
    let teacher = school.sign_in(Teacher).await;

    teacher.get("/planned-absences").await.is_forbidden();
    note(&teacher, &school, "Ada Nwosu", &[]).await.is_forbidden();
}
