//! Campuses, years and terms, for the samples.

use super::{Filled, Form, Value, form};
use crate::support::{
    database,
    school::{School, unique},
};

#[rustfmt::skip]
pub(super) const PARAMETERS: &[(&str, Value)] = &[
    ("/campuses/{id}", |school, _| school.spare_campus()),
    ("/years/{id}", |school, _| school.year.to_string()),
    ("/years/{id}/terms/{term}", |school, path| school.term_of(&path[0])),
    ("/years/{year}", |school, _| school.empty_year()),
];

#[rustfmt::skip]
pub(super) const FORMS: &[(&str, Filled)] = &[
    ("POST /campuses", |_, _| campus(&unique("c"))),
    ("POST /campuses/{id}", |school, path| [campus("SPARE"), school.seen("campuses", &path[0])].concat()),
    ("POST /campuses/{id}/retirement", |_, _| form([])),
    ("POST /campuses/{id}/return", |_, _| form([])),
    ("POST /years", |school, _| school.next_year()),
    ("POST /years/{id}", |school, path| [form([("name", "2026/27"), ("start_date", "2026-09-01"), ("end_date", "2027-07-31"), ("weekdays[]", "1\n2\n3\n4\n5")]), school.seen("academic_years", &path[0])].concat()),
    ("POST /years/{id}/terms", |school, _| form([("name", "Week"), ("kind", "quarter"), ("start_date", &school.school_day()), ("end_date", &school.school_day())])),
    ("POST /years/{id}/terms/{term}", |school, path| [school.as_it_stands(&path[1]), school.seen("terms", &path[1])].concat()),
    ("POST /years/{id}/terms/{term}/removal", |_, _| form([])),
    ("POST /years/{year}/removal", |_, _| form([])),
];

/// What a form says of a campus.
fn campus(code: &str) -> Form {
    form([
        ("name", "Ferry Lane"),
        ("code", code),
        ("day_starts_at", "08:00"),
        ("day_ends_at", "15:00"),
        ("time_zone", "Atlantic/Azores"),
    ])
}

impl School {
    /// A campus at which nobody is, in use.
    fn spare_campus(&self) -> String {
        let made = "insert into campuses (organization_id, id, name, code) values ($1, gen_random_uuid(), $2, 'SPARE')
             on conflict (organization_id, code) where deleted_at is null do update set active = true";
        self.run(made, "Ferry Lane");
        let query = "select id::text as line from campuses where code = 'SPARE' and deleted_at is null";
        database::lines(&mut database::within(self.organization), query).remove(0)
    }
}
