//! What each route is tried with: a new route needs a line for each parameter of its path and one for its form.

pub(crate) mod absences;
mod academics;
mod access;
mod accounts;
mod imports;
mod keeping;
mod organizations;
mod policies;
mod programs;
mod reports;
mod roll_calls;

use diesel::Connection as _;
use school::Uuid;

use super::{
    database,
    routes::Route,
    school::{PASSWORD, School, unique},
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
    ("/attendance-codes/{id}", |school, _| school.code_without_letter()),
    ("/attendance-policies/{id}", |school, _| school.policy_to_come()),
    ("/calendar/days/{day}", |school, _| school.holiday()),
    ("/classes/{id}", |school, _| school.another_class().to_string()),
    ("/classes/{id}/enrollments/{enrollment}", |school, path| school.first_of("class_enrollments", &path[0])),
    ("/classes/{id}/staff/{duty}", |school, path| { school.colleague_in(&path[0]); school.first_of("class_staff", &path[0]) }),
    ("/closures/{closure}", |school, _| school.closure()),
    ("/front-desk/movements/{movement}", |school, _| school.passes_the_desk("arrival").1),
    ("/guardians/{contact}", |school, _| school.contact_of(&school.student_in(&school.another_class().to_string()))),
    ("/planned-absences/{planned}", |school, _| school.absence_ahead()),
    ("/registers/{class}", |school, _| school.another_class().to_string()),
    ("/registers/{class}/{day}", |_, _| "2026-11-23".into()),
    ("/registers/{class}/{day}/{slot}", |_, _| "day".into()),
    ("/registers/{class}/{day}/{slot}/marks/{student}", |school, path| school.student_in(&path[0])),
    ("/staff/{id}", |school, _| school.colleague_in(&school.another_class().to_string())),
    ("/static/{path:.*}", |_, _| "css/belfry.css".into()),
    ("/staff-attendance/{campus}", |school, _| school.campus.to_string()),
    ("/staff-attendance/{campus}/{day}", |_, _| "2026-11-23".into()),
    ("/students/{id}", |school, _| school.student_in(&school.another_class().to_string())),
    ("/students/{id}/guardians/{link}", |school, path| school.link_of(&path[0])),
    ("/students/{id}/restrictions/{restriction}", |school, path| school.bar_of(&path[0])),
];

