//! `belfry organization create`: founds an organization.

use std::{
    error::Error,
    io::{self, Write},
};

use clap::Subcommand;
use school::access::organization::NewOrganization;

use super::place::open;
use crate::config::Place;

/// What to do with organizations.
#[derive(Subcommand)]
pub(super) enum Organization {
    /// Founds an organization with the attendance codes that a school starts from.
    Create {
        /// Its short name: small letters, digits and hyphens.
        #[arg(long, env = "BELFRY_SLUG")]
        slug: String,
        /// Its full name.
        #[arg(long, env = "BELFRY_NAME")]
        name: String,
        /// Where its days begin and end, such as Europe/Lisbon.
        #[arg(long, env = "BELFRY_TIME_ZONE")]
        time_zone: String,
    },
}

/// Does it, and says what to do next.
pub(super) fn run(place: &Place, wanted: &Organization) -> Result<(), Box<dyn Error>> {
    let Organization::Create { slug, name, time_zone } = wanted;
    let new = NewOrganization::read(slug, name, time_zone)?;
    let open = open(place)?;
    open.bring_up_to_date()?;
    open.lobby().found_guarded(&new)?;
    writeln!(
        io::stdout(),
        "{name} is founded. Its administrators and finance staff sign in with a second factor."
    )?;
    writeln!(
        io::stdout(),
        "Next: belfry user create --organization {slug} --role administrator --email … --first-name … --last-name …"
    )?;
    Ok(())
}
