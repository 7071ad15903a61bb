//! School districts and programs, for the samples.

use school::Uuid;

use super::{Filled, Form, Value, form};
use crate::support::{
    database,
    school::{School, unique},
};

#[rustfmt::skip]
pub(super) const PARAMETERS: &[(&str, Value)] = &[
    ("/districts/{id}", |school, _| school.district_of_program(&school.program_of_people())),
    ("/districts/{id}/removal", |school, _| school.district()),
    ("/districts/{id}/return", |school, _| school.gone("school_districts", school.district())),
    ("/programs/{id}", |school, _| school.program_of_people()),
    ("/programs/{id}/people/{user}", |school, path| school.member_of(&path[0])),
    ("/programs/{id}/removal", |school, _| school.program()),
    ("/programs/{id}/return", |school, _| school.gone("programs", school.program())),
];

#[rustfmt::skip]
pub(super) const FORMS: &[(&str, Filled)] = &[
    ("POST /districts", |_, _| form([("name", &*unique("Wharf District")), ("contact_email", "ask@wharf.example")])),
    ("POST /districts/{id}", |school, path| [form([("name", &*unique("Wharf District"))]), school.seen("school_districts", &path[0])].concat()),
    ("POST /districts/{id}/removal", |_, _| form([])),
    ("POST /districts/{id}/return", |_, _| form([])),
    ("POST /programs", |school, _| school.program_as_typed()),
    ("POST /programs/{id}", |school, path| [school.program_as_typed(), school.seen("programs", &path[0])].concat()),
    ("POST /programs/{id}/people", |school, _| form([("user_id", &school.invited())])),
    ("POST /programs/{id}/people/{user}/end", |_, _| form([])),
    ("POST /programs/{id}/people/{user}/primary", |_, _| form([])),
    ("POST /programs/{id}/removal", |_, _| form([])),
    ("POST /programs/{id}/return", |_, _| form([])),
];

impl School {
    /// A district that offers nothing.
    pub(crate) fn district(&self) -> String {
        let id = Uuid::new_v4().to_string();
        let made = format!(
            "insert into school_districts (organization_id, id, name, contact_name, contact_email, contact_phone)
             values ($1, $2::uuid, '{}', 'Ines Aguiar', 'ask@wharf.example', '07700 900 132')",
            unique("Wharf District")
        );
        self.run(&made, &id);
        id
    }

    /// A program of a district in which nobody is.
    pub(crate) fn program(&self) -> String {
        let (id, district) = (Uuid::new_v4().to_string(), self.district());
        let made = format!(
            "insert into programs (organization_id, id, school_district_id, name, code, description)
             values ($1, $2::uuid, '{district}', '{}', 'RB-4', 'For whoever reads below their grade.')",
            unique("Reading Bridge")
        );
        self.run(&made, &id);
        id
    }

    /// The same with somebody who works in it and a student.
    pub(crate) fn program_of_people(&self) -> String {
        let id = self.program();
        self.member_of(&id);
        let student = self.student_in(&self.another_class().to_string());
        self.run(
            &format!(
                "update students set program_id = $2::uuid where organization_id = $1 and id = '{student}'"
            ),
            &id,
        );
        id
    }

    /// Somebody who works in a program and in no other.
    fn member_of(&self, program: &str) -> String {
        let user = self.invited();
        let made = format!(
            "insert into user_programs (organization_id, id, user_id, program_id, is_primary, joined_at)
             values ($1, gen_random_uuid(), '{user}', $2::uuid, true, '2026-09-01T08:00:00Z')"
        );
        self.run(&made, program);
        user
    }

    fn district_of_program(&self, program: &str) -> String {
        let query = format!("select school_district_id::text as line from programs where id = '{program}'");
        database::lines(&mut database::within(self.organization), &query).remove(0)
    }

    /// A row that was deleted.
    fn gone(&self, table: &str, id: String) -> String {
        self.run(
            &format!("update {table} set deleted_at = now() where organization_id = $1 and id = $2::uuid"),
            &id,
        );
        id
    }

    fn program_as_typed(&self) -> Form {
        form([
            ("name", &*unique("Reading Bridge")),
            ("code", "RB-4"),
            ("school_district_id", &self.district()),
        ])
    }
}
