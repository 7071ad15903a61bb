//! What somebody may do altogether, and the rules that nobody gets around: who changes an account or a role holds all that
//! it opens, before and after; nobody changes their own; and an administrator remains.

use std::collections::BTreeMap;

use diesel::{dsl::exists, prelude::*};
use schema::{roles, staff, user_custom_permissions as grants, users};
use serde_json::json;
use uuid::Uuid;

use super::{
    account::Account,
    own_role::{Role, visible},
};
use crate::{
    db::Db,
    error::{Error, Result},
    permit::{Grants, Permission, ReadUsers, UpdateUsers},
    reach::{Holdings, Reach},
    sql::{alone_with_accounts, permissions_of},
    words::UserScope,
};

/// Everything that somebody may do and how far.
pub(crate) struct Authority(BTreeMap<String, Reach>);

impl Authority {
    /// That of a user of this organization, as it is now.
    pub(crate) fn of<P: Permission>(user: Uuid, db: &mut Db<'_, P>) -> Result<Self> {
        let home = home(user, db)?;
        Self::at(user, home, db)
    }

    /// What it would be if they worked at this campus.
    pub(crate) fn at<P: Permission>(user: Uuid, home: Option<Uuid>, db: &mut Db<'_, P>) -> Result<Self> {
        let held: serde_json::Value = diesel::select(permissions_of(user)).get_result(db.conn())?;
        let holdings: Holdings = serde_json::from_value(held).map_err(Error::internal)?;
        Ok(Self(holdings.into_iter().map(|(name, held)| (name, held.reach(home))).collect()))
    }

    /// That of whoever is at work.
    pub(crate) fn of_oneself<P: Permission>(db: &mut Db<'_, P>) -> Result<Self> {
        Self::of(db.user().ok_or(Error::Forbidden)?, db)
    }

    pub(crate) fn covers(&self, other: &Self) -> bool {
        self.covers_what_is_new(other, &Self(BTreeMap::new()))
    }

    /// Whether each right of an account that reaches further than before is within this one.
    pub(crate) fn covers_what_is_new(&self, now: &Self, before: &Self) -> bool {
        now.0.iter().all(|(name, reach)| {
            [self, before].iter().any(|held| held.0.get(name).is_some_and(|held| held.covers(reach)))
        })
    }

    /// Whether somebody may decide about a role that holds these: wherever it may be given.
    pub(crate) fn covers_role<'s>(&self, scopes: impl IntoIterator<Item = (&'s str, UserScope)>) -> bool {
        scopes.into_iter().all(|(name, scope)| {
            let own = self.0.get(name);
            own.is_some_and(|own| match scope {
                UserScope::Own => true,
                UserScope::Assigned => own.covers(&Reach::Assigned),
                UserScope::Campuses | UserScope::Organization | UserScope::Global => {
                    *own == Reach::Organization
                }
            })
        })
    }

    /// Whether all that a role opens which is bound to a campus is within this one. One that opens nothing there is not.
    pub(super) fn covers_at(&self, campus: Uuid, scopes: &BTreeMap<&str, UserScope>) -> bool {
        let is_within = |(name, scope): (&&str, &UserScope)| {
            self.reach(name).is_some_and(|own| own.covers(&Reach::of(*scope, &[campus], None)))
        };
        !scopes.is_empty() && scopes.iter().all(is_within)
    }

    /// How far one permission reaches.
    pub(crate) fn reach(&self, permission: &str) -> Option<&Reach> {
        self.0.get(permission)
    }

    /// Whether something of this name is held at all.
    pub(crate) fn names(&self, permission: &str) -> bool {
        self.0.contains_key(permission)
    }
}

/// Whether whoever is at work may do all that anybody of the organization may, everywhere.
pub(super) fn covers_everybody<P: Permission>(db: &mut Db<'_, P>) -> Result<bool> {
    let own = Authority::of_oneself(db)?;
    let organization = db.organization();
    let staying = users::organization_id.eq(organization).and(users::deleted_at.is_null());
    let in_use =
        users::table.filter(staying).filter(users::role_id.eq(roles::id.nullable())).select(users::id);
    let used: Vec<Role> = visible(db).filter(exists(in_use)).select(Role::as_select()).load(db.conn())?;
    let direct: Vec<(String, UserScope)> = grants::table
        .filter(grants::organization_id.eq(organization))
        .select((grants::permission, grants::scope))
        .distinct()
        .load(db.conn())?;
    let direct = direct.iter().map(|(name, scope)| (name.as_str(), *scope));
    Ok(own.covers_role(used.iter().flat_map(Role::scopes).chain(direct)))
}

/// The campus where a user works.
pub(crate) fn home<P: Permission>(user: Uuid, db: &mut Db<'_, P>) -> Result<Option<Uuid>> {
    let home: Option<Option<Uuid>> = staff::table
        .filter(staff::organization_id.eq(db.organization()))
        .filter(staff::user_id.eq(user))
        .filter(staff::deleted_at.is_null())
        .select(staff::campus_id)
        .first(db.conn())
        .optional()?;
    Ok(home.flatten())
}