/// A form for each route that changes something.
#[rustfmt::skip]
const FORMS: &[(&str, Filled)] = &[
    ("POST /arrival", |school, _| { school.asks_its_staff(); form([("note", "Train")]) }),
    ("POST /attendance-codes", |_, _| form([("name", "Online"), ("key", "z"), ("position", "9"), ("set_by_office", "yes"), ("presence", "present"), ("timing", "on_time"), ("excuse", "none"), ("place", "remote")])),
    ("POST /attendance-codes/{id}", |school, path| [form([("name", "Nurse"), ("key", "n"), ("position", "9"), ("set_by_office", "yes")]), school.seen("attendance_codes", &path[0])].concat()),
    ("POST /attendance-codes/{id}/retirement", |_, _| form([])),
    ("POST /attendance-codes/{id}/return", |_, _| form([])),
    ("POST /attendance-policies", |school, _| school.policy()),
    ("POST /attendance-policies/{id}/removal", |_, _| form([])),
    ("POST /board/excuses", |school, _| {
        let class = school.another_class().to_string();
        form([("day", "2026-11-23"), ("code", "ill"), ("only", &format!("{class}/day/{}/0", school.student_in(&class)))])
    }),
    ("POST /calendar/days", |school, _| form([("campus[]", &school.campus.to_string()), ("first_day", &school.school_day()), ("kind", "holiday")])),
    ("POST /calendar/days/{day}/removal", |_, _| form([])),
    ("POST /classes", |school, _| school.class_particulars()),
    ("POST /classes/{id}", |school, path| [school.class_particulars(), school.seen("classes", &path[0])].concat()),
    ("POST /classes/{id}/enrollments", |school, _| form([("student_id", &school.newcomer()), ("enrolled_on", "2026-11-23")])),
    ("POST /classes/{id}/enrollments/{enrollment}/withdrawal", |_, _| form([("last_day", "2026-11-23"), ("status", "withdrawn")])),
    ("POST /classes/{id}/enrollments/{enrollment}/transfer", |school, _| form([("to", &school.another_class().to_string()), ("on", "2026-11-23")])),
    ("POST /classes/{id}/staff", |school, _| form([("staff_id", &school.colleague_in(&school.another_class().to_string())), ("duty", "aide"), ("starts_on", "2026-11-23")])),
    ("POST /classes/{id}/staff/{duty}/end", |_, _| form([("last_day", "2026-11-23")])),
    ("POST /closures", |school, _| form([("campus[]", &school.campus.to_string()), ("day", &school.school_day()), ("extent", "day")])),
    ("POST /closures/{closure}/undoing", |_, _| form([])),
    ("POST /front-desk/arrivals", |school, _| form([("student", &school.student_in(&school.another_class().to_string()))])),
    ("POST /front-desk/movements/{movement}/removal", |_, _| form([])),
    ("POST /front-desk/returns", |school, _| form([("student", &school.passes_the_desk("departure").0)])),
    ("POST /guardians/{contact}", |school, path| [form([("full_name", "Ines Aguiar"), ("phone", "1")]), school.seen("contacts", &path[0])].concat()),
    ("POST /planned-absences", |school, _| {
        let newcomer = school.student_number_of(&school.student_in(&school.another_class().to_string()));
        form([("who", &newcomer), ("code", &school.code_of_the_office()), ("starts_on", "2026-11-24"), ("ends_on", "2026-11-24"), ("reason", "Wedding")])
    }),
    ("POST /planned-absences/{planned}/removal", |_, _| form([])),
    ("POST /registers/{class}/{day}/{slot}/marks/{student}", |_, _| form([("code", "present"), ("version", "0")])),
    ("PUT /registers/{class}/{day}/{slot}/marks/{student}", |_, _| form([("code", "present"), ("version", "0")])),
    ("POST /registers/{class}/{day}/{slot}/submission", |school, path| {
        let student = school.student_in(&path[0]);
        form([("act", "submit"), (&format!("code[{student}]"), "present"), (&format!("version[{student}]"), "0")])
    }),
    ("POST /registers/{class}/{day}/{slot}/withdrawal", |_, _| form([])),
    ("POST /session", |school, _| form([("email", &school.employ(super::Office)), ("password", PASSWORD)])),
    ("POST /session/end", |_, _| form([])),
    ("POST /staff", |school, _| school.staff_particulars()),
    ("POST /staff-attendance/{campus}/settings", |_, _| form([("staff_sign_in", "yes")])),
    ("POST /staff-attendance/{campus}/{day}", |school, _| {
        let colleague = school.colleague_in(&school.another_class().to_string());
        let [status, note, was] = ["status", "note", "was"].map(|field| format!("{field}[{colleague}]"));
        form([(&status, "late"), (&note, "Train"), (&was, "")])
    }),
    ("POST /staff/{id}", |school, path| [school.staff_particulars(), school.seen("staff", &path[0])].concat()),
    ("POST /students", |school, _| [school.particulars(), school.place()].concat()),
    ("POST /students/{id}", |school, path| [school.particulars(), school.seen("students", &path[0])].concat()),
    ("POST /students/{id}/departures", |_, _| form([("collected_by", "Ines Aguiar")])),
    ("POST /students/{id}/enrollments", |school, _| school.place()),
    ("POST /students/{id}/guardians", |school, _| {
        let known = school.contact_of(&school.student_in(&school.another_class().to_string()));
        form([("contact_id", &known), ("relationship", "mother")])
    }),
    ("POST /students/{id}/guardians/{link}", |school, path| [form([("relationship", "father")]), school.seen("guardians", &path[1])].concat()),
    ("POST /students/{id}/guardians/{link}/removal", |_, _| form([])),
    ("POST /students/{id}/restrictions", |school, path| {
        form([("contact_id", &school.contact_of(&path[0])), ("bars_contact", "yes"), ("starts_on", "2026-11-23"), ("court_paper", "order 4417")])
    }),
    ("POST /students/{id}/restrictions/{restriction}", |school, path| {
        [form([("person_name", "Ines Aguiar"), ("bars_collection", "yes"), ("starts_on", "2026-11-23")]), school.seen("restrictions", &path[1])].concat()
    }),
    ("POST /students/{id}/restrictions/{restriction}/lifting", |_, _| form([])),
    ("POST /students/{id}/withdrawal", |_, _| form([("last_day", "2026-11-23"), ("reason", "Moved away")])),
];

