//! Every way in, tried in every state in which an account is closed: none opens, each answers as that of a disabled account
//! does, and what was given before stays dead when the state is over (OWASP ASVS 5.0, 6.3.4).

use chrono::TimeDelta;
use school::{
    Error,
    db::{Intent, SignedIn},
    permit::ReadStudents,
};

use super::{closing::record, rights::clerk};
use crate::support::{
    Administrator, Answer, Office, Person, Platform, School, Supervisor, Teacher, form::Typed,
    provider::Claimed, school::PASSWORD, second_factor::App,
};

/// A password that is good enough.
const NEW: &str = "quiet otters fold maps";

/// How somebody may be shut out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Disabled,
    Deleted,
    Suspended,
    Left,
}

impl State {
    /// Enters it, or undoes it, by its page.
    async fn set(self, school: &School, emails: &[String], enters: bool) {
        if self == Self::Suspended {
            let path = format!(
                "/organizations/{}/suspension{}",
                school.organization,
                if enters { "" } else { "/end" }
            );
            let because = [("suspended_because", "Unpaid since spring")];
            school.sign_in(Platform).await.post(&path, because).await.has_status(303);
            return;
        }
        let administrator = school.sign_in(Administrator).await;
        for email in emails {
            let path = school.account(email);
            let verb = match (self, enters) {
                (Self::Disabled, true) => "disablement",
                (Self::Disabled, false) => "disablement/end",
                (Self::Deleted, true) => "removal",
                (Self::Deleted, false) => "return",
                _ => {
                    let status = if enters { "left" } else { "active" };
                    let form = Typed::of(&administrator, &record(school, email)).await.with("status", status);
                    form.send(&administrator).await.has_status(303);
                    continue;
                }
            };
            administrator.post(&format!("{path}/{verb}"), []).await.has_status(303);
        }
    }
}

/// A way in, as far as somebody had gone on it while their account was open.
enum Way {
    Password,
    Code(Person, String),
    Enrolment(Person, String),
    AskingForALink,
    Link(String),
    AddressLink(String),
    Renewal(Person),
    Session(Person),
}

impl Way {
    async fn goes_on(&self, school: &School, email: &str) -> Answer {
        let door = school.outsider();
        match self {
            Self::Password => door.post("/session", [("email", email), ("password", PASSWORD)]).await,
            Self::Code(waiting, code) => waiting.post("/sign-in/code", [("code", &**code)]).await,
            Self::Enrolment(waiting, code) => {
                waiting.post("/sign-in/second-factor", [("code", &**code)]).await
            }
            Self::AskingForALink => door.post("/password-reset", [("email", email)]).await,
            Self::Link(link) => door.post(link, [("password", NEW)]).await,
            Self::AddressLink(link) => door.post(link, []).await,
            Self::Renewal(person) | Self::Session(person) => person.get("/account").await,
        }
    }

    /// Whether it was given while the account was open, and not by whoever stands at the door now.
    fn is_given(&self) -> bool {
        !matches!(self, Self::Password | Self::AskingForALink)
    }
}

/// Somebody who stays signed in, with nothing in hand but what renews their session.
async fn staying(school: &School, email: &str) -> Person {
    let door = school.outsider();
    let form = [("email", email), ("password", PASSWORD), ("stay", "yes")];
    let cookie = door.post("/session", form).await.cookie_called("__Host-belfry-stay");
    assert!(cookie.is_some(), "nothing renews the session");
    door.holding(cookie)
}

/// Somebody who has shown their password and not their code, and the code.
async fn before_the_code(school: &School, email: &str) -> (Person, String) {
    let door = school.outsider();
    let (_, app, _) = school.turns_on(&door.signing_in(email, PASSWORD).await).await;
    let waiting = door.keeps(&door.post("/session", [("email", email), ("password", PASSWORD)]).await);
    (waiting, app.shows(school, 1))
}

/// Somebody who has shown their password and not yet set up the second factor that their role demands, and the code.
async fn before_the_enrolment(school: &School, email: &str) -> (Person, String) {
    let administrator = school.sign_in(Administrator).await;
    let demanded = [("role[]", school.role("Supervisor"))];
    administrator.fill("/second-factor-rules", &demanded).await.has_status(303);
    let door = school.outsider();
    let waiting = door.keeps(&door.post("/session", [("email", email), ("password", PASSWORD)]).await);
    let app = App::reads(&waiting.get("/sign-in/second-factor").await.body);
    (waiting, app.shows(school, 0))
}

/// The link in the one mail that comes.
fn link(school: &School) -> String {
    let mails = school.post_comes();
    assert_eq!(mails.len(), 1);
    mails[0].path()
}

