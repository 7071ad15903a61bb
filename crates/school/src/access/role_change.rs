//! Copying a role, changing the copy and deleting it. A built-in role stays as it is, and so does the one that one holds.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use schema::{role_permissions as held, roles, users};
use uuid::Uuid;

use super::{
    authority::{Authority, keeping_an_administrator},
    grant::reaching,
    own_role::Role,
    second_factor_rule,
};
use crate::{
    clock::new_id,
    db::Db,
    edit::{Edit, author},
    error::{Error, Result},
    permit::{Entry, ROLES, UpdateRoles},
    words::UserScope,
};

/// The most roles of its own that an organization has.
const MOST: i64 = 200;

/// A role as a form says it.
#[derive(Clone, Debug)]
pub struct NewRole {
    /// What people read.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// How far it opens what it opens.
    pub scopes: BTreeMap<&'static str, UserScope>,
}

impl NewRole {
    /// Changes a role, unless somebody else did since it was `seen`. Along with a permission goes what it includes.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none, [`Error::Forbidden`] for a built-in role, for one's own, and for one that
    /// opens more than one's own authority does, before or after; [`Error::Invalid`] when the name is taken or a permission
    /// does not reach so; [`Error::Conflict`] when no administrator would remain.
    pub fn keep(&self, id: Uuid, seen: DateTime<Utc>, db: &mut Db<'_, UpdateRoles>) -> Result<Edit<Role>> {
        let now = open(id, db)?;
        if now.updated_at != seen {
            let by = author(now.updated_by_id, db)?;
            return Ok(Edit::Stale { now: Box::new(now), by });
        }
        let wanted = with_included(&self.scopes)?;
        if !Authority::of_oneself(db)?.covers_role(wanted.iter().map(|(name, scope)| (*name, *scope))) {
            return Err(Error::Forbidden);
        }
        is_free(&self.name)?;
        diesel::update(roles::table.find(id))
            .set((roles::name.eq(&self.name), roles::description.eq(&self.description)))
            .execute(db.conn())
            .map_err(name_taken)?;
        keeping_an_administrator(db, |db| replace(id, &now.scopes(), &wanted, db))?;
        Ok(Edit::Kept)
    }
}

impl Role {
    /// Copies a role, so that the copy can be changed, and answers its id. Where the role demands a second factor, so does
    /// the copy.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none, [`Error::Forbidden`] when it opens more than one's own authority does.
    pub fn copy(id: Uuid, db: &mut Db<'_, UpdateRoles>) -> Result<Uuid> {
        let of = Self::of(id, db)?;
        if !of.can_be_copied(db)? {
            return Err(Error::Forbidden);
        }
        let taken: Vec<String> = roles::table
            .filter(roles::organization_id.eq(db.organization()))
            .filter(roles::deleted_at.is_null())
            .select(roles::name)
            .limit(MOST)
            .load(db.conn())?;
        if i64::try_from(taken.len()).is_ok_and(|taken| taken >= MOST) {
            return Err(Error::Conflict(format!(
                "There are {MOST} roles already. Delete one that nobody has."
            )));
        }
        let base: String = of.name.chars().take(45).collect();
        let numbered = (2..=MOST + 1).map(|n| format!("{base} (copy {n})"));
        let mut names = std::iter::once(format!("{base} (copy)")).chain(numbered);
        let name =
            names.find(|name| !taken.contains(name)).ok_or_else(|| Error::internal("no name is free"))?;
        let copy = new_id();
        diesel::insert_into(roles::table)
            .values((
                roles::id.eq(copy),
                roles::organization_id.eq(db.organization()),
                roles::name.eq(name),
                roles::description.eq(&of.description),
            ))
            .execute(db.conn())?;
        replace(copy, &BTreeMap::new(), &of.scopes(), db)?;
        second_factor_rule::copy(id, copy, db)?;
        Ok(copy)
    }

