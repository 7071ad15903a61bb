//! What becomes of a change when somebody else may have been faster.

use diesel::prelude::*;
use schema::users;
use uuid::Uuid;

use crate::{db::Db, error::Result, permit::Permission};

/// Whether a change was kept.
#[derive(Clone, Debug)]
pub enum Edit<T> {
    /// It was.
    Kept,
    /// Nothing was kept: somebody else changed this after it was read.
    Stale {
        /// As it stands now.
        now: Box<T>,
        /// Who changed it last, if a person did.
        by: Option<String>,
    },
}

/// The name of whoever changed a row last; none for an import, or for somebody of the platform.
pub(crate) fn author<P: Permission>(user: Option<Uuid>, db: &mut Db<'_, P>) -> Result<Option<String>> {
    let name: Option<(String, String)> = users::table
        .filter(users::organization_id.eq(db.organization()))
        .filter(users::id.nullable().eq(user))
        .select((users::first_name, users::last_name))
        .first(db.conn())
        .optional()?;
    Ok(name.map(|(first, last)| format!("{first} {last}")))
}
