//! Forms of coming in, each from somebody who may send it and with what it takes.

use reqwest::Method;
use school::Uuid;

use crate::support::{
    Administrator, Platform, School, Supervisor,
    cast::Cast,
    database::{lines, lobby, run},
    person::Person,
    routes::Route,
    samples::{self, Form},
    school::{PASSWORD, unique},
    second_factor::App,
};

/// Forms that are not tried here, and why.
pub(super) const LEFT_OUT: [(&str, &str); 4] = [
    (
        "POST /organizations",
        "nobody knows the new organization's id before, so no step of it can be let fail",
    ),
    (
        "POST /account/second-factor/recovery-codes",
        "a code that was used stays used, whatever comes after it",
    ),
    ("POST /account/second-factor/removal", "a code that was used stays used, whatever comes after it"),
    ("POST /sign-in/code", "a code that was used stays used, whatever comes after it"),
];

/// A form on its way: who sends it, and whose organization's rows it changes.
pub(super) struct Sent {
    pub(super) by: Person,
    pub(super) values: Vec<String>,
    pub(super) form: Form,
    pub(super) organization: Uuid,
}

/// What a route is sent here.
pub(super) async fn sent(cast: &Cast, route: &Route) -> Sent {
    let school = &cast.school;
    let values = samples::values(route, school);
    let form = samples::filled(route, school, &values);
    let sender = if route.path.starts_with("/organizations") {
        cast.the(Platform)
    } else if route.path == "/visit/end" {
        cast.people().find(|(name, _)| *name == "visiting").unwrap().1
    } else {
        cast.the(Administrator)
    };
    let by = cast.spare(sender, route).await;
    let of_another = route.path.starts_with("/organizations/").then(|| values[0].parse().unwrap());
    let usual = Sent { by, values, form, organization: of_another.unwrap_or(school.organization) };
    taken(school, &route.name(), usual).await
}

fn form<const N: usize>(fields: [(&str, &str); N]) -> Form {
    fields.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
}

/// The same with what the form takes, where the samples send what it refuses.
async fn taken(school: &School, route: &str, sent: Sent) -> Sent {
    let by = sent.by.clone();
    match route {
        "POST /account/email" => {
            let email = format!("{}@belfry.example", unique("moved"));
            Sent { form: form([("email", &email), ("current", PASSWORD)]), ..sent }
        }
        "POST /account/password" => {
            Sent { form: form([("current", PASSWORD), ("password", "quiet otters fold maps")]), ..sent }
        }
        "POST /account/second-factor" => {
            let begun = by.post("/account/second-factor/enrolment", [("current", PASSWORD)]).await;
            begun.redirects_to("/account/second-factor/enrolment");
            let app = App::reads(&by.get("/account/second-factor/enrolment").await.body);
            Sent { form: form([("code", &app.shows(school, 0))]), ..sent }
        }
        "POST /account/sessions/end" | "POST /account/sessions/{id}/end" => {
            let values = elsewhere(school, &by).await;
            Sent { values: if route.contains('{') { values } else { sent.values }, ..sent }
        }
        "POST /email-confirmation/{token}" => {
            by.post("/account/email/verification", []).await.redirects_to("/account?done=link");
            Sent { values: vec![token(school, &by.email)], ..sent }
        }
        "POST /password-reset" => Sent { form: form([("email", &school.employ(Supervisor))]), ..sent },
        "POST /password-reset/{token}" => {
            let email = school.employ(Supervisor);
            let user = school.account(&email).replace("/users/", "");
            run(&mut lobby(), &reset_asked(school.organization, &user, &email));
            Sent { values: vec![token(school, &email)], ..sent }
        }
        "POST /sign-in/second-factor" => enrolling(school, sent).await,
        _ => sent,
    }
}

/// The session that somebody has in another browser.
async fn elsewhere(school: &School, by: &Person) -> Vec<String> {
    school.outsider().signing_in(&by.email, PASSWORD).await;
    let theirs = format!(
        "select sessions.id::text as line from sessions join users on users.id = user_id
         where email = '{}' and ended_at is null order by sessions.created_at desc limit 1",
        by.email
    );
    lines(&mut lobby(), &theirs)
}

/// A mail that was asked for, without a request that the network's limit counts.
fn reset_asked(organization: Uuid, user: &str, email: &str) -> String {
    format!(
        "insert into outgoing_mail (id, organization_id, user_id, kind, address, request_ip, send_after, created_at)
         select gen_random_uuid(), '{organization}', '{user}', 'password_reset', '{email}', '192.0.2.1', at, at
         from (select timestamptz '2026-11-23 08:00Z' as at) asked"
    )
}

/// The token in the mail that came to an address.
fn token(school: &School, email: &str) -> String {
    let mails = school.post_comes();
    let mail = mails.iter().find(|mail| mail.to == email).unwrap_or_else(|| panic!("no mail to {email}"));
    mail.path().rsplit('/').next().unwrap().to_owned()
}

/// Somebody whose role demands a second factor, on the page on which they set it up at the door.
async fn enrolling(school: &School, sent: Sent) -> Sent {
    let (email, role) = (school.employ(Supervisor), school.own_role());
    run(&mut lobby(), &format!("update users set role_id = '{role}' where email = '{email}'"));
    let demanded = "insert into second_factor_rules (organization_id, id, role_id) values ($1, gen_random_uuid(), $2::uuid)";
    school.run(demanded, &role);
    let door = school.outsider();
    let answer = door.send(Method::POST, "/session", &[("email", &email), ("password", PASSWORD)]).await;
    answer.redirects_to("/sign-in/second-factor");
    let waiting = door.keeps(&answer);
    let app = App::reads(&waiting.get("/sign-in/second-factor").await.body);
    Sent { form: form([("code", &app.shows(school, 0))]), by: waiting, ..sent }
}
