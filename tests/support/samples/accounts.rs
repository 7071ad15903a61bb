//! Other people's accounts, for the samples.

use school::{
    Uuid,
    access::{email::Email, user::NewUser},
};

use super::{Filled, Form, Value, form};
use crate::support::{
    database,
    school::{School, unique},
};

#[rustfmt::skip]
pub(super) const PARAMETERS: &[(&str, Value)] = &[
    ("/permissions/{name}", |_, _| "READ_STUDENTS".into()),
    ("/roles/{id}", |school, _| school.own_role()),
    ("/users/{id}", |school, _| school.invited()),
    ("/users/{id}/permissions/{permission}", |school, path| { school.gives_a_right(&path[0]); "READ_STAFF".into() }),
    ("/users/{id}/return", |school, _| school.deleted_account()),
];

#[rustfmt::skip]
pub(super) const FORMS: &[(&str, Filled)] = &[
    ("POST /roles/{id}", |school, path| [form([("name", &*unique("Role")), ("description", "Trips"), ("scope[READ_STAFF]", "organization")]), school.seen("roles", &path[0])].concat()),
    ("POST /roles/{id}/copies", |_, _| form([])),
    ("POST /roles/{id}/removal", |_, _| form([])),
    ("POST /users", |school, _| school.invitation()),
    ("POST /users/{id}", |school, path| {
        let email = format!("{}@belfry.example", unique("moved"));
        [form([("first_name", "Ines"), ("last_name", "Aguiar"), ("email", &email), ("locale", "pt")]), school.seen("users", &path[0])].concat()
    }),
    ("POST /users/{id}/disablement", |_, _| form([])),
    ("POST /users/{id}/disablement/end", |_, _| form([])),
    ("POST /users/{id}/invitation", |_, _| form([])),
    ("POST /users/{id}/invitation/withdrawal", |_, _| form([])),
    ("POST /users/{id}/password-reset", |_, _| form([])),
    ("POST /users/{id}/permissions", |school, _| form([("permission", "READ_STAFF"), ("scope", "campuses"), ("campus[]", &school.campus.to_string())])),
    ("POST /users/{id}/permissions/{permission}/removal", |_, _| form([])),
    ("POST /users/{id}/removal", |_, _| form([])),
    ("POST /users/{id}/return", |_, _| form([])),
    ("POST /users/{id}/role", |school, _| form([("role_id", &school.own_role()), ("campus[]", &school.campus.to_string())])),
    ("POST /users/{id}/second-factor/removal", |_, _| form([])),
    ("POST /users/{id}/sign-on/removal", |_, _| form([])),
    ("POST /users/{id}/sessions/end", |_, _| form([])),
    ("POST /users/{id}/staff", |school, _| form([("staff_id", &school.colleague_in(&school.another_class().to_string()))])),
    ("POST /users/{id}/staff/removal", |_, _| form([])),
    ("POST /users/{id}/wait/end", |_, _| form([])),
];

impl School {
    /// An account into which nobody has come yet.
    pub(crate) fn invited(&self) -> String {
        let new = NewUser {
            email: Email::read(&format!("{}@belfry.example", unique("invited"))).unwrap(),
            first_name: "Ines".into(),
            last_name: "Aguiar".into(),
            password_hash: None,
        };
        self.lobby.create_user(&new, "teacher", Some(self.organization)).unwrap().to_string()
    }

    fn deleted_account(&self) -> String {
        let id = self.invited();
        database::run(
            &mut database::lobby(),
            &format!("update users set deleted_at = now() where id = '{id}'"),
        );
        id
    }

    fn gives_a_right(&self, user: &str) {
        let given = format!(
            "insert into user_custom_permissions (user_id, permission, scope) values ('{user}', 'READ_STAFF', 'organization')"
        );
        database::run(&mut database::lobby(), &given);
    }

    /// A role of this organization's own that nobody has.
    pub(crate) fn own_role(&self) -> String {
        let id = Uuid::new_v4();
        let made = format!(
            "insert into roles (id, organization_id, name) values ('{id}', '{}', '{}');
             insert into role_permissions (role_id, permission, scope) values ('{id}', 'READ_STAFF', 'organization')",
            self.organization,
            unique("Role")
        );
        database::run(&mut database::lobby(), &made);
        id.to_string()
    }

    /// What a form says of somebody who is to have an account.
    fn invitation(&self) -> Form {
        let email = format!("{}@belfry.example", unique("new"));
        let staff = self.colleague_in(&self.another_class().to_string());
        form([
            ("first_name", "Ines"),
            ("last_name", "Aguiar"),
            ("email", &email),
            ("role_id", &self.own_role()),
            ("campus[]", &self.campus.to_string()),
            ("staff_id", &staff),
        ])
    }
}
