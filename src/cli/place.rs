//! Where the database is, for every command.

use std::error::Error;

use school::{
    clock::Clock,
    db::{Addresses, Database},
    lobby::Lobby,
    migrations,
};

use crate::config::{Place, Serving};

/// A database that answers, for as long as this lives.
pub(super) struct Open {
    addresses: Addresses,
    owner: String,
}

/// Finds the database.
pub(super) fn open(place: &Place) -> Result<Open, Box<dyn Error>> {
    match (&place.database_url, &place.lobby_url, &place.owner_url) {
        (Some(app), Some(lobby), Some(owner)) => {
            let addresses = Addresses {
                app: app.clone(),
                lobby: lobby.clone(),
            };
            Ok(Open {
                addresses,
                owner: owner.clone(),
            })
        }
        _ => Err("Set DATABASE_URL, BELFRY_LOBBY_URL and BELFRY_OWNER_URL.".into()),
    }
}

impl Open {
    /// The pools, with room for so many connections each.
    pub(super) fn database(&self, connections: u32) -> Database {
        Database::new(&self.addresses, connections, Clock::default())
    }

    /// Runs what is missing and writes the catalogue.
    pub(super) fn bring_up_to_date(&self) -> Result<(), Box<dyn Error>> {
        for name in migrations::bring_up_to_date(&self.owner)? {
            tracing::info!("ran {name}");
        }
        Lobby::of(&self.database(1), Serving::usual()).publish_permissions()?;
        Ok(())
    }
}
