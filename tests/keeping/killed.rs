//! The database server is killed in the middle of a morning.

use diesel::{Connection as _, PgConnection};
use nix::sys::signal::{Signal, kill};
use school::Uuid;

use super::ready;
use crate::support::{School, Teacher, database::run, school::morning, served::eventually};

#[actix_web::test]
async fn what_was_saved_outlives_a_killed_server_and_what_was_under_way_is_gone_t91() {
    let (folder, postgres, at) = ready();
    let school = School::open_on(&at, morning(), |_| {}).await;
    let students: Vec<Uuid> = (10..40).map(|n| school.enroll("Amal", &format!("Abdullahi {n}"))).collect();
    let teacher = school.sign_in(Teacher).await;
    let marks: Vec<_> = students.iter().map(|student| (*student, "late", 0)).collect();
    teacher.submits(&school, &marks).await.redirects_to(&school.register());
    let mut under_way = PgConnection::establish(&postgres.addresses().owner).unwrap();
    let unsaved = format!(
        "begin; set local app.organization_id = '{}'; update attendance_records set remarks = 'Never committed'",
        school.organization
    );
    run(&mut under_way, &unsaved);

    kill(folder.server().unwrap(), Signal::SIGKILL).unwrap();

    eventually("the register again", || async {
        let answer = teacher.get(&school.register()).await;
        assert!([200, 503].contains(&answer.status.as_u16()), "{}", answer.status);
        assert!(answer.status == 200 || !answer.header("retry-after").is_empty());
        answer.status == 200
    })
    .await;
    let again = teacher.get(&school.register()).await;
    again.shows("data-count=\"late\">30<").hides("Never committed");
    teacher.marks(&school, students[0], "present", 1).await.is_ok();
    teacher.get(&school.register()).await.shows("data-count=\"late\">29<");
}
