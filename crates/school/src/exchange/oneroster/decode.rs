//! Bytes as text, and the ways in which a spreadsheet spoils a CSV file.

use super::refusal::Refusal;

/// The text of a CSV file, without its byte order mark.
///
/// # Errors
/// Any encoding but UTF-8, and any separator but the comma: guessing either makes wrong names.
pub(super) fn decode<'b>(file: &str, bytes: &'b [u8]) -> Result<&'b str, Refusal> {
    if is_utf16(bytes) {
        return Err(Refusal::Utf16 { file: file.into() });
    }
    let text = str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        Refusal::NotUtf8 { file: file.into(), line }
    })?;
    let text = text.trim_start_matches('\u{feff}');
    refuse_other_separators(file, text)?;
    Ok(text)
}

/// Whether this is text of two bytes a letter, with its mark or without.
pub(in crate::exchange) fn is_utf16(bytes: &[u8]) -> bool {
    let marked = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    marked || bytes.iter().take(64).filter(|byte| **byte == 0).count() > 8
}

fn refuse_other_separators(file: &str, text: &str) -> Result<(), Refusal> {
    let header = text.lines().next().unwrap_or_default();
    let others = [(';', "semicolons"), ('\t', "tabs"), ('|', "bars")];
    let found = others.into_iter().find(|(letter, _)| header.contains(*letter));
    match found {
        Some((_, found)) if !header.contains(',') => Err(Refusal::Separator { file: file.into(), found }),
        _ => Ok(()),
    }
}

/// Whether a quotation mark stands alone. A value over several lines is legal CSV; together with such
/// a mark it means that rows were swallowed, and what was swallowed would seem to have left the school.
pub(super) fn has_lone_quote(text: &str) -> bool {
    text.matches('"').count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::{super::sheet::Sheet, Refusal};

    fn refusal(bytes: &[u8]) -> Refusal {
        Sheet::read("users.csv", bytes).err().unwrap()
    }

    #[test]
    fn utf_16_is_refused_with_or_without_its_mark() {
        let wide: Vec<u8> = "sourcedId,name\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(matches!(refusal(&wide), Refusal::Utf16 { .. }));
        assert!(matches!(refusal(&[&[0xFF, 0xFE], &wide[..]].concat()), Refusal::Utf16 { .. }));
    }

    #[test]
    fn windows_1252_is_refused_with_its_line() {
        let text = b"sourcedId,name\n1,Ann\n2,Zo\xe9\n";
        assert!(matches!(refusal(text), Refusal::NotUtf8 { line: 3, .. }));
    }

    #[test]
    fn semicolons_are_explained_but_a_semicolon_in_a_value_is_none_of_our_business() {
        assert!(matches!(refusal(b"sourcedId;name\n1;Ann\n"), Refusal::Separator { .. }));
        assert!(Sheet::read("users.csv", b"sourcedId,name\n1,a;b\n").is_ok());
    }

    #[test]
    fn a_quote_that_is_never_closed_does_not_swallow_the_school() {
        let found = refusal(b"sourcedId,name\n1,\"Ann\n2,Bob\n3,Cy\n");
        assert!(matches!(found, Refusal::OpenQuote { line: 2, .. }));
    }
}
