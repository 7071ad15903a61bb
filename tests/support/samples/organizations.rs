//! Organizations and visits of the platform, for the samples.

use school::{Uuid, access::organization::NewOrganization};

use super::{Filled, Form, Value, form};
use crate::support::{
    Platform, database,
    school::{School, unique},
};

#[rustfmt::skip]
pub(super) const PARAMETERS: &[(&str, Value)] = &[
    ("/organizations/{organization}", |school, _| school.another_organization()),
    ("/visits/{visit}", |school, _| school.visit()),
];

#[rustfmt::skip]
pub(super) const FORMS: &[(&str, Filled)] = &[
    ("POST /organizations", |_, _| {
        let email = format!("{}@belfry.example", unique("first"));
        [as_typed(), form([("first_name", "Ines"), ("last_name", "Aguiar"), ("email", &email)])].concat()
    }),
    ("POST /organizations/{organization}", |school, path| [as_typed(), school.seen("organizations", &path[0])].concat()),
    ("POST /organizations/{organization}/invitation", |_, _| form([("email", &format!("{}@belfry.example", unique("first")))])),
    ("POST /organizations/{organization}/suspension", |_, _| form([("suspended_because", "Unpaid since spring")])),
    ("POST /organizations/{organization}/suspension/end", |_, _| form([])),
    ("POST /organizations/{organization}/visits", |_, _| form([("reason", "Their board shows no registers"), ("minutes", "30")])),
    ("POST /visit/end", |_, _| form([])),
    ("POST /visits/{visit}/end", |_, _| form([])),
];

/// What a form says of an organization.
fn as_typed() -> Form {
    form([
        ("name", "Wharf Schools"),
        ("slug", &unique("wharf")),
        ("time_zone", "Europe/Lisbon"),
        ("locale", "pt"),
        ("currency", "EUR"),
        ("week_start", "1"),
    ])
}

impl School {
    /// An organization beside this one, into which nobody has come; one person is invited.
    pub(crate) fn another_organization(&self) -> String {
        let new = NewOrganization::read(&unique("wharf"), "Wharf Schools", "Europe/Lisbon").unwrap();
        let (id, email) = (self.lobby.found(&new).unwrap().to_string(), unique("first"));
        let invited = format!(
            "insert into users (id, organization_id, first_name, last_name, email, email_canonical)
             values ('{}', '{id}', 'Ines', 'Aguiar', '{email}@belfry.example', '{email}@belfry.example')",
            Uuid::new_v4()
        );
        database::run(&mut database::lobby(), &invited);
        id
    }

    /// Somebody of the platform who is inside this school for an hour.
    pub(crate) fn visit(&self) -> String {
        let (id, email) = (Uuid::new_v4().to_string(), self.employ(Platform));
        let made = format!(
            "with here as (insert into sessions (id, token_hash, user_id, epoch, ip_address, user_agent, created_at, seen_at, expires_at)
               select '{id}', sha256('{id}'), id, epoch, '127.0.0.1', 'A browser', now(), now(), now() + interval '1 hour'
               from users where email = '{email}' returning id, user_id)
             insert into organization_visits (organization_id, id, user_id, session_id, visitor, reason, began_at, until_at)
             select '{}', '{id}', user_id, id, 'Rosa Lindqvist', 'Their board shows no registers', now(), now() + interval '1 hour'
             from here",
            self.organization
        );
        database::run(&mut database::lobby(), &made);
        id
    }
}