fn form<const N: usize>(fields: [(&str, &str); N]) -> Form {
    fields.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
}

impl School {
    /// The number by which a student is known.
    fn student_number_of(&self, student: &str) -> String {
        self.asked(&format!("select student_number as line from students where id = '{student}'"))
    }

    /// The id of a code that the office sets.
    fn code_of_the_office(&self) -> String {
        self.asked("select id::text as line from attendance_codes where code = 'ill'")
    }

    fn asked(&self, query: &str) -> String {
        database::lines(&mut database::within(self.organization), query).remove(0)
    }

    /// A student of its own who passed the front desk, and that movement.
    fn passes_the_desk(&self, kind: &str) -> (String, String) {
        let class = self.another_class().to_string();
        let (student, id) = (self.student_in(&class), Uuid::new_v4().to_string());
        let statement = format!(
            "insert into attendance_movements (organization_id, id, student_id, campus_id, class_id, day, kind, at, replaced)
             select $1, $2::uuid, '{student}', campus_id, id, '2026-11-23', '{kind}', '09:00', '[]' from classes where id = '{class}'"
        );
        self.run(&statement, &id);
        (student, id)
    }

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

    /// What a form says of a student who is not here yet.
    fn particulars(&self) -> Form {
        let number = unique("n");
        form([
            ("student_number", &number),
            ("first_name", "Ada"),
            ("last_name", "Byron"),
            ("gender", "female"),
        ])
    }

    /// What a form says of a place in the school.
    fn place(&self) -> Form {
        let (campus, year, grade) = (self.campus.to_string(), self.year.to_string(), self.grade.to_string());
        form([
            ("campus_id", &campus),
            ("academic_year_id", &year),
            ("grade_id", &grade),
            ("enters_on", "2026-11-23"),
        ])
    }

    /// When a row was last changed, as the form that changes it carries it.
    fn seen(&self, table: &str, id: &str) -> Form {
        let query = format!(
            "select to_char(updated_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') as line from {table} where id = '{id}'"
        );
        let seen = database::lines(&mut database::within(self.organization), &query).remove(0);
        form([("seen", &seen)])
    }

    /// A student of the campus who is in no class.
    fn newcomer(&self) -> String {
        let class = self.another_class().to_string();
        let student = self.student_in(&class);
        let gone = format!(
            "update class_enrollments set status = 'withdrawn', ended_on = date '2026-09-01' where student_id = '{student}'"
        );
        database::run(&mut database::within(self.organization), &gone);
        student
    }

    /// What a form says of a class.
    fn class_particulars(&self) -> Form {
        let (campus, year, grade) = (self.campus.to_string(), self.year.to_string(), self.grade.to_string());
        form([
            ("name", "Homeroom 4C"),
            ("kind", "homeroom"),
            ("status", "active"),
            ("campus_id", &campus),
            ("academic_year_id", &year),
            ("grade_id", &grade),
        ])
    }

    /// A member of staff who has stood in front of a class since the year began.
    fn colleague_in(&self, class: &str) -> String {
        let colleague = Uuid::new_v4();
        let made = format!(
            "insert into staff (organization_id, id, campus_id, employee_number, first_name, last_name, staff_type)
               select organization_id, '{colleague}', campus_id, '{}', 'Ines', 'Aguiar', 'support' from classes where id = '{class}';
             insert into class_staff (organization_id, id, class_id, staff_id, starts_on)
               select organization_id, gen_random_uuid(), '{class}', '{colleague}', date '2026-09-01' from classes where id = '{class}'",
            unique("s")
        );
        database::run(&mut database::within(self.organization), &made);
        colleague.to_string()
    }

    /// What a form says of a member of staff who is not here yet.
    fn staff_particulars(&self) -> Form {
        let (number, campus) = (unique("s"), self.campus.to_string());
        form([
            ("first_name", "Ines"),
            ("last_name", "Aguiar"),
            ("employee_number", &number),
            ("staff_type", "support"),
            ("status", "active"),
            ("campus_id", &campus),
        ])
    }

    /// Somebody to call for a student.
    pub(crate) fn contact_of(&self, student: &str) -> String {
        let contact = Uuid::new_v4();
        let made = format!(
            "insert into contacts (organization_id, id, full_name, phone)
               select organization_id, '{contact}', 'Ines Aguiar', '07700 900 132' from students where id = '{student}';
             insert into guardians (organization_id, id, student_id, contact_id, relationship)
               select organization_id, gen_random_uuid(), id, '{contact}', 'mother' from students where id = '{student}'"
        );
        database::run(&mut database::within(self.organization), &made);
        contact.to_string()
    }

