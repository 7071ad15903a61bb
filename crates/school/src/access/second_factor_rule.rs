//! Roles whose holders must have a second factor.

use std::collections::BTreeMap;

use diesel::{
    dsl::{count, exists},
    prelude::*,
};
use schema::{roles, second_factor_rules as rules, users};
use uuid::Uuid;

use super::{
    authority::Authority,
    own_role::{Role, visible},
};
use crate::{
    clock::new_id,
    db::Db,
    error::{Error, Result},
    permit::{UpdateRoles, UpdateSecondFactorRules},
};

/// The most roles shown: more than the 200 of its own that an organization may have and the built-in ones.
const MOST: i64 = 500;

/// A role, and whether its holders must have a second factor.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The role's id.
    pub role: Uuid,
    /// What it is called.
    pub name: String,
    /// Whether it demands a second factor.
    pub is_required: bool,
    /// How many hold it.
    pub holders: i64,
    /// How many of them have a second factor.
    pub have_one: i64,
    /// Whether whoever is at work may do all that it opens, and so may say what it demands.
    pub is_open: bool,
}

impl Rule {
    /// Every role of the organization, built in or its own, by name. At most 500.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database is away.
    pub fn all(db: &mut Db<'_, UpdateSecondFactorRules>) -> Result<Vec<Self>> {
        let organization = db.organization();
        let known: Vec<Role> = visible(db)
            .order((roles::name, roles::id))
            .select(Role::as_select())
            .limit(MOST)
            .load(db.conn())?;
        let (required, own) = (required(db)?, Authority::of_oneself(db)?);
        let held: Vec<(Option<Uuid>, i64, i64)> = users::table
            .filter(users::organization_id.eq(organization))
            .filter(users::deleted_at.is_null())
            .filter(users::disabled_at.is_null())
            .filter(users::left_at.is_null())
            .group_by(users::role_id)
            .select((users::role_id, count(users::id), count(users::second_factor_at)))
            .load(db.conn())?;
        let held: BTreeMap<_, _> = held.into_iter().map(|(role, all, have)| (role, (all, have))).collect();
        let rule = |role: Role| {
            let (holders, have_one) = held.get(&Some(role.id)).copied().unwrap_or_default();
            let (is_required, is_open) = (required.contains(&role.id), own.covers_role(role.scopes()));
            Self { role: role.id, name: role.name, is_required, holders, have_one, is_open }
        };
        Ok(known.into_iter().map(rule).collect())
    }

    /// Demands a second factor of exactly these roles. Whoever holds one anew and has none is signed out.
    ///
    /// # Errors
    /// [`Error::NotFound`] when one of them is no role of the organization, [`Error::Forbidden`] where it would be demanded
    /// of a role, or no more, that opens more than one's own authority does.
    pub fn demand(of: &[Uuid], db: &mut Db<'_, UpdateSecondFactorRules>) -> Result<()> {
        let known = Self::all(db)?;
        if !of.iter().all(|role| known.iter().any(|rule| rule.role == *role)) {
            return Err(Error::NotFound);
        }
        if known.iter().any(|rule| !rule.is_open && rule.is_required != of.contains(&rule.role)) {
            return Err(Error::Forbidden);
        }
        let organization = db.organization();
        let listed: Vec<Uuid> = known.iter().map(|rule| rule.role).collect();
        diesel::update(rules::table)
            .filter(rules::organization_id.eq(organization))
            .filter(rules::deleted_at.is_null())
            .filter(rules::role_id.eq_any(listed))
            .filter(rules::role_id.ne_all(of.to_vec()))
            .set(rules::deleted_at.eq(diesel::dsl::now))
            .execute(db.conn())?;
        let required = required(db)?;
        let new: Vec<_> = of
            .iter()
            .filter(|role| !required.contains(role))
            .map(|role| {
                (rules::organization_id.eq(organization), rules::id.eq(new_id()), rules::role_id.eq(*role))
            })
            .collect();
        diesel::insert_into(rules::table).values(new).on_conflict_do_nothing().execute(db.conn())?;
        Ok(())
    }
}

/// A copy of a role demands what the role does.
pub(super) fn copy(of: Uuid, copy: Uuid, db: &mut Db<'_, UpdateRoles>) -> Result<()> {
    let organization = db.organization();
    let ruled = rules::table
        .filter(rules::organization_id.eq(organization))
        .filter(rules::role_id.eq(of))
        .filter(rules::deleted_at.is_null());
    if diesel::select(exists(ruled)).get_result(db.conn())? {
        diesel::insert_into(rules::table)
            .values((
                rules::organization_id.eq(organization),
                rules::id.eq(new_id()),
                rules::role_id.eq(copy),
            ))
            .execute(db.conn())?;
    }
    Ok(())
}

fn required(db: &mut Db<'_, UpdateSecondFactorRules>) -> Result<Vec<Uuid>> {
    Ok(rules::table
        .filter(rules::organization_id.eq(db.organization()))
        .filter(rules::deleted_at.is_null())
        .select(rules::role_id)
        .load(db.conn())?)
}
