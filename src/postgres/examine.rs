//! What `belfry doctor` says about the private PostgreSQL; it changes nothing.

use std::path::Path;

use super::binaries::Binaries;
use super::cluster::Cluster;
use super::{Options, PostgresError, disk, lock, stale};

/// One thing looked at.
#[derive(Debug)]
pub enum Finding {
    /// A sentence about what is well.
    Well(String),
    /// What is wrong and how to mend it.
    Ill(PostgresError),
}

/// Looks at the server's programs, the data, who uses it, and the disk.
pub fn examine(options: &Options) -> Vec<Finding> {
    let data = options.data.canonicalize().unwrap_or_else(|_| options.data.clone());
    let mut findings = vec![programs(options), folder(&data, options), room(&data)];
    findings.extend(use_of(&data));
    findings
}

fn programs(options: &Options) -> Finding {
    match Binaries::find(options.binaries.as_deref(), None) {
        Ok(Binaries { folder, major }) => {
            Finding::Well(format!("PostgreSQL {major} is in {}.", folder.display()))
        }
        Err(problem) => Finding::Ill(problem),
    }
}

fn folder(data: &Path, options: &Options) -> Finding {
    if !data.exists() {
        return Finding::Well(format!(
            "There is no data yet; {} is made at the first start.",
            data.display()
        ));
    }
    match Cluster::survey(data, options) {
        Ok(cluster) if cluster.data().exists() => Finding::Well(format!(
            "The data in {} was written by PostgreSQL {}.",
            data.display(),
            cluster.binaries.major
        )),
        Ok(_) => Finding::Well(format!("{} holds no database yet.", data.display())),
        Err(problem) => Finding::Ill(problem),
    }
}

/// Of the nearest folder that exists.
fn room(data: &Path) -> Finding {
    let existing = data.ancestors().find(|folder| folder.exists()).unwrap_or(data);
    let needed = if data.exists() { disk::TO_RUN } else { disk::FOR_A_NEW_DATABASE };
    match disk::must_have(existing, needed) {
        Ok(()) => Finding::Well(format!(
            "There are {} MB free for {}.",
            disk::free(existing).unwrap_or_default(),
            data.display()
        )),
        Err(problem) => Finding::Ill(problem),
    }
}

fn use_of(data: &Path) -> Option<Finding> {
    let sentence = match (lock::held_by(data), stale::holders(&data.join("postgres/data")).first()) {
        (Some(Some(id)), _) => format!("Belfry runs on this data (process {id})."),
        (Some(None), _) => "Belfry runs on this data.".to_owned(),
        (None, Some(id)) => {
            format!("A PostgreSQL without its Belfry (process {id}) holds the data; the next start ends it.")
        }
        (None, None) => return None,
    };
    Some(Finding::Well(sentence))
}
