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

/// A reach as a query takes it: any of these opens a row.
#[derive(Clone, Debug)]
pub(crate) struct Sees {
    /// The whole organization.
    pub(crate) everything: bool,
    /// What is at one of these campuses.
    pub(crate) campuses: Vec<Uuid>,
    /// What this member of staff stands in front of today.
    pub(crate) staff: Option<Uuid>,
}

impl Reach {
    /// For somebody with this staff record.
    pub(crate) fn sees(&self, staff: Option<Uuid>) -> Sees {
        let nothing = Sees { everything: false, campuses: Vec::new(), staff: None };
        match self {
            Self::Organization => Sees { everything: true, ..nothing },
            Self::Campuses(campuses) => Sees { campuses: campuses.clone(), ..nothing },
            Self::Assigned => Sees { staff, ..nothing },
            Self::Own => nothing,
        }
    }
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
