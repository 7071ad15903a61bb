//! A child changes class, or leaves it, while registers are taken.

use reqwest::Method;

use crate::{
    academics::rolls::{other_class, seat},
    support::{Office, School, Teacher},
};

#[actix_web::test]
async fn a_child_moved_from_4a_to_4b_today_is_on_exactly_one_register_and_last_week_still_says_4a() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    school.enroll("Chidi", "Okonkwo");
    let office = school.sign_in(Office).await;
    let class = format!("/classes/{}", school.class);
    let other = other_class(&office, &school, "25").await;
    let to = other.rsplit('/').next().unwrap().to_owned();
    let seat = seat(&office, &class, "Abdullahi").await;
    let on = |class: &str, day: &str| format!("/registers/{class}/{day}/day");
    let own = school.class.to_string();

    office.post(&format!("{seat}/transfer"), [("to", &*to), ("on", "2026-11-23")]).await.has_status(303);

    let today = [on(&own, "2026-11-23"), on(&to, "2026-11-23")];
    office.get(&today[0]).await.is_ok().hides("Amal Abdullahi").shows("Chidi Okonkwo");
    office.get(&today[1]).await.is_ok().shows("Amal Abdullahi");
    office.get(&on(&own, "2026-11-17")).await.is_ok().shows("Amal Abdullahi");
    office.get(&on(&to, "2026-11-17")).await.is_ok().hides("Amal Abdullahi");
    let mark = [("code", "absent"), ("version", "0")];
    office.send(Method::PUT, &format!("{}/marks/{amal}", today[0]), &mark).await.is_missing();
    office.send(Method::PUT, &format!("{}/marks/{amal}", today[1]), &mark).await.is_ok();
    assert_eq!(school.marks_kept(), 1);
}

#[actix_web::test]
async fn a_child_taken_off_the_roll_while_it_is_called_holds_nobody_up_t77() {
    let school = School::open().await;
    let (amal, chidi) = (school.enroll("Amal", "Abdullahi"), school.enroll("Chidi", "Okonkwo"));
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    let class = format!("/classes/{}", school.class);
    teacher.get(&school.register()).await.shows("Amal Abdullahi");
    let seat = seat(&office, &class, "Abdullahi").await;
    let gone = [("last_day", "2026-11-20"), ("status", "withdrawn")];
    office.post(&format!("{seat}/withdrawal"), gone).await.has_status(303);

    teacher.marks(&school, amal, "absent", 0).await.is_missing();
    teacher.submits(&school, &[(amal, "present", 0), (chidi, "present", 0)]).await.has_status(303);

    teacher.get(&school.register()).await.shows("Submitted").hides("Amal Abdullahi");
    assert_eq!(school.marks_kept(), 1);
    assert_eq!(
        school.number(
            "select count(*) as n from attendance_days where organization_id = $1 and day = '2026-11-23'"
        ),
        1
    );
}
