//! Who may do this, and why may this person do this.

use diesel::{dsl::exists, prelude::*};
use schema::{change_events, roles, staff, user_custom_permissions as grants, users};
use serde_json::Value;
use uuid::Uuid;

use super::{account::Account, authority::home, grant::Grant};
use crate::{
    db::Db,
    error::{Error, Result},
    people::history::{self, Change},
    permit::{ALL, Entry, Grants, ReadRoles, ReadUsers},
    reach::{Held, Holdings, Reach},
    sql::permissions_of,
};

/// How far somebody holds a permission, and by what.
#[derive(Clone, Debug)]
pub struct Grounds {
    /// By their role.
    pub by_role: Option<Reach>,
    /// Given directly.
    pub directly: Option<Reach>,
}

impl Grounds {
    /// What was given directly stands last.
    fn of(held: &Held, is_given: bool, home: Option<Uuid>) -> Self {
        let mut reaches = held.reaches(home);
        let directly = if is_given { reaches.pop() } else { None };
        Self { by_role: reaches.into_iter().reduce(Reach::or), directly }
    }

    /// The wider of the two.
    #[must_use]
    pub fn reach(&self) -> Reach {
        let both = self.by_role.iter().chain(&self.directly).cloned();
        both.reduce(Reach::or).unwrap_or(Reach::Own)
    }
}

/// A permission that one person holds.
#[derive(Clone, Debug)]
pub struct Reason {
    /// Which.
    pub entry: &'static Entry,
    /// How far and by what.
    pub grounds: Grounds,
    /// What they hold that includes it.
    pub included_by: Vec<&'static Entry>,
}

impl Reason {
    /// Everything that somebody may do, in the order of the catalogue, and why.
    ///
    /// # Errors
    /// [`Error::NotFound`] out of reach.
    pub fn of_account(user: Uuid, db: &mut Db<'_, impl Grants<ReadUsers>>) -> Result<Vec<Self>> {
        let given = Grant::of_account(user, db)?;
        let held: Value = diesel::select(permissions_of(user)).get_result(db.conn())?;
        let held: Holdings = serde_json::from_value(held).map_err(Error::internal)?;
        let home = home(user, db)?;
        let reason = |entry: &'static Entry| {
            let is_given = given.iter().any(|one| one.permission.name == entry.name);
            let grounds = Grounds::of(held.get(entry.name)?, is_given, home);
            let includes = |one: &&Entry| one.grants.contains(&entry.name) && held.contains_key(one.name);
            Some(Self { entry, grounds, included_by: ALL.iter().filter(includes).collect() })
        };
        Ok(ALL.iter().filter_map(reason).collect())
    }
}

/// Somebody who holds a permission.
#[derive(Clone, Debug)]
pub struct Holder {
    /// Their account.
    pub id: Uuid,
    /// First and family name.
    pub name: String,
    /// What their role is called.
    pub role: Option<String>,
    /// How far and by what.
    pub grounds: Grounds,
}

/// The most people that are named.
pub const MOST: usize = 200;

type Row = (Uuid, String, String, Option<String>, Option<Uuid>, Value, bool);

impl Holder {
    /// Everybody whose account is open and who holds a permission, by family name: at most [`MOST`] and one more.
    ///
    /// # Errors
    /// [`Error::NotFound`] when no permission is called so.
    pub fn of_permission(
        permission: &str,
        db: &mut Db<'_, impl Grants<ReadRoles>>,
    ) -> Result<(&'static Entry, Vec<Self>)> {
        let entry = Entry::called(permission).ok_or(Error::NotFound)?;
        let organization = db.organization();
        let role = || roles::table.filter(roles::id.nullable().eq(users::role_id));
        let given =
            || grants::table.filter(grants::user_id.eq(users::id)).filter(grants::permission.eq(entry.name));
        let home = staff::table
            .filter(staff::organization_id.eq(organization))
            .filter(staff::user_id.eq(users::id.nullable()))
            .filter(staff::deleted_at.is_null())
            .select(staff::campus_id);
        let rows: Vec<Row> = users::table
            .filter(users::organization_id.eq(organization))
            .filter(users::deleted_at.is_null())
            .filter(users::disabled_at.is_null())
            .filter(users::left_at.is_null())
            .filter(exists(role().filter(roles::holdings.has_key(entry.name))).or(exists(given())))
            .select((
                users::id,
                users::first_name,
                users::last_name,
                role().select(roles::name).single_value(),
                home.single_value(),
                permissions_of(users::id),
                exists(given()),
            ))
            .order((users::last_name, users::first_name, users::id))
            .limit(i64::try_from(MOST + 1).unwrap_or(i64::MAX))
            .load(db.conn())?;
        let holder = |(id, first, last, role, home, held, is_given): Row| {
            let held: Holdings = serde_json::from_value(held).ok()?;
            let grounds = Grounds::of(held.get(entry.name)?, is_given, home);
            Some(Self { id, name: format!("{first} {last}"), role, grounds })
        };
        Ok((entry, rows.into_iter().filter_map(holder).collect()))
    }
}

impl Change {
    /// Changes of an account and of what was given to it directly, latest first.
    ///
    /// # Errors
    /// [`Error::NotFound`] out of reach.
    pub fn of_account(user: Uuid, db: &mut Db<'_, impl Grants<ReadUsers>>) -> Result<Vec<Self>> {
        Account::of(user, db)?;
        history::of(user, &["users", "user_custom_permissions"], None, db)
    }

    /// Changes of a role of the organization's own, latest first.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none.
    pub fn of_role(role: Uuid, db: &mut Db<'_, impl Grants<ReadRoles>>) -> Result<Vec<Self>> {
        super::own_role::Role::of(role, db)?;
        let copied: Option<Option<i64>> = change_events::table
            .filter(change_events::organization_id.eq(db.organization()))
            .filter(change_events::subject_id.eq(role))
            .filter(change_events::entity.eq("roles"))
            .filter(change_events::operation.eq("insert"))
            .select(change_events::transaction_id)
            .first(db.conn())
            .optional()?;
        history::of(role, &["roles", "role_permissions"], copied.flatten(), db)
    }
}
