//! Tables as text: commas, semicolons or tabs, whichever the first line is parted by.

use super::{
    super::oneroster::sheet::Sheet,
    encoding::{Decoded, decode},
    refusal::Refusal,
};

/// What may part the columns; the first of those that are there equally often.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The lines of a text file, and whether its letters had to be guessed.
pub(super) fn read(bytes: &[u8]) -> Result<(Sheet, bool), Refusal> {
    let Decoded { text, is_guessed } = decode(bytes)?;
    let (said, rest) = said_separator(&text);
    let separator = said.unwrap_or_else(|| separator(rest));
    let sheet = Sheet::of_text("", rest, separator).map_err(|refusal| Refusal::of_lines(&refusal));
    let mut sheet = sheet?;
    if said.is_some() {
        sheet.lines.iter_mut().for_each(|line| line.number += 1);
    }
    Ok((sheet, is_guessed))
}

/// A spreadsheet may say on a line of its own what parts the columns: `sep=;`.
fn said_separator(text: &str) -> (Option<u8>, &str) {
    let Some((first, rest)) = text.split_once('\n') else {
        return (None, text);
    };
    match first.trim_end().strip_prefix("sep=").map(str::as_bytes) {
        Some([separator]) if SEPARATORS.contains(separator) => (Some(*separator), rest),
        _ => (None, text),
    }
}

fn separator(text: &str) -> u8 {
    let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let mut is_quoted = false;
    let mut counts = [0_usize; SEPARATORS.len()];
    for byte in header.bytes() {
        is_quoted ^= byte == b'"';
        if !is_quoted && let Some(place) = SEPARATORS.iter().position(|separator| *separator == byte) {
            counts[place] += 1;
        }
    }
    let most = counts.iter().copied().max().unwrap_or_default();
    let found = SEPARATORS.iter().zip(counts).find(|(_, count)| *count == most);
    found.map_or(b',', |(separator, _)| *separator)
}

#[cfg(test)]
mod tests {
    use super::read;

    fn cells(text: &str) -> Vec<(u64, Vec<String>)> {
        let (sheet, _) = read(text.as_bytes()).unwrap();
        let lines = sheet.lines.iter();
        lines.map(|line| (line.number, line.cells.iter().map(str::to_owned).collect())).collect()
    }

    fn one(line: u64, cells: &[&str]) -> Vec<(u64, Vec<String>)> {
        vec![(line, cells.iter().map(|cell| (*cell).to_owned()).collect())]
    }

    #[test]
    fn columns_are_parted_by_what_parts_the_first_line() {
        assert_eq!(cells("a;b\n1,5;2\n"), one(2, &["1,5", "2"]));
        assert_eq!(cells("a\tb\n1;5\t2\n"), one(2, &["1;5", "2"]));
        assert_eq!(cells("\"a;b;c\",d\n1,2\n"), one(2, &["1", "2"]));
        assert_eq!(cells("a\n1\n"), one(2, &["1"]));
    }

    #[test]
    fn a_spreadsheets_own_line_about_it_is_believed_and_counted() {
        assert_eq!(cells("sep=;\r\na,b\r\n1,2;3\r\n"), one(3, &["1,2", "3"]));
    }
}
