//! Stylesheets, scripts and icons, carried inside the program.

use std::{
    collections::HashMap,
    fmt::Write as _,
    io::{Result, Write as _},
    sync::LazyLock,
};

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header::{
        AcceptEncoding, CACHE_CONTROL, CONTENT_ENCODING, ETAG, Encoding, Header as _, IF_NONE_MATCH, VARY,
    },
    web::Path,
};
use flate2::{Compression, write::GzEncoder};
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

/// Every text among them, packed once as small as it goes; pages are packed quickly instead.
static PACKED: LazyLock<HashMap<String, Vec<u8>>> = LazyLock::new(|| {
    let texts = Static::iter().filter(|path| is_text(path));
    let packed = texts.filter_map(|path| Some((path.to_string(), pack(&Static::get(&path)?.data).ok()?)));
    packed.collect()
});

fn is_text(path: &str) -> bool {
    [".css", ".js", ".svg"].iter().any(|end| path.ends_with(end))
}

fn pack(data: &[u8]) -> Result<Vec<u8>> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(data)?;
    packer.finish()
}

/// Packs what can be packed now, so that nobody waits for it.
pub(super) fn prepare() {
    LazyLock::force(&PACKED);
}

fn takes_gzip(request: &HttpRequest) -> bool {
    let taken = AcceptEncoding::parse(request).ok();
    let best = taken.and_then(|taken| taken.negotiate([Encoding::gzip(), Encoding::identity()].iter()));
    best == Some(Encoding::gzip())
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
    answer.content_type(kind).insert_header((VARY, "Accept-Encoding"));
    match PACKED.get(path.as_str()) {
        Some(packed) if takes_gzip(&request) => {
            Ok(answer.insert_header((CONTENT_ENCODING, "gzip")).body(packed.as_slice()))
        }
        _ => Ok(answer.body(file.data.into_owned())),
    }
}
