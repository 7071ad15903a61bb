//! What is kept and for how long: backups, files of one student, and what is taken out for good.

mod again;
mod backup;
mod by_kind;
mod complete_file;
mod completeness;
mod erasing;
mod held;
mod killed;
mod noted;
mod refusals;
mod seals;
mod voids;

use std::{
    path::Path,
    process::{Command, Output},
};

use belfry::postgres::Addresses;
use school::{db, migrations};

use crate::{postgres::Folder, support::command::said};

/// `belfry` on the data of a folder, whatever the environment says.
fn belfry(data: &Path, arguments: &[&str], file: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_belfry"));
    for name in ["DATABASE_URL", "BELFRY_LOBBY_URL", "BELFRY_OWNER_URL", "BELFRY_BACKUP_URL"] {
        command.env_remove(name);
    }
    command.arg("--data").arg(data).args(arguments).arg(file).output().unwrap()
}

/// It did what it was told, and said so.
#[track_caller]
fn done(output: &Output) -> String {
    let said = said(output);
    assert!(output.status.success(), "{said}");
    said
}

/// It refused, in these words.
#[track_caller]
fn refused(output: &Output, words: &str) {
    let said = said(output);
    assert!(!output.status.success() && said.contains(words), "{said}");
}

/// A database with the tables of Belfry and nothing in them.
fn prepared(at: &Addresses) -> db::Addresses {
    migrations::bring_up_to_date(&at.owner).unwrap();
    let addresses = db::Addresses { app: at.app.clone(), lobby: at.lobby.clone() };
    let database = db::Database::new(&addresses, 1, school::clock::Clock::default());
    school::lobby::Lobby::of(&database, belfry::config::Serving::usual()).publish_permissions().unwrap();
    addresses
}

/// How many rows every table has, as the superuser counts them.
fn counts(at: &Addresses) -> String {
    let counting = "select string_agg(relname || ' ' || (xpath('//n/text()', query_to_xml(format('select count(*) as n from %s',
                    oid::regclass), false, true, '')))[1]::text, ' ' order by relname)
                    from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')";
    crate::postgres::ask(&at.superuser, counting)
}

/// A folder with a database that runs, prepared.
pub(crate) fn ready() -> (Folder, belfry::postgres::Postgres, db::Addresses) {
    let folder = Folder::new();
    let postgres = folder.start();
    let addresses = prepared(&postgres.addresses());
    (folder, postgres, addresses)
}
