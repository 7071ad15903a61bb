//! `belfry backup`: everything into one file.

use std::{
    error::Error,
    fs::DirBuilder,
    io::{self, Write},
    os::unix::fs::DirBuilderExt,
    path::PathBuf,
};

use clap::Args;
use school::clock::Clock;

use super::place::{clients, open};
use crate::{backup::dump, config::Place};

/// Where to.
#[derive(Args)]
pub(super) struct Backup {
    /// The file to write; without one, a new file in `backups` in the data folder.
    file: Option<PathBuf>,
}

/// Writes it, and says what is in it and what is not.
pub(super) fn run(place: &Place, wanted: &Backup) -> Result<(), Box<dyn Error>> {
    let open = open(place)?;
    let clients = clients(place)?;
    let file = wanted.file.clone().map_or_else(|| usual(place), Ok)?;
    let manifest = dump(&clients, open.superuser(), &file)?;
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{} holds {} rows of {} tables, {} of them organizations, as they were on {} UTC ({} MB).",
        file.display(),
        manifest.rows(),
        manifest.counts.len(),
        manifest.of("organizations"),
        manifest.taken_at.format("%-d %B %Y at %H:%M"),
        manifest.bytes / 1_000_000
    )?;
    writeln!(
        out,
        "Keep it where this machine's disk is not, and with it the key of second factors: {}.",
        secret(place)
    )?;
    Ok(())
}

/// Where the key is that is in no backup.
pub(super) fn secret(place: &Place) -> String {
    format!("{}, or BELFRY_SECRET where that is set", place.folder().join("secret").display())
}

fn usual(place: &Place) -> Result<PathBuf, Box<dyn Error>> {
    let folder = place.folder().join("backups");
    let made = DirBuilder::new().recursive(true).mode(0o700).create(&folder);
    made.map_err(|error| format!("Cannot use {}: {error}.", folder.display()))?;
    Ok(folder.join(format!("belfry-{}.backup", Clock::default().now().format("%Y-%m-%dT%H%M%SZ"))))
}
