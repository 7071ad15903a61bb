//! How far somebody sees inside their organization.

use std::collections::BTreeMap;

use serde::Deserialize;
use uuid::Uuid;

use crate::words::UserScope;

/// The part of an organization that a permission opens to one person. Queries filter by it in SQL.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Reach {
    /// What this person made or is.
    Own,
    /// Classes they stand in front of today and students granted to them.
    Assigned,
    /// Everything at these campuses.
    Campuses(Vec<Uuid>),
    /// What is assigned, and everything at these campuses.
    AssignedAndCampuses(Vec<Uuid>),
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
    /// How far a scope opens things for somebody who works at `home`, which counts where no campus is named.
    pub(crate) fn of(scope: UserScope, campuses: &[Uuid], home: Option<Uuid>) -> Self {
        match scope {
            UserScope::Organization => Self::Organization,
            UserScope::Campuses if campuses.is_empty() => Self::Campuses(home.into_iter().collect()),
            UserScope::Campuses => Self::Campuses(campuses.to_vec()),
            UserScope::Assigned => Self::Assigned,
            UserScope::Own | UserScope::Global => Self::Own,
        }
    }

    /// What either of two holdings opens.
    pub(crate) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Organization, _) | (_, Self::Organization) => Self::Organization,
            (Self::Campuses(mut all), Self::Campuses(more)) => {
                all.extend(more);
                Self::Campuses(all)
            }
            (
                Self::Campuses(mut all) | Self::AssignedAndCampuses(mut all),
                Self::Campuses(more) | Self::AssignedAndCampuses(more),
            ) => {
                all.extend(more);
                Self::AssignedAndCampuses(all)
            }
            (Self::AssignedAndCampuses(all), _) | (_, Self::AssignedAndCampuses(all)) => {
                Self::AssignedAndCampuses(all)
            }
            (Self::Campuses(all), Self::Assigned) | (Self::Assigned, Self::Campuses(all)) => {
                Self::AssignedAndCampuses(all)
            }
            (Self::Campuses(all), Self::Own) | (Self::Own, Self::Campuses(all)) => Self::Campuses(all),
            (Self::Assigned, _) | (_, Self::Assigned) => Self::Assigned,
            (Self::Own, Self::Own) => Self::Own,
        }
    }

    /// Whether this opens all that `other` does. What somebody is assigned to is the school's to say, so whoever reaches a
    /// campus may let somebody work there.
    pub(crate) fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Organization, _) => true,
            (_, Self::Organization) => false,
            (
                Self::Campuses(own) | Self::AssignedAndCampuses(own),
                Self::Campuses(others) | Self::AssignedAndCampuses(others),
            ) => others.iter().all(|campus| own.contains(campus)),
            (Self::Campuses(_) | Self::AssignedAndCampuses(_), _) => true,
            (Self::Assigned, Self::AssignedAndCampuses(campuses)) | (_, Self::Campuses(campuses)) => {
                campuses.is_empty()
            }
            (Self::Own, Self::AssignedAndCampuses(_)) => false,
            (Self::Assigned, _) | (Self::Own, Self::Own) => true,
            (Self::Own, Self::Assigned) => false,
        }
    }

    /// The campuses at which everything is open, where it is not the whole organization.
    #[must_use]
    pub fn campuses(&self) -> &[Uuid] {
        match self {
            Self::Campuses(campuses) | Self::AssignedAndCampuses(campuses) => campuses,
            Self::Own | Self::Assigned | Self::Organization => &[],
        }
    }

    /// For somebody with this staff record.
    pub(crate) fn sees(&self, staff: Option<Uuid>) -> Sees {
        let nothing = Sees { everything: false, campuses: Vec::new(), staff: None };
        match self {
            Self::Organization => Sees { everything: true, ..nothing },
            Self::Campuses(campuses) => Sees { campuses: campuses.clone(), ..nothing },
            Self::AssignedAndCampuses(campuses) => Sees { campuses: campuses.clone(), staff, ..nothing },
            Self::Assigned => Sees { staff, ..nothing },
            Self::Own => nothing,
        }
    }
}

/// A permission as somebody holds it: by their role and directly, added up.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(transparent)]
pub(crate) struct Held(Vec<Holding>);

/// How far one of them goes, and where it is limited to campuses.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
struct Holding {
    scope: String,
    campuses: Vec<Uuid>,
}

/// What somebody holds, by the permission's name.
pub(crate) type Holdings = BTreeMap<String, Held>;

impl Held {
    /// How far each of them goes by itself.
    pub(crate) fn reaches(&self, home: Option<Uuid>) -> Vec<Reach> {
        self.0.iter().map(|holding| holding.reach(home)).collect()
    }

    /// The wider reach of all holdings, campuses added up, given the campus where the person works.
    pub(crate) fn reach(&self, home: Option<Uuid>) -> Reach {
        self.0.iter().fold(Reach::Own, |reach, holding| reach.or(holding.reach(home)))
    }
}

impl Holding {
    fn reach(&self, home: Option<Uuid>) -> Reach {
        UserScope::named(&self.scope).map_or(Reach::Own, |scope| Reach::of(scope, &self.campuses, home))
    }
}

#[cfg(test)]
mod tests {
    use super::{Held, Reach};
    use uuid::Uuid;

    fn reach(holdings: serde_json::Value, home: Uuid) -> Reach {
        serde_json::from_value::<Held>(holdings).unwrap().reach(Some(home))
    }

    #[test]
    fn campuses_held_by_role_and_directly_add_up() {
        let (home, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let both = serde_json::json!([
            { "scope": "campuses", "campuses": [] },
            { "scope": "campuses", "campuses": [other] },
        ]);

        assert_eq!(reach(both, home), Reach::Campuses(vec![home, other]));
    }

    #[test]
    fn what_is_given_at_a_campus_takes_nothing_away_that_is_assigned_t04() {
        let (home, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let both = serde_json::json!([
            { "scope": "assigned", "campuses": [] },
            { "scope": "campuses", "campuses": [other] },
        ]);

        let reach = reach(both, home);

        assert_eq!(reach, Reach::AssignedAndCampuses(vec![other]));
        let sees = reach.sees(Some(home));
        assert_eq!((sees.everything, sees.campuses, sees.staff), (false, vec![other], Some(home)));
        assert!(reach.covers(&Reach::Assigned) && reach.covers(&Reach::Campuses(vec![other])));
        assert!(!Reach::Assigned.covers(&reach) && !Reach::Own.covers(&reach));
        assert!(!reach.covers(&Reach::Campuses(vec![home])));
    }

    #[test]
    fn nobody_passes_on_more_than_they_reach_t11() {
        let (home, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let here = || Reach::Campuses(vec![home]);
        let both = || Reach::Campuses(vec![home, other]);
        let order = [Reach::Own, Reach::Assigned, here(), both(), Reach::Organization];

        for (at, wide) in order.iter().enumerate() {
            for (below, narrow) in order.iter().enumerate() {
                assert_eq!(wide.covers(narrow), at >= below, "{wide:?} and {narrow:?}");
            }
        }
        assert!(!here().covers(&Reach::Campuses(vec![other])));
    }

    #[test]
    fn the_wider_of_two_holdings_counts() {
        let home = Uuid::from_u128(1);
        let wide = serde_json::json!([
            { "scope": "assigned", "campuses": [] },
            { "scope": "organization", "campuses": [] },
        ]);

        assert_eq!(reach(wide, home), Reach::Organization);
        assert_eq!(reach(serde_json::json!([]), home), Reach::Own);
    }
}
