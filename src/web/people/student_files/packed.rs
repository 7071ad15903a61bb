//! The file itself: a page to read and print, every part as a table, and all of it for another program.

use std::io::{Cursor, Write as _};

use askama::Template;
use school::{
    Error, Result,
    keeping::{complete_file::CompleteFile, disclosure::Wanted},
};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use zip::{ZipWriter, result::ZipResult, write::SimpleFileOptions};

use crate::web::export::{Cell, Sheet};

/// Who made the file, where and when.
pub(super) struct Cover {
    pub(super) school: String,
    pub(super) by: String,
    pub(super) at: String,
}

#[derive(Template)]
#[template(path = "people/files/file.html")]
struct Readable<'a> {
    file: &'a CompleteFile,
    wanted: &'a Wanted,
    cover: &'a Cover,
}

const STYLE: &str = include_str!("../../../../static/css/file.css");

/// A zip file, and its SHA-256 in small hexadecimal digits.
pub(super) fn packed(file: &CompleteFile, wanted: &Wanted, cover: &Cover) -> Result<(Vec<u8>, String)> {
    let page = Readable { file, wanted, cover }.render().map_err(Error::internal)?;
    let mut entries = vec![
        ("index.html".to_owned(), page.into_bytes()),
        ("file.css".into(), STYLE.into()),
        ("data.json".into(), data(file, wanted, cover)?),
    ];
    for filled in file.parts.iter().filter(|filled| !filled.rows.is_empty()) {
        let mut sheet = Sheet::new(filled.part.name, filled.part.heading);
        let cells = |row: &Vec<Option<String>>| row.iter().map(|cell| Cell::from(cell.as_deref())).collect();
        sheet.rows = filled.rows.iter().map(cells).collect();
        entries.push((format!("tables/{}.csv", filled.part.name), sheet.csv()?));
    }
    let bytes = zipped(&entries).map_err(Error::internal)?;
    let sum = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((bytes, sum))
}

fn zipped(entries: &[(String, Vec<u8>)]) -> ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn data(file: &CompleteFile, wanted: &Wanted, cover: &Cover) -> Result<Vec<u8>> {
    let part = |filled: &school::keeping::complete_file::Filled| {
        json!({ "name": filled.part.name, "title": filled.part.title, "heading": filled.part.heading,
                "rows": filled.rows, "is_cut": filled.cut })
    };
    let whole = json!({
        "student": file.student.called(), "number": file.student.student_number, "school": cover.school, "made_at": cover.at,
        "made_by": cover.by, "ground": wanted.ground.word(), "purpose": wanted.purpose, "for": file.to,
        "parts": file.parts.iter().map(part).collect::<Vec<_>>(),
    });
    serde_json::to_vec_pretty(&whole).map_err(Error::internal)
}
