//! What the routes of coming in are tried with.

use super::{Filled, Value, form};
use crate::support::school::{PASSWORD, unique};

#[rustfmt::skip]
pub(super) const PARAMETERS: &[(&str, Value)] = &[
    // A link is no id of a school's: whoever holds it may use it. So it is tried with one that opens nothing.
    ("/password-reset/{token}", |_, _| "0".repeat(64)),
];

#[rustfmt::skip]
pub(super) const FORMS: &[(&str, Filled)] = &[
    // One that is not taken, so that whoever tries it still signs in afterwards.
    ("POST /account/password", |_, _| form([("current", PASSWORD), ("password", "too short")])),
    ("POST /password-reset", |_, _| form([("email", &format!("{}@belfry.example", unique("nobody")))])),
    ("POST /password-reset/{token}", |_, _| form([("password", "quiet otters fold maps")])),
];