/// Everybody with their way, each prepared while their account is open. The last one's mail waits to be written.
async fn ways(school: &School) -> Vec<(&'static str, String, Way)> {
    let people = [0; 8].map(|_| school.employ(Teacher));
    let [password, code, asking, reset, invited, address, renewal, session] = people;
    let enrolling = school.employ(Supervisor);
    let door = school.outsider();
    let mut ways = Vec::new();

    door.post("/password-reset", [("email", &*reset)]).await.has_status(303);
    ways.push(("a link for a new password", reset, Way::Link(link(school))));
    let never_came = "update users set password_hash = null where organization_id = $1 and email = $2";
    school.run(never_came, &invited);
    let invitation = format!("{}/invitation", school.account(&invited));
    school.sign_in(Administrator).await.post(&invitation, []).await.has_status(303);
    ways.push(("an invitation", invited, Way::Link(link(school))));
    let moves = [("email", &*format!("new-{address}")), ("current", PASSWORD)];
    door.signing_in(&address, PASSWORD).await.post("/account/email", moves).await.has_status(303);
    let mails = school.post_comes();
    let new = mails.iter().find(|mail| mail.to.starts_with("new-")).unwrap();
    ways.push(("a link that proves an address", address, Way::AddressLink(new.path())));

    let (waiting, shown) = before_the_code(school, &code).await;
    ways.push(("a code", code, Way::Code(waiting, shown)));
    let (waiting, shown) = before_the_enrolment(school, &enrolling).await;
    ways.push(("enrolment at the door", enrolling, Way::Enrolment(waiting, shown)));
    let stays = staying(school, &renewal).await;
    ways.push(("a renewal", renewal, Way::Renewal(stays)));
    let here = door.signing_in(&session, PASSWORD).await;
    ways.push(("a session", session, Way::Session(here)));
    ways.push(("a password", password, Way::Password));
    ways.push(("asking for a link", asking, Way::AskingForALink));
    school.post_comes();
    ways
}

/// An answer without what is only this account's.
fn plain(answer: &Answer, email: &str) -> (u16, Vec<String>, String) {
    let mut headers: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
    headers.sort_unstable();
    (answer.status.as_u16(), headers, answer.body.replace(email, "…"))
}

/// What came of it that somebody came in: sessions, browsers that are known, identities, passwords and lines of the record.
fn came_in(school: &School) -> i64 {
    let of_users = |table: &str| {
        format!(
            "(select count(*) from {table} t join users on users.id = t.user_id where users.organization_id = $1)"
        )
    };
    let tables = ["sessions", "known_devices", "user_identities", "password_histories"].map(of_users);
    school.number(&format!(
        "select {} + (select count(*) from access_events where organization_id = $1 and action = 'sign_in') as n",
        tables.join(" + ")
    ))
}

/// Whether the office's right still opens something for somebody who came in before.
fn is_inside(someone: &SignedIn) -> bool {
    match someone.may::<ReadStudents>(Intent::Read).unwrap().run(|_| Ok(())) {
        Ok(()) => true,
        Err(Error::SignedOut) => false,
        Err(other) => panic!("{other:?}"),
    }
}

/// Shuts everybody out, tries every way, lets everybody in again, and tries what was given before once more. Answers what
/// each way answered while it was closed.
async fn shuts_out(state: State) -> Vec<(&'static str, (u16, Vec<String>, String))> {
    let school = School::open().await;
    let ways = ways(&school).await;
    let (clerk, inside) = clerk(&school);
    let waits = school.employ(Office);
    school.outsider().post("/password-reset", [("email", &*waits)]).await.has_status(303);
    school.clock.set(school.clock.now() + TimeDelta::seconds(30));
    let everybody: Vec<String> =
        ways.iter().map(|(_, email, _)| email.clone()).chain([clerk, waits.clone()]).collect();
    assert!(is_inside(&inside));

    state.set(&school, &everybody, true).await;
    let before = came_in(&school);
    let mut said = Vec::new();
    for (name, email, way) in &ways {
        said.push((*name, plain(&way.goes_on(&school, email).await, email)));
    }
    assert!(!is_inside(&inside), "{state:?}: a request under way");
    assert_eq!(came_in(&school), before, "{state:?}: somebody came in");
    assert_eq!(school.post_comes().len(), 0, "{state:?}: a mail went out");

    state.set(&school, &everybody, false).await;
    for ((name, email, way), (_, closed)) in ways.iter().zip(&said) {
        let answer = way.goes_on(&school, email).await;
        if way.is_given() {
            assert_eq!(plain(&answer, email), *closed, "{state:?}: {name} lives again");
        } else {
            answer.has_status(303);
        }
    }
    assert!(!is_inside(&inside), "{state:?}: a request under way lives again");
    let told: Vec<String> = school.post_comes().into_iter().map(|mail| mail.to).collect();
    let asked = ways.iter().find(|(name, ..)| *name == "asking for a link").unwrap();
    assert_eq!(told, std::slice::from_ref(&asked.1), "{state:?}: what waited was sent");
    said
}

