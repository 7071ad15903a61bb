//! What the routes of coming in are tried with.

use school::Uuid;

use super::{Filled, Value, form};
use crate::support::{
    Office, database,
    school::{PASSWORD, School, unique},
};

#[rustfmt::skip]
pub(super) const PARAMETERS: &[(&str, Value)] = &[
    ("/access-log.{format}", |_, _| "csv".into()),
    ("/access-log/{event}", |school, _| school.look()),
    ("/change-log.{format}", |_, _| "csv".into()),
    ("/students/{id}/access-history.{format}", |_, _| "csv".into()),
    // A link is no id of a school's: whoever holds it may use it. So it is tried with one that opens nothing.
    ("/password-reset/{token}", |_, _| "0".repeat(64)),
    ("/email-confirmation/{token}", |_, _| "0".repeat(64)),
    // Everybody may know a school's short name; one without a provider leads nowhere.
    ("/sign-in/at/{slug}", |_, _| "no-such-school".into()),
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
    // A provider that nothing answers for.
    ("POST /identity-provider", |_, _| form([("kind", "other"), ("name", "Harbour"), ("issuer", "http://127.0.0.1:9"), ("client_id", "b"), ("client_secret", "b")])),
    ("POST /identity-provider/removal", |_, _| form([])),
    ("POST /sign-in/code", |_, _| form([("code", "000000")])),
    ("POST /sign-in/second-factor", |_, _| form([("code", "000000")])),
    ("POST /email-confirmation/{token}", |_, _| form([])),
    ("POST /password-reset", |_, _| form([("email", &format!("{}@belfry.example", unique("nobody")))])),
    ("POST /password-reset/{token}", |_, _| form([("password", "quiet otters fold maps")])),
];

impl School {
    /// A look at somebody, as the record keeps it.
    fn look(&self) -> String {
        let student = self.student_in(&self.another_class().to_string());
        // Older than whatever happens after it.
        let id = format!("00000000{}", &Uuid::new_v4().to_string()[8..]);
        let kept = format!(
            "with kept as (insert into access_events (organization_id, id, at, ip_address, request_id, page, permission, action, kind,
               data_class, shown) values ($1, $2::uuid, '2026-11-23T08:30:00Z', '192.0.2.1', $2::uuid, 'GET /students/{{id}}',
               'READ_STUDENTS', 'view', 'student', 2, 1))
             insert into access_event_subjects (organization_id, student_id, event_id) values ($1, '{student}', $2::uuid)"
        );
        self.run(&kept, &id);
        id
    }

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
