//! Queues for work that is done a few at a time: their places are counted too, so that it holds up nothing else.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use school::{Error, Result};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

/// How long somebody waits for a turn before being told to come back.
const PATIENCE: Duration = Duration::from_secs(4);
/// Queues remembered before those where nobody waits are forgotten.
const MANY: usize = 1_000;

/// The turns at some work, and the places to wait for one.
pub struct Queue {
    places: Arc<Semaphore>,
    turns: Arc<Semaphore>,
}

/// A turn; it ends when this is dropped.
pub struct Turn {
    _place: OwnedSemaphorePermit,
    _turn: OwnedSemaphorePermit,
}

impl Queue {
    /// So many at once, and so many places for each of them; the rest are told at once.
    #[must_use]
    pub fn of(at_once: usize, places: usize) -> Self {
        Self { places: Arc::new(Semaphore::new(at_once * places)), turns: Arc::new(Semaphore::new(at_once)) }
    }

    fn is_in_use(&self) -> bool {
        Arc::strong_count(&self.places) > 1
    }

    /// The next turn.
    ///
    /// # Errors
    /// [`Error::TooMany`] when too many wait already, or after `PATIENCE`.
    pub async fn turn(&self) -> Result<Turn> {
        let busy = || Error::TooMany(5);
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| busy())?;
        let turn = Arc::clone(&self.turns).acquire_owned();
        let turn = timeout(PATIENCE, turn).await.map_err(|_| busy())?.map_err(|_| busy())?;
        Ok(Turn { _place: place, _turn: turn })
    }
}

/// A queue for each school or network.
pub struct Queues<K> {
    at_once: usize,
    places: usize,
    queues: Mutex<HashMap<K, Arc<Queue>>>,
}

impl<K: Hash + Eq> Queues<K> {
    /// So many at once of each, and so many places for each of them.
    #[must_use]
    pub fn of(at_once: usize, places: usize) -> Self {
        Self { at_once, places, queues: Mutex::default() }
    }

    /// The queue of one.
    pub fn queue(&self, whose: K) -> Arc<Queue> {
        let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        if queues.len() > MANY {
            queues.retain(|_, queue| queue.is_in_use());
        }
        let new = || Arc::new(Queue::of(self.at_once, self.places));
        Arc::clone(queues.entry(whose).or_insert_with(new))
    }
}
