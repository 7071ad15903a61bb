//! A workbook reduced to the parts that are read of it, each looked through beforehand: the reader of workbooks sets
//! room aside for whatever a part claims, and copies what a part may name again and again.

use std::{
    cell::Cell,
    io::{self, BufReader, Cursor, Read},
    rc::Rc,
};

use quick_xml::{
    Error, Reader,
    events::{BytesStart, Event},
};
use zip::ZipWriter;

use super::{super::oneroster::archive, refusal::Refusal, workbook::CELLS};

/// Parts in one workbook.
const PARTS: usize = 1_000;
/// All of them unpacked, in bytes. A sheet of 100,000 rows takes 20 MB.
const UNPACKED: u64 = 256 * MB;
/// Unpacked bytes for each packed one.
const RATIO: u64 = 200;
const MB: u64 = 1024 * 1024;
/// Bytes of one tag, or of the text between two. The longest text of a cell takes a fifth of it.
const TOKEN: u64 = MB;
/// Texts that a part may claim to have, whatever it has: some writers count each use of one.
const CLAIMED: u64 = 1_000_000;
/// The fewest bytes of a text of its own.
const TEXT: u64 = 5;
/// Formats, fonts and the like; a spreadsheet has at most 65,490 of each.
const LOOKS: usize = 200_000;
/// Bytes that all formats take together with the names that each of them copies.
const LOOKS_COPIED: usize = 256 * 1024 * 1024;
/// Sheets, and bytes of the link that leads to one.
const SHEETS: usize = 10_000;
const LINK: usize = 16 * 1024;

/// The parts that are read, packed as before.
///
/// # Errors
/// What is no workbook, or unpacks to more than one.
pub(super) fn sift(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut book = archive::open("", Cursor::new(bytes)).map_err(|refusal| match refusal {
        super::super::oneroster::Refusal::TooManyFiles { .. } => Refusal::Bomb,
        _ => Refusal::Damaged,
    })?;
    if book.len() > PARTS {
        return Err(Refusal::Bomb);
    }
    if !book.file_names().any(|name| matches!(name, Ok(name) if name == "xl/workbook.xml")) {
        return Err(Refusal::Other { what: "a zip file and no workbook (.xlsx)" });
    }
    let mut kept = ZipWriter::new(Cursor::new(Vec::new()));
    let mut total = 0;
    for index in 0..book.len() {
        let part = book.by_index(index).map_err(|_| Refusal::Damaged)?;
        if part.name().is_ok_and(|name| is_read(&name)) {
            let limit = (UNPACKED - total).min(MB + part.compressed_size().saturating_mul(RATIO));
            total += look_through(part, limit)?;
            let packed = book.by_index_raw(index).map_err(|_| Refusal::Damaged)?;
            kept.raw_copy_file(packed).map_err(|_| Refusal::Damaged)?;
        }
    }
    Ok(kept.finish().map_err(|_| Refusal::Damaged)?.into_inner())
}

/// Pictures and what other programs keep in a workbook are no part of a table.
fn is_read(name: &str) -> bool {
    let name = name.to_ascii_lowercase().replace('\\', "/");
    (name.ends_with(".xml") || name.ends_with(".rels")) && !name.starts_with("customxml/")
}

/// Reads a part just as the reader of workbooks does, and answers how many bytes it has.
fn look_through(part: impl Read, limit: u64) -> Result<u64, Refusal> {
    let left =
        Rc::new(Left { of_token: Cell::new(TOKEN), of_part: Cell::new(limit), is_short: Cell::new(false) });
    let mut reader = Reader::from_reader(BufReader::new(Rationed { part, left: Rc::clone(&left) }));
    let config = reader.config_mut();
    config.check_end_names = false;
    config.check_comments = false;
    config.expand_empty_elements = true;
    let (mut seen, mut token) = (Seen::default(), Vec::new());
    loop {
        token.clear();
        left.of_token.set(TOKEN);
        match reader.read_event_into(&mut token) {
            Ok(Event::Eof) => break,
            Ok(Event::Start(tag)) => seen.note(&tag)?,
            Ok(_) => {}
            Err(Error::Io(_)) if left.is_short.get() => return Err(Refusal::Bomb),
            Err(Error::Io(_)) => return Err(Refusal::Damaged),
            // The reader of workbooks comes no further either.
            Err(_) => break,
        }
    }
    let size = limit - left.of_part.get();
    if seen.claimed > CLAIMED.max(size / TEXT) { Err(Refusal::Bomb) } else { Ok(size) }
}

/// What a part has in it that costs more than its bytes.
#[derive(Default)]
struct Seen {
    /// Texts that cells share, and how many the part claims to have.
    texts: usize,
    claimed: u64,
    looks: usize,
    /// Bytes of the longest name that a format copies.
    longest: usize,
    sheets: usize,
}

