//! Bytes of a text file as text: UTF-8 with or without its mark, else what older spreadsheets of western countries write.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;

use super::{super::oneroster::decode::is_utf16, refusal::Refusal};

/// A file's text, and whether its letters had to be guessed.
#[derive(Debug)]
pub(super) struct Decoded<'b> {
    pub(super) text: Cow<'b, str>,
    pub(super) is_guessed: bool,
}

/// # Errors
/// Text of two bytes a letter, and text that is UTF-8 in one place and not in another.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, Refusal> {
    if is_utf16(bytes) {
        return Err(Refusal::Utf16);
    }
    match str::from_utf8(bytes) {
        Ok(text) => Ok(Decoded { text: text.trim_start_matches('\u{feff}').into(), is_guessed: false }),
        Err(error) => older(bytes, error.valid_up_to()),
    }
}

/// Windows-1252, where no letter of the file is UTF-8. A mixture would make wrong names whichever way it is read.
fn older(bytes: &[u8], wrong_at: usize) -> Result<Decoded<'_>, Refusal> {
    let before = bytes.get(..wrong_at).unwrap_or_default();
    let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
    let known = bytes.iter().all(|byte| !matches!(byte, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d));
    if !known || bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii()) {
        return Err(Refusal::Mixed { line });
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    Ok(Decoded { text, is_guessed: true })
}

#[cfg(test)]
mod tests {
    use super::{Refusal, decode};

    #[test]
    fn a_mark_before_the_text_is_no_part_of_it() {
        assert_eq!(decode("\u{feff}name\nZoë".as_bytes()).unwrap().text, "name\nZoë");
    }

    #[test]
    fn what_an_older_spreadsheet_wrote_is_read_and_said_to_be_guessed() {
        let decoded = decode(b"name\nZo\xeb O\x92Neill\n").unwrap();
        assert_eq!((decoded.text.as_ref(), decoded.is_guessed), ("name\nZoë O’Neill\n", true));
    }

    #[test]
    fn a_mixture_is_refused_with_its_line() {
        assert!(matches!(decode(b"name\nZo\xc3\xab\nAm\xe9lie\n"), Err(Refusal::Mixed { line: 3 })));
        assert!(matches!(decode(b"name\nZo\x81\n"), Err(Refusal::Mixed { line: 2 })));
    }

    #[test]
    fn two_bytes_a_letter_are_refused_with_or_without_their_mark() {
        let wide: Vec<u8> = "name,grade\nAnn,1".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(matches!(decode(&wide), Err(Refusal::Utf16)));
        assert!(matches!(decode(&[&[0xff, 0xfe], &wide[..]].concat()), Err(Refusal::Utf16)));
    }
}
