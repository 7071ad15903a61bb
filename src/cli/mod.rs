//! The command line: one file a command.

mod backup;
mod demo;
mod doctor;
mod import;
mod migrate;
mod organization;
mod place;
mod restore;
mod secret;
mod serve;
mod user;

use std::{io::IsTerminal, process::ExitCode};

use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

use crate::config::{Log, Place, Serving};

/// A school's day in a browser.
#[derive(Parser)]
#[command(name = "belfry", version, about, long_about = None)]
struct Belfry {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Answers pages until told to stop.
    Serve(Serving),
    /// Raises a demonstration of two schools, says whom to sign in as, and serves it.
    Demo(Serving),
    /// Founds organizations.
    #[command(subcommand)]
    Organization(organization::Organization),
    /// Gives people a way in.
    #[command(subcommand)]
    User(user::User),
    /// Brings the database up to date.
    Migrate,
    /// Says what is wrong and how to mend it; changes nothing unless told to.
    Doctor(doctor::Doctor),
    /// Writes everything into one file, also while Belfry runs.
    Backup(backup::Backup),
    /// Brings a backup into a database that holds nothing yet.
    Restore(restore::Restore),
    /// Brings in a roster from another system.
    Import(import::Import),
}

/// What the log says unless `RUST_LOG` says otherwise: what Belfry itself has to tell, and what goes wrong elsewhere.
const USUALLY: &str = "warn,belfry=info,school=info";

/// Reads the command line and does what it says.
#[must_use]
pub fn run() -> ExitCode {
    let belfry = Belfry::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(USUALLY));
    let log = tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_env_filter(filter);
    match belfry.place.log {
        Log::Text => log.init(),
        Log::Json => log.json().flatten_event(true).init(),
    }
    let done = match belfry.command {
        Command::Serve(serving) => serve::run(&belfry.place, &serving),
        Command::Demo(serving) => demo::run(&belfry.place, &serving),
        Command::Organization(wanted) => organization::run(&belfry.place, &wanted),
        Command::User(wanted) => user::run(&belfry.place, &wanted),
        Command::Migrate => migrate::run(&belfry.place),
        Command::Doctor(wanted) => doctor::run(&belfry.place, &wanted),
        Command::Backup(wanted) => backup::run(&belfry.place, &wanted),
        Command::Restore(wanted) => restore::run(&belfry.place, &wanted),
        Command::Import(wanted) => import::run(&belfry.place, &wanted),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error}");
            ExitCode::FAILURE
        }
    }
}
