//! The shape of the database: brought up to date by its owner, checked at every start.

use diesel::{PgConnection, prelude::*};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::error::{Error, Result};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations");

/// Runs what is missing, as the owner, and answers the names of what ran.
///
/// # Errors
/// [`Error::Unavailable`] when the owner's address does not answer, [`Error::Internal`] when a migration fails; each
/// runs in a transaction of its own.
pub fn bring_up_to_date(owner: &str) -> Result<Vec<String>> {
    let mut conn = PgConnection::establish(owner).map_err(|_| Error::Unavailable)?;
    let ran = conn
        .run_pending_migrations(MIGRATIONS)
        .map_err(|error| Error::internal(error.to_string()))?;
    Ok(ran.iter().map(ToString::to_string).collect())
}
