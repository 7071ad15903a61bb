//! A signed-in person as the pages see them.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::Deserialize;
use uuid::Uuid;

use crate::reach::{Holdings, Reach};

/// Who somebody is, where they work and what they hold; read anew for every request.
#[derive(Clone, Debug, Deserialize)]
pub struct Person {
    pub(crate) session: Option<Uuid>,
    user: Uuid,
    organization: Option<Uuid>,
    staff: Option<Uuid>,
    campus: Option<Uuid>,
    first_name: String,
    last_name: String,
    email: String,
    role: Option<String>,
    organization_name: Option<String>,
    campus_name: Option<String>,
    time_zone: Option<String>,
    global_access: bool,
    #[serde(default)]
    visit: Option<Visiting>,
    permissions: Holdings,
}

/// Where somebody of the platform is for a while.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Visiting {
    /// The visit.
    pub id: Uuid,
    /// When it ends by itself.
    pub until: DateTime<Utc>,
}

impl Person {
    /// The user's id.
    #[must_use]
    pub fn id(&self) -> Uuid {
        self.user
    }

    /// The organization they belong to, or visit; none for platform staff who are in none.
    #[must_use]
    pub fn organization(&self) -> Option<Uuid> {
        self.organization
    }

    /// Whether they work for the platform, whatever organization they visit.
    #[must_use]
    pub fn is_of_platform(&self) -> bool {
        self.global_access && (self.organization.is_none() || self.visit.is_some())
    }

    /// The visit that they are on, if they work for the platform.
    #[must_use]
    pub fn visit(&self) -> Option<Visiting> {
        self.visit
    }

    /// Whether this request came in by the session with this id.
    #[must_use]
    pub fn is_in(&self, session: Uuid) -> bool {
        self.session == Some(session)
    }

    /// Their staff record, if they have one.
    #[must_use]
    pub fn staff(&self) -> Option<Uuid> {
        self.staff
    }

    /// The campus where they work.
    #[must_use]
    pub fn campus(&self) -> Option<Uuid> {
        self.campus
    }

    /// First and last name.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }

    /// The letters that stand in for a picture.
    #[must_use]
    pub fn initials(&self) -> String {
        crate::text::initials(&self.first_name, &self.last_name)
    }

    /// The address they sign in with, as typed.
    #[must_use]
    pub fn email(&self) -> &str {
        &self.email
    }

    /// Their role's name, or what to say where they have none.
    #[must_use]
    pub fn role(&self) -> &str {
        self.role.as_deref().unwrap_or("No role yet")
    }

    /// The place to name beside their work: the campus, else the organization.
    #[must_use]
    pub fn place(&self) -> &str {
        self.campus_name.as_deref().or(self.organization_name.as_deref()).unwrap_or("Belfry")
    }

    /// What their organization is called, or the program where they have none.
    pub(crate) fn organization_name(&self) -> &str {
        self.organization_name.as_deref().unwrap_or("Belfry")
    }

    /// Words that their password must not be made of.
    pub(crate) fn context(&self) -> Vec<&str> {
        let places = [&self.organization_name, &self.campus_name].into_iter().flatten();
        let words = places.flat_map(|name| name.split(' ')).chain(self.email.split(['@', '.']));
        words.chain([&*self.first_name, &*self.last_name, &*self.email]).collect()
    }

    /// The zone in which their day runs.
    #[must_use]
    pub fn time_zone(&self) -> Tz {
        self.time_zone.as_deref().and_then(|name| name.parse().ok()).unwrap_or(Tz::UTC)
    }

    /// How far the permission of this name reached when this request came in; the door looks it up again.
    pub(crate) fn reach(&self, permission: &str) -> Option<Reach> {
        self.permissions.get(permission).map(|held| held.reach(self.campus))
    }

    /// Whether they hold the permission of this name, however far.
    #[must_use]
    pub fn holds(&self, permission: &str) -> bool {
        self.permissions.contains_key(permission)
    }
}