    /// The tie between a student and somebody to call.
    fn link_of(&self, student: &str) -> String {
        let contact = self.contact_of(student);
        let query = format!("select id::text as line from guardians where contact_id = '{contact}'");
        database::lines(&mut database::within(self.organization), &query).remove(0)
    }

    /// Lets the staff of every campus sign themselves in.
    pub(crate) fn asks_its_staff(&self) {
        self.run("update campuses set staff_sign_in = true where organization_id = $1 and code <> $2", "");
    }

    /// What a contact of a student is barred from since the year began.
    fn bar_of(&self, student: &str) -> String {
        let (contact, bar) = (self.contact_of(student), Uuid::new_v4());
        let made = format!(
            "insert into restrictions (organization_id, id, student_id, contact_id, bars_contact, bars_address, starts_on, court_paper)
               select organization_id, '{bar}', id, '{contact}', true, true, date '2026-09-01', 'order 4417' from students where id = '{student}'"
        );
        database::run(&mut database::within(self.organization), &made);
        bar.to_string()
    }

    /// A row that hangs on a class: the last that came.
    fn first_of(&self, table: &str, class: &str) -> String {
        let query = format!(
            "select id::text as line from {table} where class_id = '{class}' order by created_at desc limit 1"
        );
        database::lines(&mut database::within(self.organization), &query).remove(0)
    }

    /// The student of such a class.
    fn student_in(&self, class: &str) -> String {
        let query =
            format!("select student_id::text as line from class_enrollments where class_id = '{class}'");
        database::lines(&mut database::within(self.organization), &query).remove(0)
    }
}

/// The values of a route's parameters in a school.
#[track_caller]
pub(crate) fn values(route: &Route, school: &School) -> Vec<String> {
    let mut values = Vec::new();
    for parameter in route.parameters() {
        let (_, make) = own(route).or(parameters().find(|(path, _)| *path == parameter)).unwrap_or_else(|| {
            panic!("{} has a parameter that tests cannot fill. Add to PARAMETERS in tests/support/samples.rs:\n    \
                (\"{parameter}\", |school, _| school.….to_string()),", route.name())
        });
        values.push(make(school, &values));
    }
    values
}

/// The line of a route that needs something else in its path than others at the same place.
fn own(route: &Route) -> Option<&'static (&'static str, Value)> {
    parameters().find(|(path, _)| *path == route.path && !path.ends_with('}'))
}

/// A form for a route; empty for one that only looks.
#[track_caller]
pub(crate) fn filled(route: &Route, school: &School, values: &[String]) -> Form {
    if route.looks() {
        return Vec::new();
    }
    let name = route.name();
    let (_, make) = forms().find(|(of, _)| *of == name).unwrap_or_else(|| {
        panic!(
            "{name} has no form that tests can send. Add to FORMS in tests/support/samples.rs:\n    \
            (\"{name}\", |_, _| form([(\"field\", \"value\")])),"
        )
    });
    make(school, values)
}

fn parameters() -> impl Iterator<Item = &'static (&'static str, Value)> {
    let all = [
        PARAMETERS,
        absences::PARAMETERS,
        academics::PARAMETERS,
        access::PARAMETERS,
        accounts::PARAMETERS,
        imports::PARAMETERS,
        keeping::PARAMETERS,
        organizations::PARAMETERS,
        programs::PARAMETERS,
        reports::PARAMETERS,
        roll_calls::PARAMETERS,
    ];
    all.into_iter().flatten()
}

fn forms() -> impl Iterator<Item = &'static (&'static str, Filled)> {
    [
        FORMS,
        absences::FORMS,
        academics::FORMS,
        access::FORMS,
        accounts::FORMS,
        imports::FORMS,
        keeping::FORMS,
        organizations::FORMS,
        programs::FORMS,
        reports::FORMS,
        roll_calls::FORMS,
    ]
    .into_iter()
    .flatten()
}

/// The names in both lists, so that a line without a route is found.
pub(crate) fn named() -> impl Iterator<Item = (&'static str, bool)> {
    parameters().map(|(path, _)| (*path, true)).chain(forms().map(|(name, _)| (*name, false)))
}
