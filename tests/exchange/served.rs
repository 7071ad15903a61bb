//! Imports of a Belfry that runs as people run it: it stops or is killed in the middle, and the next one goes on.

use diesel::{Connection as _, PgConnection};
use nix::sys::signal::Signal;

use super::uploads::upload;
use crate::support::{
    export::Export,
    served::{Served, eventually},
};

impl Served {
    /// Waits until an application is past its second step.
    async fn is_under_way(&self) {
        let done = "select max(done) from jobs where kind = 'import_application'";
        eventually("it is under way", || async {
            self.asked(done).parse::<i64>().is_ok_and(|done| done > 1)
        })
        .await;
    }

    async fn comes_to(&self, status: &str) {
        eventually(status, || async { self.asked("select max(status) from import_runs") == status }).await;
    }
}

/// Enough to take a while.
fn a_large_school() -> Export {
    let (mut users, mut enrollments) = (String::new(), String::new());
    let small = Export::of_a_small_school();
    for number in 0..3000 {
        users += &format!("x{number},,,true,S1,student,x{number},,First,Last,,,,,,,03,\n");
        enrollments += &format!("ex{number},,,H3,S1,x{number},student,,2026-08-15,2027-06-11\n");
    }
    let (users, enrollments) =
        (small.text("users.csv") + users.as_str(), small.text("enrollments.csv") + enrollments.as_str());
    small.with("users.csv", users).with("enrollments.csv", enrollments)
}

#[actix_web::test]
async fn an_import_outlives_a_stop_and_a_kill_in_the_middle_t89_t92() {
    let (mut served, administrator) = Served::open().await;
    let path = upload(&administrator, "roster.zip", &a_large_school().bytes()).await.leads();
    served.comes_to("rehearsed").await;
    administrator.post(&format!("{path}/application"), []).await.redirects_to(&path);
    served.is_under_way().await;
    served.is_followed(Signal::SIGTERM).await;
    served.is_under_way().await;
    served.is_followed(Signal::SIGKILL).await;
    // As if its worker had been silent for a while.
    let long_ago = "update jobs set beat_at = beat_at - interval '5 minutes' where status = 'running'";
    let mut conn = PgConnection::establish(&served.database("belfry_owner")).unwrap();
    crate::support::database::run(
        &mut conn,
        &format!("set app.organization_id = '{}'; {long_ago}", served.organization),
    );
    served.comes_to("done").await;

    assert_eq!(served.asked("select count(*) from students"), "3002");
    assert_eq!(served.asked("select count(*) from class_enrollments"), "3003");
    administrator.get(&path).await.shows("All of it is in");
}
