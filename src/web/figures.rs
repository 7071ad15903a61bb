//! What days add up to, as people write it.

use std::borrow::Borrow;

use school::attendance::{absence, totals::Totals};

/// Halves of days: 48½.
#[must_use]
pub fn halves(halves: impl Borrow<i64>) -> String {
    absence::halves(*halves.borrow())
}

/// The attended share of the days that count, to a tenth of a percent.
#[must_use]
pub fn percent(totals: &Totals) -> String {
    match totals.thousandths() {
        Some(share) => format!("{}.{} %", share / 10, share % 10),
        None => "–".into(),
    }
}

/// A share in hundredths of a percent, to a tenth as everywhere: 94.3 %.
#[must_use]
pub fn share(hundredths: &i32) -> String {
    let tenths = (hundredths + 5) / 10;
    format!("{}.{} %", tenths / 10, tenths % 10)
}
