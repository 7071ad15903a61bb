//! `belfry user`: gives somebody a way in, and looks after the platform's own people.

use std::{
    error::Error,
    io::{self, BufRead, ErrorKind, Write},
};

use clap::{Args, Subcommand};
use school::{
    Uuid,
    access::{email::Email, password, session::Token, user::NewUser},
    lobby::{Care, Lobby},
    people::{
        account::{self, Employee},
        staff,
    },
    permit::ROLES,
    text,
};

use super::place::open;
use crate::config::Place;

/// The longest first or last name, in characters.
const LONGEST_NAME: usize = 100;

/// What to do with users.
#[derive(Subcommand)]
pub(super) enum User {
    /// Makes an account, for somebody new or for an imported member of staff, and prints its password once.
    Create(Create),
    /// Lets somebody of the platform in no more; they are signed out at once.
    Disable(Somebody),
    /// Lets somebody of the platform in again.
    Enable(Somebody),
    /// Forgets wrong guesses at the account of somebody of the platform, so that nobody waits for them.
    Unlock(Somebody),
    /// Takes away the second factor that somebody of the platform has lost; they set up another when they sign in.
    ForgetSecondFactor(Somebody),
}

/// Somebody of the platform.
#[derive(Args)]
pub(super) struct Somebody {
    /// What they sign in with.
    email: String,
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

/// Does it, and says what was done.
pub(super) fn run(place: &Place, wanted: &User) -> Result<(), Box<dyn Error>> {
    match wanted {
        User::Create(wanted) => create(place, wanted),
        User::Disable(whom) => look_after(place, whom, (Care::Disable, "is not let in any more.")),
        User::Enable(whom) => look_after(place, whom, (Care::Enable, "is let in again.")),
        User::Unlock(whom) => look_after(place, whom, (Care::Unlock, "waits for no wrong guesses.")),
        User::ForgetSecondFactor(whom) => {
            let done = "has no second factor any more, and sets one up at the next sign-in.";
            look_after(place, whom, (Care::ForgetSecondFactor, done))
        }
    }
}

fn look_after(place: &Place, whom: &Somebody, (care, done): (Care, &str)) -> Result<(), Box<dyn Error>> {
    let email = Email::read(&whom.email).map_err(|why| format!("{}: {why}", whom.email))?;
    let open = open(place)?;
    open.bring_up_to_date()?;
    let name = open.lobby().look_after(&email, care)?;
    writeln!(io::stdout(), "{name} {done}")?;
    Ok(())
}

/// Makes an account, and prints how they sign in.
fn create(place: &Place, wanted: &Create) -> Result<(), Box<dyn Error>> {
    wanted.is_in_its_place()?;
    let typed = if wanted.password_stdin { Some(typed()?) } else { None };
    let open = open(place)?;
    open.bring_up_to_date()?;
    let lobby = open.lobby();
    let organization = wanted.organization.as_ref().map(|slug| lobby.organization(slug)).transpose()?;
    let employee = match (&wanted.staff, organization) {
        (Some(known_as), Some(organization)) => {
            let employee = lobby.seed(organization, |db| account::employee(known_as, db))?;
            Some((employee, organization))
        }
        _ => None,
    };
    let known = employee.as_ref().map(|(employee, _)| employee);
    let password = typed.clone().map_or_else(generated, Ok)?;
    let new = new_user(wanted, known, &password)?;
    if let Some(typed) = &typed {
        let places =
            organization.map(|here| lobby.seed(here, |db| account::places(known, db))).transpose()?;
        check(typed, &new, &places.unwrap_or_default())?;
    }
    let shown = typed.is_none().then_some(password);
    let made = wanted.make(&new, shown, organization, &lobby)?;
    // Said before they are tied: if that fails, the account is there, and this is the only word of its password.
    made.say(&new)?;
    if let Some((employee, organization)) = employee {
        lobby.seed(organization, |db| staff::give_account(employee.id, made.user, db))?;
    }
    Ok(())
}

/// An account as it stands after this run.
struct Made {
    user: Uuid,
    /// The password that was made for it now, if one was.
    password: Option<String>,
    /// Whether an earlier run made it.
    earlier: bool,
}

impl Made {
    fn say(&self, new: &NewUser) -> io::Result<()> {
        let mut out = io::stdout();
        writeln!(out, "{} {} signs in as {}", new.first_name, new.last_name, new.email.typed())?;
        if let Some(password) = &self.password {
            writeln!(out, "Password, shown this once: {password}")?;
        }
        if self.earlier {
            writeln!(out, "An earlier run made this account; its password stays as it was.")?;
        }
        Ok(())
    }
}

impl Create {
    /// Whoever works for the platform works in no organization, and everybody else in one.
    fn is_in_its_place(&self) -> Result<(), String> {
        let role = ROLES.iter().find(|role| role.slug == self.role);
        match (role.map(|role| role.global_access), &self.organization) {
            (Some(true), Some(_)) => Err(format!(
                "The role {} is for all organizations. Leave --organization out, or choose another --role.",
                self.role
            )),
            (Some(false), None) => {
                Err(format!("Say with --organization where the role {} is held.", self.role))
            }
            (Some(true), None) if self.staff.is_some() => {
                Err(format!("The role {} is for no organization's staff. Leave --staff out.", self.role))
            }
            (None, None) if self.staff.is_some() => Err("Say in which --organization they work.".into()),
            _ => Ok(()),
        }
    }

