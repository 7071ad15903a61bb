//! `belfry user create`: gives somebody a way in.

use std::{
    error::Error,
    io::{self, BufRead, Write},
};

use clap::{Args, Subcommand};
use school::{
    access::{email::Email, password, session::Token, user::NewUser},
    people::account::{self, Employee},
};

use super::place::open;
use crate::config::Place;

/// What to do with users.
#[derive(Subcommand)]
pub(super) enum User {
    /// Makes an account, for somebody new or for an imported member of staff, and prints its password once.
    Create(Create),
}

#[derive(Args)]
pub(super) struct Create {
    /// The organization's short name; none for platform staff.
    #[arg(long, env = "BELFRY_ORGANIZATION")]
    organization: Option<String>,
    /// platform, administrator, director, teacher, office, finance, counselor, paraeducator or supervisor.
    #[arg(long, env = "BELFRY_ROLE")]
    role: String,
    /// A member of staff by employee number or e-mail: their name and address are taken, and the account is tied to them.
    #[arg(long, env = "BELFRY_STAFF")]
    staff: Option<String>,
    /// What they sign in with; with --staff the address on record unless said.
    #[arg(long, env = "BELFRY_EMAIL", required_unless_present = "staff")]
    email: Option<String>,
    /// First name; with --staff the one on record.
    #[arg(long, env = "BELFRY_FIRST_NAME", required_unless_present = "staff")]
    first_name: Option<String>,
    /// Last name; with --staff the one on record.
    #[arg(long, env = "BELFRY_LAST_NAME", required_unless_present = "staff")]
    last_name: Option<String>,
    /// Read the password from standard input instead of making one.
    #[arg(long, env = "BELFRY_PASSWORD_STDIN")]
    password_stdin: bool,
}

/// Does it, and prints how they sign in.
pub(super) fn run(place: &Place, User::Create(wanted): &User) -> Result<(), Box<dyn Error>> {
    let open = open(place)?;
    open.bring_up_to_date()?;
    let lobby = open.lobby();
    let organization = wanted.organization.as_ref().map(|slug| lobby.organization(slug)).transpose()?;
    let employee = match (&wanted.staff, organization) {
        (Some(known_as), Some(organization)) => {
            Some(lobby.seed(organization, |db| account::employee(known_as, db))?)
        }
        (Some(_), None) => return Err("Say in which --organization they work.".into()),
        (None, _) => None,
    };
    let password =
        if wanted.password_stdin { typed()? } else { Token::random()?.written().chars().take(20).collect() };
    let new = new_user(wanted, employee.as_ref(), &password)?;
    let user = lobby.create_user(&new, &wanted.role, organization)?;
    if let (Some(employee), Some(organization)) = (&employee, organization) {
        lobby.seed(organization, |db| school::people::staff::give_account(employee.id, user, db))?;
    }
    let mut out = io::stdout();
    writeln!(out, "{} {} signs in as {}", new.first_name, new.last_name, new.email.typed())?;
    if !wanted.password_stdin {
        writeln!(out, "Password, shown this once: {password}")?;
    }
    Ok(())
}

fn new_user(wanted: &Create, employee: Option<&Employee>, password: &str) -> Result<NewUser, Box<dyn Error>> {
    let said = |told: &Option<String>, known: Option<&String>| told.clone().or_else(|| known.cloned());
    let address = said(&wanted.email, employee.and_then(|employee| employee.email.as_ref()));
    let address = address.ok_or("This member of staff has no e-mail on record. Say one with --email.")?;
    Ok(NewUser {
        email: Email::read(&address)?,
        first_name: said(&wanted.first_name, employee.map(|employee| &employee.first_name))
            .unwrap_or_default(),
        last_name: said(&wanted.last_name, employee.map(|employee| &employee.last_name)).unwrap_or_default(),
        password_hash: Some(password::hash(password)?),
    })
}

fn typed() -> Result<String, Box<dyn Error>> {
    let line = io::stdin().lock().lines().next().ok_or("No password came on standard input.")??;
    Ok(line)
}