impl Seen {
    fn note(&mut self, tag: &BytesStart<'_>) -> Result<(), Refusal> {
        let said = tag.attributes_raw();
        match tag.local_name().as_ref() {
            "sst" => self.claimed = self.claimed.max(claimed(said)),
            "si" => self.texts += 1,
            "xf" | "font" | "fill" | "border" => self.looks += 1,
            "numFmt" => {
                self.looks += 1;
                self.longest = self.longest.max(said.len());
            }
            "name" => self.longest = self.longest.max(said.len()),
            "sheet" => self.sheets += 1,
            "Relationship" if said.len() > LINK => return Err(Refusal::Bomb),
            _ => {}
        }
        let copied = self.looks.saturating_mul(self.longest);
        let is_too_much =
            self.texts > CELLS || self.looks > LOOKS || copied > LOOKS_COPIED || self.sheets > SHEETS;
        if is_too_much { Err(Refusal::Bomb) } else { Ok(()) }
    }
}

/// How many texts a part claims to have: the largest number, however its writer puts it.
fn claimed(said: &str) -> u64 {
    let number = |rest: &str| {
        let rest = rest.trim_start_matches(|letter: char| letter.is_whitespace() || "=\"'+".contains(letter));
        let digits = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
        if digits == 0 { 0 } else { rest[..digits].parse().unwrap_or(u64::MAX) }
    };
    said.split("uniqueCount").skip(1).map(number).max().unwrap_or_default()
}

/// Bytes that may still be read.
struct Left {
    of_token: Cell<u64>,
    of_part: Cell<u64>,
    is_short: Cell<bool>,
}

/// A part of which only so much may be read at once, and in all.
struct Rationed<R> {
    part: R,
    left: Rc<Left>,
}

impl<R: Read> Read for Rationed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.part.read(buffer)?;
        let size = u64::try_from(read).unwrap_or(u64::MAX);
        for left in [&self.left.of_token, &self.left.of_part] {
            let Some(rest) = left.get().checked_sub(size) else {
                self.left.is_short.set(true);
                return Err(io::Error::other("more than a workbook has"));
            };
            left.set(rest);
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::{CELLS, Refusal, Seen, UNPACKED, claimed, look_through};

    fn looked(part: &str) -> Result<u64, Refusal> {
        look_through(part.as_bytes(), UNPACKED)
    }

    #[test]
    fn a_claim_is_read_however_it_is_written() {
        assert_eq!(claimed(" count=\"9\" uniqueCount=\"7\""), 7);
        assert_eq!(
            claimed(" uniqueCount = '+0012'\tx:uniqueCount=\"10000000000000000\""),
            10_000_000_000_000_000
        );
        assert_eq!(claimed(" uniqueCount=\"99999999999999999999999\""), u64::MAX);
        assert_eq!(claimed(" uniqueCount=\"\" count=\"9\""), 0);
    }

    #[test]
    fn texts_are_claimed_within_reason() {
        assert!(looked("<sst uniqueCount=\"1000000\"><si/></sst>").is_ok());
        assert!(matches!(looked("<sst uniqueCount=\"1000001\"><si/></sst>"), Err(Refusal::Bomb)));
        assert!(
            matches!(looked("<x:sst uniqueCount=\"1000001\"><"), Err(Refusal::Bomb)),
            "the part is cut off"
        );
    }

    #[test]
    fn what_formats_copy_is_bounded_together() {
        let formats = |code: usize, many: usize| {
            let code = format!("<numFmt numFmtId=\"200\" formatCode=\"{}\"/>", "0".repeat(code));
            looked(&format!("<styleSheet>{code}{}</styleSheet>", "<xf numFmtId=\"200\"/>".repeat(many)))
        };
        assert!(formats(255, 65_490).is_ok());
        assert!(matches!(formats(500_000, 1_000), Err(Refusal::Bomb)));
        assert!(matches!(formats(1, 200_001), Err(Refusal::Bomb)));
    }

    #[test]
    fn links_and_sheets_are_bounded() {
        let link =
            |letters| looked(&format!("<Relationships><Relationship Target=\"{}\"/>", "a".repeat(letters)));
        assert!(link(2_083).is_ok());
        assert!(matches!(link(20_000), Err(Refusal::Bomb)));
        assert!(looked(&"<sheet/>".repeat(10_000)).is_ok());
        assert!(matches!(looked(&"<sheet/>".repeat(10_001)), Err(Refusal::Bomb)));
    }

    #[test]
    fn no_tag_and_no_text_is_endless() {
        let long = "a".repeat(1_100_000);
        for part in [format!("<t>{long}</t>"), format!("<t {long}=\"\"/>"), format!("<!--{long}-->")] {
            assert!(matches!(looked(&part), Err(Refusal::Bomb)));
        }
        assert!(looked(&"<t>aaaa</t>".repeat(200_000)).is_ok(), "many short ones are no long one");
    }

    #[test]
    fn more_shared_texts_than_a_sheet_has_cells_are_no_table() {
        let mut seen = Seen { texts: CELLS, ..Seen::default() };
        assert!(matches!(seen.note(&quick_xml::events::BytesStart::new("si")), Err(Refusal::Bomb)));
    }
}
