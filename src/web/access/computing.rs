//! Passwords are computed a few at a time: each takes 19 MiB and a core.

use school::Result;

use crate::web::queue::{Queue, Queues, Turn};

/// How many of one network wait for each that is at work.
const WAITING: usize = 12;
/// How many of all networks do.
const WAITING_IN_ALL: usize = 200;

/// The turns at computing a password. Those of one network wait for each other first, so that a storm
/// from there holds up nobody elsewhere.
pub struct Computing {
    all: Queue,
    networks: Queues<String>,
}

impl Computing {
    /// So many at once.
    #[must_use]
    pub fn of(at_once: usize) -> Self {
        Self { all: Queue::of(at_once, WAITING_IN_ALL), networks: Queues::of(at_once, WAITING) }
    }

    /// The next turn of somebody from a network: at its own computing, and at everybody's.
    ///
    /// # Errors
    /// [`school::Error::TooMany`] when too many wait already.
    pub async fn turn(&self, network: String) -> Result<(Turn, Turn)> {
        let here = self.networks.queue(network).turn().await?;
        Ok((here, self.all.turn().await?))
    }
}
