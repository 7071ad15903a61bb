//! Out: one instant of the database into a file that is there only when it is whole.

use std::{
    error::Error,
    fs::File,
    io::{BufWriter, Write},
    path::Path,
    process::Stdio,
};

use school::{
    backup::{Manifest, Snapshot},
    clock::Clock,
};

use super::{at, file::Writing};
use crate::postgres::{Clients, ended};

/// Writes everything to `path`. `address` is of somebody whom no row is hidden from.
pub fn dump(clients: &Clients, address: &str, path: &Path) -> Result<Manifest, Box<dyn Error>> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if path.exists() {
        return Err(format!("{} is there already, and a backup replaces nothing.", path.display()).into());
    }
    // Readable for its owner alone, and gone again unless it is finished.
    let part = tempfile::Builder::new().prefix(".belfry-").tempfile_in(folder).map_err(at(folder))?;
    let taken_at = Clock::default().now();
    let snapshot = Snapshot::take(address)?;
    let mut writing = Writing::begin(BufWriter::new(part.as_file()));
    let sum = copy(clients, address, &snapshot, &mut writing)?;
    let said = (snapshot.shape.clone(), snapshot.counts.clone());
    let manifest = Manifest::new(env!("CARGO_PKG_VERSION"), taken_at, said, sum);
    writing.end(&manifest)?.flush().map_err(at(path))?;
    part.as_file().sync_all().map_err(at(path))?;
    part.persist_noclobber(path).map_err(|error| at(path)(error.error))?;
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(at(folder))?;
    Ok(manifest)
}

/// What `pg_dump` sees of the same instant. As whoever sees every row, it has nothing hidden from it; and it stops where
/// something were.
fn copy(
    clients: &Clients,
    address: &str,
    snapshot: &Snapshot,
    writing: &mut Writing<impl Write + std::io::Seek>,
) -> Result<(String, u64), Box<dyn Error>> {
    let mut command = clients.command("pg_dump", address);
    command.args(["--format", "custom", "--lock-wait-timeout", "60s", "--snapshot", &snapshot.id]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| format!("Cannot run pg_dump: {error}."))?;
    let mut output = child.stdout.take().ok_or("pg_dump has no output")?;
    let sum = writing.dump(&mut output);
    drop(output);
    ended("pg_dump", &child.wait_with_output()?)?;
    sum
}
