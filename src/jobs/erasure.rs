//! Takes a student out for good.

use school::{Result, db::Intent, keeping::erasure::Erasure, permit::UpdateErasures};

use super::UnderWay;

/// In the name of whoever approved it, if they may still do so.
pub(super) fn run(under_way: &UnderWay<'_>) -> Result<()> {
    let access = under_way.worker()?.may::<UpdateErasures>(Intent::Write)?;
    access.run(|db| Erasure::carry_out(under_way.job(), db))
}
