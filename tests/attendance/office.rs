//! The office's word stands.

use reqwest::Method;

use crate::support::{Office, School, Teacher};

#[actix_web::test]
async fn a_teacher_never_overwrites_the_office_but_can_say_is_here() {
    let school = School::open().await;
    let chidi = school.enroll("Chidi", "Okonkwo");
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    let rang = [("code", "ill"), ("remark", "rang 07:52"), ("version", "0")];
    office.send(Method::PUT, &school.mark(chidi), &rang).await.is_ok();

    teacher.get(&school.register()).await.shows("set by the office, locked").shows("Office: rang 07:52");
    teacher.marks(&school, chidi, "present", 1).await.is_ok().shows("Excused, illness");
    teacher
        .send(Method::PUT, &school.mark(chidi), &[("here", "1"), ("version", "1")])
        .await
        .is_ok()
        .shows("checked");

    office.get("/board").await.is_ok().shows("Is here, against the office’s mark").shows("Chidi Okonkwo");
}

#[actix_web::test]
async fn a_teacher_does_not_excuse() {
    let school = School::open().await;
    let chidi = school.enroll("Chidi", "Okonkwo");
    let teacher = school.sign_in(Teacher).await;

    teacher
        .marks(&school, chidi, "excused", 0)
        .await
        .field_error(&format!("code-{chidi}"), "Choose one of the marks");
}

#[actix_web::test]
async fn the_office_excuses_from_the_board() {
    let school = School::open().await;
    let chidi = school.enroll("Chidi", "Okonkwo");
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    teacher.submits(&school, &[(chidi, "absent", 0)]).await;
    office
        .get("/board")
        .await
        .shows("Awaiting word")
        .shows("<option value=\"ill\">")
        .shows("<option value=\"excused\">")
        .hides("<option value=\"unexcused\"");

    let excused =
        office.post(&school.mark(chidi), [("code", "ill"), ("version", "1"), ("back", "board")]).await;

    excused.redirects_to("/board?day=2026-11-23");
    office.get("/board").await.shows("Excused, illness");
}

#[actix_web::test]
async fn the_office_settles_a_conflict() {
    let school = School::open().await;
    let chidi = school.enroll("Chidi", "Okonkwo");
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    office.marks(&school, chidi, "ill", 0).await.is_ok();
    teacher.send(Method::PUT, &school.mark(chidi), &[("here", "1"), ("version", "1")]).await.is_ok();

    office
        .post(&school.mark(chidi), [("code", "present"), ("version", "2"), ("back", "board")])
        .await
        .redirects_to("/board?day=2026-11-23");

    office.get("/board").await.hides("against the office").shows("Nobody is absent");
}

#[actix_web::test]
async fn the_office_excuses_several_at_once_or_none() {
    let school = School::open().await;
    let (ada, chidi) = (school.enroll("Ada", "Nwosu"), school.enroll("Chidi", "Okonkwo"));
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    teacher.submits(&school, &[(ada, "absent", 0), (chidi, "absent", 0)]).await;
    let who = |student, version| format!("{}/day/{student}/{version}", school.class);
    let both = |versions: [i32; 2]| {
        [
            ("day", "2026-11-23".to_owned()),
            ("code", "ill".to_owned()),
            ("note", "Flu".to_owned()),
            ("who[]", who(ada, versions[0])),
            ("who[]", who(chidi, versions[1])),
        ]
    };

    let refused = office.fill("/board/excuses", &both([1, 7])).await;
    refused.has_status(409).shows("Chidi Okonkwo meanwhile").shows("value=\"Flu\"");
    for student in [ada, chidi] {
        refused.shows(&format!("value=\"{}\" checked>", who(student, 1)));
    }
    refused.shows("<option value=\"ill\" selected>").shows("data-looks-at=\"/board?day=2026-11-23\"");
    let mut long = both([1, 1]);
    long[2].1 = "f".repeat(201);
    let refused = office.fill("/board/excuses", &long).await;
    refused.field_error("note", "200");
    refused.shows(&format!("value=\"{}\"", "f".repeat(201)));
    refused.shows(&format!("value=\"{}\" checked>", who(ada, 1)));
    office.get("/board").await.hides("Excused, illness</span>");
    office.fill("/board/excuses", &both([1, 1])).await.redirects_to("/board?day=2026-11-23");
    office.get("/board").await.shows("Excused, illness").shows("Flu").hides("Awaiting word");
    office
        .fill("/board/excuses", &[("day", "2026-11-23".to_owned())])
        .await
        .has_status(409)
        .shows("Choose between");
}
