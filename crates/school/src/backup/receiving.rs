//! A backup comes back: where to, and what the database is told between its rows and its walls.

use diesel::{PgConnection, prelude::*};

use super::manifest::{Counts, Manifest};
use crate::{
    error::{Error, Result},
    sql::keeping,
};

/// Whether a database may receive a backup: nobody and nothing is in it. `owner` is the address of its owner.
///
/// # Errors
/// [`Error::Unavailable`] when it does not answer, [`Error::Conflict`] when something is in it.
pub fn vacant(owner: &str) -> Result<()> {
    let mut conn = PgConnection::establish(owner).map_err(|_| Error::Unavailable)?;
    let tables = keeping::tables(&mut conn)?;
    if tables.is_empty() {
        return Ok(());
    }
    if !tables.iter().any(|table| table == "organizations") {
        return Err(Error::Conflict(
            "This database holds tables that are not Belfry's. Name an empty one.".into(),
        ));
    }
    for (table, what) in [("organizations", "organizations"), ("users", "accounts")] {
        let rows = keeping::rows_of(table, &mut conn)?;
        if rows > 0 {
            return Err(Error::Conflict(format!(
                "This database holds {rows} {what} already, and a backup replaces nothing. Restore into an empty one: \
                 name a new folder with --data, or an empty database, look whether everything is there, and serve that."
            )));
        }
    }
    Ok(())
}

/// What makes room: the empty tables of a first start go.
#[must_use]
pub fn clearing() -> &'static str {
    include_str!("../sql/clear_for_restore.sql")
}

/// What the session is told before rows come, whatever the settings of the role are.
#[must_use]
pub fn before_rows() -> &'static str {
    "begin; set local statement_timeout = 0; set local lock_timeout = '10s'; \
     set local idle_in_transaction_session_timeout = 0; set client_min_messages = warning;\n"
}

/// What is checked and voided when every row is there and nothing is hidden yet: as many rows as the manifest says, or
/// nothing is kept; nobody is signed in any more, and no link opens anything.
///
/// # Errors
/// [`Error::Internal`] when the counts cannot be written down.
pub fn settling(manifest: &Manifest) -> Result<String> {
    let counts: &Counts = &manifest.counts;
    let counts = serde_json::to_string(counts).map_err(Error::internal)?.replace('\'', "''");
    let settle = include_str!("../sql/settle_restored.sql");
    Ok(format!(
        "set standard_conforming_strings = on;\nselect pg_catalog.set_config('restore.counts', '{counts}', true);\n{settle}"
    ))
}
