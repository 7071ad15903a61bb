//! Organizations: a school, a group or a district with everything that is its own.

use chrono_tz::Tz;
use diesel::{PgConnection, prelude::*};
use schema::organizations;
use uuid::Uuid;

use crate::{
    clock::new_id,
    error::{Error, Result},
    text,
};

/// An organization to be founded.
#[derive(Clone, Debug)]
pub struct NewOrganization {
    slug: String,
    name: String,
    time_zone: Tz,
}

impl NewOrganization {
    /// Checks what was typed: a slug of small letters, digits and hyphens, a name, an IANA zone.
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
        let time_zone = time_zone.parse().map_err(|_| {
            Error::invalid("time_zone", "Name a time zone such as Europe/Lisbon or America/New_York.")
        })?;
        Ok(Self { slug: slug.to_owned(), name, time_zone })
    }
}

/// What to say of a short name that is none.
pub const NO_SLUG: &str = "Small letters, digits and hyphens, such as quay-street.";

/// Whether an organization can be called so in addresses and on the command line.
#[must_use]
pub fn is_slug(typed: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
    typed.len() <= 60 && typed.split('-').all(|part| !part.is_empty() && part.chars().all(plain))
}

/// Founds an organization; what every school needs from the start is given by the lobby afterwards.
pub(crate) fn found(new: &NewOrganization, conn: &mut PgConnection) -> Result<Uuid> {
    let id = new_id();
    diesel::insert_into(organizations::table)
        .values((
            organizations::id.eq(id),
            organizations::slug.eq(&new.slug),
            organizations::name.eq(&new.name),
            organizations::time_zone.eq(new.time_zone.name()),
        ))
        .execute(conn)
        .map_err(slug_taken)?;
    Ok(id)
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
