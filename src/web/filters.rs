//! What templates say of a value: an icon's name, an asset's address, a day in words.

use askama::{Result, Values, filters::HtmlSafeOutput};
use chrono::{NaiveDate, NaiveTime};

use super::{assets, dates};

type Html = Result<HtmlSafeOutput<String>>;

/// A picture from the sprite; the word beside it says the same.
#[askama::filter_fn]
pub fn icon(name: &str, _: &dyn Values) -> Html {
    Ok(HtmlSafeOutput(format!(
        r#"<svg class="icon" aria-hidden="true"><use href="/static/icons.svg#{name}"></use></svg>"#
    )))
}

/// The same, small, beside small words.
#[askama::filter_fn]
pub fn icon_s(name: &str, _: &dyn Values) -> Html {
    Ok(HtmlSafeOutput(format!(
        r#"<svg class="icon icon-s" aria-hidden="true"><use href="/static/icons.svg#{name}"></use></svg>"#
    )))
}

/// Where a stylesheet or script is.
#[askama::filter_fn]
pub fn asset(path: &str, _: &dyn Values) -> Result<String> {
    Ok(assets::url(path))
}

/// Monday 23 November
#[askama::filter_fn]
pub fn day_long(day: &NaiveDate, _: &dyn Values) -> Result<String> {
    Ok(dates::long(day))
}

/// Mon 23 Nov
#[askama::filter_fn]
pub fn day_short(day: &NaiveDate, _: &dyn Values) -> Result<String> {
    Ok(dates::short(day))
}

/// 23 Nov 2026
#[askama::filter_fn]
pub fn day_full(day: &NaiveDate, _: &dyn Values) -> Result<String> {
    Ok(dates::full(day))
}

/// 23
#[askama::filter_fn]
pub fn day_of_month(day: &NaiveDate, _: &dyn Values) -> Result<String> {
    Ok(day.format("%-d").to_string())
}

/// 08:45
#[askama::filter_fn]
pub fn clock(time: &NaiveTime, _: &dyn Values) -> Result<String> {
    Ok(dates::time(time))
}
