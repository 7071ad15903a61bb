//! Organizations as the platform's own people see and change them. Of what is in one they see nothing here.

use chrono::{DateTime, Utc};
use diesel::{PgConnection, prelude::*};
use schema::{organizations, users};
use uuid::Uuid;

use super::organization::{NewOrganization, slug_taken};
use crate::{
    edit::Edit,
    error::{Error, Result},
    slice::{Listing, Slice},
};

/// An organization.
#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = organizations)]
pub struct Organization {
    /// Its id.
    pub id: Uuid,
    /// Its short name in addresses and on the command line.
    pub slug: String,
    /// What it is called.
    pub name: String,
    /// IANA zone; a campus may have its own.
    pub time_zone: String,
    /// BCP 47 tag.
    pub locale: String,
    /// ISO 4217, three letters.
    pub currency: String,
    /// First day of the week: 0 Sunday to 6 Saturday.
    pub week_start: i16,
    /// Since when nobody of it comes in.
    pub suspended_at: Option<DateTime<Utc>>,
    /// Why.
    pub suspended_because: Option<String>,
    /// Since when it is here.
    pub created_at: DateTime<Utc>,
    /// When this was last changed; an edit carries it.
    pub updated_at: DateTime<Utc>,
    updated_by_id: Option<Uuid>,
}

impl Organization {
    /// Whether nobody of it comes in.
    #[must_use]
    pub fn is_suspended(&self) -> bool {
        self.suspended_at.is_some()
    }

    /// Those that are not deleted, by name, each with how many accounts it has; filter `state` (`suspended`: only these).
    pub(crate) fn listed(listing: &Listing, conn: &mut PgConnection) -> Result<Slice<(Self, i64)>> {
        let accounts = users::table
            .filter(users::organization_id.eq(organizations::id.nullable()))
            .filter(users::deleted_at.is_null())
            .count();
        let mut query = organizations::table.filter(organizations::deleted_at.is_null()).into_boxed();
        for pattern in listing.patterns() {
            query = query
                .filter(organizations::name.ilike(pattern.clone()).or(organizations::slug.ilike(pattern)));
        }
        if listing.filter("state") == Some("suspended") {
            query = query.filter(organizations::suspended_at.is_not_null());
        }
        if let Some((name, id)) = listing.after.clone() {
            let same = organizations::name.eq(name.clone()).and(organizations::id.gt(id));
            query = query.filter(organizations::name.gt(name).or(same));
        }
        let rows: Vec<(Self, Option<i64>)> = query
            .select((Self::as_select(), accounts.single_value()))
            .order((organizations::name, organizations::id))
            .limit(Slice::<Self>::limit())
            .load(conn)?;
        Ok(Slice::of(rows.into_iter().map(|(one, accounts)| (one, accounts.unwrap_or_default())).collect()))
    }

    /// The one with `id`.
    pub(crate) fn of(id: Uuid, conn: &mut PgConnection) -> Result<Self> {
        let known = organizations::table.find(id).filter(organizations::deleted_at.is_null());
        Ok(known.select(Self::as_select()).first(conn)?)
    }

    /// The same, which stays as it is until the transaction ends.
    pub(crate) fn held(id: Uuid, conn: &mut PgConnection) -> Result<Self> {
        let known = organizations::table.find(id).filter(organizations::deleted_at.is_null());
        Ok(known.select(Self::as_select()).for_no_key_update().first(conn)?)
    }

    /// Lets nobody of it in any more. Everybody is signed out, and stays so when it is lifted.
    pub(crate) fn suspend(&self, because: &str, now: DateTime<Utc>, conn: &mut PgConnection) -> Result<()> {
        if self.is_suspended() {
            return Err(Error::Conflict(format!("{} is suspended already.", self.name)));
        }
        diesel::update(organizations::table.find(self.id))
            .set((organizations::suspended_at.eq(now), organizations::suspended_because.eq(because)))
            .execute(conn)?;
        diesel::update(users::table.filter(users::organization_id.eq(self.id)))
            .set(users::epoch.eq(users::epoch + 1))
            .execute(conn)?;
        Ok(())
    }

    /// Lets its people in again.
    pub(crate) fn lift(&self, conn: &mut PgConnection) -> Result<()> {
        diesel::update(organizations::table.find(self.id))
            .set((
                organizations::suspended_at.eq(None::<DateTime<Utc>>),
                organizations::suspended_because.eq(None::<String>),
            ))
            .execute(conn)?;
        Ok(())
    }
}

impl NewOrganization {
    /// Changes one, unless somebody else did since it was `seen`.
    pub(crate) fn change(
        &self,
        id: Uuid,
        seen: DateTime<Utc>,
        conn: &mut PgConnection,
    ) -> Result<Edit<Organization>> {
        let now = Organization::held(id, conn)?;
        if now.updated_at != seen {
            let by: Option<(String, String)> = users::table
                .filter(users::id.nullable().eq(now.updated_by_id))
                .filter(users::organization_id.is_null())
                .select((users::first_name, users::last_name))
                .first(conn)
                .optional()?;
            let by = by.map(|(first, last)| format!("{first} {last}"));
            return Ok(Edit::Stale { now: Box::new(now), by });
        }
        diesel::update(organizations::table.find(id)).set(self).execute(conn).map_err(slug_taken)?;
        Ok(Edit::Kept)
    }
}
