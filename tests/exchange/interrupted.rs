//! Imports that are stopped, cancelled, cut off or killed on their way: all or nothing, and begun again they end the same.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use belfry::jobs::{Workplace, work_once};
use chrono::TimeDelta;
use diesel::connection::SimpleConnection;
use school::{exchange::import_run::ImportRun, job::Job};

use super::uploads::upload;
use crate::support::{Administrator, Person, School, database, export::Export, served::eventually};

/// Steps of an application of a OneRoster export.
const STEPS: usize = 14;

fn contents(school: &School) -> Vec<String> {
    contents_told(|query| school.text(query))
}

/// What a school holds after an import, told without ids and times.
pub(super) fn contents_told(asked: impl Fn(&str) -> String) -> Vec<String> {
    let tables = [
        "campuses",
        "academic_years",
        "terms",
        "grades",
        "subjects",
        "students",
        "staff",
        "contacts",
        "guardians",
        "classes",
        "class_subjects",
        "school_enrollments",
        "class_enrollments",
        "class_staff",
        "attendance_sessions",
        "attendance_records",
        "attendance_days",
        "external_ids",
    ];
    let said = |table: &str| {
        let rows = format!(
            "select (select jsonb_object_agg(key, value) from jsonb_each(to_jsonb(t)) where key !~ '(^|_)id$|_at$|_hash$|digest|imported|number') as r from {table} t"
        );
        asked(&format!(
            "select '{table} ' || count(*) || ' ' || coalesce(md5(string_agg(r::text, '' order by r::text)), '') from ({rows}) x"
        ))
    };
    tables.map(said).into()
}

impl School {
    /// Works on one job; before each step `interrupts` is called with its number, and stops the job by answering true.
    pub(super) fn works_until(&self, interrupts: impl Fn(usize) -> bool + Send + Sync + 'static) -> usize {
        let step = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&step);
        let stops = Box::new(move || interrupts(counted.fetch_add(1, Ordering::SeqCst)));
        assert!(work_once(&Workplace { lobby: self.lobby.clone(), stops }, self.organization).unwrap());
        step.load(Ordering::SeqCst)
    }

    /// The lock by which one import of this school goes in at a time, among those that are held.
    fn import_lock(&self) -> String {
        let (high, low) = self.organization.as_u64_pair();
        let key = ((high ^ low) >> 32, (high ^ low) & 0xffff_ffff);
        format!("from pg_locks where locktype = 'advisory' and classid = {} and objid = {}", key.0, key.1)
    }

    /// What ends the connection to the database that an import of this school has.
    pub(super) fn cuts_off_the_import(&self) -> String {
        format!("select pg_terminate_backend(pid) {}", self.import_lock())
    }

    /// Waits until the database has noticed that an import's connection is gone: until then the next would wait.
    pub(super) async fn lets_go_of_the_import(&self) {
        let held = format!("select count(*)::text as line {}", self.import_lock());
        let is_free = || database::lines(&mut database::app(), &held) == ["0"];
        eventually("the import's lock is free", || std::future::ready(is_free())).await;
    }

    fn status(&self) -> String {
        self.text("select string_agg(status::text, ',' order by id) from import_runs")
    }

    fn students(&self) -> i64 {
        self.count("students")
    }
}

/// A school with an import that was rehearsed and is to be applied.
async fn about_to_apply() -> (School, Person, String) {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let path = school.rehearses(&administrator, &Export::of_a_small_school()).await;
    administrator.post(&format!("{path}/application"), []).await.redirects_to(&path);
    (school, administrator, path)
}

/// What it should come to.
async fn undisturbed() -> Vec<String> {
    let (school, ..) = about_to_apply().await;
    school.works();
    contents(&school)
}

