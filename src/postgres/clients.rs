//! The programs that copy a database out and in: `pg_dump`, `pg_restore`, `psql`.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use percent_encoding::percent_decode_str;

use super::binaries::Binaries;
use super::cluster::Cluster;
use super::{Options, PostgresError};

/// Where they are: beside the server that wrote the data, beside the newest server here, or on the search path.
#[derive(Debug)]
pub struct Clients {
    folder: Option<PathBuf>,
}

impl Clients {
    /// Those of the private server's version.
    pub fn of_private(options: &Options) -> Result<Self, PostgresError> {
        let data = options.data.canonicalize().unwrap_or_else(|_| options.data.clone());
        Ok(Self { folder: Some(Cluster::survey(&data, options)?.binaries.folder) })
    }

    /// Those for a server elsewhere; `chosen` is `BELFRY_PG_BIN`.
    pub fn of_other(chosen: Option<&Path>) -> Self {
        Self { folder: Binaries::find(chosen, None).ok().map(|found| found.folder) }
    }

    /// One of them, told where to connect. The password is not among the arguments, which everybody on the machine sees.
    pub fn command(&self, name: &'static str, address: &str) -> Command {
        let (address, password) = without_password(address);
        let mut command = self.local(name);
        command.arg("--dbname").arg(address);
        if let Some(password) = password {
            command.env("PGPASSWORD", password);
        }
        command
    }

    /// One of them that only works on files.
    pub fn local(&self, name: &'static str) -> Command {
        let beside = self.folder.as_ref().map(|folder| folder.join(name)).filter(|path| path.is_file());
        let mut command = Command::new(beside.unwrap_or_else(|| name.into()));
        command.env_remove("PGOPTIONS").env("LC_ALL", "C.UTF-8");
        command
    }
}

/// What a program that ended says of itself.
///
/// # Errors
/// [`PostgresError::Failed`] with its words when it failed.
pub fn ended(program: &'static str, output: &Output) -> Result<(), PostgresError> {
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(PostgresError::Failed { program, said })
}

/// An address and the password that stood in it.
fn without_password(address: &str) -> (String, Option<String>) {
    let apart = || {
        let (scheme, rest) = address.split_once("://")?;
        let authority = rest.find(['/', '?']).map_or(rest, |end| &rest[..end]);
        let (who, _) = authority.rsplit_once('@')?;
        let (user, password) = who.split_once(':')?;
        let rest = &rest[who.len()..];
        let password = percent_decode_str(password).decode_utf8_lossy().into_owned();
        Some((format!("{scheme}://{user}{rest}"), Some(password)))
    };
    apart().unwrap_or_else(|| (address.to_owned(), None))
}

#[cfg(test)]
mod tests {
    use super::without_password;

    #[test]
    fn a_password_leaves_the_address() {
        let (address, password) =
            without_password("postgresql://own:p%40ss@db.example:5433/belfry?sslmode=require");

        assert_eq!(address, "postgresql://own@db.example:5433/belfry?sslmode=require");
        assert_eq!(password.as_deref(), Some("p@ss"));
    }

    #[test]
    fn an_address_without_a_password_stays_as_it_is() {
        for address in
            ["postgresql:///belfry?host=/tmp/a:b@c&user=own", "postgresql://own@db/belfry", "dbname=belfry"]
        {
            assert_eq!(without_password(address), (address.to_owned(), None));
        }
    }
}
