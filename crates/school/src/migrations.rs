//! The shape of the database: brought up to date by its owner, checked at every start.

use diesel::{
    PgConnection,
    migration::{MigrationSource, MigrationVersion},
    pg::Pg,
    prelude::*,
};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::error::{Error, Result};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations");

diesel::table! {
    /// What ran, as `diesel_migrations` keeps it.
    __diesel_schema_migrations (version) {
        version -> Text,
        run_on -> Timestamp,
    }
}

/// How the shape of a database stands to the one that this program knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The same.
    Current,
    /// So many migrations behind.
    Older(usize),
    /// Ahead: a newer program ran this migration.
    Newer(String),
}

/// Runs what is missing, as the owner, and answers the names of what ran.
///
/// # Errors
/// [`Error::Unavailable`] when the owner's address does not answer, [`Error::Conflict`] when a newer program was here,
/// [`Error::Internal`] when a migration fails; each runs in a transaction of its own.
pub fn bring_up_to_date(owner: &str) -> Result<Vec<String>> {
    let mut conn = PgConnection::establish(owner).map_err(|_| Error::Unavailable)?;
    let applied = conn.applied_migrations().map_err(|error| Error::internal(error.to_string()))?;
    if let Standing::Newer(version) = compared(&applied.iter().map(ToString::to_string).collect::<Vec<_>>())?
    {
        return Err(Error::Conflict(newer(&version)));
    }
    let ran = conn.run_pending_migrations(MIGRATIONS).map_err(|error| Error::internal(error.to_string()))?;
    Ok(ran.iter().map(ToString::to_string).collect())
}

/// What to say when a database is ahead of the program.
fn newer(version: &str) -> String {
    format!(
        "This database was brought up to date by a newer Belfry (migration {version}). \
         Start that one, or go back to a backup from before."
    )
}

/// How the database stands, as any role that may read what ran.
pub(crate) fn standing(conn: &mut PgConnection) -> Result<Standing> {
    compared(&applied(conn)?)
}

/// Every migration that ran.
pub(crate) fn applied(conn: &mut PgConnection) -> Result<Vec<String>> {
    let versions = __diesel_schema_migrations::table.select(__diesel_schema_migrations::version);
    Ok(versions.order(__diesel_schema_migrations::version).load(conn)?)
}

/// How a shape stands to this program's.
pub(crate) fn compared(applied: &[String]) -> Result<Standing> {
    let known = known()?;
    if let Some(newer) = applied.iter().filter(|version| !known.contains(version)).max() {
        return Ok(Standing::Newer(newer.clone()));
    }
    Ok(match known.len() - applied.len() {
        0 => Standing::Current,
        missing => Standing::Older(missing),
    })
}

fn known() -> Result<Vec<String>> {
    let all =
        MigrationSource::<Pg>::migrations(&MIGRATIONS).map_err(|error| Error::internal(error.to_string()))?;
    let version = |version: MigrationVersion<'_>| version.to_string();
    Ok(all.iter().map(|migration| version(migration.name().version())).collect())
}

#[cfg(test)]
mod tests {
    use super::{Standing, compared, known};

    #[test]
    fn the_same_shape_is_current() {
        assert_eq!(compared(&known().unwrap()).unwrap(), Standing::Current);
    }

    #[test]
    fn a_shape_without_the_last_migration_is_older_t80() {
        let mut applied = known().unwrap();
        applied.pop();

        assert_eq!(compared(&applied).unwrap(), Standing::Older(1));
    }

    #[test]
    fn a_shape_with_a_migration_of_tomorrow_is_newer_t80() {
        let mut applied = known().unwrap();
        applied.push("99991231000000".into());

        let newer = Standing::Newer("99991231000000".into());
        assert_eq!(compared(&applied).unwrap(), newer);
    }
}
