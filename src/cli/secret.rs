//! The key of the session cookie: told, or made once and kept beside the data.

use std::{error::Error, fs::OpenOptions, io::Write, os::unix::fs::OpenOptionsExt};

use actix_web::cookie::Key;

use crate::config::{Place, Serving};

/// Bytes that a key is derived from.
const LONG: usize = 64;

/// The key that encrypts the session cookie.
pub(super) fn key(place: &Place, serving: &Serving) -> Result<Key, Box<dyn Error>> {
    match &serving.secret {
        Some(told) if told.len() >= LONG => Ok(Key::from(told.as_bytes())),
        Some(_) => Err(format!("BELFRY_SECRET must have {LONG} bytes or more.").into()),
        None => kept(place),
    }
}

fn kept(place: &Place) -> Result<Key, Box<dyn Error>> {
    let folder = place.folder();
    let path = folder.join("secret");
    if let Ok(known) = std::fs::read(&path)
        && known.len() >= LONG
    {
        return Ok(Key::from(&known));
    }
    std::fs::create_dir_all(&folder).map_err(|error| format!("Cannot use {}: {error}.", folder.display()))?;
    let key = Key::generate();
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&path)?;
    file.write_all(key.master())?;
    Ok(key)
}
