//! Values that a spreadsheet would take for a formula: defused on their way out, and as they were when they come back.
//!
//! A file of ours is known by its column [`REASON`]; only there is anything taken off again.

use std::borrow::Cow;

/// The column in which a file of rejected rows says which line each was.
pub const LINE: &str = "belfry_line";
/// The column in which it says why each was not taken.
pub const REASON: &str = "belfry_reason";

/// The value with an apostrophe before it, where a spreadsheet would run it or where it would be taken for defused.
#[must_use]
pub fn defuse(value: &str) -> Cow<'_, str> {
    if is_formula(value.trim_start_matches('\'')) {
        Cow::Owned(format!("'{value}"))
    } else {
        Cow::Borrowed(value)
    }
}

/// The value as it was before [`defuse`].
#[must_use]
pub fn restore(value: &str) -> &str {
    value.strip_prefix('\'').filter(|rest| is_formula(rest.trim_start_matches('\''))).unwrap_or(value)
}

/// A negative number is none.
fn is_formula(value: &str) -> bool {
    let number = value.strip_prefix('-').unwrap_or_default();
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_number =
        number.split_once('.').map_or(digits(number), |(whole, part)| digits(whole) && digits(part));
    value.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) && !is_number
}

#[cfg(test)]
mod tests {
    use super::{defuse, restore};

    #[test]
    fn what_a_spreadsheet_would_run_is_defused_and_comes_back_t47() {
        for value in
            ["=cmd|' /C calc'!A0", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "+49 2", "'=1", "''+1", "＝1+1"]
        {
            let defused = defuse(value);
            assert!(defused.starts_with('\''), "{value}");
            assert_eq!(restore(&defused), value);
        }
    }

    #[test]
    fn everything_else_stays_as_it_is() {
        for value in ["", "Ada", "-1", "-1.50", "'s-Hertogenbosch", "'", "O'Brien", "a=b", "1+1"] {
            assert_eq!(defuse(value), value);
            assert_eq!(restore(value), value);
        }
    }
}
