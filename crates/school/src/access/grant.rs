//! What somebody holds beside their role: given directly, which only ever adds.

use diesel::prelude::*;
use schema::user_custom_permissions as grants;
use uuid::Uuid;

use super::{
    account::Account,
    authority::{Authority, administer},
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
    /// [`Error::Invalid`] for `scope` and `campus` when they are not offered, [`Error::NotFound`] out of reach,
    /// [`Error::Forbidden`] for one's own account, or one that opens more before or after.
    pub fn give(&self, user: Uuid, db: &mut Db<'_, UpdateUsers>) -> Result<()> {
        if !self.permission.scopes.contains(&self.scope) {
            return Err(Error::invalid("scope", "This permission does not reach so. Choose another."));
        }
        check_campuses(&self.campuses, db)?;
        administer(user, db, |_, db| {
            keep(user, self.permission.name, self.scope, &self.campuses, db)?;
            self.permission.grants.iter().try_for_each(|weaker| self.include(user, weaker, db))
        })
    }

    /// Gives a permission that this one includes, where they do not hold it as far.
    fn include(&self, user: Uuid, weaker: &str, db: &mut Db<'_, UpdateUsers>) -> Result<()> {
        let held = Authority::of(user, db)?;
        let wanted = held.reach(self.permission.name).cloned().unwrap_or(Reach::Own);
        let known = held.reach(weaker).cloned().unwrap_or(Reach::Own);
        if held.names(weaker) && known.covers(&wanted) {
            return Ok(());
        }
        let campuses = match known.or(wanted) {
            Reach::Campuses(all) | Reach::AssignedAndCampuses(all) if self.scope == UserScope::Campuses => {
                all
            }
            _ => Vec::new(),
        };
        keep(user, weaker, reaching(weaker, self.scope), &campuses, db)
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
            let left = Authority::of(user, db)?;
            for strong in held(user, db)? {
                let reach = left.reach(strong.permission.name).unwrap_or(&Reach::Own);
                let is_needed = strong.permission.grants.contains(&permission)
                    && !left.reach(permission).is_some_and(|left| left.covers(reach));
                if is_needed {
                    return Err(Error::Conflict(format!(
                        "They were also given: {} That includes this, so take it away first.",
                        strong.permission.sentence
                    )));
                }
            }
            Ok(())
        })
    }
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

fn keep<P: Permission>(
    user: Uuid,
    permission: &str,
    scope: UserScope,
    campuses: &[Uuid],
    db: &mut Db<'_, P>,
) -> Result<()> {
    let campuses = if scope == UserScope::Campuses { campuses } else { &[] };
    let values = (grants::scope.eq(scope), grants::campus_ids.eq(campuses));
    diesel::insert_into(grants::table)
        .values((grants::user_id.eq(user), grants::permission.eq(permission), values))
        .on_conflict((grants::user_id, grants::permission))
        .do_update()
        .set(values)
        .execute(db.conn())?;
    Ok(())
}
