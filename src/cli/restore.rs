//! `belfry restore`: a backup into a database that holds nothing yet.

use std::{
    error::Error,
    io::{self, Write},
    path::{Path, PathBuf},
};

use clap::Args;
use school::{access::record_seal, attendance::worth};

use super::{
    backup::secret,
    place::{Open, clients, open_alone},
};
use crate::{
    backup::{Restored, restore, undo},
    config::Place,
};

/// What from.
#[derive(Args)]
pub(super) struct Restore {
    /// A file that `belfry backup` wrote.
    file: PathBuf,
}

/// Restores it, looks everything over and says what was done.
pub(super) fn run(place: &Place, wanted: &Restore) -> Result<(), Box<dyn Error>> {
    let beside = wanted.file.parent().filter(|folder| !folder.as_os_str().is_empty());
    if !wanted.file.is_file() {
        return Err(format!("There is no file {}.", wanted.file.display()).into());
    }
    let (open, clients) = (open_alone(place)?, clients(place)?);
    let restored = restore(&clients, open.owner(), &wanted.file, beside.unwrap_or(Path::new(".")))?;
    if let Err(wrong) = open.bring_up_to_date() {
        undo(&clients, open.owner())?;
        return Err(format!("{wrong}\nSo nothing was restored, and the database is empty.").into());
    }
    let mut out = io::stdout().lock();
    said(&restored, &mut out)?;
    writeln!(
        out,
        "The shape is this program's, every key holds, and the walls between organizations stand."
    )?;
    looked_over(&open, &mut out)?;
    writeln!(out, "Second factors open with the key that they were closed with: {}.", secret(place))?;
    Ok(())
}

fn said(restored: &Restored, out: &mut impl Write) -> io::Result<()> {
    let manifest = &restored.manifest;
    writeln!(
        out,
        "Restored {} rows of {} tables, as many as were there on {} UTC.",
        manifest.rows(),
        manifest.counts.len(),
        manifest.taken_at.format("%-d %B %Y at %H:%M")
    )?;
    writeln!(out, "Everybody signs in again. Void from now on:")?;
    restored.voided.iter().try_for_each(|(what, n)| writeln!(out, "  {n:>7} {what}"))
}

/// What follows from other rows still follows from them.
fn looked_over(open: &Open, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let lobby = open.lobby();
    for (slug, id) in lobby.organizations()? {
        match lobby.seed(id, worth::miscounted)?.len() {
            0 => writeln!(out, "{slug}: every day is worth what its marks say.")?,
            n => writeln!(
                out,
                "{slug}: {n} days are not worth what their marks say, as before: \
                               run `belfry doctor attendance --mend`."
            )?,
        }
        match lobby.seed(id, record_seal::broken)?.len() {
            0 => writeln!(out, "{slug}: the record is as it was sealed.")?,
            n => writeln!(
                out,
                "{slug}: {n} seals do not fit the record, as before: run `belfry doctor record`."
            )?,
        }
    }
    Ok(())
}
