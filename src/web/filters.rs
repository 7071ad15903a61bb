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

/// A school's own colour, as a dot; the word beside it says the same. Anything else than `#rrggbb` is nothing.
#[askama::filter_fn]
pub fn swatch(color: &str, _: &dyn Values) -> Html {
    let digits = color.strip_prefix('#').unwrap_or_default();
    let is_color = digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    Ok(HtmlSafeOutput(if is_color {
        format!(
            r#"<svg class="swatch" aria-hidden="true" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4" fill="{color}"/></svg>"#
        )
    } else {
        String::new()
    }))
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

/// What a register is called after its class: nothing for the day's, else *, morning* or *, lesson at 08:30*.
#[askama::filter_fn]
pub fn slot(slot: &str, _: &dyn Values) -> Result<String> {
    Ok(super::attendance::heading::named(slot).map(|name| format!(", {name}")).unwrap_or_default())
}

/// 08:45
#[askama::filter_fn]
pub fn clock(time: &NaiveTime, _: &dyn Values) -> Result<String> {
    Ok(dates::time(time))
}
