//! Tables that are stopped, cut off, cancelled or killed on their way: all or nothing, and begun again they end the same.

use std::fmt::Write as _;

use chrono::{Datelike as _, NaiveDate, TimeDelta, Weekday};
use diesel::{Connection as _, PgConnection, connection::SimpleConnection as _};
use school::exchange::import_run::ImportRun;

use super::{ALL, CLASSES, STAFF, say, upload};
use crate::{
    exchange::interrupted::contents_told,
    support::{Administrator, Person, School, database, served::Served},
};

fn contents(school: &School) -> Vec<String> {
    contents_told(|query| school.text(query))
}

/// How many steps the application of a table has.
fn steps(kind: &str) -> usize {
    match kind {
        "classes" => 5,
        "students" | "attendance" => 4,
        "contacts" => 2,
        _ => 1,
    }
}

/// What all tables come to if nothing happens on their way.
async fn undisturbed() -> Vec<String> {
    let (school, administrator) = begun().await;
    school.brings_all(&administrator).await;
    contents(&school)
}

/// A school to bring tables into, and who does.
async fn begun() -> (School, Person) {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    (school, administrator)
}

impl School {
    /// A table that is to be applied; answers its path.
    async fn is_about_to_bring(&self, administrator: &Person, (kind, content): (&str, &str)) -> String {
        let path = self.matches(administrator, (kind, content.as_bytes()), &[]).await;
        administrator.post(&format!("{path}/application"), []).await.redirects_to(&path);
        path
    }

    fn stands(&self, path: &str) -> String {
        let id = path.rsplit('/').next().unwrap();
        self.text(&format!("select status from import_runs where id = '{id}'"))
    }
}

#[actix_web::test]
async fn stopped_before_every_step_a_table_is_put_back_and_ends_the_same_t89_t92() {
    let (school, administrator) = begun().await;
    for table in ALL {
        let path = school.is_about_to_bring(&administrator, table).await;
        let before = contents(&school);
        let mut stopped = 0;
        while school.works_until(move |step| step == stopped) > stopped {
            assert_eq!((school.stands(&path).as_str(), contents(&school)), ("applying", before.clone()));
            stopped += 1;
        }
        assert_eq!(stopped, steps(table.0), "{}", table.0);
        assert_eq!(school.stands(&path), "done", "{}", table.0);
    }

    assert_eq!(contents(&school), undisturbed().await);
}

#[actix_web::test]
async fn cut_off_from_the_database_at_its_first_or_last_step_a_table_is_tried_again_t81_t85() {
    let (school, administrator) = begun().await;
    for table in ALL {
        let path = school.is_about_to_bring(&administrator, table).await;
        let before = contents(&school);
        // One that was tried five times is given up.
        for cut in [0, steps(table.0) - 1] {
            let cut_off = school.cuts_off_the_import();
            school.works_until(move |step| {
                if step == cut {
                    database::app().batch_execute(&cut_off).unwrap();
                }
                false
            });
            school.lets_go_of_the_import().await;
            assert_eq!((school.stands(&path).as_str(), contents(&school)), ("applying", before.clone()));
            school.clock.set(school.clock.now() + TimeDelta::minutes(1));
        }
        school.works();
        assert_eq!(school.stands(&path), "done", "{}", table.0);
    }

    assert_eq!(contents(&school), undisturbed().await);
}

#[actix_web::test]
async fn a_table_cancelled_on_its_way_keeps_nothing_and_can_be_begun_again_t89() {
    let (school, administrator) = begun().await;
    for table in ALL {
        let path = school.is_about_to_bring(&administrator, table).await;
        let before = contents(&school);
        let (lobby, id) = (school.lobby.clone(), path.rsplit('/').next().unwrap().parse().unwrap());
        let importer = lobby.act_as(&administrator.email, &school.slug).unwrap();
        let importer = importer.may(school::db::Intent::Write).unwrap();
        let last = steps(table.0) - 1;
        school.works_until(move |step| {
            if step == last {
                importer.run(|db| ImportRun::cancel(id, db)).unwrap();
            }
            false
        });
        assert_eq!((school.stands(&path).as_str(), contents(&school)), ("cancelled", before), "{}", table.0);

        administrator.post(&format!("{path}/rehearsal"), []).await.redirects_to(&path);
        school.works();
        administrator.post(&format!("{path}/application"), []).await.redirects_to(&path);
        school.works();
        assert_eq!(school.stands(&path), "done", "{}", table.0);
    }

    assert_eq!(contents(&school), undisturbed().await);
}

