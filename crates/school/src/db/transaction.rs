//! One transaction, begun on a connection that works.

use diesel::{PgConnection, connection::TransactionManager, prelude::*};

use super::Connection;
use crate::error::{Error, Result};

/// More broken connections than any pool holds: after a restart of the database each one is thrown away once.
const TRIES: usize = 64;

#[derive(Clone, Copy)]
pub(crate) enum Mode {
    ReadOnly,
    ReadWrite,
}

impl Mode {
    fn begin(self) -> &'static str {
        match self {
            Self::ReadOnly => "begin transaction read only",
            Self::ReadWrite => "begin transaction read write",
        }
    }
}

/// Runs `work` in a transaction: kept when it answers `Ok`, undone otherwise. A connection found broken at begin is
/// thrown away and another taken; nothing has happened by then.
pub(crate) fn run<T>(
    connect: impl Fn() -> Result<Connection>,
    mode: Mode,
    work: impl FnOnce(&mut PgConnection) -> Result<T>,
) -> Result<T> {
    type Manager = <PgConnection as diesel::Connection>::TransactionManager;
    let mut conn = begun(connect, mode)?;
    match work(&mut conn) {
        Ok(value) => {
            Manager::commit_transaction(&mut *conn)?;
            Ok(value)
        }
        Err(error) => match Manager::rollback_transaction(&mut *conn) {
            Ok(()) => Err(error),
            Err(_) => {
                discard(&mut conn);
                Err(if matches!(error, Error::Internal(_)) { Error::Unavailable } else { error })
            }
        },
    }
}

fn begun(connect: impl Fn() -> Result<Connection>, mode: Mode) -> Result<Connection> {
    for _ in 0..TRIES {
        let mut conn = connect()?;
        match diesel::connection::AnsiTransactionManager::begin_transaction_sql(&mut *conn, mode.begin()) {
            Ok(()) => return Ok(conn),
            Err(_) => discard(&mut conn),
        }
    }
    Err(Error::Unavailable)
}

/// Marks a connection so that the pool closes it instead of lending it again.
fn discard(conn: &mut PgConnection) {
    diesel::connection::AnsiTransactionManager::transaction_manager_status_mut(conn).set_in_error();
}

/// The same for a statement that needs no transaction of its own.
pub(crate) fn once<T>(
    connect: impl Fn() -> Result<Connection>,
    mut work: impl FnMut(&mut PgConnection) -> QueryResult<T>,
) -> Result<T> {
    for _ in 0..TRIES {
        let mut conn = connect()?;
        match work(&mut conn) {
            Err(error) if is_gone(&error) => discard(&mut conn),
            answer => return Ok(answer?),
        }
    }
    Err(Error::Unavailable)
}

/// Whether the connection died before the statement could be taken.
fn is_gone(error: &diesel::result::Error) -> bool {
    use diesel::result::{
        DatabaseErrorKind::{ClosedConnection, UnableToSendCommand, Unknown},
        Error::DatabaseError,
    };
    match error {
        DatabaseError(ClosedConnection | UnableToSendCommand, _) => true,
        DatabaseError(Unknown, info) => {
            ["server closed the connection", "no connection to the server", "terminating connection"]
                .iter()
                .any(|sign| info.message().contains(sign))
        }
        diesel::result::Error::BrokenTransactionManager => true,
        _ => false,
    }
}
