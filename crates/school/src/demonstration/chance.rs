//! Chance that falls the same way every time: the same seed, the same school.

use fastrand::Rng;

/// A sequence of chances.
pub(super) struct Chance(Rng);

impl Chance {
    /// The sequence that belongs to a seed.
    pub(super) fn of(seed: u64) -> Self {
        Self(Rng::with_seed(seed))
    }

    /// The sequence of one person on one day, so that a day made later falls as it would have fallen before.
    pub(super) fn of_day(person: u64, day: i64) -> Self {
        // The golden ratio spreads neighbours apart.
        let spread = |number: u64| number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Self::of(spread(spread(person).wrapping_add(day.unsigned_abs()).rotate_left(29)))
    }

    /// Whether something happens that happens so many times in a thousand.
    pub(super) fn falls(&mut self, per_mille: u32) -> bool {
        self.0.u32(0..1000) < per_mille
    }

    /// A number from `least` to `most`, both included.
    pub(super) fn between(&mut self, least: u32, most: u32) -> u32 {
        self.0.u32(least..=most)
    }

    /// One of them; there must be one.
    pub(super) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.0.usize(0..from.len())]
    }

    /// Puts them in another order.
    pub(super) fn shuffle<T>(&mut self, all: &mut [T]) {
        self.0.shuffle(all);
    }
}
