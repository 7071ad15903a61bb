//! An open board or register looks again every few seconds, and is told in a word where nothing is new.

use reqwest::{Method, header};
use school::Uuid;

use crate::support::{Answer, Office, Person, School, Teacher, database};

/// An open page, and what it shows.
struct Open {
    path: String,
    tag: String,
}

impl Open {
    async fn by(person: &Person, path: &str) -> Self {
        let answer = look(person, path, "").await;
        answer.is_ok();
        Self { path: path.into(), tag: answer.header("etag").into() }
    }

    /// It looks again.
    async fn again(&self, person: &Person) -> Answer {
        look(person, &self.path, &self.tag).await
    }

    async fn shows_all(&self, person: &Person) {
        let answer = self.again(person).await;
        answer.has_status(304);
        assert_eq!(answer.body, "");
    }
}

async fn look(person: &Person, path: &str, tag: &str) -> Answer {
    let request = person.request(Method::GET, path).header("X-Refresh", "live");
    Answer::of(if tag.is_empty() { request } else { request.header(header::IF_NONE_MATCH, tag) }).await
}

#[actix_web::test]
async fn an_open_board_and_an_open_register_are_told_that_nothing_is_new_until_somebody_marks_a_child() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    let board = Open::by(&office, "/board").await;
    let register = Open::by(&teacher, &school.register()).await;
    for _ in 0..2 {
        board.shows_all(&office).await;
        register.shows_all(&teacher).await;
    }

    teacher.submits(&school, &[(amal, "absent", 0)]).await.has_status(303);

    board.again(&office).await.is_ok().shows("Amal Abdullahi").shows("Awaiting word");
    register.again(&teacher).await.is_ok().shows("is-submitted");
    let board = Open::by(&office, "/board").await;
    board.shows_all(&office).await;
}

#[actix_web::test]
async fn screens_that_share_a_board_are_all_told_of_a_mark_and_then_that_nothing_is_new() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let screens = [school.sign_in(Office).await, school.sign_in(Office).await];
    let teacher = school.sign_in(Teacher).await;
    let old = [Open::by(&screens[0], "/board").await, Open::by(&screens[1], "/board").await];
    for (board, screen) in old.iter().zip(&screens) {
        board.shows_all(screen).await;
    }

    teacher.submits(&school, &[(amal, "absent", 0)]).await.has_status(303);

    for (board, screen) in old.iter().zip(&screens) {
        let answer = board.again(screen).await;
        answer.is_ok().shows("Amal Abdullahi").shows("Awaiting word");
        let new = Open { path: "/board".into(), tag: answer.header("etag").into() };
        new.shows_all(screen).await;
        new.shows_all(screen).await;
        board.again(screen).await.is_ok();
    }
}

#[actix_web::test]
async fn a_mark_that_was_on_its_way_while_the_board_looked_is_new_when_it_has_arrived() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let (office, teacher) = (school.sign_in(Office).await, school.sign_in(Teacher).await);
    teacher.submits(&school, &[(amal, "absent", 0)]).await.has_status(303);
    let mut on_its_way = database::within(school.organization);
    database::run(&mut on_its_way, "begin; update attendance_records set office_note = 'The bus broke down'");
    let board = Open::by(&office, "/board").await;
    board.shows_all(&office).await;

    database::run(&mut on_its_way, "commit");

    board.again(&office).await.is_ok().shows("The bus broke down");
}

#[actix_web::test]
async fn a_minute_later_the_board_says_how_late_a_register_is_by_then() {
    let school = School::open().await;
    school.enroll("Amal", "Abdullahi");
    school.clock.set("2026-11-23T09:27:59Z".parse().unwrap());
    let office = school.sign_in(Office).await;
    let board = Open::by(&office, "/board").await;
    board.shows_all(&office).await;

    school.clock.set("2026-11-23T09:28:00Z".parse().unwrap());

    board.again(&office).await.is_ok().shows("Not taken, 28 min late");
}

#[actix_web::test]
async fn what_happens_at_another_school_is_nothing_new_here() {
    let (school, other) = (School::open().await, School::open().await);
    let elsewhere = other.enroll("Bo", "Berg");
    let (office, teacher) = (school.sign_in(Office).await, other.sign_in(Teacher).await);
    let board = Open::by(&office, "/board").await;

    teacher.submits(&other, &[(elsewhere, "absent", 0)]).await.has_status(303);

    board.shows_all(&office).await;
}

#[actix_web::test]
async fn what_one_person_s_page_shows_says_nothing_about_another_s() {
    let (school, other) = (School::open().await, School::open().await);
    school.enroll("Amal", "Abdullahi");
    let (office, colleague) = (school.sign_in(Office).await, school.sign_in(Office).await);
    let stranger = other.sign_in(Office).await;
    let board = Open::by(&office, "/board").await;

    board.again(&colleague).await.is_ok().shows("Homeroom 4A");
    board.again(&stranger).await.is_ok();
    let register = Open::by(&office, &school.register()).await;
    register.again(&stranger).await.is_missing();
}

#[actix_web::test]
async fn whoever_lost_the_right_or_has_signed_out_is_told_that_and_not_that_nothing_is_new() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;
    let board = Open::by(&office, "/board").await;
    school.holds(&office.email, "Caretaker", &[("READ_STUDENTS", "organization")]);
    board.again(&office).await.is_forbidden();

    office.post("/session/end", []).await;

    board.again(&office).await.has_status(303);
}

