//! Imports of a Belfry that runs as people run it: it stops or is killed in the middle, and the next one goes on.

use std::time::Duration;

use diesel::{Connection as _, PgConnection};
use nix::sys::signal::Signal;

use super::{interrupted::contents_told, twice::written_otherwise, uploads::upload};
use crate::support::{
    Person,
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

    /// Waits until the last import stands so.
    async fn comes_to(&self, status: &str) {
        let last = "select status from import_runs order by id desc limit 1";
        eventually(status, || async { self.asked(last) == status }).await;
    }

    /// As if the worker of whatever is under way had been silent for a while.
    fn is_silent_for_a_while(&self) {
        let long_ago = "update jobs set beat_at = beat_at - interval '5 minutes' where status = 'running'";
        let mut conn = PgConnection::establish(&self.database("belfry_owner")).unwrap();
        crate::support::database::run(
            &mut conn,
            &format!("set app.organization_id = '{}'; {long_ago}", self.organization),
        );
    }

    /// An import from the page, killed after each of so many milliseconds of its application.
    async fn imports(&mut self, administrator: &Person, export: &Export, kills: &[u64]) {
        let path = upload(administrator, "roster.zip", &export.bytes()).await.leads();
        self.goes_in(administrator, &path, kills).await;
    }

    /// What was sent goes in, killed after each of so many milliseconds.
    pub(super) async fn goes_in(&mut self, administrator: &Person, path: &str, kills: &[u64]) {
        self.comes_to("rehearsed").await;
        administrator.post(&format!("{path}/application"), []).await.redirects_to(path);
        for kill in kills {
            // Whichever moment that is, also before it began or after it ended, the end must be the same.
            tokio::time::sleep(Duration::from_millis(*kill)).await;
            self.is_followed(Signal::SIGKILL).await;
            self.is_silent_for_a_while();
        }
        self.comes_to("done").await;
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
    served.is_silent_for_a_while();
    served.comes_to("done").await;

    assert_eq!(served.asked("select count(*) from students"), "3002");
    assert_eq!(served.asked("select count(*) from class_enrollments"), "3003");
    administrator.get(&path).await.shows("Imported on");
}

#[actix_web::test]
async fn killed_at_any_moment_and_sent_again_otherwise_an_import_ends_the_same_t89() {
    let export = a_large_school();
    let (mut undisturbed, administrator) = Served::open().await;
    undisturbed.imports(&administrator, &export, &[]).await;
    let whole = contents_told(|query| undisturbed.asked(query));
    drop(undisturbed);

    let (mut killed, administrator) = Served::open().await;
    let random = school::Uuid::new_v4().into_bytes();
    let moments: Vec<u64> = random.iter().take(6).map(|byte| u64::from(*byte) * 4).collect();
    killed.imports(&administrator, &export, &moments[..3]).await;
    assert_eq!(contents_told(|query| killed.asked(query)), whole, "killed after {moments:?} ms");
    killed.imports(&administrator, &written_otherwise(&export), &moments[3..]).await;

    assert_eq!(contents_told(|query| killed.asked(query)), whole, "killed after {moments:?} ms");
}
