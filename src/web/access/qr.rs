//! A picture that a phone's camera reads.

use qrcodegen::{QrCode, QrCodeEcc};

/// Light modules around the picture, as the standard wants.
const QUIET: i32 = 4;

/// The picture as an SVG path, one square a dark module.
pub(super) struct Drawn {
    pub(super) size: i32,
    pub(super) path: String,
}

/// Draws a text.
pub(super) fn drawn(text: &str) -> school::Result<Drawn> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).map_err(school::Error::internal)?;
    let places = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
    let dark = places.filter(|(x, y)| code.get_module(*x, *y));
    let path = dark.map(|(x, y)| format!("M{},{}h1v1h-1z", x + QUIET, y + QUIET)).collect();
    Ok(Drawn { size: code.size() + 2 * QUIET, path })
}