impl Served {
    /// Whatever tables need that come first: a campus, and a year with its days.
    async fn begins_a_year(&self, administrator: &Person) {
        let campus = format!(
            "insert into campuses (organization_id, id, name, code, day_starts_at, day_ends_at)
             values ('{}', gen_random_uuid(), 'Hill', 'H', '08:30', '15:30')",
            self.organization
        );
        let mut conn = PgConnection::establish(&self.database("belfry_owner")).unwrap();
        database::run(&mut conn, &format!("set app.organization_id = '{}'; {campus}", self.organization));
        let weekdays = ["1", "2", "3", "4", "5"].map(|day| ("weekdays[]", day));
        let year = [("name", "2023/24"), ("start_date", "2023-09-01"), ("end_date", "2024-06-28")];
        administrator.send(reqwest::Method::POST, "/years", &[&year[..], &weekdays].concat()).await.leads();
    }

    /// A table goes in, killed after each of so many milliseconds.
    async fn brings(&mut self, administrator: &Person, (kind, content): (&str, &str), kills: &[u64]) {
        let columns = upload(administrator, kind, &format!("{kind}.csv"), content.as_bytes()).await.leads();
        let path = say(administrator, &columns, &[]).await.leads();
        self.goes_in(administrator, &path, kills).await;
    }
}

/// A homeroom of thirty and their marks of a year's first two months.
fn a_homeroom() -> (String, String) {
    let mut students = "student_id,first_name,last_name,grade,homeroom\n".to_owned();
    let mut marks = "student_id,date,status\n".to_owned();
    let first = NaiveDate::from_ymd_opt(2023, 9, 1).unwrap();
    let days = first.iter_days().take(60).filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun));
    for number in 0..30 {
        writeln!(students, "{number},First,Last,4,H1").unwrap();
    }
    for day in days {
        for number in 0..30 {
            let status = if (day.ordinal() + number) % 7 == 0 { "Absent" } else { "Present" };
            writeln!(marks, "{number},{day},{status}").unwrap();
        }
    }
    (students, marks)
}

/// The same rows in another order, as another program writes them.
fn written_otherwise(table: &str) -> String {
    let mut lines: Vec<_> = table.lines().collect();
    lines[1..].reverse();
    format!("\u{feff}{},more\r\n", lines.join(",\r\n").replacen(",\r\n", ",more\r\n", 1))
}

#[actix_web::test]
async fn killed_at_any_moment_and_sent_again_otherwise_tables_end_the_same_t89_t90() {
    let (students, marks) = a_homeroom();
    let tables = [("staff", STAFF), ("classes", CLASSES), ("students", &students), ("attendance", &marks)];
    let (mut whole, administrator) = Served::open().await;
    whole.begins_a_year(&administrator).await;
    for table in tables {
        whole.brings(&administrator, table, &[]).await;
    }
    let expected = contents_told(|query| whole.asked(query));
    drop(whole);

    let (mut killed, administrator) = Served::open().await;
    killed.begins_a_year(&administrator).await;
    let random = school::Uuid::new_v4().into_bytes();
    let moments: Vec<u64> = random.iter().take(6).map(|byte| u64::from(*byte) * 4).collect();
    for (table, kill) in tables.iter().zip([&[][..], &[], &moments[..1], &moments[1..4]]) {
        killed.brings(&administrator, *table, kill).await;
    }
    assert_eq!(contents_told(|query| killed.asked(query)), expected, "killed after {moments:?} ms");
    let again = written_otherwise(&marks);
    killed.brings(&administrator, ("attendance", &again), &moments[4..]).await;

    assert_eq!(contents_told(|query| killed.asked(query)), expected, "killed after {moments:?} ms");
    assert_eq!(killed.asked("select count(*) from attendance_records"), (30 * 42).to_string());
}
