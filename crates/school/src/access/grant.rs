//! What somebody holds beside their role: given directly, which only ever adds.

use std::collections::BTreeSet;

use diesel::prelude::*;
use schema::user_custom_permissions as grants;
use uuid::Uuid;

use super::{
    account::Account,
    authority::{administer, home},
    given_role::check_campuses,
};
use crate::{
    db::Db,
    error::{Error, Result},
    permit::{ALL, Entry, Grants, Permission, ReadUsers, UpdateUsers},
    reach::Reach,
    words::UserScope,
};

/// A permission given to one person.
#[derive(Clone, Debug)]
pub struct Grant {
    /// Which.
    pub permission: &'static Entry,
    /// How far it reaches.
    pub scope: UserScope,
    /// Where, if it reaches campuses; none: where they work.
    pub campuses: Vec<Uuid>,
}

type Row = (String, UserScope, Vec<Option<Uuid>>);

impl Grant {
    /// Those of an account, by name.
    ///
    /// # Errors
    /// [`Error::NotFound`] out of reach.
    pub fn of_account(user: Uuid, db: &mut Db<'_, impl Grants<ReadUsers>>) -> Result<Vec<Self>> {
        Account::of(user, db)?;
        held(user, db)
    }

    /// Gives it to somebody, in place of what they were given of it before, along with what it includes.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `scope` and `campus` when they are not offered, and for `scope` where something else that was
    /// given includes this and reaches further; [`Error::NotFound`] out of reach, [`Error::Forbidden`] for one's own account,
    /// or one that opens more before or after.
    pub fn give(&self, user: Uuid, db: &mut Db<'_, UpdateUsers>) -> Result<()> {
        if !self.permission.scopes.contains(&self.scope) {
            return Err(Error::invalid("scope", "This permission does not reach so. Choose another."));
        }
        check_campuses(&self.campuses, db)?;
        administer(user, db, |_, db| {
            keep(user, self, db)?;
            self.permission.grants.iter().try_for_each(|weaker| self.include(user, weaker, db))?;
            let needs = |strong: Self| {
                let sentence = strong.permission.sentence;
                Error::invalid(
                    "scope",
                    format!("They were also given: {sentence} That includes this, so give it as far."),
                )
            };
            needed_by(user, self.permission.name, db)?.map(needs).map_or(Ok(()), Err)
        })
    }

    /// Gives a permission that this one includes as far as this one, whatever the role holds of it: they may have another
    /// role tomorrow.
    fn include(&self, user: Uuid, weaker: &str, db: &mut Db<'_, UpdateUsers>) -> Result<()> {
        let home = home(user, db)?;
        let mut wanted = Self {
            permission: Entry::called(weaker).ok_or(Error::NotFound)?,
            scope: reaching(weaker, self.scope),
            campuses: self.campuses.clone(),
        };
        if let Some(known) = held(user, db)?.into_iter().find(|one| one.permission.name == weaker) {
            let (has, needs) = (known.reach(home), wanted.reach(home));
            if has.covers(&needs) {
                return Ok(());
            }
            let both: BTreeSet<Uuid> = has.or(needs).campuses().iter().copied().collect();
            wanted.campuses = both.into_iter().collect();
        }
        keep(user, &wanted, db)
    }

    fn reach(&self, home: Option<Uuid>) -> Reach {
        Reach::of(self.scope, &self.campuses, home)
    }

    /// Takes what was given directly away again.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it was not given or out of reach, [`Error::Forbidden`] as [`Grant::give`], [`Error::Conflict`]
    /// while something else that was given includes it.
    pub fn take_away(user: Uuid, permission: &str, db: &mut Db<'_, UpdateUsers>) -> Result<()> {
        administer(user, db, |_, db| {
            let permission = Entry::called(permission).ok_or(Error::NotFound)?.name;
            let taken = diesel::delete(grants::table.find((user, permission))).execute(db.conn())?;
            if taken == 0 {
                return Err(Error::NotFound);
            }
            let needs = |strong: Self| {
                let sentence = strong.permission.sentence;
                Error::Conflict(format!(
                    "They were also given: {sentence} That includes this, so take it away first."
                ))
            };
            needed_by(user, permission, db)?.map(needs).map_or(Ok(()), Err)
        })
    }
}

/// What else was given that includes a permission and reaches further than that was given.
fn needed_by(user: Uuid, permission: &str, db: &mut Db<'_, UpdateUsers>) -> Result<Option<Grant>> {
    let (given, home) = (held(user, db)?, home(user, db)?);
    let left = given.iter().find(|one| one.permission.name == permission).map(|one| one.reach(home));
    let needs = |strong: &&Grant| {
        let is_covered = left.as_ref().is_some_and(|left| left.covers(&strong.reach(home)));
        strong.permission.grants.contains(&permission) && !is_covered
    };
    Ok(given.iter().find(needs).cloned())
}

/// The narrowest way in which a permission reaches as far as `scope`.
pub(super) fn reaching(permission: &str, scope: UserScope) -> UserScope {
    let scopes = Entry::called(permission).map_or(&[][..], |entry| entry.scopes);
    scopes.iter().copied().find(|one| *one >= scope).or(scopes.last().copied()).unwrap_or(scope)
}

fn held<P: Permission>(user: Uuid, db: &mut Db<'_, P>) -> Result<Vec<Grant>> {
    let rows: Vec<Row> = grants::table
        .filter(grants::user_id.eq(user))
        .select((grants::permission, grants::scope, grants::campus_ids))
        .order(grants::permission)
        .limit(i64::try_from(ALL.len()).unwrap_or(i64::MAX))
        .load(db.conn())?;
    let known = |(name, scope, campuses): Row| {
        let campuses = campuses.into_iter().flatten().collect();
        Some(Grant { permission: Entry::called(&name)?, scope, campuses })
    };
    Ok(rows.into_iter().filter_map(known).collect())
}

fn keep<P: Permission>(user: Uuid, given: &Grant, db: &mut Db<'_, P>) -> Result<()> {
    let campuses = if given.scope == UserScope::Campuses { &given.campuses[..] } else { &[] };
    let values = (grants::scope.eq(given.scope), grants::campus_ids.eq(campuses));
    diesel::insert_into(grants::table)
        .values((grants::user_id.eq(user), grants::permission.eq(given.permission.name), values))
        .on_conflict((grants::user_id, grants::permission))
        .do_update()
        .set(values)
        .execute(db.conn())?;
    Ok(())
}
