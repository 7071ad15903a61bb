//! Stylesheets, scripts and icons, carried inside the program.

use std::fmt::Write as _;

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH},
    web::Path,
};
use rust_embed::RustEmbed;

use super::reply::Page;

#[derive(RustEmbed)]
#[folder = "static"]
struct Static;

/// Where an asset is, with a version so that a browser keeps it for good.
#[must_use]
pub fn url(path: &str) -> String {
    match Static::get(path) {
        Some(file) => format!("/static/{path}?v={}", version(&file)),
        None => format!("/static/{path}"),
    }
}

fn version(file: &rust_embed::EmbeddedFile) -> String {
    file.metadata.sha256_hash().iter().take(6).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[get("/static/{path:.*}")]
pub(super) async fn show(path: Path<String>, request: HttpRequest) -> Page {
    let file = Static::get(&path).ok_or(school::Error::NotFound)?;
    let tag = format!("\"{}\"", version(&file));
    let keep = if request.query_string().is_empty() {
        "public, max-age=3600"
    } else {
        "public, max-age=31536000, immutable"
    };
    let known = request.headers().get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let mut answer = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    answer.insert_header((CACHE_CONTROL, keep)).insert_header((ETAG, tag));
    if known {
        return Ok(answer.finish());
    }
    let kind = mime_guess::from_path(path.as_str()).first_or_octet_stream();
    let kind = if kind.type_() == "text" { format!("{kind}; charset=utf-8") } else { kind.to_string() };
    Ok(answer.content_type(kind).body(file.data.into_owned()))
}
