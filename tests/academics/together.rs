//! Rolls that more than one person changes, and what has already ended.

use futures::future::join_all;

use super::rolls::{newcomer, other_class, seat};
use crate::support::{Office, School, form::Typed};

#[actix_web::test]
async fn whoever_has_left_a_class_does_not_stay_longer_after_all() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    let office = school.sign_in(Office).await;
    let class = format!("/classes/{}", school.class);
    let seat = seat(&office, &class, "Abdullahi").await;
    let until = |day| [("last_day", day), ("status", "completed")];
    office.post(&format!("{seat}/withdrawal"), until("2026-11-19")).await.redirects_to(&class);

    office
        .post(&format!("{seat}/withdrawal"), until("2027-03-01"))
        .await
        .field_error("last_day", "They left on 19 November 2026");
    office.post(&format!("{seat}/withdrawal"), until("2026-11-18")).await.redirects_to(&class);
    office.get(&format!("{class}?day=2026-11-19")).await.hides("Abdullahi");
}

#[actix_web::test]
async fn nobody_stays_in_a_class_beyond_its_year() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    let office = school.sign_in(Office).await;
    let seat = seat(&office, &format!("/classes/{}", school.class), "Abdullahi").await;

    office
        .post(&format!("{seat}/withdrawal"), [("last_day", "2200-01-01"), ("status", "completed")])
        .await
        .field_error("last_day", "runs from");
}

#[actix_web::test]
async fn four_homerooms_at_once_end_in_one() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;
    let child = newcomer(&school, "Ada", "Byron").to_string();
    let mut classes = vec![format!("/classes/{}", school.class)];
    for _ in 0..3 {
        classes.push(other_class(&office, &school, "30").await);
    }

    let fields = [("student_id", &*child), ("enrolled_on", "2026-11-23")];
    let paths: Vec<String> = classes.iter().map(|class| format!("{class}/enrollments")).collect();
    let answers = join_all(paths.iter().cycle().take(12).map(|path| office.post(path, fields))).await;

    let kept = answers.iter().filter(|answer| answer.status == 303).count();
    assert_eq!(kept, 1, "{:?}", answers.iter().map(|answer| answer.status).collect::<Vec<_>>());
    assert!(answers.iter().all(|answer| [303, 422].contains(&answer.status.as_u16())));
}

#[actix_web::test]
async fn leaving_the_school_while_moving_to_another_class_is_one_or_the_other() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;
    let other = other_class(&office, &school, "30").await;
    for round in 0..6 {
        let name = format!("Abdullahi{round}");
        let student = school.enroll("Amal", &name);
        let own = seat(&office, &format!("/classes/{}", school.class), &name).await;
        let (leaves, moves) = (format!("/students/{student}/withdrawal"), format!("{own}/transfer"));
        let to = other.rsplit('/').next().unwrap();

        let (left, moved) = futures::join!(
            office.post(&leaves, [("last_day", "2026-11-20")]),
            office.post(&moves, [("to", to), ("on", "2026-11-23")]),
        );

        assert_eq!(left.status, 303);
        assert!([303, 422, 404].contains(&moved.status.as_u16()), "{}", moved.status);
    }
    let seated = "select count(*) as n from class_enrollments e join students s
        on s.organization_id = e.organization_id and s.id = e.student_id
        where e.organization_id = $1 and s.status = 'withdrawn' and e.deleted_at is null
          and (e.ended_on is null or e.ended_on > '2026-11-20')";
    assert_eq!(school.number(seated), 0, "somebody who has left sits on a roll");
}

#[actix_web::test]
async fn a_class_with_a_roll_stays_what_it_is() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    let office = school.sign_in(Office).await;
    let homeroom = format!("/classes/{}", school.class);
    let empty = other_class(&office, &school, "30").await;

    Typed::of(&office, &homeroom)
        .await
        .with("kind", "scheduled")
        .send(&office)
        .await
        .field_error("kind", "Students were on its roll");
    Typed::of(&office, &empty).await.with("kind", "scheduled").send(&office).await.has_status(303);
}
