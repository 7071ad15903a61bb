//! Roles as administrators see them: the built-in ones, and the organization's own.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use diesel::{dsl::count_star, pg::Pg, prelude::*};
use schema::{roles, users};
use serde_json::Value;
use uuid::Uuid;

use super::authority::Authority;
use crate::{
    db::Db,
    error::Result,
    permit::{Grants, Permission, ReadRoles},
    reach::Reach,
    words::UserScope,
};

/// A role that people of an organization may have.
#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = roles)]
pub struct Role {
    /// Its id.
    pub id: Uuid,
    organization_id: Option<Uuid>,
    /// What people read.
    pub name: String,
    /// What it is for.
    pub description: String,
    holdings: Value,
    holdings_at_campuses: Value,
    /// When this was last changed; an edit carries it.
    pub updated_at: DateTime<Utc>,
    pub(super) updated_by_id: Option<Uuid>,
}

/// Roles of an organization and the built-in ones, without those of the platform. At most 200 of its own are ever made.
pub(super) fn visible<P: Permission>(db: &Db<'_, P>) -> roles::BoxedQuery<'static, Pg> {
    roles::table
        .filter(roles::organization_id.is_null().or(roles::organization_id.eq(db.organization())))
        .filter(roles::global_access.eq(false))
        .filter(roles::deleted_at.is_null())
        .into_boxed()
}

impl Role {
    /// Whether it is the same for everybody, so that nobody changes it.
    #[must_use]
    pub fn is_built_in(&self) -> bool {
        self.organization_id.is_none()
    }

    /// How far it opens each permission that it holds.
    #[must_use]
    pub fn scopes(&self) -> BTreeMap<&str, UserScope> {
        scopes(&self.holdings)
    }

    /// The same for whom it is bound to campuses: without what only the whole organization can be given.
    fn scopes_at_campuses(&self) -> BTreeMap<&str, UserScope> {
        scopes(&self.holdings_at_campuses)
    }

    /// How far it opens one permission.
    #[must_use]
    pub fn scope(&self, permission: &str) -> Option<UserScope> {
        self.scopes().remove(permission)
    }

    /// All of them with how many people have each: the built-in ones first, then by name.
    pub fn all(db: &mut Db<'_, impl Grants<ReadRoles>>) -> Result<Vec<(Self, i64)>> {
        let roles = offered(db)?;
        let counted: Vec<(Option<Uuid>, i64)> = users::table
            .filter(users::organization_id.eq(db.organization()))
            .filter(users::deleted_at.is_null())
            .group_by(users::role_id)
            .select((users::role_id, count_star()))
            .load(db.conn())?;
        let counted: BTreeMap<_, _> = counted.into_iter().collect();
        let held = |role: &Self| counted.get(&Some(role.id)).copied().unwrap_or(0);
        Ok(roles.into_iter().map(|role| (held(&role), role)).map(|(count, role)| (role, count)).collect())
    }

    /// How many people have it.
    pub fn held_by(&self, db: &mut Db<'_, impl Grants<ReadRoles>>) -> Result<i64> {
        Ok(users::table
            .filter(users::organization_id.eq(db.organization()))
            .filter(users::deleted_at.is_null())
            .filter(users::role_id.eq(self.id))
            .count()
            .get_result(db.conn())?)
    }

    /// The role with `id`.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] when the organization has none.
    pub fn of(id: Uuid, db: &mut Db<'_, impl Grants<ReadRoles>>) -> Result<Self> {
        Ok(visible(db).filter(roles::id.eq(id)).select(Self::as_select()).first(db.conn())?)
    }

    /// Those that hold nothing which whoever is at work does not hold, for a form to offer; how far is looked at when one
    /// is given. Whoever reaches these campuses and not the whole organization gives roles there only, so what is not held
    /// there does not count.
    pub(super) fn assignable(campuses: &[Uuid], db: &mut Db<'_, impl Permission>) -> Result<Vec<Self>> {
        let own = Authority::of_oneself(db)?;
        let is_limited = db.reach() != Reach::Organization;
        let mut roles = offered(db)?;
        roles.retain(|role| {
            if is_limited {
                campuses.iter().any(|campus| own.covers_at(*campus, &role.scopes_at_campuses()))
            } else {
                role.scopes().into_keys().all(|name| own.names(name))
            }
        });
        Ok(roles)
    }

    /// All of them by name, for a list's filter.
    pub fn named(db: &mut Db<'_, impl Permission>) -> Result<Vec<Self>> {
        offered(db)
    }
}

fn scopes(holdings: &Value) -> BTreeMap<&str, UserScope> {
    let held = holdings.as_object().into_iter().flatten();
    held.filter_map(|(name, held)| {
        let scope = held.get(0)?.get("scope")?.as_str()?;
        Some((name.as_str(), UserScope::named(scope)?))
    })
    .collect()
}

fn offered<P: Permission>(db: &mut Db<'_, P>) -> Result<Vec<Role>> {
    let own = roles::organization_id.is_not_null();
    let query = visible(db).select(Role::as_select());
    Ok(query.order((own, roles::name, roles::id)).limit(500).load(db.conn())?)
}
