//! One instant of the database, held still while it is copied.

use diesel::{PgConnection, connection::SimpleConnection as _, prelude::*};

use super::manifest::Counts;
use crate::{
    error::{Error, Result},
    migrations,
    sql::keeping,
};

/// A transaction that sees one instant, which another program may see, too.
pub struct Snapshot {
    /// The transaction lasts as long as the connection.
    _conn: PgConnection,
    /// What the other program names it by.
    pub id: String,
    /// The migrations that had run.
    pub shape: Vec<String>,
    /// How many rows there are, table by table.
    pub counts: Counts,
}

impl Snapshot {
    /// Holds the present still. `address` is of somebody whom no row is hidden from.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the address does not answer, [`Error::Conflict`] when rows are hidden from it or
    /// there are none.
    pub fn take(address: &str) -> Result<Self> {
        let mut conn = PgConnection::establish(address).map_err(|_| Error::Unavailable)?;
        if !keeping::sees_every_row(&mut conn)? {
            return Err(Error::Conflict(BLIND.into()));
        }
        // Whatever were hidden all the same would be an error and not nothing.
        conn.batch_execute(
            "begin isolation level repeatable read read only; set local row_security = off; \
             set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0",
        )?;
        let id = keeping::export_snapshot(&mut conn)?;
        let tables = keeping::tables(&mut conn)?;
        if !tables.iter().any(|table| table == "organizations") {
            return Err(Error::Conflict(EMPTY.into()));
        }
        let mut counts = Counts::new();
        for table in tables {
            let rows = keeping::rows_of(&table, &mut conn)?;
            counts.insert(table, rows);
        }
        if counts.get("organizations").copied().unwrap_or_default() == 0 {
            return Err(Error::Conflict(EMPTY.into()));
        }
        let shape = migrations::applied(&mut conn)?;
        Ok(Self { _conn: conn, id, shape, counts })
    }
}

const BLIND: &str = "The role that would write the backup does not see every row, so the backup would be empty. Name one \
                     that does in BELFRY_BACKUP_URL. To make one, as a superuser: create role belfry_backup login \
                     bypassrls in role pg_read_all_data; grant connect on database belfry to belfry_backup.";
const EMPTY: &str = "There is no organization in this database: there is nothing to back up. Look whether --data or the \
                     addresses name the right one.";
