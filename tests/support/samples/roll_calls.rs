//! What the routes of fire rolls and trips are tried with.

use school::Uuid;

use super::{Filled, Value, form};
use crate::support::{database, school::School};

#[rustfmt::skip]
pub(super) const PARAMETERS: &[(&str, Value)] = &[
    ("/roll-calls/{id}", |school, _| school.roll_call()),
    ("/roll-calls/{id}/headcounts/{headcount}", |school, path| school.of_roll_call("id", "headcounts", &path[0])),
    ("/roll-calls/{id}/headcounts/{headcount}/ticks/{student}", |school, path| school.of_roll_call("student_id", "roll_call_entries", &path[0])),
];

#[rustfmt::skip]
pub(super) const FORMS: &[(&str, Filled)] = &[
    ("POST /roll-calls", |school, _| {
        let class = school.another_class().to_string();
        let holder = school.colleague_in(&class);
        form([("kind", "trip"), ("name", "Museum"), ("moment", "Departure"), ("campus_id", &school.campus.to_string()), ("class[]", &class), ("held_by", &holder)])
    }),
    ("POST /roll-calls/{id}/closure", |_, _| form([("note", "All here")])),
    ("POST /roll-calls/{id}/headcounts", |_, _| form([("name", "At the bus")])),
    ("POST /roll-calls/{id}/headcounts/{headcount}/ticks/{student}", |_, _| form([("is_there", "yes")])),
    ("PUT /roll-calls/{id}/headcounts/{headcount}/ticks/{student}", |_, _| form([("is_there", "yes")])),
];

impl School {
    /// A list with the student of a class of its own and one headcount.
    fn roll_call(&self) -> String {
        let (class, list) = (self.another_class().to_string(), Uuid::new_v4().to_string());
        let student = self.student_in(&class);
        let made = format!(
            "insert into roll_calls (organization_id, id, campus_id, kind, name, day)
               select organization_id, '{list}', campus_id, 'trip', 'Harbour', '2026-11-23' from classes where id = '{class}';
             insert into roll_call_entries (organization_id, id, roll_call_id, student_id, class_id)
               select organization_id, gen_random_uuid(), '{list}', '{student}', id from classes where id = '{class}';
             insert into headcounts (organization_id, id, roll_call_id, name, begun_at)
               select organization_id, gen_random_uuid(), '{list}', 'Departure', '2026-11-23T08:38:00Z' from classes where id = '{class}'"
        );
        database::run(&mut database::within(self.organization), &made);
        list
    }

    fn of_roll_call(&self, column: &str, table: &str, list: &str) -> String {
        self.asked(&format!("select {column}::text as line from {table} where roll_call_id = '{list}'"))
    }
}
