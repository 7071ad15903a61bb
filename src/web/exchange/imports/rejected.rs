//! The rows that were not taken, as a file to mend.

use actix_web::{
    HttpResponse, get,
    http::header::{self, ContentDisposition, DispositionParam, DispositionType},
    web::{Path, Query, ServiceConfig},
};
use school::{
    Error, Uuid,
    access::looked::Kind,
    db::Db,
    exchange::import_run::{ImportRun, Row},
    permit::CreateImportRuns,
};
use serde::Deserialize;

use crate::web::{extract::May, reply::Page};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(show);
}

#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    file: String,
}

#[get("/imports/{id}/rejected")]
async fn show(may: May<CreateImportRuns>, id: Path<Uuid>, wanted: Query<Wanted>) -> Page {
    let Wanted { file } = wanted.into_inner();
    let (file, csv) = may.db(move |db| to_mend(*id, file, db)).await?;
    let download = ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(name(&file))],
    };
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, download))
        .body(csv))
}

/// The rows of a file, of the first where none is named.
fn to_mend(id: Uuid, file: String, db: &mut Db<'_, CreateImportRuns>) -> school::Result<(String, Vec<u8>)> {
    let file = if file.is_empty() {
        let first = Row::by_file(id, db)?.into_iter().next();
        first.map(|(file, _)| file).ok_or(Error::NotFound)?
    } else {
        file
    };
    db.saw(Kind::Import, []);
    let csv = ImportRun::rejected_file(id, &file, db)?;
    Ok((file, csv))
}

/// `users-rejected.csv`: only what any system takes as a file's name.
fn name(file: &str) -> String {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let plain: String =
        stem.chars().filter(|letter| letter.is_ascii_alphanumeric() || "-_".contains(*letter)).collect();
    let plain: String = plain.chars().take(60).collect();
    format!("{}-rejected.csv", if plain.is_empty() { "rows" } else { &plain })
}
