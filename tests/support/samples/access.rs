//! What the routes of coming in are tried with.

use super::{Filled, Value, form};
use crate::support::{
    Office, database,
    school::{PASSWORD, School, unique},
};

#[rustfmt::skip]
pub(super) const PARAMETERS: &[(&str, Value)] = &[
    // A link is no id of a school's: whoever holds it may use it. So it is tried with one that opens nothing.
    ("/password-reset/{token}", |_, _| "0".repeat(64)),
    ("/email-confirmation/{token}", |_, _| "0".repeat(64)),
    // Somebody else's: of one's own, tests/access/own_account.rs tells.
    ("/account/sessions/{id}", |school, _| school.somebodys_session()),
];

#[rustfmt::skip]
pub(super) const FORMS: &[(&str, Filled)] = &[
    // One that is not taken, so that whoever tries it still signs in afterwards.
    ("POST /account/password", |_, _| form([("current", PASSWORD), ("password", "too short")])),
    ("POST /account", |_, _| form([("first_name", "Rosa"), ("last_name", "Lindqvist"), ("phone", "07700 900 132")])),
    // What is no address is refused, so that nobody waits for a mail.
    ("POST /account/email", |_, _| form([("current", PASSWORD), ("email", "rosa")])),
    ("POST /account/email/verification", |_, _| form([])),
    ("POST /account/sessions/end", |_, _| form([("but", "here")])),
    ("POST /account/sessions/{id}/end", |_, _| form([])),
    // Without the password nothing is begun, shown or taken away.
    ("POST /account/second-factor", |_, _| form([("code", "000000")])),
    ("POST /account/second-factor/enrolment", |_, _| form([("current", PASSWORD), ("code", "")])),
    ("POST /account/second-factor/recovery-codes", |_, _| form([("current", PASSWORD), ("code", "")])),
    ("POST /account/second-factor/removal", |_, _| form([("current", PASSWORD), ("code", "")])),
    ("POST /second-factor-rules", |_, _| form([("role[]", "")])),
    ("POST /sign-in/code", |_, _| form([("code", "000000")])),
    ("POST /sign-in/second-factor", |_, _| form([("code", "000000")])),
    ("POST /email-confirmation/{token}", |_, _| form([])),
    ("POST /password-reset", |_, _| form([("email", &format!("{}@belfry.example", unique("nobody")))])),
    ("POST /password-reset/{token}", |_, _| form([("password", "quiet otters fold maps")])),
];

impl School {
    /// A session of somebody who works here.
    fn somebodys_session(&self) -> String {
        let email = self.employ(Office);
        let made = format!(
            "insert into sessions (id, token_hash, user_id, epoch, ip_address, user_agent, created_at, seen_at, expires_at)
             select gen_random_uuid(), sha256(convert_to(id::text, 'UTF8')), id, epoch, '192.0.2.1', 'A browser', now(), now(), now() + interval '1 hour'
             from users where email = '{email}'"
        );
        database::run(&mut database::lobby(), &made);
        let query = format!(
            "select sessions.id::text as line from sessions join users on users.id = user_id where email = '{email}'"
        );
        database::lines(&mut database::lobby(), &query).remove(0)
    }
}
