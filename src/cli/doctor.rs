//! `belfry doctor`: what is wrong, and how to mend it.

use std::{
    error::Error,
    io::{Write, stdout},
};

use clap::{Args, Subcommand};
use school::{Uuid, access::record_seal, attendance::worth, lobby::Lobby, migrations::Standing};

use super::place::{Open, answering, open, options};
use crate::{
    config::Place,
    postgres::{Finding, examine},
};

/// What else to look at.
#[derive(Args)]
pub(super) struct Doctor {
    #[command(subcommand)]
    only: Option<Only>,
}

#[derive(Subcommand)]
enum Only {
    /// Checks what every day is worth against its marks.
    Attendance {
        /// Only this organization.
        #[arg(long, value_name = "SLUG")]
        organization: Option<String>,
        /// Counts the wrong ones anew.
        #[arg(long)]
        mend: bool,
    },
    /// Checks the record of who looked and who changed what against its seals.
    Record {
        /// Only this organization.
        #[arg(long, value_name = "SLUG")]
        organization: Option<String>,
    },
}

/// The most wrong days that are named.
const NAMED: usize = 20;

/// What is well, or what is wrong and how to mend it.
type Said = Result<String, String>;

/// Looks, changes nothing unless told to mend, and fails when something is wrong.
pub(super) fn run(place: &Place, wanted: &Doctor) -> Result<(), Box<dyn Error>> {
    let findings = match &wanted.only {
        None => everything(place)?,
        Some(Only::Attendance { organization, mend }) => attendance(place, organization.as_deref(), *mend)?,
        Some(Only::Record { organization }) => record(place, organization.as_deref())?,
    };
    report(&findings)
}

fn everything(place: &Place) -> Result<Vec<Said>, Box<dyn Error>> {
    let mut findings = Vec::new();
    if place.database_url.is_none() {
        findings.extend(examine(&options(place)).into_iter().map(said));
    }
    if let Some(open) = answering(place)? {
        findings.extend(database(&open));
    }
    Ok(findings)
}

/// Every organization, or one.
fn organizations(lobby: &Lobby, only: Option<&str>) -> school::Result<Vec<(String, Uuid)>> {
    match only {
        Some(slug) => Ok(vec![(slug.to_owned(), lobby.organization(slug)?)]),
        None => lobby.organizations(),
    }
}

/// Every day of every organization, or of one.
fn attendance(place: &Place, only: Option<&str>, mend: bool) -> Result<Vec<Said>, Box<dyn Error>> {
    let open = open(place)?;
    let lobby = open.lobby();
    let mut findings = Vec::new();
    for (slug, id) in organizations(&lobby, only)? {
        let wrong = lobby.seed(id, worth::miscounted)?;
        let days = wrong.len();
        if days == 0 {
            findings.push(Ok(format!("{slug}: every day is worth what its marks say.")));
        } else if mend {
            lobby.seed(id, worth::count_everything)?;
            findings.push(Ok(format!("{slug}: {days} days were counted anew.")));
        } else {
            findings.extend(wrong.into_iter().take(NAMED).map(|day| Err(format!("{slug}: {day}."))));
            let how = "run `belfry doctor attendance --mend`";
            findings.push(Err(format!("{slug}: {days} days are not worth what their marks say: {how}.")));
        }
    }
    Ok(findings)
}

/// The record of every organization, or of one.
fn record(place: &Place, only: Option<&str>) -> Result<Vec<Said>, Box<dyn Error>> {
    let open = open(place)?;
    let lobby = open.lobby();
    let mut findings = Vec::new();
    for (slug, id) in organizations(&lobby, only)? {
        let broken = lobby.seed(id, record_seal::broken)?;
        if broken.is_empty() {
            findings.push(Ok(format!("{slug}: the record is as it was sealed.")));
        }
        let how = "compare it with a backup from before, and ask who could write to the database";
        findings.extend(broken.into_iter().take(NAMED).map(|one| Err(format!("{slug}: {one}: {how}."))));
    }
    Ok(findings)
}

fn report(findings: &[Said]) -> Result<(), Box<dyn Error>> {
    let mut out = stdout().lock();
    for finding in findings {
        match finding {
            Ok(sentence) => writeln!(out, "well   {sentence}")?,
            Err(problem) => writeln!(out, "WRONG  {problem}")?,
        }
    }
    match findings.iter().filter(|finding| finding.is_err()).count() {
        0 => Ok(()),
        1 => Err("One thing is wrong; the line that begins with WRONG says how to mend it.".into()),
        ill => Err(format!("{ill} things are wrong; the lines say how to mend each of them.").into()),
    }
}

fn said(finding: Finding) -> Said {
    match finding {
        Finding::Well(sentence) => Ok(sentence),
        Finding::Ill(problem) => Err(problem.to_string()),
    }
}

/// A database that should answer: its shape and its walls.
fn database(open: &Open) -> Vec<Said> {
    let Ok(standing) = open.standing() else {
        return vec![Err("The database does not answer, or its tables were never made. Look whether the server runs \
                         and whether the names and passwords in the three addresses are right; then run `belfry migrate`."
            .to_owned())];
    };
    let mut said = vec![shape(&standing)];
    match open.complaints() {
        Ok(complaints) if complaints.is_empty() => {
            said.push(Ok("The walls between organizations stand.".to_owned()));
        }
        Ok(complaints) => said.extend(complaints.iter().map(|wrong| {
            Err(format!(
                "A wall between organizations is down: {wrong}. Undo what was changed by hand, or restore a backup."
            ))
        })),
        Err(_) => said.push(Err(
            "The database does not let the app in: look at the name and password in DATABASE_URL.".to_owned(),
        )),
    }
    said
}

fn shape(standing: &Standing) -> Said {
    match standing {
        Standing::Current => Ok("The database has this program's shape.".to_owned()),
        Standing::Older(1) => Err("The database is one migration behind: run `belfry migrate`.".to_owned()),
        Standing::Older(behind) => {
            Err(format!("The database is {behind} migrations behind: run `belfry migrate`."))
        }
        Standing::Newer(version) => Err(format!(
            "A newer Belfry brought this database up to date (migration {version}). Start that one."
        )),
    }
}
