//! `belfry import`: a district's export, or one table, comes in.

mod table;

use std::{
    error::Error,
    io::{self, Write},
    path::PathBuf,
};

use clap::{Args, Subcommand};
use school::{
    db::Intent,
    exchange::{
        oneroster::{Bundle, Rejected, Remark},
        roster::{Conflict, Report, Tally, Wishes, import},
    },
    lobby::Lobby,
    permit::CreateImportRuns,
};

use super::place::open;
use crate::config::{Place, Serving};

/// Lines of each list that are printed; all of them stand in the list of imports.
const SHOWN: usize = 100;

/// What to bring in.
#[derive(Args)]
pub(super) struct Import {
    #[command(subcommand)]
    format: Format,
}

#[derive(Subcommand)]
enum Format {
    /// A OneRoster 1.1 CSV export (bulk): schools, years, classes, people and who is in which class.
    Oneroster(Oneroster),
    /// One table as CSV or XLSX: students, contacts, staff, classes, enrollments or attendance.
    Table(table::TableFile),
}

#[derive(Args)]
struct Oneroster {
    /// The export as it came: the zip file, or the folder that it was unpacked into.
    file: PathBuf,
    /// The short name of the organization that it is for.
    #[arg(long, env = "BELFRY_ORGANIZATION", value_name = "SLUG")]
    organization: String,
    /// The address that you sign in with; you need the permission to import.
    #[arg(long = "as", env = "BELFRY_AS", value_name = "EMAIL")]
    email: String,
    /// Say what would happen and keep nothing.
    #[arg(long, env = "BELFRY_DRY_RUN")]
    dry_run: bool,
    /// Go on although more than a tenth of the students, staff, classes or rolls would end.
    #[arg(long, env = "BELFRY_END_MANY")]
    end_many: bool,
}

/// Reads the export, imports it and prints what was done.
pub(super) fn run(place: &Place, wanted: &Import) -> Result<(), Box<dyn Error>> {
    match &wanted.format {
        Format::Oneroster(wanted) => oneroster(place, wanted),
        Format::Table(wanted) => table::run(place, wanted),
    }
}

fn oneroster(place: &Place, wanted: &Oneroster) -> Result<(), Box<dyn Error>> {
    let bundle = Bundle::open(&wanted.file)?;
    let open = open(place)?;
    open.bring_up_to_date()?;
    let lobby = Lobby::of(&open.database(1), Serving::usual());
    let access = lobby.act_as(&wanted.email, &wanted.organization)?.may::<CreateImportRuns>(Intent::Write)?;
    let name = wanted.file.file_name().unwrap_or(wanted.file.as_os_str());
    let wishes = Wishes {
        file_name: name.to_string_lossy().into_owned(),
        dry_run: wanted.dry_run,
        end_many: wanted.end_many,
    };
    let report = import(bundle, &wishes, &access)?;
    print(&report, &wishes, &mut io::stdout().lock())?;
    Ok(())
}

fn print(report: &Report, wishes: &Wishes, out: &mut impl Write) -> io::Result<()> {
    let kept = if wishes.dry_run { " (dry run: nothing was kept)" } else { "" };
    writeln!(out, "{}{kept}\n", wishes.file_name)?;
    print_tallies(report, out)?;
    let rejected = format!("Rows that were not taken: {}", report.rejected_rows());
    print_list(out, &rejected, report.rejected.iter().map(rejected_line))?;
    let conflicts = format!("Edited here and kept: {}", report.conflicts.len());
    print_list(out, &conflicts, report.conflicts.iter().map(conflict_line))?;
    print_list(out, "Worth knowing", report.remarks.iter().map(remark_line))
}

fn rejected_line(row: &Rejected) -> String {
    let value = if row.value.is_empty() { String::new() } else { format!(" “{}”", row.value) };
    let about = format!("{}{value}", row.column);
    let colon = if about.is_empty() { "" } else { ":" };
    format!("{}, line {}: {about}{colon} {}", row.file, row.line, row.reason)
}

fn conflict_line(conflict: &Conflict) -> String {
    let Conflict { file, line, field, value, reason, .. } = conflict;
    let said = if value.is_empty() { String::new() } else { format!(" The export says “{value}”.") };
    format!("{file}, line {line}: {field}: {reason}{said}")
}

fn remark_line(remark: &Remark) -> String {
    match remark.line {
        Some(line) => format!("{}, line {line}: {}", remark.file, remark.text),
        None => format!("{}: {}", remark.file, remark.text),
    }
}

fn print_tallies(report: &Report, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{:20}{:>8}{:>9}{:>8}{:>11}", "", "new", "changed", "ended", "unchanged")?;
    let total = ("all", report.total());
    for (table, tally) in report.tallies.iter().chain([&total]) {
        let Tally { created, changed, ended, unchanged } = tally;
        let table = table.replace('_', " ");
        writeln!(out, "{table:20}{created:>8}{changed:>9}{ended:>8}{unchanged:>11}")?;
    }
    Ok(())
}

fn print_list(
    out: &mut impl Write,
    title: &str,
    mut lines: impl ExactSizeIterator<Item = String>,
) -> io::Result<()> {
    if lines.len() == 0 {
        return Ok(());
    }
    writeln!(out, "\n{title}")?;
    for line in lines.by_ref().take(SHOWN) {
        writeln!(out, "  {line}")?;
    }
    if lines.len() > 0 {
        writeln!(out, "  … and {} more", lines.len())?;
    }
    Ok(())
}
