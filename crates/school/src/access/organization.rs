//! Organizations: a school, a group or a district with everything that is its own.

use chrono_tz::Tz;
use diesel::{PgConnection, prelude::*};
use schema::organizations;
use uuid::Uuid;

use crate::{
    error::{Error, Result},
    text,
};

/// The language, currency and first day of the week of an organization that says nothing of them.
const LOCALE: &str = "en-GB";
const CURRENCY: &str = "EUR";
const WEEK_START: i16 = 1;

/// What is written of an organization: of one to be founded, or after a change.
#[derive(Clone, Debug, Default, Insertable, AsChangeset)]
#[diesel(table_name = organizations)]
pub struct NewOrganization {
    /// Its short name in addresses and on the command line.
    pub slug: String,
    /// What it is called, up to 200 characters.
    pub name: String,
    /// IANA zone.
    pub time_zone: String,
    /// BCP 47 tag.
    pub locale: String,
    /// ISO 4217, three letters.
    pub currency: String,
    /// First day of the week: 0 Sunday to 6 Saturday.
    pub week_start: i16,
}

impl NewOrganization {
    /// One of which nothing is known yet but what is usual.
    #[must_use]
    pub fn usual() -> Self {
        Self {
            locale: LOCALE.to_owned(),
            currency: CURRENCY.to_owned(),
            week_start: WEEK_START,
            ..Self::default()
        }
    }

    /// Checks what was typed: a slug of small letters, digits and hyphens, a name, an IANA zone. The rest is as usual.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the field's name.
    pub fn read(slug: &str, name: &str, time_zone: &str) -> Result<Self> {
        let name = text::line(name, 200).map_err(|reason| Error::invalid("name", reason))?;
        if name.is_empty() {
            return Err(Error::invalid("name", "Give the organization a name."));
        }
        if !is_slug(slug) {
            return Err(Error::invalid("slug", NO_SLUG));
        }
        let zone: Tz = time_zone.parse().map_err(|_| Error::invalid("time_zone", NO_ZONE))?;
        Ok(Self { slug: slug.to_owned(), name, time_zone: zone.name().to_owned(), ..Self::usual() })
    }

    /// Founds it; what every school needs from the start is given by the lobby afterwards.
    pub(crate) fn found(&self, id: Uuid, conn: &mut PgConnection) -> Result<()> {
        diesel::insert_into(organizations::table)
            .values((self, organizations::id.eq(id)))
            .execute(conn)
            .map_err(slug_taken)?;
        Ok(())
    }
}

/// What to say of a time zone that is none.
pub const NO_ZONE: &str = "Name a time zone such as Europe/Lisbon or America/New_York.";
/// What to say of a short name that is none.
pub const NO_SLUG: &str = "Small letters, digits and hyphens, such as quay-street.";

/// Whether an organization can be called so in addresses and on the command line.
#[must_use]
pub fn is_slug(typed: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
    typed.len() <= 60 && typed.split('-').all(|part| !part.is_empty() && part.chars().all(plain))
}

pub(super) fn slug_taken(error: diesel::result::Error) -> Error {
    Error::from(error).taken("organizations_slug_key", "slug", "This short name is taken.")
}

/// The organization that a slug names.
pub(crate) fn called(slug: &str, conn: &mut PgConnection) -> Result<Uuid> {
    organizations::table
        .filter(organizations::slug.eq(slug))
        .filter(organizations::deleted_at.is_null())
        .select(organizations::id)
        .first(conn)
        .optional()?
        .ok_or_else(|| Error::invalid("organization", format!("There is no organization called {slug}.")))
}

/// Every organization by its slug.
pub(crate) fn all(conn: &mut PgConnection) -> Result<Vec<(String, Uuid)>> {
    let all = organizations::table.select((organizations::slug, organizations::id));
    Ok(all.order(organizations::slug).load(conn)?)
}