#[actix_web::test]
async fn stopped_before_every_step_it_is_put_back_and_ends_the_same_t89_t92() {
    let (school, administrator, path) = about_to_apply().await;

    for stopped in 0..STEPS {
        school.works_until(move |step| step == stopped);
        assert_eq!((school.status().as_str(), school.students()), ("applying", 0), "before step {stopped}");
        assert_eq!(
            school.text("select status || ' ' || attempts from jobs where kind = 'import_application'"),
            "waiting 0"
        );
        administrator.get(&path).await.is_ok().shows("Begins in a moment");
    }
    assert_eq!(school.works_until(|_| false), STEPS);

    assert_eq!(school.status(), "done");
    assert_eq!(contents(&school), undisturbed().await);
}

#[actix_web::test]
async fn cancelled_before_any_step_nothing_is_kept_and_it_can_be_begun_again_t89() {
    for cancelled in [0, 5, STEPS - 1] {
        let (school, administrator, path) = about_to_apply().await;
        let (importer, id) = (school.importer(), path.rsplit('/').next().unwrap().parse().unwrap());
        school.works_until(move |step| {
            if step == cancelled {
                importer.run(|db| ImportRun::cancel(id, db)).unwrap();
            }
            false
        });

        assert_eq!((school.status().as_str(), school.students()), ("cancelled", 0));
        administrator.get(&path).await.shows("Cancelled. Nothing was changed.").shows("Begin again");
        administrator.post(&format!("{path}/rehearsal"), []).await.redirects_to(&path);
        school.works();
        administrator.post(&format!("{path}/application"), []).await.redirects_to(&path);
        school.works();
        let (untouched, ..) = about_to_apply().await;
        untouched.importer();
        untouched.works();
        assert_eq!(contents(&school), contents(&untouched), "before step {cancelled}");
    }
}

#[actix_web::test]
async fn cancelled_before_it_began_it_is_over_at_once() {
    let (school, administrator, path) = about_to_apply().await;

    administrator.post(&format!("{path}/cancellation"), []).await.redirects_to(&path);

    school.works();
    assert_eq!((school.status().as_str(), school.students()), ("cancelled", 0));
    administrator.post(&format!("{path}/cancellation"), []).await.has_status(409);
    administrator.post(&format!("{path}/application"), []).await.has_status(409);
}

#[actix_web::test]
async fn whoever_asks_a_job_to_stop_sees_that_it_will() {
    let (school, administrator, path) = about_to_apply().await;
    let taken = school.seed(Job::take).unwrap();
    school.seed(|db| taken.progress("class_enrollments", 12, 14, db));
    administrator.get(&path).await.shows("Step 13 of 14: class enrollments").shows("value=\"12\" max=\"14\"");

    administrator.post(&format!("{path}/cancellation"), []).await.redirects_to(&path);

    administrator.get(&path).await.shows("Stops at its next step").hides("/cancellation");
    assert!(!school.seed(|db| taken.progress("class_staff", 13, 14, db)));
}

#[actix_web::test]
async fn cut_off_from_the_database_at_any_step_it_is_tried_again_t81_t85() {
    for cut in [1, 7, STEPS - 1] {
        let (school, ..) = about_to_apply().await;
        let cut_off = school.cuts_off_the_import();
        school.works_until(move |step| {
            if step == cut {
                database::app().batch_execute(&cut_off).unwrap();
            }
            false
        });

        assert_eq!((school.status().as_str(), school.students()), ("applying", 0));
        school.lets_go_of_the_import().await;
        assert_eq!(
            school.text("select status || ' ' || attempts from jobs where kind = 'import_application'"),
            "waiting 1"
        );
        school.works();
        assert_eq!(school.status(), "applying", "it waits a little first");
        school.clock.set(school.clock.now() + TimeDelta::seconds(11));
        school.works();
        assert_eq!(contents(&school), undisturbed().await);
    }
}

