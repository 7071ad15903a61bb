//! Passwords are computed a few at a time: each takes 19 MiB and a core.

use school::Result;

use crate::web::queue::{Queue, Turn};

/// The turns at computing a password.
pub struct Computing(Queue);

impl Computing {
    /// So many at once.
    #[must_use]
    pub fn of(at_once: usize) -> Self {
        Self(Queue::of(at_once))
    }

    /// The next turn.
    ///
    /// # Errors
    /// [`school::Error::TooMany`] when too many wait already.
    pub async fn turn(&self) -> Result<Turn<'_>> {
        self.0.turn().await
    }
}
