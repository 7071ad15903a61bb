//! A queue for work that is done a few at a time: its places are counted too, so that it holds up nothing else.

use std::time::Duration;

use school::{Error, Result};
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::timeout,
};

/// How long somebody waits for a turn before being told to come back.
const PATIENCE: Duration = Duration::from_secs(4);
/// How many wait for each that is at work; the rest are told at once.
const WAITING: usize = 12;

/// The turns at some work, and the places to wait for one.
pub struct Queue {
    places: Semaphore,
    turns: Semaphore,
}

/// A turn; it ends when this is dropped.
pub struct Turn<'q> {
    _place: SemaphorePermit<'q>,
    _turn: SemaphorePermit<'q>,
}

impl Queue {
    /// So many at once.
    #[must_use]
    pub fn of(at_once: usize) -> Self {
        Self { places: Semaphore::new(at_once * WAITING), turns: Semaphore::new(at_once) }
    }

    /// The next turn.
    ///
    /// # Errors
    /// [`Error::TooMany`] when too many wait already, or after `PATIENCE`.
    pub async fn turn(&self) -> Result<Turn<'_>> {
        let busy = || Error::TooMany(5);
        let place = self.places.try_acquire().map_err(|_| busy())?;
        let turn = timeout(PATIENCE, self.turns.acquire()).await.map_err(|_| busy())?.map_err(|_| busy())?;
        Ok(Turn { _place: place, _turn: turn })
    }
}
