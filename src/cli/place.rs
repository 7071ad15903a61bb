//! Where the database is, for every command.

use std::error::Error;

use school::{
    catalog::{self, Complaint},
    clock::Clock,
    db::{Addresses, Database},
    lobby::Lobby,
    migrations::{self, Standing},
};

use crate::{
    config::{Place, Serving},
    postgres::{self, Clients, Options, Postgres},
};

/// A database that answers, for as long as this lives.
pub(super) struct Open {
    addresses: Addresses,
    owner: String,
    /// Whoever sees every row.
    superuser: String,
    /// Ours, when no server was named; it stops when this goes.
    _postgres: Option<Postgres>,
}

/// Finds the database; a command works beside a Belfry that is serving it.
pub(super) fn open(place: &Place) -> Result<Open, Box<dyn Error>> {
    find(place, true)
}

/// Finds the database for a server, of which there is one for each data folder.
pub(super) fn open_alone(place: &Place) -> Result<Open, Box<dyn Error>> {
    find(place, false)
}

/// The database as it answers now, if it does or was named; starts nothing.
pub(super) fn answering(place: &Place) -> Result<Option<Open>, Box<dyn Error>> {
    let named = named(place)?;
    Ok(named.or_else(|| Postgres::running(&options(place)).map(|at| Open::at(at, None))))
}

fn find(place: &Place, beside: bool) -> Result<Open, Box<dyn Error>> {
    if let Some(open) = named(place)? {
        return Ok(open);
    }
    match Postgres::running(&options(place)) {
        Some(at) if beside => Ok(Open::at(at, None)),
        _ => {
            let postgres = Postgres::start(&options(place))?;
            Ok(Open::at(postgres.addresses(), Some(postgres)))
        }
    }
}

/// The server that the settings name, if they name one.
fn named(place: &Place) -> Result<Option<Open>, Box<dyn Error>> {
    match (&place.database_url, &place.lobby_url, &place.owner_url) {
        (Some(app), Some(lobby), Some(owner)) => {
            let addresses = Addresses { app: app.clone(), lobby: lobby.clone() };
            let superuser = place.backup_url.as_ref().unwrap_or(owner).clone();
            Ok(Some(Open { addresses, owner: owner.clone(), superuser, _postgres: None }))
        }
        (None, None, None) => Ok(None),
        _ => Err("Set DATABASE_URL, BELFRY_LOBBY_URL and BELFRY_OWNER_URL to use a server, \
                  or none of them for a private one."
            .into()),
    }
}

/// What the private server is told.
pub(super) fn options(place: &Place) -> Options {
    Options { data: place.folder(), binaries: place.pg_bin.clone() }
}

impl Open {
    fn at(at: postgres::Addresses, postgres: Option<Postgres>) -> Self {
        let addresses = Addresses { app: at.app, lobby: at.lobby };
        Self { addresses, owner: at.owner, superuser: at.superuser, _postgres: postgres }
    }

    /// The owner's address.
    pub(super) fn owner(&self) -> &str {
        &self.owner
    }

    /// The address of whoever sees every row.
    pub(super) fn superuser(&self) -> &str {
        &self.superuser
    }

    /// The way in, for a command.
    pub(super) fn lobby(&self) -> Lobby {
        Lobby::of(&self.database(1), Serving::usual())
    }

    /// The pools, with room for so many connections each.
    pub(super) fn database(&self, connections: u32) -> Database {
        Database::new(&self.addresses, connections, Clock::default())
    }

    /// How the shape of the database stands to this program's.
    pub(super) fn standing(&self) -> school::Result<Standing> {
        self.lobby().standing()
    }

    /// What is wrong with the walls between organizations.
    pub(super) fn complaints(&self) -> school::Result<Vec<Complaint>> {
        catalog::check(&self.addresses)
    }

    /// Runs what is missing, writes the permissions and looks over the walls between organizations.
    pub(super) fn bring_up_to_date(&self) -> Result<(), Box<dyn Error>> {
        for name in migrations::bring_up_to_date(&self.owner)? {
            tracing::debug!("ran {name}");
        }
        self.lobby().publish_permissions()?;
        let complaints = self.complaints()?;
        if complaints.is_empty() {
            return Ok(());
        }
        let said: Vec<_> = complaints.iter().map(|wrong| format!("  {wrong}")).collect();
        Err(format!(
            "The walls between organizations are not as they must be, so Belfry does not start on this database:\n{}",
            said.join("\n")
        )
        .into())
    }
}

/// The programs that copy this database out and in.
pub(super) fn clients(place: &Place) -> Result<Clients, Box<dyn Error>> {
    if place.database_url.is_some() {
        return Ok(Clients::of_other(place.pg_bin.as_deref()));
    }
    Ok(Clients::of_private(&options(place))?)
}