#[actix_web::test]
async fn what_a_killed_process_had_begun_is_taken_again_and_the_dead_one_says_no_more_t89() {
    let (school, ..) = about_to_apply().await;
    let dead = school.seed(Job::take).unwrap();
    school.works();
    assert_eq!(school.status(), "applying", "its worker may live yet");

    school.clock.set(school.clock.now() + TimeDelta::seconds(61));
    school.works();

    assert_eq!(contents(&school), undisturbed().await);
    assert!(!school.seed(|db| dead.progress("students", 5, 14, db)));
    school.seed(|db| dead.put_back(TimeDelta::zero(), true, db));
    school.seed(|db| school::exchange::import_run::give_up(&dead, Some("Late"), db));
    assert_eq!(school.status(), "done");
}

#[actix_web::test]
async fn a_job_that_kills_every_process_is_given_up_with_a_sentence() {
    let (school, administrator, path) = about_to_apply().await;
    for _ in 0..5 {
        school.seed(Job::take).unwrap();
        school.clock.set(school.clock.now() + TimeDelta::seconds(61));
    }

    school.works();

    administrator.get(&path).await.shows("Failed").shows("never came to an end");
    assert_eq!(school.students(), 0);
}

#[actix_web::test]
async fn a_job_that_panics_is_failed_with_a_sentence_and_the_next_is_fine_t84() {
    let (school, administrator, path) = about_to_apply().await;

    school.works_until(|step| if step == 5 { panic!("a secret in a panic") } else { false });
    school.lets_go_of_the_import().await;

    administrator.get(&path).await.shows("Something went wrong in Belfry").hides("secret");
    assert_eq!(school.students(), 0);
    school.applies(&administrator, &Export::of_a_small_school()).await;
}

#[actix_web::test]
async fn of_two_imports_at_once_the_second_waits() {
    let (school, ..) = about_to_apply().await;
    let (high, low) = school.organization.as_u64_pair();
    let mut other = database::owner();
    let held = format!("begin; select pg_advisory_xact_lock({})", (high ^ low).cast_signed());
    other.batch_execute(&held).unwrap();

    school.works_until(|_| false);
    assert_eq!(school.status(), "applying");
    other.batch_execute("rollback").unwrap();
    school.clock.set(school.clock.now() + TimeDelta::seconds(11));
    school.works();

    assert_eq!(school.status(), "done");
}

#[actix_web::test]
async fn two_uploads_of_the_same_school_are_one_school() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let bytes = Export::of_a_small_school().bytes();
    let one = upload(&administrator, "one.zip", &bytes).await.leads();
    let other = upload(&administrator, "other.zip", &bytes).await.leads();
    school.works();
    for path in [&one, &other] {
        administrator.post(&format!("{path}/application"), []).await.redirects_to(path);
    }
    school.works();

    assert_eq!(school.status(), "done,done");
    assert_eq!(contents(&school), undisturbed().await);
    assert_eq!(school.text("select string_agg(created::text, ',' order by id) from import_runs"), "26,0");
}

#[actix_web::test]
async fn a_right_that_was_taken_away_meanwhile_is_gone() {
    let (school, administrator, path) = about_to_apply().await;
    let demoted = format!(
        "update users set role_id = (select id from roles where name = 'Teacher' and organization_id is null) where email = '{}'",
        administrator.email
    );
    database::run(&mut database::lobby(), &demoted);

    school.works();

    assert_eq!((school.status().as_str(), school.students()), ("failed", 0));
    school.sign_in(Administrator).await.get(&path).await.shows("may no longer do it");
}

#[actix_web::test]
async fn an_import_is_applied_once_however_often_it_is_asked_for() {
    let (school, administrator, path) = about_to_apply().await;

    administrator.post(&format!("{path}/application"), []).await.has_status(409);
    school.works();
    administrator.post(&format!("{path}/application"), []).await.has_status(409);
    administrator.post(&format!("{path}/rehearsal"), []).await.has_status(409);

    assert_eq!(school.count("jobs where kind = 'import_application'"), 1);
}
