//! `belfry demo`: the schools that do not exist, and whom to sign in as.

use std::{
    error::Error,
    io::{self, Write},
};

use school::{
    demonstration::{self, Demonstration, PASSWORD},
    lobby::Lobby,
};

use super::{
    place::open_alone,
    serve::{answer, mail_folder},
};
use crate::config::{Place, Serving};

/// Raises the demonstration, says whom to sign in as, and serves it.
pub(super) fn run(place: &Place, serving: &Serving) -> Result<(), Box<dyn Error>> {
    let open = open_alone(place)?;
    open.bring_up_to_date()?;
    let schools = prepare(&open.lobby())?;
    welcome(&schools, &format!("http://{}", serving.listen), &mut io::stdout())?;
    // The people of the demonstration have no mailbox but this.
    let mailbox = serving.smtp_url.is_none().then(|| mail_folder(place));
    answer(place, serving, &open, mailbox)
}

/// Raises the demonstration, or brings it up to date.
pub(super) fn prepare(lobby: &Lobby) -> school::Result<Vec<Demonstration>> {
    demonstration::raise(lobby)
}

/// Says where to look and as whom: one person for each role.
pub(super) fn welcome(schools: &[Demonstration], address: &str, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "\nBelfry answers on {address}")?;
    for school in schools {
        writeln!(out, "\n{}", school.name)?;
        for person in &school.people {
            writeln!(out, "  {:<14} {:<34} {}", person.role, person.email, person.name)?;
        }
    }
    writeln!(out, "\nEverybody's password: {PASSWORD}")?;
    writeln!(out, "Mail that it sends: {address}/mail")?;
    writeln!(out, "Platform staff, outside of any school: {}", demonstration::PLATFORM)?;
    out.flush()
}
