//! What is given out of the school and what is taken out for good, for the samples.

use super::{Filled, Value, form};

#[rustfmt::skip]
pub(super) const PARAMETERS: &[(&str, Value)] = &[];

#[rustfmt::skip]
pub(super) const FORMS: &[(&str, Filled)] = &[
    ("POST /students/{id}/files", |school, path| form([("contact_id", &school.contact_of(&path[0])), ("basis", "parent"), ("purpose", "Request of 20 November")])),
];
