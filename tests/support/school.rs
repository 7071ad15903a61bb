//! An organization of its own for one test, with a server in front of it.

use std::{
    net::TcpListener,
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use actix_web::{cookie::Key, dev::ServerHandle};
use belfry::{
    config::Serving,
    jobs::{Bell, Workplace, work_once},
    mail::PostBell,
    sign_on::SignOn,
    web::{
        health::Leaving,
        limits::Pace,
        server::{Parts, server},
    },
};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
use diesel::RunQueryDsl as _;
use school::{
    Uuid,
    academics::{
        campus::{Campus, NewCampus},
        class,
        class::NewClass,
        class_enrollment, class_staff,
        class_staff::NewDuty,
        grade::Grade,
        year::{AcademicYear, NewAcademicYear},
    },
    access::{email::Email, organization::NewOrganization, password::Work, user::NewUser},
    clock::Clock,
    db::{Addresses, Database, Db},
    lobby::Lobby,
    people::{
        school_enrollment,
        school_enrollment::NewSchoolEnrollment,
        staff,
        staff::NewStaff,
        student::{NewStudent, Student},
    },
    permit::Seed,
    words::{ClassDuty, ClassKind, ClassStatus, Gender, StaffStatus, StaffType},
};

use super::{
    database,
    person::{Person, Role},
};

/// The password of everybody in the tests.
pub(crate) const PASSWORD: &str = "the bell rings at eight";

/// Tests look and search more than people do.
const PLENTY: NonZeroU32 = NonZeroU32::new(1_000_000).unwrap();

/// A school with one campus, one year and one homeroom, on Monday 23 November 2026, 08:38 in Lisbon.
pub(crate) struct School {
    pub(crate) organization: Uuid,
    pub(crate) slug: String,
    pub(crate) lobby: Lobby,
    pub(crate) clock: Clock,
    pub(crate) address: String,
    pub(crate) campus: Uuid,
    pub(crate) year: Uuid,
    pub(crate) grade: Uuid,
    /// Homeroom 4A.
    pub(crate) class: Uuid,
    server: ServerHandle,
}

impl Drop for School {
    fn drop(&mut self) {
        drop(self.server.stop(false));
    }
}

impl School {
    /// A new school, open for business.
    pub(crate) async fn open() -> Self {
        Self::open_at(morning()).await
    }

    /// A new school at an instant.
    pub(crate) async fn open_at(now: DateTime<Utc>) -> Self {
        Self::open_with(now, |_| {}).await
    }

    /// A new school behind a proxy that tells where people come from.
    pub(crate) async fn open_behind(proxy: &str) -> Self {
        let proxy = proxy.parse().unwrap();
        Self::open_with(morning(), |parts| parts.trusted_proxy = Some(proxy)).await
    }

    /// A new school whose server is made otherwise.
    pub(crate) async fn open_with(now: DateTime<Utc>, change: impl FnOnce(&mut Parts)) -> Self {
        Self::open_on(&database::place().addresses, now, change).await
    }

    /// A new school in another database than the run's.
    pub(crate) async fn open_on(at: &Addresses, now: DateTime<Utc>, change: impl FnOnce(&mut Parts)) -> Self {
        let clock = Clock::fixed(now);
        let key = Key::generate();
        let lobby = lobby_of(at, &clock, &key);
        let slug = unique("school");
        let organization = lobby
            .found(&NewOrganization::read(&slug, "Harbourside Schools", "Europe/Lisbon").unwrap())
            .unwrap();
        let (campus, year, grade, class) = lobby.seed(organization, found).unwrap();
        let (address, server) = serve(&lobby, key, change);
        Self { organization, slug, lobby, clock, address, campus, year, grade, class, server }
    }

    /// The same school as another database has it, with another server in front.
    pub(crate) async fn moved_to(&self, at: &Addresses, change: impl FnOnce(&mut Parts)) -> Self {
        let (clock, key, slug) = (self.clock.clone(), Key::generate(), self.slug.clone());
        let lobby = lobby_of(at, &clock, &key);
        let (address, server) = serve(&lobby, key, change);
        let Self { organization, campus, year, grade, class, .. } = *self;
        Self { organization, slug, lobby, clock, address, campus, year, grade, class, server }
    }

    /// Does every job that waits here, as the worker of a running Belfry does.
    pub(crate) fn works(&self) {
        self.works_at(self.organization);
    }

    /// The same for another organization that this school's server serves.
    pub(crate) fn works_at(&self, organization: Uuid) {
        let workplace = Workplace { lobby: self.lobby.clone(), stops: Box::new(|| false) };
        while work_once(&workplace, organization).unwrap() {}
    }

    /// Somebody with a role and an account, signed in. A teacher stands in front of homeroom 4A.
    pub(crate) async fn sign_in(&self, role: Role) -> Person {
        let email = self.employ(role);
        let person = Person::outside(&self.address);
        let mut person = match role {
            Role::Platform => self.enrols(&person, &email).await.0,
            _ => person.signing_in(&email, PASSWORD).await,
        };
        person.email = email;
        person
    }

    /// Somebody of this school at the door of another.
    pub(crate) async fn sign_in_at(&self, other: &Self, role: Role) -> Person {
        let email = self.employ(role);
        Person::outside(&other.address).signing_in(&email, PASSWORD).await
    }

    /// A teacher of this school who stands in front of no class.
    pub(crate) async fn sign_in_elsewhere(&self, role: Role) -> Person {
        let person = self.sign_in(role).await;
        self.run(
            "update class_staff set ends_on = starts_on where organization_id = $1 and staff_id in
            (select staff.id from staff join users on users.id = user_id where users.email = $2)",
            &person.email,
        );
        person
    }

    #[expect(clippy::disallowed_methods, reason = "what no page does")]
    /// Runs a statement as the owner inside this school, for what no page does.
    pub(crate) fn run(&self, statement: &str, word: &str) {
        let mut conn = database::within(self.organization);
        let bound = diesel::sql_query(statement).bind::<diesel::sql_types::Uuid, _>(self.organization);
        bound.bind::<diesel::sql_types::Text, _>(word).execute(&mut conn).unwrap();
    }

    #[expect(clippy::disallowed_methods, reason = "tests look where the domain has no query")]
    /// Counts with a statement `select count(*) as n … $1`, as the owner inside this school.
    pub(crate) fn number(&self, statement: &str) -> i64 {
        let mut conn = database::within(self.organization);
        let bound = diesel::sql_query(statement).bind::<diesel::sql_types::Uuid, _>(self.organization);
        bound.get_result::<database::Count>(&mut conn).unwrap().n
    }

    /// Somebody who has not signed in.
    pub(crate) fn outsider(&self) -> Person {
        Person::outside(&self.address)
    }

    /// An account for a role, with a staff record unless they work for the platform; answers the address.
    pub(crate) fn employ(&self, role: Role) -> String {
        let email = format!("{}@belfry.example", unique(role.slug()));
        let new = NewUser {
            email: Email::read(&email).unwrap(),
            first_name: "Rosa".into(),
            last_name: "Lindqvist".into(),
            password_hash: Some(hashed()),
        };
        let at = (role != Role::Platform).then_some(self.organization);
        let user = self.lobby.create_user(&new, role.slug(), at).unwrap();
        if role != Role::Platform {
            self.seed(|db| {
                let person = staff::hire(&self.new_staff(role), db)?;
                staff::give_account(person, user, db)?;
                if role == Role::Teacher {
                    let duty = NewDuty {
                        class_id: self.class,
                        staff_id: person,
                        duty: ClassDuty::Teacher,
                        starts_on: first_day(),
                        ends_on: None,
                    };
                    class_staff::assign(&duty, db)?;
                }
                Ok(())
            });
        }
        email
    }

    /// A student on the roll of homeroom 4A.
    pub(crate) fn enroll(&self, first_name: &str, last_name: &str) -> Uuid {
        self.seed(|db| {
            let student = Student::enroll(&new_student(first_name, last_name), db)?.id;
            let place = NewSchoolEnrollment {
                student_id: student,
                campus_id: self.campus,
                academic_year_id: self.year,
                grade_id: Some(self.grade),
                enters_on: first_day(),
            };
            school_enrollment::admit(&place, db)?;
            class_enrollment::enroll(self.class, student, first_day(), db)?;
            Ok(student)
        })
    }

    /// Does something in the school's database that no person does.
    pub(crate) fn seed<T>(&self, work: impl FnOnce(&mut Db<'_, Seed>) -> school::Result<T>) -> T {
        self.lobby.seed(self.organization, work).unwrap()
    }

    fn new_staff(&self, role: Role) -> NewStaff {
        NewStaff {
            campus_id: Some(self.campus),
            employee_number: unique("s"),
            first_name: "Rosa".into(),
            last_name: "Lindqvist".into(),
            email: None,
            phone: None,
            job_title: None,
            staff_type: if role == Role::Teacher { StaffType::Teacher } else { StaffType::Support },
            status: StaffStatus::Active,
            hire_date: None,
        }
    }
}

fn lobby_of(at: &Addresses, clock: &Clock, key: &Key) -> Lobby {
    // A busy machine is no database that is away.
    let database = Database::patient(at, 4, clock.clone(), Duration::from_secs(30));
    let lobby = Lobby::of(&database, Serving::usual()).computing(LITTLE);
    lobby.sealing_with(key.master()).unwrap()
}

/// A server of its own, and what it answers on.
fn serve(lobby: &Lobby, key: Key, change: impl FnOnce(&mut Parts)) -> (String, ServerHandle) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let mut parts = Parts {
        lobby: lobby.clone(),
        key,
        base_url: None,
        sign_on: SignOn::from(&address, false).unwrap(),
        trusted_proxy: None,
        at_once: 64,
        workers: 1,
        waiting: 8,
        bell: Bell::default(),
        leaving: Leaving::default(),
        postman: PostBell::default(),
        pace: Pace { searches: PLENTY, files: PLENTY },
        mailbox: Some(std::env::temp_dir().join(unique("mail"))),
    };
    change(&mut parts);
    let running = server(&parts, listener).unwrap();
    let handle = running.handle();
    actix_web::rt::spawn(running);
    (address, handle)
}

/// When the tests' day stands still: before the first bell, with the registers still to take.
pub(crate) fn morning() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 8, 38, 0).unwrap()
}