    /// Deletes a role that nobody has.
    ///
    /// # Errors
    /// As [`NewRole::keep`], and [`Error::Conflict`] while somebody has it.
    pub fn delete(id: Uuid, db: &mut Db<'_, UpdateRoles>) -> Result<()> {
        let now = open(id, db)?;
        let theirs = now.held_by(db)?;
        if theirs > 0 {
            let people = if theirs == 1 { "One person has".into() } else { format!("{theirs} people have") };
            return Err(Error::Conflict(format!("{people} this role. Give them another one first.")));
        }
        let at = db.now();
        diesel::update(roles::table.find(id)).set(roles::deleted_at.eq(at)).execute(db.conn())?;
        Ok(())
    }

    /// Whether whoever is at work may copy it.
    pub fn can_be_copied(&self, db: &mut Db<'_, UpdateRoles>) -> Result<bool> {
        Ok(Authority::of_oneself(db)?.covers_role(self.scopes()))
    }

    /// Whether whoever is at work may change it.
    pub fn is_open_to_change(&self, db: &mut Db<'_, UpdateRoles>) -> Result<bool> {
        match may_change(self, db) {
            Ok(()) => Ok(true),
            Err(Error::Forbidden) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

/// A role that may be changed, held until the transaction ends: the one way to it for every verb.
fn open(id: Uuid, db: &mut Db<'_, UpdateRoles>) -> Result<Role> {
    may_change(&Role::of(id, db)?, db)?;
    let _: Uuid = roles::table.find(id).select(roles::id).for_update().first(db.conn())?;
    Role::of(id, db)
}

fn may_change(role: &Role, db: &mut Db<'_, UpdateRoles>) -> Result<()> {
    let own: Option<Option<Uuid>> = users::table
        .filter(users::id.nullable().eq(db.user()))
        .select(users::role_id)
        .first(db.conn())
        .optional()?;
    let is_own = own.flatten() == Some(role.id);
    if role.is_built_in() || is_own || !Authority::of_oneself(db)?.covers_role(role.scopes()) {
        return Err(Error::Forbidden);
    }
    Ok(())
}

/// What was chosen, and whatever that includes, as far.
fn with_included(chosen: &BTreeMap<&'static str, UserScope>) -> Result<BTreeMap<&'static str, UserScope>> {
    let mut wanted = chosen.clone();
    for (name, scope) in chosen {
        let entry = Entry::called(name).ok_or(Error::NotFound)?;
        if !entry.scopes.contains(scope) {
            return Err(Error::invalid("scopes", format!("{} This does not reach so.", entry.sentence)));
        }
        for weaker in entry.grants {
            let least = reaching(weaker, *scope);
            let held = wanted.entry(weaker).or_insert(least);
            *held = least.max(*held);
        }
    }
    Ok(wanted)
}

/// Writes what differs, so that history tells what was changed and nothing else.
fn replace(
    role: Uuid,
    before: &BTreeMap<&str, UserScope>,
    wanted: &BTreeMap<&str, UserScope>,
    db: &mut Db<'_, UpdateRoles>,
) -> Result<()> {
    let gone: Vec<&str> = before.keys().filter(|name| !wanted.contains_key(*name)).copied().collect();
    diesel::delete(held::table.filter(held::role_id.eq(role)).filter(held::permission.eq_any(gone)))
        .execute(db.conn())?;
    for (name, scope) in wanted.iter().filter(|(name, scope)| before.get(*name) != Some(scope)) {
        diesel::insert_into(held::table)
            .values((held::role_id.eq(role), held::permission.eq(*name), held::scope.eq(*scope)))
            .on_conflict((held::role_id, held::permission))
            .do_update()
            .set(held::scope.eq(*scope))
            .execute(db.conn())?;
    }
    Ok(())
}

/// A role of one's own is not called like a built-in one.
fn is_free(name: &str) -> Result<()> {
    let alike = ROLES.iter().any(|role| role.name.to_lowercase() == name.to_lowercase());
    if alike { Err(Error::invalid("name", "A built-in role is called so.")) } else { Ok(()) }
}

fn name_taken(error: diesel::result::Error) -> Error {
    Error::from(error).taken("roles_name", "name", "Another role is called so.")
}
