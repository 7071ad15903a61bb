//! What time it is, and the ids that carry it. Nothing else asks the machine.

use std::sync::{Arc, RwLock};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use uuid::Uuid;

/// The time as everybody in this program sees it. Tests set one; everyone else has the machine's.
#[derive(Clone, Debug, Default)]
pub struct Clock(Option<Arc<RwLock<DateTime<Utc>>>>);

impl Clock {
    /// A clock that stands still until [`Clock::set`].
    #[must_use]
    pub fn fixed(at: DateTime<Utc>) -> Self {
        Self(Some(Arc::new(RwLock::new(at))))
    }

    /// Moves a fixed clock; the machine's is left alone.
    pub fn set(&self, at: DateTime<Utc>) {
        if let Some(Ok(mut now)) = self.0.as_ref().map(|fixed| fixed.write()) {
            *now = at;
        }
    }

    /// The present instant.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place that asks")]
    pub fn now(&self) -> DateTime<Utc> {
        match &self.0 {
            Some(fixed) => fixed.read().map_or_else(|broken| **broken.get_ref(), |now| *now),
            None => Utc::now(),
        }
    }
}

/// The day and wall-clock time at an instant in a zone.
#[must_use]
pub fn local(at: DateTime<Utc>, zone: Tz) -> (NaiveDate, NaiveTime) {
    let local = at.with_timezone(&zone);
    (local.date_naive(), local.time())
}

/// A new id: UUIDv7, so that rows made together lie together.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one place that makes ids")]
pub fn new_id() -> Uuid {
    Uuid::now_v7()
}
