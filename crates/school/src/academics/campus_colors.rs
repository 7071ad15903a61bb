//! The two colours that a campus wears: text is to be read on them.

/// The least contrast that text is read at: WCAG 2.2, level AA.
pub const LEAST: f64 = 4.5;

/// How much two colours `#rrggbb` differ in light, from 1 to 21 as WCAG counts it; none where one is no such colour.
#[must_use]
pub fn contrast(one: &str, other: &str) -> Option<f64> {
    let (one, other) = (luminance(one)?, luminance(other)?);
    Some((one.max(other) + 0.05) / (one.min(other) + 0.05))
}

/// What is wrong with text of a colour on another; none where it can be read.
#[must_use]
pub fn complaint(color: &str, text: &str) -> Option<String> {
    let contrast = contrast(color, text)?;
    // Cut, not rounded, so that 4.49 is not told to be the 4.5 that it misses.
    let told = (contrast * 10.0).floor() / 10.0;
    (contrast < LEAST).then(|| {
        format!(
            "Text of this colour is hard to read on the other: {told} to 1, and {LEAST} to 1 is the least."
        )
    })
}

/// How light a colour is: 0 black to 1 white.
fn luminance(color: &str) -> Option<f64> {
    let is_hex = |digits: &&str| digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let digits = color.strip_prefix('#').filter(is_hex)?;
    let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok().map(linear);
    Some(0.2126 * part(0)? + 0.7152 * part(2)? + 0.0722 * part(4)?)
}

/// A part of a colour as light, without the bend that screens give it.
fn linear(part: u8) -> f64 {
    let part = f64::from(part) / 255.0;
    if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
}

#[cfg(test)]
mod tests {
    use super::{complaint, contrast};

    #[test]
    fn black_on_white_is_all_the_contrast_there_is_and_a_colour_on_itself_none() {
        assert_eq!(contrast("#000000", "#ffffff").map(|found| (found * 100.0).round()), Some(2100.0));
        assert_eq!(contrast("#2f6f5e", "#2f6f5e"), Some(1.0));
        assert_eq!(contrast("#ffffff", "#000000"), contrast("#000000", "#ffffff"));
    }

    #[test]
    fn grey_on_white_can_be_read_from_767676_on() {
        assert_eq!(complaint("#ffffff", "#767676"), None);
        let refused = complaint("#ffffff", "#777777").unwrap();
        assert!(refused.contains("4.4 to 1, and 4.5 to 1"), "{refused}");
    }

    #[test]
    fn what_is_no_colour_has_no_contrast() {
        for odd in ["", "#fff", "2f6f5e#", "#2f6f5g", "#+f+f+f", "#ééé"] {
            assert_eq!(contrast(odd, "#ffffff"), None, "{odd}");
        }
    }
}
