//! How far somebody sees inside their organization.

use std::collections::BTreeMap;

use serde::Deserialize;
use uuid::Uuid;

use crate::words::UserScope;

/// The part of an organization that a permission opens to one person. Queries filter by it in SQL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// What this person made or is.
    Own,
    /// Classes they stand in front of today and students granted to them.
    Assigned,
    /// Everything at these campuses.
    Campuses(Vec<Uuid>),
    /// Everything in the organization.
    Organization,
}

/// A permission as somebody holds it: how far, and where it is limited to campuses.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub(crate) struct Held {
    scope: String,
    campuses: Vec<Uuid>,
}

/// What somebody holds, by the permission's name.
pub(crate) type Holdings = BTreeMap<String, Held>;

impl Held {
    /// The reach of this holding, given the campus where the person works.
    pub(crate) fn reach(&self, home: Option<Uuid>) -> Reach {
        match UserScope::named(&self.scope) {
            Some(UserScope::Organization) => Reach::Organization,
            Some(UserScope::Campuses) if self.campuses.is_empty() => {
                Reach::Campuses(home.into_iter().collect())
            }
            Some(UserScope::Campuses) => Reach::Campuses(self.campuses.clone()),
            Some(UserScope::Assigned) => Reach::Assigned,
            Some(UserScope::Own | UserScope::Global) | None => Reach::Own,
        }
    }
}
