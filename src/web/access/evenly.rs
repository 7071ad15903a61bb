//! Answers that come on the beat, so that the clock tells nobody what was found before them.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

/// How far apart answers are.
const BEAT: Duration = Duration::from_millis(100);

/// Begins to count.
pub(super) fn begin() -> Begun {
    Begun(Instant::now())
}

/// When a request came in.
pub(super) struct Begun(Instant);

impl Begun {
    /// Waits for the next beat: whether a row was written or not, an answer takes as long.
    pub(super) async fn on_the_beat(self) {
        let beats = self.0.elapsed().as_micros() / BEAT.as_micros() + 1;
        sleep_until(self.0 + BEAT.saturating_mul(u32::try_from(beats).unwrap_or(u32::MAX))).await;
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::{Instant, sleep};

    use super::begin;

    #[tokio::test(start_paused = true)]
    async fn what_takes_a_little_more_or_less_is_answered_at_the_same_time_t24() {
        for (takes, answered) in [(0, 100), (17, 100), (99, 100), (100, 200), (130, 200)] {
            let (begun, came_in) = (begin(), Instant::now());
            sleep(Duration::from_millis(takes)).await;

            begun.on_the_beat().await;

            assert_eq!(came_in.elapsed(), Duration::from_millis(answered), "after {takes}");
        }
    }
}
