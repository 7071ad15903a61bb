//! What the routes of imports are tried with.

use super::{Filled, Value, form};

#[rustfmt::skip]
pub(super) const PARAMETERS: &[(&str, Value)] = &[
    ("/imports/{id}", |school, _| school.rehearsed_import()),
    ("/imports/{id}/columns", |school, _| school.waiting_table()),
];

#[rustfmt::skip]
pub(super) const FORMS: &[(&str, Filled)] = &[
    ("POST /imports", |_, _| form([("kind", "oneroster"), ("@file", "PK\u{3}\u{4}")])),
    ("POST /imports/{id}/application", |_, _| form([("end_many", "yes")])),
    ("POST /imports/{id}/cancellation", |_, _| form([])),
    ("POST /imports/{id}/columns", |school, _| form([("column-0", "number"), ("column-1", "first_name"), ("column-2", "last_name"), ("campus", &school.campus.to_string()), ("year", &school.year.to_string())])),
    ("POST /imports/{id}/corrections", |_, _| form([("of", "users.csv"), ("@file", "sourcedId,belfry_line,belfry_reason\nfriend,5,x\n")])),
    ("POST /imports/{id}/file/removal", |_, _| form([])),
    ("POST /imports/{id}/rehearsal", |_, _| form([])),
];
