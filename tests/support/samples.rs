//! What each route is tried with: a new route needs a line for each parameter of its path and one for its form.

use diesel::Connection as _;
use school::Uuid;

use super::{
    database,
    routes::Route,
    school::{PASSWORD, School},
};

/// Makes the value of a path's parameter; the values before it in the path are given.
type Value = fn(&School, &[String]) -> String;
/// The fields of a form, with ids of the same school.
pub(crate) type Form = Vec<(String, String)>;
/// Makes a form that the route takes from somebody who may send it; the values of the path are given.
type Filled = fn(&School, &[String]) -> Form;

/// A value for each parameter, by the path up to it. Each call makes a new one where a change could use it up.
#[rustfmt::skip]
const PARAMETERS: &[(&str, Value)] = &[
    ("/registers/{class}", |school, _| school.another_class().to_string()),
    ("/registers/{class}/{day}", |_, _| "2026-11-23".into()),
    ("/registers/{class}/{day}/{slot}", |_, _| "day".into()),
    ("/registers/{class}/{day}/{slot}/marks/{student}", |school, path| school.student_in(&path[0])),
    ("/static/{path:.*}", |_, _| "css/belfry.css".into()),
];

/// A form for each route that changes something.
#[rustfmt::skip]
const FORMS: &[(&str, Filled)] = &[
    ("POST /registers/{class}/{day}/{slot}/marks/{student}", |_, _| form([("code", "present"), ("version", "0")])),
    ("PUT /registers/{class}/{day}/{slot}/marks/{student}", |_, _| form([("code", "present"), ("version", "0")])),
    ("POST /registers/{class}/{day}/{slot}/submission", |school, path| {
        let student = school.student_in(&path[0]);
        form([("act", "submit"), (&format!("code[{student}]"), "present"), (&format!("version[{student}]"), "0")])
    }),
    ("POST /registers/{class}/{day}/{slot}/withdrawal", |_, _| form([])),
    ("POST /session", |school, _| form([("email", &school.employ(super::Office)), ("password", PASSWORD)])),
    ("POST /session/end", |_, _| form([])),
];

fn form<const N: usize>(fields: [(&str, &str); N]) -> Form {
    fields
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into()
}

impl School {
    /// A class of its own with one student, in front of which every teacher of this school stands. Whoever works with
    /// single students has been granted this one.
    fn another_class(&self) -> Uuid {
        let student = self.enroll("Ines", "Aguiar");
        let class = Uuid::new_v4();
        let mut conn = database::within(self.organization);
        let made = format!(
            "insert into classes (organization_id, id, campus_id, academic_year_id, grade_id, name, kind)
               select organization_id, '{class}', campus_id, academic_year_id, grade_id, name, kind from classes where id = '{}';
             insert into class_enrollments (organization_id, id, class_id, student_id, enrolled_on)
               select organization_id, gen_random_uuid(), '{class}', id, date '2026-09-01' from students where id = '{student}';
             insert into class_staff (organization_id, id, class_id, staff_id, starts_on)
               select organization_id, gen_random_uuid(), '{class}', id, date '2026-09-01' from staff where staff_type = 'teacher';
             insert into user_students (organization_id, id, user_id, student_id, access_level, starts_on, reason)
               select users.organization_id, gen_random_uuid(), users.id, '{student}', 'view', date '2026-09-01', 'Caseload'
               from users join roles on roles.id = role_id
               where users.organization_id = '{}' and roles.name in ('Counselor', 'Paraeducator')",
            self.class, self.organization
        );
        conn.transaction(|conn| {
            database::run(conn, &made);
            diesel::QueryResult::Ok(())
        })
        .unwrap();
        class
    }

    /// The student of such a class.
    fn student_in(&self, class: &str) -> String {
        let query = format!(
            "select student_id::text as line from class_enrollments where class_id = '{class}'"
        );
        database::lines(&mut database::within(self.organization), &query).remove(0)
    }
}

/// The values of a route's parameters in a school.
#[track_caller]
pub(crate) fn values(route: &Route, school: &School) -> Vec<String> {
    let mut values = Vec::new();
    for parameter in route.parameters() {
        let (_, make) = PARAMETERS.iter().find(|(path, _)| *path == parameter).unwrap_or_else(|| {
            panic!("{} has a parameter that tests cannot fill. Add to PARAMETERS in tests/support/samples.rs:\n    \
                (\"{parameter}\", |school, _| school.….to_string()),", route.name())
        });
        values.push(make(school, &values));
    }
    values
}

/// A form for a route; empty for one that only looks.
#[track_caller]
pub(crate) fn filled(route: &Route, school: &School, values: &[String]) -> Form {
    if route.looks() {
        return Vec::new();
    }
    let name = route.name();
    let (_, make) = FORMS.iter().find(|(of, _)| *of == name).unwrap_or_else(|| {
        panic!("{name} has no form that tests can send. Add to FORMS in tests/support/samples.rs:\n    \
            (\"{name}\", |_, _| form([(\"field\", \"value\")])),")
    });
    make(school, values)
}

/// The names in both lists, so that a line without a route is found.
pub(crate) fn named() -> impl Iterator<Item = (&'static str, bool)> {
    let parameters = PARAMETERS.iter().map(|(path, _)| (*path, true));
    parameters.chain(FORMS.iter().map(|(name, _)| (*name, false)))
}
