//! An authenticator app in somebody's hand.

use totp_rs::{Builder, Secret, Totp};

use super::{Answer, Person, School, form::read, school::PASSWORD};

/// An app that was given a key.
#[derive(Clone)]
pub(crate) struct App(Totp);

impl App {
    /// Reads the key that a page shows for typing.
    pub(crate) fn reads(page: &str) -> Self {
        let key = page.split("id=\"key\">").nth(1).unwrap().split('<').next().unwrap().replace(' ', "");
        Self(Builder::new().with_secret(Secret::try_from_base32(key).unwrap()).build().unwrap())
    }

    /// The code that it shows at the school's hour, so many half minutes later.
    pub(crate) fn shows(&self, school: &School, steps: i64) -> String {
        self.shows_at(school.clock.now().timestamp() + steps * 30)
    }

    /// The code that it shows so many seconds after 1970.
    pub(crate) fn shows_at(&self, seconds: i64) -> String {
        self.0.generate(seconds.try_into().unwrap()).to_string()
    }
}

/// The recovery codes that a page shows.
pub(crate) fn recovery_codes(page: &str) -> Vec<String> {
    let list = page.split("class=\"recovery\">").nth(1).unwrap().split("</ol>").next().unwrap();
    list.split("<code>").skip(1).map(|rest| read(rest.split('<').next().unwrap())).collect()
}

impl School {
    /// Signs in somebody whose role demands a second factor and who has none yet: they set it up at the door.
    pub(crate) async fn enrols(&self, person: &Person, email: &str) -> (Person, App, Vec<String>) {
        let answer = person.post("/session", [("email", email), ("password", PASSWORD)]).await;
        answer.redirects_to("/sign-in/second-factor");
        let waiting = person.keeps(&answer);
        let (app, codes, answer) = self.sets_up(&waiting).await;
        (waiting.keeps(&answer), app, codes)
    }

    /// The same from the page on which it is set up.
    pub(crate) async fn sets_up(&self, waiting: &Person) -> (App, Vec<String>, Answer) {
        let app = App::reads(&waiting.get("/sign-in/second-factor").await.body);
        let answer = waiting.post("/sign-in/second-factor", [("code", &*app.shows(self, 0))]).await;
        answer.is_ok();
        (app, recovery_codes(&answer.body), answer)
    }

    /// Somebody who is signed in sets one up on their own account's page.
    pub(crate) async fn turns_on(&self, person: &Person) -> (Person, App, Vec<String>) {
        let begun = person.post("/account/second-factor/enrolment", [("current", PASSWORD)]).await;
        begun.redirects_to("/account/second-factor/enrolment");
        let app = App::reads(&person.get("/account/second-factor/enrolment").await.body);
        let answer = person.post("/account/second-factor", [("code", &*app.shows(self, 0))]).await;
        answer.is_ok();
        (person.keeps(&answer), app, recovery_codes(&answer.body))
    }
}