#[actix_web::test]
async fn a_tag_that_was_tampered_with_gets_the_whole_page() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;
    let board = Open::by(&office, "/board").await;
    let (about, _) = board.tag.rsplit_once('.').unwrap();
    let wrong = ["1:1:'", "9:1:", "0:0:", "1:2:99999999999999999999", "", "1", "1:9:4294967296"];
    for wrong in wrong.map(|snapshot| format!("{about}.{snapshot}\"")) {
        look(&office, "/board", &wrong).await.is_ok();
    }
    for wrong in ["*", "\"\"", "W/\"", &Uuid::nil().to_string(), &"9".repeat(5_000)] {
        look(&office, "/board", wrong).await.is_ok();
    }
}

#[actix_web::test]
async fn a_page_that_is_opened_is_whole_whatever_a_browser_says_it_has() {
    let school = School::open().await;
    let office = school.sign_in(Office).await;
    let board = Open::by(&office, "/board").await;

    let opened = office.request(Method::GET, "/board").header(header::IF_NONE_MATCH, &board.tag);

    Answer::of(opened).await.is_ok().shows("Homeroom 4A");
}

#[actix_web::test]
async fn screens_that_see_the_same_share_a_board_and_each_look_is_kept() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    school.contact_of(&amal.to_string());
    school.sign_in(Teacher).await.submits(&school, &[(amal, "absent", 0)]).await.has_status(303);
    let (one, other) = (school.sign_in(Office).await, school.sign_in(Office).await);
    let looks = "select count(*) as n from access_events where organization_id = $1 and kind = 'guardians' and permission = 'READ_GUARDIANS' and page = 'GET /board'";

    for (screen, seen) in [(&one, 1), (&other, 2), (&one, 3)] {
        screen.get("/board").await.is_ok().shows("Amal Abdullahi").shows("07700 900 132");
        assert_eq!(school.number(looks), seen);
    }
    // Behind the back of history: what nobody wrote down is not asked for again within the minute.
    let unseen = format!(
        "begin; alter table contacts disable trigger user; update contacts set phone = '07700 900 444' where organization_id = '{}';
         alter table contacts enable trigger user; commit",
        school.organization
    );
    database::run_between_others(&mut database::within(school.organization), &unseen);
    other.get("/board").await.shows("07700 900 132");
    school.clock.set("2026-11-23T08:39:00Z".parse().unwrap());
    other.get("/board").await.shows("07700 900 444");
    for number in ["07700 900 555", "07700 900 777"] {
        school.run("update contacts set phone = $2 where organization_id = $1", number);
        for screen in [&one, &other] {
            screen.get("/board").await.shows(number);
        }
    }
}

#[actix_web::test]
async fn whoever_is_in_another_day_already_shares_no_board_with_whoever_is_not() {
    let school = School::open().await;
    let amal = school.enroll("Amal", "Abdullahi");
    let mother = school.contact_of(&amal.to_string());
    school.sign_in(Teacher).await.submits(&school, &[(amal, "absent", 0)]).await.has_status(303);
    let far = school.second_campus("Far East");
    school.run(
        "update campuses set time_zone = 'Asia/Tokyo' where organization_id = $1 and id = $2::uuid",
        &far,
    );
    let bar = format!(
        "insert into restrictions (organization_id, id, student_id, contact_id, bars_contact, starts_on, ends_on)
         values ($1, gen_random_uuid(), '{amal}', $2::uuid, true, '2026-11-01', '2026-11-23')"
    );
    school.run(&bar, &mother);
    school.clock.set("2026-11-23T16:00:00Z".parse().unwrap());
    let (here, there) = (school.sign_in(Office).await, school.sign_in(Office).await);
    let moved = format!(
        "update staff set campus_id = '{far}' where organization_id = $1 and user_id = (select id from users where email = $2)"
    );
    school.run(&moved, &there.email);

    there.get("/board?day=2026-11-23").await.is_ok().shows("Abdullahi").shows("07700 900 132");
    here.get("/board").await.is_ok().shows("is barred").hides("07700 900 132");
}

#[actix_web::test]
async fn whoever_sees_less_shares_no_board_with_whoever_sees_more() {
    let (school, elsewhere) = (School::open().await, School::open().await);
    let amal = school.enroll("Amal", "Abdullahi");
    school.contact_of(&amal.to_string());
    school.sign_in(Teacher).await.submits(&school, &[(amal, "absent", 0)]).await.has_status(303);
    let campus = school.second_campus("Hill Road");
    let (whole, without, hill, here) = (
        school.sign_in(Office).await,
        school.sign_in(Office).await,
        school.sign_in(Office).await,
        elsewhere.sign_in(Office).await,
    );
    school.holds(&without.email, "No numbers", &[("READ_CAMPUS_ATTENDANCE", "organization")]);
    let bound = format!(
        "update users set role_campus_ids = array['{campus}'::uuid] where organization_id = $1 and email = $2"
    );
    school.run(&bound, &hill.email);

    for _ in 0..2 {
        whole.get("/board").await.is_ok().shows("Amal Abdullahi").shows("07700 900 132");
        without.get("/board").await.is_ok().shows("Amal Abdullahi").hides("07700 900 132");
        hill.get("/board").await.is_ok().hides("Abdullahi");
        here.get("/board").await.is_ok().hides("Abdullahi");
    }
    school.run(
        "update users set role_campus_ids = '{}' where organization_id = $1 and email = $2",
        &hill.email,
    );
    hill.get("/board").await.shows("Amal Abdullahi");
}
