//! The pools of connections, one for each of the program's two roles.

use std::time::Duration;

use diesel::{
    PgConnection,
    r2d2::{ConnectionManager, Pool, PooledConnection},
};

use super::lately::Lately;
use crate::{
    clock::Clock,
    error::{Error, Result},
};

pub(crate) type Connection = PooledConnection<ConnectionManager<PgConnection>>;

/// How long somebody waits for a connection.
const PATIENCE: Duration = Duration::from_millis(1500);

/// Where the database is, by the role that each address signs in as.
#[derive(Clone, Debug)]
pub struct Addresses {
    /// The app's role: every page, under row-level security.
    pub app: String,
    /// The lobby's role: sign-in and sessions, nothing of a school.
    pub lobby: String,
}

/// The pools of connections; private, so that nothing checks a bare one out.
#[derive(Clone)]
pub struct Database {
    app: Pool<ConnectionManager<PgConnection>>,
    lobby: Pool<ConnectionManager<PgConnection>>,
    pub(super) clock: Clock,
    pub(super) lately: Lately,
}

impl Database {
    /// Opens `size` connections to the app's address and as many to the lobby's, lazily: it succeeds while the
    /// database is away.
    #[must_use]
    pub fn new(addresses: &Addresses, size: u32, clock: Clock) -> Self {
        Self::patient(addresses, size, clock, PATIENCE)
    }

    /// The same where somebody waits so long for a connection before they are told that the database is away.
    #[must_use]
    pub fn patient(addresses: &Addresses, size: u32, clock: Clock, patience: Duration) -> Self {
        Self {
            app: pool(&addresses.app, size, patience),
            lobby: pool(&addresses.lobby, size, patience),
            clock,
            lately: Lately::default(),
        }
    }

    /// The clock that everybody shares.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    pub(crate) fn app(&self) -> Result<Connection> {
        self.app.get().map_err(|_| Error::Unavailable)
    }

    pub(crate) fn lobby(&self) -> Result<Connection> {
        self.lobby.get().map_err(|_| Error::Unavailable)
    }
}

/// A pool waits for a connection, then says so; what is broken is found out at begin.
fn pool(url: &str, size: u32, patience: Duration) -> Pool<ConnectionManager<PgConnection>> {
    Pool::builder()
        .max_size(size)
        .min_idle(Some(1))
        .test_on_check_out(false)
        .connection_timeout(patience)
        .build_unchecked(ConnectionManager::new(url))
}