    /// Makes the account, or finds the one that it had made when it was stopped.
    fn make(
        &self,
        new: &NewUser,
        password: Option<String>,
        organization: Option<Uuid>,
        lobby: &Lobby,
    ) -> school::Result<Made> {
        match lobby.create_user(new, &self.role, organization) {
            Ok(user) => Ok(Made { user, password, earlier: false }),
            Err(refused) => self
                .left_untied(new, lobby)
                .map(|user| Made { user, password: None, earlier: true })
                .ok_or(refused),
        }
    }

    /// The account that an earlier run of the same words made and was stopped before it tied it to its person.
    fn left_untied(&self, new: &NewUser, lobby: &Lobby) -> Option<Uuid> {
        let organization = self.organization.as_ref().filter(|_| self.staff.is_some())?;
        let role = ROLES.iter().find(|role| role.slug == self.role)?;
        let held = lobby.act_as(new.email.typed(), organization).ok()?;
        let person = held.person();
        let is_same =
            person.role() == role.name && person.name() == format!("{} {}", new.first_name, new.last_name);
        (is_same && person.staff().is_none()).then(|| person.id())
    }
}

fn new_user(wanted: &Create, employee: Option<&Employee>, password: &str) -> Result<NewUser, String> {
    let said = |told: &Option<String>, known: Option<&String>| told.clone().or_else(|| known.cloned());
    let address = said(&wanted.email, employee.and_then(|employee| employee.email.as_ref()));
    let address = address.ok_or("This member of staff has no e-mail on record. Say one with --email.")?;
    let first = said(&wanted.first_name, employee.map(|employee| &employee.first_name));
    let last = said(&wanted.last_name, employee.map(|employee| &employee.last_name));
    Ok(NewUser {
        email: Email::read(&address).map_err(|why| format!("--email {address}: {why}"))?,
        first_name: name("--first-name", first)?,
        last_name: name("--last-name", last)?,
        password_hash: Some(password::hash(password).map_err(|why| format!("The password: {why}"))?),
    })
}

/// A password that somebody typed is as good as one that is chosen on a page.
fn check(password: &str, new: &NewUser, places: &[String]) -> Result<(), String> {
    let email = new.email.typed();
    let words = places.iter().flat_map(|place| place.split(' ')).chain(email.split(['@', '.']));
    let words: Vec<&str> = words.chain([&*new.first_name, &*new.last_name, email]).collect();
    password::check(password, &words).map_err(|why| format!("The password: {why}"))
}

fn name(option: &str, said: Option<String>) -> Result<String, String> {
    let name =
        text::line(&said.unwrap_or_default(), LONGEST_NAME).map_err(|why| format!("{option}: {why}"))?;
    if name.is_empty() {
        return Err(format!("{option}: Say a name of 1 to {LONGEST_NAME} characters."));
    }
    Ok(name)
}

fn generated() -> school::Result<String> {
    Ok(Token::random()?.written().chars().take(20).collect())
}

fn typed() -> Result<String, Box<dyn Error>> {
    let line = io::stdin().lock().lines().next().ok_or("No password came on standard input.")?;
    line.map_err(|error| match error.kind() {
        ErrorKind::InvalidData => {
            "The password on standard input is not UTF-8 text. Send it as UTF-8.".into()
        }
        _ => format!("The password cannot be read from standard input: {error}.").into(),
    })
}
