//! In: a file's rows into an empty database, in one transaction that is kept when everything is as the file says.

use std::{
    error::Error,
    io::{self, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Stdio},
};

use school::backup::{self, Manifest};

use super::file::unpacked;
use crate::postgres::{Clients, ended};

/// What came back.
#[derive(Debug)]
pub struct Restored {
    /// What the file said of itself.
    pub manifest: Manifest,
    /// What was voided, and how many of each.
    pub voided: Vec<(String, u64)>,
}

/// Reads `path` into the empty database that `owner` owns; `place` is a folder with room for its dump.
pub fn restore(
    clients: &Clients,
    owner: &str,
    path: &Path,
    place: &Path,
) -> Result<Restored, Box<dyn Error>> {
    let (manifest, dump) = unpacked(path, place)?;
    backup::vacant(owner)?;
    let settling = backup::settling(&manifest)?;
    let mut command = clients.command("psql", owner);
    command.args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set", "ON_ERROR_STOP=1"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut psql = command.spawn().map_err(|error| format!("Cannot run psql: {error}."))?;
    let mut input = psql.stdin.take().ok_or("psql has no input")?;
    let from = Source { clients, dump: dump.path().to_owned() };
    // Without its last word nothing is kept.
    let told = tell(&mut input, &from, &settling);
    drop(input);
    let said = heard(psql)?;
    told?;
    Ok(Restored { manifest, voided: voided(&said) })
}

/// Empties the database again when what came back is found not to be as it must be.
pub fn undo(clients: &Clients, owner: &str) -> Result<(), Box<dyn Error>> {
    let mut command = clients.command("psql", owner);
    command.args(["--no-psqlrc", "--quiet", "--single-transaction", "--set", "ON_ERROR_STOP=1"]);
    command.args(["--command", backup::clearing()]).stdin(Stdio::null());
    Ok(ended("psql", &command.output()?)?)
}

struct Source<'a> {
    clients: &'a Clients,
    dump: PathBuf,
}

fn tell(input: &mut ChildStdin, from: &Source<'_>, settling: &str) -> Result<(), Box<dyn Error>> {
    input.write_all(backup::before_rows().as_bytes())?;
    input.write_all(backup::clearing().as_bytes())?;
    from.pour(&["--section=pre-data", "--section=data"], input)?;
    input.write_all(settling.as_bytes())?;
    from.pour(&["--section=post-data"], input)?;
    Ok(input.write_all(b"\ncommit;\nanalyze;\n")?)
}

impl Source<'_> {
    /// Says a part of the dump as statements. Whoever restores owns everything, as the owner of the schema does.
    fn pour(&self, sections: &[&str], into: &mut ChildStdin) -> Result<(), Box<dyn Error>> {
        let mut command = self.clients.local("pg_restore");
        command.args(sections).args(["--no-owner", "--exit-on-error", "--file", "-"]).arg(&self.dump);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| format!("Cannot run pg_restore: {error}."))?;
        let mut output = child.stdout.take().ok_or("pg_restore has no output")?;
        let poured = io::copy(&mut output, into);
        drop(output);
        let end = child.wait_with_output()?;
        poured?;
        Ok(ended("pg_restore", &end)?)
    }
}

/// What psql answered, or why it stopped, which says more than that its input broke.
fn heard(psql: Child) -> Result<String, Box<dyn Error>> {
    let output = psql.wait_with_output()?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let why = said.lines().find_map(|line| line.split_once("ERROR:").or(line.split_once("FATAL:")));
    let why = why.map_or_else(|| said.trim().to_owned(), |(_, why)| why.trim().to_owned());
    Err(format!("The backup does not fit together: {why}. Nothing was restored.").into())
}

fn voided(said: &str) -> Vec<(String, u64)> {
    let lines = said.lines().filter_map(|line| line.strip_prefix("void ")?.rsplit_once(' '));
    lines.filter_map(|(what, n)| Some((what.to_owned(), n.parse().ok()?))).collect()
}
