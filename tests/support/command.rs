//! The program as somebody at the machine starts it.

use std::{
    path::Path,
    process::{Command, Output},
};

use super::{database::place, school::School};

/// `belfry import oneroster FILE` for a school, as somebody of it.
pub(crate) fn import(file: &Path, school: &School, email: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_belfry"));
    command.args(["import", "oneroster"]).arg(file);
    command.args(["--organization", &school.slug, "--as", email]);
    command
}

/// `belfry user create` for a member of staff of a school, who is known by number or by e-mail.
pub(crate) fn create_user(known_as: &str, role: &str, school: &School) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_belfry"));
    command.args(["user", "create", "--staff", known_as, "--role", role, "--organization", &school.slug]);
    command
}

/// What `belfry doctor attendance` says against a school's days; nothing where they are as their marks say.
pub(crate) fn miscounted(school: &School) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_belfry"));
    command.args(["doctor", "attendance", "--organization", &school.slug]);
    command.env("DATABASE_URL", &place().addresses.app);
    command.env("BELFRY_LOBBY_URL", &place().addresses.lobby).env("BELFRY_OWNER_URL", &place().owner);
    let output = command.output().unwrap();
    if output.status.success() { String::new() } else { said(&output) }
}

/// Everything that it printed.
pub(crate) fn said(output: &Output) -> String {
    String::from_utf8([&output.stdout[..], &output.stderr].concat()).unwrap()
}
