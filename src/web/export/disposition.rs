//! What a file that is saved is called.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// How the file is called, in letters that every browser takes and, beside them, as people write it.
pub(in crate::web) fn disposition(name: &str, ending: &str) -> String {
    let mut plain = String::new();
    for letter in name.chars() {
        let letter = letter.to_ascii_lowercase();
        if letter.is_ascii_alphanumeric() {
            plain.push(letter);
        } else if !plain.is_empty() && !plain.ends_with('-') {
            plain.push('-');
        }
    }
    let plain = plain.trim_end_matches('-');
    let plain = if plain.is_empty() { "list" } else { plain };
    let unsafe_sign = |sign: &char| sign.is_control() || r#"/\:*?"<>|"#.contains(*sign);
    let shown: String = name.chars().filter(|sign| !unsafe_sign(sign)).take(120).collect();
    let encoded = utf8_percent_encode(&shown, NON_ALPHANUMERIC);
    format!("attachment; filename=\"{plain}.{ending}\"; filename*=UTF-8''{encoded}.{ending}")
}

#[cfg(test)]
mod tests {
    use super::disposition;

    #[test]
    fn no_name_of_a_class_breaks_out_of_the_header_t57() {
        let said = disposition("4A\r\nSet-Cookie: x=1\"; \\ /etc/الرابع", "csv");

        assert_eq!(said.split("; ").next(), Some("attachment"));
        assert!(said.bytes().all(|byte| (b' '..=b'~').contains(&byte)), "{said}");
        assert_eq!(said.matches('"').count(), 2, "{said}");
        assert!(said.contains("filename=\"4a-set-cookie-x-1-etc.csv\""), "{said}");
        assert!(said.contains("%D8%A7"), "{said}");
        assert!(disposition("الرابع", "xlsx").contains("filename=\"list.xlsx\""));
    }
}