/// Does something to somebody else's account, which is the one way to it for every verb. The door lets those in one
/// after the other who do such things, so what is found here stays so.
///
/// # Errors
/// [`Error::NotFound`] when it is not in reach, [`Error::Forbidden`] when it is one's own or opens more than one's own does,
/// before or after; [`Error::Conflict`] when no administrator would remain.
pub(super) fn administer<P: Grants<ReadUsers>, T>(
    id: Uuid,
    db: &mut Db<'_, P>,
    work: impl FnOnce(&Account, &mut Db<'_, P>) -> Result<T>,
) -> Result<T> {
    let account = held(id, db)?;
    if db.user() == Some(id) {
        return Err(Error::Forbidden);
    }
    is_within_ones_own(id, db)?;
    keeping_an_administrator(db, |db| {
        let done = work(&account, db)?;
        is_within_ones_own(id, db)?;
        Ok(done)
    })
}

/// An account in reach, held until the transaction ends.
fn held<P: Grants<ReadUsers>>(id: Uuid, db: &mut Db<'_, P>) -> Result<Account> {
    Account::of(id, db)?;
    let row = users::table.filter(users::organization_id.eq(db.organization())).filter(users::id.eq(id));
    let _: Uuid = row.select(users::id).for_update().first(db.conn())?;
    Account::of(id, db)
}

/// Refuses an account that opens anything that one's own does not.
pub(crate) fn is_within_ones_own<P: Permission>(user: Uuid, db: &mut Db<'_, P>) -> Result<()> {
    let (own, theirs) = (Authority::of_oneself(db)?, Authority::of(user, db)?);
    if own.covers(&theirs) { Ok(()) } else { Err(Error::Forbidden) }
}

impl Account {
    /// Whether it is somebody else's and opens nothing that one's own does not: a page offers changes only then.
    pub fn is_open_to_change(&self, db: &mut Db<'_, impl Grants<ReadUsers>>) -> Result<bool> {
        match is_within_ones_own(self.id, db) {
            Ok(()) => Ok(db.user() != Some(self.id)),
            Err(Error::Forbidden) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

/// Does something after which somebody must still be able to sign in and to change accounts in the whole organization, if
/// anybody was before.
///
/// # Errors
/// [`Error::Conflict`] when nobody would be; then nothing is kept.
pub(crate) fn keeping_an_administrator<P: Permission, T>(
    db: &mut Db<'_, P>,
    work: impl FnOnce(&mut Db<'_, P>) -> Result<T>,
) -> Result<T> {
    wait_for_others(db)?;
    let was_there = is_there_an_administrator(db)?;
    let done = work(db)?;
    one_remains(was_there, db)?;
    Ok(done)
}

/// The same after something was done that is not kept yet, once it is known to close an account.
///
/// # Errors
/// As [`keeping_an_administrator`].
pub(crate) fn does_an_administrator_remain<P: Permission>(was_there: bool, db: &mut Db<'_, P>) -> Result<()> {
    wait_for_others(db)?;
    one_remains(was_there, db)
}

/// Of two who close accounts at once, the second sees what the first did.
fn wait_for_others<P: Permission>(db: &mut Db<'_, P>) -> Result<()> {
    let _: bool = diesel::select(alone_with_accounts(db.organization())).get_result(db.conn())?;
    Ok(())
}

fn one_remains<P: Permission>(was_there: bool, db: &mut Db<'_, P>) -> Result<()> {
    if was_there && !is_there_an_administrator(db)? {
        return Err(Error::Conflict(
            "Nobody would remain who can sign in and change accounts. Make somebody else an administrator first."
                .into(),
        ));
    }
    Ok(())
}

/// Whether somebody can sign in and change accounts in the whole organization.
pub(crate) fn is_there_an_administrator<P: Permission>(db: &mut Db<'_, P>) -> Result<bool> {
    let organization = db.organization();
    let name = UpdateUsers::ENTRY.name;
    let by_role = roles::table
        .filter(roles::id.nullable().eq(users::role_id))
        .filter(roles::holdings.contains(json!({ name: [{ "scope": "organization" }] })));
    let directly = grants::table
        .filter(grants::user_id.eq(users::id))
        .filter(grants::permission.eq(name))
        .filter(grants::scope.eq(UserScope::Organization));
    let somebody = users::table
        .filter(users::organization_id.eq(organization))
        .filter(users::deleted_at.is_null())
        .filter(users::disabled_at.is_null())
        .filter(users::left_at.is_null())
        .filter(users::has_password.or(users::last_seen_at.is_not_null()))
        .filter(exists(directly).or(users::role_campus_ids.eq(Vec::<Uuid>::new()).and(exists(by_role))))
        .select(users::id);
    Ok(diesel::select(exists(somebody)).get_result(db.conn())?)
}
