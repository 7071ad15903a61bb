//! What each route is tried with: a new route needs a line for each parameter of its path and one for its form.

use super::{
    routes::Route,
    school::{PASSWORD, School},
};

/// Makes the value of a path's parameter; the values before it in the path are given.
type Value = fn(&School, &[String]) -> String;
/// The fields of a form, with ids of the same school.
pub(crate) type Form = Vec<(&'static str, String)>;
/// Makes a form that the route takes from somebody who may send it; the values of the path are given.
type Filled = fn(&School, &[String]) -> Form;

/// A value for each parameter, by the path up to it. Each call makes a new one where a change could use it up.
#[rustfmt::skip]
const PARAMETERS: &[(&str, Value)] = &[
    ("/static/{path:.*}", |_, _| "css/belfry.css".into()),
];

/// A form for each route that changes something.
#[rustfmt::skip]
const FORMS: &[(&str, Filled)] = &[
    ("POST /session", |school, _| vec![("email", school.employ(super::Office)), ("password", PASSWORD.into())]),
    ("POST /session/end", |_, _| vec![]),
];

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
pub(crate) fn form(route: &Route, school: &School, values: &[String]) -> Form {
    if route.looks() {
        return Vec::new();
    }
    let name = route.name();
    let (_, make) = FORMS.iter().find(|(of, _)| *of == name).unwrap_or_else(|| {
        panic!("{name} has no form that tests can send. Add to FORMS in tests/support/samples.rs:\n    \
            (\"{name}\", |school, _| vec![(\"field\", \"value\".into())]),")
    });
    make(school, values)
}

/// The names in both lists, so that a line without a route is found.
pub(crate) fn named() -> impl Iterator<Item = (&'static str, bool)> {
    let parameters = PARAMETERS.iter().map(|(path, _)| (*path, true));
    parameters.chain(FORMS.iter().map(|(name, _)| (*name, false)))
}