/// Every way answers as a disabled account does.
async fn is_shut_as_a_disabled_account(state: State) {
    let (disabled, other) = (shuts_out(State::Disabled).await, shuts_out(state).await);
    for (one, other) in disabled.iter().zip(&other) {
        assert_eq!(one, other, "{state:?}");
    }
    let statuses: Vec<u16> = other.iter().map(|(_, said)| said.0).collect();
    assert_eq!(statuses, [410, 410, 410, 303, 303, 303, 303, 422, 303]);
}

#[actix_web::test]
async fn no_way_opens_to_a_deleted_account_nor_again_once_it_is_restored_t19_t25() {
    is_shut_as_a_disabled_account(State::Deleted).await;
}

#[actix_web::test]
async fn no_way_opens_while_an_organization_is_suspended_nor_again_once_that_is_lifted_t19_t25() {
    is_shut_as_a_disabled_account(State::Suspended).await;
}

#[actix_web::test]
async fn no_way_opens_to_whoever_has_left_nor_again_once_they_are_back_t19_t25() {
    is_shut_as_a_disabled_account(State::Left).await;
}

#[actix_web::test]
async fn an_administrator_sends_no_link_that_would_open_nothing() {
    let school = School::open().await;
    for (state, status) in [(State::Disabled, 409), (State::Left, 409), (State::Deleted, 404)] {
        let [known, invited] = [0; 2].map(|_| school.employ(Teacher));
        school
            .run("update users set password_hash = null where organization_id = $1 and email = $2", &invited);
        let paths = [
            format!("{}/password-reset", school.account(&known)),
            format!("{}/invitation", school.account(&invited)),
        ];
        let people = [known, invited];
        state.set(&school, &people, true).await;
        let administrator = school.sign_in(Administrator).await;

        for path in &paths {
            administrator.post(path, []).await.has_status(status);
        }

        assert_eq!(school.post_comes().len(), 0, "{state:?}");
        state.set(&school, &people, false).await;
        for path in &paths {
            administrator.post(path, []).await.has_status(303);
        }
        assert_eq!(school.post_comes().len(), 2, "{state:?}");
    }
}

#[actix_web::test]
async fn the_schools_account_opens_no_closed_one_whether_it_is_tied_or_not() {
    let school = School::open().await;
    let _provider = school.signs_on(&[]).await;
    let mut said = Vec::new();
    for state in [State::Disabled, State::Deleted, State::Left] {
        let [tied, untied] = [0; 2].map(|_| school.employ(Teacher));
        school.outsider().comes_by(&school, Claimed::of(&tied)).await.1.redirects_to("/");
        let people = [tied, untied];
        state.set(&school, &people, true).await;
        let before = came_in(&school);

        for email in &people {
            let (_, answer) = school.outsider().comes_by(&school, Claimed::of(email)).await;
            said.push(plain(answer.is_forbidden(), email));
        }

        assert_eq!(came_in(&school), before, "{state:?}");
        state.set(&school, &people, false).await;
        for email in &people {
            school.outsider().comes_by(&school, Claimed::of(email)).await.1.redirects_to("/");
        }
    }
    assert!(said.iter().all(|one| *one == said[0]), "{said:?}");
}

/// A stranger's guesses hold up the password in a browser that nobody knows, and nothing else.
#[actix_web::test]
async fn whoever_is_guessed_at_meets_that_at_the_password_alone_t22() {
    let school = School::open().await;
    let ways = ways(&school).await;
    school.clock.set(school.clock.now() + TimeDelta::seconds(30));
    for (_, email, _) in &ways {
        let until = school.clock.now() + TimeDelta::seconds(30);
        let guessed = format!("failed_login_attempts = 100, locked_until = '{until}'");
        school.run(&format!("update users set {guessed} where organization_id = $1 and email = $2"), email);
    }

    for (name, email, way) in &ways {
        let answer = way.goes_on(&school, email).await;
        let is_held_up =
            answer.status == 422 || answer.leads_to("/sign-in") && answer.header("location").contains("next");
        assert_eq!(
            is_held_up,
            *name == "a password",
            "{name}: {} {}",
            answer.status,
            answer.header("location")
        );
    }
}
