//! `belfry import table KIND FILE`: one table as CSV or XLSX.

use std::{error::Error, fs, io, path::PathBuf};

use clap::Args;
use school::{
    db::Intent,
    exchange::{
        roster::Wishes,
        tables::{Kind, Sending},
    },
    lobby::Lobby,
    permit::CreateImportRuns,
};

use super::{super::place::open, print};
use crate::config::{Place, Serving};

/// A table and what is to be said of its columns. What is not said is as last time, else as the names suggest.
#[derive(Args)]
pub(super) struct TableFile {
    /// students, contacts, staff, classes, enrollments or attendance.
    #[arg(value_parser = kind)]
    kind: Kind,
    /// The table: CSV or XLSX.
    file: PathBuf,
    /// The short name of the organization that it is for.
    #[arg(long, env = "BELFRY_ORGANIZATION", value_name = "SLUG")]
    organization: String,
    /// The address that you sign in with; you need the permission to import.
    #[arg(long = "as", env = "BELFRY_AS", value_name = "EMAIL")]
    email: String,
    /// What a column is, such as `kid=student`; `kid=` leaves it out.
    #[arg(long = "map", value_name = "COLUMN=FIELD", value_parser = pair)]
    columns: Vec<(String, String)>,
    /// What counts for all rows: campus, year, days (year_first, month_first, day_first) or sheet.
    #[arg(long = "set", value_name = "WHAT=VALUE", value_parser = pair)]
    settings: Vec<(String, String)>,
    /// What a word of the table means, such as `Tardy=late`.
    #[arg(long = "mark", value_name = "WORD=CODE", value_parser = pair)]
    words: Vec<(String, String)>,
    /// Take it that whoever is not in the table has left.
    #[arg(long)]
    whole: bool,
    /// Say what would happen and keep nothing.
    #[arg(long, env = "BELFRY_DRY_RUN")]
    dry_run: bool,
    /// Go on although more than a tenth of the students, staff, classes or rolls would end.
    #[arg(long, env = "BELFRY_END_MANY")]
    end_many: bool,
}

fn kind(word: &str) -> Result<Kind, String> {
    let all = || Kind::ALL.map(Kind::word).join(", ");
    Kind::named(word).ok_or_else(|| format!("a table is one of {}", all()))
}

fn pair(said: &str) -> Result<(String, String), String> {
    let (name, value) = said.rsplit_once('=').ok_or("write it as NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}

/// Reads the table, brings it in and prints what was done.
pub(super) fn run(place: &Place, wanted: &TableFile) -> Result<(), Box<dyn Error>> {
    let name = wanted.file.file_name().unwrap_or(wanted.file.as_os_str()).to_string_lossy().into_owned();
    let sending = Sending {
        kind: wanted.kind,
        bytes: fs::read(&wanted.file).map_err(|error| format!("{name} cannot be read: {error}."))?,
        columns: wanted.columns.clone(),
        settings: wanted.settings.clone(),
        words: wanted.words.clone(),
        is_whole: wanted.whole,
    };
    let open = open(place)?;
    open.bring_up_to_date()?;
    let lobby = Lobby::of(&open.database(1), Serving::usual());
    let access = lobby.act_as(&wanted.email, &wanted.organization)?.may::<CreateImportRuns>(Intent::Write)?;
    let wishes = Wishes { file_name: name, dry_run: wanted.dry_run, end_many: wanted.end_many };
    let report = sending.import(&wishes, &access)?;
    print(&report, &wishes, &mut io::stdout().lock())?;
    Ok(())
}
