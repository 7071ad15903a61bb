//! The list of accounts: found by name or address, a page at a time.

use chrono::{DateTime, Utc};
use diesel::{pg::Pg, prelude::*};
use schema::{roles, users};
use uuid::Uuid;

use super::account::{Account, GUESSES, LATELY, Standing, visible};
use crate::{
    db::Db,
    error::Result,
    permit::{Grants, ReadUsers},
    slice::{Listing, Slice},
};

type Query = users::BoxedQuery<'static, Pg>;

impl Account {
    /// Everyone whom the reader may see, by family name, with the role's name: filters `state` (empty: all that are
    /// not deleted, or a standing's word) and `role`.
    pub fn listed(
        listing: &Listing,
        db: &mut Db<'_, impl Grants<ReadUsers>>,
    ) -> Result<Slice<(Self, Option<String>)>> {
        let role = roles::table.filter(roles::id.nullable().eq(users::role_id)).select(roles::name);
        let now = db.now();
        let rows = after(narrowed(visible(db), listing, now), listing)
            .select((Self::as_select(), role.single_value()))
            .order((users::last_name, users::first_name, users::id))
            .limit(Slice::<Self>::limit())
            .load(db.conn())?;
        Ok(Slice::of(rows))
    }

    /// What the next page of the list goes on after.
    #[must_use]
    pub fn place(&self) -> String {
        format!("{}\t{}", self.last_name, self.first_name)
    }
}

fn narrowed(mut query: Query, listing: &Listing, now: DateTime<Utc>) -> Query {
    for pattern in listing.patterns() {
        query = query.filter(
            users::first_name
                .ilike(pattern.clone())
                .or(users::last_name.ilike(pattern.clone()))
                .or(users::email.ilike(pattern)),
        );
    }
    if let Some(role) = listing.filter("role").and_then(|id| Uuid::parse_str(id).ok()) {
        query = query.filter(users::role_id.eq(role));
    }
    match listing.filter("state").and_then(Standing::named) {
        None => query.filter(users::deleted_at.is_null()),
        Some(standing) => standing.of_them(query, now),
    }
}

impl Standing {
    /// Those who stand so at an instant.
    fn of_them(self, query: Query, now: DateTime<Utc>) -> Query {
        let kept =
            |query: Query| query.filter(users::deleted_at.is_null()).filter(users::disabled_at.is_null());
        let open = |query: Query| kept(query).filter(users::left_at.is_null());
        let never_came = || users::has_password.eq(false).and(users::last_seen_at.is_null());
        let guessed = || {
            let lately =
                users::locked_until.is_not_null().and(users::locked_until.assume_not_null().gt(now - LATELY));
            users::failed_login_attempts.ge(GUESSES).and(lately)
        };
        match self {
            Self::Deleted => query.filter(users::deleted_at.is_not_null()),
            Self::Disabled => {
                query.filter(users::deleted_at.is_null()).filter(users::disabled_at.is_not_null())
            }
            Self::Left => kept(query).filter(users::left_at.is_not_null()),
            Self::Invited => open(query).filter(never_came()),
            Self::Guessed => open(query).filter(diesel::dsl::not(never_came())).filter(guessed()),
            Self::Active => {
                open(query).filter(diesel::dsl::not(never_came())).filter(diesel::dsl::not(guessed()))
            }
        }
    }
}

fn after(query: Query, listing: &Listing) -> Query {
    let Some((place, id)) = listing.after.clone() else {
        return query;
    };
    let (last, first) = place.split_once('\t').unwrap_or((&place, ""));
    let (last, first) = (last.to_owned(), first.to_owned());
    let same_first = users::first_name.eq(first.clone()).and(users::id.gt(id));
    query
        .filter(users::last_name.ge(last.clone()))
        .filter(users::last_name.gt(last).or(users::first_name.gt(first).or(same_first)))
}