/// The first day of the tests' school year.
pub(crate) fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 9, 1).unwrap()
}

/// A student as a builder with defaults.
pub(crate) fn new_student(first_name: &str, last_name: &str) -> NewStudent {
    NewStudent {
        student_number: unique("n"),
        first_name: first_name.into(),
        middle_name: None,
        last_name: last_name.into(),
        preferred_name: None,
        other_script_name: None,
        name_language: None,
        gender: Gender::Unspecified,
        date_of_birth: None,
        email: None,
        phone: None,
        address: None,
        alert: None,
    }
}

fn found(db: &mut Db<'_, Seed>) -> school::Result<(Uuid, Uuid, Uuid, Uuid)> {
    let at = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
    let campus = Campus::open(
        &NewCampus {
            name: "Quay Street".into(),
            code: "QS".into(),
            time_zone: None,
            color: None,
            day_starts_at: at(8, 30),
            day_ends_at: at(15, 30),
        },
        db,
    )?;
    let year = AcademicYear::open(
        &NewAcademicYear {
            name: "2026/27".into(),
            start_date: first_day(),
            end_date: NaiveDate::from_ymd_opt(2027, 7, 31).unwrap(),
            current: true,
        },
        db,
    )?;
    let grade = Grade::add("Grade 4", "04", 4, db)?;
    let class = class::add(
        &NewClass {
            campus_id: campus,
            academic_year_id: year,
            grade_id: Some(grade),
            homeroom_teacher_id: None,
            name: "Homeroom 4A".into(),
            room: Some("Room 12".into()),
            kind: ClassKind::Homeroom,
            status: ClassStatus::Active,
            capacity: Some(30),
        },
        db,
    )?;
    Ok((campus, year, grade, class))
}

/// A word that no other test uses.
pub(crate) fn unique(word: &str) -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!("{word}-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

/// The work of a password in the tests, so that people sign in quickly.
pub(crate) const LITTLE: Work = Work { memory: argon2::Params::MIN_M_COST, passes: 1 };

/// The hash of [`PASSWORD`], made with little work; a kept hash says how it was made.
fn hashed() -> String {
    use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version};
    static HASH: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    HASH.get_or_init(|| {
        let little = Params::new(LITTLE.memory, LITTLE.passes, 1, None).unwrap();
        Argon2::new(Algorithm::Argon2id, Version::V0x13, little)
            .hash_password(PASSWORD.as_bytes())
            .unwrap()
            .to_string()
    })
    .clone()
}
