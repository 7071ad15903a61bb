//! The line that stands on every page while somebody of the platform is inside an organization.

use school::{access::person::Person, clock::local};

use crate::web::dates;

/// Where somebody of the platform is, and until when.
pub struct Inside {
    /// The organization.
    pub place: String,
    /// The hour there at which it ends by itself.
    pub until: String,
}

impl Inside {
    /// The visit that somebody is on.
    pub(super) fn of(person: &Person) -> Option<Self> {
        let visit = person.visit()?;
        let (_, time) = local(visit.until, person.time_zone());
        Some(Self { place: person.place().to_owned(), until: dates::time(&time) })
    }
}
