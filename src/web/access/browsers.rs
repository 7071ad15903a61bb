//! A browser in people's words.

use woothee::parser::{Parser, WootheeResult};

/// A browser as its owner knows it again.
pub(super) struct Known {
    /// Such as *Firefox on Windows*.
    pub(super) words: String,
    /// The picture that goes with it.
    pub(super) icon: &'static str,
}

impl Known {
    /// What a browser says of itself, in words.
    pub(super) fn by(user_agent: &str) -> Self {
        let parsed = Parser::new().parse(user_agent);
        let is_phone = parsed.as_ref().is_some_and(|parsed| parsed.category == "smartphone");
        Self {
            words: parsed.as_ref().map_or_else(|| "Unknown browser".to_owned(), words),
            icon: if is_phone { "device-mobile" } else { "device-laptop" },
        }
    }
}

fn words(parsed: &WootheeResult<'_>) -> String {
    let name = if parsed.name == "UNKNOWN" { "Unknown browser" } else { parsed.name };
    let system = match parsed.os {
        "UNKNOWN" => return name.to_owned(),
        "Mac OSX" => "macOS",
        // Browsers say Windows 10 on later ones, too.
        windows if windows.starts_with("Windows") => "Windows",
        other => other,
    };
    format!("{name} on {system}")
}

#[cfg(test)]
mod tests {
    use super::Known;

    #[test]
    fn people_know_their_browsers_again() {
        for (user_agent, words, icon) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0",
                "Firefox on Windows",
                "device-laptop",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0",
                "Edge on Windows",
                "device-laptop",
            ),
            (
                "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
                "Chrome on ChromeOS",
                "device-laptop",
            ),
            (
                "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36",
                "Chrome on Android",
                "device-mobile",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
                "Safari on iPhone",
                "device-mobile",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
                "Safari on macOS",
                "device-laptop",
            ),
            ("", "Unknown browser", "device-laptop"),
            ("A browser", "Unknown browser", "device-laptop"),
        ] {
            let known = Known::by(user_agent);
            assert_eq!((&*known.words, known.icon), (words, icon), "{user_agent}");
        }
    }
}
